"""What whoever looks after the server is told, and what a kiosk is that is about to join."""

from __future__ import annotations

import json
import os
import sys

import pytest
import typer

from kiosk.__main__ import main
from kiosk.home import Home
from kiosk.sync import hub_admin
from kiosk.sync.trouble import FOR_THE_KEEPER, HubProblem
from kiosk.trouble import Trouble


@pytest.fixture
def ran(monkeypatch, capsys, tmp_path):
    """Runs ``kiosk …`` on the machine of whoever looks after the server, or in another home."""

    def running(*arguments: object, home: Home | None = None) -> tuple[int, str]:
        monkeypatch.setenv("KIOSK_HOME", str(home.path if home else tmp_path / "office"))
        monkeypatch.setattr(sys, "argv", ["kiosk", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out + said.err

    return running


def revoked(address: str) -> list[str]:
    return [node.name for node in hub_admin.nodes(address) if node.revoked_at is not None]


def test_every_trouble_has_a_sentence_for_the_keeper():
    assert set(FOR_THE_KEEPER) == set(HubProblem)


def test_what_goes_wrong_is_said_to_whoever_gives_the_address(ran, address, tmp_path):
    """Another account or database, or a server that is off: nothing of a kiosk that goes on alone."""
    status = ("hub", "status", "--hub")
    for wrong, said in {
        address.replace("admin@", "kiosk_nobody@"): "vérifiez le nom et le mot de passe dans l'adresse",
        address.replace("/t", "/no-such-t", 1): "lancez « kiosk hub init »",
        f"postgresql://admin@/x?host={tmp_path}": "que PostgreSQL est en marche",
    }.items():
        code, words = ran(*status, wrong)
        assert (code, said in words, "borne continue" in words) == (1, True, False), words


def test_the_list_has_headings_and_says_of_a_kiosk_never_seen_that_it_was_withdrawn(
    ran, stations, address, tmp_path
):
    stations().sync()
    never = hub_admin.enrol(address, Home(tmp_path / "office"), "mons", "Neuve")
    hub_admin.revoke(address, never.node, at_once=False)
    code, words = ran("hub", "status", "--hub", address)
    heads, *lines = words.splitlines()
    assert (code, heads.split()) == (0, ["SmartCorner", "Borne", "Identifiant", "État"])
    (mons,) = (line for line in lines if line.startswith("mons"))
    assert mons.endswith("retirée, n'entre plus")
    (tablet,) = (line for line in lines if " tablette " in line)
    assert "vue " in tablet and "+0" not in tablet and "T" not in tablet.split("vue ")[1]


def test_a_name_is_taken_in_its_corner_until_its_kiosk_is_withdrawn(stations, address, tmp_path):
    office = Home(tmp_path / "office")
    first = hub_admin.enrol(address, office, "charleroi", "Tablette")
    with pytest.raises(Trouble, match="s'appelle déjà"):
        hub_admin.enrol(address, office, "charleroi", "tablette")
    hub_admin.enrol(address, office, "mons", "Tablette")
    hub_admin.revoke(address, first.node, at_once=False)
    hub_admin.enrol(address, office, "charleroi", "Tablette")


def test_of_several_kiosks_of_one_name_none_is_chosen(ran, address, tmp_path):
    office = Home(tmp_path / "office")
    one, other = (hub_admin.enrol(address, office, corner, "Tablette") for corner in ("charleroi", "mons"))
    code, words = ran("hub", "revoke", "Tablette", "--yes", "--hub", address)
    assert code == 1 and "Plusieurs bornes s'appellent « Tablette »" in words
    assert one.node in words and other.node in words and revoked(address) == []
    assert ran("hub", "revoke", one.node, "--yes", "--hub", address)[0] == 0
    # The one that stays is meant.
    assert ran("hub", "revoke", "Tablette", "--yes", "--hub", address)[0] == 0
    assert revoked(address) == ["Tablette", "Tablette"]


@pytest.mark.parametrize("yes", [True, False])
def test_a_kiosk_is_withdrawn_only_after_a_yes_that_knows_what_goes(ran, stations, address, monkeypatch, yes):
    stations().sync()
    revoke = ("hub", "revoke", "tablette", "--hub", address)
    code, words = ran(*revoke)
    assert code == 1 and "ajoutez « --yes »" in words and revoked(address) == []
    assert "Retirer la borne tablette (Charleroi) ?" in words and "à envoyer : 0" in words and "vue " in words
    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: yes)
    assert ran(*revoke)[0] == (0 if yes else 1)
    assert revoked(address) == (["tablette"] if yes else [])


def test_a_stolen_kiosk_is_locked_out_without_a_question(ran, stations, address):
    stations().sync()
    assert ran("hub", "revoke", "tablette", "--now", "--hub", address)[0] == 0
    assert hub_admin.nodes(address)[0].refused_at is not None


# ---- joining


def test_a_kiosk_that_cannot_reach_the_hub_is_told_that_it_is_not_enrolled_yet(
    ran, stations, address, tmp_path
):
    home = stations().home
    home.hub_file.unlink()
    file = tmp_path / "inscription.json"
    made = json.loads(hub_admin.enrol(address, Home(tmp_path / "office"), "charleroi", "Neuve").text)
    file.write_text(json.dumps(made | {"host": str(tmp_path)}))
    code, words = ran("sync", "--join", file, home=home)
    assert code == 1 and "n'est pas encore inscrite" in words and "continue seule" not in words


def test_a_file_that_has_served_here_says_that_the_kiosk_is_enrolled(ran, stations, address, tmp_path):
    tablet = stations()
    file = next(tmp_path.glob("tablette-*.json"))
    code, words = ran("sync", "--join", file, home=tablet.home)
    assert code == 1 and "déjà inscrite avec ce fichier" in words
    # One whose access has ended is none that works.
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    code, words = ran("sync", "--join", file, home=tablet.home)
    assert code == 1 and "ne laisse pas entrer cette borne" in words
    # Nor may it take the place of what works, where it is given once more for a stick.
    kept = tablet.home.hub_file.read_text()
    code, words = ran("sync", "--join", file, "--to", tmp_path / "x.sync", home=tablet.home)
    assert code == 1 and "déjà inscrite avec ce fichier" in words
    assert tablet.home.hub_file.read_text() == kept


@pytest.mark.parametrize("by_stick", [False, True])
def test_a_file_that_was_withdrawn_unused_wipes_nobody(ran, stations, address, tmp_path, by_stick):
    """It may lie in a drawer, beside a good one."""
    alone, (one, other) = stations("seule"), (tmp_path / "one.json", tmp_path / "other")
    alone.home.hub_file.unlink()
    made = hub_admin.enrol(address, Home(tmp_path / "office"), "charleroi", "Vieille")
    one.write_text(made.text)
    assert "n'entre plus" in ran("hub", "revoke", made.node, "--yes", "--hub", address)[1]
    if by_stick:
        ran("sync", "--join", one, "--to", other, home=alone.home)
        code, words = ran("hub", "take", other, "--out", tmp_path / "back", "--hub", address)
        assert code == 1 and "a été retirée" in words
    else:
        code, words = ran("sync", "--join", one, home=alone.home)
        assert code == 1 and "demandez une nouvelle inscription" in words
    assert alone.home.database.exists() and alone.ask("select count(*) from sync_state") == [(1,)]


def test_who_is_locked_out_already_is_not_said_to_deliver(ran, stations, address):
    tablet = stations()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    code, words = ran("hub", "revoke", tablet.enrolment.node, "--hub", address)
    assert (code, "n'entre plus" in words) == (0, True)
