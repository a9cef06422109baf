"""Time without a touch: when it is over, the kiosk goes back to the welcome. No timer runs there."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable

from kiosk.clock import monotonic

SHORTEST_WAIT = 0.05


class IdleWatch:
    """Calls ``over`` once nobody has touched anything for as long as the present screen allows.

    ``stays`` gives the seconds that the present screen may stay, ``None`` for ever.
    """

    def __init__(self, stays: Callable[[], float | None], over: Callable[[], None]) -> None:
        self._stays = stays
        self._over = over
        self._timer: asyncio.TimerHandle | None = None
        # A cancelled timer stays with the loop until its time, and with it the context of whoever set
        # it: every screen of the last minute.
        self._context = contextvars.copy_context()
        self.last_touch = monotonic()
        """When somebody last touched anything, in seconds of ``monotonic``."""

    def touched(self) -> None:
        """Somebody is there."""
        self.last_touch = monotonic()
        if self._timer is None:
            self.watch()

    def watch(self) -> None:
        """Look again when the time of the present screen may be over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        stays = self._stays()
        if stays is not None:
            left = max(self.last_touch + stays - monotonic(), SHORTEST_WAIT)
            self._timer = asyncio.get_running_loop().call_later(left, self._look, context=self._context)

    def _look(self) -> None:
        self._timer = None
        stays = self._stays()
        if stays is not None and monotonic() - self.last_touch >= stays:
            self._over()
        else:
            self.watch()
