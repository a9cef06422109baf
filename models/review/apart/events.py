"""The events of people whom two kiosks have noted something of, as the disagreements need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.connection import db_time, from_db_time
from models.ledger import EVENT, LedgerEvent, event_of
from models.review.apart.facts import Fact, Said

if TYPE_CHECKING:
    from models.connection import Connection

_OF_CORNER = "h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?3"
# Of most people only one kiosk has noted anything.
_EVENTS = (
    f"select {', '.join(f'e.{name}' for name in EVENT.split(', '))}, e.half_day_id, e.person_id,"
    " e.participant_id, e.kiosk_id, e.actor, coalesce(e.act, e.id), e.stored_at, e.way"
    " from half_day h join attendance_event e on e.half_day_id = h.id"
    f" where {_OF_CORNER} and (e.half_day_id, e.person_id) in (select o.half_day_id, o.person_id"
    " from half_day h join attendance_event o on o.half_day_id = h.id"
    f" where {_OF_CORNER} group by o.half_day_id, o.person_id having min(o.kiosk_id) < max(o.kiosk_id))"
)

Pair = tuple[str, str]
"""A half-day and a person."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One event with who noted it, where, and in which touch."""

    event: LedgerEvent
    participant_id: str
    kiosk_id: str
    actor: str
    act: str
    stored_at: datetime
    way: str

    @property
    def id(self) -> str:
        """The event's own."""
        return self.event.id


def noted_at_two_kiosks(
    conn: Connection, corner_id: str, first: datetime, last: datetime
) -> Mapping[Pair, list[Noted]]:
    """Everything that is noted of whomever two kiosks have noted something of, in a span of half-days."""
    found: dict[Pair, list[Noted]] = defaultdict(list)
    for row in conn.execute(_EVENTS, (corner_id, db_time(first), db_time(last))):
        half_day, person, participant, kiosk, actor, act, stored, way = row[6:]
        one = Noted(event_of(row), participant, kiosk, actor, act, from_db_time(stored), way)
        found[half_day, person].append(one)
    return found


def fact_of(noted: Noted, accounts: Mapping[str, str], *said: Said, name: str = "") -> Fact:
    """What a kiosk says by an event."""
    return Fact(noted.kiosk_id, noted.stored_at, noted.actor, accounts.get(noted.actor, ""), said, name)
