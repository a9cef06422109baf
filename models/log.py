"""The one log: append a row, chain it, project it, all in the transaction that is open."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from models.erased import comes_empty
from models.ids import uuid7
from models.projections import project

if TYPE_CHECKING:
    from models.connection import Connection

SCHEMA_VERSION = 1
"""Version of the bodies that this program writes."""

GENESIS = "0" * 64
"""What the first row of an origin is chained to."""

RENEWED = "kiosk.renewed"
"""The kind of row that names a kiosk's id under which two copies of one file went on."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, where, and when: handed in, never read from the clock here."""

    kiosk_id: str
    actor: str
    now: datetime


class Row(NamedTuple):
    """A row of the log as far as the chain needs it; the fields are columns of ``change``, in order."""

    id: str
    origin: str
    seq: int
    hlc: int
    kind: str
    entity: str
    entity_id: str
    subject: str | None
    body: str
    actor: str
    schema_v: int
    redacted: int
    salt: str
    digest: str
    chain: str


_COLUMNS = ", ".join(Row._fields)
_LAST = (
    "select seq, max(hlc, (select clock from sync_state)), chain from change where origin = ?1"
    " order by seq desc limit 1"
)
_CLOCK = "select clock from sync_state"
_INSERT = f"insert into change ({_COLUMNS}) values ({', '.join('?' * len(Row._fields))})"


def body_digest(salt: str, body: str) -> str:
    """The salted digest that stands for a body in the chain and survives its erasure."""
    return hashlib.sha256(f"{salt}\x1f{body}".encode("utf-8", "surrogatepass")).hexdigest()


def link(before: str, row: Row) -> str:
    """The chain value of a row: SHA-256 over a JSON array of the chain before and this row's facts.

    Raises:
        TypeError: a fact is bytes, which no row of this program holds.
    """
    parts = (
        before,
        row.id,
        row.origin,
        row.seq,
        row.hlc,
        row.kind,
        row.entity,
        row.entity_id,
        row.subject,
        row.actor,
        row.schema_v,
        row.digest,
    )
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def record(
    conn: Connection,
    author: Author,
    kind: str,
    entity: str,
    entity_id: str,
    body: Mapping[str, Any],
    *,
    subject: str | None = None,
) -> Row:
    """Append one row to the log and update its projection; the caller's transaction commits both.

    ``subject`` is the person whom the row is about. The hybrid logical clock goes on from the last row
    of this kiosk and from all that came from others, so a wall clock that goes back cannot reorder what
    was done here, and nothing comes before what its author had seen.
    """
    last = conn.execute(_LAST, (author.kiosk_id,)).fetchone()
    seq, seen, before = last or (0, *conn.execute(_CLOCK).fetchone(), GENESIS)
    milliseconds = int(author.now.timestamp() * 1000)
    hlc = max(milliseconds << 16, seen + 1)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    salt = os.urandom(16).hex()
    loose = Row(
        id=uuid7(hlc >> 16),
        origin=author.kiosk_id,
        seq=seq + 1,
        hlc=hlc,
        kind=kind,
        entity=entity,
        entity_id=entity_id,
        subject=subject,
        body=text,
        actor=author.actor,
        schema_v=SCHEMA_VERSION,
        redacted=0,
        salt=salt,
        digest=body_digest(salt, text),
        chain="",
    )
    row = loose._replace(chain=link(before, loose))
    if comes_empty(conn, kind, whose(row)):
        # What is written of somebody who is erased already is empty from its first moment on.
        row = emptied(row)
        conn.execute(_INSERT, row)
        return row
    conn.execute(_INSERT, row)
    project(conn, row, body)
    return row


def moment_of(hlc: int) -> datetime:
    """The wall clock of the kiosk that wrote a row, out of its logical clock."""
    return datetime.fromtimestamp((hlc >> 16) / 1000, UTC)


def whose(row: Row) -> str:
    """The person whom a row is about; empty where it is about none."""
    return row.subject or (row.entity_id if row.entity == "participant" else "")


def emptied(row: Row) -> Row:
    """A row without its body; its digest stays, and with it the chain."""
    return row._replace(body="", salt="", redacted=1)


def rows(conn: Connection) -> Iterator[tuple[int, Row]]:
    """Every row of the log with its local number, in local order."""
    for n, *values in conn.execute(f"select n, {_COLUMNS} from change order by n"):
        yield n, Row(*values)
