"""Finding a known person by letters of the name, behind the PIN: at most eight, never a list to browse.

Nothing here is cached: a name must not stay in memory after its screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from models.erased import is_erased
from models.names import folded, shown_name
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

MOST_PEOPLE = 8
"""People that a screen shows at once."""

LEAST_LETTERS = 2
"""Letters below which nobody is looked for."""

_KNOWN = "reference <> '' and merged_into = ''"
_PEOPLE = f"select id, reference, first_name, last_name from participant where {_KNOWN}"
_PERSON = "select id, reference, first_name, last_name from participant where id = ?"
_BY_REFERENCE = (
    "select coalesce(nullif(merged_into, ''), id) from participant where reference = ? and reference <> ''"
    " order by merged_into <> '', id limit 1"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the team sees them in a choice."""

    id: str
    reference: str
    """Of the booking office, what tells two of one name apart; empty for a walk-in."""
    name: str
    """``Binta O.``"""


@dataclass(frozen=True, slots=True)
class Matches:
    """Whom some letters lead to."""

    people: tuple[Known, ...] = ()
    more: bool = False
    """There are others: one more letter is needed."""


@dataclass(frozen=True, slots=True)
class FindPeople(Request[Matches]):
    """Known people whose first or family name begins so."""

    action: ClassVar[Action] = Action.SEE_PERSON
    writes: ClassVar[bool] = False
    letters: str

    def do(self, at: At) -> Matches:
        """See ``find_people``."""
        return find_people(at.conn, self.letters)


@dataclass(frozen=True, slots=True)
class WhoIs(Request["Known | None"]):
    """One person, known or walk-in.

    Of anybody: it tells no more than ``FindPeople`` does, by which somebody who has no half-day in reach
    yet is found to be added to one.
    """

    action: ClassVar[Action] = Action.SEE_PERSON
    writes: ClassVar[bool] = False
    person_id: str

    @property
    def about(self) -> str:
        """Nobody in the sense of P-20."""
        return ""

    def do(self, at: At) -> Known | None:
        """``None`` where there is nobody of this id."""
        return who_is(at.conn, self.person_id)


def find_people(conn: Connection, letters: str) -> Matches:
    """Known people whose first or family name begins so; after a whole name its other part may follow."""
    wanted = folded(letters)
    if len(wanted) < LEAST_LETTERS:
        return Matches()
    found = []
    for row in conn.execute(_PEOPLE):
        first, last = folded(row[2]), folded(row[3] or "")
        if (first + last).startswith(wanted) or (last + first).startswith(wanted):
            found.append((first, last, row[1], row))
    found.sort()
    people = tuple(_known_of(*row) for *_, row in found[:MOST_PEOPLE])
    return Matches(people, more=len(found) > MOST_PEOPLE)


def who_is(conn: Connection, person_id: str) -> Known | None:
    """One person by id, ``None`` where there is none, or none any more."""
    row = conn.execute(_PERSON, (person_id,)).fetchone()
    return _known_of(*row) if row and not is_erased(conn, person_id) else None


def person_by_reference(conn: Connection, reference: str) -> str | None:
    """Id of the person whom the booking office calls so; where they turned out to be another, of that one."""
    row = conn.execute(_BY_REFERENCE, (reference,)).fetchone()
    return row[0] if row else None


def _known_of(person_id: str, reference: str, first_name: str, last_name: str | None) -> Known:
    return Known(person_id, reference, shown_name(first_name, last_name))
