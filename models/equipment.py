"""The pieces of the corner and their loans: what is out, who has it, since when.

Nothing of this is stored but facts: lent, returned. The last fact of a piece, by time and then by id,
says whether it is out, in whatever order the facts came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.connection import body_time, from_db_time
from models.ids import uuid7
from models.log import Author, record
from models.names import shown_name
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action, may
from models.roster import roster_of
from models.sync.silence import is_silent
from models.words import EQUIPMENT_KINDS

if TYPE_CHECKING:
    from models.connection import Connection

LENT, RETURNED = "lent", "returned"
"""The words of ``models.words.LOANS``."""

WRITTEN = {"tablet": "Tablette", "smartphone": "Smartphone", "television": "Télévision", "camera": "Caméra"}
"""What is written on a piece of each kind, before its number: French on every screen, as on the piece."""

_AFTER = timedelta(microseconds=1)

_PIECES = "select id, kind, name, retired_at from equipment where corner_id = ?"
_PIECE = "select id, kind, name, retired_at, corner_id from equipment where id = ?"
# A walk-in who turned out to be a known person has borrowed as that person.
_LAST = (
    "select l.kind, l.half_day_id, l.at, coalesce(p.id, l.participant_id), p.first_name, p.last_name"
    " from loan l left join participant w on w.id = l.participant_id"
    " left join participant p on p.id = coalesce(nullif(w.merged_into, ''), w.id)"
    " where l.equipment_id = ? order by l.at desc, l.id desc limit 2"
)


class Refused(StrEnum):
    """Why nothing was noted of a piece."""

    OUT = "out"
    """Somebody has it already, or still."""
    NOT_OUT = "not_out"
    RETIRED = "retired"
    GONE = "gone"
    """There is no such piece or half-day here, or the person is not on this list."""


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A piece that is out."""

    equipment_id: str
    equipment: str
    """As it is written on the piece."""
    person_id: str
    """Empty where the group has it."""
    person: str
    """``Binta O.``; empty where the group has it, or for eyes that see no names."""
    since: datetime
    half_day_id: str
    twice: bool = False
    """Lent once more without having come back: two kiosks that could not know of each other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the corner, in or out."""

    id: str
    kind: str
    name: str
    loan: OpenLoan | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Borrower:
    """Somebody of the half-day to whom a piece can be lent."""

    person_id: str
    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The equipment of a corner, as far as a role may see it."""

    pieces: tuple[Piece, ...]
    borrowers: tuple[Borrower, ...] = ()
    """The people of the half-day, who is there first; none where names may not be seen."""
    may_lend: bool = False
    may_keep: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a request about a piece."""

    piece: Piece | None = None
    """As it is now; where something was refused, that says who has it."""
    refused: Refused | None = None


def pieces_of(conn: Connection, corner_id: str) -> tuple[Piece, ...]:
    """The pieces of a corner, kind by kind; one that was retired only as long as it is out."""
    pieces = [_piece(conn, *row) for row in conn.execute(_PIECES, (corner_id,)).fetchall()]
    shown = [piece for piece in pieces if piece.loan or not piece.retired]
    # "Tablette 10" comes after "Tablette 9".
    return tuple(sorted(shown, key=lambda p: (EQUIPMENT_KINDS.index(p.kind), len(p.name), p.name, p.id)))


def everything_out(conn: Connection, corner_id: str) -> tuple[OpenLoan, ...]:
    """All that is out in a corner, whenever it was lent."""
    return tuple(piece.loan for piece in pieces_of(conn, corner_id) if piece.loan is not None)


def open_loans(conn: Connection, half_day_id: str) -> tuple[OpenLoan, ...]:
    """What was lent in a half-day and is still out."""
    row = conn.execute("select corner_id from half_day where id = ?", (half_day_id,)).fetchone()
    found = everything_out(conn, row[0]) if row else ()
    return tuple(loan for loan in found if loan.half_day_id == half_day_id)


def _piece(conn: Connection, piece_id: str, kind: str, name: str, retired_at: str | None) -> Piece:
    facts = conn.execute(_LAST, (piece_id,)).fetchall()
    loan = None
    if facts and facts[0][0] == LENT:
        _, half_day_id, at, person_id, first, last = facts[0]
        person = shown_name(first, last) if first is not None else ""
        twice = len(facts) > 1 and facts[1][0] == LENT
        loan = OpenLoan(piece_id, name, person_id, person, from_db_time(at), half_day_id, twice)
    return Piece(piece_id, kind, name, loan, retired_at is not None)


def _find(at: At, piece_id: str) -> Piece | None:
    row = at.conn.execute(_PIECE, (piece_id,)).fetchone()
    return _piece(at.conn, *row[:4]) if row and row[4] == at.desk.corner_id else None


def _note(at: At, piece: Piece, kind: str, person_id: str = "", half_day_id: str = "") -> Handled:
    """Write a fact. It comes after all that is known of the piece, even where the clock went back."""
    known = at.conn.execute(_LAST, (piece.id,)).fetchone()
    moment = max(at.now, from_db_time(known[2]) + _AFTER) if known else at.now
    body = {"participant": person_id, "half_day": half_day_id, "at": body_time(moment)}
    record(
        at.conn, at.author, f"equipment.{kind}", "equipment", piece.id, body, subject=person_id or None
    )  # fmt: skip
    return Handled(_find(at, piece.id))


def _returned(at: At, piece: Piece, loan: OpenLoan) -> Handled:
    """A piece comes back from whoever had it: what is kept of them says that they have it no longer."""
    return _note(at, piece, RETURNED, loan.person_id, loan.half_day_id)


