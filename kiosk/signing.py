"""Signing: a request that is done only after whoever is signed in has given their own PIN."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual import on

from assets.languages import translator
from kiosk.crash_net import place_of
from kiosk.paper_side import PaperSide
from screens.staff.messages import SignatureGiven, SignWanted, StaffAsks

if TYPE_CHECKING:
    from models.accounts import Account
    from screens.staff.sign import SignScreen

log = logging.getLogger("kiosk")


class Signing(PaperSide, inherit_bindings=False):
    """The pad that signs, kept apart from the pad that opens the staff side."""

    @on(SignWanted)
    def _ask_to_sign(self, message: SignWanted) -> None:
        from models.accounts import who_may_sign_in

        asked_by, request = message.screen, message.request

        def opened(accounts: tuple[Account, ...]) -> None:
            from screens.staff.sign import SignScreen

            own = [account for account in accounts if account.id == self._staff_id]
            # A second touch while the pad is on its way is the same one.
            if own and self.screen is asked_by:
                self._open_screen(SignScreen(self.staff_frame, own[0], message))

        self._then(
            self.database.read(who_may_sign_in), opened, lambda error: self.not_done(asked_by, request, error)
        )

    @on(SignatureGiven)
    def _signature_given(self, message: SignatureGiven) -> None:
        self.run_worker(self._sign(message.pad, message.pin), exit_on_error=False)

    async def _sign(self, pad: SignScreen, pin: str) -> None:
        """Try the PIN of whoever is signed in: a wrong one is said, and does nothing else."""
        from kiosk.staff_door import try_pin

        staff_id, now, language = self._staff_id, self.clock.now(), self.front.look.language
        if self._desk is None or not staff_id or self.screen is not pad:
            return
        translate = translator(language)
        try:
            answer = await try_pin(self.database, self._desk, staff_id, pin, now)
        except Exception as error:  # a worker's failure would leave the pad locked
            log.error("PIN not tried: %s", place_of(error))
            pad.say(translate("Code non vérifié. Appelez le service technique."))
            return
        if self.screen is not pad or self._staff_id != staff_id:
            return
        if answer.staff_id == staff_id:
            asked_by, request = pad.asked_by, pad.request
            self._back()
            if asked_by is not None and request is not None:
                self._staff_asks(StaffAsks(asked_by, request))
        elif answer.until is not None:
            pad.wait((answer.until - now).total_seconds())
        else:
            pad.say(translate("Ce code n'est pas le vôtre. Rien n'est fait."))
