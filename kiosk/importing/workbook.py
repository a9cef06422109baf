"""XLSX: the first sheet of a workbook that has a table with a known header."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assets.languages import Translate
from kiosk.importing.outcome import NotReadable
from kiosk.importing.tables import Row, Table, collect, find_header, no_header
from kiosk.importing.text import Gap

if TYPE_CHECKING:
    from openpyxl import Workbook

_WIDEST = 100
"""Columns that are looked at. Sheets with a format on whole rows are 16,384 columns wide."""

_LAST_ROW = 1_048_576
"""The last row that a spreadsheet can have; a file that names a later one is broken."""

_UNPACKED = 400_000_000
"""Bytes that a workbook may unpack to. 200,000 full lines take about half of it."""

_FORMULA = re.compile(rb"<(?:\w{1,9}:)?f[ />]")


def read_workbook(data: bytes, translate: Translate) -> Table:
    """The table of the first visible sheet with a known header.

    Formulas are read as the values that were saved with them.

    Raises:
        NotReadable: for a workbook that is broken or protected, or has no such sheet.
    """
    try:
        # openpyxl warns of what it drops: formats, validations, extensions. None of it is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _first_table(data, translate)
    except NotReadable:
        raise
    except Exception as error:  # openpyxl lets through whatever broken XML leads to
        raise NotReadable(
            translate("Ce classeur est abîmé : ouvrez-le dans le tableur et enregistrez-le en XLSX.")
        ) from error


def _first_table(data: bytes, translate: Translate) -> Table:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > _UNPACKED:
            raise NotReadable(translate("Ce classeur est trop grand : partagez-le en plusieurs."))
        sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
        has_formulas = any(_names_formula(archive, part) for part in sheets)
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True) if has_formulas else None
    try:
        for place, sheet in enumerate(values.worksheets):
            if sheet.sheet_state != "visible":
                continue
            header = find_header(_rows(values, formulas, place))
            if header:
                width = len(header.titles)
                below = (row for row in _rows(values, formulas, place, width) if row.line > header.line)
                return Table(header.line, header.titles, collect(below, translate))
    finally:
        values.close()
        if formulas:
            formulas.close()
    raise no_header(translate)


def _names_formula(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a formula stands in a sheet, found without parsing it."""
    rest = b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(1 << 20):
            seen = rest + chunk
            if _FORMULA.search(seen):
                return True
            rest = seen[-20:]
    return False


def _rows(values: Workbook, formulas: Workbook | None, place: int, width: int = _WIDEST) -> Iterator[Row]:
    """Every row of a sheet, as wide as ``width``."""
    found = (
        _values(values, place, width)
        if formulas is None
        else _values_and_gaps(values, formulas, place, width)
    )
    for line, cells in enumerate(found, start=1):
        if line > _LAST_ROW:
            raise ValueError("a row beyond the last one")
        yield Row(line, cells)


def _values(workbook: Workbook, place: int, width: int) -> Iterator[Sequence[object]]:
    yield from _sheet(workbook, place).iter_rows(max_col=width, values_only=True)


def _values_and_gaps(
    values: Workbook, formulas: Workbook, place: int, width: int
) -> Iterator[Sequence[object]]:
    """Values, and ``Gap.UNCOMPUTED`` where the sheet has a formula without a result.

    A result that is an empty text is a result: the file says ``str`` for its type.
    """
    rows = _sheet(values, place).iter_rows(max_col=width)
    same_rows = _sheet(formulas, place).iter_rows(max_col=width)
    for row, same in zip(rows, same_rows, strict=True):
        yield [
            Gap.UNCOMPUTED
            if cell.value is None and cell.data_type != "str" and source.data_type == "f"
            else cell.value
            for cell, source in zip(row, same, strict=True)
        ]


def _sheet(workbook: Workbook, place: int) -> Any:  # noqa: ANN401 (openpyxl's own stubs say so)
    sheet = workbook.worksheets[place]
    # Some programs write a wrong size of the sheet, and everything outside of it would be missed.
    sheet.reset_dimensions()
    return sheet
