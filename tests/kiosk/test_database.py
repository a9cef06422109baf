"""The database file: one writer, and a file that is still the one that was opened."""

from __future__ import annotations

from time import monotonic

import pysqlite3
import pytest

from kiosk import database as module
from kiosk.database import Database
from kiosk.trouble import Trouble
from models.schema import VERSIONS


@pytest.fixture
def opened(day):
    database = Database(day.database.path)
    database.open().result()
    yield database
    database.close()


def count(conn):
    return conn.execute("select count(*) from change").fetchone()[0]


def test_a_file_that_was_moved_away_confirms_nothing(opened):
    """SQLite would write on into a file that has no name any more, and lose every arrival at the end."""
    before = opened.write(count).result()
    away = opened.path.rename(opened.path.with_suffix(".away"))
    with pytest.raises(Trouble):
        opened.write(count).result()
    opened.path.write_bytes(b"")
    with pytest.raises(Trouble):
        opened.write(count).result()
    away.rename(opened.path)
    assert opened.write(count).result() == before


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_file_beside_it_that_was_deleted_confirms_nothing_more(opened, ending):
    """What was confirmed before is taken into the file at once: a kill right after loses nothing."""
    opened.write(lambda conn: conn.execute("update participant set first_name = 'Last'")).result()
    opened.path.with_name(opened.path.name + ending).unlink()
    with pytest.raises(Trouble):
        opened.write(count).result()
    apart = pysqlite3.connect(f"file:{opened.path}?immutable=1", uri=True)
    assert apart.execute("select distinct first_name from participant").fetchall() == [("Last",)]
    apart.close()


def test_a_file_that_was_emptied_in_place_confirms_nothing(opened):
    kept = opened.path.read_bytes()
    opened.path.write_bytes(b"")
    with pytest.raises(Trouble):
        opened.write(count).result()
    opened.path.write_bytes(kept)


def test_an_upgrade_keeps_a_copy_and_reads_every_table_anew(day, monkeypatch):
    """What a newer program reads differently, it reads from the log."""
    path = day.database.path
    conn = pysqlite3.connect(str(path), isolation_level=None)
    people = conn.execute("select count(*) from participant").fetchone()
    conn.execute("update participant set first_name = 'Nobody'")
    conn.close()
    monkeypatch.setattr(module, "is_current", lambda conn: False)
    monkeypatch.setattr(module, "upgrade", lambda connection: None)
    database = Database(path)
    database.open().result()
    try:
        names = "select count(*), sum(first_name = 'Nobody') from participant"
        assert database.write(lambda conn: conn.execute(names).fetchone()).result() == (*people, 0)
    finally:
        database.close()
    kept = path.with_name(f"kiosk.db.before-{VERSIONS[-1]}")
    assert kept.stat().st_mode & 0o077 == 0
    assert pysqlite3.connect(str(kept)).execute("select distinct first_name from participant").fetchall() == [
        ("Nobody",)
    ]


def test_a_file_of_another_program_is_left_alone(tmp_path):
    """Only ``create`` makes tables; until then not a byte changes, of an empty file neither."""
    foreign, empty = tmp_path / "foreign.db", tmp_path / "empty.db"
    conn = pysqlite3.connect(str(foreign), isolation_level=None)
    conn.execute("create table mine (x)")
    conn.close()
    empty.touch()
    for path in (foreign, empty):
        before = path.read_bytes()
        database = Database(path)
        refused = database.open().exception(timeout=30)
        database.close()
        assert isinstance(refused, Trouble)
        assert "n'est pas la base d'une borne" in refused.sentence
        assert path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.db", "foreign.db"]


def test_a_look_at_an_older_file_does_not_bring_it_up_to_date(day, monkeypatch):
    """``kiosk doctor`` opens so: the file stays as it is, and no copy is made."""
    monkeypatch.setattr(module, "is_current", lambda conn: False)
    database = Database(day.database.path)
    refused = database.open(update=False).exception(timeout=30)
    database.close()
    assert isinstance(refused, Trouble)
    assert refused.values == {"found": VERSIONS[-1]}
    assert not day.database.path.with_name(f"kiosk.db.before-{VERSIONS[-1]}").exists()


def test_what_could_not_be_scrubbed_at_once_is_in_the_next_quiet_moment(tmp_path, monkeypatch):
    """P-29: somebody was reading; nobody has to ask again."""
    monkeypatch.setattr(module, "IDLE_CHECKPOINT", 0.001)
    database = Database(tmp_path / "kiosk.db")
    database.open(create=True).result()
    reader = pysqlite3.connect(str(database.path), isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from corner").fetchone()
    database.write(lambda conn: conn.execute("insert into corner (id, name) values ('x', 'Ouvert')")).result()
    assert database.scrub().result() is False
    wal = database.path.with_name("kiosk.db-wal")
    assert wal.stat().st_size > 0
    reader.execute("rollback")
    until = monotonic() + 20
    while wal.stat().st_size and monotonic() < until:
        database.read(count).result()
    assert wal.stat().st_size == 0
    reader.close()
    database.close()
