"""What the team's screens ask the app for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from models.requests import Request
    from screens.staff.frame import StaffScreen


class StaffAsks(Message):
    """Do this request; the answer goes to the screen's ``answered``."""

    def __init__(self, screen: StaffScreen, request: Request[Any]) -> None:
        super().__init__()
        self.screen = screen
        self.request = request


class StaffOpens(Message):
    """Put another screen of the team's side over this one."""

    def __init__(self, screen: StaffScreen) -> None:
        super().__init__()
        self.screen = screen


class CardWanted(Message):
    """Give this person a new card: show it, put it on paper, then end the one before."""

    def __init__(self, screen: StaffScreen, person_id: str) -> None:
        super().__init__()
        self.screen = screen
        self.person_id = person_id
