"""Which course somebody follows, and how much of it they have done.

Nothing says it in one place: the team decides, the office books, people come. Hours of any course count
towards the one that is followed: whoever goes over from 24 to 40 hours keeps what they have learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from assets.facts import programmes
from models.answers import Sitting
from models.orientation import Decided

AWARENESS, COURSE = "awareness", "course"
"""Stages of the catalogue: the first morning, and the programmes that lead to the first level."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A half-day of a person with the minutes that count for it, each minute once."""

    half_day: Sitting
    minutes: int
    booked: bool
    """Whether they have a place, and it is not over."""
    came: bool = False
    """Whether an arrival stands."""

    def is_to_come(self, now: datetime) -> bool:
        """Whether it is before them: whoever is there already has not to note its date."""
        return self.booked and not self.came and self.half_day.starts_at > now


@dataclass(frozen=True, slots=True)
class Course:
    """The course that somebody follows."""

    programme: str
    hours: float | None
    """How many it has; ``None`` where the catalogue does not say."""
    minutes: int
    """Done in courses, each minute once."""
    to_come: int
    """Half-days of a course with a place, still to begin."""
    reached_at: datetime | None
    """End of the half-day with which all hours were done; ``None`` before."""

    @property
    def done(self) -> bool:
        """Whether all of its hours are done."""
        return self.reached_at is not None

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1; 0 where nobody knows how long it is."""
        return min(1.0, self.minutes / (60 * self.hours)) if self.hours else 0.0


def course_of(spent: Sequence[Spent], decided: Sequence[Decided], now: datetime) -> Course | None:
    """The course of a person; ``None`` where nothing points to one.

    Args:
        spent: all half-days by their start.
        decided: what the team has decided, the latest first.
    """
    half_days = [one for one in spent if is_course(one.half_day.programme) and (one.minutes or one.booked)]
    programme = _followed(half_days, decided)
    if programme is None:
        return None
    fact = programmes().get(programme)
    hours = fact.hours if fact else None
    done = [one for one in half_days if one.minutes]
    totals = accumulate(one.minutes for one in done)
    reached = (
        one.half_day.ends_at for one, total in zip(done, totals, strict=True) if hours and total >= 60 * hours
    )
    return Course(
        programme,
        hours,
        minutes=sum(one.minutes for one in done),
        to_come=sum(one.is_to_come(now) for one in half_days),
        reached_at=next(reached, None),
    )


def is_course(programme: str) -> bool:
    """Whether a programme leads to the first level."""
    return _stage(programme) == COURSE


def is_awareness(programme: str) -> bool:
    """Whether a programme is the first morning, which nobody needs twice."""
    return _stage(programme) == AWARENESS


def _stage(programme: str) -> str:
    fact = programmes().get(programme)
    return fact.stage if fact else ""


def _followed(half_days: Sequence[Spent], decided: Sequence[Decided]) -> str | None:
    """The programme that counts.

    The team's last word on a course and what came after it: where they differ the longer course counts, so
    that nobody is told too early that they are done. Without any word, the course of the last half-day.
    """
    word = next((one for one in decided if is_course(one.programme)), None)
    if word is None:
        return half_days[-1].half_day.programme if half_days else None
    since = {one.half_day.programme for one in half_days if one.half_day.starts_at > word.at}
    return max(sorted({word.programme, *since}), key=_length)


def _length(programme: str) -> float:
    return programmes()[programme].hours or 0.0
