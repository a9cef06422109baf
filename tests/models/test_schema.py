"""The schema: what migrations make is what the tables say, and a newer database is left alone."""

import re
import shutil

import pysqlite3
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, inspect
from sqlalchemy.pool import StaticPool

from kiosk.database import Database
from kiosk.trouble import Trouble
from models import schema
from models.tables_base import Kiosk


@pytest.fixture
def copied(template, tmp_path):
    """A copy of the program's own database that may be spoilt."""
    return shutil.copy(template, tmp_path / "kiosk.db")


def change(path, statement):
    conn = pysqlite3.connect(str(path), isolation_level=None)
    conn.execute(statement)
    conn.execute("pragma wal_checkpoint(truncate)")
    conn.close()


def opened(path, **how):
    """What opening a database answers, with the database closed again."""
    database = Database(path)
    error = database.open(**how).exception(timeout=30)
    database.close()
    return error


def made(path):
    """Everything that stands in a database's schema."""
    conn = pysqlite3.connect(str(path))
    found = conn.execute("select type, name, sql from sqlite_master order by name").fetchall()
    conn.close()
    return found


def test_the_migrations_make_exactly_the_tables_of_the_models(template):
    with Database(template).engine().connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Kiosk.metadata) == []


def test_the_migrations_check_the_same_words_as_the_models(template):
    """Alembic compares no checks; a word that a rule knows and the database refuses is an arrival lost."""

    def plain(text):
        return re.sub(r"\s+", " ", text)

    with Database(template).engine().connect() as connection:
        inspector = inspect(connection)
        found = {
            (table, check["name"], plain(check["sqltext"]))
            for table in Kiosk.metadata.tables
            for check in inspector.get_check_constraints(table)
        }
    assert found == {
        (name, check.name, plain(str(check.sqltext)))
        for name, table in Kiosk.metadata.tables.items()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }


def test_the_program_knows_every_version_there_is():
    """``is_current`` must not need Alembic to know the newest one."""
    folder = ScriptDirectory(str(schema.Path(schema.__file__).parent / "migrations"))
    versions = [script.revision for script in folder.walk_revisions()]
    assert tuple(reversed(versions)) == schema.VERSIONS


def test_what_has_the_newest_version_is_current_and_what_is_empty_is_not(template):
    conn = pysqlite3.connect(str(template))
    assert schema.is_current(conn)
    conn.close()
    conn = pysqlite3.connect(":memory:")
    assert schema.version(conn) is None
    assert not schema.is_current(conn)
    conn.close()


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_database_of_a_newer_program_is_refused_untouched(copied, journal):
    """Not a byte of it changes, and the sentence names its version."""
    change(copied, "update alembic_version set version_num = '9999'")
    change(copied, f"pragma journal_mode = {journal}")
    before = copied.read_bytes()
    error = opened(copied)
    assert isinstance(error, Trouble)
    assert error.values == {"found": "9999"}
    assert copied.read_bytes() == before


def test_an_upgrade_that_fails_halfway_leaves_nothing_behind(tmp_path):
    """The last table of the migration is in the way: none of those before it stays."""
    path = tmp_path / "kiosk.db"
    change(path, "create table workshop (mine text)")
    before = made(path)
    assert isinstance(opened(path, create=True), Trouble)
    assert made(path) == before


def test_an_upgrade_that_failed_can_be_tried_again(tmp_path):
    path = tmp_path / "kiosk.db"
    change(path, "create table workshop (mine text)")
    opened(path, create=True)
    change(path, "drop table workshop")
    assert opened(path, create=True) is None
    conn = pysqlite3.connect(str(path))
    assert schema.is_current(conn)
    conn.close()


def test_opening_what_is_current_changes_nothing(copied):
    before = made(copied)
    assert opened(copied) is None
    assert made(copied) == before


def test_the_last_step_can_be_taken_back_and_done_again():
    """What a version adds goes without touching what was there before."""
    config = Config()
    config.set_main_option("script_location", str(schema.Path(schema.__file__).parent / "migrations"))
    engine = create_engine("sqlite://", module=pysqlite3, poolclass=StaticPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema.VERSIONS[-2])
        before = inspect(connection).get_table_names()
        command.upgrade(config, "head")
        assert {"codes_seen", "absence_call"} <= set(inspect(connection).get_table_names())
        command.downgrade(config, schema.VERSIONS[-2])
        assert inspect(connection).get_table_names() == before
        command.upgrade(config, "head")
        assert schema.parts(connection.connection.driver_connection) == schema.parts_as_made()
    engine.dispose()
