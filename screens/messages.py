"""What screens ask the app for; the messages bubble up, so no screen knows who answers."""

from __future__ import annotations

from textual.message import Message


class CodeTyped(Message):
    """Somebody typed a code and finished it."""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = letters


class NextTyping(Message):
    """Somebody has begun to type a code while an answer stood; the answer has gone."""


class Wished(Message):
    """Somebody chose one of several half-days, or asked for a free place."""

    def __init__(self, half_day_id: str, *, join: bool) -> None:
        super().__init__()
        self.half_day_id = half_day_id
        self.join = join


class Finished(Message):
    """The person is done; the screen of the person goes and the welcome comes."""


class StaffWanted(Message):
    """Somebody touched the way to the staff side."""


class PinGiven(Message):
    """A whole PIN was entered."""

    def __init__(self, pin: str) -> None:
        super().__init__()
        self.pin = pin


class LeaveWanted(Message):
    """After the right PIN: close the kiosk."""


class SampleWanted(Message):
    """In a rehearsal: show a card to try."""
