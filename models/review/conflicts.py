"""What two kiosks said differently while they were apart: one list for staff that can reach zero.

Nothing of it is stored but what somebody decides: whatever two kiosks have noted is read as it stands, so
that every kiosk that knows the same shows the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from models.connection import db_time
from models.half_days import day_bounds
from models.names import NAMELESS
from models.reckoning import Odd
from models.remedies import let_stand
from models.requests import At, Request
from models.review.apart.arrivals import two_arrivals
from models.review.apart.corrections import Dispute, disputes
from models.review.apart.events import Pair, noted_at_two_kiosks
from models.review.apart.facts import CHOOSES, Apart, Conflict, accounts_of, names_of, sittings_of
from models.review.apart.fields import Writes, open_fields
from models.review.apart.places import places_given_twice
from models.review.apart.presences import Presences
from models.rights import Action
from models.roster import HalfDayRoster, rosters_between
from models.unsettled import DAYS

if TYPE_CHECKING:
    from models.connection import Connection

CHECKED, TOLD_LATER = "checked", "told_later"
"""The reasons of what is settled in one touch: words of ``LOOKED_AT`` and of ``CORRECTIONS``."""

_AS_ODD = {
    Apart.OVERBOOKED: Odd.OVERBOOKED,
    Apart.CANCELLED: Odd.CANCELLED,
    Apart.NO_BOOKING: Odd.NO_BOOKING,
}
"""What a closing asks about too: settled there, it is settled here, and the other way round."""

# Whoever turned out to be a known person is asked about as that person.
_LET_STAND = (
    "select e.half_day_id, e.what, coalesce(nullif(p.merged_into, ''), e.person_id), e.seen"
    " from half_day h join exception_settled e on e.half_day_id = h.id"
    " left join participant p on p.id = e.person_id"
    " where h.corner_id = ? and h.starts_at >= ? and h.starts_at < ?"
)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The list as a kiosk shows it."""

    open: tuple[Conflict, ...]
    here: str
    """Id of this kiosk: all else is the same on every one."""
    at: datetime
    """When it was so."""


@dataclass(frozen=True, slots=True)
class SeeConflicts(Request[Conflicts]):
    """Everything that two kiosks said differently, and that nobody has settled."""

    action: ClassVar[Action] = Action.SEE_DAY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> Conflicts:
        """See ``conflicts``."""
        return Conflicts(conflicts(at), at.desk.kiosk_id, at.now)


@dataclass(frozen=True, slots=True)
class SettleConflict(Request[bool]):
    """Look at a disagreement, or choose one of its sides."""

    action: ClassVar[Action] = Action.SEE_DAY
    key: str
    """Of the conflict as it was shown: where something else has been said since, nothing is settled."""
    chosen: int = 0
    """Which of its facts; where a choice has to be made."""

    def do(self, at: At) -> bool:
        """Whether it was there to be settled."""
        for conflict, source in _open(at):
            if conflict.key == self.key and 0 <= self.chosen < len(conflict.facts):
                _settle(at, conflict, source, self.chosen)
                return True
        return False


def conflicts(at: At, rosters: Iterable[HalfDayRoster] | None = None) -> tuple[Conflict, ...]:
    """By their half-days; what is about none stands by when it was said first.

    Args:
        rosters: those of the last days until this evening, where somebody has them.
    """
    found = [conflict for conflict, _ in _open(at, rosters)]
    return tuple(sorted(found, key=lambda one: (one.at, one.key)))


_Source = Dispute | Writes | None


def _open(at: At, rosters: Iterable[HalfDayRoster] | None = None) -> Iterator[tuple[Conflict, _Source]]:
    """What is open, each with what it was read from, where a choice is written there."""
    conn, corner = at.conn, at.desk.corner_id
    first, (_, last) = at.now - timedelta(days=DAYS), day_bounds(at.now)
    accounts = accounts_of(conn)
    if rosters is None:
        rosters = rosters_between(conn, corner, first, last, at.desk.policy, at.now)
    settled = _settled(conn, corner, first, last)
    of_half_days: list[tuple[str, Conflict, _Source]] = [
        (conflict.half_day.id, conflict, None)
        for conflict in places_given_twice(conn, rosters, accounts)
        if conflict.half_day is not None
    ]
    of_half_days += [
        (pair[0], conflict, source) for pair, conflict, source in _of_people(at, first, last, accounts)
    ]
    sittings = sittings_of(conn, (half_day for half_day, *_ in of_half_days))
    names = names_of(conn, (conflict.person_id for _, conflict, _ in of_half_days))
    for half_day, conflict, source in of_half_days:
        case = (half_day, _word(conflict.what), conflict.person_id, conflict.seen)
        if case not in settled and half_day in sittings:
            name = names.get(conflict.person_id, NAMELESS) if conflict.person_id else ""
            yield replace(conflict, half_day=sittings[half_day], name=name), source
    for writes in open_fields(conn, corner):
        yield writes.conflict(conn, accounts), writes


def _of_people(
    at: At, first: datetime, last: datetime, accounts: Mapping[str, str]
) -> Iterator[tuple[Pair, Conflict, _Source]]:
    conn, corner = at.conn, at.desk.corner_id
    noted = noted_at_two_kiosks(conn, corner, first, last)
    disputed: set[str] = set()
    for dispute in disputes(noted):
        disputed |= dispute.passed
        if not dispute.agreed:
            yield dispute.pair, dispute.conflict(accounts), dispute
    for pair, conflict in two_arrivals(noted, disputed, accounts):
        yield pair, conflict, None
    presences = Presences(conn, corner, first, last, accounts)
    explained: set[Pair] = set()
    for pair, conflict in (*presences.cancelled(), *presences.erased(), *presences.merged()):
        if conflict.what is not Apart.CANCELLED:
            explained.add(pair)
        yield pair, conflict, None
    for pair, conflict in presences.without_booking():
        if pair not in explained:
            yield pair, conflict, None


def _word(what: Apart) -> str:
    """Under which word it is let stand."""
    return str(_AS_ODD.get(what, what))


def _settled(
    conn: Connection, corner_id: str, first: datetime, last: datetime
) -> set[tuple[str, str, str, str]]:
    return set(conn.execute(_LET_STAND, (corner_id, db_time(first), db_time(last))))


def _settle(at: At, conflict: Conflict, source: _Source, chosen: int) -> None:
    if isinstance(source, Writes):
        source.settle(at.conn, at.author, chosen, TOLD_LATER)
        return
    if isinstance(source, Dispute):
        source.settle(at, chosen, TOLD_LATER)
    if conflict.half_day is not None:
        reason = TOLD_LATER if conflict.what in CHOOSES else CHECKED
        let_stand(at, conflict.half_day.id, _word(conflict.what), conflict.person_id, conflict.seen, reason)
