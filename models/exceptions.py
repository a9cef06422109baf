"""What is odd in a half-day, in the order in which a half-day goes, and what can be done about each.

Nothing here is stored but what somebody has let stand: an exception is what the ledger says now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from models.connection import body_time
from models.reckoning import EXPECTED, Odd
from models.roster import Attendee, HalfDayRoster

if TYPE_CHECKING:
    from models.connection import Connection
    from models.equipment import OpenLoan


# A walk-in who turned out to be a known person is asked about as that person.
_LET_STAND = (
    "select e.half_day_id, e.what, coalesce(nullif(p.merged_into, ''), e.person_id), e.seen"
    " from exception_settled e left join participant p on p.id = e.person_id where e.half_day_id in ({0})"
)


class Remedy(StrEnum):
    """What can be done about something odd."""

    ABSENT = "absent"
    EXCUSED = "excused"
    PRESENT_AT = "present_at"
    """There, from a time on that has to be told."""
    UNTIL_END = "until_end"
    """Nobody saw when: the half-day counts to its end, and the departure stays unknown."""
    LEFT_AT = "left_at"
    KEEP_PRESENCE = "keep_presence"
    """The excuse did not come true."""
    KEEP_EXCUSE = "keep_excuse"
    """The arrival was somebody else's."""
    HOUR_RIGHT = "hour_right"
    STAYS = "stays"
    """The walk-in is right, with a file at the booking office or without."""
    MERGE = "merge"
    """The walk-in is a known person: on a screen of its own."""
    TAKE_OFF = "take_off"
    """Off the list; what was noted is annulled."""
    GIVE_PLACE = "give_place"
    SEEN = "seen"
    """Somebody has looked at it, and it is so."""
    OPEN_PERSON = "open_person"
    """To be put right on the person's page."""


REMEDIES: dict[Odd, tuple[Remedy, ...]] = {
    Odd.WAITING: (Remedy.TAKE_OFF, Remedy.GIVE_PLACE),
    Odd.NO_FILE: (Remedy.STAYS, Remedy.MERGE, Remedy.TAKE_OFF),
    Odd.UNMARKED: (Remedy.ABSENT, Remedy.EXCUSED, Remedy.PRESENT_AT),
    Odd.CANCELLED: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.NO_BOOKING: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.ARRIVED_AND_EXCUSED: (Remedy.KEEP_PRESENCE, Remedy.KEEP_EXCUSE),
    Odd.OUTSIDE: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.DOUBTFUL_CLOCK: (Remedy.HOUR_RIGHT, Remedy.OPEN_PERSON),
    Odd.LEFT_BEFORE_ARRIVAL: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.LEFT_TWICE: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.NO_DEPARTURE: (Remedy.UNTIL_END, Remedy.LEFT_AT),
    Odd.AT_ONCE: (Remedy.SEEN, Remedy.OPEN_PERSON),
    Odd.OVERBOOKED: (Remedy.SEEN,),
    Odd.EQUIPMENT_OUT: (Remedy.SEEN,),
}
"""In the order in which a half-day goes: who should come, who came, when they left, what is left.

The first remedy of each needs no further question than why.
"""

OPENS = frozenset({Remedy.MERGE, Remedy.OPEN_PERSON})
"""Remedies that have a screen of their own."""

STANDS = frozenset({Remedy.UNTIL_END, Remedy.HOUR_RIGHT, Remedy.STAYS, Remedy.SEEN})
"""Remedies that change nothing of the ledger."""

TIMED = frozenset({Remedy.PRESENT_AT, Remedy.LEFT_AT})
"""Remedies that need a time."""

PLAIN = frozenset({Remedy.ABSENT, Remedy.GIVE_PLACE})
"""Remedies that say enough by themselves: the others need a reason, an excuse its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One exception by its name: what it is, about whom, and what was seen when it was named."""

    what: Odd
    person_id: str = ""
    """Empty where it is about the half-day itself."""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Something that somebody must look at before the half-day is closed."""

    case: Case
    remedies: tuple[Remedy, ...]
    name: str = ""
    """Of the person, as names are shown; of the piece that is still out."""
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    holder: str = ""
    """Who has the piece that is still out; empty where it is the group's."""
    taken: int = 0
    places: int = 0
    """How many places are taken, of how many; of a half-day with more people than places."""


