"""What the screens of "Mon parcours" ask the app for."""

from __future__ import annotations

from screens.messages import PathMessage


class NextWanted(PathMessage):
    """From the steps to what comes next."""


class DateWanted(PathMessage):
    """The next date shall go along, into the calendar of a phone."""


class SiteWanted(PathMessage):
    """The address of the Forem's site shall go along, and the path on paper."""


class PathPrintWanted(PathMessage):
    """The path shall be printed."""


class PageWanted(PathMessage):
    """The small steps towards the page on the Forem site."""


class StepSaid(PathMessage):
    """A small step is done, or not yet."""

    def __init__(self, step: str, *, done: bool) -> None:
        super().__init__()
        self.step = step
        self.done = done


class PlaceAsked(PathMessage):
    """Somebody asks for a place in this edition."""

    def __init__(self, half_day_id: str) -> None:
        super().__init__()
        self.half_day_id = half_day_id


class RequestTakenBack(PathMessage):
    """Somebody wants no place any more that they have asked for."""

    def __init__(self, half_day_id: str) -> None:
        super().__init__()
        self.half_day_id = half_day_id


class OtherDatesWanted(PathMessage):
    """This one is full: other dates, with a place."""
