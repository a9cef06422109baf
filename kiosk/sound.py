"""The sound of an answer, beside its sign and its words (A-10): soft, short, one at a time.

Nobody waits for it: a thread of its own starts the system's player, and whatever goes wrong there is
silence. Where no player works the terminal's bell stands in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Thread

import assets
from kiosk.clock import monotonic
from kiosk.programs import end
from screens.widgets.poster import Tone

FOLDER = Path(assets.__file__).parent / "sounds"

PLAYERS = (["pw-play"], ["paplay"], ["aplay", "-q"], ["afplay"])
"""PipeWire, PulseAudio, ALSA, macOS: the first that is there, and the next where it fails."""

LONGEST = 3.0
"""Seconds after which a player hangs and is killed."""

TOO_LATE = 0.5
"""Seconds after which another try would come too late to belong to what is on the screen."""

A_WHILE = 60.0
"""Seconds for which players that failed are left alone."""

RUNG = (Tone.WAIT, Tone.NOTE)
"""Tones for which the bell rings. It has one voice, so silence says "done" and the bell says "look"."""


def players() -> list[str]:
    """What this machine can play a file with, the first choice first."""
    return [Path(program).name for program, *_ in player_commands()]


def player_commands() -> list[list[str]]:
    """Each program that can play a file, to be given its name."""
    from shutil import which  # after the first paint

    return [[found, *rest] for name, *rest in PLAYERS if (found := which(name))]


class Sounds:
    """Plays the sounds. ``bell`` is called from the thread of the sounds."""

    def __init__(self, wanted: bool, bell: Callable[[], None]) -> None:
        self._wanted = wanted
        self._bell = bell
        self._asked: SimpleQueue[Tone | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._players: deque[list[str]] = deque()
        self._again = 0.0
        """When players that failed are tried again."""
        self._process: Popen[bytes] | None = None

    def play(self, tone: Tone) -> None:
        """Play the sound of a tone instead of one that still plays; returns at once."""
        if not self._wanted or tone is Tone.CALM:
            return
        if self._thread is None:
            self._thread = Thread(target=self._work, name="sounds", daemon=True)
            with suppress(RuntimeError):  # no thread to be had
                self._thread.start()
        self._ask(tone)

    def stop(self) -> None:
        """Silence; no player outlives the kiosk."""
        if self._thread is not None and self._thread.is_alive():
            self._ask(None)
            self._thread.join(1)

    def _ask(self, tone: Tone | None) -> None:
        # First the wish, then the look for a player: ``_plays`` does it the other way round, so one of
        # the two sees the other.
        self._asked.put(tone)
        if (process := self._process) is not None:
            end(process)

    def _work(self) -> None:
        while (tone := self._asked.get()) is not None:
            if self._asked.empty():  # else a newer one waits
                self._sound(tone)

    def _sound(self, tone: Tone) -> None:
        file = str(FOLDER / f"{tone}.wav")
        began = monotonic()
        if not self._players and began >= self._again:
            self._players.extend(player_commands())  # a sound server may have come up since
        while self._players and monotonic() - began <= TOO_LATE:
            if self._plays([*self._players[0], file]):
                return
            # One that failed is not asked again for a while: the bell waits for nobody.
            self._players.popleft()
            self._again = monotonic() + A_WHILE
        if not self._players and monotonic() - began <= TOO_LATE and tone in RUNG:
            self._bell()

    def _plays(self, command: list[str]) -> bool:
        """Run a player to its end; whether it did what it should, or nobody wants to know any more."""
        try:
            # A session of its own: no key of the terminal reaches it, and it reaches no terminal.
            process = Popen(  # noqa: S603 (the house's own words)
                command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
            )
        except OSError:
            return False
        self._process = process
        if not self._asked.empty():
            end(process)
        try:
            code = process.wait(LONGEST)
        except TimeoutExpired:
            end(process)
            code = process.wait()
        finally:
            self._process = None
        return code == 0 or not self._asked.empty()
