"""Half-days as the public side needs them: today's, those open now with a place, those to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from assets.languages import local
from models.answers import Sitting
from models.connection import db_time, from_db_time
from models.ledger import present_sql

if TYPE_CHECKING:
    from models.connection import Connection

SITTING = "h.id, h.programme, h.corner_id, h.starts_at, h.ends_at, h.room, h.facilitators"
"""The columns that ``sitting_of`` reads, first in the row; ``beside`` gives what a query adds to them."""

_WIDTH = SITTING.count(",") + 1

OFFERED_DATES = 2
"""How many coming dates a screen can show, each with its workshop (A-12)."""

_TODAY = (
    f"select {SITTING} from half_day h where h.corner_id = ? and h.status = 'planned' and h.ends_at > ?"
    " and h.starts_at < ? order by h.starts_at, h.room, h.id"
)


def not_merged(row: str) -> str:
    """A condition: whoever turned out to be somebody else has their place, and takes no second one.

    ``row`` is the alias of a table with ``participant_id``.
    """
    return (
        f"not exists (select 1 from participant m where m.id = {row}.participant_id and m.merged_into <> '')"
    )


# Whoever is there has a place, whatever became of the booking since, and without any.
BOOKED = (
    "((select count(*) from booking b where b.half_day_id = h.id"
    f" and (b.status = 'booked' or {present_sql('b')}) and {not_merged('b')})"
    " + (select count(*) from (select distinct e.person_id as participant_id, e.half_day_id"
    " from attendance_event e where e.half_day_id = h.id) n where not exists (select 1 from booking b"
    f" where b.half_day_id = n.half_day_id and b.participant_id = n.participant_id) and {present_sql('n')}))"
)
"""How many places of the half-day ``h`` are taken."""

# "9999" alone would be compared as a number, which sorts before every time.
_AHEAD = (
    "(select count(*) from booking w where w.half_day_id = h.id and w.status = 'waiting'"
    f" and not {present_sql('w')} and w.participant_id <> ?1 and {not_merged('w')}"
    " and w.asked_at < coalesce((select m.asked_at from booking m"
    " where m.half_day_id = h.id and m.participant_id = ?1 and m.status = 'waiting'), '9999-12-31'))"
)
_OPEN = (
    f"select {SITTING}, h.capacity - {BOOKED}, {_AHEAD} from half_day h where h.corner_id = ?2"
    " and h.status = 'planned' and h.starts_at <= ?3 and h.ends_at > ?4 order by h.starts_at, h.id"
)
_OVERBOOKED = (
    f"select {SITTING}, h.capacity, {BOOKED} as booked from half_day h where h.corner_id = ?"
    " and h.status = 'planned' and h.ends_at > ? and booked > h.capacity order by h.starts_at, h.id"
)
_COMING = (
    f"select {SITTING} from half_day h where h.corner_id = ? and h.status = 'planned' and h.starts_at > ?"
    f" and h.capacity > {BOOKED} order by h.starts_at, h.id limit ?"
)


def sitting_of(row: tuple[Any, ...]) -> Sitting:
    """A half-day out of a row that begins with the columns of ``SITTING``."""
    return Sitting(row[0], row[1], row[2], from_db_time(row[3]), from_db_time(row[4]), row[5], row[6] or "")


def beside(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What stands in a row after the columns of ``SITTING``."""
    return row[_WIDTH:]


def day_bounds(now: datetime) -> tuple[datetime, datetime]:
    """First moment of the local day of ``now`` and of the day after; 23 to 25 hours apart."""
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic in the zone: the next midnight, whatever the clock does in between.
    return midnight, midnight + timedelta(days=1)


def sittings_of_day(conn: Connection, corner_id: str, now: datetime) -> tuple[Sitting, ...]:
    """Today's half-days of a corner that are not over, in the order of the clock."""
    _, end = day_bounds(now)
    found = conn.execute(_TODAY, (corner_id, db_time(now), db_time(end)))
    return tuple(sitting_of(row) for row in found)


def open_now(
    conn: Connection, corner_id: str, participant_id: str, doors: timedelta, now: datetime
) -> list[tuple[Sitting, int]]:
    """Half-days of a corner whose doors are open, each with the places that this person may have.

    Whoever waits longer comes first: their places are not offered. Negative where overbooked.
    """
    found = conn.execute(_OPEN, (participant_id, corner_id, db_time(now + doors), db_time(now)))
    places = [(sitting_of(row), *beside(row)) for row in found]
    return [(sitting, left - ahead if left > 0 else left) for sitting, left, ahead in places]


def whole_day(conn: Connection, corner_id: str, now: datetime) -> tuple[Sitting, ...]:
    """All half-days of the local day, those that are over too."""
    first, end = day_bounds(now)
    found = conn.execute(_TODAY, (corner_id, db_time(first), db_time(end)))
    return tuple(sitting_of(row) for row in found)


@dataclass(frozen=True, slots=True)
class Overbooked:
    """A half-day with more people than places."""

    half_day: Sitting
    booked: int
    capacity: int


def overbooked(conn: Connection, corner_id: str, now: datetime) -> list[Overbooked]:
    """Half-days of a corner that are not over and have more people than places; nobody is dropped."""
    found = conn.execute(_OVERBOOKED, (corner_id, db_time(now)))
    overfull = [(sitting_of(row), *beside(row)) for row in found]
    return [Overbooked(sitting, booked, capacity) for sitting, capacity, booked in overfull]


def offered(conn: Connection, corner_id: str, now: datetime) -> dict[str, Sitting]:
    """What a corner offers: each programme with its next half-day that has a place."""
    found = conn.execute(_COMING, (corner_id, db_time(now), -1))
    dates: dict[str, Sitting] = {}
    for sitting in map(sitting_of, found):
        dates.setdefault(sitting.programme, sitting)
    return dates


def coming(conn: Connection, corner_id: str, now: datetime) -> tuple[Sitting, ...]:
    """The next half-days of a corner with a place."""
    found = conn.execute(_COMING, (corner_id, db_time(now), OFFERED_DATES))
    return tuple(sitting_of(row) for row in found)
