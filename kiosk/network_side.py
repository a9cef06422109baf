"""The network on the screen: asked of the hub beside it, and only for whoever may see it."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from assets.languages import N_
from kiosk.crash_net import place_of
from kiosk.side import Side, hears
from kiosk.trouble import Trouble
from screens.staff.messages import NetworkWanted

log = logging.getLogger("kiosk")

_NOT_ASKED = N_("Le réseau ne peut pas être lu : essayez encore.")


class NetworkSide(Side):
    """Asks the hub, and tells the screen that wanted it."""

    @hears(NetworkWanted)
    def _wanted(self, message: NetworkWanted) -> None:
        from models.network.seeing import MaySeeNetwork

        screen, asked = message.screen, MaySeeNetwork()
        future = self.app.staff_does(asked)
        if future is None:
            return

        def may(_: list[bool]) -> None:
            self.app.run_worker(self._ask(message), exit_on_error=False)

        self.app._then(future, may, partial(self.app.not_done, screen, asked))

    async def _ask(self, message: NetworkWanted) -> None:
        from kiosk.sync.coordinator import ask_network

        screen, period, found, why = message.screen, message.period, None, ""
        try:
            found = await asyncio.to_thread(ask_network, self.app.home, period.first, period.last)
        except Trouble as trouble:
            why = trouble.told(screen.translate)
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("network not asked: %s", place_of(error))
            why = screen.translate(_NOT_ASKED)
        if screen in self.app.screen_stack and not screen.wiped:
            screen.show_network(period, found, why)
