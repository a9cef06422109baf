"""The version of the schema: made, brought up to date, or refused when it is newer than the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection

    from models.connection import Connection

VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every schema this program knows, oldest first; the last is the one it needs."""


class NewerSchema(Exception):
    """The database was written by a newer program; it is left untouched."""


def version(conn: Connection) -> str | None:
    """The schema's version, ``None`` where there is none yet. Cheap: one row, no Alembic."""
    found = conn.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone()
    if not found:
        return None
    row = conn.execute("select version_num from alembic_version").fetchone()
    return row[0] if row else None


def is_current(conn: Connection) -> bool:
    """Whether the program can work on this database as it is.

    Raises:
        NewerSchema: the version is none that this program knows.
    """
    now = version(conn)
    if now is not None and now not in VERSIONS:
        raise NewerSchema(now)
    return now == VERSIONS[-1]


def upgrade(connection: AlchemyConnection) -> None:
    """Bring the schema to the newest version on an open SQLAlchemy connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def parts(conn: Connection) -> dict[str, str]:
    """Tables, indexes, views and triggers by kind and name, each as it was written."""
    found = conn.execute("select type || ' ' || name, name, sql from sqlite_master where sql is not null")
    return {part: sql for part, name, sql in found if not name.startswith("sqlite_")}


@cache
def parts_as_made() -> dict[str, str]:
    """The parts of a new database of this program."""
    import pysqlite3
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", module=pysqlite3, poolclass=StaticPool)
    with engine.begin() as connection:
        upgrade(connection)
        made = parts(cast("Connection", connection.connection.driver_connection))
    engine.dispose()
    return made
