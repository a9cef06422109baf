"""Who has been erased: which bodies go, which stay, and what is shown of a person afterwards.

An erasure is a row like any other, and the table ``erased`` is its projection: the ledger that blanks what
comes later, by whatever road. What is kept of a person names and describes nobody: ids, times and words of
lists, without which a total, a figure that was signed, or a piece that is lent out would be another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.words import AUDIENCES, EVENT_KINDS, LOANS, OBSERVED

if TYPE_CHECKING:
    from models.connection import Connection

ERASED = "participant.erased"
"""The kind of row that names a person whose bodies are empty."""

STAYS = frozenset(
    {
        ERASED,
        "booking.set",
        *(f"attendance.{kind}" for kind in EVENT_KINDS),
        "exception.settled",
        "assessment.taken",
        *(f"observation.{kind}" for kind in OBSERVED),
        *(f"equipment.{kind}" for kind in LOANS),
        "help.called",
    }
)
"""Kinds whose bodies stay, of those that are about a person. Whatever is not here goes: also what a newer
version writes, which this one cannot know to be harmless."""

_AMONG = "select participant_id from erased where participant_id in (select value from json_each(?))"
_FIRST = "select audience, merged_into from erased where participant_id = ? order by id limit 1"
_NOBODY = (
    "insert into participant (id, audience, merged_into) values (?, ?, ?) on conflict (id) do update set"
    " reference = '', first_name = '', last_name = null, language = 'fr', audience = excluded.audience,"
    " merged_into = excluded.merged_into"
)
_THEIRS = (
    "update attendance_event set person_id = coalesce(nullif(?, ''), participant_id) where participant_id = ?"
)


def is_erased(conn: Connection, person_id: str) -> bool:
    """Whether the ledger names this person."""
    found = conn.execute("select 1 from erased where participant_id = ? limit 1", (person_id,))
    return found.fetchone() is not None


def erased_among(conn: Connection, people: Iterable[str]) -> set[str]:
    """Those of some people whom the ledger names."""
    found = conn.execute(_AMONG, (json.dumps(list(people)),))
    return {row[0] for row in found}


def comes_empty(conn: Connection, kind: str, person_id: str) -> bool:
    """Whether what is written now of this kind about somebody keeps no body."""
    return bool(person_id) and kind not in STAYS and is_erased(conn, person_id)


def show_erased(conn: Connection, person_id: str) -> None:
    """What is left of a person: an id by which totals still count them.

    Of two erasures that did not know of each other the first counts, whichever comes first.
    """
    said = conn.execute(_FIRST, (person_id,)).fetchone()
    if said is None:  # by a row that this version cannot read
        return
    audience, merged_into = said
    conn.execute(_NOBODY, (person_id, audience if audience in AUDIENCES else AUDIENCES[0], merged_into))
    conn.execute(_THEIRS, (merged_into, person_id))
