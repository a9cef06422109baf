"""What Textual would keep of screens that have gone: their lines, and with them the names that stood there.

It caches two colours by the very object that holds the drawn lines of a widget, for the last 1,024
widgets: a hundred screens, and some forty megabytes. The colours alone are enough to know them by.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc

from textual._styles_cache import StylesCache


def forget_drawn_lines() -> None:
    """Let the cache know colours only; once is enough for the life of the process."""
    cached = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(cached, classmethod):
        StylesCache.get_inner_outer = classmethod(cached)  # type: ignore[method-assign, assignment]


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
