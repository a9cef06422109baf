"""Checking the log and its projections: the first broken row is named, never mended in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.log import GENESIS, body_digest, link, rows
from models.projections import TABLES, rebuild

if TYPE_CHECKING:
    from models.connection import Connection


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was written."""

    kind: str
    """``gap``, ``body``, ``chain``, ``clock`` (in the log) or ``missing``, ``extra`` (in a projection)."""
    table: str
    row: str
    """The row's number in the log, or its key in a projection."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check."""

    checked: int
    """Rows of the log that were read."""
    head: str
    """Chain value of the newest row; an anchor against a tail that was cut off."""
    flaws: tuple[Flaw, ...]


def verify(conn: Connection, *, limit: int = 20) -> Verdict:
    """Check every row of the log, then every projection against a replay. Needs a copy it may rewrite.

    Only a connection to a copy may be handed in (``kiosk verify`` takes one in memory): the
    projections are rebuilt on it.
    """
    count, head, flaws = _check_log(conn)
    if not flaws:
        flaws = _check_projections(conn)
    return Verdict(count, head, tuple(flaws[:limit]))


def _check_log(conn: Connection) -> tuple[int, str, list[Flaw]]:
    chains: dict[str, str] = {}
    clocks: dict[str, int] = {}
    count, head = 0, GENESIS
    for n, row in rows(conn):
        count += 1
        before = chains.get(row.origin, GENESIS)
        kind = None
        if n != count:
            kind = "gap"
        elif not row.redacted and body_digest(row.salt, row.body) != row.digest:
            kind = "body"
        elif link(before, row) != row.chain:
            kind = "chain"
        elif row.hlc <= clocks.get(row.origin, -1):
            kind = "clock"
        if kind:
            return count, head, [Flaw(kind, "change", str(n))]
        chains[row.origin] = head = row.chain
        clocks[row.origin] = row.hlc
    return count, head, []


def _check_projections(conn: Connection) -> list[Flaw]:
    for table in TABLES:
        conn.execute(f"create temp table found_{table} as select * from {table}")
    rebuild(conn)
    flaws: list[Flaw] = []
    for table in TABLES:
        flaws += _differences(conn, "extra", table, f"found_{table}", table)
        flaws += _differences(conn, "missing", table, table, f"found_{table}")
    return flaws


def _differences(conn: Connection, kind: str, table: str, here: str, there: str) -> list[Flaw]:
    """Rows that stand in one of two tables of the same shape and not in the other, by their key."""
    width = 2 if table in ("register", "replaced") else 1
    found = conn.execute(f"select * from {here} except select * from {there} order by 1, 2")
    return [Flaw(kind, table, "/".join(map(str, row[:width]))) for row in found]
