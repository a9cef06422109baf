"""What stood on the paper sheet, typed in afterwards: one person, one act, and then exactly what it says.

The sheet was signed by hand, so it counts over what was noted before; nothing is lost: what contradicts
it is annulled with a reason, and one touch takes all of it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from models.answers import Sitting
from models.documents import sheet_of_roster
from models.ledger import LedgerEvent, events_of, standing
from models.marking import Marked, Refused, Writing, can_arrive, can_leave, confirm
from models.reckoning import Reckoning, to_the_minute
from models.requests import At, Request
from models.rights import Action
from models.roster import Attendee, roster_of
from models.words import EXCUSES, Event, Way

if TYPE_CHECKING:
    from collections.abc import Iterable

REASON = "from_paper"
"""The word of ``models.words.CORRECTIONS``."""

_AFTER = timedelta(microseconds=1)

_FROM_PAPER = (
    "select distinct e.person_id from attendance_event e where e.half_day_id = ? and e.way = ?"
    f" and e.kind <> '{Event.ANNULLED}' and not exists (select 1 from attendance_event a"
    " where a.half_day_id = e.half_day_id and a.annuls = e.id)"
)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of the sheet, with what is known of the person."""

    person_id: str
    name: str
    reckoning: Reckoning
    from_paper: bool
    """Whether something that stands was typed in from the sheet."""


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A half-day's sheet, line by line as it is printed."""

    half_day: Sitting
    lines: tuple[TypedLine, ...]


@dataclass(frozen=True, slots=True)
class SeeSheet(Request[TypedSheet | None]):
    """The lines of a half-day's sheet; ``None`` where there is no such half-day."""

    action: ClassVar[Action] = Action.SEE_ROSTER
    writes: ClassVar[bool] = False
    half_day_id: str

    def do(self, at: At) -> TypedSheet | None:
        """Everybody on the list, in the order of the printed sheet; who waits comes last."""
        found = roster_of(at.conn, self.half_day_id, at.desk.policy, at.now)
        if found is None:
            return None
        printed = [line.person_id for line in sheet_of_roster(at.conn, found).lines]
        people = {one.person_id: one for one in found.people}
        people = {person_id: people[person_id] for person_id in printed} | people
        typed = {row[0] for row in at.conn.execute(_FROM_PAPER, (self.half_day_id, Way.PAPER))}
        lines = (
            TypedLine(one.person_id, one.label, one.reckoning, one.person_id in typed)
            for one in people.values()
        )
        return TypedSheet(found.half_day, tuple(lines))


@dataclass(frozen=True, slots=True)
class EnterFromPaper(Request[Marked]):
    """One line of the sheet: the time of arrival with or without that of departure, or why nobody came."""

    action: ClassVar[Action] = Action.CORRECT
    half_day_id: str
    person_id: str
    arrived: datetime | None = None
    left: datetime | None = None
    """``None`` where the sheet holds no departure: then none stands afterwards."""
    absent: bool = False
    excuse: str | None = None
    """A word of ``models.words.EXCUSES``."""

    def do(self, at: At) -> Marked:
        """See ``enter_from_paper``."""
        return enter_from_paper(at, self)


def enter_from_paper(at: At, line: EnterFromPaper) -> Marked:
    """Make the ledger say what the line says; what it says already is not noted twice."""
    found = roster_of(at.conn, line.half_day_id, at.desk.policy, at.now)
    person = next((one for one in found.people if one.person_id == line.person_id), None) if found else None
    if found is None or person is None:
        return Marked(refused=Refused.GONE)
    if refused := _refused(at, line, found.half_day):
        return Marked(refused=refused)
    wanted = _wanted(at, line)
    known = standing(events_of(at.conn, line.half_day_id, line.person_id))
    kept = _kept(known, wanted, line.excuse)
    admitted = line.arrived is not None and _admit(at, person)
    if len(kept) == len(known) == len(wanted):
        return Marked(people=(person.person_id,)) if admitted else Marked(refused=Refused.ALREADY)
    writing = Writing(at, line.half_day_id)
    for event in known:
        if event.id not in kept.values():
            writing.note(
                person.person_id, Event.ANNULLED, at.now, Way.PAPER, reason=REASON, annuls=event.id
            )  # fmt: skip
    for kind, moment in wanted.items():
        if kind not in kept:
            reason = line.excuse if kind is Event.EXCUSED else REASON
            # What the sheet says does not come from the clock of the kiosk.
            writing.note(person.person_id, kind, moment, Way.PAPER, reason=reason, clock_sure=True)
    return Marked(writing.act, people=(person.person_id,))


def _refused(at: At, line: EnterFromPaper, sitting: Sitting) -> Refused | None:
    """Why the line cannot be right."""
    nobody_came = line.absent or line.excuse is not None
    if line.excuse is not None and line.excuse not in EXCUSES:
        return Refused.NEEDS_EXCUSE
    if line.arrived is None:
        if line.left is not None:
            return Refused.NOT_THERE
        return None if nobody_came else Refused.NEEDS_TIME
    left = line.left or line.arrived
    fits = can_arrive(line.arrived, sitting, at.desk.policy) and can_leave(left, line.arrived, sitting)
    past = to_the_minute(max(line.arrived, left)) <= at.now
    return None if fits and past and not nobody_came else Refused.WRONG_TIME


def _wanted(at: At, line: EnterFromPaper) -> dict[Event, datetime]:
    """What shall stand, kind by kind; whoever leaves in the minute of the arrival leaves after it."""
    if line.arrived is None:
        return {Event.EXCUSED if line.excuse is not None else Event.ABSENT: at.now}
    wanted = {Event.ARRIVED: to_the_minute(line.arrived)}
    if line.left is not None:
        wanted[Event.LEFT] = max(to_the_minute(line.left), wanted[Event.ARRIVED] + _AFTER)
    return wanted


def _kept(
    known: Iterable[LedgerEvent], wanted: dict[Event, datetime], excuse: str | None
) -> dict[Event, str]:
    """Ids of events that say already what is wanted, one of each kind; times agree to the minute.

    A doubtful hour that the sheet confirms is noted again: then it is doubtful no more.
    """
    kept: dict[Event, LedgerEvent] = {}
    for event in known:
        kind = Event(event.kind)
        if kind not in wanted or kind in kept:
            continue
        if kind in (Event.ARRIVED, Event.LEFT):
            same = to_the_minute(event.at) == to_the_minute(wanted[kind])
        else:
            same = kind is Event.ABSENT or event.reason == excuse
        if same and event.clock_sure:
            kept[kind] = event
    moments = wanted | {kind: event.at for kind, event in kept.items()}
    if Event.LEFT in moments and moments[Event.LEFT] <= moments[Event.ARRIVED]:
        # Both in one minute, and the seconds of what was noted would turn them round.
        return {}
    return {kind: event.id for kind, event in kept.items()}


def _admit(at: At, person: Attendee) -> bool:
    """Whoever has signed the sheet has a place, and has been seen by the team."""
    if person.status == "waiting" or not person.confirmed:
        confirm(at, person)
        return True
    return False
