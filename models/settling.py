"""Closing a half-day: its figures, signed with their hash; what is corrected afterwards stays beside them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from models.answers import Sitting
from models.connection import body_time, from_db_time
from models.equipment import open_loans
from models.exceptions import Exceptional, acknowledged, counts, exceptions_of
from models.log import record
from models.names import shown_name
from models.reckoning import ABSENT, EXCUSED, PRESENT
from models.requests import At, Request
from models.rights import Action
from models.roster import Attendee, HalfDayRoster, roster_of

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


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody signs for; times are those of the bodies of the log."""

    capacity: int
    booked: int
    """People whose booking stands."""
    walk_ins: int
    came: int
    excused: int
    absent: int
    unknown: int
    """People who came, and whose departure nobody noted: counted to the end."""
    minutes: int
    people: tuple[dict[str, Any], ...]
    """Each by opaque id: state, first arrival, departure, minutes."""

    @property
    def text(self) -> str:
        """Canonical JSON: the same figures are the same bytes."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return hash_of(self.text)


@dataclass(frozen=True, slots=True)
class Closing:
    """A time that somebody closed the half-day."""

    at: datetime
    name: str
    """Of who signed."""
    figures: Figures
    hash: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the figures say of one person."""

    state: str = ""
    """Empty where they are not in the figures."""
    minutes: int = 0
    arrived: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the figures say of one person otherwise than when they were signed."""

    person_id: str
    name: str
    before: Standing
    after: Standing


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
            open_exceptions(at.conn, found),
            figures_of(found),
            hindrance(at, found),
            closings,
            corrected(at.conn, found, closings[-1]) if closings else (),
        )


@dataclass(frozen=True, slots=True)
class Settle(Request[Settled]):
    """Close a half-day; whoever asks has just given their PIN."""

    action: ClassVar[Action] = Action.SETTLE
    half_day_id: str

    def do(self, at: At) -> Settled:
        """Write the figures and their hash into the log."""
        found = roster_of(at.conn, self.half_day_id, at.desk.policy, at.now)
        if found is None:
            return Settled(refused=Hindrance.GONE)
        if refused := hindrance(at, found):
            return Settled(refused=refused)
        figures = figures_of(found)
        body = {
            "half_day": self.half_day_id,
            "at": body_time(at.now),
            "figures": figures.text,
            "hash": figures.hash,
        }
        record(at.conn, at.author, "attendance.settled", "attendance", self.half_day_id, body)
        return Settled(figures.hash)


def hash_of(figures: str) -> str:
    """SHA-256 of figures as they are kept."""
    return sha256(figures.encode("utf-8", "surrogatepass")).hexdigest()


def open_exceptions(conn: Connection, roster: HalfDayRoster) -> tuple[Exceptional, ...]:
    """What is odd in a half-day and open."""
    half_day_id = roster.half_day.id
    loans = tuple((loan.equipment, loan.person) for loan in open_loans(conn, half_day_id))
    return exceptions_of(roster, acknowledged(conn, half_day_id), loans)


def hindrance(at: At, roster: HalfDayRoster) -> Hindrance | None:
    """Why a half-day cannot be closed now; ``None`` where nothing stands in the way."""
    if at.now < roster.half_day.starts_at:
        return Hindrance.NOT_BEGUN
    if at.now < roster.half_day.ends_at and any(one.reckoning.present for one in roster.people):
        return Hindrance.STILL_THERE
    if open_exceptions(at.conn, roster):
        return Hindrance.EXCEPTIONS
    if roster.signed is not None and roster.signed.hash == figures_of(roster).hash:
        return Hindrance.ALREADY
    return None


def figures_of(roster: HalfDayRoster) -> Figures:
    """The figures of a half-day: sums over the people who count."""
    people = sorted((one for one in roster.people if counts(roster, one)), key=lambda one: one.person_id)
    known = [one.reckoning for one in people]
    return Figures(
        capacity=roster.capacity,
        booked=sum(not one.walk_in and one.status == "booked" for one in people),
        walk_ins=sum(one.walk_in for one in people),
        came=sum(one.arrived_at is not None for one in known),
        excused=sum(one.state == EXCUSED for one in known),
        absent=sum(one.state == ABSENT for one in known),
        unknown=sum(one.present for one in known),
        minutes=sum(one.minutes for one in known),
        people=tuple(map(_told, people)),
    )


def _told(person: Attendee) -> dict[str, Any]:
    known = person.reckoning
    return {
        "id": person.person_id,
        # Late by a tolerance that may be set otherwise one day: the arrival itself is here.
        "state": PRESENT if known.present else known.state,
        "arrived": body_time(known.arrived_at) if known.arrived_at else None,
        "left": body_time(known.left_at) if known.left_at else None,
        "minutes": known.minutes,
    }


def closings_of(conn: Connection, half_day_id: str) -> tuple[Closing, ...]:
    """Every time that a half-day was closed, the oldest first."""
    found = conn.execute(_SETTLEMENTS, (half_day_id,))
    return tuple(
        Closing(from_db_time(at), name, figures_from(text), hash_) for at, name, text, hash_ in found
    )


def figures_from(text: str) -> Figures:
    """Figures as they were signed."""
    told = json.loads(text)
    told["people"] = tuple(told["people"])
    return Figures(**{name: told[name] for name in Figures.__slots__})


def corrected(conn: Connection, roster: HalfDayRoster, closing: Closing) -> tuple[Correction, ...]:
    """Who stands in the figures otherwise than they were signed; empty where nobody does."""
    before, after = _standings(closing.figures), _standings(figures_of(roster))
    names = {person.person_id: person.name for person in roster.people}
    return tuple(
        Correction(
            person,
            names.get(person) or _name(conn, person),
            before.get(person, Standing()),
            after.get(person, Standing()),
        )
        for person in sorted(before.keys() | after.keys())
        if before.get(person) != after.get(person)
    )


def _standings(figures: Figures) -> dict[str, Standing]:
    return {
        one["id"]: Standing(one["state"], one["minutes"], _moment(one["arrived"]), _moment(one["left"]))
        for one in figures.people
    }


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _name(conn: Connection, person_id: str) -> str:
    row = conn.execute("select first_name, last_name from participant where id = ?", (person_id,)).fetchone()
    return shown_name(*row) if row else ""
