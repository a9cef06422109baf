"""Closing a half-day: its figures, signed with their hash; what is corrected afterwards stays beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.answers import Sitting
from models.at_once import at_once
from models.connection import body_time, from_db_time
from models.equipment import everything_out
from models.exceptions import Exceptional, acknowledged, exceptions_of
from models.figures import Correction, Figures, corrections, figures_from, figures_of, is_as_signed
from models.log import record
from models.requests import At, Request
from models.rights import Action
from models.roster import HalfDayRoster, roster_of

if TYPE_CHECKING:
    from models.connection import Connection

_SETTLEMENTS = (
    "select s.at, coalesce(m.name, ''), s.figures, s.hash from settlement s"
    " left join staff_member m on m.id = s.actor where s.half_day_id = ? order by s.at, s.id"
)


class Hindrance(StrEnum):
    """Why a half-day cannot be closed now."""

    GONE = "gone"
    """There is no such half-day."""
    NOT_BEGUN = "not_begun"
    STILL_THERE = "still_there"
    """It is not over, and somebody is present."""
    EXCEPTIONS = "exceptions"
    """Something odd is open."""
    ALREADY = "already"
    """It has been closed with these very figures."""
    CHANGED = "changed"
    """The figures are not those any more that were looked at."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A time that somebody closed the half-day."""

    at: datetime
    name: str
    """Of who signed."""
    figures: Figures | None
    """``None`` where another version wrote what this one cannot read."""
    hash: str


@dataclass(frozen=True, slots=True)
class Review:
    """A half-day as it is looked at before it is closed, and after."""

    half_day: Sitting
    exceptions: tuple[Exceptional, ...]
    figures: Figures
    hindrance: Hindrance | None
    closings: tuple[Closing, ...]
    """The oldest first; all of them stay."""
    corrections: tuple[Correction, ...]
    """Since it was closed last."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a signature."""

    hash: str = ""
    refused: Hindrance | None = None


@dataclass(frozen=True, slots=True)
class ReviewHalfDay(Request[Review | None]):
    """Look at a half-day as it is closed."""

    action: ClassVar[Action] = Action.SETTLE
    writes: ClassVar[bool] = False
    half_day_id: str

    def do(self, at: At) -> Review | None:
        """``None`` where there is no such half-day."""
        found = roster_of(at.conn, self.half_day_id, at.desk.policy, at.now)
        if found is None:
            return None
        closings = closings_of(at.conn, self.half_day_id)
        return Review(
            found.half_day,
            open_exceptions(at.conn, found, at.now),
            figures_of(found),
            hindrance(at, found),
            closings,
            corrections(at.conn, found, closings[-1].figures) if closings else (),
        )


@dataclass(frozen=True, slots=True)
class Settle(Request[Settled]):
    """Close a half-day; whoever asks has just given their PIN."""

    action: ClassVar[Action] = Action.SETTLE
    half_day_id: str
    hash: str
    """Of the figures that were looked at: what came while the PIN was typed is not signed unseen."""

    def do(self, at: At) -> Settled:
        """Write the figures and their hash into the log."""
        found = roster_of(at.conn, self.half_day_id, at.desk.policy, at.now)
        if found is None:
            return Settled(refused=Hindrance.GONE)
        if refused := hindrance(at, found):
            return Settled(refused=refused)
        figures = figures_of(found)
        if figures.hash != self.hash:
            return Settled(refused=Hindrance.CHANGED)
        body = {
            "half_day": self.half_day_id,
            "at": body_time(at.now),
            "figures": figures.text,
            "hash": figures.hash,
        }
        record(at.conn, at.author, "attendance.settled", "attendance", self.half_day_id, body)
        return Settled(figures.hash)


def open_exceptions(conn: Connection, roster: HalfDayRoster, now: datetime) -> tuple[Exceptional, ...]:
    """What is odd in a half-day and open."""
    ((_, found),) = all_open_exceptions(conn, roster.half_day.corner_id, (roster,), now)
    return found


def all_open_exceptions(
    conn: Connection, corner_id: str, rosters: Iterable[HalfDayRoster], now: datetime
) -> Iterator[tuple[HalfDayRoster, tuple[Exceptional, ...]]]:
    """What is odd and open in each of several half-days of a corner: as many queries as for one."""
    listed = list(rosters)
    ids = [one.half_day.id for one in listed]
    stands, elsewhere = acknowledged(conn, ids), at_once(conn, ids, now)
    loans = everything_out(conn, corner_id)
    for one, id_ in zip(listed, ids, strict=True):
        out = [loan for loan in loans if loan.half_day_id == id_]
        yield one, exceptions_of(one, stands.get(id_, ()), out, elsewhere.get(id_))


def hindrance(at: At, roster: HalfDayRoster) -> Hindrance | None:
    """Why a half-day cannot be closed now; ``None`` where nothing stands in the way."""
    if at.now < roster.half_day.starts_at:
        return Hindrance.NOT_BEGUN
    if at.now < roster.half_day.ends_at and any(one.reckoning.present for one in roster.people):
        return Hindrance.STILL_THERE
    if open_exceptions(at.conn, roster, at.now):
        return Hindrance.EXCEPTIONS
    if is_closed(at.conn, roster):
        return Hindrance.ALREADY
    return None


def is_closed(conn: Connection, roster: HalfDayRoster) -> bool:
    """Whether a half-day has been closed, and still is as it was signed then."""
    closings = closings_of(conn, roster.half_day.id)
    return bool(closings) and is_as_signed(conn, roster, closings[-1].figures, closings[-1].hash)


def closings_of(conn: Connection, half_day_id: str) -> tuple[Closing, ...]:
    """Every time that a half-day was closed, the oldest first."""
    found = conn.execute(_SETTLEMENTS, (half_day_id,))
    return tuple(
        Closing(from_db_time(at), name, figures_from(text), hash_) for at, name, text, hash_ in found
    )
