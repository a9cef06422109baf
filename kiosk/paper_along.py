"""A page for whoever stands there: made, noted, printed, and kept nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kiosk.crash_net import place_of

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.paper_side import PaperSide
    from models.connection import Connection
    from screens.code_screen import CodeScreen

log = logging.getLogger("kiosk")


class PaperAlong:
    """Prints what screens with a code offer on paper too; another touch meanwhile wants the same page."""

    def __init__(self, app: PaperSide) -> None:
        self.app = app
        self._printing: set[CodeScreen] = set()
        """Whose page is on its way."""

    def wanted(
        self,
        screen: CodeScreen,
        make: Callable[[datetime], bytes],
        note: Callable[[Connection, bytes, datetime], None],
    ) -> None:
        """Somebody wants the page of this screen.

        Args:
            make: the PDF, made at that moment; run in a thread.
            note: the row of the log that says that a paper was made (P-24).
        """
        if screen not in self._printing:
            self._printing.add(screen)
            screen.say(screen.translate("Impression en cours…"))
            self.app.run_worker(self._print(screen, make, note), exit_on_error=False)

    async def _print(
        self,
        screen: CodeScreen,
        make: Callable[[datetime], bytes],
        note: Callable[[Connection, bytes, datetime], None],
    ) -> None:
        """On paper and nowhere else: it never is a file."""
        now = self.app.clock.now()
        try:
            data = await asyncio.to_thread(partial(make, now))
            await asyncio.wrap_future(self.app.database.write(note, data, now))
            printed = await asyncio.wrap_future(self.app.papers.print_only(data))
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("page not printed: %s", place_of(error))
            printed = False
        finally:
            self._printing.discard(screen)
            self.app._sweeper.soon()
        if screen in self.app.screen_stack:
            done, failed = screen.translate("C'est imprimé."), screen.translate("Rien n'est imprimé.")
            screen.say(done if printed else failed)
