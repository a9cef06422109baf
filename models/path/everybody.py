"""The paths of many people at once, as far as a list of who is ready for what needs them.

The same figures as ``path_of``: a handful of queries for everybody, and what is dear is worked out only where
it is asked for. Most half-days have one arrival and at most one departure, whose minutes are a subtraction;
all others are reckoned as everywhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from assets.facts import programmes
from models.assessment.draft import Part as SittingPart
from models.assessment.signs import answers_of
from models.assessment.taking import Taken, checks_of
from models.attended import counted_once, minutes_of
from models.connection import db_time, from_db_time
from models.half_days import SITTING, sitting_of
from models.ledger import EVENT, LedgerEvent, event_of
from models.orientation import Decided
from models.path.course import Course, Spent, course_of
from models.path.path import AWARENESS, Level, latest_level
from models.policy import Policy
from models.reckoning import Part, reckon
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_LISTED = "(select value from json_each(?1))"
"""Ids that are handed in as one list."""
# What is noted of a walk-in is noted of who they turned out to be.
_ALIASES = f"select id, merged_into from participant where merged_into in {_LISTED}"
_HALF_DAYS = (
    f"select {SITTING} from half_day h where h.starts_at is not null and h.ends_at is not null"
    f" and h.id in {_LISTED} order by h.starts_at, h.id"
)
# Cut to the minute before it is counted: SQLite rounds the last millisecond of a minute into the next one.
_MOVES = (
    "select person_id, half_day_id, sum(kind = '{arrived}') as came, sum(kind = '{left}'),"
    " sum(kind = '{annulled}'),"
    " unixepoch(substr(min(case kind when '{arrived}' then at end), 1, 16)) / 60,"
    " unixepoch(substr(max(case kind when '{left}' then at end), 1, 16)) / 60,"
    " max(case kind when '{left}' then at end) >= min(case kind when '{arrived}' then at end)"
    f" from attendance_event where person_id in {_LISTED}"
    " group by half_day_id, person_id having came > 0"
).format(arrived=Event.ARRIVED, left=Event.LEFT, annulled=Event.ANNULLED)
_EVENTS = (
    f"select {', '.join(f'e.{name}' for name in EVENT.split(', '))}, e.person_id, e.half_day_id"
    " from json_each(?1) j join attendance_event e on e.half_day_id = json_extract(j.value, '$[0]')"
    " and e.person_id = json_extract(j.value, '$[1]')"
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
    "select participant_id, id, at, part, framework, bank, simple, defined, spotted, copied from assessment"
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


@dataclass(frozen=True, slots=True)
class Outline:
    """One person's path, as far as it is needed; the course and the level only once they are asked for."""

    spent: tuple[Spent, ...]
    """Half-days with hours or a place, by their start."""
    decisions: tuple[Decided, ...]
    """The latest first."""
    page_made: bool
    asked: frozenset[str]
    """Programmes of half-days to come for which they have asked for a place."""
    at: datetime
    taken: Callable[[], Iterable[Taken]]
    """Their assessments, the latest first."""

    @property
    def awareness_at(self) -> datetime | None:
        """As ``Path.awareness_at``."""
        for one in self.spent:
            fact = programmes().get(one.half_day.programme)
            if one.minutes and one.half_day.ends_at <= self.at and fact and fact.stage == AWARENESS:
                return one.half_day.starts_at
        return None

    @property
    def decided(self) -> Decided | None:
        """What the team decided last."""
        return self.decisions[0] if self.decisions else None

    @property
    def last(self) -> Mapping[str, datetime]:
        """Start of the last half-day of each programme that counts, or is to come."""
        return {one.half_day.programme: one.half_day.starts_at for one in self.spent}

    @property
    def course(self) -> Course | None:
        """As ``Path.course``."""
        return course_of(self.spent, self.decisions, self.at)

    @property
    def level(self) -> Level:
        """As ``Path.level``."""
        return latest_level(self.taken())


def outlines(
    conn: Connection, people: Collection[str], policy: Policy, now: datetime
) -> Iterator[tuple[str, Outline]]:
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
    spent = _Times(conn, people, places, policy, now).spent()
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
                taken=partial(_taken, taken.get(person, ()), seen),
            ),
        )


def _taken(rows: Iterable[tuple[str, ...]], observed: Mapping[str, str]) -> Iterator[Taken]:
    for id_, at, part, framework, bank, simple, defined, spotted, copied in rows:
        if part == SittingPart.CORE:
            answers, checks = answers_of(simple, defined), checks_of(spotted, copied)
            seen = observed.get(id_) == "confirmed"
            yield Taken(id_, from_db_time(at), part, framework, bank, answers, checks, seen)


