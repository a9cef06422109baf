"""A screen that has just come is not touched on purpose: what comes within half a second is passed over."""

from __future__ import annotations

from time import monotonic

PAUSE = 0.5
"""Seconds for which a new question hears nothing."""


class Settling:
    """Knows how long its present content has stood."""

    PAUSE = PAUSE

    def __init__(self) -> None:
        self._since = float("-inf")

    def renewed(self) -> None:
        """Other content stands there."""
        self._since = monotonic()

    def fresh(self) -> bool:
        """Whether a touch still belongs to what stood there before."""
        return monotonic() - self._since < self.PAUSE
