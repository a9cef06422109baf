"""What the system may tell the kiosk: that it has to end, and keys pressed before its terminal is raw."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

PATIENCE = 2
"""Seconds that ending may take; what was confirmed is on the disk already."""

_KEYS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
"""What a keyboard can send a process while the terminal is an ordinary one."""


def ignore_keys() -> None:
    """No key ends or stops the kiosk; the way out asks for a PIN."""
    with suppress(ValueError):  # not in the main thread: a test
        for number in _KEYS:
            signal.signal(number, signal.SIG_IGN)


_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def hold_ends() -> None:
    """Keep Ctrl+C, and the system's word to end, for ``told_to_end``; to be said before any thread begins."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)


def told_to_end(seconds: float) -> bool:
    """Whether it comes within some seconds; what is ignored, as under ``nohup``, never does."""
    return signal.sigtimedwait(_ENDS, seconds) is not None


def when_told_to_end(end: Callable[[], None]) -> None:
    """Call ``end`` in the running loop on SIGTERM and SIGHUP; without patience where it cannot.

    Not through ``loop.add_signal_handler``: it hears of a signal by a byte in a pipe, which a flood of
    input may have filled, and never while the loop waits for a terminal that nobody reads.
    """
    loop = asyncio.get_running_loop()

    def told(_number: int, _frame: FrameType | None) -> None:
        if signal.getitimer(signal.ITIMER_REAL)[0] == 0:  # told twice is not more time
            signal.alarm(PATIENCE)  # nobody handles it: the system ends the process
        with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
            loop.call_soon_threadsafe(end)

    with suppress(ValueError):
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, told)