@dataclass(frozen=True, slots=True)
class SeeEquipment(Request[Shelf]):
    """The pieces of this corner; with a half-day also the people to whom they can be lent."""

    action: ClassVar[Action] = Action.SEE_EQUIPMENT
    writes: ClassVar[bool] = False
    half_day_id: str = ""

    def do(self, at: At) -> Shelf:
        """Names only for those who may see the roster (P-23), and while they may be shown at all."""
        role = at.colleague.role
        pieces = pieces_of(at.conn, at.desk.corner_id)
        borrowers: tuple[Borrower, ...] = ()
        if may(role, Action.SEE_ROSTER) and not is_silent(at.conn, at.desk.policy, at.now):
            borrowers = _borrowers(at, self.half_day_id)
        else:
            pieces = tuple(_without_name(piece) for piece in pieces)
        return Shelf(pieces, borrowers, may(role, Action.LEND), may(role, Action.KEEP_EQUIPMENT))


def _without_name(piece: Piece) -> Piece:
    loan = piece.loan
    if loan is None:
        return piece
    unnamed = OpenLoan(piece.id, piece.name, "", "", loan.since, loan.half_day_id, loan.twice)
    return Piece(piece.id, piece.kind, piece.name, unnamed, piece.retired)


def _borrowers(at: At, half_day_id: str) -> tuple[Borrower, ...]:
    found = roster_of(at.conn, half_day_id, at.desk.policy, at.now)
    people = found.people if found else ()
    listed = [Borrower(one.person_id, one.label, one.reckoning.present) for one in people]
    return tuple(sorted(listed, key=lambda one: not one.present))


@dataclass(frozen=True, slots=True)
class Lend(Request[Handled]):
    """A piece goes to somebody of a half-day; without a person, to its group."""

    action: ClassVar[Action] = Action.LEND
    equipment_id: str
    person_id: str
    half_day_id: str
    """At whose closing the piece is asked for: without one it would never be."""

    def do(self, at: At) -> Handled:
        """Note it, unless somebody has the piece."""
        piece = _find(at, self.equipment_id)
        listed = {one.person_id for one in _borrowers(at, self.half_day_id)}
        if piece is None or not self.half_day_id or (self.person_id and self.person_id not in listed):
            return Handled(piece, Refused.GONE)
        if piece.loan is not None:
            return Handled(piece, Refused.OUT)
        if piece.retired:
            return Handled(piece, Refused.RETIRED)
        return _note(at, piece, LENT, self.person_id, self.half_day_id)


@dataclass(frozen=True, slots=True)
class Return(Request[Handled]):
    """A piece has come back."""

    action: ClassVar[Action] = Action.LEND
    equipment_id: str

    def do(self, at: At) -> Handled:
        """Note it, unless the piece is in."""
        piece = _find(at, self.equipment_id)
        if piece is None:
            return Handled(refused=Refused.GONE)
        if piece.loan is None:
            return Handled(piece, Refused.NOT_OUT)
        return _returned(at, piece, piece.loan)


@dataclass(frozen=True, slots=True)
class ReturnAll(Request[tuple[Piece, ...]]):
    """Everything that was lent in a half-day has come back."""

    action: ClassVar[Action] = Action.LEND
    half_day_id: str

    def do(self, at: At) -> tuple[Piece, ...]:
        """The pieces that were out."""
        loans = open_loans(at.conn, self.half_day_id)
        found = [(piece, loan) for loan in loans if (piece := _find(at, loan.equipment_id)) is not None]
        for piece, loan in found:
            _returned(at, piece, loan)
        return tuple(piece for piece, _ in found)


@dataclass(frozen=True, slots=True)
class AddEquipment(Request[Piece]):
    """One more piece of a kind of ``models.words.EQUIPMENT_KINDS``."""

    action: ClassVar[Action] = Action.KEEP_EQUIPMENT
    kind: str

    def do(self, at: At) -> Piece:
        """Give it the number after the last one that this corner has ever had, so that none means two."""
        return add_piece(at.conn, at.author, at.desk.corner_id, self.kind)


def add_piece(conn: Connection, author: Author, corner_id: str, kind: str) -> Piece:
    """Give a corner one more piece, under the name that is then written on it."""
    known = conn.execute("select name from equipment where corner_id = ? and kind = ?", (corner_id, kind))
    numbers = [name.rpartition(" ")[2] for (name,) in known.fetchall()]
    number = max((int(one) for one in numbers if one.isdecimal()), default=0) + 1
    piece = Piece(uuid7(int(author.now.timestamp() * 1000)), kind, f"{WRITTEN[kind]} {number}")
    values = {"corner_id": corner_id, "kind": kind, "name": piece.name}
    set_fields(conn, author, "equipment", piece.id, values, new=True)
    return piece


@dataclass(frozen=True, slots=True)
class RetireEquipment(Request[Handled]):
    """A piece is not the corner's any more; what was noted of it stays."""

    action: ClassVar[Action] = Action.KEEP_EQUIPMENT
    equipment_id: str

    def do(self, at: At) -> Handled:
        """Say so, unless somebody still has it."""
        piece = _find(at, self.equipment_id)
        if piece is None:
            return Handled(refused=Refused.GONE)
        if piece.loan is not None:
            return Handled(
                piece if may(at.colleague.role, Action.SEE_ROSTER) else _without_name(piece), Refused.OUT
            )
        if piece.retired:
            return Handled(piece, Refused.RETIRED)
        values = {"retired_at": body_time(at.now)}
        set_fields(at.conn, at.author, "equipment", piece.id, values, new=False)
        return Handled(Piece(piece.id, piece.kind, piece.name, retired=True))
