"""Arriving by name: at most six "Prénom I." of people who are expected now, never a list to browse.

Nothing here is cached: a name must not stay in memory after its screen.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.connection import db_time, from_db_time
from models.ledger import LedgerEvent, presence
from models.policy import Policy

if TYPE_CHECKING:
    from models.connection import Connection

MOST_NAMES = 6
"""Names that a screen may show (P-01)."""

NAMELESS = "—"
"""What stands for whoever has been erased: they are counted, and nobody asks for them any more."""

_OPEN_HALF_DAYS = "h.corner_id = ? and h.status = 'planned' and h.starts_at <= ? and h.ends_at > ?"
_EXPECTED = (
    "select distinct p.id, p.first_name, p.last_name from half_day h"
    " join booking b on b.half_day_id = h.id and b.status = 'booked'"
    f" join participant p on p.id = b.participant_id and p.merged_into = '' where {_OPEN_HALF_DAYS}"
)
_EVENTS = (
    "select e.half_day_id, e.person_id, e.id, e.kind, e.at, e.annuls from half_day h"
    f" join attendance_event e on e.half_day_id = h.id where {_OPEN_HALF_DAYS}"
)

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """One line of the choice: a name as it may be shown, and whom it may mean."""

    label: str
    people: tuple[str, ...]
    """More than one where two people would read the same: then the team chooses (never a guess)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What some letters lead to."""

    names: tuple[Named, ...] = ()
    too_many: bool = False
    """More names than may be shown: one more letter is needed."""


def folded(text: str) -> str:
    """A name as it is compared: no case, no accents, nothing but letters."""
    if text.isascii() and text.isalpha():
        return text.lower()  # most names of a whole half-day, at every letter
    plain = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in plain if sign.isalpha())


def shown_name(first_name: str, last_name: str | None) -> str:
    """``Binta O.``: as much of a name as the public side shows (P-01)."""
    return f"{first_name} {last_name[0].upper()}." if last_name else first_name or NAMELESS


def find_names(conn: Connection, corner_id: str, policy: Policy, letters: str, now: datetime) -> Found:
    """People booked for a half-day that is open now and not yet there, whose first name begins so (P-02)."""
    wanted = folded(letters)
    if not wanted:
        return Found()
    span = (corner_id, db_time(now + policy.doors), db_time(now))
    matching = [row for row in conn.execute(_EXPECTED, span) if folded(row[1]).startswith(wanted)]
    if not matching:
        return Found()
    there = _present(conn, span, {row[0] for row in matching})
    people: dict[str, list[str]] = defaultdict(list)
    for person_id, first_name, last_name in matching:
        if person_id not in there:
            people[shown_name(first_name, last_name)].append(person_id)
    if len(people) > MOST_NAMES:
        return Found(too_many=True)
    return Found(tuple(Named(label, tuple(sorted(ids))) for label, ids in sorted(people.items())))


def _present(conn: Connection, span: tuple[str, str, str], asked: set[str]) -> set[str]:
    """Who of those asked for is there in one of the open half-days."""
    events: dict[tuple[str, str], list[LedgerEvent]] = defaultdict(list)
    for half_day_id, person_id, event_id, kind, at, annuls in conn.execute(_EVENTS, span):
        if person_id in asked:
            event = LedgerEvent(event_id, kind, from_db_time(at), annuls)
            events[half_day_id, person_id].append(event)
    return {person_id for (_, person_id), known in events.items() if presence(known).present}
