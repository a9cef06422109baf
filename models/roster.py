"""The roster of a day: who is expected, who is there, since when, and how many minutes count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlmodel import col, select

from assets.languages import BRUSSELS
from models.answers import Sitting
from models.ledger import LedgerEvent, presence, standing
from models.names import shown_name
from models.policy import Policy
from models.tables import AttendanceEvent, Booking, HalfDay, Participant
from models.words import Event

if TYPE_CHECKING:
    from sqlmodel import Session

EXPECTED, PRESENT, LATE, LEFT_EARLY = "expected", "present", "late", "left_early"
LEFT, EXCUSED, ABSENT = "left", "excused", "absent"


@dataclass(frozen=True, slots=True)
class State:
    """What the ledger says of one person on one half-day."""

    state: str
    arrived_at: datetime | None
    left_at: datetime | None
    minutes: int
    """Whole minutes inside the half-day; until now while it runs, to its end without a departure."""

    @property
    def present(self) -> bool:
        """There, and not gone."""
        return self.arrived_at is not None and self.left_at is None


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of the roster."""

    reference: str
    name: str
    walk_in: bool
    waiting: bool
    """On the waiting list, and not come: whoever has an arrival that stands is shown by it."""
    booked_by: str | None
    state: State


@dataclass(frozen=True, slots=True)
class HalfDayRoster:
    """One half-day with its people."""

    half_day: Sitting
    capacity: int
    booked: int
    """Places that are taken: by a booking, or by somebody who is there whatever became of theirs."""
    people: tuple[Attendee, ...]
    cancelled: bool = False
    """Cancelled after something had been noted in it; one without any event is not listed."""


def state_of(events: list[LedgerEvent], sitting: Sitting, policy: Policy, now: datetime) -> State:
    """Derive the state from all events in any order; minutes are never negative nor outside the window."""
    known = standing(events)
    moves = [event for event in known if event.kind in (Event.ARRIVED, Event.LEFT)]
    first = next((event.at for event in moves if event.kind == Event.ARRIVED), None)
    if first is None:
        marks = [event.kind for event in known if event.kind in (Event.EXCUSED, Event.ABSENT)]
        return State(marks[-1] if marks else EXPECTED, None, None, 0)
    last = moves[-1]
    left_at = last.at if last.kind == Event.LEFT else None
    minutes = _minutes(moves, sitting, min(now, sitting.ends_at))
    if left_at is not None:
        return State(LEFT_EARLY if left_at < sitting.ends_at else LEFT, first, left_at, minutes)
    late = _to_the_minute(first) > sitting.starts_at + policy.grace
    return State(LATE if late else PRESENT, first, None, minutes)


def _minutes(moves: list[LedgerEvent], sitting: Sitting, until: datetime) -> int:
    """Minutes between arrivals and departures, cut to the half-day.

    Each moment counts as the clock showed it, without its seconds: whoever reads 08:45 and 12:00 must
    find 195 minutes.
    """
    total = timedelta(0)
    since: datetime | None = None
    for event in moves:
        at = _to_the_minute(event.at)
        if event.kind == Event.ARRIVED and since is None:
            since = max(at, sitting.starts_at)
        elif event.kind == Event.LEFT and since is not None:
            total += max(min(at, sitting.ends_at) - since, timedelta(0))
            since = None
    if since is not None:
        total += max(_to_the_minute(until) - since, timedelta(0))
    return int(total.total_seconds() // 60)


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def rosters(session: Session, corner_id: str, on: date, policy: Policy, now: datetime) -> list[HalfDayRoster]:
    """The rosters of a corner's day, in the order of the clock.

    A half-day that was cancelled stays where its ledger holds anything: whoever came has come.
    """
    start = datetime.combine(on, time(), BRUSSELS)
    end = datetime.combine(on + timedelta(days=1), time(), BRUSSELS)
    half_days = session.exec(
        select(HalfDay)
        .where(HalfDay.corner_id == corner_id)
        .where(col(HalfDay.starts_at) >= start, col(HalfDay.starts_at) < end)
        .order_by(col(HalfDay.starts_at), col(HalfDay.room), col(HalfDay.id))
    ).all()
    ids = [half_day.id for half_day in half_days]
    events: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
    for event in session.exec(select(AttendanceEvent).where(col(AttendanceEvent.half_day_id).in_(ids))):
        key = (event.half_day_id, event.participant_id)
        events[key].append(LedgerEvent(event.id, event.kind, event.at, event.annuls))
    people: dict[str, list[tuple[Booking, Participant]]] = defaultdict(list)
    found = session.exec(
        select(Booking, Participant)
        .where(col(Booking.half_day_id).in_(ids), Booking.participant_id == Participant.id)
        .order_by(col(Participant.first_name), col(Participant.last_name), col(Participant.id))
    )
    for booking, participant in found:
        ledger = events.get((booking.half_day_id, participant.id), [])
        taken_back = booking.status == "cancelled" and booking.source == "walk_in"
        if booking.status != "cancelled" or (ledger and not (taken_back and not presence(ledger).arrived_at)):
            people[booking.half_day_id].append((booking, participant))
    noted = {half_day_id for half_day_id, _ in events}
    return [
        _roster(half_day, people[half_day.id], events, policy, now)
        for half_day in half_days
        if half_day.status == "planned" or half_day.id in noted
    ]


def _roster(
    half_day: HalfDay,
    people: list[tuple[Booking, Participant]],
    events: dict[tuple[str, str], list[LedgerEvent]],
    policy: Policy,
    now: datetime,
) -> HalfDayRoster:
    if half_day.starts_at is None or half_day.ends_at is None:
        raise ValueError("a half-day that was selected by its start has one")
    sitting = Sitting(
        half_day.id,
        half_day.programme,
        half_day.corner_id,
        half_day.starts_at,
        half_day.ends_at,
        half_day.room,
        half_day.facilitators or "",
    )
    states = [
        state_of(events.get((half_day.id, person.id), []), sitting, policy, now) for _, person in people
    ]
    attendees = tuple(
        Attendee(
            reference=person.reference,
            name=shown_name(person.first_name, person.last_name),
            walk_in=booking.source == "walk_in",
            waiting=booking.status == "waiting" and state.arrived_at is None,
            booked_by=booking.booked_by,
            state=state,
        )
        for (booking, person), state in zip(people, states, strict=True)
    )
    booked = sum(
        booking.status == "booked" or state.present
        for (booking, _), state in zip(people, states, strict=True)
    )
    return HalfDayRoster(sitting, half_day.capacity, booked, attendees, half_day.status == "cancelled")
