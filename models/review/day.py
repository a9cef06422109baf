"""The day of a corner: its figures by half-day, and who stands behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.connection import db_time
from models.names import NAMELESS, shown_name
from models.policy import Policy
from models.requests import At, Request
from models.review.attendances import Attendance, Attendances, Held, Origin, Standing, attendances
from models.review.tally import Tally, tally
from models.rights import Action
from models.seeing import JUST_OVER

if TYPE_CHECKING:
    from models.connection import Connection

_NAMES = "select id, first_name, last_name, reference from participant where id in ({0})"

NOBODY = (NAMELESS, "")
"""Name and reference of whom nobody knows any more."""

_STANDING = {
    "came": Standing.CAME,
    "excused": Standing.EXCUSED,
    "absent": Standing.ABSENT,
    "open": Standing.OPEN,
    "refused": Standing.REFUSED,
}
_ORIGIN = {"booked": Origin.BOOKED, "walk_ins": Origin.WALK_IN, "unplanned": Origin.UNPLANNED}


@dataclass(frozen=True, slots=True)
class OfDay:
    """One line of the list behind a figure."""

    person_id: str
    name: str
    """``Binta O.``"""
    reference: str
    """Of the booking office; empty for a walk-in whom nobody has found there."""
    half_day_id: str
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class Day:
    """What happened at a corner on one day, and what is still to come of it."""

    on: date
    is_today: bool
    half_days: tuple[Held, ...]
    tallies: tuple[Tally, ...]
    """The figures of each half-day."""
    whole: Tally
    people: tuple[OfDay, ...]
    """Everybody of the day, by half-day and then by name."""

    def behind(self, figure: str, half_day_id: str = "") -> tuple[OfDay, ...]:
        """Whom a figure counts, of a half-day or of the whole day: as many as it says, but for hours.

        Of hours those who have any; of different people each once.
        """
        listed = [one for one in self.people if half_day_id in ("", one.half_day_id)]
        if figure == "people":
            came = (one for one in listed if one.attendance.standing is Standing.CAME)
            return tuple({one.person_id: one for one in came}.values())
        return tuple(one for one in listed if _is_behind(figure, one.attendance))


def _is_behind(figure: str, one: Attendance) -> bool:
    if figure in _STANDING:
        return one.standing is _STANDING[figure]
    if figure in _ORIGIN:
        return one.origin is _ORIGIN[figure] and one.standing is not Standing.REFUSED
    return one.unknown if figure == "unknown" else one.minutes > 0


def day_of(conn: Connection, corner_id: str, on: date, policy: Policy, now: datetime) -> Day:
    """Everything of a corner's day: half-days that are over, on, and to come."""
    known = attendances(conn, corner_id, on, on, policy, now)
    ids = tuple({one.person_id for one in known.people})
    marks = ", ".join("?" * len(ids))
    names = {row[0]: (shown_name(row[1], row[2]), row[3]) for row in conn.execute(_NAMES.format(marks), ids)}
    people = [
        OfDay(
            one.person_id, *names.get(one.person_id, NOBODY), known.half_days[one.half_day].half_day.id, one
        )
        for one in known.people
    ]
    people.sort(key=lambda one: (one.attendance.half_day, one.name, one.person_id))
    return Day(
        on=on,
        is_today=on == local(now).date(),
        half_days=known.half_days,
        tallies=tuple(_tallies(known)),
        whole=tally(known.half_days, known.people),
        people=tuple(people),
    )


def _tallies(known: Attendances) -> Iterable[Tally]:
    for number, held in enumerate(known.half_days):
        yield tally([held], [one for one in known.people if one.half_day == number])


_ON = (
    "select exists (select 1 from half_day where corner_id = ? and status = 'planned' and starts_at <= ?"
    " and ends_at > ?)"
)


def is_running(conn: Connection, corner_id: str, policy: Policy, now: datetime) -> bool:
    """Whether a half-day is on, from its doors to the moments in which it is closed."""
    span = db_time(now + policy.doors), db_time(now - JUST_OVER)
    return bool(conn.execute(_ON, (corner_id, *span)).fetchone()[0])


@dataclass(frozen=True, slots=True)
class SeeDay(Request[Day]):
    """A day of this corner; without a date, today."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False
    on: date | None = None

    def do(self, at: At) -> Day:
        """See ``day_of``."""
        on = self.on or local(at.now).date()
        return day_of(at.conn, at.desk.corner_id, on, at.desk.policy, at.now)
