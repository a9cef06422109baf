"""What the team's screens are told of the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.home import Home
from kiosk.side import Side, hears
from models.sync.sharing import SeeSharing
from screens.staff.messages import SharingWanted

if TYPE_CHECKING:
    from typing import Any


class SharingSide(Side):
    """Looks when a line of the team wants to know."""

    @hears(SharingWanted)
    def _wanted(self, message: SharingWanted) -> None:
        line = message.line
        if not Home(self.app.front.home or self.app.database.path.parent).shares:
            line.show(None)
            return

        def looked(found: list[Any]) -> None:
            if line.is_attached:
                line.show(*found)

        asked = self.app.staff_does(SeeSharing())
        if asked is not None:
            # Where the database does not answer, the light says so.
            self.app._then(asked, looked, lambda _: None)
