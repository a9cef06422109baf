"""A terminal around the real program: keys go in, a screen comes out, and every byte is kept."""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

ENTER = "\r"
ESCAPE = "\x1b"
TAB = "\t"
TO_LAST = "\x1b[Z"
"""To the last key: "Équipe" on the welcome, "Terminé" below an answer."""

ALTERNATE_ON = b"\x1b[?1049h"
ALTERNATE_OFF = b"\x1b[?1049l"

PATIENCE = 20.0
"""Seconds that a condition may take on a busy machine; nothing waits this long when all is well."""

# What pyte would print as text: private reports, mode requests, and strings it does not know.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[\?u|\x1b[P_^\]X][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<>=?$ ]*|[P_^\]X][^\x07\x1b]*\x1b?)?$")


class Terminal:
    """One process in a pseudo-terminal of its own."""

    def __init__(
        self,
        *arguments: str,
        home: Path | None = None,
        columns: int = 80,
        rows: int = 24,
        controlling: bool = True,
        program: Sequence[str] = ("-m", "kiosk"),
        **more,
    ):
        self.screen = pyte.Screen(columns, rows)
        self.raw = bytearray()
        self.closed = False
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self._master, False)
        self._before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=surroundings(home, **more),
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,
        )
        self._slave = slave

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self.hang_up()

    # ---- looking

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self.process.poll() is None

    @property
    def mode_restored(self) -> bool:
        """Whether the line discipline is as it was before the program."""
        return termios.tcgetattr(self._slave)[:4] == self._before[:4]

    @property
    def outside(self) -> bytes:
        """Everything that was written outside the alternate screen: what a scrollback can hold."""
        return re.sub(
            re.escape(ALTERNATE_ON) + b".*?" + re.escape(ALTERNATE_OFF), b"", bytes(self.raw), flags=re.S
        )

    def pump(self, seconds: float = 0.0) -> bool:
        """Take what the program has written; whether there was anything."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 18)
        except (BlockingIOError, OSError):
            self.closed = True
            return False
        self.raw += data
        text = _UNKNOWN.sub("", self._rest + self._decoder.decode(data))
        unfinished = _UNFINISHED.search(text)
        self._rest = unfinished.group() if unfinished and len(unfinished.group()) < 4096 else ""
        self._stream.feed(text[: len(text) - len(self._rest)])
        return True

    def wait_for(self, wanted: str | Callable[[str], object], seconds: float = PATIENCE) -> str:
        """Wait until the screen shows a text or fulfils a condition; fails with the screen."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        until = time.monotonic() + seconds
        while not shows(self.text):
            if time.monotonic() > until or (not self.pump(0.02) and not self.alive and not self.pump()):
                raise AssertionError(f"never seen: {wanted}; alive: {self.alive}; screen:\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.15) -> None:
        """Read until the program has been silent for so long."""
        until = time.monotonic() + PATIENCE
        while self.pump(quiet):
            assert time.monotonic() < until, "the screen never comes to rest"

    def ready(self) -> Terminal:
        """Wait for the welcome with the hour on it: the database is open then."""
        self.wait_for(lambda text: re.search(r"\d+ h( \d\d)?\s*$|\d\d:\d\d\s*$|uur\s*$", text.split("\n")[0]))
        return self

    # ---- typing

    def flood(self, data: str) -> None:
        """Write until nothing more goes in, and read nothing of what comes back."""
        left = memoryview(data.encode())
        with suppress(BlockingIOError):
            while left:
                left = left[os.write(self._master, left) :]

    def send(self, data: bytes | str) -> None:
        """Write bytes as fast as the program takes them, reading meanwhile."""
        left = memoryview(data.encode() if isinstance(data, str) else data)
        until = time.monotonic() + 3 * PATIENCE
        while left and self.alive:
            assert time.monotonic() < until, "the program does not take its input"
            _, writable, _ = select.select([], [self._master], [], 0.01)
            if writable:
                try:
                    left = left[os.write(self._master, left) :]
                except BlockingIOError:
                    self.pump(0.01)
            else:
                self.pump()

    def type(self, keys: str, gap: float) -> float:
        """Write keys one by one, so many seconds apart; returns the longest gap that came out."""
        start = last = time.monotonic()
        longest = 0.0
        for number, key in enumerate(keys):
            while (left := start + number * gap - time.monotonic()) > 0:
                self.pump(min(left, 0.001))
            self.send(key)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        return longest

    def press(self, *keys: str) -> None:
        """Press keys as a hand does: each on its own, the screen answering in between."""
        for key in keys:
            self.send(key)
            self.settle(0.1)

    def touch(self, label: str) -> None:
        """A finger on the key with this label, as a touch screen reports it."""
        self.settle(0.1)
        key = re.compile(rf"│ *{re.escape(label)} *│")
        # A busy machine is silent for a moment before it draws.
        self.wait_for(lambda _: any(map(key.search, self.screen.display)))
        row, found = next(
            (row, found) for row, line in enumerate(self.screen.display, 1) for found in key.finditer(line)
        )
        column = (found.start() + found.end()) // 2
        self.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def show_card(self, token: str, gap: float = 0.0) -> None:
        """A scanner reads a card: its letters and the Enter at the end."""
        if gap == 0:
            self.send(token + ENTER)
            return
        # Where this machine itself was too slow for a burst, the card is shown once more.
        for _ in range(5):
            if self.type(token + ENTER, gap) < 0.045:
                return

    def resize(self, columns: int, rows: int) -> None:
        """The window has another size from now on; the system tells the program."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # ---- ending

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to this program alone."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal itself, as a window that is closed."""
        for handle in (self._slave, self._master):
            with suppress(OSError):
                os.close(handle)
        self._slave = self._master = -1

    def exit_code(self, seconds: float = PATIENCE) -> int:
        """Wait for the end, reading to the last byte."""
        until = time.monotonic() + seconds
        while self.alive:
            assert time.monotonic() < until, f"does not end; screen:\n{self.text}"
            self.pump(0.02)
        while self.pump():
            pass
        return self.process.wait()


def surroundings(home: Path | None, **more: str) -> dict[str, str]:
    """The environment of a kiosk's process, the same on every machine."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    named = {"KIOSK_HOME": str(home)} if home else {}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return kept | terminal | {"KIOSK_SOUND": "off"} | named | more


def kiosk(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [sys.executable, "-m", "kiosk", *arguments]
    return subprocess.run(
        command, env=surroundings(home), text=True, capture_output=True, timeout=60, check=False
    )
