"""A pseudo-terminal with a program in it: keys go in on time, what comes out is stamped as it comes.

A forked reader does nothing but read the terminal and stamp each piece with ``CLOCK_MONOTONIC``, so
that the work of understanding it here never delays a stamp.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder, from which every program is started."""

COLUMNS, ROWS = 80, 24

QUIET = 0.06
"""Seconds without output after which an update is over."""

# What pyte would print as text: private modes of keyboards, colon colours, strings of OSC, DCS, APC.
_UNKNOWN = re.compile(
    r"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;:]*:[0-9;:]*m"
    r"|\x1b[P_^\]X][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<>=?$ ]*|[P_^\]X][^\x07\x1b]*\x1b?)?$")
_HEAD = struct.Struct("<dI")
_PIPE_SIZE = 1 << 20
_SET_PIPE_SIZE = 1031


class Unexpected(Exception):
    """A program did not show what it should have shown."""


def environment(**given: str) -> dict[str, str]:
    """This process's environment without what would change a kiosk or a terminal."""
    foreign = ("KIOSK_", "TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "PYTHON", "TERM", "TMUX", "STY", "LC_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    # A machine with a player would be heard, and would pay for it.
    return (
        kept
        | {"KIOSK_SOUND": "off", "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        | given
    )


class Terminal:
    """A program of the project in a terminal of 80 x 24; use it with ``with``."""

    def __init__(self, module: str, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._buffer = b""
        self._raw_tail = b""
        self._ended = False
        self._status: int | None = None
        self.bytes = 0
        self.bursts = 0
        """Pieces of output with a silence of ``QUIET`` before them."""
        self.last_at = 0.0
        self.seen_at = 0.0
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._pipe, self._reader = self._fork_reader(slave)
        command = [sys.executable, "-m", module, *arguments]
        self.started_at = time.monotonic()
        self.pid = _fork_program(command, slave, environment() if env is None else dict(env))
        os.close(slave)

    def _fork_reader(self, slave: int) -> tuple[int, int]:
        pipe, into = os.pipe()
        fcntl.fcntl(into, _SET_PIPE_SIZE, _PIPE_SIZE)
        pid = os.fork()
        if pid:
            os.close(into)
            return pipe, pid
        os.close(slave)
        os.close(pipe)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            while data := os.read(self._master, 65536):
                os.write(into, _HEAD.pack(time.monotonic(), len(data)) + data)
        except OSError:
            pass
        os._exit(0)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- what the program writes

    def _pieces(self, timeout: float, *, parse: bool = True) -> Iterator[float]:
        """Take what has come; yields the stamp of each piece after it was understood."""
        if not self._has_piece():
            if self._ended or not select.select([self._pipe], [], [], max(0.0, timeout))[0]:
                return
            data = os.read(self._pipe, _PIPE_SIZE)
            self._ended = not data
            self._buffer += data
        while self._has_piece():
            stamp, size = _HEAD.unpack_from(self._buffer)
            data = self._buffer[_HEAD.size : _HEAD.size + size]
            self._buffer = self._buffer[_HEAD.size + size :]
            self.bytes += size
            self.bursts += stamp - self.last_at > QUIET
            self.last_at = stamp
            self._raw_tail = (self._raw_tail + data)[-65536:]
            if parse:
                self._understand(data)
            yield stamp

    def _has_piece(self) -> bool:
        size = len(self._buffer)
        return size >= _HEAD.size and size >= _HEAD.size + _HEAD.unpack_from(self._buffer)[1]

    def _understand(self, data: bytes) -> None:
        if b"\x1b[c" in data:
            os.write(self._master, b"\x1b[?62;22c")
        text = _UNKNOWN.sub("", self._rest + self._decoder.decode(data))
        unfinished = _UNFINISHED.search(text)
        self._rest = unfinished.group() if unfinished else ""
        self._stream.feed(text[: len(text) - len(self._rest)])

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def changed_rows(self) -> set[int]:
        """The rows that were written to since this was asked last."""
        rows = set(self._screen.dirty)
        self._screen.dirty.clear()
        return rows

    def wait_for(self, *texts: str, seen: str = "", timeout: float = 15.0) -> float:
        """Wait until all texts stand on the screen; the stamp of the read that completed them.

        ``seen_at`` is then the stamp of the read in which ``seen`` stood there, if it did before them.

        Raises:
            Unexpected: it did not come in time.
        """
        end = time.monotonic() + timeout
        self.seen_at = 0.0
        while not self._ended and (left := end - time.monotonic()) > 0:
            for stamp in self._pieces(left):
                shown = self.text
                whole = all(text in shown for text in texts)
                if not self.seen_at and (whole or (seen and seen in shown)):
                    self.seen_at = stamp
                if whole:
                    return stamp
        lines = [line.rstrip() for line in self._screen.display if line.strip()]
        raise Unexpected(f"{' and '.join(texts)!r} not shown; instead: {lines[:8]}")

    def wait_for_bytes(self, text: str, timeout: float = 60.0) -> float:
        """As ``wait_for``, without keeping a screen: for floods, where that would take the processor's time.

        Raises:
            Unexpected: it did not come in time.
        """
        wanted, end = text.encode(), time.monotonic() + timeout
        while wanted not in self._raw_tail:
            left = end - time.monotonic()
            if self._ended or left <= 0:
                raise Unexpected(f"{text!r} was not written")
            for _ in self._pieces(left, parse=False):
                if wanted in self._raw_tail:
                    break
        return self.last_at

    def settle(self, limit: float = 3.0) -> None:
        """Wait until nothing more is written."""
        begun = time.monotonic()
        while (now := time.monotonic()) < begun + limit and now - max(self.last_at, begun) < QUIET:
            self.pump(QUIET - (now - max(self.last_at, begun)) + 0.001)

    def pump(self, seconds: float, *, parse: bool = True) -> None:
        """Take output for a while."""
        end = time.monotonic() + seconds
        while not self._ended and (left := end - time.monotonic()) > 0:
            for _ in self._pieces(left, parse=parse):
                pass

    # ---- what the program reads

    def type(self, keys: str, gap: float = 0.0) -> float:
        """Write keys, ``gap`` seconds apart; the moment just before the last one."""
        if gap <= 0:
            return self.put(keys)
        first = at = time.monotonic()
        for place, key in enumerate(keys):
            sleep_until(first + place * gap)
            at = self.put(key)
        return at

    def put(self, keys: str) -> float:
        """Write keys at once, taking output meanwhile where the program does not keep up."""
        while not select.select([], [self._master], [], 0.01)[1]:
            self.pump(0.005, parse=False)
        at = time.monotonic()
        waiting = keys.encode()
        while waiting:
            waiting = waiting[os.write(self._master, waiting) :]
        return at

    # ---- the process

    def memory(self) -> dict[str, float]:
        """Resident, proportional and unique set size in MiB."""
        found = {"uss": 0.0}
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines():
            name, _, value = line.partition(":")
            if name in ("Rss", "Pss"):
                found[name.lower()] = int(value.split()[0]) / 1024
            elif name in ("Private_Clean", "Private_Dirty"):
                found["uss"] += int(value.split()[0]) / 1024
        return found

    def cpu_seconds(self) -> float:
        """Processor time that the program has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program, gently first, and the reader."""
        for sign, patience in ((signal.SIGTERM, 6.0), (signal.SIGKILL, 3.0)):
            if self._is_over():
                break
            os.kill(self.pid, sign)
            end = time.monotonic() + patience
            while not self._is_over() and time.monotonic() < end:
                self.pump(0.01, parse=False)
                time.sleep(0.002)
        if self._reader:
            os.kill(self._reader, signal.SIGKILL)
            os.waitpid(self._reader, 0)
            os.close(self._pipe)
            os.close(self._master)
            self._reader = 0

    def _is_over(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = status
        return self._status is not None


def _fork_program(command: Sequence[str], slave: int, env: Mapping[str, str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for handle in (0, 1, 2):
        os.dup2(slave, handle)
    os.closerange(3, 256)
    os.chdir(ROOT)
    try:
        os.execvpe(command[0], command, env)
    finally:
        os._exit(127)


def sleep_until(moment: float) -> None:
    """Sleep until a moment of ``time.monotonic``, to about a tenth of a millisecond."""
    while (left := moment - time.monotonic()) > 0:
        time.sleep(min(0.0005, left))
