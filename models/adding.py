"""Somebody of the team adds a person by hand: a known one, or a new walk-in by first name.

Whoever is added has a place, also beyond the capacity: nobody is sent away by a number. Where the
half-day is open they are noted as there; for another day they only have the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.connection import body_time
from models.finding import who_is
from models.ids import named_id, uuid7
from models.marking import Mark, MarkPerson, can_arrive, mark
from models.names import folded
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action
from models.roster import roster_of
from models.walk_in import Guest, first_name_of
from models.words import AUDIENCES, CORRECTIONS

if TYPE_CHECKING:
    from datetime import datetime

    from models.answers import Sitting
    from models.roster import HalfDayRoster

_BOOKING = "select status, source, asked_at from booking where id = ?"
_KNOWN = "select reference, merged_into from participant where id = ?"


class NotAdded(StrEnum):
    """Why nobody was added, and what is needed."""

    GONE = "gone"
    """There is no such half-day, or it has been cancelled."""
    NOBODY = "nobody"
    """Not a known person."""
    NO_NAME = "no_name"
    """No letter in the first name, or no word for what brings them."""
    SAME_NAME = "same_name"
    """A walk-in of that first name is on the list: is it another person?"""
    NEEDS_REASON = "needs_reason"
    """The half-day is closed: a word of ``models.words.CORRECTIONS``."""
    NEEDS_TIME = "needs_time"
    """The half-day is closed and nobody can arrive in it now: when did they come?"""
    WRONG_TIME = "wrong_time"
    """Outside the half-day, or still to come."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of it."""

    refused: NotAdded | None = None
    person_id: str = ""
    name: str = ""
    """``Binta O.``"""
    present: bool = False
    """Noted as there."""
    booked: int = 0
    """Places that are taken now."""
    capacity: int = 0
    half_day: Sitting | None = None
    """Of which half-day a time is needed."""


@dataclass(frozen=True, slots=True)
class AddKnown(Request[Added]):
    """A known person has a place in this half-day."""

    action: ClassVar[Action] = Action.ADMIT
    half_day_id: str
    person_id: str
    reason: str | None = None
    moment: datetime | None = None
    """When they came, where that is not now."""

    def do(self, at: At) -> Added:
        """See ``add_known``."""
        return add_known(at, self)


@dataclass(frozen=True, slots=True)
class AddGuest(Request[Added]):
    """Somebody new, by first name, has a place in this half-day."""

    action: ClassVar[Action] = Action.ADMIT
    half_day_id: str
    guest: Guest
    another: bool = False
    """Another person than the walk-in of that first name who is on the list."""
    reason: str | None = None
    moment: datetime | None = None
    """When they came, where that is not now."""

    def do(self, at: At) -> Added:
        """See ``add_guest``."""
        return add_guest(at, self)


def add_known(at: At, wanted: AddKnown) -> Added:
    """Give a known person a place and note that they are there; twice is once."""
    found = roster_of(at.conn, wanted.half_day_id, at.desk.policy, at.now)
    if found is None or (refused := _refused(found, wanted.reason)):
        return Added(NotAdded.GONE if found is None else refused)
    known = at.conn.execute(_KNOWN, (wanted.person_id,)).fetchone()
    if known is None or not known[0] or known[1]:
        return Added(NotAdded.NOBODY)
    came = any(one.person_id == wanted.person_id and one.reckoning.arrived_at for one in found.people)
    if not came and (refused := _refused_time(at, found, wanted.moment)):
        return Added(refused, half_day=found.half_day)
    booking_id = named_id("booking", wanted.person_id, wanted.half_day_id)
    row = at.conn.execute(_BOOKING, (booking_id,)).fetchone()
    values: dict[str, str] = {}
    if row is None:
        values = {
            "participant_id": wanted.person_id, "half_day_id": wanted.half_day_id, "source": "corner",
            "status": "booked",
        }  # fmt: skip
    elif row[0] != "booked":
        values = {"status": "booked"}
        if row[1] == "walk_in" or row[2] is not None:
            values["confirmed_at"] = body_time(at.now)
    if values:
        set_fields(
            at.conn, at.author, "booking", booking_id, values, new=row is None, subject=wanted.person_id
        )
    return _there(at, wanted, wanted.person_id)


def add_guest(at: At, wanted: AddGuest) -> Added:
    """Make a walk-in who is confirmed at once, and note that they are there."""
    found = roster_of(at.conn, wanted.half_day_id, at.desk.policy, at.now)
    if found is None or (refused := _refused(found, wanted.reason)):
        return Added(NotAdded.GONE if found is None else refused)
    try:
        name = first_name_of(wanted.guest.first_name)
    except ValueError:
        return Added(NotAdded.NO_NAME)
    if wanted.guest.audience not in AUDIENCES:
        return Added(NotAdded.NO_NAME)
    walk_ins = [
        one for one in found.people if one.walk_in and not one.reference and one.status != "cancelled"
    ]
    if not wanted.another and any(folded(one.name) == folded(name) for one in walk_ins):
        return Added(NotAdded.SAME_NAME, name=name)
    if refused := _refused_time(at, found, wanted.moment):
        return Added(refused, half_day=found.half_day)
    person_id = uuid7(int(at.now.timestamp() * 1000))
    person = {
        "first_name": name, "language": wanted.guest.language, "audience": wanted.guest.audience,
        "reference": "",
    }  # fmt: skip
    set_fields(at.conn, at.author, "participant", person_id, person, new=True, subject=person_id)
    now = body_time(at.now)
    booking = {
        "participant_id": person_id, "half_day_id": wanted.half_day_id, "source": "walk_in",
        "status": "booked", "asked_at": now, "confirmed_at": now,
    }  # fmt: skip
    booking_id = named_id("booking", person_id, wanted.half_day_id)
    set_fields(at.conn, at.author, "booking", booking_id, booking, new=True, subject=person_id)
    return _there(at, wanted, person_id)


def _refused(found: HalfDayRoster, reason: str | None) -> NotAdded | None:
    if found.cancelled:
        return NotAdded.GONE
    if found.signed is not None and reason not in CORRECTIONS:
        return NotAdded.NEEDS_REASON
    return None


def _refused_time(at: At, found: HalfDayRoster, moment: datetime | None) -> NotAdded | None:
    """Why an arrival cannot be noted then, where one has to be.

    A place alone is none after closing: the reason would be written nowhere, and the person unmarked.
    """
    if moment is None and (found.signed is None or can_arrive(at.now, found.half_day, at.desk.policy)):
        return None
    if moment is None:
        return NotAdded.NEEDS_TIME
    fits = moment <= at.now and can_arrive(moment, found.half_day, at.desk.policy)
    return None if fits else NotAdded.WRONG_TIME


def _there(at: At, wanted: AddKnown | AddGuest, person_id: str) -> Added:
    """Note the arrival where somebody can have arrived then; where not, the place is all."""
    half_day_id = wanted.half_day_id
    mark(at, MarkPerson(half_day_id, person_id, Mark.PRESENT, reason=wanted.reason, moment=wanted.moment))
    found = roster_of(at.conn, half_day_id, at.desk.policy, at.now)
    who = who_is(at.conn, person_id)
    if found is None or who is None:
        return Added(NotAdded.GONE)
    line = next((one for one in found.people if one.person_id == person_id), None)
    present = line is not None and line.reckoning.present
    return Added(None, person_id, who.name, present, found.booked, found.capacity)
