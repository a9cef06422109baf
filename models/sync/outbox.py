"""What is still to be sent: the rows that the hub has given no number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.connection import db_time
from models.projections import show_anew
from models.sync.rows import COLUMNS, SharedRow, shared_of

if TYPE_CHECKING:
    from models.connection import Connection

_OPEN = "hub_seq is null and not exists (select 1 from sync_refused r where r.change_id = change.id)"
_UNSENT = f"select n, {', '.join(COLUMNS)} from change where n > ? and {_OPEN} order by n limit ?"
_PENDING = f"select count(*), min(hlc) from change where {_OPEN}"
_KNOWN = "select coalesce(stamp, hlc), kind, entity, entity_id from change where id = ?"


@dataclass(frozen=True, slots=True)
class Pending:
    """What the hub does not have yet."""

    number: int
    oldest: datetime | None
    """When the oldest of it was written, by the logical clock; ``None`` where there is none."""
    refused: int
    """Rows that the hub does not take."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hub says of one row."""

    id: str
    hub_seq: int | None
    """Its number; ``None`` where it is refused."""
    stamp: int | None
    refused: str = ""
    """A word for why; empty where it is taken."""


def pending(conn: Connection) -> Pending:
    """How much is still to be sent."""
    number, oldest = conn.execute(_PENDING).fetchone()
    (refused,) = conn.execute("select count(*) from sync_refused").fetchone()
    since = datetime.fromtimestamp((oldest >> 16) / 1000, UTC) if oldest is not None else None
    return Pending(number, since, refused)


def unsent(conn: Connection, limit: int, after: int = 0) -> list[tuple[int, SharedRow]]:
    """The next rows to send with their local numbers, in the order in which they came here.

    Args:
        after: local number of the last row of the page before.
    """
    return [(n, shared_of(values)) for n, *values in conn.execute(_UNSENT, (after, limit))]


def sent(conn: Connection, answers: Iterable[Answer], now: datetime) -> None:
    """Keep what the hub has said of a page; only now is it sent."""
    for answer in answers:
        if answer.refused:
            conn.execute(
                "insert or ignore into sync_refused (change_id, why, at) values (?, ?, ?)",
                (answer.id, answer.refused, db_time(now)),
            )
        elif answer.hub_seq is not None:
            note_number(conn, answer.id, answer.hub_seq, answer.stamp)


def note_number(conn: Connection, change_id: str, hub_seq: int | None, stamp: int | None) -> None:
    """Put the hub's word beside a row that is here; a changed order is shown at once."""
    known = conn.execute(_KNOWN, (change_id,)).fetchone()
    if known is None:
        return
    time, kind, entity, entity_id = known
    conn.execute(
        "update change set hub_seq = coalesce(?1, hub_seq), stamp = coalesce(?2, stamp) where id = ?3",
        (hub_seq, stamp, change_id),
    )
    if hub_seq is not None:
        conn.execute("delete from sync_refused where change_id = ?", (change_id,))
    if stamp is not None and stamp != time and kind.endswith(".set"):
        show_anew(conn, entity, entity_id)


def offer_again(conn: Connection) -> int:
    """Offer what the hub has refused once more; returns how many rows."""
    return int(conn.execute("delete from sync_refused").rowcount)
