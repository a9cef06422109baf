"""The facilitator's marks: present, left, excused, absent; each an event, never a change.

What contradicts something that was noted needs a reason, and annuls it in the same act; what was done
in one touch is taken back in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.answers import Sitting
from models.connection import body_time
from models.half_days import SITTING, sitting_of
from models.ids import uuid7
from models.ledger import events_of, standing
from models.log import record
from models.reckoning import EXPECTED, Reckoning, to_the_minute
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action
from models.roster import Attendee, HalfDayRoster, roster_of
from models.words import CORRECTIONS, EXCUSES, Event, Way

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.ledger import LedgerEvent
    from models.policy import Policy


class Mark(StrEnum):
    """What one touch says of a person."""

    PRESENT = "present"
    LEFT = "left"
    EXCUSED = "excused"
    ABSENT = "absent"


class Refused(StrEnum):
    """Why nothing was noted, and what is needed."""

    ALREADY = "already"
    NOT_THERE = "not_there"
    """Somebody who has not come cannot leave."""
    NEEDS_EXCUSE = "needs_excuse"
    """A word of ``models.words.EXCUSES``."""
    NEEDS_REASON = "needs_reason"
    """It contradicts what was noted, or the half-day is closed: a word of ``models.words.CORRECTIONS``."""
    NEEDS_TIME = "needs_time"
    """Now is outside the half-day: when was it?"""
    WRONG_TIME = "wrong_time"
    """Outside the half-day, still to come, or a departure before the arrival."""
    GONE = "gone"
    """The person is not on this list any more, or the event counts no longer."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a mark."""

    act: str = ""
    """Names the events that were written; empty where there are none."""
    refused: Refused | None = None
    people: tuple[str, ...] = ()
    """Ids of the people for whom something was noted."""


@dataclass(frozen=True, slots=True)
class MarkPerson(Request[Marked]):
    """Note something of one person."""

    action: ClassVar[Action] = Action.MARK
    half_day_id: str
    person_id: str
    mark: Mark
    excuse: str | None = None
    reason: str | None = None
    moment: datetime | None = None
    """When it was, where that is not now."""
    way: Way = Way.FACILITATOR

    def do(self, at: At) -> Marked:
        """See ``mark``."""
        return mark(at, self)


@dataclass(frozen=True, slots=True)
class MarkEverybody(Request[Marked]):
    """Note the same of everybody for whom it is still open."""

    action: ClassVar[Action] = Action.MARK
    half_day_id: str
    mark: Mark
    excuse: str | None = None
    reason: str | None = None
    moment: datetime | None = None
    way: Way = Way.FACILITATOR

    def do(self, at: At) -> Marked:
        """See ``mark_everybody``."""
        return mark_everybody(at, self)


def mark(at: At, wanted: MarkPerson, act: str = "") -> Marked:
    """Note one person's mark, or say what it needs; ``act`` is that of a touch that marks several."""
    found = roster_of(at.conn, wanted.half_day_id, at.desk.policy, at.now)
    person = next((p for p in found.people if p.person_id == wanted.person_id), None) if found else None
    if found is None or person is None:
        return Marked(refused=Refused.GONE)
    known = standing(events_of(at.conn, found.half_day.id, person.person_id))
    if refused := _refused(at, wanted, person.reckoning, known, found):
        if refused is Refused.ALREADY and wanted.mark is Mark.PRESENT and not person.confirmed:
            # Whoever is marked by somebody of the team has been seen by them.
            confirm(at, person)
            return Marked(people=(person.person_id,))
        return Marked(refused=refused)
    writing = Writing(at, found.half_day.id, act)
    if wanted.mark in (Mark.EXCUSED, Mark.ABSENT):
        # The facilitator heard of an excuse after they had noted an absence; else a key was the wrong one.
        why = wanted.reason or ("told_later" if wanted.mark is Mark.EXCUSED else "wrong_key")
        for event in known:
            writing.annul(person.person_id, event, why)
    if wanted.mark is Mark.PRESENT and (person.waiting or not person.confirmed):
        confirm(at, person)
    kind = Event.ARRIVED if wanted.mark is Mark.PRESENT else Event(wanted.mark)
    moment = wanted.moment or at.now
    moves = moves_of(known)
    if wanted.mark in (Mark.PRESENT, Mark.LEFT) and moves:
        moment = behind(moment, moves[-1].at)
    writing.note(
        person.person_id,
        kind,
        moment,
        wanted.way,
        reason=wanted.excuse if wanted.mark is Mark.EXCUSED else wanted.reason,
        why=wanted.reason if wanted.mark is Mark.EXCUSED else None,
        clock_sure=wanted.moment is not None or at.desk.clock_sure,
    )
    return Marked(writing.act, people=(person.person_id,))


def moves_of(known: Iterable[LedgerEvent]) -> list[LedgerEvent]:
    """Arrivals and departures among events, in their order."""
    return [event for event in known if event.kind in (Event.ARRIVED, Event.LEFT)]


def behind(moment: datetime, before: datetime) -> datetime:
    """A moment, behind another one of the same minute: an hour that somebody gives has no seconds."""
    if to_the_minute(moment) == to_the_minute(before):
        return max(moment, before + timedelta(microseconds=1))
    return moment


