"""A row of the log on its way between a kiosk, the hub and a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from models.log import Row

LARGEST = 2**63 - 1
"""The largest number that both databases hold."""

_WIDTH = len(Row._fields)
_NUMBERS = frozenset(("seq", "hlc", "schema_v", "redacted", "stamp", "hub_seq"))
_MAY_BE_MISSING = frozenset(("subject", "stamp", "hub_seq"))
_LENGTHS = {"id": (32, 32), "origin": (1, 32), "subject": (0, 32)}
"""Characters of those that are keys."""

COLUMNS = (*Row._fields, "stamp", "hub_seq")
"""What travels of a row, in this order; a newer version may say more after it."""


class BadRow(ValueError):
    """What came is no row of a log."""


class SharedRow(NamedTuple):
    """A row with what the hub has said of it."""

    row: Row
    stamp: int | None = None
    """The hub's word on the logical time; ``None`` until it has been asked."""
    hub_seq: int | None = None
    """The hub's number in the corner's feed; ``None`` until it has given one."""

    @property
    def time(self) -> int:
        """What it is ordered by first."""
        return self.row.hlc if self.stamp is None else self.stamp


def values_of(shared: SharedRow) -> list[Any]:
    """The values as they travel."""
    return [*shared.row, shared.stamp, shared.hub_seq]


def shared_of(values: Sequence[Any]) -> SharedRow:
    """A row out of the values that came.

    Raises:
        BadRow: one is missing, or is not of its kind.
    """
    return rows_of([values])[0]


def rows_of(found: Sequence[Sequence[Any]]) -> list[SharedRow]:
    """The rows of a page, out of their values: looked at column by column, for there may be thousands.

    Raises:
        BadRow: a value is missing, or is not of its kind.
    """
    if not found:
        return []
    if min(map(len, found)) < len(COLUMNS):
        raise BadRow("short")
    for name, column in zip(COLUMNS, zip(*found, strict=False), strict=False):
        _look_at(name, column)
    return [SharedRow(Row._make(one[:_WIDTH]), one[_WIDTH], one[_WIDTH + 1]) for one in found]


def _look_at(name: str, column: tuple[Any, ...]) -> None:
    """Whether one column of a page holds what it should.

    Raises:
        BadRow: it does not.
    """
    kinds = set(map(type, column))
    if name in _MAY_BE_MISSING and type(None) in kinds:
        kinds.discard(type(None))
        column = tuple(value for value in column if value is not None)
    if kinds - {int if name in _NUMBERS else str}:
        raise BadRow(name)
    if name in _NUMBERS:
        within = not column or (min(column) >= 0 and max(column) <= LARGEST)
    else:
        least, most = _LENGTHS.get(name, (0, LARGEST))
        within = all(least <= length <= most for length in set(map(len, column)))
    if not within:
        raise BadRow(name)
