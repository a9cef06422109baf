"""A report as a file: every figure of it stands in each format as the screen says it; the same twice."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from unicodedata import category, normalize

import pandas
import pypdfium2
import pytest
from crowds import COLUMNS, FEW, MONTHS, PROGRAMMES, QUARTERS, YEAR, asked, crowds, side
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import network
from openpyxl import load_workbook

from assets.facts import CornerFact, shipped_corners, use_own
from assets.languages import LANGUAGES, translator
from assets.review import BY_ID, FIGURES, FORMATS, RATES, SPLITS, Split, Unit
from kiosk.exports.delimited import head_of, neutral
from kiosk.exports.formats import export
from kiosk.exports.lines import area_lines, is_hidden, lines_of
from models.assessment.group import GroupPicture
from models.network.report import report_of_network
from models.review.masking import without_small_groups
from models.review.period import Kind, Period, period_of
from models.review.report import columns_of
from models.words import AUDIENCES, SOURCES
from screens.staff.review_words import figure_said

MADE = datetime(2022, 7, 1, 8, 0, tzinfo=UTC)
CORNER = "SmartCorner de Charleroi"
T = translator("fr")

CROWD = [
    (
        month,
        programme,
        AUDIENCES[(month + place) % 3],
        SOURCES[place % 4],
        standing,
        3 + 5 * place + month,
        9 * month,
    )
    for month in range(len(MONTHS))
    for place, programme in enumerate(PROGRAMMES)
    for standing in COLUMNS.values()
]
POINTS = GroupPicture(side(60, 20, 20, 15, 5), side(40, 2, 10, 25, 3), 30)
ASK = asked(CROWD, POINTS)
REPORTS = {
    "month": ASK(MONTHS[0]),
    "year": ASK(YEAR),
    "month outside": without_small_groups(ASK, MONTHS[1], FEW),
    "quarter outside": without_small_groups(ASK, QUARTERS[0], FEW),
    "network": report_of_network(network(), period_of(Kind.QUARTER, date(2022, 7, 1))),
}
"""Small and large figures, hidden ones, all splits."""


@pytest.fixture(params=REPORTS, ids=str)
def report(request):
    return REPORTS[request.param]


def data(report, format_: str, made_at=MADE, corner=CORNER) -> bytes:
    return export(report, format_, corner, "fr", made_at).data


def said(report, line, figure) -> str:
    """A figure of a line in words; empty where it cannot stand."""
    if figure.id not in line.figures:
        return ""
    if is_hidden(report, line, figure.id):
        return "masqué"
    value = line.figures[figure.id]
    return "" if value is None else figure_said(value, figure.unit, "fr")


# ---- every figure


def from_hours(text: str) -> str:
    hours, minutes = map(int, text.split(":"))
    return figure_said(60 * hours + minutes, Unit.MINUTES, "fr")


def read_csv(text: str, unit: Unit) -> str:
    if text in ("", "masqué"):
        return text
    if unit is Unit.MINUTES:
        return from_hours(text)
    return f"{text} %".replace(" ", "\u00a0") if unit is Unit.RATE else text


def same(told: str) -> str:
    """Without the kinds of blanks that only a printer tells apart."""
    return told.replace("\u202f", " ").replace("\u00a0", " ")


def test_csv_says_every_figure(report):
    text = data(report, "csv").decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    columns, lines = columns_of(report), list(lines_of(report, "fr"))
    assert all(len(row) == len(head) for row in rows)
    for line, row in zip(lines, rows, strict=False):
        assert row[:5] == [CORNER, line.of, line.name, line.first.isoformat(), line.last.isoformat()]
        for figure, cell in zip(columns, row[5:], strict=False):
            assert same(read_csv(cell, figure.unit)) == same(said(report, line, figure)), (line, figure)
    areas = rows[len(lines) :]
    for one, (before, after) in zip(
        area_lines(report, "fr"), zip(areas[::2], areas[1::2], strict=True), strict=True
    ):
        for counts, row in ((one.before, before), (one.after, after)):
            assert row[2] == one.name
            assert row[-4:] == ["masqué" if count is None else str(count) for count in counts]


def test_pandas_reads_the_same_numbers(report):
    frame = pandas.read_csv(io.BytesIO(data(report, "csv")), sep=";", decimal=",", na_values=["masqué"])
    lines = list(lines_of(report, "fr"))
    for number, line in enumerate(lines):
        for figure in columns_of(report):
            if figure.unit is Unit.MINUTES:
                continue
            name = T(figure.name) + (" (%)" if figure.unit is Unit.RATE else "")
            cell, value = frame.loc[number, name], line.figures.get(figure.id)
            if value is None:
                assert pandas.isna(cell)
            else:
                assert cell == (value / 10 if figure.unit is Unit.RATE else value)


def test_json_says_every_figure(report):
    told = json.loads(data(report, "json"))
    whole, *lines = lines_of(report, "fr")
    of_splits = [one for split in SPLITS for one in told["splits"].get(split, [])]
    assert told["masked"] == report.masked and told["corner"] == report.corner_id
    assert told["period"] == {
        "kind": str(report.period.kind), "first": str(report.period.first), "last": str(report.period.last),
    }  # fmt: skip
    for line, figures in zip(
        (whole, *lines), (told["figures"], *(one["figures"] for one in of_splits)), strict=True
    ):
        assert figures.keys() == line.figures.keys()
        for id_, value in line.figures.items():
            expected = value / 1000 if value is not None and BY_ID[id_].unit is Unit.RATE else value
            assert figures[id_] == expected
    assert [one["key"] for one in told["splits"].get("programme", [])] == [
        row.key for row in report.rows.get(Split.PROGRAMME, ())
    ]
    areas = report.points.before.areas if area_lines(report, "fr") else {}
    assert {one["id"]: one["before"] for one in told["areas"]} == {
        id_: list(row) for id_, row in areas.items()
    }
    assert {id_: one["meaning"] for id_, one in told["definitions"].items()} == {
        figure.id: figure.meaning for figure in columns_of(report)
    }


def typed(cell, figure) -> str:
    if cell.value is None or cell.value == "masqué":
        return cell.value or ""
    if figure.unit is Unit.MINUTES:
        assert cell.number_format == "[h]:mm" and isinstance(cell.value, timedelta)
        return figure_said(round(cell.value.total_seconds() / 60), Unit.MINUTES, "fr")
    if figure.unit is Unit.RATE:
        assert cell.number_format == "0.0%"
        return figure_said(round(cell.value * 1000), Unit.RATE, "fr")
    assert isinstance(cell.value, int)
    return str(cell.value)


def test_a_workbook_says_every_figure_with_its_type(report):
    book = load_workbook(io.BytesIO(data(report, "xlsx")))
    assert all(sheet.freeze_panes == "B2" for sheet in book)
    whole, *lines = lines_of(report, "fr")
    for figure, row in zip(columns_of(report), book.worksheets[0].iter_rows(min_row=2), strict=True):
        assert row[0].value == figure.name
        assert typed(row[1], figure) == said(report, whole, figure)
    for split, words in SPLITS.items():
        rows = [line for line in lines if line.split is split]
        if not rows:
            assert words not in book.sheetnames
            continue
        head, *cells = book[words[:31]].iter_rows()
        names = {cell.value: place for place, cell in enumerate(head)}
        for line, row in zip(rows, cells, strict=True):
            if split is Split.HALF_DAY:
                assert row[0].value.date() == line.first and row[0].number_format == "yyyy-mm-dd"
                assert row[2].value in line.name and row[1].number_format == "hh:mm"
            else:
                assert row[0].value == line.name
            if split is Split.TIME:
                assert row[1].value.date() == line.first and row[1].number_format == "yyyy-mm-dd"
            for figure in columns_of(report):
                if figure.id in line.figures:
                    assert typed(row[names[figure.name]], figure) == said(report, line, figure)
                else:
                    assert figure.name not in names
    meanings = {row[0].value: row[1].value for row in book["Définitions"].iter_rows(min_row=2)}
    assert meanings == {figure.name: figure.meaning for figure in columns_of(report)}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_with_the_same_figures(tmp_path):
    """All sheets of an ordinary and of a masked report, in one run of the office."""
    wanted = {name: REPORTS[name] for name in ("year", "quarter outside")}
    files = []
    for name, report in wanted.items():
        file = tmp_path / f"{name.replace(' ', '-')}.xlsx"
        file.write_bytes(data(report, "xlsx"))
        files.append(str(file))
    # Every sheet as a CSV of its own, ";" and UTF-8, cells as they are shown.
    filter_ = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,true,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", filter_,
         "--outdir", str(tmp_path), *files],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for name, report in wanted.items():
        whole, *lines = lines_of(report, "fr")
        _, *rows = read_sheet(tmp_path, name, "Toute la période")
        for figure, row in zip(columns_of(report), rows, strict=True):
            assert office(row[1], figure.unit) == same(said(report, whole, figure)), figure
        for split, words in SPLITS.items():
            of_split = [line for line in lines if line.split is split]
            if not of_split:
                continue
            head, *rows = read_sheet(tmp_path, name, words)
            for line, row in zip(of_split, rows, strict=True):
                for figure in columns_of(report):
                    if figure.id in line.figures:
                        cell = row[head.index(figure.name)]
                        assert office(cell, figure.unit) == same(said(report, line, figure)), (line, figure)


def read_sheet(folder, name: str, sheet: str) -> list[list[str]]:
    (file,) = folder.glob(f"{name.replace(' ', '-')}-{sheet}.csv")
    return list(csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))


def office(text: str, unit: Unit) -> str:
    if text in ("", "masqué"):
        return text
    if unit is Unit.MINUTES:
        return same(from_hours(text))
    return f"{float(text.rstrip('%')):.1f} %".replace(".", ",") if unit is Unit.RATE else text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_pdftotext_reads_every_figure_beside_its_name(report, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(data(report, "pdf"))
    text = same(
        subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
        ).stdout
    )
    rows = {squeezed(row) for row in text.splitlines()}
    whole, *lines = lines_of(report, "fr")
    for figure in columns_of(report):
        value = same(said(report, whole, figure)) or "–"
        assert re.search(rf"(?<!\S){re.escape(value)}(?!\S)", text), (figure, value)
        assert figure.name in text and same(figure.meaning)[:30] in text
    for line in lines:
        if line.split is Split.HALF_DAY:
            continue
        told = [
            same(said(report, line, figure)) or "–"
            for figure in columns_of(report)
            if figure.id in line.figures
        ]
        # Narrow columns: what is a blank and what is a gap is the reader's guess.
        assert squeezed("".join((line.name, *told))) in rows, (line.name, told)
    for one in area_lines(report, "fr"):
        for when, counts in (("avant", one.before), ("après", one.after)):
            told = ["masqué" if count is None else str(count) for count in counts]
            if any(count for each in area_lines(report, "fr") for count in (*each.before, *each.after)):
                assert re.search(rf"{re.escape(one.name)}, {when}\s+" + r"\s+".join(told), text)


@given(crowds, st.booleans())
@settings(deadline=None, max_examples=25)
def test_any_report_says_the_same_in_each_file_that_programs_read(crowd, outside):
    ask = asked(crowd)
    report = without_small_groups(ask, QUARTERS[0], FEW) if outside else ask(QUARTERS[0])
    told = json.loads(data(report, "json"))
    rows = csv.DictReader(io.StringIO(data(report, "csv").decode("utf-8-sig")), delimiter=";")
    for line, row in zip(
        (told, *(one for split in told["splits"].values() for one in split)), rows, strict=False
    ):
        for id_, value in line["figures"].items():
            figure = BY_ID[id_]
            cell = row[head_of(figure, "fr")]
            if value is None:
                # A rate of nothing is empty and no secret.
                assert cell == "masqué" if outside and id_ not in RATES else cell in ("", "masqué")
            elif figure.unit is Unit.MINUTES:
                assert from_hours(cell) == figure_said(value, Unit.MINUTES, "fr")
            elif figure.unit is Unit.RATE:
                assert float(cell.replace(",", ".")) == round(value * 100, 1)
            else:
                assert int(cell) == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_in_which_nothing_was_is_a_whole_file(language):
    """Nought is said, a rate out of nothing is none, and no page is empty."""
    empty = asked([])(Period(Kind.OWN, date(2023, 1, 1), date(2023, 1, 8)))
    for format_ in ("csv", "xlsx", "json"):
        assert export(empty, format_, CORNER, language, MADE).rows == 1
    document = pypdfium2.PdfDocument(export(empty, "pdf", CORNER, language, MADE).data)
    assert len(document) == 2
    document.close()
    figures = json.loads(data(empty, "json"))["figures"]
    assert figures["came"] == 0 and figures["fill_rate"] is None


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- the same bytes


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_export_twice_is_the_same_bytes(report, format_):
    assert data(report, format_) == data(report, format_)


def test_when_it_was_made_stands_in_the_properties_only(report):
    later = MADE + timedelta(days=40, hours=3)
    for format_ in ("csv", "json"):
        assert data(report, format_) == data(report, format_, later)
    book = load_workbook(io.BytesIO(data(report, "xlsx", later)))
    assert book.properties.created == book.properties.modified == later.replace(tzinfo=None)
    parts = [
        {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
        for book in (zipfile.ZipFile(io.BytesIO(data(report, "xlsx", at))) for at in (MADE, later))
    ]
    assert parts[0] == parts[1]
    pages = [
        re.sub(
            rb"/CreationDate \([^)]*\)|/ID \[[^\]]*\]|<xmp:[A-Za-z]*Date>[^<]*</xmp:[A-Za-z]*Date>",
            b"",
            data(report, "pdf", at),
        )
        for at in (MADE, later)
    ]
    assert pages[0] == pages[1]


# ---- what is in a file


@given(st.text(max_size=20))
@settings(deadline=None)
def test_no_cell_is_a_formula(text):
    """P-22"""
    told = neutral(text)
    assert not any(category(sign).startswith("C") for sign in told)
    assert not normalize("NFKC", told).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    "text", ["=1+1", " =1+1", "+32", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "\u00a0=1"]
)
def test_what_could_be_a_formula_begins_with_a_quote(text):
    assert neutral(text).startswith("'")


def test_an_ordinary_name_stays_as_it_is():
    for name in ("SmartCorner de Liège", "8\u00a0h\u00a030", "« Salle 2 » · l'après-midi", ""):
        assert neutral(name) == name


def test_a_name_that_looks_like_a_formula_is_none_in_any_file():
    """P-22: a corner's own files name corners and workshops."""
    bad = '=HYPERLINK("http://x";"=1+1")\t'
    use_own(corners={"charleroi": CornerFact("charleroi", bad, "Charleroi")})
    assert shipped_corners()["charleroi"].name != bad
    report = REPORTS["month"]
    for row in csv.reader(io.StringIO(data(report, "csv", corner=bad).decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    book = load_workbook(io.BytesIO(data(report, "xlsx", corner=bad)))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_what_may_not_leave_is_in_no_file_that_leaves():
    report = REPORTS["quarter outside"]
    told = json.loads(data(report, "json"))
    stays = {figure.id for figure in FIGURES if not figure.leaves}
    assert not stays & told["figures"].keys()
    assert Split.HALF_DAY not in told["splits"]
    assert not stays & told["definitions"].keys()


def test_no_file_names_anybody(report):
    for format_ in ("csv", "json"):
        assert not re.search(rb"\bp\d+\b", data(report, format_))


def test_rows_are_the_lines_with_figures():
    report = REPORTS["month"]
    file = export(report, "csv", CORNER, "fr", MADE)
    assert file.rows == sum(1 for _ in lines_of(report, "fr"))
    assert file.name == "rapport-charleroi-2022-01.csv"
    outside = export(REPORTS["quarter outside"], "pdf", CORNER, "fr", MADE)
    assert outside.name == "rapport-charleroi-2022-T1-externe.pdf"
