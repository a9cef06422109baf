"""Everybody on every half-day of a span of days: what the figures of days and periods are sums of.

The same as the rosters say, in four queries; a property test holds both together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from assets.languages import BRUSSELS
from models.answers import Sitting
from models.attended import counted_once, minutes_of
from models.connection import db_time
from models.half_days import SITTING, beside, sitting_of
from models.ledger import LedgerEvent, standing
from models.moves import Moves, Span, events_of_pairs, meet, minute_of, moves_sql, span_of
from models.policy import Policy
from models.reckoning import ABSENT, EXCUSED, parts_of, reckon
from models.roster import NOBODY_BOOKED
from models.words import AUDIENCES, Event

if TYPE_CHECKING:
    from models.connection import Connection

# Also those of the day before that are still on: a minute counts for the earlier one.
_OF_CORNER = "h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?4 and h.ends_at > ?3"
_HALF_DAYS = (
    f"select {SITTING}, h.capacity, h.status, exists (select 1 from settlement s where s.half_day_id = h.id)"
    f" from half_day h where {_OF_CORNER} order by h.starts_at, h.room, h.id"
)
# Whoever turned out to be somebody else is there under that name.
_PEOPLE = (
    "select b.half_day_id, b.participant_id, b.status, b.source, b.confirmed_at is not null,"
    f" coalesce(p.audience, '{AUDIENCES[0]}')"
    " from half_day h join booking b on b.half_day_id = h.id left join participant p"
    f" on p.id = b.participant_id where coalesce(p.merged_into, '') = '' and {_OF_CORNER}"
)
_AUDIENCES = "select id, audience from participant where id in (select value from json_each(?))"
_MOVES = (
    f"select e.half_day_id, e.person_id, {moves_sql('e.')}, sum(e.kind = '{Event.EXCUSED}'),"
    f" sum(e.kind = '{Event.ABSENT}') from half_day h join attendance_event e on e.half_day_id = h.id"
    f" where {_OF_CORNER} group by e.half_day_id, e.person_id"
)

EARLIER = timedelta(days=1)
"""How long before a span a half-day may begin that still has a minute in it: each counts once."""

AT_ONCE = timedelta(days=31)
"""How many days are read in one step: after each it is told how far the work has come."""


class Standing(StrEnum):
    """What became of somebody: each person on each half-day is one of these."""

    CAME = "came"
    EXCUSED = "excused"
    ABSENT = "absent"
    OPEN = "open"
    """Nothing is noted."""
    REFUSED = "refused"
    """Came without a booking and got no place: in no other figure."""


class Origin(StrEnum):
    """Why somebody counts."""

    BOOKED = "booked"
    WALK_IN = "walk_in"
    UNPLANNED = "unplanned"
    """Came with a booking that was cancelled, or that waited; or without any."""


@dataclass(frozen=True, slots=True)
class Held:
    """A half-day that counts: planned, or one that was cancelled and to which somebody came all the same."""

    half_day: Sitting
    capacity: int
    settled: bool
    """Signed, or nobody was expected and nothing noted: then there is nothing to sign."""
    cancelled: bool = False


class Attendance(NamedTuple):
    """One person on one half-day."""

    half_day: int
    """Its place in ``Attendances.half_days``."""
    person_id: str
    standing: Standing
    origin: Origin
    source: str
    """A word of ``models.words.SOURCES``."""
    audience: str
    """A word of ``models.words.AUDIENCES``."""
    minutes: int
    unknown: bool
    """Came, and nobody noted a departure from a half-day that is over."""
    arrived: int | None = None
    """The first arrival that stands, in minutes since 1970."""
    left: int | None = None
    """The departure that counts; ``None`` where nobody noted it."""


@dataclass(frozen=True, slots=True)
class Attendances:
    """The half-days of a span of days, and everybody on them."""

    half_days: tuple[Held, ...]
    """By their start."""
    people: tuple[Attendance, ...]


Told = Callable[[int, int], None]
"""Is told how much of the work is done, and how much there is."""


def first_moment(of: date) -> datetime:
    """Midnight in Brussels."""
    return datetime.combine(of, time(), BRUSSELS)


def attendances(
    conn: Connection,
    corner_id: str,
    first: date,
    last: date,
    policy: Policy,
    now: datetime,
    *,
    over: bool = False,
    told: Told | None = None,
) -> Attendances:
    """Everybody on every half-day of a corner from one day to another.

    A minute counts for the earliest half-day in which somebody was noted then, as on a certificate.

    Args:
        over: only half-days that are over; else all, also those to come.
        told: told after each step, in the thread of the caller.
    """
    steps = _steps(first, last)
    half_days: list[Held] = []
    people: list[Attendance] = []
    for number, (start, end) in enumerate(steps, start=1):
        reader = _Reader(conn, corner_id, first_moment(start), first_moment(end), policy, now)
        held = reader.held(over=over)
        people += reader.people(held, len(half_days))
        half_days += held
        if told is not None:
            told(number, len(steps))
    return Attendances(tuple(half_days), tuple(people))


def _steps(first: date, last: date) -> list[tuple[date, date]]:
    """Spans of days, each with the day after its last."""
    days = (last - first).days + 1
    starts = [first + timedelta(days=number) for number in range(0, days, AT_ONCE.days)]
    return list(zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True)) if starts else []


_Known = tuple[Standing, int, bool, "int | None", "int | None"]
"""What became of somebody: their standing, and the last four fields of an ``Attendance``."""

_NOT_THERE = (0, False, None, None)
_NOTHING: _Known = (Standing.OPEN, *_NOT_THERE)


class _Reader:
    """Reads one step: four queries, and then what is not plain."""

    def __init__(
        self, conn: Connection, corner_id: str, start: datetime, end: datetime, policy: Policy, now: datetime
    ) -> None:
        self._conn, self._policy, self._now = conn, policy, now
        self._start = start
        asked = (corner_id, db_time(start - EARLIER), db_time(start), db_time(end))
        self._rows = conn.execute(_HALF_DAYS, asked).fetchall()
        self._sittings: dict[str, Sitting] = {row[0]: sitting_of(row) for row in self._rows}
        self._spans: dict[str, Span] = {id_: span_of(one, now) for id_, one in self._sittings.items()}
        self._bookings = conn.execute(_PEOPLE, asked).fetchall()
        self._moves = {(row[0], row[1]): row[2:] for row in conn.execute(_MOVES, asked)}

    def held(self, *, over: bool) -> list[Held]:
        """The half-days of the step that count."""
        noted = {half_day for half_day, _ in self._moves}
        expected = {row[0] for row in self._bookings if row[2] in ("booked", "waiting")}
        found: list[Held] = []
        for row in self._rows:
            sitting, (capacity, status, settled) = self._sittings[row[0]], beside(row)
            if sitting.starts_at < self._start or (over and sitting.ends_at > self._now):
                continue
            if status == "planned" or sitting.id in noted:
                to_sign = sitting.id in noted or sitting.id in expected
                found.append(Held(sitting, capacity, bool(settled) or not to_sign, status != "planned"))
        return found

    def people(self, held: Sequence[Held], before: int) -> Iterator[Attendance]:
        """Everybody on these half-days, of which the first has the place ``before``."""
        places = {one.half_day.id: place for place, one in enumerate(held, start=before)}
        found = self._found(self._became(), places)
        self._count_once(found)
        for half_day in places:
            yield from found[half_day]

    def _became(self) -> dict[tuple[str, str], _Known]:
        """What became of everybody of whom anything is noted."""
        known: dict[tuple[str, str], _Known] = {}
        for key, (*counted, excused, absent) in self._moves.items():
            moves, span = Moves(*counted), self._spans[key[0]]
            if moves.plain and span.whole:
                unknown = not moves.went and span.until == span.ends
                known[key] = (Standing.CAME, span.minutes(moves), unknown, moves.arrived, moves.left)
            elif moves.events == 1 and excused + absent == 1:
                known[key] = (Standing.EXCUSED if excused else Standing.ABSENT, *_NOT_THERE)
        dear = [key for key in self._moves if key not in known]
        for key, events in events_of_pairs(self._conn, dear).items():
            known[key] = self._reckoned(key[0], events)
        return known

    def _found(
        self, known: Mapping[tuple[str, str], _Known], places: Mapping[str, int]
    ) -> dict[str, list[Attendance]]:
        """Everybody by their half-day, also on those before the step, which have no place."""
        found: dict[str, list[Attendance]] = defaultdict(list)
        cancelled = {row[0]: beside(row)[1] == "cancelled" for row in self._rows}
        for half_day, person, status, source, confirmed, audience in (*self._bookings, *self._unplanned()):
            became, minutes, unknown, came, left = known.get((half_day, person), _NOTHING)
            walked_in = source == Origin.WALK_IN
            if became is not Standing.CAME and (status != "booked" or cancelled[half_day]):
                # Whoever was let in has an arrival, also where it was annulled; or somebody's word.
                let_in = self._moves.get((half_day, person), (0, 0))[1] or confirmed
                over = self._sittings[half_day].ends_at <= self._now
                if not walked_in or let_in or cancelled[half_day] or not over:
                    continue
                became = Standing.REFUSED
            origin = (
                Origin.WALK_IN if walked_in else Origin.BOOKED if status == "booked" else Origin.UNPLANNED
            )
            place = places.get(half_day, -1)
            found[half_day].append(
                Attendance(
                    place, person, became, origin, source, audience, minutes, unknown, came, left
                )
            )  # fmt: skip
        return found

    def _unplanned(self) -> Iterator[tuple[str, str, str, str, bool, str]]:
        """Who is noted without any booking, as if it had been one that was cancelled."""
        booked = {(row[0], row[1]) for row in self._bookings}
        pairs = sorted(self._moves.keys() - booked)
        if not pairs:
            return
        people = json.dumps(sorted({person for _, person in pairs}))
        audiences = dict(self._conn.execute(_AUDIENCES, (people,)).fetchall())
        for half_day, person in pairs:
            yield half_day, person, "", NOBODY_BOOKED, False, audiences.get(person, AUDIENCES[0])

    def _reckoned(self, half_day: str, events: list[LedgerEvent]) -> _Known:
        sitting = self._sittings[half_day]
        known = reckon(events, sitting, self._policy, self._now)
        if known.arrived_at is not None:
            unknown = known.present and sitting.ends_at <= self._now
            left = minute_of(known.left_at) if known.left_at is not None else None
            return Standing.CAME, known.minutes, unknown, minute_of(known.arrived_at), left
        marks = {EXCUSED: Standing.EXCUSED, ABSENT: Standing.ABSENT}
        return (marks.get(known.state, Standing.OPEN), *_NOT_THERE)

    def _count_once(self, found: dict[str, list[Attendance]]) -> None:
        """Take from the later half-day what counts for the earlier one."""
        of: dict[str, list[Sitting]] = defaultdict(list)
        for sitting in sorted(self._sittings.values(), key=lambda one: (one.starts_at, one.id)):
            for one in found[sitting.id]:
                if one.minutes:
                    of[one.person_id].append(sitting)
        twice = {person: sittings for person, sittings in of.items() if meet(sittings)}
        events = events_of_pairs(
            self._conn, [(one.id, person) for person, sittings in twice.items() for one in sittings]
        )
        for person, sittings in twice.items():
            times = [parts_of(standing(events[one.id, person]), one, self._now) for one in sittings]
            once = counted_once(zip(sittings, times, strict=True))
            for sitting, parts in zip(sittings, once, strict=True):
                lines = found[sitting.id]
                place = next(number for number, one in enumerate(lines) if one.person_id == person)
                lines[place] = lines[place]._replace(minutes=minutes_of(parts))
