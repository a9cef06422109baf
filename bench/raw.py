"""The least that is a durable check-in: raw SQLite, WAL, synchronous=FULL, one commit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pysqlite3

SCHEMA = """
create table session(id integer primary key, capacity integer not null);
create table person(
  id integer primary key, code text not null unique, name text not null,
  session_id integer not null references session(id));
create table checkin(
  id integer primary key, session_id integer not null references session(id),
  person_id integer not null references person(id), at text not null, unique(session_id, person_id));
"""

SEATS = 500


def connect(path: Path | str) -> pysqlite3.Connection:
    """Open a file for durable commits."""
    conn = pysqlite3.connect(str(path), isolation_level=None, timeout=10)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        conn.execute(f"pragma {pragma}")
    return conn


def make(path: Path, people: Iterable[tuple[str, str]]) -> None:
    """Make a file with these people: code and name."""
    conn = connect(path)
    conn.executescript(SCHEMA)
    conn.execute("begin")
    for number, (code, name) in enumerate(people):
        if number % SEATS == 0:
            conn.execute("insert into session values (?, ?)", (number // SEATS + 1, SEATS))
        conn.execute("insert into person values (?, ?, ?, ?)", (number + 1, code, name, number // SEATS + 1))
    conn.execute("commit")
    conn.execute("pragma wal_checkpoint(truncate)")
    conn.close()


def check_in(conn: pysqlite3.Connection, code: str, at: str) -> str:
    """One durable check-in; the person's name, or why not."""
    conn.execute("begin immediate")
    row = conn.execute("select id, name, session_id from person where code = ?", (code,)).fetchone()
    if row is None:
        conn.execute("rollback")
        return "unknown"
    taken, capacity = conn.execute(
        "select (select count(*) from checkin where session_id = s.id), capacity from session s where id = ?",
        (row[2],),
    ).fetchone()
    if taken >= capacity:
        conn.execute("rollback")
        return "full"
    conn.execute("insert into checkin (session_id, person_id, at) values (?, ?, ?)", (row[2], row[0], at))
    conn.execute("commit")
    return row[1]


def stored(path: Path) -> list[str]:
    """The names of those checked in, in the order in which it was done."""
    conn = connect(path)
    names = [row[0] for row in conn.execute("select name from checkin c join person p on p.id = person_id")]
    conn.close()
    return names
