"""The paths of many people at once, as far as a list of who is ready for what needs them.

The same figures as ``path_of``: a handful of queries for everybody, and what is dear is worked out only where
it is asked for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assets.assessment import thresholds
from models.answers import Sitting
from models.assessment.draft import Part
from models.assessment.result import whole_status
from models.assessment.signs import answers_of
from models.assessment.status import Status
from models.assessment.taking import checks_of
from models.attended import counted_once, minutes_of
from models.connection import db_time, from_db_time
from models.half_days import SITTING, sitting_of
from models.ledger import standing
from models.moves import Moves, events_of_pairs, meet, moves_sql, span_of
from models.orientation import Decided
from models.path.course import Course, Spent, course_of, is_awareness
from models.path.path import Level
from models.reckoning import parts_of
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

_LISTED = "(select value from json_each(?1))"
"""Ids that are handed in as one list."""
# What is noted of a walk-in is noted of who they turned out to be.
_ALIASES = f"select id, merged_into from participant where merged_into in {_LISTED}"
_HALF_DAYS = (
    f"select {SITTING} from half_day h where h.starts_at is not null and h.ends_at is not null"
    f" and h.id in {_LISTED} order by h.starts_at, h.id"
)
_MOVES = (
    f"select person_id, half_day_id, {moves_sql()} from attendance_event where person_id in {_LISTED}"
    " group by person_id, half_day_id having came > 0"
)
_PLACES = (
    "select b.participant_id, b.half_day_id from booking b join half_day h on h.id = b.half_day_id"
    " where b.status = 'booked' and h.status = 'planned' and h.ends_at > ?2"
    f" and b.participant_id in {_LISTED}"
)
_ASKED = (
    "select b.participant_id, h.programme from booking b join half_day h on h.id = b.half_day_id"
    " where b.status = 'waiting' and b.asked_at is not null and h.status = 'planned' and h.starts_at > ?2"
    f" and b.participant_id in {_LISTED}"
)
_DECIDED = (
    "select o.participant_id, o.programme, o.note, o.at, coalesce(s.name, '') from orientation o"
    f" left join staff_member s on s.id = o.actor where o.participant_id in {_LISTED}"
    " order by o.at desc, o.id desc"
)
_TAKEN = (
    "select participant_id, id, at, part, simple, defined, spotted, copied from assessment"
    f" where participant_id in {_LISTED} order by at desc, id desc"
)
# In the common order, as everywhere: the last word counts.
_OBSERVED = (
    "select o.assessment_id, o.kind from observation o join change c on c.id = o.id"
    f" join assessment a on a.id = o.assessment_id where a.participant_id in {_LISTED}"
    " order by coalesce(c.stamp, c.hlc), c.hlc, c.origin, c.id"
)
_MADE = (
    f"select p.participant_id, p.kind from page_made p join change c on c.id = p.id"
    f" where p.participant_id in {_LISTED} order by coalesce(c.stamp, c.hlc), c.hlc, c.origin, c.id"
)


class _Sitting(NamedTuple):
    """One assessment, as the table keeps it."""

    at: datetime
    signs: tuple[str, str]
    checks: tuple[str | None, str | None]
    observed: bool


@dataclass(frozen=True)
class Outline:
    """One person's path, as far as it is needed; each figure is worked out once it is asked for."""

    spent: tuple[Spent, ...]
    """Half-days with hours or a place, by their start."""
    decisions: tuple[Decided, ...]
    """The latest first."""
    page_made: bool
    asked: frozenset[str]
    """Programmes of half-days to come for which they have asked for a place."""
    at: datetime
    sittings: tuple[_Sitting, ...]
    """Assessments of the core, the latest first."""

    @cached_property
    def awareness_at(self) -> datetime | None:
        """As ``Path.awareness_at``."""
        for one in self.spent:
            if one.minutes and one.half_day.ends_at <= self.at and is_awareness(one.half_day.programme):
                return one.half_day.starts_at
        return None

    @cached_property
    def decided(self) -> Decided | None:
        """What the team decided last."""
        return self.decisions[0] if self.decisions else None

    @cached_property
    def last(self) -> Mapping[str, datetime]:
        """Start of the last half-day of each programme that counts, or is to come."""
        return {one.half_day.programme: one.half_day.starts_at for one in self.spent}

    @cached_property
    def course(self) -> Course | None:
        """As ``Path.course``."""
        return course_of(self.spent, self.decisions, self.at)

    @cached_property
    def level(self) -> Level:
        """As ``Path.level``."""
        for one in self.sittings:
            if (found := _status(one.signs, one.checks, one.observed)) is not None:
                return Level(found.step, one.at)
        return Level()

    @cached_property
    def reached_at(self) -> datetime | None:
        """Since when every whole assessment says that the first level is reached; ``None`` if not now."""
        since: datetime | None = None
        for one in self.sittings:
            if (found := _status(one.signs, one.checks, one.observed)) is None:
                continue
            if not Level(found.step, one.at).reached:
                break
            since = one.at
        return since


