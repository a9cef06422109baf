"""Checking the log and its projections: the first broken row is named, never mended in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import schema
from models.erased import ERASED
from models.figures import hash_of
from models.log import GENESIS, Row, body_digest, link, rows
from models.projections import TABLES, rebuild

if TYPE_CHECKING:
    from models.connection import Connection


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was written."""

    kind: str
    """``gap``, ``fork``, ``body``, ``chain``, ``clock``, ``erased`` (in the log), ``missing``, ``extra`` (in
    a projection), ``figures`` (a settlement), ``schema`` (a table, index or guard), ``identity`` or
    ``file``."""
    table: str
    row: str
    """The row's number in the log, its key in a projection, or what is wrong with a part of the schema."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check."""

    checked: int
    """Rows of the log that were read."""
    head: str
    """Chain value of the newest row; an anchor against a tail that was cut off."""
    flaws: tuple[Flaw, ...]


def verify(conn: Connection, *, limit: int = 20) -> Verdict:
    """Check every row of the log, every projection against a replay, and the schema with its guards.

    Needs a copy it may rewrite (``kiosk verify`` takes one in memory): the projections are rebuilt on it.
    """
    if not _is_sound(conn):
        return Verdict(0, GENESIS, (Flaw("file", "", ""),))
    count, head, flaws = check_log(conn)
    flaws += _check_identity(conn)
    flaws += _check_schema(conn)
    if not flaws:
        flaws = _check_settlements(conn) + _check_projections(conn)
    return Verdict(count, head, tuple(flaws[:limit]))


def _is_sound(conn: Connection) -> bool:
    """Whether SQLite finds every page and every index in order."""
    import pysqlite3

    try:
        return bool(conn.execute("pragma integrity_check(1)").fetchall() == [("ok",)])
    except pysqlite3.DatabaseError:
        return False


def check_log(conn: Connection) -> tuple[int, str, list[Flaw]]:
    """Walk the log by its local numbers, and each kiosk's chain by the kiosk's own."""
    erased = {row[0] for row in conn.execute("select entity_id from change where kind = ?", (ERASED,))}
    last: dict[str, Row] = {}
    count, head = 0, GENESIS
    for n, row in rows(conn):
        count += 1
        before = last.get(row.origin)
        seq = before.seq if before else 0
        kind = None
        if n != count or row.seq > seq + 1:
            kind = "gap"
        elif row.seq <= seq:
            kind = "fork"
        elif not isinstance(row.body, str) or not (
            row.redacted or body_digest(row.salt, row.body) == row.digest
        ):
            kind = "body"
        elif row.redacted and row.subject not in erased:
            kind = "erased"
        elif not _follows(before, row):
            kind = "chain"
        elif before and row.hlc <= before.hlc:
            kind = "clock"
        if kind:
            return count, head, [Flaw(kind, "change", str(n))]
        last[row.origin] = row
        head = row.chain
    return count, head, []


def _follows(before: Row | None, row: Row) -> bool:
    try:
        return link(before.chain if before else GENESIS, row) == row.chain
    except TypeError:  # bytes where text was written
        return False


def _check_identity(conn: Connection) -> list[Flaw]:
    """The kiosk that the file names is one that wrote in it: its pauses count by that name."""
    others = "select kiosk_id from identity where kiosk_id not in (select origin from change)"
    return [Flaw("identity", "identity", kiosk) for (kiosk,) in conn.execute(others)]


def _check_schema(conn: Connection) -> list[Flaw]:
    """Compare tables, indexes and guards with those that the program itself makes."""
    found, made = schema.parts(conn), schema.parts_as_made()
    stamps = conn.execute("select version_num from alembic_version").fetchall()
    wrong = [Flaw("schema", "version", "changed")] if stamps != [(schema.VERSIONS[-1],)] else []
    return wrong + [
        Flaw("schema", name, "missing" if name not in found else "extra" if name not in made else "changed")
        for name in sorted(found.keys() | made.keys())
        if found.get(name) != made.get(name)
    ]


def _check_settlements(conn: Connection) -> list[Flaw]:
    """Each hash is that of the figures beside it: nobody signed for any others."""
    found = conn.execute("select id, figures, hash from settlement order by at, id")
    return [Flaw("figures", "settlement", id_) for id_, figures, hash_ in found if hash_of(figures) != hash_]


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
