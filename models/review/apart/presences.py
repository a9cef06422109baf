"""Presences that meet something else another kiosk said: a cancellation, an erasure, a merge, or nothing.

Nobody is ever taken from a seat: the presence stays, and somebody looks at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.connection import db_time, from_db_time
from models.ids import named_id
from models.ledger import events_of, standing, stands_sql
from models.log import moment_of
from models.projections import open_writes
from models.reckoning import named
from models.review.apart.events import Pair
from models.review.apart.facts import Apart, Conflict, Fact
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

_ARRIVED = (
    "select e.half_day_id, e.person_id, e.participant_id, e.id, e.at, e.kiosk_id, e.actor, e.stored_at,"
    " coalesce(c.stamp, c.hlc)"
    " from half_day h join attendance_event e on e.half_day_id = h.id join change c on c.id = e.id{0}"
    " where h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?3"
    f" and e.kind = '{Event.ARRIVED}' and {stands_sql('e')}{{1}}"
    " order by e.at, e.id"
)
_TO_CANCELLED = _ARRIVED.format(
    " left join booking b on b.half_day_id = e.half_day_id and b.participant_id = e.person_id",
    " and (h.status = 'cancelled' or b.status = 'cancelled')",
)
_OF_ERASED = _ARRIVED.format("", " and e.person_id in (select participant_id from erased)")
_OF_MERGED = _ARRIVED.format("", " and e.participant_id <> e.person_id")
_WITHOUT = _ARRIVED.format(
    "",
    " and not exists (select 1 from booking b where b.half_day_id = e.half_day_id"
    " and b.participant_id = e.person_id)",
)
_ROW = "select origin, seq, hlc, coalesce(stamp, hlc), actor from change where id = ?"
# Of several erasures that did not know of each other the first counts.
_ERASURE = (
    "select c.id, c.origin, e.at, coalesce(c.stamp, c.hlc), c.actor, c.body from erased e"
    " join change c on c.id = e.id where e.participant_id = ? order by e.id limit 1"
)
_ENDS = "select ends_at from half_day where id = ?"
_TRACE = (
    "select body from change where origin = ? and seq = ? and kind = 'participant.merged' and redacted = 0"
)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An arrival that stands."""

    pair: Pair
    participant_id: str
    id: str
    at: datetime
    kiosk_id: str
    actor: str
    stored_at: datetime
    order: int
    """In the common order of all kiosks."""

    def fact(self, accounts: Mapping[str, str]) -> Fact:
        """What the kiosk says by it."""
        said = ((Event.ARRIVED, self.at),)
        return Fact(self.kiosk_id, self.stored_at, self.actor, accounts.get(self.actor, ""), said)


class Presences:
    """Reads the arrivals of a corner in a span of half-days."""

    def __init__(
        self, conn: Connection, corner_id: str, first: datetime, last: datetime, accounts: Mapping[str, str]
    ) -> None:
        self._conn, self._accounts = conn, accounts
        self._span = (corner_id, db_time(first), db_time(last))

    def _arrivals(self, sql: str) -> Iterator[_Arrival]:
        """The first arrival of each person in each half-day."""
        seen: set[Pair] = set()
        for half_day, person, participant, id_, at, kiosk, actor, stored, order in self._conn.execute(
            sql, self._span
        ).fetchall():
            if (half_day, person) not in seen:
                seen.add((half_day, person))
                moments = from_db_time(at), from_db_time(stored)
                yield _Arrival(
                    (half_day, person), participant, id_, moments[0], kiosk, actor, moments[1], order
                )

    def _fact(self, change_id: str, *said: tuple[str, object]) -> Fact | None:
        """What a kiosk says by a row of the log."""
        row = self._conn.execute(_ROW, (change_id,)).fetchone()
        if row is None:
            return None
        origin, _, hlc, _, actor = row
        return Fact(origin, moment_of(hlc), actor, self._accounts.get(actor, ""), said)

    def cancelled(self) -> Iterator[tuple[Pair, Conflict]]:
        """Somebody came at one kiosk, and another one had cancelled their booking, or the half-day."""
        for one in self._arrivals(_TO_CANCELLED):
            half_day, person = one.pair
            for entity, id_ in (("booking", named_id("booking", person, half_day)), ("half_day", half_day)):
                writes = open_writes(self._conn, id_).get("status", [])
                word = writes[-1] if writes else ("", "")
                if word[1] != "cancelled":
                    continue
                said = self._fact(word[0], (entity, word[1]))
                if said is not None and said.kiosk_id != one.kiosk_id:
                    facts = (one.fact(self._accounts), said)
                    # As the closing sees it: settled there, it is settled here.
                    seen = named(standing(events_of(self._conn, *one.pair)))
                    yield one.pair, Conflict(Apart.CANCELLED, seen, facts, person_id=person)
                    break

    def erased(self) -> Iterator[tuple[Pair, Conflict]]:
        """Somebody was erased at one kiosk while another one had them in a half-day, or to come."""
        for one in self._arrivals(_OF_ERASED):
            id_, origin, said_at, order, actor, body = self._conn.execute(_ERASURE, (one.pair[1],)).fetchone()
            at = from_db_time(said_at)
            (ends_at,) = self._conn.execute(_ENDS, (one.pair[0],)).fetchone()
            if origin == one.kiosk_id or (one.order < order and from_db_time(ends_at) <= at):
                continue
            if one.pair[0] in _known_there(body):
                continue
            said = Fact(origin, at, actor, self._accounts.get(actor, ""), (("erased", None),))
            facts = (one.fact(self._accounts), said)
            yield one.pair, Conflict(Apart.ERASED, f"{one.id} {id_}", facts, person_id=one.pair[1])

    def merged(self) -> Iterator[tuple[Pair, Conflict]]:
        """A walk-in came at one kiosk, and another one that had not heard of it said who they are."""
        for one in self._arrivals(_OF_MERGED):
            writes = open_writes(self._conn, one.participant_id).get("merged_into", [])
            if not writes:
                continue
            change_id, into = writes[-1]
            origin, seq, _, order, _ = self._conn.execute(_ROW, (change_id,)).fetchone()
            if origin == one.kiosk_id or (
                one.order < order and one.pair[0] in self._half_days_at_merge(origin, seq)
            ):
                continue
            said = self._fact(change_id, ("merged_into", into))
            if said is not None:
                facts = (one.fact(self._accounts), said)
                yield (
                    one.pair,
                    Conflict(Apart.MERGED, f"{one.id} {change_id}", facts, person_id=one.pair[1]),
                )

    def _half_days_at_merge(self, origin: str, seq: int) -> set[str]:
        """In which half-days whoever merged knew that the walk-in was; the row after the pointing says so."""
        row = self._conn.execute(_TRACE, (origin, seq + 1)).fetchone()
        return {one["half_day"] for one in json.loads(row[0])["bookings"]} if row else set()

    def without_booking(self) -> Iterator[tuple[Pair, Conflict]]:
        """Somebody came of whom no booking is known."""
        for one in self._arrivals(_WITHOUT):
            facts = (one.fact(self._accounts),)
            yield one.pair, Conflict(Apart.NO_BOOKING, one.pair[1], facts, person_id=one.pair[1])


def _known_there(body: str) -> Sequence[str]:
    """In which half-days under way whoever erased somebody knew that they sit; none by other rows."""
    try:
        said = json.loads(body).get("present", [])
    except (ValueError, AttributeError):  # of another version
        return ()
    return said if isinstance(said, list) else ()
