"""Half-days that are over and not closed: a list that can reach zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from assets.languages import local
from models.answers import Sitting
from models.connection import db_time
from models.half_days import SITTING, sitting_of
from models.requests import NEAR, At, Request, near
from models.rights import Action, may
from models.roster import roster_of
from models.settling import is_closed

# Where nobody was expected and nothing was noted there is nothing to sign for.
_UNSETTLED = (
    f"select {SITTING} from half_day h where h.corner_id = ? and h.ends_at <= ? and h.starts_at >= ?"
    " and not exists (select 1 from settlement s where s.half_day_id = h.id)"
    " and (exists (select 1 from attendance_event e where e.half_day_id = h.id)"
    " or (h.status = 'planned' and exists (select 1 from booking b"
    " join participant p on p.id = b.participant_id and p.merged_into = ''"
    " where b.half_day_id = h.id and b.status in ('booked', 'waiting'))))"
    " order by h.starts_at, h.room, h.id"
)


_SIGNED = (
    "select h.id from half_day h where h.corner_id = ? and h.ends_at <= ? and h.starts_at >= ?"
    " and exists (select 1 from settlement s where s.half_day_id = h.id)"
)


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
    days: int = 30

    def do(self, at: At) -> Unsettled:
        """All of them for whoever may see any day, else those of yesterday and today."""
        first = at.now - timedelta(days=self.days)
        rows = at.conn.execute(_UNSETTLED, (at.desk.corner_id, db_time(at.now), db_time(first)))
        found = tuple(sitting_of(row) for row in rows)
        found = tuple(sorted((*found, *self._corrected(at)), key=lambda one: (one.starts_at, one.id)))
        if may(at.colleague.role, Action.ANY_DAY):
            return Unsettled(found)
        today = local(at.now).date()
        close = tuple(one for one in found if today - local(one.starts_at).date() <= NEAR)
        return Unsettled(close, len(found) - len(close))

    def _corrected(self, at: At) -> list[Sitting]:
        """Those that are no longer as they were signed, of the days that everybody may see."""
        rosters = (
            roster_of(at.conn, row[0], at.desk.policy, at.now)
            for row in at.conn.execute(
                _SIGNED, (at.desk.corner_id, db_time(at.now), db_time(near(at.now)[0]))
            ).fetchall()
        )
        return [one.half_day for one in rosters if one is not None and not is_closed(at.conn, one)]