def outlines(conn: Connection, people: Collection[str], now: datetime) -> Iterator[tuple[str, Outline]]:
    """The paths of these people, none of whom turned out to be somebody else."""
    aliases = dict(conn.execute(_ALIASES, (json.dumps(list(people)),)).fetchall())
    ids = json.dumps([*people, *aliases])

    def own(sql: str, *more: str) -> Mapping[str, list[tuple[str, ...]]]:
        """Rows that begin with whose they are, by the person."""
        rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for whose, *row in conn.execute(sql, (ids, *more)):
            rows[aliases.get(whose, whose)].append(tuple(row))
        return rows

    places = {
        person: {half_day for (half_day,) in rows} for person, rows in own(_PLACES, db_time(now)).items()
    }
    spent = _spent(conn, people, places, now)
    decided, taken, asked = own(_DECIDED), own(_TAKEN), own(_ASKED, db_time(now))
    seen = dict(conn.execute(_OBSERVED, (ids,)).fetchall())
    made = {person: rows[-1][0] == "made" for person, rows in own(_MADE).items()}
    for person in people:
        yield (
            person,
            Outline(
                spent=spent.get(person, ()),
                decisions=tuple(
                    Decided(programme, note, from_db_time(at), by)
                    for programme, note, at, by in decided.get(person, ())
                ),
                page_made=made.get(person, False),
                asked=frozenset(programme for (programme,) in asked.get(person, ())),
                at=now,
                sittings=tuple(_sittings(taken.get(person, ()), seen)),
            ),
        )


def _sittings(rows: Iterable[tuple[str, ...]], observed: Mapping[str, str]) -> Iterator[_Sitting]:
    for id_, at, part, simple, defined, spotted, copied in rows:
        if part == Part.CORE:
            seen = observed.get(id_) == "confirmed"
            yield _Sitting(from_db_time(at), (simple, defined), (spotted, copied), seen)


# The list is looked at anew after every change: the same answers come to the same.
@lru_cache(maxsize=2**14)
def _status(signs: tuple[str, str], checks: tuple[str | None, str | None], observed: bool) -> Status | None:
    """What a sitting came to; ``None`` where not everything was asked."""
    return whole_status(answers_of(*signs), checks_of(*checks), thresholds(), observed=observed)


def _spent(
    conn: Connection, people: Collection[str], places: Mapping[str, set[str]], now: datetime
) -> Mapping[str, tuple[Spent, ...]]:
    """Half-days of each person that have hours or a place, by their start; each minute once."""
    moves = conn.execute(_MOVES, (json.dumps(list(people)),)).fetchall()
    half_days = _half_days(conn, {row[1] for row in moves}.union(*places.values()))
    numbers = {one.id: number for number, one in enumerate(half_days)}
    spans = [span_of(one, now) for one in half_days]
    noted: dict[str, dict[int, int]] = defaultdict(dict)
    """Person to the number of the half-day to minutes."""
    there: set[tuple[str, str]] = set()
    """Who has an arrival that stands, where they have a place."""
    dear: list[tuple[str, str]] = []
    for person, half_day, *counted in moves:
        if (number := numbers.get(half_day)) is None:
            continue
        span, moved = spans[number], Moves(*counted)
        if span.whole and moved.plain:
            noted[person][number] = span.minutes(moved)
            if half_day in places.get(person, ()):
                there.add((person, half_day))
        else:
            dear.append((half_day, person))
    for (half_day, person), events in events_of_pairs(conn, dear).items():
        number, known = numbers[half_day], standing(events)
        noted[person][number] = minutes_of(parts_of(known, half_days[number], now))
        if any(event.kind == Event.ARRIVED for event in known):
            there.add((person, half_day))
    for person, held in places.items():
        for half_day in held & numbers.keys():
            noted[person].setdefault(numbers[half_day], 0)
    sorted_numbers = {person: sorted(own) for person, own in noted.items()}
    twice = {
        person: own for person, own in sorted_numbers.items() if meet(half_days[number] for number in own)
    }
    pairs = [(half_days[number].id, person) for person, own in twice.items() for number in own]
    events_of = events_of_pairs(conn, pairs)
    for person, own_numbers in twice.items():
        sittings = [half_days[number] for number in own_numbers]
        times = [parts_of(standing(events_of.get((one.id, person), [])), one, now) for one in sittings]
        once = map(minutes_of, counted_once(zip(sittings, times, strict=True)))
        noted[person] = dict(zip(own_numbers, once, strict=True))
    return {
        person: tuple(
            Spent(half_days[number], long, booked, booked and (person, half_days[number].id) in there)
            for number, long in sorted(own.items())
            if (booked := half_days[number].id in places.get(person, ())) or long
        )
        for person, own in noted.items()
    }


def _half_days(conn: Connection, ids: Collection[str]) -> list[Sitting]:
    """Half-days that have a time, by their start."""
    return [sitting_of(row) for row in conn.execute(_HALF_DAYS, (json.dumps(list(ids)),))]
