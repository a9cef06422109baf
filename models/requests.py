"""What the staff side asks for: each request names its action, and nothing is done that the role may not.

A screen makes a request out of what somebody touched; the app runs it here, in one transaction with the
question whether this person may.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from assets.languages import local
from models.arrival import Desk
from models.connection import db_time, from_db_time
from models.half_days import day_bounds
from models.log import Author
from models.rights import PERSONAL, Action, may
from models.sync.silence import is_silent

if TYPE_CHECKING:
    from models.connection import Connection

T_co = TypeVar("T_co", covariant=True)

NEAR = timedelta(days=1)
"""How far from today a half-day may be for whoever has no right to any other (P-20)."""

# An event is the person's, and also that of the walk-in of whom it was noted.
_MET = (
    "select exists (select 1 from half_day h where h.corner_id = ?1 and h.starts_at >= ?2"
    " and h.starts_at < ?3 and (exists (select 1 from booking b where b.half_day_id = h.id"
    " and (b.participant_id = ?4 or b.participant_id in (select id from participant where merged_into = ?4)))"
    " or exists (select 1 from attendance_event e where e.half_day_id = h.id"
    " and ?4 in (e.person_id, e.participant_id))))"
)


class NotAllowed(Exception):
    """The account is closed, its role may not do this, or the half-day or person is out of its reach."""


class Silent(NotAllowed):
    """The kiosk has not heard of its hub for so long that it shows no names until it has."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who of the team is signed in."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class At:
    """Where and when a request is done, and by whom."""

    conn: Connection
    desk: Desk
    """Its actor is the colleague."""
    colleague: Colleague
    now: datetime

    @property
    def author(self) -> Author:
        """Who writes into the log."""
        return Author(self.desk.kiosk_id, self.colleague.id, self.now)


class Request(ABC, Generic[T_co]):
    """Something that the staff side asks for."""

    __slots__ = ()

    action: ClassVar[Action]
    """What the role must be allowed."""
    writes: ClassVar[bool] = True
    """Whether it changes anything: what only reads holds up no arrival."""

    @property
    def reaches(self) -> str:
        """The half-day that it is about; empty for a request about none."""
        return getattr(self, "half_day_id", "")

    @property
    def about(self) -> str:
        """The person that it is about; empty where that is about nobody, or about whom a half-day names."""
        return "" if self.reaches else getattr(self, "person_id", "")

    @abstractmethod
    def do(self, at: At) -> T_co:
        """Do it; the caller's transaction commits."""


def colleague(conn: Connection, staff_id: str) -> Colleague | None:
    """An account that is open; ``None`` where there is none."""
    row = conn.execute(
        "select id, name, role from staff_member where id = ? and closed_at is null", (staff_id,)
    ).fetchone()
    return Colleague(*row) if row else None


def run(conn: Connection, desk: Desk, staff_id: str, now: datetime, request: Request[T_co]) -> T_co:
    """Do what somebody of the team asks for.

    Raises:
        NotAllowed: they may not; nothing has been changed.
        Silent: nobody may, for now.
    """
    who = colleague(conn, staff_id)
    if who is None or not may(who.role, request.action):
        raise NotAllowed(request.action)
    if request.action in PERSONAL and is_silent(conn, desk.policy, now):
        raise Silent(request.action)
    if request.reaches and not in_reach(conn, desk, who, now, request.reaches):
        raise NotAllowed(Action.ANY_DAY)
    if request.about and not is_met(conn, desk, who, now, request.about):
        raise NotAllowed(Action.ANY_DAY)
    return request.do(At(conn, desk, who, now))


_NOTED = "select 1 from attendance_event where half_day_id = ? and at >= ? and at < ? limit 1"


def near(now: datetime) -> tuple[datetime, datetime]:
    """First moment of yesterday, and of the day after tomorrow."""
    # By the days of the calendar: 24 hours before the end of a day of 25 it is still the same day.
    return day_bounds(local(now) - NEAR)[0], day_bounds(local(now) + NEAR)[1]


def in_reach(conn: Connection, desk: Desk, who: Colleague, now: datetime, half_day_id: str) -> bool:
    """Whether somebody may see this half-day: of this corner, and near enough for their role (P-20)."""
    row = conn.execute("select corner_id, starts_at from half_day where id = ?", (half_day_id,)).fetchone()
    if row is None or row[0] != desk.corner_id or row[1] is None:
        return False
    days = abs(local(from_db_time(row[1])).date() - local(now).date())
    if days <= NEAR or may(who.role, Action.ANY_DAY):
        return True
    # Moved while people were in: whoever has let them in still has them there.
    span = (half_day_id, *map(db_time, near(now)))
    return conn.execute(_NOTED, span).fetchone() is not None


def is_met(conn: Connection, desk: Desk, who: Colleague, now: datetime, person_id: str) -> bool:
    """Whether somebody may do something about this person: who is or was in a half-day in reach (P-20).

    Any booking ties them to it, also a cancelled one, and any event; also those of a walk-in who turned
    out to be them. Not the other way round: a walk-in of last month is out of reach, whoever they are.
    """
    if may(who.role, Action.ANY_DAY):
        return True
    first, end = near(now)
    found = conn.execute(_MET, (desk.corner_id, db_time(first), db_time(end), person_id)).fetchone()
    return bool(found[0])
