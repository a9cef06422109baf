"""Who is ready for what: whom the team decides about next, and what comes after that.

It is read from the path; nothing of it is stored, and nothing follows from it by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

from assets.assessment import thresholds
from assets.facts import programmes
from models.connection import db_time
from models.names import shown_name
from models.orientation import Decided
from models.path.course import Course, is_course
from models.path.everybody import Outline, outlines
from models.path.path import Level, Path
from models.requests import At, Request, near
from models.rights import Action, may

if TYPE_CHECKING:
    from models.connection import Connection


_PEOPLE = (
    "select distinct k.id, k.first_name, k.last_name, k.reference from participant p"
    " join participant k on k.id = coalesce(nullif(p.merged_into, ''), p.id) where k.first_name <> ''"
    " and p.id in ({0})"
)
# More than are of the corner in the end: whose event there does not stand counts no minute there.
_EVER = (
    "select e.person_id from half_day h join attendance_event e on e.half_day_id = h.id"
    " where h.corner_id = ?1 union all"
    " select b.participant_id from half_day h join booking b on b.half_day_id = h.id"
    " where h.corner_id = ?1 and h.ends_at > ?2 and b.status = 'booked'"
)
# As ``is_met`` has it: any booking ties somebody to a half-day, and any event.
_WITHIN = (
    "select b.participant_id from half_day h join booking b on b.half_day_id = h.id"
    " where h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?3 union all"
    " select e.person_id from half_day h join attendance_event e on e.half_day_id = h.id"
    " where h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?3"
)


class Ready(StrEnum):
    """What somebody is ready for, in the order in which it is asked."""

    ORIENT = "orient"
    """The first morning is over: 24 hours, 40 hours, or a specific workshop?"""
    PLACE = "place"
    """It is decided, and they have no place in it."""
    LEVEL = "level"
    """The hours are done: where do they stand?"""
    PAGE = "page"
    """The first level is reached: the page on the Forem site."""


_ORDER = {ready: number for number, ready in enumerate(Ready)}


class _Known(Protocol):
    """What it is read from, of one person or of one among many."""

    @property
    def awareness_at(self) -> datetime | None: ...
    @property
    def decided(self) -> Decided | None: ...
    @property
    def last(self) -> Mapping[str, datetime]: ...
    @property
    def course(self) -> Course | None: ...
    @property
    def level(self) -> Level: ...
    @property
    def page_made(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole path as it is read here."""

    awareness_at: datetime | None
    decided: Decided | None
    last: Mapping[str, datetime]
    course: Course | None
    level: Level
    page_made: bool


@dataclass(frozen=True, slots=True)
class ReadyPerson:
    """One line of the list."""

    person_id: str
    name: str
    """``Binta O.``; with the reference where two on the list read the same."""
    ready: Ready
    since: datetime
    """Since the first morning, the decision, the last of the hours, or the assessment."""
    programme: str = ""
    """What was decided, or the course whose hours are done."""
    suggested: str = ""
    """The programme that the assessment suggests; it decides nothing."""
    level: Level | None = None
    """What their latest assessment says, where that matters here."""
    asked: bool = False
    """Whether they have asked for a place in what was decided."""


@dataclass(frozen=True, slots=True)
class SeeReady(Request[tuple[ReadyPerson, ...]]):
    """Who is ready for what; of people out of reach only for who may see any day (P-20)."""

    action: ClassVar[Action] = Action.SEE_PATH
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[ReadyPerson, ...]:
        """See ``ready_people``."""
        within = None if may(at.colleague.role, Action.ANY_DAY) else near(at.now)
        return ready_people(at.conn, at.desk.corner_id, at.now, within)


def ready_for(path: Path) -> Ready | None:
    """What somebody is ready for; ``None`` where they are on their way, or at its end."""
    last = {one.programme: one.last for one in path.followed}
    made = path.page.made_at is not None
    found = _ready(_Whole(path.awareness_at, path.decided, last, path.course, path.level, made))
    return found[0] if found else None


def _ready(known: _Known) -> tuple[Ready, datetime] | None:
    """The first that holds, and since when."""
    morning, decided, last = known.awareness_at, known.decided, known.last
    if (
        morning is not None
        and (decided is None or decided.at < morning)
        and not any(is_course(programme) and then > morning for programme, then in last.items())
    ):
        return Ready.ORIENT, morning
    if decided is not None and not _is_followed(decided, last, known):
        return Ready.PLACE, decided.at
    course, level = known.course, known.level
    if course is not None and course.reached_at is not None and not level.reached:
        return Ready.LEVEL, course.reached_at
    if level.reached and level.at is not None and not known.page_made:
        return Ready.PAGE, level.at
    return None


def _is_followed(decided: Decided, last: Mapping[str, datetime], known: _Known) -> bool:
    """Whether somebody has been in what was decided since, or has a place in it.

    A course that is as long holds it too; and whoever has done all of its hours needs no place any more.
    """
    since = [programme for programme, at in last.items() if at > decided.at]
    if not is_course(decided.programme):
        return decided.programme in since
    if any(_holds(programme, decided.programme) for programme in since):
        return True
    course = known.course
    return course is not None and course.done


def _holds(programme: str, decided: str) -> bool:
    hours = [programmes()[one].hours or 0 for one in (programme, decided) if is_course(one)]
    return len(hours) == 2 and hours[0] >= hours[1]


# ---- everybody


def ready_people(
    conn: Connection,
    corner_id: str,
    now: datetime,
    near: tuple[datetime, datetime] | None = None,
) -> tuple[ReadyPerson, ...]:
    """Everybody of a corner who is ready for something, by what, then since when.

    Of a corner is who has been there or has a place there; a walk-in is who they turned out to be.

    Args:
        near: the span within which somebody must have a booking or an event, to be seen (``is_met``).
    """
    span = map(db_time, near or (now,))
    found = conn.execute(_PEOPLE.format(_WITHIN if near else _EVER), (corner_id, *span))
    people = {row[0]: (shown_name(row[1], row[2]), row[3]) for row in found}
    listed = []
    for person, outline in outlines(conn, people, now):
        here = any(one.half_day.corner_id == corner_id for one in outline.spent)
        if here and (found_ready := _ready(outline)):
            listed.append(_line(person, people[person][0], *found_ready, outline))
    listed.sort(key=lambda one: (_ORDER[one.ready], one.since, one.person_id))
    alike = Counter(one.name for one in listed)
    return tuple(
        replace(one, name=f"{one.name} {people[one.person_id][1]}".rstrip()) if alike[one.name] > 1 else one
        for one in listed
    )


def _line(person: str, name: str, ready: Ready, since: datetime, outline: Outline) -> ReadyPerson:
    if ready is Ready.ORIENT:
        level = outline.level
        return ReadyPerson(person, name, ready, since, suggested=suggested(level), level=level)
    if ready is Ready.PLACE and outline.decided is not None:
        programme = outline.decided.programme
        return ReadyPerson(person, name, ready, since, programme, asked=programme in outline.asked)
    if ready is Ready.LEVEL and outline.course is not None:
        return ReadyPerson(person, name, ready, since, outline.course.programme, level=outline.level)
    return ReadyPerson(person, name, ready, since)


def suggested(level: Level) -> str:
    """The programme that an assessment suggests; empty without one, and where it leaves open which."""
    return thresholds().orientation.get(level.step.name.lower(), "") if level.step is not None else ""