class _Times:
    """The minutes of many people, each minute once."""

    def __init__(
        self,
        conn: Connection,
        people: Collection[str],
        places: Mapping[str, set[str]],
        policy: Policy,
        now: datetime,
    ) -> None:
        self._conn = conn
        self._places = places
        self._policy = policy
        self._now = now
        moves = conn.execute(_MOVES, (json.dumps(list(people)),)).fetchall()
        ids = {row[1] for row in moves}.union(*places.values())
        found = conn.execute(_HALF_DAYS, (json.dumps(list(ids)),)).fetchall()
        self._half_days = {row[0]: sitting_of(row) for row in found}
        """By their start."""
        self._spans = {
            one.id: (_minute(one.starts_at), _minute(one.ends_at), _minute(min(now, one.ends_at)))
            for one in self._half_days.values()
            if _is_whole(one.starts_at) and _is_whole(one.ends_at)
        }
        self._simple: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        """Person to half-day to the first and the last minute."""
        dear: list[tuple[str, str]] = []
        for person, half_day, came, went, annulled, arrived, left, after in moves:
            span = self._spans.get(half_day)
            if span is None or annulled or came > 1 or went > 1 or (went and not after):
                dear.append((half_day, person))
            else:
                starts, ends, until = span
                end = until if left is None else min(left, ends)
                self._simple[person][half_day] = max(arrived, starts), end
        self._reckoned = self._reckon(dear)

    def _reckon(self, dear: Sequence[tuple[str, str]]) -> Mapping[str, Mapping[str, tuple[Part, ...]]]:
        """Person to half-day to the times that count, from all of its events."""
        events: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
        for row in self._conn.execute(_EVENTS, (json.dumps(dear),)):
            *_, person, half_day = row
            events[person, half_day].append(event_of(row))
        parts: dict[str, dict[str, tuple[Part, ...]]] = defaultdict(dict)
        for (person, half_day), noted in events.items():
            if sitting := self._half_days.get(half_day):
                parts[person][half_day] = reckon(noted, sitting, self._policy, self._now).parts
        return parts

    def spent(self) -> Mapping[str, tuple[Spent, ...]]:
        """Half-days of each person that have hours or a place, by their start."""
        order = {id_: number for number, id_ in enumerate(self._half_days)}
        people = {*self._simple, *self._reckoned, *self._places}
        return {person: tuple(self._of(person, order)) for person in people}

    def _of(self, person: str, order: Mapping[str, int]) -> Iterator[Spent]:
        simple, reckoned = self._simple.get(person, {}), self._reckoned.get(person, {})
        places = self._places.get(person, set())
        ids = sorted((simple.keys() | reckoned.keys() | places) & order.keys(), key=order.__getitem__)
        half_days = [self._half_days[id_] for id_ in ids]
        if any(after.starts_at < before.ends_at for before, after in pairwise(half_days)):
            times = [self._parts(simple, reckoned, id_) for id_ in ids]
            minutes = [minutes_of(parts) for parts in counted_once(zip(half_days, times, strict=True))]
        else:
            minutes = [self._minutes(simple, reckoned, id_) for id_ in ids]
        for half_day, long in zip(half_days, minutes, strict=True):
            booked = half_day.id in places
            if long or booked:
                yield Spent(half_day, long, booked)

    @staticmethod
    def _minutes(
        simple: Mapping[str, tuple[int, int]], reckoned: Mapping[str, tuple[Part, ...]], half_day: str
    ) -> int:
        if half_day in simple:
            start, end = simple[half_day]
            return max(0, end - start)
        return minutes_of(reckoned.get(half_day, ()))

    @staticmethod
    def _parts(
        simple: Mapping[str, tuple[int, int]], reckoned: Mapping[str, tuple[Part, ...]], half_day: str
    ) -> tuple[Part, ...]:
        if half_day in simple:
            start, end = simple[half_day]
            return (Part(_moment(start), _moment(end)),) if start < end else ()
        return reckoned.get(half_day, ())


def _is_whole(moment: datetime) -> bool:
    return not (moment.second or moment.microsecond)


def _minute(moment: datetime) -> int:
    """A moment as whole minutes since 1970."""
    return (moment - _EPOCH) // _MINUTE


def _moment(minute: int) -> datetime:
    return _EPOCH + minute * _MINUTE
