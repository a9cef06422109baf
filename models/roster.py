"""The roster of a day: who is expected, who is there, since when, and how many minutes count."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from assets.languages import BRUSSELS
from models.answers import Sitting
from models.connection import db_time, from_db_time
from models.half_days import SITTING, beside, sitting_of
from models.ledger import EVENT, LedgerEvent, event_of
from models.names import NAMELESS, folded, shown_name
from models.policy import Policy
from models.reckoning import Reckoning, reckon

if TYPE_CHECKING:
    from models.connection import Connection

_HALF_DAYS = f"select {SITTING}, h.capacity, h.status from half_day h"
_OF_DAY = (
    f"{_HALF_DAYS} where h.corner_id = ? and h.starts_at >= ? and h.starts_at < ?"
    " order by h.starts_at, h.room, h.id"
)
_PEOPLE = (
    "select b.half_day_id, b.id, b.status, b.source, b.booked_by, b.asked_at, b.confirmed_at,"
    " b.participant_id, coalesce(p.reference, ''), coalesce(p.first_name, ''), p.last_name"
    # Whose name has been erased is there without it.
    " from booking b left join participant p on p.id = b.participant_id where b.half_day_id in ({0})"
    # Whoever turned out to be somebody else is on the list under that name.
    " and coalesce(p.merged_into, '') = ''"
)
_WHO = (
    "select id, reference, first_name, last_name from participant"
    " where id in (select value from json_each(?))"
)
_EVENTS = f"select {EVENT}, half_day_id, person_id from attendance_event where half_day_id in ({{0}})"
_SETTLED = "select half_day_id, at, actor, hash from settlement where half_day_id in ({0}) order by at, id"


NOBODY_BOOKED = "corner"
"""The source of who came without any booking, as ``models.words.SOURCES`` has it: it was noted here."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of the roster."""

    person_id: str
    booking_id: str
    """Empty where there is none: the half-day has only what was noted of them."""
    reference: str
    """Of the booking office; empty for a walk-in whom nobody has found there."""
    name: str
    """``NAMELESS`` where nobody knows it (any more)."""
    label: str
    """The name, with what tells two people apart where they read the same on this list."""
    walk_in: bool
    status: str
    """Of the booking: ``booked``, ``waiting`` or ``cancelled``, whatever became of the person; else empty."""
    confirmed: bool
    """Booked, or a walk-in that somebody of the team has confirmed."""
    booked_by: str | None
    source: str
    reckoning: Reckoning

    @property
    def waiting(self) -> bool:
        """On the waiting list, and not come: whoever has an arrival that stands is shown by it."""
        return self.status == "waiting" and self.reckoning.arrived_at is None

    @property
    def erased(self) -> bool:
        """Nothing says any more who it was."""
        return self.name == NAMELESS

    @property
    def takes_a_place(self) -> bool:
        """Booked, or there whatever became of the booking."""
        return self.status == "booked" or self.reckoning.present


@dataclass(frozen=True, slots=True)
class Signature:
    """When a half-day was closed, by whom, over which figures."""

    at: datetime
    actor: str
    hash: str


@dataclass(frozen=True, slots=True)
class HalfDayRoster:
    """One half-day with its people."""

    half_day: Sitting
    capacity: int
    booked: int
    """Places that are taken: by a booking, or by somebody who is there whatever became of theirs."""
    people: tuple[Attendee, ...]
    cancelled: bool = False
    """Cancelled after something had been noted in it; one without any event is not listed."""
    signed: Signature | None = None
    """The last time that somebody closed it."""

    @property
    def overbooked(self) -> bool:
        """More people than places."""
        return self.booked > self.capacity


def rosters(conn: Connection, corner_id: str, on: date, policy: Policy, now: datetime) -> list[HalfDayRoster]:
    """The rosters of a corner's day, in the order of the clock.

    A half-day that was cancelled stays where its ledger holds anything: whoever came has come.
    """
    start = datetime.combine(on, time(), BRUSSELS)
    end = datetime.combine(on + timedelta(days=1), time(), BRUSSELS)
    return rosters_between(conn, corner_id, start, end, policy, now)


def rosters_between(
    conn: Connection, corner_id: str, start: datetime, end: datetime, policy: Policy, now: datetime
) -> list[HalfDayRoster]:
    """The rosters of half-days that begin from one moment to another, as ``rosters`` has those of a day."""
    found = conn.execute(_OF_DAY, (corner_id, db_time(start), db_time(end))).fetchall()
    return _rosters(conn, found, policy, now)


