"""The version of the hub's schema: made, brought up to date, or refused when it is newer than the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection

VERSIONS = ("h0001", "h0002", "h0003", "h0004")
"""Every schema of a hub this program knows, oldest first; the last is the one it needs."""

_HERE = Path(__file__).parent


class NewerHub(Exception):
    """The hub was made by a newer program; it is left untouched."""


def version(connection: AlchemyConnection) -> str | None:
    """The hub's version, ``None`` where there is none yet."""
    from sqlalchemy import text

    if not connection.execute(text("select to_regclass('hub_version')")).scalar():
        return None
    found: str | None = connection.execute(text("select version_num from hub_version")).scalar()
    return found


def upgrade(connection: AlchemyConnection) -> None:
    """Bring the hub to the newest version on an open connection; the caller's transaction commits.

    Raises:
        NewerHub: the version is none that this program knows.
    """
    from alembic import command
    from alembic.config import Config

    now = version(connection)
    if now is not None and now not in VERSIONS:
        raise NewerHub(now)
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def run_sql(name: str) -> None:
    """Run one file of ``sql`` as it is written, in a migration."""
    from alembic import op

    cursor = op.get_bind().connection.cursor()
    cursor.execute((_HERE / "sql" / f"{name}.sql").read_text("utf-8"))
    cursor.close()
