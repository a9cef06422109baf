"""What somebody of the team thinks a person should do next, with a short note; the latest counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from assets.facts import programmes
from models.connection import body_time, from_db_time
from models.log import record
from models.national_number import looks_like_national_number
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

LONGEST_NOTE = 200
"""Signs of a note (P-27)."""

_SOMEBODY = "select 1 from participant where id = ?"
# Also what was decided of a walk-in that they turned out to be.
_DECIDED = (
    "select o.programme, o.note, o.at, coalesce(s.name, '') from orientation o"
    " left join staff_member s on s.id = o.actor where o.participant_id = ?1"
    " or o.participant_id in (select id from participant where merged_into = ?1)"
    " order by o.at desc, o.id desc"
)


class NotOriented(StrEnum):
    """Why nothing was kept."""

    NOBODY = "nobody"
    UNKNOWN_PROGRAMME = "unknown_programme"
    TOO_LONG = "too_long"
    NATIONAL_NUMBER = "national_number"
    """The note holds what looks like one; it is not repeated."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, by whom and when."""

    programme: str
    """Programme id of the catalogue; a newer version may know more."""
    note: str
    at: datetime
    by: str
    """Name of the colleague, empty where it is not known any more."""


@dataclass(frozen=True, slots=True)
class Orient(Request["NotOriented | None"]):
    """Decide what a person should do next."""

    action: ClassVar[Action] = Action.ORIENT
    person_id: str
    programme: str
    note: str = ""

    def do(self, at: At) -> NotOriented | None:
        """See ``orient``."""
        return orient(at, self.person_id, self.programme, self.note)


@dataclass(frozen=True, slots=True)
class OrientationsOf(Request[tuple[Decided, ...]]):
    """What has been decided of a person, the latest first."""

    action: ClassVar[Action] = Action.ORIENT
    writes: ClassVar[bool] = False
    person_id: str

    def do(self, at: At) -> tuple[Decided, ...]:
        """See ``orientations``."""
        return orientations(at.conn, self.person_id)


def plain_note(text: str) -> str:
    """A note as it is kept: one line, single blanks, nothing that is not printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def orient(at: At, person_id: str, programme: str, note: str) -> NotOriented | None:
    """Keep what was decided; ``None`` where it is done."""
    kept = plain_note(note)
    if at.conn.execute(_SOMEBODY, (person_id,)).fetchone() is None:
        return NotOriented.NOBODY
    if programme not in programmes():
        return NotOriented.UNKNOWN_PROGRAMME
    if len(kept) > LONGEST_NOTE:
        return NotOriented.TOO_LONG
    if looks_like_national_number(kept):
        return NotOriented.NATIONAL_NUMBER
    body = {"at": body_time(at.now), "programme": programme}
    if kept:
        body["note"] = kept
    record(at.conn, at.author, "orientation.decided", "participant", person_id, body, subject=person_id)
    return None


def orientations(conn: Connection, person_id: str) -> tuple[Decided, ...]:
    """What has been decided of a person, the latest first."""
    found = conn.execute(_DECIDED, (person_id,))
    return tuple(Decided(row[0], row[1], from_db_time(row[2]), row[3]) for row in found)
