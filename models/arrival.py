"""The rule of arriving: one function that every way of arriving uses, with its fourteen answers.

It runs on the open connection inside the caller's transaction and never raises for a person's
situation. What it stores is one row of the log with its projection (two for a walk-in).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assets.languages import local
from models import refusals
from models.answers import Outcome, Person, Sitting
from models.codes import Form, Shape, digest, read_code
from models.connection import body_time, db_time
from models.half_days import SITTING, beside, coming, open_now, sitting_of
from models.help import call_help
from models.ids import named_id
from models.ledger import events_of, presence
from models.log import Author, record
from models.names import shown_name
from models.policy import Policy
from models.registers import set_fields
from models.words import PARTICIPANT, Answer, Way

if TYPE_CHECKING:
    from models.connection import Connection

LOOK_BACK = timedelta(days=8)
"""How long a missed half-day still explains why somebody comes today."""

ASKED_HERE = "corner"
"""The source of what people ask for at the kiosk, as ``models.words.SOURCES`` has it."""

TOLD = (Answer.OVER, Answer.OTHER_CORNER, Answer.CANCELLED)
"""Answers that a person of the team must see to: they are called."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an arrival is taken: the kiosk, its corner, the key of the codes, the corner's policy."""

    kiosk_id: str
    corner_id: str
    key: bytes
    policy: Policy
    actor: str = PARTICIPANT
    """Who writes the arrival: the person at the kiosk, or the system for a command."""
    clock_sure: bool = True
    """False when the clock may be wrong; the arrival counts and is marked to be checked (P-38)."""
    other_keys: tuple[bytes, ...] = ()
    """Keys of the corner's other kiosks: what was made under one of them opens the same."""

    @property
    def keys(self) -> tuple[bytes, ...]:
        """Every key under which a code of this corner may have been made."""
        return (self.key, *self.other_keys)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for beyond arriving: one of several half-days, or a free place."""

    half_day_id: str | None = None
    join: bool = False


@dataclass(frozen=True, slots=True)
class _Booked:
    """A booking with its half-day."""

    id: str
    status: str
    sitting: Sitting
    cancelled: bool


# Whoever turned out to be a known person arrives as that one, whatever they show.
_PERSON = (
    "select id, first_name, last_name, language from participant where id = coalesce("
    "(select k.id from participant p join participant k on k.id = p.merged_into where p.id = ?1), ?1)"
)
_OWNERS = (
    "select distinct coalesce(nullif(p.merged_into, ''), c.participant_id) from code c"
    " left join participant p on p.id = c.participant_id"
    " where c.digest = ? and c.form = ? and c.revoked_at is null and c.participant_id <> ''"
)
_KNOWN = "select status, asked_at, source from booking where id = ?"
_BOOKED = (
    f"select {SITTING}, h.status, b.id, b.status from booking b join half_day h on h.id = b.half_day_id"
    # What was asked for and declined was never a place.
    " where b.participant_id = ? and h.ends_at > ? and not (b.status = 'cancelled' and (b.source = 'walk_in'"
    " or (b.asked_at is not null and b.confirmed_at is null)))"
    " order by h.starts_at, h.id"
)


def check_in(
    conn: Connection, desk: Desk, text: str, way: Way, now: datetime, wish: Wish | None = None
) -> Outcome:
    """Answer a card that was shown or a code that was typed.

    Args:
        text: what arrived, unread; it is neither stored nor given back.
        way: how it arrived; a 24-letter token counts as a card whichever way it came.
        now: aware; the time of the arrival.
    """
    author = Author(desk.kiosk_id, desk.actor, now)
    reading = read_code(text)
    if reading.shape is Shape.FOREIGN:
        # Not of this house (P-07): no row, so that nothing of it can be guessed from the log.
        return Outcome(Answer.UNKNOWN if way is Way.CARD else Answer.MISTYPED, now)
    if reading.shape is Shape.MISTYPED:
        # Held down or repeated, slips would fill the log: a pause has written down what there is to say.
        if refusals.paused_until(conn, desk.kiosk_id, now) is None:
            refusals.refuse(conn, author, Form.SHORT, refusals.MISTYPED, desk.policy)
        return Outcome(Answer.MISTYPED, now)
    form = Form(reading.shape)
    if form is Form.SHORT and (until := refusals.paused_until(conn, desk.kiosk_id, now)):
        return Outcome(Answer.PAUSE, now, until=until)
    owners = {
        owner
        for key in desk.keys
        for (owner,) in conn.execute(_OWNERS, (digest(key, reading.letters), form)).fetchall()
    }
    # Two kiosks that were cut off may have given one short code to two people: then it is nobody's.
    if len(owners) == 1:
        (owner,) = owners
        if form is Form.CARD or _opens(conn, owner, desk, now):
            used = Way.CARD if form is Form.CARD and way is Way.CODE else way
            return arrive(conn, desk, owner, used, now, wish)
    refusals.refuse(conn, author, form, refusals.UNKNOWN, desk.policy)
    return Outcome(Answer.UNKNOWN, now)


def _opens(conn: Connection, participant_id: str, desk: Desk, now: datetime) -> bool:
    """Whether a short code is alive: its person has a half-day from yesterday to the next seven days.

    Or whatever days the corner's policy says.
    """
    today = local(now).date()
    first = today - timedelta(days=desk.policy.code_days_before)
    last = today + timedelta(days=desk.policy.code_days_after)
    # Two days more: the window is one of whole days, whatever the clock and its changes do to them.
    window = timedelta(days=desk.policy.code_days_before + 2)
    booked = _bookings(conn, participant_id, now, max(LOOK_BACK, window))
    return any(first <= local(b.sitting.starts_at).date() <= last for b in booked)


def arrive(
    conn: Connection, desk: Desk, participant_id: str, way: Way, now: datetime, wish: Wish | None = None
) -> Outcome:
    """Answer the arrival of a known person, and store it where it is one."""
    row = conn.execute(_PERSON, (participant_id,)).fetchone()
    if row is None or not row[1]:  # nobody, or nobody any more
        return Outcome(Answer.UNKNOWN, now)
    wish = wish or Wish()
    person = Person(row[0], shown_name(row[1], row[2]), row[3])
    booked = _bookings(conn, person.id, now)
    here = [b for b in booked if b.sitting.corner_id == desk.corner_id]
    running = [b for b in here if _is_open(b.sitting, desk.policy, now)]

    for booking in running:
        seen = presence(events_of(conn, booking.sitting.id, person.id))
        if seen.present:
            return Outcome(
                Answer.ALREADY_HERE,
                now,
                person,
                booking.sitting,
                event_id=seen.arrival_id,
                arrived_at=seen.arrived_at,
            )

    mine = [b for b in running if b.status == "booked" and not b.cancelled]
    # Whoever asks for a place in their own half-day has it.
    chosen = [b for b in mine if b.sitting.id == wish.half_day_id]
    if chosen or (len(mine) == 1 and not wish.half_day_id):
        mine = chosen or mine
        return _welcome(conn, desk, person, mine[0].sitting, way, now)
    if mine:
        return Outcome(Answer.CHOOSE, now, person, choices=tuple(b.sitting for b in mine))

    joinable = open_now(conn, desk.corner_id, person.id, desk.policy.doors, now)
    if wish.join and (joined := join(conn, desk, person, way, now, wish, joinable)):
        return joined
    outcome = _not_here_now(conn, desk, person, now, booked, joinable)
    if outcome.answer in TOLD:
        author = Author(desk.kiosk_id, desk.actor, now)
        call_help(conn, author, str(outcome.answer), people=(person.id,))
    return outcome


def _bookings(
    conn: Connection, participant_id: str, now: datetime, back: timedelta = LOOK_BACK
) -> list[_Booked]:
    found = conn.execute(_BOOKED, (participant_id, db_time(now - back)))
    bookings = [(sitting_of(row), *beside(row)) for row in found]
    return [_Booked(own, status, sitting, held == "cancelled") for sitting, held, own, status in bookings]


def _is_open(sitting: Sitting, policy: Policy, now: datetime) -> bool:
    return sitting.starts_at - policy.doors <= now < sitting.ends_at


def _welcome(
    conn: Connection, desk: Desk, person: Person, sitting: Sitting, way: Way, now: datetime
) -> Outcome:
    """Store the arrival and welcome the person."""
    at = body_time(now)
    body: dict[str, str | bool] = {
        "participant": person.id,
        "half_day": sitting.id,
        "at": at,
        "stored": at,
        "way": way,
    }
    if not desk.clock_sure:
        body["clock_sure"] = False
    author = Author(desk.kiosk_id, desk.actor, now)
    row = record(conn, author, "attendance.arrived", "attendance", sitting.id, body, subject=person.id)
    # To the minute: a clock that shows the last minute of the tolerance is still on time.
    late = now.replace(second=0, microsecond=0) > sitting.starts_at + desk.policy.grace
    answer = Answer.WELCOME_LATE if late else Answer.WELCOME
    return Outcome(answer, now, person, sitting, event_id=row.id, arrived_at=now)


def join(
    conn: Connection,
    desk: Desk,
    person: Person,
    way: Way,
    now: datetime,
    wish: Wish,
    joinable: list[tuple[Sitting, int]],
) -> Outcome | None:
    """Give a walk-in a free place, or a turn on the waiting list; ``None`` where nothing is open."""
    if wish.half_day_id:
        # One that has closed meanwhile is not replaced by another that nobody asked for.
        joinable = [(s, left) for s, left in joinable if s.id == wish.half_day_id]
    free = [s for s, left in joinable if left > 0]
    if len(free) > 1:
        return Outcome(Answer.CHOOSE, now, person, choices=tuple(free), can_join=tuple(free))
    if not joinable:
        return None
    sitting = free[0] if free else joinable[0][0]
    booking_id = named_id("booking", person.id, sitting.id)
    known = conn.execute(_KNOWN, (booking_id,)).fetchone()
    author = Author(desk.kiosk_id, desk.actor, now)
    status = "booked" if free else "waiting"
    values = {"status": status}
    if known is None:
        values |= {"participant_id": person.id, "half_day_id": sitting.id, "source": "walk_in"}
    if known is None or known[1] is None:
        values["asked_at"] = body_time(now)
    if known is not None and known[2] == ASKED_HERE and free:
        # A request is no booking: whoever comes in by it walks in, and somebody of the team confirms it.
        values["source"] = "walk_in"
    if known is None or known[0] != status or len(values) > 1:
        set_fields(conn, author, "booking", booking_id, values, new=known is None, subject=person.id)
    if free:
        return _welcome(conn, desk, person, sitting, way, now)
    return Outcome(Answer.FULL, now, person, sitting, next_dates=coming(conn, desk.corner_id, now))


def _not_here_now(
    conn: Connection,
    desk: Desk,
    person: Person,
    now: datetime,
    booked: list[_Booked],
    joinable: list[tuple[Sitting, int]],
) -> Outcome:
    """The answer to a known person who has no place in what is open now, most helpful first."""
    today = local(now).date()

    def on(booking: _Booked) -> date:
        return local(booking.sitting.starts_at).date()

    standing = [b for b in booked if b.status == "booked" and not b.cancelled]
    here_today = [b for b in standing if b.sitting.corner_id == desk.corner_id and on(b) == today]
    own = tuple(b.sitting for b in standing if b.sitting.starts_at > now)
    can_join = tuple(sitting for sitting, left in joinable if left > 0)
    bare = Outcome(Answer.NOT_BOOKED, now, person)

    for booking in here_today:
        opens = booking.sitting.starts_at - desk.policy.doors
        if now < opens:
            return replace(bare, answer=Answer.TOO_EARLY, half_day=booking.sitting, opens_at=opens)
    full = {sitting.id for sitting, left in joinable if left <= 0}
    waiting = [b for b in booked if b.status == "waiting" and b.sitting.id in full]
    for booking in waiting:
        _take_turn(conn, desk, person, now, booking)
    if waiting:
        # Where something else has a place it is offered; the turn is theirs all the same.
        dates = coming(conn, desk.corner_id, now)
        mine = waiting[0].sitting
        return replace(bare, answer=Answer.FULL, half_day=mine, next_dates=dates, can_join=can_join)
    if here_today:
        last = here_today[-1].sitting
        seen = presence(events_of(conn, last.id, person.id))
        if seen.present:
            # Whoever was there and shows the card once more is not told that they have missed it.
            return replace(
                bare, answer=Answer.ALREADY_HERE, half_day=last, event_id=seen.arrival_id,
                arrived_at=seen.arrived_at,
            )  # fmt: skip
        return replace(bare, answer=Answer.OVER, half_day=last, next_dates=own)
    for booking in standing:
        elsewhere = booking.sitting.corner_id != desk.corner_id and on(booking) == today
        if elsewhere and now < booking.sitting.ends_at:
            return replace(bare, answer=Answer.OTHER_CORNER, half_day=booking.sitting)
    for booking in booked:
        cancelled = booking.cancelled or booking.status == "cancelled"
        here = booking.sitting.corner_id == desk.corner_id and on(booking) == today
        if cancelled and here and now < booking.sitting.ends_at:
            return replace(bare, answer=Answer.CANCELLED, half_day=booking.sitting, next_dates=own)
    other = own[0] if own else _missed(conn, person, standing, now)
    if other is not None:
        return replace(bare, answer=Answer.OTHER_DAY, half_day=other, next_dates=own, can_join=can_join)
    dates = () if can_join else coming(conn, desk.corner_id, now)
    return replace(bare, can_join=can_join, next_dates=dates)


def _missed(conn: Connection, person: Person, standing: list[_Booked], now: datetime) -> Sitting | None:
    """The last half-day that the person was booked for and did not come to."""
    for booking in reversed(standing):
        sitting = booking.sitting
        if sitting.ends_at <= now and presence(events_of(conn, sitting.id, person.id)).arrived_at is None:
            return sitting
    return None


def _take_turn(conn: Connection, desk: Desk, person: Person, now: datetime, booking: _Booked) -> None:
    """Somebody of the waiting list has come and no place is free: their turn is by arrival."""
    row = conn.execute("select asked_at from booking where id = ?", (booking.id,)).fetchone()
    if row[0] is None:
        author = Author(desk.kiosk_id, desk.actor, now)
        asked = {"asked_at": body_time(now)}
        set_fields(conn, author, "booking", booking.id, asked, new=False, subject=person.id)
