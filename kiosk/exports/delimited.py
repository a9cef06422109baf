"""A report as CSV: what the spreadsheet of a Belgian office opens right.

UTF-8 with BOM, ``;``, ISO dates, one header line. Hours are ``128:15`` and rates ``91,2``, which that
spreadsheet reads as a length and a number. No cell can be a formula (P-22).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from unicodedata import category, normalize

from assets.languages import translator
from assets.review import FigureKind, Unit
from kiosk.exports.lines import AreaLine, area_lines, is_hidden, lines_of
from models.review.report import Report, columns_of
from screens.assessment.wording import LEVELS, TOGETHER
from screens.staff.review_words import hidden

_SIGNS = tuple("=+-@")
"""What a spreadsheet takes for the beginning of a formula."""


def csv_file(report: Report, corner_name: str, language: str) -> bytes:
    """The whole, each split, and then the areas of the self-assessments: one table."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for line in _table(report, corner_name, language):
        writer.writerow([neutral(cell) for cell in line])
    return ("\ufeff" + written.getvalue()).encode()


def _table(report: Report, corner_name: str, language: str) -> Iterator[list[str]]:
    translate, columns = translator(language), columns_of(report)
    levels = [translate(word) for word in (*LEVELS, TOGETHER)]
    yield [
        "SmartCorner",
        translate("Répartition"),
        translate("Ligne"),
        translate("Du"),
        translate("Au"),
        *(head_of(figure, language) for figure in columns),
        *levels,
    ]
    for line in lines_of(report, language):
        cells = [
            hidden(language)
            if is_hidden(report, line, figure.id)
            else _said(line.figures.get(figure.id), figure.unit)
            for figure in columns
        ]
        days = (line.first.isoformat(), line.last.isoformat())
        yield [corner_name, line.of, line.name, *days, *cells, *[""] * len(levels)]
    days = (report.period.first.isoformat(), report.period.last.isoformat())
    for one in area_lines(report, language):
        for when, row in _sides(one, language):
            cells = [hidden(language) if count is None else str(count) for count in row]
            yield [corner_name, when, one.name, *days, *[""] * len(columns), *cells]


def head_of(figure: FigureKind, language: str) -> str:
    """The name of a figure at the head of a column; of a rate with its unit."""
    name = translator(language)(figure.name)
    return f"{name} (%)" if figure.unit is Unit.RATE else name


def _sides(one: AreaLine, language: str) -> Iterable[tuple[str, tuple[int | None, ...]]]:
    translate = translator(language)
    return ((translate("Le point, avant"), one.before), (translate("Le point, après"), one.after))


def _said(value: int | None, unit: Unit) -> str:
    if value is None:
        return ""
    if unit is Unit.MINUTES:
        return f"{value // 60}:{value % 60:02}"
    return f"{value // 10},{value % 10}" if unit is Unit.RATE else str(value)


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, and without signs that cannot be seen."""
    plain = "".join(sign if sign.isprintable() or category(sign) == "Zs" else " " for sign in cell)
    # Wide signs too: a spreadsheet may take them for the narrow ones.
    first = normalize("NFKC", plain).lstrip()[:1]
    return f"'{plain}" if first in _SIGNS or cell != plain else plain
