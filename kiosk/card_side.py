"""A new card for somebody: issued, shown, put on paper, and only then an end to the one before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from kiosk.paper_side import Printout
from kiosk.signing import Signing
from screens.staff.messages import CardWanted

if TYPE_CHECKING:
    from datetime import datetime

    from models.issued import IssuedCode
    from screens.staff.frame import StaffScreen


class CardSide(Signing, inherit_bindings=False):
    """What the team's side does with cards."""

    @on(CardWanted)
    def _card_wanted(self, message: CardWanted) -> None:
        from models.cards import NewCard

        screen, person_id = message.screen, message.person_id
        request = NewCard(person_id)
        future = self.staff_does(request)
        if future is None:
            return

        def issued(codes: list[IssuedCode | None]) -> None:
            (code,) = codes
            if code is None:
                screen.changed()
            else:
                self._card_issued(screen, person_id, code)

        self._then(future, issued, partial(self.not_done, screen, request))

    def _card_issued(self, screen: StaffScreen, person_id: str, code: IssuedCode) -> None:
        """Show the new card, end the one before, and put it on paper; with nobody there, end the new one."""
        from kiosk.paper.qr import token_modules
        from models.cards import EndCodes
        from screens.staff.cards import NewCardScreen

        seen = screen is self.screen
        if seen:
            # Past its cache: a token must not stay in memory after its screen.
            modules = token_modules.__wrapped__(code.letters)
            self._open_screen(NewCardScreen(self.staff_frame, code.name, modules))
        self.staff_does(EndCodes(person_id, code.earlier if seen else (code.id,)))
        if seen:
            name = f"carte-{person_id[-8:]}.pdf"
            corner, now = self.front.look.corner_name, self.clock.now()
            printout = Printout("card", person_id, name, partial(card_paper, code, corner, now))
            self.run_worker(self.put_on_paper(screen, self._staff_id, printout), exit_on_error=False)


def card_paper(code: IssuedCode, corner_name: str, made_at: datetime) -> bytes:
    """One card as PDF, on a page of its own size; nothing of it stays in memory."""
    from kiosk.paper.cards import cards_pdf
    from kiosk.paper.qr import token_modules

    try:
        return cards_pdf([code], corner_name=corner_name, made_at=made_at, size="card")
    finally:
        token_modules.cache_clear()
