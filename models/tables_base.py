"""What every table stands on: its metadata, checks by value, defaults that the database knows too."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, DefaultClause, MetaData, false, text, true
from sqlmodel import SQLModel


class Kiosk(SQLModel):
    """Base of every table on a kiosk, with its own metadata: the hub's tables stay apart."""

    metadata: ClassVar[MetaData] = MetaData()


def one_of(column: str, words: tuple[str, ...], *, one_by_one: bool = False) -> CheckConstraint:
    """A check by value; enumerations are never enum types in the database.

    Args:
        one_by_one: compare with each word, where many rows come: of a list of three or more SQLite makes a
            table for every row that it checks, which costs more than all the comparing.
    """
    listed = ", ".join(f"'{word}'" for word in words)
    each = " or ".join(f"{column} = '{word}'" for word in words)
    return CheckConstraint(each if one_by_one else f"{column} in ({listed})", name=f"{column}_known")


def give_defaults_to_the_database() -> None:
    """Put each scalar default into the schema too: the arrival path inserts without SQLModel."""
    for table in Kiosk.metadata.tables.values():
        for column in table.columns:
            if column.default is not None and column.default.is_scalar:
                value = getattr(column.default, "arg", None)
                if isinstance(value, bool):
                    column.server_default = DefaultClause(true() if value else false())
                else:
                    literal = str(value) if isinstance(value, int) else f"'{value}'"
                    column.server_default = DefaultClause(text(literal))