def roster_of(conn: Connection, half_day_id: str, policy: Policy, now: datetime) -> HalfDayRoster | None:
    """The roster of one half-day; ``None`` where there is none."""
    found = conn.execute(f"{_HALF_DAYS} where h.id = ? and h.starts_at is not null", (half_day_id,))
    listed = _rosters(conn, found.fetchall(), policy, now)
    return listed[0] if listed else None


def _rosters(
    conn: Connection, found: list[tuple[Any, ...]], policy: Policy, now: datetime
) -> list[HalfDayRoster]:
    ids = tuple(row[0] for row in found)
    marks = ", ".join("?" * len(ids))
    events: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
    for row in conn.execute(_EVENTS.format(marks), ids):
        events[row[6], row[7]].append(event_of(row))
    booked: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for half_day_id, *row in conn.execute(_PEOPLE.format(marks), ids):
        booked[half_day_id].append(tuple(row))
    for half_day_id, person in _unplanned(conn, events, booked):
        booked[half_day_id].append(("", "", NOBODY_BOOKED, None, None, None, *person))
    for lines in booked.values():
        # Whoever comes without a booking comes last: nobody's place moves under a finger.
        lines.sort(key=_order)
    signed = {
        row[0]: Signature(from_db_time(row[1]), row[2], row[3])
        for row in conn.execute(_SETTLED.format(marks), ids)
    }
    noted = {half_day_id for half_day_id, _ in events}
    lists = []
    for row in found:
        sitting, (capacity, status) = sitting_of(row), beside(row)
        if status != "planned" and sitting.id not in noted:
            continue
        people = _told_apart(
            attendee
            for line in booked[sitting.id]
            if (attendee := _attendee(line, events.get((sitting.id, line[6]), []), sitting, policy, now))
        )
        taken = sum(attendee.takes_a_place for attendee in people)
        lists.append(
            HalfDayRoster(sitting, capacity, taken, people, status == "cancelled", signed.get(sitting.id))
        )
    return lists


def _unplanned(
    conn: Connection,
    events: Mapping[tuple[str, str], list[LedgerEvent]],
    booked: Mapping[str, list[tuple[Any, ...]]],
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Who is noted in a half-day without any booking, and the half-day: whoever came has come."""
    listed = {(half_day_id, line[6]) for half_day_id, lines in booked.items() for line in lines}
    pairs = sorted(events.keys() - listed)
    if not pairs:
        return
    ids = json.dumps(sorted({person for _, person in pairs}))
    known = {row[0]: tuple(row) for row in conn.execute(_WHO, (ids,))}
    for half_day_id, person in pairs:
        yield half_day_id, known.get(person, (person, "", "", None))


def _order(line: tuple[Any, ...]) -> tuple[Any, ...]:
    """By first name; walk-ins after them, in the order in which they asked."""
    walked_in = line[2] == "walk_in"
    return walked_in, (line[4] or "") if walked_in else "", folded(line[8]), folded(line[9] or ""), line[6]


def _told_apart(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """People who would read the same get their reference, or else a number."""
    found = tuple(people)
    names = Counter(person.name for person in found)
    seen: Counter[str] = Counter()
    apart = []
    for person in found:
        seen[person.name] += 1
        more = person.reference or f"({seen[person.name]})"
        apart.append(replace(person, label=f"{person.name} {more}") if names[person.name] > 1 else person)
    return tuple(apart)


def _attendee(
    line: tuple[Any, ...], events: list[LedgerEvent], sitting: Sitting, policy: Policy, now: datetime
) -> Attendee | None:
    """One line; ``None`` where nothing stands of a booking that was cancelled, or of somebody without one."""
    booking, status, source, booked_by, _asked, confirmed, person, reference, first, last = line
    reckoning = reckon(events, sitting, policy, now)
    cancelled, walked_in = status == "cancelled", source == "walk_in"
    taken_back = cancelled and walked_in
    if cancelled and (not events or (taken_back and reckoning.arrived_at is None)):
        return None
    if not booking and not reckoning.seen:
        return None
    return Attendee(
        person_id=person,
        booking_id=booking,
        reference=reference,
        name=(name := shown_name(first, last)),
        label=name,
        walk_in=walked_in,
        status=status,
        confirmed=not walked_in or confirmed is not None,
        booked_by=booked_by,
        source=source,
        reckoning=reckoning,
    )
