"""The sounds are short, soft, without a click, one for each tone, and made by the script that is kept."""

import runpy
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

import assets
from assets.outcomes import OUTCOMES

FOLDER = Path(assets.__file__).parent / "sounds"
SCRIPT = Path(__file__).parents[2] / "docs" / "make_sounds.py"
TONES = sorted({text.tone for text in OUTCOMES.values()})


def test_each_tone_of_an_answer_has_its_own_sound():
    """A-10: sign, word and sound; no two tones sound alike."""
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(f"{tone}.wav" for tone in TONES)
    assert len({file.read_bytes() for file in FOLDER.iterdir()}) == len(TONES)


def test_the_script_makes_these_very_files():
    made = runpy.run_path(str(SCRIPT))["made"]()
    assert made == {file.name: file.read_bytes() for file in FOLDER.iterdir()}


@pytest.mark.parametrize("tone", TONES)
def test_a_sound_is_short_soft_and_without_a_click(tone):
    """Nobody is startled: at most 400 ms, a third of full scale, silent at both ends, no sudden step."""
    file = FOLDER / f"{tone}.wav"
    assert file.stat().st_size < 40_000
    with wave.open(str(file)) as sound:
        assert sound.getparams()[:3] == (1, 2, 22050)
        assert 0.25 <= sound.getnframes() / sound.getframerate() <= 0.4
        levels = array("h", sound.readframes(sound.getnframes()))
    peak = max(map(abs, levels))
    assert 0.25 <= peak / 32767 <= 0.35
    assert max(abs(level) for level in (*levels[:5], *levels[-20:])) < peak / 50
    # Heard at once: half as loud as it gets within 40 ms.
    assert max(map(abs, levels[: 22050 // 25])) > peak / 2
    assert max(abs(b - a) for a, b in pairwise(levels)) < peak / 2
