"""Everything odd of the last days at a corner, in one list that can reach zero.

What is odd in a half-day is asked as where it is closed, of all half-days at once; beside it stand half-days
that nobody has closed, and codes that opened nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.answers import Sitting
from models.connection import body_time, db_time, from_db_time
from models.exceptions import STANDS, Exceptional, Remedy
from models.half_days import day_bounds
from models.log import record
from models.refusals import UNKNOWN
from models.remedies import SettleExceptions
from models.requests import At, Request
from models.review.conflicts import CHECKED, TOLD_LATER, conflicts
from models.rights import Action
from models.roster import rosters_between
from models.settling import all_open_exceptions
from models.unsettled import DAYS, to_close

if TYPE_CHECKING:
    from models.connection import Connection

_REFUSED = (
    "select r.kiosk_id, r.at from code_refusal r where r.why = ? and r.at >= ? and r.at <= ?"
    " and not exists (select 1 from codes_seen s where s.kiosk_id = r.kiosk_id"
    " and r.at between s.since and s.until) order by r.at, r.id"
)


@dataclass(frozen=True, slots=True)
class OddCase:
    """Something odd in a half-day that is over."""

    half_day: Sitting
    one: Exceptional

    @property
    def at(self) -> datetime:
        """By what it is sorted."""
        return self.half_day.starts_at

    @property
    def remedy(self) -> Remedy:
        """What settles it in one touch: the first remedy needs no further question."""
        return self.one.remedies[0]

    @property
    def settling(self) -> SettleExceptions:
        """The request that settles it."""
        reason = CHECKED if self.remedy in STANDS else TOLD_LATER
        return SettleExceptions(self.half_day.id, self.remedy, (self.one.case,), reason)


@dataclass(frozen=True, slots=True)
class ToClose:
    """A half-day that is over, and not closed or not any more as it was signed."""

    half_day: Sitting

    @property
    def at(self) -> datetime:
        """By what it is sorted."""
        return self.half_day.starts_at


@dataclass(frozen=True, slots=True)
class RefusedCodes:
    """Codes that opened nothing, of one day on one kiosk; what was typed or shown is nowhere (P-07)."""

    kiosk_id: str
    here: bool
    """On this kiosk."""
    at: datetime
    """The first of them."""
    until: datetime
    """The last of them."""
    number: int


@dataclass(frozen=True, slots=True)
class Disagreements:
    """What kiosks that were apart said differently: a list of its own, with both sides of each."""

    at: datetime
    """Since when."""
    number: int


OddLine = OddCase | ToClose | RefusedCodes | Disagreements


@dataclass(frozen=True, slots=True)
class SeeOdd(Request[tuple[OddLine, ...]]):
    """Everything that somebody must look at, of the last days."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[OddLine, ...]:
        """See ``odd_lines``."""
        return odd_lines(at)


@dataclass(frozen=True, slots=True)
class SeenCodes(Request[bool]):
    """Say that one has looked at the codes that were refused on a kiosk from one moment to another."""

    action: ClassVar[Action] = Action.SEE_DAY
    kiosk_id: str
    since: datetime
    until: datetime

    def do(self, at: At) -> bool:
        """Keep it; ``False`` where a colleague has looked at them already, and for what is yet to come."""
        if self.until > at.now:
            return False
        found = _refused(at.conn, self.since, self.until)
        if not any(kiosk == self.kiosk_id for kiosk, _ in found):
            return False
        body = {name: body_time(moment) for name, moment in (("since", self.since), ("until", self.until))}
        body["at"] = body_time(at.now)
        record(at.conn, at.author, "codes.seen", "kiosk", self.kiosk_id, body)
        return True


def odd_lines(at: At) -> tuple[OddLine, ...]:
    """The oldest first; of one half-day what is odd before the word that it is to be closed."""
    first, corner = at.now - timedelta(days=DAYS), at.desk.corner_id
    rosters = rosters_between(at.conn, corner, first, day_bounds(at.now)[1], at.desk.policy, at.now)
    over = [one for one in rosters if one.half_day.ends_at <= at.now]
    lines: list[OddLine] = [
        OddCase(roster.half_day, one)
        for roster, found in all_open_exceptions(at.conn, corner, over, at.now)
        for one in found
    ]
    lines += map(ToClose, to_close(at.conn, corner, first, at.now, over))
    lines += refused_codes(at.conn, at.desk.kiosk_id, first, at.now)
    if found := conflicts(at, rosters):
        lines.append(Disagreements(found[0].at, len(found)))
    # Sorted by the half-day too: of two that begin together each keeps its lines together.
    lines.sort(key=lambda one: (one.at, one.half_day.id if isinstance(one, OddCase | ToClose) else ""))
    return tuple(lines)


def refused_codes(conn: Connection, here: str, first: datetime, now: datetime) -> list[RefusedCodes]:
    """Unknown codes that nobody has looked at, by the day and the kiosk.

    Args:
        here: id of this kiosk.
    """
    of: dict[tuple[str, date], list[datetime]] = defaultdict(list)
    for kiosk, moment in _refused(conn, first, now):
        of[kiosk, local(moment).date()].append(moment)
    return [
        RefusedCodes(kiosk, kiosk == here, moments[0], moments[-1], len(moments))
        for (kiosk, _), moments in of.items()
    ]


def _refused(conn: Connection, first: datetime, last: datetime) -> list[tuple[str, datetime]]:
    """The kiosk and the moment of each, by time."""
    found = conn.execute(_REFUSED, (UNKNOWN, db_time(first), db_time(last)))
    return [(kiosk, from_db_time(at)) for kiosk, at in found]
