"""The light before the doors open: each signal by itself, the line that sums them up, and who may ask."""

from __future__ import annotations

import os
from collections import namedtuple
from datetime import UTC, datetime

import pytest
from hands import AT, on, touch, until
from staff_hands import at_screen

from assets.languages import translator
from kiosk import doctor
from kiosk.clock import Clock
from kiosk.home import Home
from kiosk.printing import NOWHERE, Papers, PrinterState
from kiosk.ready import signals
from models.review.prepared import Prepared
from screens.staff.equipment import EquipmentScreen
from screens.staff.ready_line import ReadyLine
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.ready_words import SIGNALS, Light

TODAY = Prepared(2, 15, None)


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.make()
    return made


def looked(home, prepared=TODAY, clock=None, *, writes=True):
    """The signals by their word."""
    papers = Papers(home.papers, lambda: NOWHERE)
    found = signals(prepared, home, clock or Clock(AT), papers, "fr", writes=writes)
    return {one.what: (one.light, one.told(translator("fr"))) for one in found}


def test_every_signal_is_looked_at_in_the_order_of_urgency(home):
    """The hub is one of them only where there is one."""
    found = looked(home)
    assert list(found) == [word for word in SIGNALS if word != "sync"]
    assert [light for light, _ in found.values()].count(Light.NOTE) == 3
    assert Light.ACT not in {light for light, _ in found.values()}
    assert found["roster"][1] == "2 ateliers, 15 personnes attendues."


def test_a_database_that_takes_nothing_is_the_first_to_be_told(home):
    for found in (looked(home, writes=False), looked(home, None, writes=False)):
        assert found["database"] == (
            Light.ACT,
            "La borne ne peut rien noter : appelez le service technique.",
        )
    assert "roster" not in looked(home, None)


def test_the_machine_is_looked_at_as_the_doctor_does(home, monkeypatch):
    """One check, one sentence."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage(9, 9, doctor.LEAST_DISK - 1))
    clock = Clock(datetime(2001, 1, 1, tzinfo=UTC))
    clock.is_set = False
    found = looked(home, clock=clock)
    assert found["disk"] == (Light.ACT, "Il reste peu d'espace sur le disque : libérez-en.")
    assert found["clock"] == (Light.ACT, "Réglez l'horloge de l'appareil.")


def test_a_card_that_was_read_today_says_when(home):
    found = looked(home, Prepared(1, 3, AT))
    assert found["scanner"] == (Light.GOOD, "Une carte a été lue à 8 h 22.")
    light, said = looked(home)["scanner"]
    assert (light, said) == (Light.NOTE, "Pas encore essayé aujourd'hui : montrez une carte.")


def test_without_a_backup_it_is_a_note_and_with_one_its_day(home):
    assert looked(home)["backup"] == (Light.NOTE, "Aucune sauvegarde.")
    made = home.backups / "kiosk.backup"
    made.write_bytes(b"x")
    os.utime(made, (AT.timestamp(), AT.timestamp()))
    assert looked(home)["backup"] == (Light.GOOD, "Dernière sauvegarde : jeudi 3 novembre.")
    made.unlink()
    home.backups.rmdir()
    assert looked(home)["backup"][0] is Light.NOTE


# ---- the printer


def printing(monkeypatch, tmp_path, *lines):
    """A printing system that answers so."""
    program = tmp_path / "lpstat"
    program.write_text("\n".join(("#!/bin/sh", *lines)))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("echo printer Salle is idle. enabled since always", PrinterState.READY),
        ("echo printer Salle disabled since yesterday", PrinterState.SILENT),
        ("exit 1", PrinterState.SILENT),
    ],
)
def test_a_printer_that_is_named_is_asked(monkeypatch, tmp_path, answer, state):
    printing(monkeypatch, tmp_path, answer)
    assert Papers(tmp_path, lambda: "Salle").state() is state


def test_the_systems_own_printer_is_found_and_where_there_is_none_nothing_is_wrong(monkeypatch, tmp_path):
    printing(
        monkeypatch,
        tmp_path,
        'if [ "$1" = -d ]; then echo "system default destination: Salle"; else echo "printer $2 is idle"; fi',
    )
    assert Papers(tmp_path, str).state() is PrinterState.READY
    printing(monkeypatch, tmp_path, "echo no system default destination")
    assert Papers(tmp_path, str).state() is PrinterState.NOWHERE
    assert Papers(tmp_path, lambda: NOWHERE).state() is PrinterState.NOWHERE


# ---- on the screen


@pytest.mark.parametrize("role", ["staff", "facilitator", "technician"])
async def test_who_opens_the_doors_sees_every_signal_and_looks_again(play, day, role):
    """No name is on it: a technician may see it too."""
    async with play() as played:
        await played.home()
        await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), role)
        await played.shows("✓ Prêt pour aujourd'hui : ")
        await played.shows("Pas encore essayé aujourd'hui")
        await played.asked("delete from booking")
        await touch(played, "Vérifier encore")
        await played.shows("! Personne n'est sur la liste du jour : importez les réservations.")


async def test_whoever_may_not_ask_is_told_nothing(play, day):
    """P-19"""
    async with play() as played:
        await played.home()
        screen = await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), "coordinator")
        await played.shows("ne permet pas")
        assert str(screen._head.content) == ""


async def test_the_line_asks_by_itself_wherever_it_is_mounted(play, day):
    async with play() as played:
        await played.home()
        screen = await at_screen(played, lambda: EquipmentScreen(played.app.staff_frame), "staff")
        line = ReadyLine("fr")
        await screen.mount(line)
        await until(lambda: "Prêt pour aujourd'hui" in str(line.content))
        assert line.has_class("-good")


async def test_a_card_that_was_read_on_this_kiosk_today_is_known(play, day):
    """Also one that opened nothing."""
    async with play() as played:
        await played.home()
        played.burst("SCHNXRTVBJKP" * 2)
        played.burst(day.people[0].token)
        await played.answered("Bonjour")
        await touch(played, "Terminé")
        await at_screen(played, lambda: ReadyTodayScreen(played.app.staff_frame), "staff")
        await on(played, ReadyTodayScreen)
        await played.shows("Une carte a été lue à 8 h 22.")
