"""What is heard: each tone its own sound, one at a time, and nothing that goes wrong is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from subprocess import Popen

import pytest
from ears import Ears, files, there
from hands import PATIENCE, until

from kiosk import sound
from kiosk.sound import Sounds
from screens.widgets.poster import Tone

HEARD = (Tone.GOOD, Tone.WAIT, Tone.NOTE)
HANGS = "kill -STOP $$"


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
