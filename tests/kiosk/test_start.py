"""Starting the full screen: with which clock, under which banner, and alone or not."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pysqlite3
import pytest
from command_line import MORNING, WITHIN

from assets.languages import local
from kiosk import start
from kiosk.clock import Clock
from kiosk.home import Home
from kiosk.settings import load_settings


@pytest.fixture
def played(monkeypatch):
    """What would have been played: the front, the clock and how to prepare, instead of a screen."""
    calls = []

    def play(front, clock, database, prepare):
        calls.append((front, clock, database, prepare))
        return 0

    monkeypatch.setattr(start, "_play", play)
    return calls


@pytest.mark.parametrize("arguments", [("--at", MORNING, "demo"), ("demo", "--at", MORNING)], ids=" ".join)
def test_a_rehearsal_takes_place_at_the_time_that_was_set(line, played, arguments):
    """Wherever ``--at`` stands; the banner names the codes and says that the time is not the real one."""
    assert line(*arguments).code == 0
    ((front, clock, *_),) = played
    assert local(clock.now()).isoformat("T", "minutes") == WITHIN.replace(":00+", "+")
    assert front.banner.startswith("Démonstration")
    assert front.banner.endswith(" · heure réglée à la main")
    assert len(front.banner) < 80


def test_a_rehearsal_at_the_real_time_says_nothing_of_it(line, played):
    assert line("demo").code == 0
    ((front, *_),) = played
    assert "heure réglée" not in front.banner


WORDS = ("1", "true", "t", "yes", "y", "on", "0", "false", "f", "no", "n", "off")


@pytest.mark.parametrize("word", [*WORDS, *map(str.upper, WORDS)])
def test_several_kiosks_is_read_early_as_the_settings_read_it(installed, monkeypatch, word):
    """In a variable and in the file: the look before the first paint and the check after it agree."""
    home = Home(installed.home)
    monkeypatch.setenv("KIOSK_SEVERAL_KIOSKS", word)
    assert start._said_several(home) is load_settings(home).several_kiosks
    monkeypatch.delenv("KIOSK_SEVERAL_KIOSKS")
    for value in (f'"{word}"', word.lower() if word.lower() in ("1", "0", "true", "false") else "true"):
        home.settings_file.write_text(f'several_kiosks = {value}\ncorner = "charleroi"\n', "utf-8")
        assert start._said_several(home) is load_settings(home).several_kiosks


def far_ahead():
    return (datetime.now(UTC) + timedelta(days=1, minutes=5)).isoformat()


def test_a_time_far_ahead_is_refused_where_it_would_be_kept(booked, played):
    """The log's clock never goes back: one row of next year would date every row after it."""
    token = booked("cards", "--reference", "R-1", "--format", "json", "--at", MORNING).json[0]["token"]
    before = booked.rows("change")
    for arguments in (("--at", far_ahead()), ("checkin", token, "--at", far_ahead())):
        ran = booked(*arguments)
        assert ran.refused
        assert "plus d'un jour" in ran.err
    assert not played
    assert booked.rows("change") == before
    tomorrow = (datetime.now(UTC) + timedelta(hours=23)).isoformat()
    assert booked("--at", tomorrow).code == 0
    assert booked("--at", far_ahead(), "demo").code == 0
    assert len(played) == 2


def test_an_arrival_at_a_time_that_was_set_is_to_be_checked(booked, played):
    """P-38: it counts, and is marked; so are those of a device that has lost its time."""
    token = booked("cards", "--reference", "R-1", "--format", "json", "--at", MORNING).json[0]["token"]
    assert booked("checkin", token, "--at", MORNING).code == 0
    assert booked.asked("select clock_sure from attendance_event") == [(0,)]
    booked("--at", MORNING)
    booked()
    conn = pysqlite3.connect(str(booked.home / "kiosk.db"))
    assert [prepare(conn).clock_sure for *_, prepare in played] == [False, True]
    conn.close()


@pytest.mark.parametrize(("year", "sure"), [(1970, False), (2023, False), (2024, True)])
def test_a_clock_of_long_ago_is_not_believed(monkeypatch, year, sure):
    clock = Clock()
    monkeypatch.setattr(clock, "now", lambda: datetime(year, 1, 1, tzinfo=UTC))
    assert clock.is_sure is sure


@pytest.mark.parametrize("at", [(), ("--at", MORNING)])
def test_an_installed_kiosk_says_that_its_time_was_set(installed, played, at):
    assert installed(*at).code == 0
    ((front, *_),) = played
    assert ("réglée à la main" in front.banner) is bool(at)


def test_papers_are_kept_in_the_home(fresh_home, tmp_path):
    """Made when the first one is wanted, not before."""
    home = Home(tmp_path / "home")
    shutil.copytree(fresh_home, home.path)
    kept = start._papers(home).keep("feuille.pdf", b"%PDF-", datetime.now(UTC))
    assert kept == home.papers / "feuille.pdf"
    assert kept.read_bytes() == b"%PDF-"
