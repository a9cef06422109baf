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
from models.arrival import Desk, Wish, arrive, join
from models.connection import body_time, db_time, from_db_time
from models.half_days import SITTING, beside, coming, day_bounds, open_now, sitting_of
from models.help import MANY, call_help
from models.ids import uuid7
from models.ledger import events_of, presence
from models.log import Author, record
from models.names import shown_name
from models.registers import set_fields
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


def give_place(conn: Connection, desk: Desk, staff_id: str, booking_id: str, now: datetime) -> Outcome | None:
    """Confirm a walk-in, or give a waiting one a place and note the arrival; ``None`` where it is gone.

    A person of the team may give more places than there are: nobody is sent away by a number.
    """
    row = conn.execute(_BOOKING, (booking_id,)).fetchone()
    if row is None or row[2] == "cancelled":
        return None
    author = Author(desk.kiosk_id, staff_id, now)
    values = {"status": "booked", "confirmed_at": body_time(now)}
    set_fields(conn, author, "booking", booking_id, values, new=False, subject=row[0])
    return arrive(conn, replace(desk, actor=staff_id), row[0], Way.FACILITATOR, now, Wish(row[1]))


def take_back(conn: Connection, desk: Desk, staff_id: str, booking_id: str, now: datetime) -> bool:
    """Take a walk-in off the list, and annul an arrival that came with it; the trace stays."""
    row = conn.execute(_BOOKING, (booking_id,)).fetchone()
    if row is None or row[2] == "cancelled":
        return False
    author = Author(desk.kiosk_id, staff_id, now)
    set_fields(conn, author, "booking", booking_id, {"status": "cancelled"}, new=False, subject=row[0])
    arrived = presence(events_of(conn, row[1], row[0])).arrival_id
    if arrived is not None:
        at = body_time(now)
        body = {
            "participant": row[0],
            "half_day": row[1],
            "at": at,
            "stored": at,
            "way": Way.FACILITATOR,
            "annuls": arrived,
            "reason": "walk_in_taken_back",
        }
        record(conn, author, "attendance.annulled", "attendance", row[1], body, subject=row[0])
    return True
