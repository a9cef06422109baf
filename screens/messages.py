"""What screens ask the app for; the messages bubble up, so no screen knows who answers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

if TYPE_CHECKING:
    from models.accounts import Account
    from models.answers import Sitting
    from models.names import Named


class Way(StrEnum):
    """The ways to arrive without a card."""

    CODE = "code"
    NAME = "name"
    WALK_IN = "walk-in"


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


class StaffChosen(Message):
    """Somebody said whose PIN they are about to give."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account


class PinGiven(Message):
    """A whole PIN was entered."""

    def __init__(self, pin: str) -> None:
        super().__init__()
        self.pin = pin


class LeaveWanted(Message):
    """After the right PIN: close the kiosk."""


class SampleWanted(Message):
    """In a rehearsal: show a card to try."""


class ArrivalWanted(Message):
    """Somebody touched "Je suis là"."""


class DayWanted(Message):
    """Somebody wants to see the day."""


class SideMessage(Message):
    """What is asked of a part of the kiosk beside the app; one handler takes them all."""

    side: ClassVar[str]
    """The part's name in ``kiosk.sides``."""


class PointMessage(SideMessage):
    """Whatever the self-assessment asks for."""

    side = "point"


class PointWanted(PointMessage):
    """Somebody touched "Faire le point"."""


class PathMessage(SideMessage):
    """Whatever "Mon parcours" asks for."""

    side = "path"


class PathWanted(PathMessage):
    """Somebody touched "Mon parcours"."""


class PlaceWanted(PathMessage):
    """Somebody wants a place in a coming workshop."""

    def __init__(self, programme: str = "") -> None:
        super().__init__()
        self.programme = programme
        """Which one is shown first; empty for what fits best."""


class BoothMessage(SideMessage):
    """Whatever the video CV asks for."""

    side = "booth"


class BoothWanted(BoothMessage):
    """Somebody wants to prepare a video CV."""


class PracticeWanted(Message):
    """Somebody wants to practise something."""


class MeetingWanted(Message):
    """Somebody wants to practise a video meeting."""


class DatesWanted(Message):
    """Somebody wants to see the next dates."""

    def __init__(self, dates: Sequence[Sitting]) -> None:
        super().__init__()
        self.dates = tuple(dates)


class WayWanted(Message):
    """Somebody chose how to arrive."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way


class BackWanted(Message):
    """One screen back."""


class HelpWanted(Message):
    """Somebody touched "Aide"."""


class LanguageChosen(Message):
    """Somebody chose a language on the welcome."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language


class NamesWanted(Message):
    """Whose first name begins with these letters?"""

    def __init__(self, letters: str) -> None:
        super().__init__()
        self.letters = letters


class NameChosen(Message):
    """Somebody touched a name."""

    def __init__(self, name: Named) -> None:
        super().__init__()
        self.name = name


class NameConfirmed(Message):
    """Somebody said that the name is theirs."""

    def __init__(self, name: Named) -> None:
        super().__init__()
        self.name = name


class FirstNameGiven(Message):
    """Somebody without a booking gave a first name."""

    def __init__(self, first_name: str) -> None:
        super().__init__()
        self.first_name = first_name


class AudienceGiven(Message):
    """Somebody without a booking said what brings them here."""

    def __init__(self, first_name: str, audience: str) -> None:
        super().__init__()
        self.first_name = first_name
        self.audience = audience


class CloseWanted(Message):
    """Somebody of the team wants to close the kiosk."""


class InstallWanted(Message):
    """At the first start: set this kiosk up."""


class RehearsalWanted(Message):
    """At the first start: try an invented day."""


class CornerChosen(Message):
    """At the first start: this is the kiosk of that corner."""

    def __init__(self, corner_id: str) -> None:
        super().__init__()
        self.corner_id = corner_id


class AccountNamed(Message):
    """At the first start: whose the first account is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PinNoted(Message):
    """At the first start: the account's code has been written down."""
