"""What the roster screen shows: the half-days in reach, the chosen one with its people, who waits, what
can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from models.accounts import staff_name
from models.answers import Sitting
from models.connection import db_time
from models.half_days import SITTING, day_bounds, sitting_of
from models.requests import At, Request, near
from models.rights import Action, may
from models.roster import HalfDayRoster, roster_of
from models.settling import is_closed
from models.team_list import TeamLine, team_list
from models.undoing import Steps, steps
from models.unsettled import UnsettledHalfDays

LONG_AGO = timedelta(days=31)
"""How far back whoever may see any day turns the pages."""

JUST_OVER = timedelta(minutes=30)
"""How long a half-day that is over and not closed is shown before the next one."""

_IN_REACH = (
    f"select {SITTING} from half_day h where h.corner_id = ?1 and ((h.starts_at >= ?2 and h.starts_at < ?3"
    " and (h.status = 'planned' or exists (select 1 from attendance_event e where e.half_day_id = h.id)))"
    # One that was moved while people were in.
    " or h.id in (select e.half_day_id from attendance_event e where e.kiosk_id = ?4 and e.stored_at >= ?2))"
    " order by h.starts_at, h.room, h.id"
)


@dataclass(frozen=True, slots=True)
class RosterView:
    """Everything on the roster screen."""

    at: datetime
    """When it was so."""
    half_days: tuple[Sitting, ...]
    """Those of yesterday, today and tomorrow, in the order of the clock."""
    roster: HalfDayRoster | None
    """The chosen one; ``None`` where there is none in reach."""
    signed_by: str
    """Name of who closed it; empty while it is open."""
    to_see: tuple[TeamLine, ...]
    steps: Steps
    corrected: bool
    """Whether it was closed, and is no longer as it was signed."""
    unsettled: int
    """How many half-days in reach are over and not closed."""


@dataclass(frozen=True, slots=True)
class SeeRoster(Request[RosterView]):
    """The roster of a half-day; without one, of the half-day that is on, else of the next."""

    action: ClassVar[Action] = Action.SEE_ROSTER
    writes: ClassVar[bool] = False
    half_day_id: str = ""

    def do(self, at: At) -> RosterView:
        """Look it all up at one moment."""
        listed = half_days_near(at)
        chosen = self.half_day_id or _on_now(listed, at)
        roster = roster_of(at.conn, chosen, at.desk.policy, at.now) if chosen else None
        signed_by = ""
        if roster is not None and roster.signed is not None:
            signed_by = staff_name(at.conn, roster.signed.actor)
        to_see = team_list(at.conn, at.desk.corner_id, at.now)
        corrected = roster is not None and roster.signed is not None and not is_closed(at.conn, roster)
        unsettled = len(UnsettledHalfDays().do(at).half_days)
        return RosterView(at.now, listed, roster, signed_by, to_see, steps(at, chosen), corrected, unsettled)


def half_days_near(at: At) -> tuple[Sitting, ...]:
    """The half-days of yesterday, today and tomorrow (P-20), or of the last month for who may see any day.

    A cancelled one only where somebody came.
    """
    first, end = near(at.now)
    if may(at.colleague.role, Action.ANY_DAY):
        first, _ = day_bounds(at.now - LONG_AGO)
    span = (at.desk.corner_id, db_time(first), db_time(end), at.desk.kiosk_id)
    found = at.conn.execute(_IN_REACH, span)
    return tuple(sitting_of(row) for row in found)


def _on_now(listed: tuple[Sitting, ...], at: At) -> str:
    """The half-day that is on or the next one, their own or the fullest of several, else the last."""
    for sitting in UnsettledHalfDays().do(at).half_days[::-1]:
        # Whoever has just seen a group off closes it first.
        if at.now - sitting.ends_at <= JUST_OVER:
            return sitting.id
    ahead = [sitting for sitting in listed if at.now < sitting.ends_at]
    if not ahead:
        return listed[-1].id if listed else ""
    together = [sitting for sitting in ahead if sitting.starts_at == ahead[0].starts_at]

    def order(sitting: Sitting) -> tuple[bool, int]:
        own = at.colleague.name in [name.strip() for name in sitting.facilitators.split(",")]
        booked = at.conn.execute(
            "select count(*) from booking where half_day_id = ? and status = 'booked'", (sitting.id,)
        ).fetchone()
        return own, booked[0]

    return max(together, key=order).id