def _refused(
    at: At, wanted: MarkPerson, known: Reckoning, events: list[LedgerEvent], found: HalfDayRoster
) -> Refused | None:
    """Why this cannot be noted as it is."""
    reasoned = wanted.reason in CORRECTIONS
    if not reasoned and (wanted.reason is not None or found.signed is not None):
        return Refused.NEEDS_REASON
    if wanted.moment is not None and wanted.moment > at.now:
        return Refused.WRONG_TIME
    moves = moves_of(events)
    if wanted.mark in (Mark.PRESENT, Mark.LEFT):
        if wanted.mark is Mark.LEFT and known.arrived_at is None:
            return Refused.NOT_THERE
        if known.present is (wanted.mark is Mark.PRESENT):
            return Refused.ALREADY
        moment = wanted.moment or at.now
        fits = (
            can_arrive(moment, found.half_day, at.desk.policy)
            if wanted.mark is Mark.PRESENT
            else can_leave(moment, moves[-1].at, found.half_day)
        )
        if known.arrived_at is not None:
            # Whoever comes back comes after they left.
            fits = fits and to_the_minute(moment) >= to_the_minute(moves[-1].at)
        if fits:
            return None
        return Refused.WRONG_TIME if wanted.moment is not None else Refused.NEEDS_TIME
    if wanted.mark is Mark.EXCUSED and wanted.excuse not in EXCUSES:
        return Refused.NEEDS_EXCUSE
    if moves and not reasoned:
        return Refused.NEEDS_REASON
    same = known.state == wanted.mark and (wanted.mark is Mark.ABSENT or known.excuse == wanted.excuse)
    return Refused.ALREADY if same else None


def can_arrive(moment: datetime, sitting: Sitting, policy: Policy) -> bool:
    """Whether the doors are open: from some time before the start to the end."""
    return sitting.starts_at - policy.doors <= to_the_minute(moment) < sitting.ends_at


def can_leave(moment: datetime, arrived_at: datetime, sitting: Sitting) -> bool:
    """Whether somebody who arrived then can have left now: not before, and on the same day."""
    same_day = local(moment).date() == local(arrived_at).date()
    return to_the_minute(moment) >= to_the_minute(arrived_at) and (same_day or moment <= sitting.ends_at)


def mark_everybody(at: At, wanted: MarkEverybody) -> Marked:
    """Note the same of all whose mark is open, in one act; nothing of it where one needs a word more."""
    found = roster_of(at.conn, wanted.half_day_id, at.desk.policy, at.now)
    if found is None:
        return Marked(refused=Refused.GONE)
    act = uuid7(int(at.now.timestamp() * 1000))
    open_for = [person for person in found.people if _is_open(person, wanted.mark)]
    marks = [
        MarkPerson(
            wanted.half_day_id, person.person_id, wanted.mark, wanted.excuse, wanted.reason, wanted.moment,
            wanted.way,
        )
        for person in open_for
    ]  # fmt: skip
    for one, person in zip(marks, open_for, strict=True):
        known = standing(events_of(at.conn, found.half_day.id, person.person_id))
        if refused := _refused(at, one, person.reckoning, known, found):
            return Marked(refused=refused)
    if not marks:
        return Marked(refused=Refused.ALREADY)
    for one in marks:
        mark(at, one, act)
    return Marked(act, people=tuple(one.person_id for one in marks))


def _is_open(person: Attendee, wanted: Mark) -> bool:
    if wanted is Mark.LEFT:
        return person.reckoning.present
    return person.reckoning.state == EXPECTED and person.status == "booked"


def confirm(at: At, person: Attendee) -> None:
    """A place for who waits, or a word that a walk-in is right."""
    values = {"status": "booked", "confirmed_at": body_time(at.now)}
    set_fields(at.conn, at.author, "booking", person.booking_id, values, new=False, subject=person.person_id)


class Writing:
    """The events of one act, into the ledger of one half-day."""

    def __init__(self, at: At, half_day_id: str, act: str = "", *, undoes: str | None = None) -> None:
        self._at = at
        self._half_day_id = half_day_id
        self.act = act or uuid7(int(at.now.timestamp() * 1000))
        self._undoes = undoes

    def note(
        self,
        participant_id: str,
        kind: Event,
        moment: datetime,
        way: Way,
        *,
        reason: str | None = None,
        annuls: str | None = None,
        why: str | None = None,
        clock_sure: bool | None = None,
    ) -> str:
        """Write one event; returns its id.

        Args:
            why: the word of ``CORRECTIONS`` of an excuse, whose ``reason`` is the excuse.
            clock_sure: whether the hour is right: it does not come from the clock where somebody gave it.
        """
        at = self._at
        body: dict[str, str | bool] = {
            "participant": participant_id,
            "half_day": self._half_day_id,
            "at": body_time(moment),
            "stored": body_time(at.now),
            "way": way,
            "act": self.act,
        }
        told = {"reason": reason, "annuls": annuls, "undoes": self._undoes, "why": why}
        body |= {name: value for name, value in told.items() if value}
        if not (at.desk.clock_sure if clock_sure is None else clock_sure):
            body["clock_sure"] = False
        row = record(
            at.conn, at.author, f"attendance.{kind}", "attendance", self._half_day_id, body,
            subject=participant_id,
        )  # fmt: skip
        return row.id

    def annul(self, participant_id: str, event: LedgerEvent, reason: str) -> None:
        """Say that an event does not count; both stay visible (P-26)."""
        self.note(
            participant_id, Event.ANNULLED, self._at.now, Way.FACILITATOR, reason=reason, annuls=event.id
        )


def sitting_by_id(at: At, half_day_id: str) -> Sitting | None:
    """A half-day as it is shown, ``None`` where there is none with a time."""
    row = at.conn.execute(
        f"select {SITTING} from half_day h where h.id = ? and h.starts_at is not null", (half_day_id,)
    ).fetchone()
    return sitting_of(row) if row else None
