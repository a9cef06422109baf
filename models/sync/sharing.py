"""How far this kiosk and the hub are together, and whether somebody has to do something about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.requests import At, Request
from models.rights import Action
from models.sync.outbox import Pending, pending
from models.sync.refusals import to_be_seen
from models.sync.state import PASSING, SyncState, state_of

if TYPE_CHECKING:
    from models.connection import Connection

SATURDAY = 5
"""From this day of the week on nobody works."""


class Standing(StrEnum):
    """What is to be said of it, the most urgent first."""

    REVOKED = "revoked"
    TROUBLE = "trouble"
    """Something between the two that does not pass by itself."""
    REFUSED = "refused"
    CLOCK = "clock"
    LATE = "late"
    FINE = "fine"
    """Also without a network: that is no reason for anybody to do anything today."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What this kiosk and the hub still owe each other."""

    state: SyncState
    pending: Pending
    refused: int
    """Rows that the hub does not take and nobody has looked at."""
    at: datetime
    """The moment of which this is true."""

    @property
    def is_fine(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.standing is Standing.FINE

    @property
    def standing(self) -> Standing:
        """The most urgent thing that is so."""
        oldest = self.pending.oldest
        if self.state.revoked:
            return Standing.REVOKED
        if self.state.trouble and self.state.trouble not in PASSING:
            return Standing.TROUBLE
        if self.refused:
            return Standing.REFUSED
        if self.state.clock_is_off:
            return Standing.CLOCK
        if oldest is not None and self.at > a_working_day_after(oldest):
            return Standing.LATE
        return Standing.FINE


@dataclass(frozen=True, slots=True)
class SeeSharing(Request[Sharing]):
    """How far this kiosk and the hub are."""

    action: ClassVar[Action] = Action.SEE_READY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> Sharing:
        """See ``sharing``."""
        return sharing(at.conn, at.now)


def sharing(conn: Connection, now: datetime) -> Sharing:
    """How far this kiosk and the hub are."""
    return Sharing(state_of(conn), pending(conn), to_be_seen(conn), now)


def a_working_day_after(moment: datetime) -> datetime:
    """The same hour of the next day on which people work; of a weekend, the end of the Monday after it."""
    at = local(moment)
    if at.weekday() >= SATURDAY:
        at = _next_day_at_work(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return _next_day_at_work(at)


def _next_day_at_work(at: datetime) -> datetime:
    """By the days of the calendar, whatever their hours."""
    at += timedelta(days=1)
    while at.weekday() >= SATURDAY:
        at += timedelta(days=1)
    return at
