"""Where somebody stands on their path: derived from the ledger, the assessments and the team's decisions.

Public facts without words: what their own screen, their own paper and the team's page show alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from assets.assessment import thresholds
from assets.facts import programmes
from models.answers import Person, Sitting
from models.assessment.draft import Part
from models.assessment.result import whole_status
from models.assessment.status import Step as LevelStep
from models.assessment.taking import taken_by
from models.attended import OWN, attended_by, counted_once, minutes_of
from models.names import shown_name
from models.orientation import Decided, orientations
from models.path.course import Course, Spent, course_of, is_awareness
from models.path.page import Page, page_of
from models.policy import Policy
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

# A walk-in who turned out to be somebody is that person.
_PERSON = (
    "select k.id, k.first_name, k.last_name, k.language from participant p"
    " join participant k on k.id = coalesce(nullif(p.merged_into, ''), p.id) where p.id = ?"
)
_PLACES = (
    "select b.half_day_id, max(b.status = 'booked'), max(b.status = 'waiting' and b.asked_at is not null)"
    " from booking b join half_day h on h.id = b.half_day_id"
    f" where b.participant_id {OWN} and h.status = 'planned' and b.status in ('booked', 'waiting')"
    " group by b.half_day_id"
)


class Step(StrEnum):
    """The steps of the path, in their order."""

    AWARENESS = "awareness"
    COURSE = "course"
    LEVEL = "level"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Level:
    """The first level of DigComp, by the latest assessment that answered everything."""

    step: LevelStep | None = None
    """``None`` without one, and where the answers leave it open."""
    at: datetime | None = None
    """Of that assessment."""

    @property
    def reached(self) -> bool:
        """Declared, or confirmed."""
        return self.step is not None and self.step >= LevelStep.DECLARED


@dataclass(frozen=True, slots=True)
class Followed:
    """A programme that somebody follows or followed."""

    programme: str
    minutes: int
    """Each minute once: what two programmes had at the same time counts for the first."""
    half_days: int
    """Half-days on which they were there."""
    to_come: int
    first: datetime
    """Start of the first half-day that counts or is to come."""
    last: datetime


@dataclass(frozen=True, slots=True)
class Path:
    """One person's path at a moment."""

    person: Person
    at: datetime
    awareness_at: datetime | None
    """Start of the first awareness morning that they were at and that is over."""
    course: Course | None
    level: Level
    page: Page
    followed: tuple[Followed, ...]
    """Programmes with hours or a place, in the order of the catalogue."""
    coming: tuple[Sitting, ...]
    """Half-days to come with a place, the next first; also in other corners."""
    asked: tuple[Sitting, ...]
    """Half-days to come for which they have asked for a place."""
    decided: Decided | None
    """What the team decided last."""
    minutes: int
    """All their time, each minute once."""

    @property
    def next(self) -> Sitting | None:
        """The next half-day with a place."""
        return self.coming[0] if self.coming else None

    @property
    def done(self) -> frozenset[Step]:
        """Steps that are done; each by itself: people come from elsewhere, and no step is made a gate."""
        reached = {
            Step.AWARENESS: self.awareness_at is not None,
            Step.COURSE: self.course is not None and self.course.done,
            Step.LEVEL: self.level.reached,
            Step.PAGE: self.page.made_at is not None,
        }
        return frozenset(step for step, there in reached.items() if there)

    @property
    def present_step(self) -> Step | None:
        """The first step that is not done; ``None`` at the end of the path.

        Whoever is in a course has the first morning behind them, also where nobody noted it here.
        """
        skipped = {Step.AWARENESS} if self.course is not None and self.course.minutes else set()
        return next((step for step in Step if step not in self.done | skipped), None)


@dataclass(frozen=True, slots=True)
class PathOf(Request["Path | None"]):
    """One person's path, for the team."""

    action: ClassVar[Action] = Action.SEE_PATH
    writes: ClassVar[bool] = False
    person_id: str

    def do(self, at: At) -> Path | None:
        """See ``path_of``."""
        return path_of(at.conn, self.person_id, at.desk.policy, at.now)


def path_of(conn: Connection, person_id: str, policy: Policy, now: datetime) -> Path | None:
    """A person's path; ``None`` where there is nobody."""
    row = conn.execute(_PERSON, (person_id,)).fetchone()
    if row is None:
        return None
    person = Person(row[0], shown_name(row[1], row[2]), row[3])
    places = {row[0]: (bool(row[1]), bool(row[2])) for row in conn.execute(_PLACES, (person.id,))}
    spent = tuple(_spent(conn, person.id, places, policy, now))
    decided = orientations(conn, person.id)
    coming = [one.half_day for one in spent if one.is_to_come(now)]
    held = {one.id for one in coming}
    return Path(
        person=person,
        at=now,
        awareness_at=next((one.half_day.starts_at for one in spent if _is_awareness(one, now)), None),
        course=course_of(spent, decided, now),
        level=level_of(conn, person.id),
        page=page_of(conn, person.id),
        followed=tuple(_followed(spent, now)),
        coming=tuple(coming),
        asked=tuple(
            one.half_day
            for one in spent
            if places.get(one.half_day.id, (False, False))[1]
            and one.half_day.id not in held
            and one.half_day.starts_at > now
        ),
        decided=decided[0] if decided else None,
        minutes=sum(one.minutes for one in spent),
    )


def _spent(
    conn: Connection, person_id: str, places: dict[str, tuple[bool, bool]], policy: Policy, now: datetime
) -> Iterator[Spent]:
    attended = attended_by(conn, person_id, policy, now)
    once = counted_once((one.half_day, one.reckoning.parts) for one in attended)
    for one, parts in zip(attended, once, strict=True):
        booked = places.get(one.half_day.id, (False, False))[0] and one.half_day.ends_at > now
        came = one.reckoning.arrived_at is not None
        yield Spent(one.half_day, minutes_of(parts), booked, came)


def _is_awareness(spent: Spent, now: datetime) -> bool:
    over = spent.half_day.ends_at <= now
    return is_awareness(spent.half_day.programme) and spent.minutes > 0 and over


def _followed(spent: Sequence[Spent], now: datetime) -> Iterator[Followed]:
    kept: dict[str, list[Spent]] = defaultdict(list)
    for one in spent:
        if one.minutes or one.booked:
            kept[one.half_day.programme].append(one)
    known = list(programmes())
    for programme in sorted(
        kept, key=lambda one: (one not in known, known.index(one) if one in known else 0)
    ):
        own = kept[programme]
        yield Followed(
            programme,
            minutes=sum(one.minutes for one in own),
            half_days=sum(one.minutes > 0 for one in own),
            to_come=sum(one.is_to_come(now) for one in own),
            first=own[0].half_day.starts_at,
            last=own[-1].half_day.starts_at,
        )


def level_of(conn: Connection, person_id: str) -> Level:
    """What the latest assessment says that answered everything of the core."""
    for one in reversed(taken_by(conn, person_id)):
        if one.part != Part.CORE:
            continue
        found = whole_status(one.answers, one.checks, thresholds(), observed=one.observed)
        if found is not None:
            return Level(found.step, one.at)
    return Level()
