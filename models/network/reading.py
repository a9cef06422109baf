"""What of a corner's own log goes to the network: worked out by the very rules that its kiosks go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assets.assessment import thresholds
from assets.languages import local
from models.arrival import Desk
from models.connection import from_db_time
from models.network.told import CornerDay, CornerMonth, month_of_corner, people_of_corner
from models.policy import Policy
from models.requests import At, Colleague
from models.review.attendances import Held, Standing, attendances, first_moment
from models.review.conflicts import conflicts
from models.review.masking import masked_report
from models.review.period import Kind, Period, period_of

if TYPE_CHECKING:
    from models.connection import Connection

_SPAN = "select min(starts_at), max(starts_at) from half_day where corner_id = ?"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KioskTold:
    """How far a kiosk of the corner has told what it knows."""

    enrolled_at: datetime
    revoked_at: datetime | None
    wiped_at: datetime | None
    """When it had told everything, for good."""
    last_seen: datetime | None
    oldest_pending: datetime | None
    """From when what it had not sent yet is; ``None`` where there was nothing."""

    def has_told(self, month: Period) -> bool:
        """Whether nothing of a month is missing of it."""
        start, end = first_moment(month.first), first_moment(month.last + _DAY)
        if self.wiped_at is not None or (self.revoked_at is not None and self.revoked_at <= start):
            return True
        if self.last_seen is None:
            return self.enrolled_at >= end
        return self.last_seen >= end and (self.oldest_pending is None or self.oldest_pending >= end)


def span_of_corner(conn: Connection, corner_id: str, now: datetime) -> tuple[date, date]:
    """The days of the corner's first and last half-day; today where there is none."""
    first, last = (
        local(from_db_time(found) if found else now).date()
        for found in conn.execute(_SPAN, (corner_id,)).fetchone()
    )
    return first, last


def conflicts_of(conn: Connection, corner_id: str, policy: Policy, now: datetime) -> int:
    """How much stands on the corner's own list of what two kiosks said differently."""
    desk, nobody = Desk("", corner_id, b"", policy), Colleague("", "", "")
    return len(conflicts(At(conn, desk, nobody, now)))


def days_of_corner(
    conn: Connection, corner_id: str, first: date, last: date, policy: Policy, now: datetime
) -> Mapping[date, CornerDay]:
    """Each day of a span on which the corner has a half-day."""
    known = attendances(conn, corner_id, first, last, policy, now)
    held: dict[date, list[Held]] = defaultdict(list)
    came: dict[date, int] = defaultdict(int)
    on = [local(one.half_day.starts_at).date() for one in known.half_days]
    for day, one in zip(on, known.half_days, strict=True):
        held[day].append(one)
    for person in known.people:
        came[on[person.half_day]] += person.standing is Standing.CAME
    smallest = thresholds().smallest_count
    return {
        day: _day(half_days, people_of_corner(came[day], smallest), now) for day, half_days in held.items()
    }


def _day(half_days: list[Held], people: int, now: datetime) -> CornerDay:
    planned = [one for one in half_days if not one.cancelled]
    over = [one for one in planned if one.half_day.ends_at <= now]
    # Told while it is on and again when it is over, it would tell who came between.
    begun = local(half_days[0].half_day.starts_at).date() < local(now).date()
    told = people if begun and all(one.half_day.ends_at <= now for one in half_days) else 0
    return CornerDay(len(planned), len(over), sum(one.settled for one in over), told)


def months_of_corner(
    conn: Connection,
    corner_id: str,
    first: date,
    kiosks: Iterable[KioskTold],
    policy: Policy,
    now: datetime,
) -> Mapping[date, CornerMonth]:
    """Every month from that of a day on that may leave the corner."""
    smallest, known = thresholds().smallest_count, tuple(kiosks)
    found: dict[date, CornerMonth] = {}
    month = period_of(Kind.MONTH, first)
    while (report := masked_report(conn, corner_id, month, policy, now)) is not None:
        whole = all(one.has_told(month) for one in known)
        found[month.first] = month_of_corner(report.whole, smallest, whole=whole)
        month = month.after
    return found
