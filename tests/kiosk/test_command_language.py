"""In which language a command speaks: that of the home, unless ``KIOSK_LANGUAGE`` names another."""

from __future__ import annotations

import pytest
from command_line import MORNING

FAR = ("roster", "--date", "2030-01-01")


@pytest.fixture
def dutch(booked):
    """A home whose corner speaks Dutch."""
    settings = booked.home / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('"fr"', '"nl"'), "utf-8")
    return booked


def test_a_command_speaks_the_language_of_its_home(dutch):
    """Answers, refusals, misuse, dates and names of programmes."""
    assert dutch(*FAR).out.strip() == "Geen workshop op die dag."
    assert dutch("roster", "--date", "x").err.startswith("'x' is geen dag")
    assert dutch("roster", "--nonsense").err.startswith("'--nonsense' is geen optie")
    day = dutch("roster", "--date", "2022-11-03", "--at", MORNING).out
    assert "donderdag 3 november 2022, 8.30 uur tot 12 uur · SmartJob-workshop" in day


def test_the_variable_goes_before_the_settings(dutch, monkeypatch):
    """An operator who speaks another language than the corner."""
    monkeypatch.setenv("KIOSK_LANGUAGE", "en")
    assert dutch(*FAR).out.strip() == "No workshop on that day."


@pytest.mark.parametrize("written", ["language = 3\n", "language = 'xx'\n", "language = \n", "\x00"])
def test_settings_that_are_wrong_are_told_in_french(installed, written):
    """The sentence that says what is wrong needs a language before the settings are right."""
    (installed.home / "settings.toml").write_text(written, "utf-8")
    assert "réglage" in (told := installed("verify")).err or "ligne 1" in told.err
    assert told.refused


def test_wrong_settings_are_told_in_the_language_that_they_name(dutch):
    """What can be read of them is used."""
    settings = dutch.home / "settings.toml"
    settings.write_text('colour = "x"\n' + settings.read_text("utf-8"), "utf-8")
    assert dutch("verify").err.startswith("settings.toml, regel 1: 'colour' is geen instelling")


def test_a_home_that_cannot_be_is_told_in_the_language_of_the_variable(line, monkeypatch):
    """No settings are there to ask."""
    monkeypatch.setenv("KIOSK_HOME", "~nobody-is-called-so/kiosk")
    assert "n'est pas un chemin" in line("verify").err
    monkeypatch.setenv("KIOSK_LANGUAGE", "de")
    assert "ist kein Pfad" in line("verify").err
