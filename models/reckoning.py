"""What the ledger says of one person on one half-day: state, minutes, what is odd, and why.

Nothing here is stored: the same events, in any order, give the same reckoning.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from models.answers import Sitting
from models.ledger import LedgerEvent, presence, standing
from models.policy import Policy
from models.words import Event

EXPECTED, PRESENT, LATE, LEFT_EARLY = "expected", "present", "late", "left_early"
LEFT, EXCUSED, ABSENT = "left", "excused", "absent"

THERE = (PRESENT, LATE)
"""States of who is there."""


class Odd(StrEnum):
    """What somebody must look at before a half-day is closed."""

    UNMARKED = "unmarked"
    """Neither came, nor excused, nor absent."""
    NO_DEPARTURE = "no_departure"
    """There, and the half-day is over: counted to its end."""
    ARRIVED_AND_EXCUSED = "arrived_and_excused"
    DOUBTFUL_CLOCK = "doubtful_clock"
    LEFT_BEFORE_ARRIVAL = "left_before_arrival"
    LEFT_TWICE = "left_twice"
    OUTSIDE = "outside"
    """Came before the doors opened or after the end: the half-day was moved, or the hour is wrong."""
    NO_FILE = "no_file"
    """A walk-in whom nobody has confirmed or found among the known people."""
    WAITING = "waiting"
    """On the waiting list, and the half-day is over."""
    CANCELLED = "cancelled"
    """The booking or the half-day was cancelled, and the person came."""
    NO_BOOKING = "no_booking"
    """Came, and is on no list: noted where somebody knew of a place that nobody here knows."""
    OVERBOOKED = "overbooked"
    """More people than places; about the half-day, not about a person."""
    AT_ONCE = "at_once"
    """There in an earlier half-day at the same time: each minute counts there, and once."""
    EQUIPMENT_OUT = "equipment_out"
    """Something that was lent in the corner has not come back."""


@dataclass(frozen=True, slots=True)
class Part:
    """A time that counts: from an arrival to a departure, cut to the half-day."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is, never negative."""
        return max(self.end - self.start, timedelta(0))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One person on one half-day."""

    state: str
    arrived_at: datetime | None
    """The first arrival that stands."""
    left_at: datetime | None
    """The departure that counts; ``None`` while somebody is there, or where nobody noted it."""
    minutes: int
    """Whole minutes inside the half-day; until now while it runs, to its end without a departure."""
    late_by: int = 0
    """Minutes after the start, where they are more than the tolerance; else nought."""
    parts: tuple[Part, ...] = ()
    """What the minutes are the sum of."""
    excuse: str | None = None
    """A word of ``models.words.EXCUSES`` where an excuse stands."""
    odd: tuple[Odd, ...] = ()
    """What is odd about this person, as far as the ledger alone tells it."""
    seen: str = ""
    """Names exactly the events that this was reckoned from, for whoever lets something odd stand."""

    @property
    def present(self) -> bool:
        """There, and not gone."""
        return self.state in THERE


def reckon(events: Iterable[LedgerEvent], sitting: Sitting, policy: Policy, now: datetime) -> Reckoning:
    """Derive everything from all events in any order; minutes are never negative nor outside the window."""
    known = standing(events)
    there = presence(known)
    marks = [event for event in known if event.kind in (Event.EXCUSED, Event.ABSENT)]
    excuses = [event for event in marks if event.kind == Event.EXCUSED]
    excuse = (excuses[-1].reason or "other") if excuses else None
    seen = named(known)
    odd = tuple(_oddities(known, sitting, policy, now))
    if there.arrived_at is None:
        state = marks[-1].kind if marks else EXPECTED
        return Reckoning(str(state), None, None, 0, excuse=excuse, odd=odd, seen=seen)
    parts = parts_of(known, sitting, now)
    minutes = int(sum((part.length for part in parts), timedelta(0)).total_seconds() // 60)
    after_start = to_the_minute(there.arrived_at) - sitting.starts_at
    late = after_start > policy.grace
    if there.left_at is not None:
        state = LEFT_EARLY if there.left_at < sitting.ends_at else LEFT
    else:
        state = LATE if late else PRESENT
    late_by = int(after_start.total_seconds() // 60) if late else 0
    return Reckoning(state, there.arrived_at, there.left_at, minutes, late_by, parts, excuse, odd, seen)


def named(known: Iterable[LedgerEvent]) -> str:
    """A short name for exactly these events, in whatever order they came; empty for none."""
    ids = " ".join(sorted(event.id for event in known))
    return sha256(ids.encode()).hexdigest()[:16] if ids else ""


def to_the_minute(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it, without its seconds.

    Whoever reads 08:45 and 12:00 must find 195 minutes.
    """
    return moment.replace(second=0, microsecond=0)


def parts_of(known: list[LedgerEvent], sitting: Sitting, now: datetime) -> tuple[Part, ...]:
    """Of what stands the times from an arrival to the first departure after it, cut to the half-day."""
    parts: list[Part] = []
    since: datetime | None = None
    for event in known:
        at = to_the_minute(event.at)
        if event.kind == Event.ARRIVED and since is None:
            since = max(at, sitting.starts_at)
        elif event.kind == Event.LEFT and since is not None:
            parts.append(Part(since, min(at, sitting.ends_at)))
            since = None
    if since is not None:
        parts.append(Part(since, to_the_minute(min(now, sitting.ends_at))))
    return tuple(part for part in parts if part.length)


def _oddities(known: list[LedgerEvent], sitting: Sitting, policy: Policy, now: datetime) -> Iterable[Odd]:
    kinds = [event.kind for event in known]
    moves = [kind for kind in kinds if kind in (Event.ARRIVED, Event.LEFT)]
    arrivals = [to_the_minute(event.at) for event in known if event.kind == Event.ARRIVED]
    if not arrivals and Event.LEFT not in moves:
        if Event.EXCUSED not in kinds and Event.ABSENT not in kinds:
            yield Odd.UNMARKED
    elif moves[0] == Event.LEFT:
        yield Odd.LEFT_BEFORE_ARRIVAL
    if any(pair == (Event.LEFT, Event.LEFT) for pair in itertools.pairwise(moves)):
        yield Odd.LEFT_TWICE
    if arrivals and moves[-1] == Event.ARRIVED and now >= sitting.ends_at:
        yield Odd.NO_DEPARTURE
    if arrivals and Event.EXCUSED in kinds:
        yield Odd.ARRIVED_AND_EXCUSED
    if any(not sitting.starts_at - policy.doors <= at < sitting.ends_at for at in arrivals):
        yield Odd.OUTSIDE
    if not all(event.clock_sure for event in known):
        yield Odd.DOUBTFUL_CLOCK
