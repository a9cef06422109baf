"""One quiet line that says how far this kiosk and its hub are together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from screens.staff.messages import SharingWanted
from screens.staff.sharing_words import Standpoint, sharing_said

if TYPE_CHECKING:
    from models.sync.sharing import Sharing

LOOK_AGAIN = 2.0
"""Seconds between two looks: what a touch leaves to be sent has mostly been sent by then."""


class SharingLine(Static):
    """Stands there only where the kiosk shares; grey, or amber where somebody has to do something."""

    DEFAULT_CSS = """
    SharingLine {
        display: none; width: 100%; height: auto; max-height: 2; padding: 0 2; text-align: right;
        color: $quiet;
    }
    SharingLine.-shares { display: block; }
    SharingLine.-act { color: $wait-ink; background: $wait; text-align: left; }
    """

    def __init__(self, language: str, standpoint: Standpoint) -> None:
        super().__init__("", id="sharing", markup=False)
        self._language = language
        self._standpoint = standpoint

    def on_mount(self) -> None:
        """Ask whether there is a hub, and how far it is."""
        self._again = self.set_interval(LOOK_AGAIN, self._ask)
        self._ask()

    def _ask(self) -> None:
        self.post_message(SharingWanted(self))

    def show(self, sharing: Sharing | None) -> None:
        """Say it; a kiosk that shares with nobody has nothing to say, and is not asked again."""
        self.set_class(sharing is not None, "-shares")
        if sharing is None:
            self._again.stop()
            return
        self.set_class(not sharing.is_fine, "-act")
        said = sharing_said(sharing, self._language, self._standpoint)
        if self.content != said:
            self.update(said)
