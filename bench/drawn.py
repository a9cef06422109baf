"""How soon another period stands on the screen: from the key to its figures, in a real terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bench.hand import Hand

UP, DOWN = "\x1b[5~", "\x1b[6~"
FIGURES, COUNTED = "Chiffres", "Réservations"


def periods_drawn(hand: Hand) -> Iterator[float]:
    """Milliseconds of each step to the month before and back, from a day of November 2026."""
    hand.letter("p", FIGURES)
    for key, shown in ((UP, "octobre 2026"), (DOWN, "novembre 2026")) * 4:
        yield hand.show(key, shown, COUNTED)
