"""Reading aloud: a real voice, asked for by the person, one text at a time, and nothing of it left."""

from __future__ import annotations

import array
import subprocess
import sys
import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from ears import Ears
from hands import PATIENCE, Played, touch, until
from point_hands import opened

from assets.assessment import bank
from assets.languages import LANGUAGES
from kiosk import voice
from kiosk.voice import VOICES, Voice

QUESTION = bank().items["2.1S"].ask
KEEPS = 'for last; do :; done; /bin/cp "$last" "$0.$$.wav"'
HANGS = "kill -STOP $$"


@pytest.fixture
def speaker(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> Iterator[Voice]:
    """A voice on a machine whose only player keeps what it is given."""
    monkeypatch.setattr(voice, "LONGEST", 3 * PATIENCE)
    made = Voice(True)
    yield made
    made.stop()
    assert ears.left == []


def kept(ears: Ears) -> list[Path]:
    return sorted(ears.folder.glob("*.wav"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_real_engine_speaks_every_language(language):
    """A-27: some seconds of speech that is no silence; the text comes in by a pipe."""
    made = subprocess.run(
        [sys.executable, "-m", "kiosk.speak", VOICES[language]],
        input=QUESTION[language].encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    with wave.open(BytesIO(made.stdout)) as spoken:
        seconds = spoken.getnframes() / spoken.getframerate()
        samples = array.array("h", spoken.readframes(spoken.getnframes()))
    assert 1 < seconds < 6
    assert max(map(abs, samples)) > 3000


async def test_a_text_is_read_and_nothing_of_it_is_left(speaker, ears):
    """In no argument of a program, and the file goes at once."""
    ears.player("aplay", KEEPS)
    assert speaker.ready
    speaker.say(QUESTION["fr"], "fr")
    await until(lambda: kept(ears))
    await until(lambda: not ears.left)
    (line,) = ears._lines
    assert not any(word in " ".join(line) for word in QUESTION["fr"].split() if len(word) > 3)
    await until(lambda: not Path(line[-1]).exists())
    with wave.open(str(kept(ears)[0])) as spoken:
        assert spoken.getnframes() > spoken.getframerate()


async def test_the_next_text_ends_the_one_before(speaker, ears):
    """Also one whose player hangs."""
    ears.player("aplay", HANGS)
    speaker.say(QUESTION["fr"], "fr")
    await until(lambda: ears.heard)
    ears.player("aplay", KEEPS)
    speaker.say(QUESTION["de"], "de")
    await until(lambda: kept(ears))
    await until(lambda: not ears.left)
    assert len(ears.heard) == 2


async def test_silence_is_one_word_away(speaker, ears):
    """Somebody else shows a card: what was being read stops."""
    ears.player("aplay", HANGS)
    speaker.say(QUESTION["fr"], "fr")
    await until(lambda: ears.heard)
    speaker.hush()
    await until(lambda: not ears.left)


@pytest.mark.parametrize("wanted", [True, False])
def test_where_nothing_can_be_heard_there_is_no_voice(ears, wanted):
    """No player, or a corner that wants no sound: the key is not offered, and asking does nothing."""
    if not wanted:
        ears.player("aplay", KEEPS)
    made = Voice(wanted)
    assert not made.ready
    made.say(QUESTION["fr"], "fr")
    made.hush()
    made.stop()
    assert ears.heard == []


async def test_questions_are_read_to_whoever_asks_and_to_nobody_else(play, ears, monkeypatch):
    """A-28: after an explicit choice, in the language of the visit; the next person hears nothing."""
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(Voice, "ready", True)
    monkeypatch.setattr(Voice, "say", lambda _, text, language: said.append((text, language)))
    async with play(size=(56, 16), sound=True) as played:
        await opened(played)
        assert said == []
        await touch(played, "○ Écouter les questions")
        await touch(played, "Commencer")
        await _answered_starters(played)
        await played.press("?")
        item = bank().items["2.1S"]
        starters = [starter.ask["fr"] for starter in bank().starters]
        wanted = ["Écouter les questions", *starters, item.ask["fr"], item.plainly["fr"]]
        assert said == [(text, "fr") for text in wanted]
        for _ in range(6):
            await played.press("escape")
        await played.home()
        said.clear()
        await opened(played)
        await touch(played, "Commencer")
        await _answered_starters(played)
        assert said == []


async def _answered_starters(played: Played) -> None:
    for _ in bank().starters:
        await played.press("1", "enter")
        await played.rest()
