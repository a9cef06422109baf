"""Reading and writing the terminal so that nothing on its other side can end the kiosk or stop it.

Textual's own input thread ends the app on bytes that are no UTF-8 and on some escape sequences, and a
bracketed paste that is never closed swallows everything after it. A scanner, a cat on the keyboard or
somebody with time can send all three. Its output thread dies with the terminal, and whoever then puts a
thirty-first piece into its queue waits for ever.
"""

from __future__ import annotations

import logging
import os
import selectors
import signal
import threading
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message
from textual.messages import InBandWindowResize

from kiosk.clock import monotonic
from kiosk.crash_net import place_of

PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"

LONGEST_PASTE = 16_384
"""Characters of a paste that are read; the rest is dropped (no code has more than thirty)."""

PASTE_SILENCE = 0.5
"""Seconds without input after which an open paste is over."""

DRAWN_ON = 2
"""The standard error stream: Textual draws there, so that a program's output may be piped."""

READ_AT_ONCE = 512
"""Bytes; a key gets its time when it is read, so what waits is read in small pieces."""

MOST_WAITING = 1024
"""Messages that wait for the app before reading pauses: a flood waits in the terminal, not in memory."""

GONE = 1.0
"""Seconds of reading nothing at all after which the terminal has gone."""

log = logging.getLogger("kiosk")


class PasteGuard:
    """Follows pastes in the stream of input, so that one without an end has one."""

    def __init__(self) -> None:
        self._tail = ""
        self._open = False
        self._size = 0
        self._last = 0.0

    def admitted(self, data: str, now: float) -> str:
        """What of the input the parser may see."""
        seen = self._tail + data
        self._tail = seen[-len(PASTE_START) + 1 :]
        if not self._open:
            self._look_for_start(seen, now)
            return data
        self._last = now
        self._size += len(data)
        taken = data if self._size <= LONGEST_PASTE else ""
        _, end, rest = seen.partition(PASTE_END)
        if not end:
            return taken
        self._open = False
        self._look_for_start(rest, now)
        # The end is said once more: where a pause cut it in two, the parser has not seen it.
        return taken[: len(data) - len(rest)] + PASTE_END + rest

    def _look_for_start(self, seen: str, now: float) -> None:
        """Whether a paste begins here that does not end here."""
        _, start, begun = seen.rpartition(PASTE_START)
        if start and PASTE_END not in begun:
            self._open, self._size, self._last = True, len(begun), now

    def given_up(self, now: float) -> bool:
        """Whether an open paste has been silent for so long that it will not end any more."""
        if self._open and now - self._last > PASTE_SILENCE:
            self._open = False
            self._tail = ""
            return True
        return False


class CellParser(XTermParser):
    """Textual's parser, for which a touch is on a cell whatever a terminal is said to be.

    A report of the window's size in pixels, which a scanner or a paste can send as well, would make
    Textual divide every touch after it: no key on the screen could be reached any more.
    """

    def parse_mouse_code(self, code: str) -> Message | None:
        """A touch, in cells."""
        self.mouse_pixels = False
        return super().parse_mouse_code(code)


class KioskDriver(LinuxDriver):
    """Textual's driver for Linux with an input thread that outlives what it reads, and no output thread."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._undelivered: deque[Message] = deque()
        self._delivery_due = False

    def write(self, data: str) -> None:
        """Write at once: a name is on the screen before other work begins, not when a thread gets its turn.

        A terminal that is slow to read slows the kiosk, as Textual's queue of thirty pieces would too.
        """
        waiting = memoryview(data.encode("utf-8", "replace"))
        try:
            while waiting:
                waiting = waiting[os.write(DRAWN_ON, waiting) :]
        except OSError:
            return  # the terminal has gone; the input thread will notice

    def _query_in_band_window_resize(self) -> None:
        """Do not ask: the size is the system's to tell, since anybody can type what a terminal would."""

    def _sigcont_application(self, *_: object) -> None:
        """Nothing was stopped. Textual would start its threads a second time, and end only the new ones."""

    def send_message(self, message: Message) -> None:
        """Hand a key over. Textual makes a task of its own for each: three times the memory of a flood."""
        self._undelivered.append(message)
        if not self._delivery_due:
            self._delivery_due = True
            with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._delivery_due = False  # first: what comes from now on asks for a delivery of its own
        while self._undelivered:
            self._app.post_message(self._undelivered.popleft())

    def _ahead(self) -> bool:
        """Whether enough is waiting for the app."""
        return len(self._undelivered) + self._app._message_queue.qsize() > MOST_WAITING

    def run_input_thread(self) -> None:
        """Read, decode, parse and post, until the app ends; never far ahead of what the app can handle."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        guard = PasteGuard()
        parser = CellParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = ""
                if self._ahead():
                    self.exit_event.wait(0.002)
                    continue
                if selector.select(0.1):
                    data = guard.admitted(decode(self._read()), monotonic())
                if guard.given_up(monotonic()):
                    parser = CellParser(self._debug)
                try:
                    if data:
                        self._post_all(parser.feed(data))
                    self._post_all(parser.tick())
                except Exception as error:  # whatever a terminal may send
                    log.error("input not understood: %s", place_of(error))
                    parser = CellParser(self._debug)

    def _read(self) -> bytes:
        """What there is to read; says to the whole kiosk that its terminal has gone."""
        since = monotonic()
        while not self.exit_event.is_set():
            with suppress(OSError):
                if chunk := os.read(self.fileno, READ_AT_ONCE):
                    return chunk
            if monotonic() - since > GONE:
                # The system tells only the session whose terminal it was.
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGHUP)
                self.exit_event.wait()
            self.exit_event.wait(0.1)
        return b""

    def _post_all(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if not isinstance(message, Resize | InBandWindowResize):
                self.process_message(message)
