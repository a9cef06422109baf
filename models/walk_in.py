"""People who come without a booking: a first name, what brings them, and a place or a turn.

Admitted at the kiosk where a place is free, and confirmed by somebody of the team; where none is free
the place is a person's decision, in the order of arrival.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.answers import Outcome, Person, Sitting
from models.arrival import Desk, Wish, join
from models.connection import db_time, from_db_time
from models.half_days import SITTING, beside, coming, day_bounds, open_now, sitting_of
from models.help import MANY, call_help
from models.ids import uuid7
from models.ledger import events_of, standing
from models.log import Author
from models.marking import Mark, Marked, MarkPerson, Refused, Writing, confirm, mark
from models.names import shown_name
from models.registers import set_fields
from models.requests import At, Colleague
from models.roster import roster_of
from models.words import AUDIENCES, Answer, Way

if TYPE_CHECKING:
    from models.connection import Connection

LONGEST_NAME = 30
"""Letters of a first name that somebody gives at the kiosk."""

_WALK_INS = (
    f"select {SITTING}, b.id, b.participant_id, b.status, b.asked_at, p.first_name, p.last_name"
    " from half_day h join booking b on b.half_day_id = h.id join participant p on p.id = b.participant_id"
    " where h.corner_id = ? and h.ends_at > ? and h.starts_at < ? and b.asked_at is not null"
    " and p.merged_into = ''"
    " and (b.status = 'waiting' or (b.status = 'booked' and b.source = 'walk_in' and b.confirmed_at is null))"
    " order by b.asked_at, b.id"
)
TAKEN_BACK = "walk_in_taken_back"
"""Why something does not count any more where nobody said why."""

_BOOKING = "select participant_id, half_day_id, status from booking where id = ?"


@dataclass(frozen=True, slots=True)
class Guest:
    """What somebody without a booking says of themselves."""

    first_name: str
    audience: str
    """A word of ``models.words.AUDIENCES``."""
    language: str


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody without a booking who waits for a person's decision."""

    booking_id: str
    participant_id: str
    name: str
    half_day: Sitting
    waiting: bool
    """On the waiting list; else admitted and not yet confirmed."""
    asked_at: datetime


def first_name_of(text: str) -> str:
    """A first name as it is kept: letters, blanks, hyphens and apostrophes, at most thirty signs.

    Raises:
        ValueError: there is no letter in it.
    """
    kept = [sign if sign.isalpha() or sign in "-'’" or unicodedata.combining(sign) else " " for sign in text]
    name = " ".join("".join(kept).split()).strip(" -'’")[:LONGEST_NAME].strip(" -'’")
    if not any(sign.isalpha() for sign in name):
        raise ValueError("a first name has a letter")
    return name


def walk_in(conn: Connection, desk: Desk, guest: Guest, now: datetime, wish: Wish | None = None) -> Outcome:
    """Answer somebody without a booking; nothing is stored before there is a place or a turn to give."""
    name = first_name_of(guest.first_name)
    if guest.audience not in AUDIENCES:
        raise ValueError(guest.audience)
    wish = replace(wish or Wish(), join=True)
    somebody = Person("", name, guest.language)
    open_here = open_now(conn, desk.corner_id, "", desk.policy.doors, now)
    if wish.half_day_id:
        open_here = [(sitting, left) for sitting, left in open_here if sitting.id == wish.half_day_id]
    free = tuple(sitting for sitting, left in open_here if left > 0)
    if not open_here:
        return Outcome(Answer.NOT_BOOKED, now, somebody, next_dates=coming(conn, desk.corner_id, now))
    if len(walk_ins(conn, desk.corner_id, now)) >= desk.policy.walk_ins:
        # So many that nobody can have looked at them: the team decides, and junk takes no more places.
        call_help(conn, Author(desk.kiosk_id, desk.actor, now), MANY)
        return Outcome(Answer.NOT_BOOKED, now, somebody, next_dates=coming(conn, desk.corner_id, now))
    if len(free) > 1:
        return Outcome(Answer.CHOOSE, now, somebody, choices=free, can_join=free)
    participant_id = uuid7(int(now.timestamp() * 1000))
    values = {"first_name": name, "language": guest.language, "audience": guest.audience, "reference": ""}
    author = Author(desk.kiosk_id, desk.actor, now)
    set_fields(conn, author, "participant", participant_id, values, new=True, subject=participant_id)
    outcome = join(conn, desk, replace(somebody, id=participant_id), Way.NAME, now, wish, open_here)
    if outcome is None:
        raise ValueError("a half-day that is open takes a walk-in or a turn")
    return outcome


def walk_ins(conn: Connection, corner_id: str, now: datetime) -> tuple[WalkIn, ...]:
    """Today's walk-ins that wait for a place or for a confirmation, by arrival."""
    _, end = day_bounds(now)
    found = conn.execute(_WALK_INS, (corner_id, db_time(now), db_time(end)))
    return tuple(_walk_in_of(sitting_of(row), *beside(row)) for row in found)


def _walk_in_of(
    sitting: Sitting, booking_id: str, person: str, status: str, asked: str, first: str, last: str | None
) -> WalkIn:
    name = shown_name(first, last)
    return WalkIn(booking_id, person, name, sitting, status == "waiting", from_db_time(asked))


def give_place(at: At, booking_id: str, reason: str | None = None) -> Marked:
    """Confirm a walk-in; give who waits a place, and note the arrival where somebody can arrive now.

    A person of the team may give more places than there are: nobody is sent away by a number.
    """
    row = at.conn.execute(_BOOKING, (booking_id,)).fetchone()
    found = roster_of(at.conn, row[1], at.desk.policy, at.now) if row and row[2] != "cancelled" else None
    people = found.people if found else ()
    person = next((one for one in people if one.booking_id == booking_id), None)
    if person is None:
        return Marked(refused=Refused.GONE)
    if person.waiting:
        marked = mark(at, MarkPerson(row[1], person.person_id, Mark.PRESENT, reason=reason))
        if marked.refused is not Refused.NEEDS_TIME:
            return marked
    if person.status != "booked" or not person.confirmed:
        confirm(at, person)
    return Marked(people=(person.person_id,))


def take_back(
    conn: Connection,
    desk: Desk,
    staff_id: str,
    booking_id: str,
    now: datetime,
    reason: str | None = None,
    act: str = "",
) -> bool:
    """Take somebody off the list, and annul all that stands of them in that half-day; the trace stays.

    Args:
        reason: a word of ``models.words.CORRECTIONS``.
        act: that of a touch which takes several off.

    Returns:
        Whether there was anything to take back.
    """
    row = conn.execute(_BOOKING, (booking_id,)).fetchone()
    if row is None:
        return False
    person_id, half_day_id, status = row
    at = At(conn, replace(desk, actor=staff_id), Colleague(staff_id, "", ""), now)
    known = standing(events_of(conn, half_day_id, person_id))
    if status != "cancelled":
        # Before the first event of the act: where taking back looks for what became of the booking.
        values = {"status": "cancelled"}
        set_fields(conn, at.author, "booking", booking_id, values, new=False, subject=person_id)
    writing = Writing(at, half_day_id, act)
    for event in known:
        writing.annul(person_id, event, reason or TAKEN_BACK)
    return status != "cancelled" or bool(known)
