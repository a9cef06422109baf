"""Years of many corners, put into the tables as they are: more than anybody could live through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from assets.languages import BRUSSELS
from bench.public import somebody
from models.connection import db_time
from models.words import PARTICIPANT, Event

if TYPE_CHECKING:
    from models.connection import Connection

SEATS = 8
EACH = 20
"""Half-days of one person in a year."""

_PROGRAMMES = ("awareness",) + ("course-24",) * 7 + ("course-40",) * 12 + ("job-search", "video-cv")

_HALF_DAY = (
    "insert into half_day (id, workshop_id, corner_id, programme, starts_at, ends_at, room, capacity)"
    f" values (?, '', ?, ?, ?, ?, ?, {SEATS})"
)
_PERSON = (
    "insert into participant (id, reference, first_name, last_name, language, audience)"
    " values (?, ?, ?, ?, ?, ?)"
)
_BOOKING = "insert into booking (id, participant_id, half_day_id, source, status) values (?, ?, ?, ?, ?)"
_EVENT = (
    "insert into attendance_event (id, kiosk_id, participant_id, person_id, half_day_id, kind, at, stored_at,"
    " way, actor, reason, annuls) values (?2, 'bench', ?1, ?1, ?3, ?4, ?5, ?5, 'card', ?6, ?7, ?8)"
)
_SETTLED = (
    "insert into settlement (id, half_day_id, at, actor, figures, hash) values (?, ?, ?, 'bench', '{}', '')"
)


@dataclass(frozen=True, slots=True)
class Corners:
    """Which corners, in which years, and how busy they are."""

    ids: Sequence[str]
    years: Sequence[int]
    days: int
    """Working days of a year."""
    a_day: int
    """Half-days of each of them: as many rooms in the morning as in the afternoon."""

    @property
    def attendances(self) -> int:
        """How many that makes."""
        return len(self.ids) * len(self.years) * self.days * self.a_day * SEATS


def fill(conn: Connection, chance: Random, *wanted: Corners) -> None:
    """Put them in, one corner after the other, in one transaction."""
    serial = iter(range(1, 2**31))
    conn.execute("pragma cache_size = -400000")
    conn.execute("begin")
    for corners in wanted:
        for corner in corners.ids:
            for year in corners.years:
                _year(conn, chance, corner, year, corners, serial)
    conn.execute("commit")
    conn.execute("pragma wal_checkpoint(truncate)")


def working_days(year: int, number: int) -> list[date]:
    """So many of a year, from its first Monday."""
    first = date(year, 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return [monday + timedelta(days=day // 5 * 7 + day % 5) for day in range(number)]


def _year(
    conn: Connection, chance: Random, corner: str, year: int, wanted: Corners, serial: Iterator[int]
) -> None:
    half_days = [
        (_id(chance), _at(day, "08:30" if number % 2 == 0 else "13:00"), str(1 + number // 2))
        for day in working_days(year, wanted.days)
        for number in range(wanted.a_day)
    ]
    groups = max(1, len(half_days) // EACH)
    people = [[_id(chance) for _ in range(SEATS)] for _ in range(groups)]
    for group, ids in enumerate(people):
        known = [somebody(group * SEATS + seat, year) for seat in range(SEATS)]
        rows = [
            (id_, f"{id_[:8]}", one.first_name, one.last_name, one.language, one.audience)
            for id_, one in zip(ids, known, strict=True)
        ]
        conn.executemany(_PERSON, rows)
    plans, bookings, events, settled = [], [], [], []
    for number, (half_day, start, room) in enumerate(half_days):
        end = start + timedelta(hours=3, minutes=30)
        programme = _PROGRAMMES[number // groups % len(_PROGRAMMES)]
        plans.append((half_day, corner, programme, db_time(start), db_time(end), room))
        if chance.random() < 0.9:
            settled.append((_id(chance), half_day, db_time(end)))
        for person in people[number % groups]:
            source = chance.choices(("counsellor", "call_centre", "corner", "walk_in"), (60, 20, 15, 5))[0]
            status = "cancelled" if chance.random() < 0.02 else "booked"
            bookings.append((_id(chance), person, half_day, source, status))
            if status == "booked":
                events += _noted(chance, person, half_day, start, serial)
    conn.executemany(_HALF_DAY, plans)
    conn.executemany(_BOOKING, bookings)
    conn.executemany(_EVENT, events)
    conn.executemany(_SETTLED, settled)


def _noted(
    chance: Random, person: str, half_day: str, start: datetime, serial: Iterator[int]
) -> Iterator[tuple[str | None, ...]]:
    """What is noted of somebody: mostly that they came and went."""

    def event(kind: Event, minutes: float, reason: str = "", annuls: str = "") -> tuple[str | None, ...]:
        at = db_time(start + timedelta(seconds=round(minutes * 60)))
        id_ = f"{next(serial):032x}"
        return person, id_, half_day, kind, at, PARTICIPANT, reason or None, annuls or None

    drawn = chance.random()
    if drawn < 0.09:
        yield event(Event.ABSENT, 40)
    elif drawn < 0.15:
        yield event(Event.EXCUSED, -40, "announced")
    elif drawn < 0.99:
        came = event(Event.ARRIVED, chance.uniform(-30, 40))
        yield came
        if chance.random() < 0.05:
            yield event(Event.ANNULLED, 60, "told_later", came[1] or "")
            yield event(Event.ARRIVED, chance.uniform(-30, 10))
        if chance.random() < 0.93:
            yield event(Event.LEFT, chance.uniform(150, 215))


def _at(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), BRUSSELS)


def _id(chance: Random) -> str:
    return f"{chance.getrandbits(128):032x}"
