"""Arrivals and departures of many people at once, for figures that a screen cannot wait for.

Most people on most half-days have one arrival and at most one departure, whose minutes are a subtraction;
all others are reckoned as everywhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from models.answers import Sitting
from models.ledger import EVENT, LedgerEvent, event_of
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Cut to the minute before it is counted: SQLite rounds the last millisecond of a minute into the next one.
MOVES = (
    "count(*), coalesce(sum({e}kind = '{arrived}'), 0) as came, coalesce(sum({e}kind = '{left}'), 0),"
    " unixepoch(substr(min(case {e}kind when '{arrived}' then {e}at end), 1, 16)) / 60,"
    " unixepoch(substr(max(case {e}kind when '{left}' then {e}at end), 1, 16)) / 60"
)
"""Of some events: how many, arrivals, departures, minute of the first arrival and of the last departure."""

_EVENTS = (
    f"select {', '.join(f'e.{name}' for name in EVENT.split(', '))}, e.person_id, e.half_day_id"
    " from json_each(?1) j join attendance_event e on e.half_day_id = json_extract(j.value, '$[0]')"
    " and e.person_id = json_extract(j.value, '$[1]')"
)


def moves_sql(prefix: str = "") -> str:
    """The columns that ``Moves`` is made of; ``prefix`` names the table of events, with its dot."""
    return MOVES.format(e=prefix, arrived=Event.ARRIVED, left=Event.LEFT)


class Moves(NamedTuple):
    """What is noted of one person on one half-day, in short; what was annulled is in it too."""

    events: int
    came: int
    went: int
    arrived: int | None
    """Minutes since 1970."""
    left: int | None

    @property
    def plain(self) -> bool:
        """Whether it is one arrival, with or without one departure after it, and nothing else."""
        if self.came != 1 or self.events != self.came + self.went or self.arrived is None:
            return False
        return not self.went or (self.went == 1 and self.left is not None and self.left > self.arrived)


class Span(NamedTuple):
    """A half-day in whole minutes since 1970."""

    starts: int
    ends: int
    until: int
    """The end, or now where that comes first."""
    whole: bool
    """Whether it begins and ends with a minute; else its times are no subtraction."""

    def minutes(self, moves: Moves) -> int:
        """The minutes that count, of moves that are plain."""
        end = self.until if moves.left is None else min(moves.left, self.ends)
        return max(0, end - max(moves.arrived or 0, self.starts))


def span_of(half_day: Sitting, now: datetime) -> Span:
    """A half-day as minutes."""
    start, end = half_day.starts_at, half_day.ends_at
    whole = not (start.second or start.microsecond or end.second or end.microsecond)
    return Span(minute_of(start), minute_of(end), minute_of(min(now, end)), whole)


def minute_of(moment: datetime) -> int:
    """A moment as whole minutes since 1970."""
    return (moment - _EPOCH) // _MINUTE


def moment_of(minute: int) -> datetime:
    """The moment of a minute since 1970."""
    return _EPOCH + minute * _MINUTE


def meet(half_days: Iterable[Sitting]) -> bool:
    """Whether any of these half-days, which come by their start, are at the same time."""
    return any(after.starts_at < one.ends_at for one, after in pairwise(half_days))


def events_of_pairs(
    conn: Connection, pairs: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], list[LedgerEvent]]:
    """All events of these half-days and people, by the half-day and the person."""
    events: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
    if pairs:
        for row in conn.execute(_EVENTS, (json.dumps(pairs),)):
            *_, person, half_day = row
            events[half_day, person].append(event_of(row))
    return events
