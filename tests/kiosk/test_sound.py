"""What is heard: each tone its own sound, one at a time, and nothing that goes wrong is noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from hands import PATIENCE, until
from test_start import WORDS
from test_visits import on, spell, touch

from kiosk import sound, start
from kiosk.database import Database
from kiosk.home import Home, first_look
from kiosk.settings import load_settings
from kiosk.sound import Sounds
from models.codes import new_short_code, new_token
from screens.choices import HelpScreen
from screens.code_pad import CodePadScreen
from screens.widgets.poster import Tone

HEARD = (Tone.GOOD, Tone.WAIT, Tone.NOTE)
HANGS = "kill -STOP $$"


@dataclass(frozen=True, slots=True)
class Ears:
    """A folder of invented players that stands alone on the PATH, and what they were given to play."""

    folder: Path

    def player(self, name: str, does: str = "") -> None:
        """A player that writes down its process and what it was given, and then does something."""
        log = self.folder / "heard.txt"
        file = self.folder / name
        file.write_text(f'#!/bin/sh\necho "$$ {name} $*" >> "{log}"\n{does}\n', "utf-8")
        file.chmod(0o700)

    @property
    def _lines(self) -> list[list[str]]:
        log = self.folder / "heard.txt"
        whole = log.read_text("utf-8").rpartition("\n")[0] if log.exists() else ""
        return [line.split(" ") for line in whole.split("\n") if line]

    @property
    def heard(self) -> list[str]:
        """``player: file`` for each sound."""
        return [f"{name}: {Path(rest[-1]).name}" for _, name, *rest in self._lines]

    @property
    def left(self) -> list[int]:
        """Processes that are still there; a zombie is."""
        return [pid for number, *_ in self._lines if there(pid := int(number))]


def there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ears:
    folder = tmp_path / "players"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Ears(folder)


@pytest.fixture
def rung() -> list[int]:
    """One entry for each time that the bell rang."""
    return []


@pytest.fixture
def sounds(ears: Ears, rung: list[int], monkeypatch: pytest.MonkeyPatch) -> Iterator[Sounds]:
    # A busy machine is no player that hangs.
    monkeypatch.setattr(sound, "LONGEST", 3 * PATIENCE)
    monkeypatch.setattr(sound, "TOO_LATE", 3 * PATIENCE)
    made = Sounds(True, lambda: rung.append(1))
    yield made
    made.stop()
    assert ears.left == []


def files(*tones: Tone, player: str = "pw-play") -> list[str]:
    return [f"{player}: {tone}.wav" for tone in tones]


# ---- the player


@pytest.mark.parametrize("player", [name for name, *_ in sound.PLAYERS])
async def test_each_tone_plays_its_own_file(sounds, ears, player):
    """Whichever player the machine has; and each has ended and is reaped."""
    ears.player(player)
    for number, tone in enumerate(HEARD, 1):
        sounds.play(tone)
        await until(lambda number=number: len(ears.heard) == number)
    assert ears.heard == files(*HEARD, player=player)
    assert all((sound.FOLDER / f"{tone}.wav").is_file() for tone in HEARD)
    await until(lambda: not ears.left, "a player was not reaped")


@pytest.mark.parametrize("fails", ["exit 1", "kill -KILL $$", None], ids=["fails", "crashes", "no program"])
async def test_where_one_player_fails_the_next_one_plays(sounds, ears, rung, fails):
    """PipeWire's player without PipeWire; the sound after it begins with the one that works."""
    ears.player("pw-play", fails or "")
    if fails is None:
        (ears.folder / "pw-play").write_bytes(b"\x7fELF of another machine")
    ears.player("aplay")
    sounds.play(Tone.NOTE)
    await until(lambda: files(Tone.NOTE, player="aplay")[0] in ears.heard)
    before = len(ears.heard)
    await until(lambda: not ears.left)
    sounds.play(Tone.WAIT)
    await until(lambda: len(ears.heard) > before)
    assert ears.heard[before:] == files(Tone.WAIT, player="aplay")
    assert rung == []


async def test_a_player_that_hangs_is_killed_and_reaped(sounds, ears, rung, monkeypatch):
    started: list[Popen] = []

    def spied(*given, **more):
        started.append(Popen(*given, **more))
        return started[-1]

    monkeypatch.setattr(sound, "Popen", spied)
    monkeypatch.setattr(sound, "LONGEST", 0.05)
    monkeypatch.setattr(sound, "TOO_LATE", 0.01)
    ears.player("pw-play", HANGS)
    ears.player("aplay")
    sounds.play(Tone.NOTE)
    await until(lambda: started and started[0].returncode is not None, "never reaped")
    assert not there(started[0].pid)
    # Another player would come too late for this sound, and is the first for the next.
    await until(lambda: sounds._players[0] == [str(ears.folder / "aplay"), "-q"])
    sounds.play(Tone.WAIT)
    await until(lambda: files(Tone.WAIT, player="aplay")[0] in ears.heard)
    assert files(Tone.NOTE, player="aplay")[0] not in ears.heard
    assert rung == []


async def test_a_new_sound_takes_the_place_of_the_one_that_plays(sounds, ears):
    """Never two at once; the answer that stands there is the one that is heard."""
    ears.player("pw-play", f"case $1 in *good*) {HANGS};; esac")
    sounds.play(Tone.GOOD)
    await until(lambda: ears.heard)
    (first,) = ears.left
    sounds.play(Tone.NOTE)
    await until(lambda: len(ears.heard) == 2)
    assert not there(first)
    assert ears.heard == files(Tone.GOOD, Tone.NOTE)


async def test_of_many_at_once_the_last_is_heard(sounds, ears):
    ears.player("pw-play", f"case $1 in *note*) exit 0;; esac; {HANGS}")
    for tone in (*HEARD * 20, Tone.NOTE):
        sounds.play(tone)
        assert len(ears.left) < 2
    await until(lambda: ears.heard[-1:] == files(Tone.NOTE))
    await until(lambda: not ears.left)


async def test_the_kiosk_leaves_no_player_behind(sounds, ears):
    ears.player("pw-play", HANGS)
    sounds.play(Tone.GOOD)
    await until(lambda: ears.left)
    sounds.stop()
    assert ears.left == []
    sounds.stop()  # nothing to stop any more


def test_only_silence_where_no_sound_is_wanted(ears, rung):
    """No thread, no player, no bell; neither for a tone that has no sound."""
    ears.player("pw-play")
    Sounds(False, lambda: rung.append(1)).play(Tone.NOTE)
    calm = Sounds(True, lambda: rung.append(1))
    calm.play(Tone.CALM)
    assert calm._thread is None
    assert calm._asked.empty()
    assert (ears.heard, rung) == ([], [])


@pytest.mark.parametrize("fails", [None, "exit 1"], ids=["no player", "all fail"])
async def test_the_bell_stands_in_where_there_is_something_to_read(sounds, ears, rung, fails):
    """It has one voice: silence says that all is well."""
    if fails is not None:
        ears.player("aplay", fails)
    for tone in (Tone.WAIT, Tone.NOTE):
        rung.clear()
        sounds.play(tone)
        await until(lambda: rung)
    rung.clear()
    sounds._sound(Tone.GOOD)
    assert rung == []


# ---- in the kiosk


async def test_an_answer_is_heard_in_its_own_tone(play, day, ears):
    """A-10: a card that is welcomed, one that nobody knows, a call for help."""
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


# ---- the setting


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
    assert start._demo_look("charleroi", database).sound
    monkeypatch.setenv("KIOSK_SOUND", "off")
    assert not start._demo_look("charleroi", database).sound


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
