"""Issuing cards and short codes: a new one replaces the one before; only its HMAC is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.codes import Form, digest, fingerprint, new_short_code, new_token
from models.connection import body_time, db_time, from_db_time
from models.ids import named_id, uuid7
from models.issued import IssuedCode, IssuedHalfDay
from models.log import Author, record
from models.registers import set_fields

if TYPE_CHECKING:
    from models.connection import Connection

_PERSON = "select reference, first_name, last_name, language from participant where id = ?"
_COMING = (
    "select h.id, h.corner_id, h.programme, h.starts_at, h.ends_at, h.room from booking b"
    " join half_day h on h.id = b.half_day_id where b.participant_id = ? and b.status = 'booked'"
    " and h.status = 'planned' and h.ends_at > ? order by h.starts_at"
)
_LIVE = "select id from code where participant_id = ? and form = ? and revoked_at is null"
_TAKEN = "select 1 from code where digest = ? and revoked_at is null"


def participant_id(reference: str) -> str:
    """The id of the person that a booking office calls by this reference."""
    return named_id("participant", reference)


def people_to_invite(
    conn: Connection,
    corner_id: str,
    *,
    start: datetime | None,
    end: datetime | None,
    references: Sequence[str],
) -> list[str]:
    """Ids of the people who get a code: those named, else those booked at a corner between two moments."""
    if references:
        marks = ", ".join("?" * len(references))
        found = conn.execute(
            f"select id from participant where reference in ({marks}) order by reference", tuple(references)
        )
    else:
        found = conn.execute(
            "select p.id from participant p join booking b on b.participant_id = p.id join half_day h"
            " on h.id = b.half_day_id where b.status = 'booked' and h.status = 'planned'"
            " and h.corner_id = ?3 and (?1 is null or h.starts_at >= ?1) and (?2 is null or h.starts_at < ?2)"
            " and p.merged_into = '' and p.first_name <> '' group by p.id"
            " order by min(h.starts_at), p.first_name, p.reference",
            (start and db_time(start), end and db_time(end), corner_id),
        )
    return [row[0] for row in found]


def known(conn: Connection, references: Sequence[str]) -> set[str]:
    """Those of the references that belong to somebody."""
    marks = ", ".join("?" * len(references))
    found = conn.execute(f"select reference from participant where reference in ({marks})", tuple(references))
    return {row[0] for row in found}


def issue(
    conn: Connection, author: Author, key: bytes, form: Form, participant_ids: Sequence[str]
) -> list[IssuedCode]:
    """Issue one new code of a form for each person; the one before works until ``revoke``.

    The letters exist in clear only in what this returns. The earlier codes are revoked in a second
    step, once the new ones are safely on paper or in a file: a full disk must not lock anybody out.
    """
    issued = [_issue_one(conn, author, key, form, person) for person in participant_ids]
    record(conn, author, "codes.issued", "kiosk", author.kiosk_id, {"form": form, "count": len(issued)})
    return issued


def revoke(conn: Connection, author: Author, code_ids: Iterable[str]) -> None:
    """Revoke codes at once, for good."""
    revoked = {"revoked_at": body_time(author.now)}
    for code_id in code_ids:
        owner = conn.execute("select participant_id from code where id = ?", (code_id,)).fetchone()[0]
        set_fields(conn, author, "code", code_id, revoked, new=False, subject=owner)


def _issue_one(conn: Connection, author: Author, key: bytes, form: Form, participant_id: str) -> IssuedCode:
    reference, first_name, last_name, language = conn.execute(_PERSON, (participant_id,)).fetchone()
    earlier = tuple(row[0] for row in conn.execute(_LIVE, (participant_id, form)))
    while True:
        letters = new_token() if form is Form.CARD else new_short_code()
        # A million short codes: two people must never hold the same one at the same time.
        if conn.execute(_TAKEN, (digest(key, letters),)).fetchone() is None:
            break
    code_id = uuid7(int(author.now.timestamp() * 1000))
    values = {
        "participant_id": participant_id,
        "form": form,
        "digest": digest(key, letters),
        "key_id": fingerprint(key),
        "issued_at": body_time(author.now),
    }
    set_fields(conn, author, "code", code_id, values, new=True, subject=participant_id)
    since = db_time(author.now - timedelta(days=1))
    half_days = tuple(
        IssuedHalfDay(row[0], row[1], row[2], from_db_time(row[3]), from_db_time(row[4]), row[5])
        for row in conn.execute(_COMING, (participant_id, since))
    )
    return IssuedCode(code_id, form, letters, reference, first_name, last_name, language, half_days, earlier)
