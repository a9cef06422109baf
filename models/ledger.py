"""What the attendance ledger says of one person on one half-day, derived from all of its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.connection import from_db_time
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One event as the derivation needs it."""

    id: str
    kind: str
    at: datetime
    annuls: str | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether and since when a person is there."""

    arrived_at: datetime | None
    """The first arrival that stands."""
    arrival_id: str | None
    left_at: datetime | None
    """The last departure, unless the person came back after it."""

    @property
    def present(self) -> bool:
        """There, and not gone."""
        return self.arrived_at is not None and self.left_at is None


def standing(events: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    """The events that no other one annuls, by time and then by id: the order of arrival does not matter."""
    known = list(events)
    annulled = {event.annuls for event in known if event.kind == Event.ANNULLED}
    return sorted((event for event in known if event.id not in annulled), key=lambda e: (e.at, e.id))


def presence(events: Iterable[LedgerEvent]) -> Presence:
    """Derive presence from events in any order: annulled ones do not count, the earliest arrival does."""
    known = standing(events)
    moves = [event for event in known if event.kind in (Event.ARRIVED, Event.LEFT)]
    arrivals = [event for event in moves if event.kind == Event.ARRIVED]
    if not arrivals:
        return Presence(None, None, None)
    left = moves[-1].at if moves[-1].kind == Event.LEFT else None
    return Presence(arrivals[0].at, arrivals[0].id, left)


def events_of(conn: Connection, half_day_id: str, participant_id: str) -> list[LedgerEvent]:
    """The ledger of one person on one half-day."""
    return [
        LedgerEvent(row[0], row[1], from_db_time(row[2]), row[3])
        for row in conn.execute(
            "select id, kind, at, annuls from attendance_event where half_day_id = ? and participant_id = ?",
            (half_day_id, participant_id),
        )
    ]