def exceptions_of(
    roster: HalfDayRoster,
    acknowledged: Collection[Case],
    loans: Iterable[OpenLoan] = (),
    at_once: Mapping[str, str] | None = None,
) -> tuple[Exceptional, ...]:
    """Everything odd of a half-day that nobody has let stand as it is now.

    Args:
        roster: the half-day with its people.
        acknowledged: what somebody has let stand; it counts only while the same is seen.
        loans: pieces of the corner that are still out.
        at_once: who was in an earlier half-day at the same time, and what that was seen from.
    """
    elsewhere = at_once or {}
    found = [
        one for person in roster.people for one in _of_person(roster, person, elsewhere.get(person.person_id))
    ]
    if roster.overbooked:
        case = Case(Odd.OVERBOOKED, seen=f"{roster.booked}:{roster.capacity}")
        found.append(Exceptional(case, REMEDIES[case.what], taken=roster.booked, places=roster.capacity))
    for loan in loans:
        # The loan, not the piece: given back and lent once more, it is another one.
        case = Case(Odd.EQUIPMENT_OUT, seen=f"{loan.equipment_id} {body_time(loan.since)}")
        found.append(Exceptional(case, REMEDIES[case.what], loan.equipment, holder=loan.person))
    order = list(REMEDIES)
    left = [one for one in found if one.case not in acknowledged]
    return tuple(sorted(left, key=lambda one: order.index(one.case.what)))


def _of_person(roster: HalfDayRoster, person: Attendee, at_once: str | None) -> Iterable[Exceptional]:
    known = person.reckoning
    oddities = list(_oddities(roster, person))
    if at_once is not None:
        oddities.append((Odd.AT_ONCE, at_once))
    for what, seen in oddities:
        remedies = REMEDIES[what]
        if what is Odd.NO_FILE and person.reference:
            remedies = tuple(remedy for remedy in remedies if remedy is not Remedy.MERGE)
        yield Exceptional(
            Case(what, person.person_id, seen), remedies, person.label, known.arrived_at, known.left_at
        )


def _oddities(roster: HalfDayRoster, person: Attendee) -> Iterable[tuple[Odd, str]]:
    """What is odd about one person, each with what it was seen from."""
    known = person.reckoning
    if person.waiting:
        yield Odd.WAITING, known.seen
    if counts(roster, person):
        if known.state == EXPECTED:
            yield Odd.UNMARKED, known.seen
        if person.walk_in and not person.erased and not (person.confirmed and person.reference):
            # Who it is does not change with what is noted of them.
            yield Odd.NO_FILE, person.booking_id
    if known.arrived_at is not None and (person.status == "cancelled" or roster.cancelled):
        yield Odd.CANCELLED, known.seen
    if known.arrived_at is not None and not person.booking_id:
        yield Odd.NO_BOOKING, person.person_id
    for what in known.odd:
        if what is not Odd.UNMARKED:
            yield what, known.seen


def counts(roster: HalfDayRoster, person: Attendee) -> bool:
    """Whether a person is in the figures of a half-day: whoever came, or had a place and should have."""
    if person.reckoning.arrived_at is not None:
        return True
    return person.status == "booked" and not roster.cancelled


def acknowledged(conn: Connection, half_days: Collection[str]) -> Mapping[str, set[Case]]:
    """What somebody has let stand, by the half-day; a word of a newer version is none of ours."""
    known = {str(one) for one in Odd}
    found: dict[str, set[Case]] = defaultdict(set)
    marks = ", ".join("?" * len(half_days))
    for half_day, what, person, seen in conn.execute(_LET_STAND.format(marks), tuple(half_days)):
        if what in known:
            found[half_day].add(Case(Odd(what), person, seen))
    return found
