"""A disagreement of two kiosks: what it is about, and what each of them says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from models.answers import Sitting
from models.half_days import SITTING, sitting_of
from models.names import shown_name

if TYPE_CHECKING:
    from models.connection import Connection

_SITTINGS = (
    f"select {SITTING} from half_day h where h.starts_at is not null and h.ends_at is not null"
    " and h.id in (select value from json_each(?))"
)
_NAMES = "select id, first_name, last_name from participant where id in (select value from json_each(?))"
_ACCOUNTS = "select id, name from staff_member"


class Apart(StrEnum):
    """What two kiosks can disagree about."""

    TWO_ARRIVALS = "two_arrivals"
    """One person arrived at both: one presence, and the earlier arrival counts."""
    OVERBOOKED = "overbooked_apart"
    """Both gave the last place: whoever sits there stays."""
    CANCELLED = "cancelled_apart"
    """One cancelled the booking or the half-day, and the person came at the other."""
    TWO_CORRECTIONS = "two_corrections"
    """Both put the same thing right, and not in the same way."""
    TWO_VALUES = "two_values"
    """Both wrote the same field of something, and not the same."""
    ERASED = "erased_apart"
    """One erased a person, and the other saw them come: they count without a name."""
    MERGED = "merged_apart"
    """One said that a walk-in is a known person, and the other saw the walk-in come."""
    NO_BOOKING = "no_booking_apart"
    """Somebody came of whom no booking is known here."""


CHOOSES = frozenset({Apart.TWO_CORRECTIONS, Apart.TWO_VALUES})
"""Disagreements of which one side must be chosen; of the others both sides stay."""

Said = tuple[str, Any]
"""A word (an event, a column of a register) and its value: a moment, a text, a number, nothing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one kiosk says."""

    kiosk_id: str
    at: datetime
    """When it was said, by the clock of that kiosk."""
    actor: str
    """``participant``, ``import``, ``system``, or the id of an account."""
    by: str = ""
    """Name of the account; empty for whoever has none."""
    said: tuple[Said, ...] = ()
    """Empty where it says that what was noted does not count."""
    name: str = ""
    """Of whom, where the sides are about several people."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that two kiosks said differently, and that somebody must look at."""

    what: Apart
    seen: str
    """Names exactly what was said, for whoever settles it: something new makes it another question."""
    facts: tuple[Fact, ...]
    half_day: Sitting | None = None
    person_id: str = ""
    name: str = ""
    """Of the person, the account, the piece or the corner; ``NAMELESS`` where nobody knows it (any more)."""
    entity: str = ""
    """Whose fields were written: a key of ``models.projections.REGISTERS``."""
    entity_id: str = ""
    taken: int = 0
    places: int = 0
    """How many places are taken, of how many; where both gave the last one."""

    @property
    def key(self) -> str:
        """The same on every kiosk that knows the same."""
        about = (
            self.what,
            self.half_day.id if self.half_day else "",
            self.person_id,
            self.entity_id,
            self.seen,
        )
        return sha256("\x1f".join(about).encode()).hexdigest()

    @property
    def at(self) -> datetime:
        """By what it is sorted."""
        return self.half_day.starts_at if self.half_day else self.facts[0].at


def sittings_of(conn: Connection, ids: Iterable[str]) -> Mapping[str, Sitting]:
    """Half-days by their ids, as far as they have a time."""
    return {row[0]: sitting_of(row) for row in conn.execute(_SITTINGS, (json.dumps(sorted(set(ids))),))}


def names_of(conn: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """People as their names are shown; whoever is not known any more is missing."""
    found = conn.execute(_NAMES, (json.dumps(sorted(set(ids))),))
    return {person: shown_name(first, last) for person, first, last in found}


def accounts_of(conn: Connection) -> Mapping[str, str]:
    """Names of the team by their ids, also of accounts that are closed."""
    return dict(conn.execute(_ACCOUNTS).fetchall())
