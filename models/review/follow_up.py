"""Follow-up: whom to call back, who is ready, who has reached the first level, what waits, what is out.

Of all but the calls nothing is stored: it is read from what is noted elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.answers import Sitting
from models.connection import body_time, db_time
from models.equipment import everything_out
from models.ledger import events_of
from models.log import record
from models.marking import sitting_by_id
from models.names import shown_name
from models.path.everybody import outlines
from models.path.readiness import ready_people
from models.placing import place_requests
from models.reckoning import ABSENT, reckon
from models.requests import At, Request
from models.review.attendances import Attendances, Standing, attendances
from models.rights import Action
from models.unsettled import DAYS
from models.words import CALLS

if TYPE_CHECKING:
    from models.connection import Connection

LEVELS = timedelta(days=90)
"""How long ago a first level may have been reached to be told: a season of workshops."""

_PEOPLE = (
    "select id, reference, first_name, last_name from participant"
    " where first_name <> '' and id in (select value from json_each(?))"
)
# In the common order: the last word counts. Who was a walk-in then is who they turned out to be.
_CALLS = (
    "select coalesce(nullif(p.merged_into, ''), a.participant_id), a.half_day_id, a.kind"
    " from absence_call a join change c on c.id = a.id left join participant p on p.id = a.participant_id"
    " where a.half_day_id in (select value from json_each(?))"
    " order by coalesce(c.stamp, c.hlc), c.hlc, c.origin, c.id"
)
_ASSESSED = (
    "select distinct k.id, k.first_name, k.last_name, k.reference from assessment a"
    " join participant p on p.id = a.participant_id"
    " join participant k on k.id = coalesce(nullif(p.merged_into, ''), p.id)"
    " where k.first_name <> '' and a.corner_id = ? and a.at >= ? and a.at <= ?"
)


@dataclass(frozen=True, slots=True)
class AbsentPerson:
    """Somebody to call back: absent without excuse, and neither there nor excused since."""

    person_id: str
    reference: str
    """Of the booking office, whose own system has the number: it is not kept here."""
    name: str
    half_day: Sitting
    """Of the last absence."""
    in_a_row: int
    """Absences one after the other, this one the last, within the days that are looked at."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who has reached the first level."""

    person_id: str
    name: str
    since: datetime
    """The first of the assessments that all say so, up to the latest."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How many there are of each."""

    absent: int = 0
    ready: int = 0
    levels: int = 0
    out: int = 0
    """Pieces of equipment."""
    waiting: int = 0
    """Requests for a place."""


@dataclass(frozen=True, slots=True)
class SeeFollowUp(Request[FollowUp]):
    """How much follow-up there is at this corner."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> FollowUp:
        """The lengths of the lists that each number opens."""
        conn, corner = at.conn, at.desk.corner_id
        return FollowUp(
            absent=len(absent_people(at)),
            ready=len(ready_people(conn, corner, at.now)),
            levels=len(first_levels(conn, corner, at.now)),
            out=len(everything_out(conn, corner)),
            waiting=sum(bool(line.waiting) for line in place_requests(conn, corner, at.now)),
        )


@dataclass(frozen=True, slots=True)
class SeeAbsent(Request[tuple[AbsentPerson, ...]]):
    """Whom to call back."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[AbsentPerson, ...]:
        """See ``absent_people``."""
        return absent_people(at)


