"""The last place that two kiosks have both given: booked people first, then walk-ins by their arrival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from models.connection import from_db_time
from models.ledger import events_of, presence
from models.log import moment_of
from models.projections import open_writes
from models.review.apart.facts import Apart, Conflict, Fact
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection
    from models.roster import Attendee, HalfDayRoster

_WRITE = "select origin, hlc, actor from change where id = ?"
_EVENT = "select kiosk_id, stored_at, actor from attendance_event where id = ?"

_GIVEN_HERE = ("walk_in", "corner")
"""Sources of places that a kiosk gave; the others were given by the office."""


def places_given_twice(
    conn: Connection, rosters: Iterable[HalfDayRoster], accounts: Mapping[str, str]
) -> Iterator[Conflict]:
    """Half-days with more people than places, of which more than one kiosk has given some.

    Told are whoever has the last place and everybody after them: all of them stay.
    """
    for roster in rosters:
        if not roster.overbooked:
            continue
        here = [one for one in roster.people if one.takes_a_place and one.source in _GIVEN_HERE]
        given = [(one.walk_in, fact) for one in here if (fact := _given(conn, roster, one, accounts))]
        if len({fact.kiosk_id for _, fact in given}) < 2:
            continue
        ranked = sorted(given, key=lambda one: (one[0], one[1].said[0][1], one[1].name, one[1].kiosk_id))
        beyond = roster.booked - roster.capacity
        yield Conflict(
            Apart.OVERBOOKED, f"{roster.booked}:{roster.capacity}",
            tuple(fact for _, fact in ranked[-(beyond + 1) :]),
            half_day=roster.half_day, taken=roster.booked, places=roster.capacity,
        )  # fmt: skip


def _given(
    conn: Connection, roster: HalfDayRoster, person: Attendee, accounts: Mapping[str, str]
) -> Fact | None:
    """When and where somebody got their place: by their arrival, or by the word that gave it."""
    there = presence(events_of(conn, roster.half_day.id, person.person_id))
    if there.arrived_at is not None:
        kiosk, stored, actor = conn.execute(_EVENT, (there.arrival_id,)).fetchone()
        return _fact(kiosk, from_db_time(stored), actor, accounts, (Event.ARRIVED, there.arrived_at), person)
    writes = open_writes(conn, person.booking_id).get("status", [])
    row = conn.execute(_WRITE, (writes[-1][0],)).fetchone() if writes else None
    if row is None:
        return None
    at = moment_of(row[1])
    return _fact(row[0], at, row[2], accounts, ("booked", at), person)


def _fact(
    kiosk: str,
    at: datetime,
    actor: str,
    accounts: Mapping[str, str],
    said: tuple[str, datetime],
    one: Attendee,
) -> Fact:
    return Fact(kiosk, at, actor, accounts.get(actor, ""), (said,), one.label)
