"""Hands that wait until a screen hears them: what comes within half a second is passed over there."""

from __future__ import annotations

import re
import time

from driver import Terminal

from screens.settling import PAUSE

ASK_AGAIN = 0.12
"""Seconds after which a hand that saw nothing happen presses again."""


def pressed_until(term: Terminal, keys: str, gone: str) -> None:
    """Press keys until something does not stand there any more: what comes too early is passed over."""
    until = time.monotonic() + 20
    while gone in flat(term):
        assert time.monotonic() < until, term.text
        term.send(keys)
        term.pump(ASK_AGAIN)
        term.settle(0.02)


def after_a_moment(term: Terminal, *keys: str) -> None:
    """Press keys once the screen hears them."""
    until = time.monotonic() + PAUSE
    while time.monotonic() < until:
        term.pump(0.02)
    term.press(*keys)


def flat(term: Terminal) -> str:
    """The words on the screen in one line, without frames."""
    return " ".join(re.sub("[\u2500-\u257f]", " ", term.text).split())
