"""The lines of a table, wherever they come from, and the search for its header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from assets.languages import Translate
from kiosk.importing import columns, corner_columns
from kiosk.importing.outcome import NotReadable

MOST_LINES = 200_000
"""Lines of one file; a region books about that many half-days in ten years."""

_TITLES = 10
"""Filled lines above a table in which a title or a note may stand."""

_A_HEADER = 2
"""Known columns from which a line is taken for the header."""


@dataclass(frozen=True, slots=True)
class Row:
    """One filled line."""

    line: int
    """Counted from 1: the physical line where it starts, or the spreadsheet's row number."""
    cells: Sequence[object]
    """Text from a text file; from a spreadsheet also numbers, days, hours, ``None`` and ``Gap``."""
    trouble: str | None = None
    """Why the line as a whole cannot be read, as a sentence for the person."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the line."""
        return not any(
            cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in self.cells
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header."""

    header_line: int
    header: list[str]
    rows: list[Row]
    """The lines below the header, without the blank ones."""


@dataclass(frozen=True, slots=True)
class Header:
    """A line that names columns."""

    line: int
    titles: list[str]
    known: int
    """How many of its columns mean something here."""


def find_header(rows: Iterable[Row]) -> Header | None:
    """The line among the first filled ones that names the most known columns, if one names enough."""
    found: Header | None = None
    for row in islice((row for row in rows if not row.is_blank), _TITLES):
        if row.trouble:
            continue
        titles = [cell if isinstance(cell, str) else "" for cell in row.cells]
        while titles and not titles[-1].strip():
            titles.pop()
        count = max(len(columns.known(titles)), len(corner_columns.known(titles)))
        if count >= _A_HEADER and (found is None or count > found.known):
            found = Header(row.line, titles, count)
    return found


def collect(rows: Iterable[Row], translate: Translate) -> list[Row]:
    """The filled lines.

    Raises:
        NotReadable: for more than ``MOST_LINES``.
    """
    filled = list(islice((row for row in rows if row.trouble or not row.is_blank), MOST_LINES + 1))
    if len(filled) > MOST_LINES:
        raise too_many_lines(translate)
    return filled


def too_many_lines(translate: Translate) -> NotReadable:
    """What is said of a file with more than ``MOST_LINES`` lines."""
    return NotReadable(
        translate("Ce fichier a plus de {most} lignes : partagez-le en plusieurs.", most=MOST_LINES)
    )


def no_header(translate: Translate) -> NotReadable:
    """What is said of a file in which no line names columns."""
    return NotReadable(
        translate(
            "Ce fichier n'a pas de ligne de titres connue : écrivez en haut le nom des colonnes,"
            " par exemple référence, prénom, programme, date, début, fin."
        )
    )
