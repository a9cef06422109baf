"""The PIN pad once more: whoever is signed in signs for what they are about to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on

from screens.messages import BackWanted, PinGiven
from screens.pin import PinScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import SignatureGiven, SignWanted

if TYPE_CHECKING:
    from models.accounts import Account
    from models.requests import Request


class SignScreen(PinScreen):
    """Its PIN opens nothing: it goes with the request for which it was asked."""

    stays = StaffScreen.stays
    warns = StaffScreen.warns

    def __init__(self, frame: Frame, account: Account, wanted: SignWanted) -> None:
        super().__init__(*frame, account)
        self.asked_by: StaffScreen | None = wanted.screen
        self.request: Request[Any] | None = wanted.request
        self._says = wanted.says

    def on_mount(self) -> None:
        """Say what the PIN is for."""
        super().on_mount()
        self.say(self._says)

    def wait(self, seconds: float) -> None:
        """Wait as the other pad does; but the sign-in ends in its own time (P-18)."""
        super().wait(seconds)
        self.stays = StaffScreen.stays

    @on(PinGiven)
    def _given(self, message: PinGiven) -> None:
        # The app takes a PIN that comes as far as it for somebody who wants in.
        message.stop()
        self.post_message(SignatureGiven(self, message.pin))

    def go_back(self) -> None:
        """To what is not signed."""
        self.post_message(BackWanted())

    def wipe(self) -> None:
        """Forget the digits, and who asked for what."""
        super().wipe()
        self.asked_by = self.request = None
