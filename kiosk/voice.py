"""Reading aloud what stands on the screen (A-27, A-31): only after somebody has asked for it (A-28).

As with sounds nobody waits for it, and whatever goes wrong is silence. A new text ends the one before. The
text goes from hand to hand by pipes and one file that only this user can read and that goes at once; it is
in no argument and no log. It is never a name: what is read are the questions of the self-assessment.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Thread

from kiosk.programs import end
from kiosk.sound import player_commands

VOICES = {"fr": "fr-be", "nl": "nl", "de": "de", "en": "en"}
"""Voices of eSpeak NG by language."""

LONGEST = 30.0
"""Seconds after which a program hangs and is killed."""


class Voice:
    """Reads aloud, one text at a time."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self._asked: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._process: Popen[bytes] | None = None

    @property
    def ready(self) -> bool:
        """Whether this machine has a voice and something to play it with."""
        from importlib.util import find_spec  # after the first paint

        return self._wanted and find_spec("espeakng_loader") is not None and bool(player_commands())

    def say(self, text: str, language: str) -> None:
        """Read a text instead of one that is still being read; returns at once."""
        if not self.ready:
            return
        if self._thread is None:
            self._thread = Thread(target=self._work, name="voice", daemon=True)
            with suppress(RuntimeError):  # no thread to be had
                self._thread.start()
        self._ask((text, VOICES[language]))

    def hush(self) -> None:
        """Silence, at once."""
        if self._thread is not None:
            self._ask(("", ""))

    def stop(self) -> None:
        """Silence for good; no program outlives the kiosk."""
        if self._thread is not None and self._thread.is_alive():
            self._ask(None)
            self._thread.join(1)

    def _ask(self, wish: tuple[str, str] | None) -> None:
        # First the wish, then the look for a program: ``_run`` does it the other way round.
        self._asked.put(wish)
        if (process := self._process) is not None:
            end(process)

    def _work(self) -> None:
        while (wish := self._asked.get()) is not None:
            if wish[0] and self._asked.empty():
                with suppress(OSError):
                    self._read(*wish)

    def _read(self, text: str, voice: str) -> None:
        from tempfile import NamedTemporaryFile

        speech = self._run([sys.executable, "-m", "kiosk.speak", voice], text.encode())
        if not speech:
            return
        with NamedTemporaryFile(suffix=".wav") as file:
            Path(file.name).write_bytes(speech)
            for command in player_commands():
                if not self._asked.empty() or self._run([*command, file.name]) is not None:
                    return

    def _run(self, command: list[str], given: bytes = b"") -> bytes | None:
        """Run a program to its end; what it has written, ``None`` where it failed or was ended."""
        # A session of its own: no key of the terminal reaches it, and it reaches no terminal.
        process = Popen(  # noqa: S603 (the house's own words)
            command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        self._process = process
        if not self._asked.empty():
            end(process)
        try:
            written, _ = process.communicate(given, LONGEST)
        except TimeoutExpired:
            end(process)
            process.communicate()
            return None
        finally:
            self._process = None
        return written if process.returncode == 0 else None
