"""Sharing with the corner's other kiosks: the worker that does it, and what the team is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.full_screen import WITHDRAWN
from kiosk.home import Home, other_keys
from kiosk.side import Side, hears
from models.sync.sharing import SeeSharing
from screens.staff.messages import SharingBegins, SharingWanted

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
    from kiosk.sync.worker import Worker


class SharingSide(Side):
    """Begins to share once the kiosk is enrolled, and looks when a line of the team wants to know."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._home = Home(app.front.home or app.database.path.parent)
        self._worker: Worker | None = None

    @hears(SharingBegins)
    def _begins(self) -> None:
        desk = self.app._desk
        if self._worker is None and desk is not None and self._home.shares:
            from kiosk.sync.worker import Worker

            loop = asyncio.get_running_loop()

            def here(done: Callable[[], None]) -> None:
                with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                    loop.call_soon_threadsafe(done)

            self._worker = Worker(
                self._home,
                self.app.database,
                desk.kiosk_id,
                desk.policy,
                self.app.clock.now,
                told=lambda done: here(self._know_keys) if done.taken else None,
                withdrawn=lambda: here(self._end),
            )
            self._worker.start()

    def _know_keys(self) -> None:
        """A card that another kiosk has made opens here from now on."""
        if self.app._desk is not None:
            self.app._desk = replace(self.app._desk, other_keys=other_keys(self._home))

    def _end(self) -> None:
        """The kiosk is wiped once it is closed; while somebody stands before it, it is not closed."""
        if self.app.screen is self.app.reception and not self.app.reception.answering:
            self.app.exit(WITHDRAWN)

    @hears(SharingWanted)
    def _wanted(self, message: SharingWanted) -> None:
        line = message.line
        if not self._home.shares:
            line.show(None)
            return

        def looked(found: list[Any]) -> None:
            if line.is_attached:
                line.show(*found)

        asked = self.app.staff_does(SeeSharing())
        if asked is not None:
            # Where the database does not answer, the light says so.
            self.app._then(asked, looked, lambda _: None)

    def closed(self) -> None:
        """The last word of a round, while the database is still open."""
        if self._worker is not None:
            self._worker.close()
