"""What is heard in the running kiosk, and where that is chosen and looked after."""

from __future__ import annotations

import pytest
from ears import files
from hands import on, spell, touch, until
from test_start import WORDS

from kiosk import start
from kiosk.database import Database
from kiosk.home import Home, first_look
from kiosk.settings import load_settings
from models.codes import new_short_code, new_token
from screens.choices import HelpScreen
from screens.code_pad import CodePadScreen
from screens.widgets.poster import Tone


async def test_an_answer_is_heard_in_its_own_tone(play, day, ears):
    """A-10: a card that is welcomed, one that nobody knows; a call for help makes no sound."""
    ears.player("pw-play")
    async with play(sound=True) as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await until(lambda: ears.heard == files(Tone.GOOD), ears.heard)
        played.burst(new_token())
        await played.answered("Cette carte ou ce code ne marche pas ici.")
        await until(lambda: ears.heard[1:] == files(Tone.NOTE), ears.heard)
        await touch(played, "Aide")
        await on(played, HelpScreen)
        played.app.go_home()
        played.burst(day.people[1].token)
        await played.answered("Bonjour Ștefan I.")
        await until(lambda: ears.heard[2:] == files(Tone.GOOD), ears.heard)


async def test_nothing_begins_to_play_before_the_answer_is_drawn(play, day, monkeypatch):
    """The way from the card to the welcome is not a millisecond longer."""
    drawn = []
    async with play(sound=True) as played:
        poster = played.app.reception._poster
        monkeypatch.setattr(played.app.sounds, "play", lambda tone: drawn.append(bool(poster._drawn_for)))
        played.burst(day.people[0].token)
        await until(lambda: drawn)
        assert drawn == [True]


async def test_a_slip_on_the_pad_is_heard_there(play, day, ears):
    ears.player("pw-play")
    code = day.people[0].code
    async with play(sound=True) as played:
        await touch(played, "Je suis là")
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        assert ears.heard == []
        await spell(played, code[:5] + next(letter for letter in "BCDF" if letter != code[5]))
        await played.shows("Une lettre n'est pas juste.")
        await until(lambda: ears.heard == files(Tone.WAIT), ears.heard)


async def test_what_could_not_be_stored_is_heard_as_no_welcome(play, day, ears):
    ears.player("pw-play")
    async with play(sound=True) as played:
        await played.asked(
            "create trigger full before insert on change begin select raise(abort, 'full'); end"
        )
        played.burst(day.people[0].token)
        await played.answered("Votre présence n'est pas encore notée.")
        await until(lambda: ears.heard == files(Tone.WAIT), ears.heard)


async def test_without_a_player_the_terminal_rings(play, monkeypatch, ears):
    rung = []
    async with play(sound=True) as played:
        monkeypatch.setattr(played.app, "bell", lambda: rung.append(played.text))
        await touch(played, "Je suis là")
        await touch(played, "Taper mon code")
        await on(played, CodePadScreen)
        await spell(played, new_short_code())
        await until(lambda: rung)
        assert "Cette carte ou ce code ne marche pas ici." in rung[0]


async def test_silence_is_a_choice(play, day, ears):
    ears.player("pw-play")
    async with play(sound=False) as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await played.rest()
        assert played.app.sounds._thread is None
    assert ears.heard == []


# ---- the setting, and who looks after it


@pytest.mark.parametrize("word", [*WORDS, *map(str.upper, WORDS)])
def test_the_first_look_reads_the_setting_as_the_settings_do(installed, monkeypatch, word):
    home = Home(installed.home)
    assert first_look(home).sound is load_settings(home).sound is True
    text = home.settings_file.read_text("utf-8")
    home.settings_file.write_text(f'sound = "{word}"\n{text}', "utf-8")
    assert first_look(home).sound is load_settings(home).sound
    home.settings_file.write_text(f"sound = true\n{text}", "utf-8")
    monkeypatch.setenv("KIOSK_SOUND", word)
    assert first_look(home).sound is load_settings(home).sound


def test_a_rehearsal_is_heard_too(monkeypatch, tmp_path):
    monkeypatch.delenv("KIOSK_SOUND", raising=False)
    database = Database(tmp_path / "none.db")
    assert start._demo_look("charleroi", "fr", database).sound
    monkeypatch.setenv("KIOSK_SOUND", "off")
    assert not start._demo_look("charleroi", "fr", database).sound


def test_doctor_says_what_plays(installed, ears):
    """Never red: what is heard is written too (A-31)."""

    def told() -> str:
        ran = installed("doctor", "--json")
        assert ran.code == 0
        return next(one["value"] for one in ran.json if one["check"] == "sound")

    assert told() == "terminal (BEL)"
    ears.player("aplay")
    ears.player("paplay")
    assert told() == "paplay, aplay"
    settings = installed.home / "settings.toml"
    settings.write_text("sound = false\n" + settings.read_text("utf-8"), "utf-8")
    assert told() == "sound = false (paplay, aplay)"
    assert ears.heard == []
