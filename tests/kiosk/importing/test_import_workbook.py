# ruff: noqa: DTZ001 (a spreadsheet's days and hours have no zone)
"""XLSX: typed cells, sheets, formulas, and files that are none."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from kiosk.importing import NotReadable

HEADER = ["Référence", "Prénom", "Programme", "Date", "Début", "Fin", "Places"]
GOOD = ["R-1", "Binta", "awareness", date(2022, 11, 3), time(8, 30), time(12), 8]


def workbook(*rows, change=None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, name: str, change) -> bytes:
    """The same workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def test_typed_days_and_hours(read):
    found = read(
        workbook(
            HEADER,
            GOOD,
            ["R-2", "Ann", "awareness", datetime(2022, 11, 3), 8.5 / 24, timedelta(hours=12), 8.0],
            ["R-3", "Łukasz", "awareness", "03/11/2022", "8h30", datetime(2022, 11, 3, 12), "8"],
        ),
        name="whatever.csv",
    )
    assert not found.refused
    assert [line.line for line in found.lines] == [2, 3, 4]
    assert len({(line.starts_at, line.ends_at, line.capacity) for line in found.lines}) == 1


@pytest.mark.parametrize(
    ("cell", "reference"), [(12345.0, "12345"), (7, "7"), ("007", "007"), ("=A1", "=A1")]
)
def test_references(read, cell, reference):
    def as_text(book):
        book.active["A2"].data_type = "s" if isinstance(cell, str) else "n"

    found = read(workbook(HEADER, [cell, *GOOD[1:]], change=as_text))
    assert found.lines[0].reference == reference


@pytest.mark.parametrize(
    "cell", [85073003328, 85073003328.0, "85.07.30-033.28", date(2022, 11, 3), 10**16, True]
)
def test_no_references(read, cell):
    found = read(workbook(HEADER, [cell, *GOOD[1:]]))
    assert [refusal.column for refusal in found.refused] == ["Référence"]
    assert not any(character.isdigit() for character in found.refused[0].message)


def test_a_national_number_in_the_date_column_is_not_repeated(read):
    found = read(workbook(HEADER, [*GOOD[:3], 85073003328, *GOOD[4:]]))
    assert "numéro national" in found.refused[0].message


def test_the_first_visible_sheet_with_a_known_header(read):
    def sheets(book):
        book.active.title = "Lisez-moi"
        book.active["A1"] = "Date d'export"
        hidden = book.create_sheet("2021")
        hidden.append(HEADER)
        hidden.append(["OLD", *GOOD[1:]])
        hidden.sheet_state = "hidden"
        shown = book.create_sheet("2022")
        shown["B1"] = "Inscriptions de novembre"
        for column, (title, cell) in enumerate(zip(HEADER, GOOD, strict=True), start=2):
            shown.cell(5, column, title)
            shown.cell(8, column, cell)
        shown.cell(8, 30, "a note beside the table")

    found = read(workbook(change=sheets))
    assert [(line.line, line.reference) for line in found.lines] == [(8, "R-1")]


def test_a_wrong_size_in_the_file_hides_nothing(read):
    data = rewritten(
        workbook(HEADER, GOOD),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'<dimension ref="A1:G2"', b'<dimension ref="A1"'),
    )
    assert len(read(data).lines) == 1


def with_formula(cached: bytes) -> bytes:
    """A workbook whose C2 is a formula with what was saved as its result."""

    def change(part: bytes) -> bytes:
        start = part.index(b'<c r="C2"')
        end = part.index(b"</c>", start) + 4
        return part[:start] + cached + part[end:]

    return rewritten(workbook(HEADER, GOOD), "xl/worksheets/sheet1.xml", change)


def test_a_formula_is_read_as_its_result(read):
    data = with_formula(b'<c r="C2" t="str"><f>A9</f><v>course-24</v></c>')
    assert read(data).lines[0].programme == "course-24"


def test_a_formula_without_a_result_is_refused(read):
    found = read(with_formula(b'<c r="C2"><f>A9</f></c>'))
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(2, "Programme")]
    assert "formule" in found.refused[0].message


def test_a_formula_whose_result_is_nothing_is_an_empty_cell(read):
    found = read(with_formula(b'<c r="C2" t="str"><f>A9</f><v></v></c>'))
    assert "vide" in found.refused[0].message


def test_a_formula_that_failed_is_refused(read):
    found = read(with_formula(b'<c r="C2" t="e"><f>A9</f><v>#REF!</v></c>'))
    assert "erreur" in found.refused[0].message


def test_blank_rows_are_skipped(read):
    found = read(workbook([], HEADER, [], [None, "  "], GOOD, []))
    assert [line.line for line in found.lines] == [5]
    assert not found.refused


def test_no_table(read):
    with pytest.raises(NotReadable, match="titres"):
        read(workbook(["Bonjour"], ["rien"]))


def test_a_broken_workbook(read):
    data = workbook(HEADER, GOOD)
    for broken in (
        data[: len(data) // 2],
        b"PK\x03\x04" + bytes(100),
        rewritten(data, "xl/workbook.xml", lambda _: b"<"),
    ):
        with pytest.raises(NotReadable, match="abîmé"):
            read(broken, name="a.xlsx")


def test_another_zip_file(read):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(NotReadable, match="XLSX"):
        read(out.getvalue())


def test_a_row_beyond_the_last_one(read, monkeypatch):
    monkeypatch.setattr("kiosk.importing.workbook._LAST_ROW", 50)
    data = rewritten(
        workbook(HEADER, GOOD),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'r="2"', b'r="51"'),
    )
    with pytest.raises(NotReadable, match="abîmé"):
        read(data)


def test_a_workbook_that_unpacks_to_too_much(read, monkeypatch):
    monkeypatch.setattr("kiosk.importing.workbook._UNPACKED", 1000)
    with pytest.raises(NotReadable, match="trop grand"):
        read(workbook(HEADER, GOOD))


def test_too_many_rows(read, monkeypatch):
    monkeypatch.setattr("kiosk.importing.tables.MOST_LINES", 3)
    with pytest.raises(NotReadable, match="plus de 3 lignes"):
        read(workbook(HEADER, *[GOOD] * 4))
