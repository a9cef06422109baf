"""What is still to be sent: the rows that the hub has given no number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.connection import db_time
from models.log import moment_of
from models.projections import show_anew
from models.sync.rows import COLUMNS, SharedRow, rows_of
from models.sync.state import know_latest

if TYPE_CHECKING:
    from models.connection import Connection

_NOT_REFUSED = "not exists (select 1 from sync_refused r where r.change_id = change.id)"
_OPEN = f"hub_seq is null and {_NOT_REFUSED}"
_UNSENT = f"select n, {', '.join(COLUMNS)} from change where n > ? and {_OPEN} order by n limit ?"
_LOGGED = f"select n, {', '.join(COLUMNS)} from change where n > ? and {_NOT_REFUSED} order by n limit ?"
_OPEN_AMONG = f"select count(*) from change where id in (select value from json_each(?)) and {_OPEN}"
_PENDING = f"select count(*), min(hlc) from change where {_OPEN}"
_NOTE = "update change set hub_seq = coalesce(?1, hub_seq), stamp = coalesce(?2, stamp) where id = ?3"
# An answer that was carried may come after a later one that has taken the row after all.
_REFUSED = (
    "insert or ignore into sync_refused (change_id, why, at) select ?1, ?2, ?3"
    " where exists (select 1 from change where id = ?1 and hub_seq is null)"
)
_MOVED = (
    "select distinct c.entity, c.entity_id from json_each(?) said join change c on c.id = said.value ->> 0"
    " where c.kind like '%.set' and c.redacted = 0 and said.value ->> 2 <> coalesce(c.stamp, c.hlc)"
)
_AGAIN = (
    "select 1 from json_each(?) said join change c on c.id = said.value ->> 0"
    " where c.hub_seq is null and said.value ->> 1 <= (select cursor from sync_state) limit 1"
)
_TAKEN_AFTER_ALL = (
    "delete from sync_refused where change_id in"
    " (select value ->> 0 from json_each(?) where value ->> 1 is not null)"
)


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
    since = moment_of(oldest) if oldest is not None else None
    return Pending(number, since, refused)


def open_among(conn: Connection, ids: Sequence[str]) -> int:
    """How many of some rows the hub has said nothing of yet."""
    return int(conn.execute(_OPEN_AMONG, (json.dumps(ids),)).fetchone()[0])


def unsent(conn: Connection, limit: int, after: int = 0) -> list[tuple[int, SharedRow]]:
    """The next rows to send with their local numbers, in the order in which they came here.

    Args:
        after: local number of the last row of the page before.
    """
    return _numbered(conn.execute(_UNSENT, (after, limit)).fetchall())


def logged(conn: Connection, limit: int, after: int = 0) -> list[tuple[int, SharedRow]]:
    """The next rows of the whole log, sent or not, for a kiosk that is new or has lost its disk.

    What the hub refuses goes to nobody: whoever had it would differ from all the others.
    """
    return _numbered(conn.execute(_LOGGED, (after, limit)).fetchall())


def _numbered(found: Sequence[tuple[Any, ...]]) -> list[tuple[int, SharedRow]]:
    return [(n, shared) for (n, *_), shared in zip(found, rows_of([row[1:] for row in found]), strict=True)]


def newest(conn: Connection) -> int:
    """The local number of the newest row; 0 where there is none."""
    return int(conn.execute("select coalesce(max(n), 0) from change").fetchone()[0])


def sent(conn: Connection, answers: Sequence[Answer], now: datetime) -> None:
    """Keep what the hub has said of a page; only now is it sent."""
    refused = [(one.id, one.refused, db_time(now)) for one in answers if one.refused]
    conn.executemany(_REFUSED, refused)
    note_numbers(conn, [(one.id, one.hub_seq, one.stamp) for one in answers if not one.refused])
    know_latest(conn, ((one.hub_seq, one.id) for one in answers if not one.refused))


def contradicts(conn: Connection, answers: Sequence[Answer]) -> bool:
    """Whether a row that has had no number is given one up to which everything is here: then the hub comes
    from a backup, and the numbers that are known are other rows'."""
    said = json.dumps([(one.id, one.hub_seq) for one in answers if one.hub_seq is not None])
    return conn.execute(_AGAIN, (said,)).fetchone() is not None


def note_numbers(conn: Connection, said: Sequence[tuple[str, int | None, int | None]]) -> None:
    """Put the hub's words, as (id, number, stamp), beside rows that are here.

    Where that changes an order it is shown at once.
    """
    listed = json.dumps(said)
    moved = conn.execute(_MOVED, (listed,)).fetchall()
    conn.executemany(_NOTE, [(number, stamp, id_) for id_, number, stamp in said])
    conn.execute(_TAKEN_AFTER_ALL, (listed,))
    for entity, entity_id in moved:
        show_anew(conn, entity, entity_id)
