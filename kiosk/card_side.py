"""A new card or short code for somebody: issued, shown, and then an end to the one before; a card on paper.

All of it as whoever wanted it, also where they have signed out meanwhile: a code that nobody was there to
see is ended at once, and the one before stays good.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from assets.languages import N_
from kiosk.crash_net import place_of
from kiosk.paper_side import Printout
from kiosk.signing import Signing
from models.codes import Form
from screens.staff.messages import CodeWanted

if TYPE_CHECKING:
    from datetime import datetime

    from models.cards import EndCodes, NewCard, NewShortCode
    from models.issued import IssuedCode
    from screens.staff.frame import StaffScreen

log = logging.getLogger("kiosk")

_NOT_ENDED = {
    Form.CARD: N_("Une autre carte marche encore : refaites-en une."),
    Form.SHORT: N_("Un autre code marche encore : refaites-en un."),
}
"""A new one ends all the others."""


class CardSide(Signing, inherit_bindings=False):
    """What the team's side does with cards and short codes."""

    @on(CodeWanted)
    def _code_wanted(self, message: CodeWanted) -> None:
        if self._staff_id:
            giving = self._give(message.screen, self._staff_id, message.request)
            self.run_worker(giving, exit_on_error=False)

    async def _give(self, screen: StaffScreen, staff_id: str, request: NewCard | NewShortCode) -> None:
        from models.cards import EndCodes

        try:
            (code,) = await asyncio.wrap_future(self.done_by(staff_id, request))
        except Exception as error:  # a worker's failure would say nothing to anybody
            log.error("code not issued: %s", place_of(error))
            self.not_done(screen, request, error)
            return
        seen = self._staff_id == staff_id and screen is self.screen
        if code is None:
            if seen:
                screen.changed()
            return
        shown = self._show(code) if seen else screen
        ended = await self._end(staff_id, EndCodes(request.person_id, code.earlier if seen else (code.id,)))
        if seen and code.form is Form.CARD:
            await self._put_card_on_paper(screen, staff_id, request.person_id, code)
        if not ended:
            # After what became of the paper: this is what must not be missed.
            sentence = screen.translate(_NOT_ENDED[code.form])
            self._tell(screen, sentence)
            self._tell(shown, sentence)
        elif seen and code.earlier:
            self._tell(shown, shown.translate("Celui d'avant ne marche plus."))

    def _show(self, code: IssuedCode) -> StaffScreen:
        from kiosk.paper.qr import token_modules
        from screens.staff.cards import NewCardScreen, ShortCodeScreen

        screen: StaffScreen
        if code.form is Form.CARD:
            # Past its cache: a token must not stay in memory after its screen.
            modules = token_modules.__wrapped__(code.letters)
            screen = NewCardScreen(self.staff_frame, code.name, modules)
        else:
            screen = ShortCodeScreen(self.staff_frame, code)
        self._open_screen(screen)
        return screen

    async def _end(self, staff_id: str, request: EndCodes) -> bool:
        """End codes; returns whether it is done."""
        try:
            await asyncio.wrap_future(self.done_by(staff_id, request))
        except Exception as error:
            log.error("codes not ended: %s", place_of(error))
            return False
        return True

    async def _put_card_on_paper(
        self, screen: StaffScreen, staff_id: str, person_id: str, code: IssuedCode
    ) -> None:
        name = f"carte-{person_id[-8:]}.pdf"
        corner, now = self.front.look.corner_name, self.clock.now()
        printout = Printout("card", person_id, name, partial(card_paper, code, corner, now))
        await self.put_on_paper(screen, staff_id, printout)


def card_paper(code: IssuedCode, corner_name: str, made_at: datetime) -> bytes:
    """One card as PDF, on a page of its own size; nothing of it stays in memory."""
    from kiosk.paper.cards import cards_pdf
    from kiosk.paper.qr import token_modules

    try:
        return cards_pdf([code], corner_name=corner_name, made_at=made_at, size="card")
    finally:
        token_modules.cache_clear()
