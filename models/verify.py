"""Checking the log and its projections: the first broken row is named, never mended in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models import schema
from models.erased import ERASED
from models.figures import hash_of
from models.log import GENESIS, RENEWED, Row, body_digest, link, whose
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
    """Walk the log by its local numbers, and each kiosk's chain by the kiosk's own.

    Rows of other kiosks may come in any order, and one of them may still be on its way.
    """
    walk = _Walk(conn)
    count, head = 0, GENESIS
    for n, shared, row in _rows_to_check(conn):
        count += 1
        if kind := "gap" if n != count else walk.look(n, row, shared=shared):
            return count, head, [Flaw(kind, "change", str(n))]
        head = row.chain
    return count, head, walk.left_over()


def _rows_to_check(conn: Connection) -> Iterator[tuple[int, bool, Row]]:
    """Every row with its local number and whether the hub has given it one."""
    columns = ", ".join(Row._fields)
    for n, shared, *values in conn.execute(
        f"select n, hub_seq is not null, {columns} from change order by n"
    ):
        yield n, bool(shared), Row(*values)


class _Walk:
    """The chains of all kiosks, each looked at by its own numbers."""

    def __init__(self, conn: Connection) -> None:
        self._here = {row[0] for row in conn.execute("select kiosk_id from identity")}
        self._erased = {
            row[0] for row in conn.execute("select entity_id from change where kind = ?", (ERASED,))
        }
        self._renewed = {
            row[0] for row in conn.execute("select entity_id from change where kind = ?", (RENEWED,))
        }
        self._ends: dict[tuple[str, int], list[Row]] = {}
        """The rows of each number of each kiosk; more than one where its file was copied."""
        self._waiting: dict[tuple[str, int], list[tuple[int, Row]]] = {}
        """Rows that came before the one that they follow, by the number of that one."""
        self._last: dict[str, int] = {}

    def look(self, n: int, row: Row, *, shared: bool) -> str:
        """What is wrong with a row, as far as it can be told by now; empty where nothing is."""
        if not isinstance(row.body, str) or not (
            row.redacted or body_digest(row.salt, row.body) == row.digest
        ):
            return "body"
        if row.redacted and whose(row) not in self._erased:
            return "erased"
        here, last = (row.origin, row.seq), self._last.get(row.origin, 0)
        # What was written here came in its order.
        if row.origin in self._here and not shared and row.seq > last + 1:
            return "gap"
        if here in self._ends and row.origin not in self._renewed:
            return "fork"
        self._last[row.origin] = max(last, row.seq)
        self._ends.setdefault(here, []).append(row)
        before = (row.origin, row.seq - 1)
        if row.seq > 1 and before not in self._ends:
            self._waiting.setdefault(before, []).append((n, row))
            return ""
        return self._follows(row) or next(
            (wrong for _, late in self._waiting.pop(here, ()) if (wrong := self._follows(late))), ""
        )

    def left_over(self) -> list[Flaw]:
        """Rows whose predecessor never came: of this kiosk that is a flaw, of others it may be on its way."""
        missing = [n for (origin, _), late in self._waiting.items() if origin in self._here for n, _ in late]
        return [Flaw("gap", "change", str(min(missing)))] if missing else []

    def _follows(self, row: Row) -> str:
        """Whether a row is chained to one of those with the number before it."""
        if row.seq == 1:
            return "" if _is_linked(GENESIS, row) else "chain"
        found = [one for one in self._ends[row.origin, row.seq - 1] if _is_linked(one.chain, row)]
        if not found:
            return "chain"
        return "" if any(row.hlc > one.hlc for one in found) else "clock"


def _is_linked(before: str, row: Row) -> bool:
    try:
        return link(before, row) == row.chain
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
