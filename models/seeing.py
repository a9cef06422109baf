"""What the roster screen shows: the half-days in reach, the chosen one with its people, who waits, what
can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.accounts import staff_name
from models.answers import Sitting
from models.connection import db_time
from models.half_days import SITTING, sitting_of
from models.requests import At, Request, near
from models.rights import Action
from models.roster import HalfDayRoster, roster_of
from models.team_list import TeamLine, team_list
from models.undoing import Steps, steps

_IN_REACH = (
    f"select {SITTING} from half_day h where h.corner_id = ? and h.starts_at >= ? and h.starts_at < ?"
    " and (h.status = 'planned' or exists (select 1 from attendance_event e where e.half_day_id = h.id))"
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


@dataclass(frozen=True, slots=True)
class SeeRoster(Request[RosterView]):
    """The roster of a half-day; without one, of the half-day that is on, else of the next."""

    action: ClassVar[Action] = Action.SEE_ROSTER
    writes: ClassVar[bool] = False
    half_day_id: str = ""

    def do(self, at: At) -> RosterView:
        """Look it all up at one moment."""
        near = half_days_near(at)
        chosen = self.half_day_id or _on_now(near, at)
        roster = roster_of(at.conn, chosen, at.desk.policy, at.now) if chosen else None
        signed_by = ""
        if roster is not None and roster.signed is not None:
            signed_by = staff_name(at.conn, roster.signed.actor)
        to_see = team_list(at.conn, at.desk.corner_id, at.now)
        return RosterView(at.now, near, roster, signed_by, to_see, steps(at))


def half_days_near(at: At) -> tuple[Sitting, ...]:
    """The half-days of yesterday, today and tomorrow (P-20); a cancelled one only where somebody came."""
    first, end = near(at.now)
    found = at.conn.execute(_IN_REACH, (at.desk.corner_id, db_time(first), db_time(end)))
    return tuple(sitting_of(row) for row in found)


def _on_now(near: tuple[Sitting, ...], at: At) -> str:
    """The half-day that is on or the next one, their own or the fullest of several, else the last."""
    ahead = [sitting for sitting in near if at.now < sitting.ends_at]
    if not ahead:
        return near[-1].id if near else ""
    together = [sitting for sitting in ahead if sitting.starts_at == ahead[0].starts_at]

    def order(sitting: Sitting) -> tuple[bool, int]:
        own = at.colleague.name in [name.strip() for name in sitting.facilitators.split(",")]
        booked = at.conn.execute(
            "select count(*) from booking where half_day_id = ? and status = 'booked'", (sitting.id,)
        ).fetchone()
        return own, booked[0]

    return max(together, key=order).id
