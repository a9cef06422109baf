"""The open connection that rules on the arrival path take, and how times look inside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # pysqlite3 ships no types; it is the standard module with a newer SQLite inside.
    from sqlite3 import Connection as Connection


def db_time(moment: datetime) -> str:
    """A moment as the database keeps it: UTC text that sorts by time, as SQLModel writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def from_db_time(text: str) -> datetime:
    """A moment read from the database, aware and in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def body_time(moment: datetime) -> str:
    """A moment as a body of the log carries it: ISO 8601 in UTC with a ``Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"
