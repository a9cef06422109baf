"""A row of the log on its way between a kiosk, the hub and a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from models.log import Row

LARGEST = 2**63 - 1
"""The largest number that both databases hold."""

_COLUMNS = Row.__slots__
_FIELDS = fields(Row)
_NUMBERS = [place for place, field in enumerate(_FIELDS) if field.type == "int"]
_KINDS = {
    tuple(int if field.type == "int" else str if field.type == "str" else other for field in _FIELDS)
    for other in (str, type(None))
}
"""What the values of a row may be: only its person may be missing."""
_values = attrgetter(*_COLUMNS)

COLUMNS = (*_COLUMNS, "stamp", "hub_seq")
"""What travels of a row, in this order; a newer version may say more after it."""


class BadRow(ValueError):
    """What came is no row of a log."""


@dataclass(frozen=True, slots=True)
class SharedRow:
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
    return [*_values(shared.row), shared.stamp, shared.hub_seq]


def shared_of(values: Sequence[Any]) -> SharedRow:
    """A row out of the values that came.

    Raises:
        BadRow: one is missing, or is not of its kind.
    """
    if len(values) < len(COLUMNS):
        raise BadRow("short")
    kinds = tuple(map(type, values[: len(_COLUMNS)]))
    if kinds not in _KINDS:
        raise BadRow("kind")
    numbers = [values[place] for place in _NUMBERS]
    if min(numbers) < 0 or max(numbers) > LARGEST:
        raise BadRow("number")
    row = Row(*values[: len(_COLUMNS)])
    stamp, hub_seq = values[len(_COLUMNS) : len(COLUMNS)]
    for name, value in (("stamp", stamp), ("hub_seq", hub_seq)):
        if value is not None and (type(value) is not int or not 0 <= value <= LARGEST):
            raise BadRow(name)
    if (
        len(row.id) != 32
        or not 1 <= len(row.origin) <= 32
        or (row.subject is not None and len(row.subject) > 32)
    ):
        raise BadRow("id")
    return SharedRow(row, stamp, hub_seq)
