"""A report as an XLSX workbook: a sheet for the whole and for each split, figures typed, definitions inside.

Its parts stand in a fixed order with a fixed date; when it was made stands in its properties only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assets.languages import N_, local, translator
from assets.review import SPLITS, FigureKind, Split, Unit
from kiosk.exports.delimited import neutral
from kiosk.exports.lines import Line, area_lines, is_hidden, lines_of
from models.review.report import Report, columns_of, standing_in
from screens.assessment.wording import LEVELS, TOGETHER
from screens.staff.review_words import figure_number, hidden, period_name, programme_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORMATS = {Unit.MINUTES: "[h]:mm", Unit.RATE: "0.0%", Unit.COUNT: "0"}
_DATE = "yyyy-mm-dd"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: the earliest that a ZIP knows."""

Cell = Any
"""A text, a number, a day, a length, or nothing; a figure with how it is shown."""


def workbook_file(report: Report, corner_name: str, language: str, made_at: datetime) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook

    translate = translator(language)
    book = Workbook()
    book.remove(book.worksheets[0])
    whole, *lines = lines_of(report, language)
    columns = columns_of(report)
    title = f"{neutral(corner_name)} · {period_name(report.period, language)}"
    _sheet(
        book,
        translate("Toute la période"),
        [translate("Chiffre"), title],
        [[translate(figure.name), *_cells(report, whole, [figure], language)] for figure in columns],
    )
    for split, words in SPLITS.items():
        rows = [line for line in lines if line.split is split]
        if rows:
            standing = standing_in(report, split)
            _sheet(
                book,
                translate(words),
                [*map(translate, _LEADING.get(split, _LINE)), *(translate(one.name) for one in standing)],
                [
                    [*_leading(report, line, language), *_cells(report, line, standing, language)]
                    for line in rows
                ],
            )
    _areas(book, report, language)
    _sheet(
        book,
        translate("Définitions"),
        [translate("Chiffre"), translate("Ce qu'il veut dire")],
        [[translate(figure.name), translate(figure.meaning)] for figure in columns],
    )
    book.properties.title = title
    book.properties.creator = "SmartCorner"
    book.properties.language = language
    made = book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    return _same_bytes(book, made)


_LINE = (N_("Ligne"),)
_LEADING = {
    Split.TIME: (*_LINE, N_("Du"), N_("Au")),
    Split.HALF_DAY: (N_("Date"), N_("Début"), N_("Atelier"), N_("Local")),
}
"""What stands before the figures: what can be sorted and filtered has a column of its own."""


def _leading(report: Report, line: Line, language: str) -> list[Cell]:
    """What a line is of."""
    if line.split is Split.HALF_DAY:
        one = next(held.half_day for held in report.half_days if held.half_day.id == line.key)
        return [
            line.first,
            (local(one.starts_at).time(), "hh:mm"),
            programme_name(one.programme, language),
            one.room or "",
        ]
    return [line.name, line.first, line.last] if line.split is Split.TIME else [line.name]


def _cells(report: Report, line: Line, figures: Iterable[FigureKind], language: str) -> list[Cell]:
    """The figures of a line; what is hidden says so."""
    return [
        hidden(language) if is_hidden(report, line, figure.id) else _typed(line, figure) for figure in figures
    ]


def _typed(line: Line, figure: FigureKind) -> Cell:
    value = line.figures.get(figure.id)
    if value is None:
        return None
    if figure.unit is Unit.MINUTES:
        return timedelta(minutes=value), _FORMATS[figure.unit]
    return figure_number(value, figure.unit), _FORMATS[figure.unit]


def _areas(book: Workbook, report: Report, language: str) -> None:
    translate, areas = translator(language), area_lines(report, language)
    if not areas:
        return
    levels = [translate(word) for word in (*LEVELS, TOGETHER)]
    before, after = translate("avant"), translate("après")
    _sheet(
        book,
        translate("Le point"),
        ["", *(f"{level}, {before}" for level in levels), *(f"{level}, {after}" for level in levels)],
        [
            [one.name, *(hidden(language) if count is None else count for count in (*one.before, *one.after))]
            for one in areas
        ],
    )


def _sheet(book: Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A table under a head that stays where it is."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = book.create_sheet(name[:31])
    for column, text in enumerate(head, start=1):
        cell = sheet.cell(1, column, text)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(sheet, number, column, value)
    sheet.freeze_panes = "B2"
    # On paper a table is as wide as a sheet that lies, with its head on each page.
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for column in range(1, len(head) + 1):
        texts = [str(row[column - 1]) for row in rows if isinstance(row[column - 1], str)]
        wide = max((len(text) for text in texts), default=0)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = max(14, min(60, wide + 2))


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    shown, format_ = value if isinstance(value, tuple) else (value, None)
    if isinstance(shown, str):
        # Never a formula, also where the library would see one.
        sheet.cell(row, column, neutral(shown)).data_type = "s"
        return
    cell = sheet.cell(row, column, shown)
    if format_ is not None:
        cell.number_format = format_
    elif isinstance(shown, date):
        cell.number_format = _DATE


def _same_bytes(book: Workbook, made: datetime) -> bytes:
    """The workbook with its parts in order, and with no moment in it but that of its making, in UTC."""
    saved, fixed = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as kept:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            # The library writes its own clock into the properties.
            written = _MODIFIED.sub(rf"\g<1>{made:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode(), parts.read(name))
            kept.writestr(ZipInfo(name, _FIXED), written, ZIP_DEFLATED)
    return fixed.getvalue()
