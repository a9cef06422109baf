"""A hand before a terminal: touches keys where they stand on the screen, moves by keys, types letters."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from bench.terminal import Terminal, sleep_until

LIFTED = 0.03
"""Seconds between the finger's coming down and its lifting."""

LETTER_GAP = 0.17
"""Seconds between two letters at least: no hand is faster, and the kiosk tells a scanner by its pace."""

SAME_TOUCH = 0.55
"""Seconds between two touches of a key that count as two."""

NEAR = 4
"""Columns within which two touches may mean the same key, whatever stands on it now."""

NEXT, PREVIOUS, ENTER = "\t", "\x1b[Z", "\r"

MOST_MOVES = 40


class Hand:
    """One finger on one terminal; each act gives the milliseconds until the changed screen was complete.

    Complete is the last byte of the update in which the expected text came: what is written less than
    ``QUIET`` after it belongs to the change as well.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._pressed: list[tuple[int, int, float]] = []
        """Where and when keys were pressed last."""
        self._letter_at = self._put_at = 0.0

    def touch(self, label: str, *markers: str) -> float:
        """Touch a key; measured from the lifting of the finger, at which keys act."""
        row, column = self._find(label)
        self.terminal.put(f"\x1b[<0;{column};{row}M")
        self.terminal.pump(LIFTED)
        return self._shown(f"\x1b[<0;{column};{row}m", *markers)

    def move(self, key: str) -> float:
        """Go to another key: the frame of the one and of the other change."""
        return self._shown(key)

    def show(self, key: str, *markers: str) -> float:
        """Press a key that shows something else."""
        return self._shown(key, *markers)

    def enter(self, label: str, *markers: str) -> float:
        """Press Enter on the key that has the focus."""
        self._find(label)
        return self._shown(ENTER, *markers)

    def letter(self, letter: str, *markers: str, seen: str = "") -> tuple[float, float]:
        """Type a letter at the pace of a hand: until it is seen, and until all that it leads to is there."""
        sleep_until(self._letter_at + LETTER_GAP)
        self._letter_at = time.monotonic()
        whole = self._shown(letter, *markers, seen=seen)
        return (self.terminal.seen_at - self._put_at) * 1000, whole

    def at(self, label: str) -> bool:
        """Whether the key with these words has the focus, which its heavy frame shows."""
        return re.search(rf"┃ *{re.escape(label)}(?: · \d+)? *┃", self.terminal.text) is not None

    def go_to(self, label: str, moved: Callable[[], None]) -> None:
        """Move until a key has the focus; ``moved`` makes each move."""
        for _ in range(MOST_MOVES):
            if self.at(label):
                return
            moved()
        raise RuntimeError(f"no way to the key {label!r}")

    def _shown(self, keys: str, *markers: str, seen: str = "") -> float:
        self._put_at = self.terminal.put(keys)
        self.terminal.wait_for(*markers, seen=seen)
        self.terminal.settle()
        return (self.terminal.last_at - self._put_at) * 1000

    def _find(self, label: str) -> tuple[int, int]:
        """Row and column, counted from one, of the middle of a key that may be pressed (again) now."""
        for number, line in enumerate(self.terminal.text.splitlines()):
            if found := re.search(rf"[│┃] *({re.escape(label)})(?: · \d+)? *[│┃]", line):
                row, column = number + 1, (found.start(1) + found.end(1)) // 2 + 1
                for before, beside, at in self._pressed:
                    if row == before and abs(column - beside) < NEAR:
                        sleep_until(at + SAME_TOUCH)
                self._pressed = [*self._pressed[-5:], (row, column, time.monotonic())]
                return row, column
        raise RuntimeError(f"no key {label!r} on the screen:\n{self.terminal.text}")
