"""Half-days that are over and not closed: a list that can reach zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.answers import Sitting
from models.connection import db_time
from models.figures import figures_of
from models.half_days import SITTING, sitting_of
from models.requests import NEAR, At, Request, near
from models.rights import Action, may
from models.roster import HalfDayRoster, rosters_between
from models.settling import is_closed

if TYPE_CHECKING:
    from models.connection import Connection

# Where nobody was expected and nothing was noted there is nothing to sign for.
_UNSETTLED = (
    f"select {SITTING} from half_day h where h.corner_id = ? and h.ends_at <= ? and h.starts_at >= ?"
    " and not exists (select 1 from settlement s where s.half_day_id = h.id)"
    " and (exists (select 1 from attendance_event e where e.half_day_id = h.id)"
    " or (h.status = 'planned' and exists (select 1 from booking b"
    " left join participant p on p.id = b.participant_id where coalesce(p.merged_into, '') = ''"
    " and b.half_day_id = h.id and b.status in ('booked', 'waiting'))))"
    " order by h.starts_at, h.room, h.id"
)

DAYS = 30
"""How far back what is unsettled is looked for."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is to be closed."""

    half_days: tuple[Sitting, ...] = ()
    """The oldest first; those that this colleague may open."""
    beyond: int = 0
    """How many more there are, for colleagues who may open other days."""


@dataclass(frozen=True, slots=True)
class UnsettledHalfDays(Request[Unsettled]):
    """The half-days of the last days that are over and not closed."""

    action: ClassVar[Action] = Action.SETTLE
    writes: ClassVar[bool] = False
    since: datetime | None = None
    """Further back than the last days, for whoever may see any day."""

    def do(self, at: At) -> Unsettled:
        """All of them for whoever may see any day, else those of yesterday and today."""
        first = self.since or at.now - timedelta(days=DAYS)
        rosters = rosters_between(at.conn, at.desk.corner_id, near(at.now)[0], at.now, at.desk.policy, at.now)
        found = to_close(at.conn, at.desk.corner_id, first, at.now, rosters)
        if may(at.colleague.role, Action.ANY_DAY):
            return Unsettled(found)
        today = local(at.now).date()
        close = tuple(one for one in found if today - local(one.starts_at).date() <= NEAR)
        return Unsettled(close, len(found) - len(close))


def to_close(
    conn: Connection, corner_id: str, first: datetime, now: datetime, rosters: Iterable[HalfDayRoster]
) -> tuple[Sitting, ...]:
    """Half-days of a corner that are over, and not closed or no more as they were signed; by their start.

    Args:
        first: when the earliest of them begins.
        rosters: the half-days of which it is asked whether they still are what was signed.
    """
    open_ = [sitting_of(row) for row in conn.execute(_UNSETTLED, (corner_id, db_time(now), db_time(first)))]
    for one in rosters:
        signed = one.signed
        # The figures of most have the very hash that was signed; only the others are read.
        if signed and one.half_day.ends_at <= now and figures_of(one).hash != signed.hash:
            open_ += [] if is_closed(conn, one) else [one.half_day]
    return tuple(sorted(open_, key=lambda one: (one.starts_at, one.id)))
