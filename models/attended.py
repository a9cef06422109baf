"""Every half-day of one person with what the ledger says of it; and their hours, each minute once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.answers import Sitting
from models.half_days import SITTING, sitting_of
from models.ledger import EVENT, LedgerEvent, event_of
from models.policy import Policy
from models.reckoning import Part, Reckoning, reckon

if TYPE_CHECKING:
    from models.connection import Connection

OWN = "in (select ?1 union select id from participant where merged_into = ?1)"
"""Ids under which something is noted of a person: their own, and of walk-ins who turned out to be them."""

_HALF_DAYS = (
    f"select {SITTING} from half_day h where h.starts_at is not null and h.ends_at is not null and h.id in"
    f" (select half_day_id from booking where participant_id {OWN}"
    " union select half_day_id from attendance_event where person_id = ?1) order by h.starts_at, h.id"
)
_EVENTS = f"select {EVENT}, half_day_id from attendance_event where person_id = ?"


@dataclass(frozen=True, slots=True)
class Attended:
    """One half-day of a person, whether they came or not."""

    half_day: Sitting
    reckoning: Reckoning


def attended_by(conn: Connection, person_id: str, policy: Policy, now: datetime) -> tuple[Attended, ...]:
    """Half-days that somebody is booked for or was noted in, by time."""
    events: dict[str, list[LedgerEvent]] = defaultdict(list)
    for row in conn.execute(_EVENTS, (person_id,)):
        events[row[6]].append(event_of(row))
    sittings = [sitting_of(row) for row in conn.execute(_HALF_DAYS, (person_id,)).fetchall()]
    return tuple(Attended(one, reckon(events[one.id], one, policy, now)) for one in sittings)


def counted_once(half_days: Iterable[tuple[Sitting, Iterable[Part]]]) -> Iterator[tuple[Part, ...]]:
    """The times of half-days without what an earlier one has counted already.

    Whoever is noted in two half-days at once was in one place: an hour counts for the first of them.

    Args:
        half_days: by their start, each with the times that count, none of them before it.
    """
    counted: list[Part] = []
    for half_day, parts in half_days:
        # What ended before this one began cannot meet it, nor any after it.
        counted = [part for part in counted if part.end > half_day.starts_at]
        left = list(parts)
        for known in counted:
            left = [rest for part in left for rest in _without(part, known)]
        counted += left
        yield tuple(left)


def _without(part: Part, other: Part) -> Iterator[Part]:
    """What of a time lies outside another one."""
    if other.end <= part.start or part.end <= other.start:
        yield part
        return
    if part.start < other.start:
        yield Part(part.start, other.start)
    if other.end < part.end:
        yield Part(other.end, part.end)


def minutes_of(parts: Iterable[Part]) -> int:
    """Whole minutes of some times."""
    return int(sum((part.length for part in parts), timedelta(0)).total_seconds() // 60)
