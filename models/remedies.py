"""Settling what is odd in a half-day: each remedy is a mark, an annulment with its reason, or a word.

A remedy may be said of several people in one touch: eight forgotten departures are not eight questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from models.connection import body_time
from models.exceptions import PLAIN, STANDS, Case, Remedy
from models.ids import uuid7
from models.ledger import LedgerEvent, events_of, standing
from models.log import record
from models.marking import Mark, Marked, MarkPerson, Refused, Writing, confirm, mark
from models.reckoning import to_the_minute
from models.requests import At, Request
from models.rights import Action
from models.roster import Attendee, HalfDayRoster, roster_of
from models.settling import open_exceptions
from models.walk_in import take_back
from models.words import CORRECTIONS, EXCUSES, LOOKED_AT, Event

_MARKS = {
    Remedy.ABSENT: Mark.ABSENT,
    Remedy.EXCUSED: Mark.EXCUSED,
    Remedy.PRESENT_AT: Mark.PRESENT,
    Remedy.LEFT_AT: Mark.LEFT,
}

_ANNULS = {
    Remedy.KEEP_PRESENCE: (Event.EXCUSED, Event.ABSENT),
    Remedy.KEEP_EXCUSE: (Event.ARRIVED, Event.LEFT),
}
"""What no longer counts after a remedy."""


@dataclass(frozen=True, slots=True)
class SettleExceptions(Request[Marked]):
    """Do the same about one exception, or about several of the same kind, in one act."""

    action: ClassVar[Action] = Action.SETTLE
    half_day_id: str
    remedy: Remedy
    cases: tuple[Case, ...]
    """As they were shown: what has changed since is not settled."""
    reason: str | None = None
    """A word of ``models.words.CORRECTIONS``."""
    excuse: str | None = None
    """A word of ``models.words.EXCUSES``."""
    moment: datetime | None = None

    def do(self, at: At) -> Marked:
        """See ``settle_exceptions``."""
        return settle_exceptions(at, self)


def settle_exceptions(at: At, wanted: SettleExceptions) -> Marked:
    """Settle what can be settled; ``people`` says of whom, ``refused`` why one is still open."""
    found = roster_of(at.conn, wanted.half_day_id, at.desk.policy, at.now)
    if found is None:
        return Marked(refused=Refused.GONE)
    if refused := _needs(wanted, closed=found.signed is not None):
        return Marked(refused=refused)
    open_now = {one.case: one for one in open_exceptions(at.conn, found, at.now)}
    act = uuid7(int(at.now.timestamp() * 1000))
    settled: list[str] = []
    first: Refused | None = None
    for case in wanted.cases:
        one = open_now.get(case)
        if one is None or wanted.remedy not in one.remedies:
            refused = Refused.GONE
        else:
            refused = _settle(at, found, wanted, case, act)
        if refused is None:
            settled.append(case.person_id)
        first = first or refused
    return Marked(act if settled else "", first, tuple(settled))


def _needs(wanted: SettleExceptions, *, closed: bool) -> Refused | None:
    """What a remedy needs to be told before anything is done."""
    if wanted.remedy is Remedy.EXCUSED and wanted.excuse not in EXCUSES:
        return Refused.NEEDS_EXCUSE
    told = wanted.remedy in PLAIN or wanted.remedy is Remedy.EXCUSED
    reasons = LOOKED_AT if wanted.remedy in STANDS else CORRECTIONS
    if wanted.reason not in reasons and (closed or not told):
        return Refused.NEEDS_REASON
    return None


def _settle(at: At, found: HalfDayRoster, wanted: SettleExceptions, case: Case, act: str) -> Refused | None:
    if not case.person_id:
        _let(at, found, case, wanted.reason or "")
        return None
    person = next(one for one in found.people if one.person_id == case.person_id)
    known = standing(events_of(at.conn, found.half_day.id, person.person_id))
    remedy = wanted.remedy
    if remedy in _MARKS:
        return _mark(at, wanted, person, known, act)
    if remedy is Remedy.TAKE_OFF:
        take_back(at.conn, at.desk, at.colleague.id, person.booking_id, at.now, wanted.reason, act)
    if remedy is Remedy.GIVE_PLACE or (remedy is Remedy.STAYS and not person.confirmed):
        confirm(at, person)
    writing = Writing(at, found.half_day.id, act)
    annulled = [event for event in known if event.kind in _ANNULS.get(remedy, ())]
    for event in annulled:
        writing.annul(person.person_id, event, wanted.reason or "")
    if remedy in STANDS:
        _let(at, found, case, wanted.reason or "")
    elif wanted.reason and not (annulled or (remedy is Remedy.TAKE_OFF and known)):
        # No event carries the reason. By the act it names nothing that could be asked about once more.
        _let(at, found, replace(case, seen=act), wanted.reason)
    return None


def _mark(
    at: At, wanted: SettleExceptions, person: Attendee, known: list[LedgerEvent], act: str
) -> Refused | None:
    moment = wanted.moment
    if wanted.remedy is Remedy.PRESENT_AT and moment is None:
        return Refused.NEEDS_TIME
    if wanted.remedy is Remedy.LEFT_AT:
        if moment is None:
            return Refused.NEEDS_TIME
        # A departure before the last arrival would leave it as open as it was.
        came = max((event.at for event in known if event.kind == Event.ARRIVED), default=moment)
        if moment < to_the_minute(came):
            return Refused.WRONG_TIME
        moment = max(moment, came)
    one = MarkPerson(
        wanted.half_day_id, person.person_id, _MARKS[wanted.remedy], wanted.excuse, wanted.reason, moment
    )
    return mark(at, one, act).refused


def _let(at: At, found: HalfDayRoster, case: Case, reason: str) -> None:
    let_stand(at, found.half_day.id, case.what, case.person_id, case.seen, reason)


def let_stand(at: At, half_day_id: str, what: str, person_id: str, seen: str, reason: str) -> None:
    """Say that somebody has looked at it: the question is open again when something else is seen."""
    body = {
        "at": body_time(at.now),
        "what": what,
        "person": person_id or None,
        "seen": seen,
        "reason": reason,
    }
    record(
        at.conn, at.author, "exception.settled", "attendance", half_day_id, body, subject=person_id or None
    )
