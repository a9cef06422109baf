"""What the libraries below remember of screens that have gone, and how it is made to go.

Rich keeps the widths of the last 4,096 texts that it has measured, and the pieces of those that it has
cut; Textual keeps what the last 1,024 widgets had drawn, some forty megabytes. Those are the names of
everybody who came, for days.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc

from rich import cells
from rich.segment import Segment
from textual._styles_cache import StylesCache

_REMEMBERING: tuple[tuple[object, str], ...] = (
    (cells, "cached_cell_len"),
    (Segment, "_split_cells"),
    (StylesCache, "get_inner_outer"),  # a cache on a method: its keys are the widgets' own drawings
)


def forget_texts() -> None:
    """Empty what was remembered; what is drawn next is measured again, once."""
    for owner, name in _REMEMBERING:
        # None of this is promised: a version that remembers nothing must not break the kiosk.
        if clear := getattr(getattr(owner, name, None), "cache_clear", None):
            clear()


class Sweeper:
    """Takes away what screens left that have gone: their widgets hold each other in circles.

    Left to itself, the collector would come for them after some hundred screens, in somebody's touch.
    """

    PAUSE = 0.3
    """Seconds after the last screen has gone: it is taken apart, and the next one painted, before."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._context = contextvars.copy_context()
        """Not that of the screen that goes: a timer would keep it."""

    def soon(self) -> None:
        """A screen goes."""
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self.PAUSE, self._sweep, context=self._context)

    def _sweep(self) -> None:
        self._timer = None
        gc.collect()
