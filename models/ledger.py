"""What the attendance ledger says of one person on one half-day, derived from all of its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
    reason: str | None = None
    clock_sure: bool = True


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether and since when a person is there."""

    arrived_at: datetime | None
    """The first arrival that stands."""
    arrival_id: str | None
    left_at: datetime | None
    """The first departure after the last arrival: noted once more, it is still that one."""

    @property
    def present(self) -> bool:
        """There, and not gone."""
        return self.arrived_at is not None and self.left_at is None


def standing(events: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    """What counts: the events that no other one annuls, by time; at the same moment nobody leaves unarrived.

    The order of arrival does not matter. What says that something does not count is none of them.
    To annul is final: whoever takes that back notes the event again, with the time that it had.
    """
    known = list(events)
    annulled = {event.annuls for event in known if event.kind == Event.ANNULLED}
    left = (event for event in known if event.kind != Event.ANNULLED and event.id not in annulled)
    return sorted(left, key=lambda event: (event.at, event.kind == Event.LEFT, event.id))


def presence(events: Iterable[LedgerEvent]) -> Presence:
    """Derive presence from events in any order: annulled ones do not count, the earliest arrival does."""
    known = standing(events)
    moves = [event for event in known if event.kind in (Event.ARRIVED, Event.LEFT)]
    arrivals = [event for event in moves if event.kind == Event.ARRIVED]
    if not arrivals:
        return Presence(None, None, None)
    after = moves[moves.index(arrivals[-1]) + 1 :]
    return Presence(arrivals[0].at, arrivals[0].id, after[0].at if after else None)


def stands_sql(row: str) -> str:
    """Whether an event counts, as a condition on its row: no other one annuls it."""
    return (
        f"not exists (select 1 from attendance_event a where a.half_day_id = {row}.half_day_id"
        f" and a.person_id = {row}.person_id"
        f" and a.kind = '{Event.ANNULLED}' and a.annuls = {row}.id)"
    )


def present_sql(row: str) -> str:
    """``presence`` as a condition on a row that names a person and a half-day: there, and not gone.

    ``row`` is the alias of a table with ``participant_id`` and ``half_day_id``.
    """
    return (
        "exists (select 1 from attendance_event e"
        f" where e.half_day_id = {row}.half_day_id and e.person_id = {row}.participant_id"
        f" and e.kind = '{Event.ARRIVED}' and {stands_sql('e')} and not exists"
        " (select 1 from attendance_event l"
        " where l.half_day_id = e.half_day_id and l.person_id = e.person_id"
        f" and l.kind = '{Event.LEFT}' and l.at >= e.at and {stands_sql('l')}))"
    )


EVENT = "id, kind, at, annuls, reason, clock_sure"
"""The columns that ``event_of`` reads, first in the row."""


def event_of(row: tuple[Any, ...]) -> LedgerEvent:
    """An event out of a row that begins with the columns of ``EVENT``."""
    return LedgerEvent(row[0], row[1], from_db_time(row[2]), row[3], row[4], bool(row[5]))


def events_of(conn: Connection, half_day_id: str, person_id: str) -> list[LedgerEvent]:
    """The ledger of one person on one half-day, with what was noted for a walk-in they turned out to be."""
    found = conn.execute(
        f"select {EVENT} from attendance_event where half_day_id = ? and person_id = ?",
        (half_day_id, person_id),
    )
    return [event_of(row) for row in found]
