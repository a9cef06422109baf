"""Corrections: another time for something that was noted, or that it does not count; always with a reason.

The old value stays readable (P-26): a correction annuls the event and notes it again in the same act,
before the half-day is closed and after. It is taken back as any other act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from models.ledger import LedgerEvent, events_of, standing
from models.marking import Marked, Refused, Writing, behind, can_arrive, can_leave, moves_of, sitting_by_id
from models.reckoning import to_the_minute
from models.requests import At, Request
from models.rights import Action
from models.words import CORRECTIONS, Event, Way

if TYPE_CHECKING:
    from models.answers import Sitting

_EVENT = "select person_id, participant_id, way from attendance_event where id = ? and half_day_id = ?"


@dataclass(frozen=True, slots=True)
class CorrectTime(Request[Marked]):
    """It was at another time."""

    action: ClassVar[Action] = Action.CORRECT
    half_day_id: str
    event_id: str
    moment: datetime
    reason: str

    def do(self, at: At) -> Marked:
        """See ``correct_time``."""
        return correct_time(at, self)


@dataclass(frozen=True, slots=True)
class AnnulEvent(Request[Marked]):
    """It was not so: another person, another key (P-04)."""

    action: ClassVar[Action] = Action.CORRECT
    half_day_id: str
    event_id: str
    reason: str

    def do(self, at: At) -> Marked:
        """See ``annul_event``."""
        return annul_event(at, self)


@dataclass(frozen=True, slots=True)
class _Noted:
    """The event that is put right, among those of the same person that stand."""

    event: LedgerEvent
    known: list[LedgerEvent]
    person_id: str
    participant_id: str
    way: Way


def correct_time(at: At, wanted: CorrectTime) -> Marked:
    """Note an event again with the time that somebody gives; its way stays, its author is who says so."""
    noted = _noted(at, wanted.half_day_id, wanted.event_id)
    sitting = sitting_by_id(at, wanted.half_day_id)
    if noted is None or sitting is None:
        return Marked(refused=Refused.GONE)
    if wanted.reason not in CORRECTIONS:
        return Marked(refused=Refused.NEEDS_REASON)
    event = noted.event
    if wanted.moment > at.now:
        return Marked(refused=Refused.WRONG_TIME)
    if to_the_minute(wanted.moment) == to_the_minute(event.at) and event.clock_sure:
        return Marked(refused=Refused.ALREADY)
    moment: datetime | None = wanted.moment
    if event.kind in (Event.ARRIVED, Event.LEFT):
        moment = _moved(at, noted, wanted.moment, sitting)
    if moment is None:
        return Marked(refused=Refused.WRONG_TIME)
    writing = Writing(at, wanted.half_day_id)
    writing.annul(noted.participant_id, event, wanted.reason)
    # Somebody has said when it was: the clock of the kiosk has no part in it.
    writing.note(
        noted.participant_id, Event(event.kind), moment, noted.way, reason=event.reason, clock_sure=True
    )
    return Marked(writing.act, people=(noted.person_id,))


def annul_event(at: At, wanted: AnnulEvent) -> Marked:
    """Say that an event does not count."""
    noted = _noted(at, wanted.half_day_id, wanted.event_id)
    if noted is None:
        return Marked(refused=Refused.GONE)
    if wanted.reason not in CORRECTIONS:
        return Marked(refused=Refused.NEEDS_REASON)
    writing = Writing(at, wanted.half_day_id)
    writing.annul(noted.participant_id, noted.event, wanted.reason)
    return Marked(writing.act, people=(noted.person_id,))


def _noted(at: At, half_day_id: str, event_id: str) -> _Noted | None:
    """An event that stands; ``None`` for one that is unknown, annulled, or an annulment itself."""
    row = at.conn.execute(_EVENT, (event_id, half_day_id)).fetchone()
    if row is None:
        return None
    known = standing(events_of(at.conn, half_day_id, row[0]))
    event = next((one for one in known if one.id == event_id), None)
    return _Noted(event, known, row[0], row[1], Way(row[2])) if event else None


def _moved(at: At, noted: _Noted, moment: datetime, sitting: Sitting) -> datetime | None:
    """The time as it can be noted; ``None`` where an arrival or a departure cannot have been then.

    Who comes and goes keeps that order, unless the correction is what brings it into order.
    """
    moves = moves_of(noted.known)
    place = moves.index(noted.event)
    if place:
        moment = behind(moment, moves[place - 1].at)
    # As new as it will be: behind whatever has the very same time.
    moved = replace(noted.event, id="~", at=moment)
    others = [event for event in moves if event is not noted.event]
    after = sorted([*others, moved], key=lambda event: (event.at, event.id))
    kinds = [event.kind for event in after]
    if kinds != [event.kind for event in moves] and not _in_turn(kinds):
        return None
    if moved.kind == Event.ARRIVED:
        return moment if can_arrive(moment, sitting, at.desk.policy) else None
    arrivals = [event.at for event in after[: after.index(moved)] if event.kind == Event.ARRIVED]
    return moment if arrivals and can_leave(moment, arrivals[-1], sitting) else None


def _in_turn(kinds: list[str]) -> bool:
    """Whether somebody comes, goes, comes, and so on."""
    return all(kind == (Event.LEFT if number % 2 else Event.ARRIVED) for number, kind in enumerate(kinds))