@dataclass(frozen=True, slots=True)
class SeeFirstLevels(Request[tuple[Reached, ...]]):
    """Who has reached the first level of late."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[Reached, ...]:
        """See ``first_levels``."""
        return first_levels(at.conn, at.desk.corner_id, at.now)


@dataclass(frozen=True, slots=True)
class NoteCall(Request[bool]):
    """Say that somebody has been called after an absence, or take that back."""

    action: ClassVar[Action] = Action.SEE_DAY
    half_day_id: str
    person_id: str
    called: bool

    def do(self, at: At) -> bool:
        """Keep it; ``False`` where that is what was said last, or where nobody is noted so."""
        key = self.person_id, self.half_day_id
        if not _is_absent(at, *key):
            return False
        if _called(at.conn, [self.half_day_id]).get(key, False) is self.called:
            return False
        done, withdrawn = CALLS
        body = {"half_day": self.half_day_id, "at": body_time(at.now)}
        kind = f"absence.{done if self.called else withdrawn}"
        record(at.conn, at.author, kind, "participant", self.person_id, body, subject=self.person_id)
        return True


def _is_absent(at: At, person_id: str, half_day_id: str) -> bool:
    """Whether an absence without excuse stands."""
    sitting = sitting_by_id(at, half_day_id)
    if sitting is None:
        return False
    known = reckon(events_of(at.conn, half_day_id, person_id), sitting, at.desk.policy, at.now)
    return known.state == ABSENT


def absent_people(at: At) -> tuple[AbsentPerson, ...]:
    """Who was absent without excuse in the last days and has not been heard of since; the latest first.

    Whoever has come or was excused since is not called; nor is who was called after that very absence.
    """
    today = local(at.now).date()
    first = today - timedelta(days=DAYS)
    found = attendances(at.conn, at.desk.corner_id, first, today, at.desk.policy, at.now)
    absent = _absent(found)
    called = _called(at.conn, [half_day.id for half_day, _ in absent.values()])
    left = {
        person: (half_day, number)
        for person, (half_day, number) in absent.items()
        if not called.get((person, half_day.id), False)
    }
    lines = [
        AbsentPerson(person, reference, shown_name(given, family), *left[person])
        for person, reference, given, family in at.conn.execute(_PEOPLE, (json.dumps(list(left)),))
    ]
    lines.sort(key=lambda one: one.person_id)
    lines.sort(key=lambda one: one.half_day.starts_at, reverse=True)
    return tuple(lines)


def _absent(found: Attendances) -> dict[str, tuple[Sitting, int]]:
    """Whose latest word is an absence: its half-day, and how many there are in a row."""
    noted: dict[str, list[tuple[Sitting, Standing]]] = defaultdict(list)
    for one in found.people:
        if one.standing in (Standing.CAME, Standing.EXCUSED, Standing.ABSENT):
            noted[one.person_id].append((found.half_days[one.half_day].half_day, one.standing))
    absent: dict[str, tuple[Sitting, int]] = {}
    for person, known in noted.items():
        # Of two half-days that begin together the one to which they came is the last word.
        known.sort(key=lambda one: (one[0].starts_at, one[1] is not Standing.ABSENT))
        number = 0
        while number < len(known) and known[-1 - number][1] is Standing.ABSENT:
            number += 1
        if number:
            absent[person] = known[-1][0], number
    return absent


def _called(conn: Connection, half_days: list[str]) -> Mapping[tuple[str, str], bool]:
    """Whether somebody was called after an absence, by the person and the half-day: the last word."""
    found = conn.execute(_CALLS, (json.dumps(half_days),))
    return {(person, half_day): kind == CALLS[0] for person, half_day, kind in found}


def first_levels(conn: Connection, corner_id: str, now: datetime) -> tuple[Reached, ...]:
    """Whose assessments say of late that the first level is reached, the latest first."""
    span = (corner_id, db_time(now - LEVELS), db_time(now))
    people = {row[0]: row[1:] for row in conn.execute(_ASSESSED, span)}
    reached = [
        Reached(person, shown_name(people[person][0], people[person][1]), outline.reached_at)
        for person, outline in outlines(conn, people, now)
        if outline.reached_at is not None and outline.reached_at >= now - LEVELS
    ]
    reached.sort(key=lambda one: one.person_id)
    reached.sort(key=lambda one: one.since, reverse=True)
    alike = Counter(one.name for one in reached)
    return tuple(
        replace(one, name=f"{one.name} {people[one.person_id][2]}".rstrip()) if alike[one.name] > 1 else one
        for one in reached
    )
