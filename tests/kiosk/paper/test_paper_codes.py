"""Codes as CSV and JSON: the contract's names, local hours, and cells that are never formulas."""

import csv
import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.paper.codes import codes_csv, codes_json, neutral_cell
from models.codes import Form


def rows(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_has_one_header_line_and_local_hours(issued, half_day):
    code = issued(form=Form.SHORT, half_days=[half_day(0), half_day(200)])
    assert rows(codes_csv([code])) == [
        ["reference", "name", "code", "half_days"],
        ["R-4711", "Binta O.", code.letters, "2022-11-03 08:30-12:00, 2023-05-22 09:30-13:00"],
    ]


def test_csv_of_cards_names_the_column_token(issued):
    code = issued()
    assert rows(codes_csv([code]))[0] == ["reference", "name", "token", "half_days"]
    assert rows(codes_csv([code]))[1][2] == code.letters


def test_csv_of_both_forms_has_both_columns(issued):
    card, short = issued(), issued(form=Form.SHORT)
    assert rows(codes_csv([card, short])) == [
        ["reference", "name", "code", "token", "half_days"],
        ["R-4711", "Binta O.", "", card.letters, "2022-11-03 08:30-12:00"],
        ["R-4711", "Binta O.", short.letters, "", "2022-11-03 08:30-12:00"],
    ]


def test_csv_of_nobody_is_a_header():
    assert rows(codes_csv([])) == [["reference", "name", "code", "half_days"]]


cells = st.one_of(st.text(max_size=20), st.from_regex(r"[=+\-@\t\r\n\x00-\x1f\x7f-\x9f].*"))


@given(cells)
def test_a_neutral_cell_is_never_a_formula_and_keeps_its_text(text):
    """P-22: nothing that a spreadsheet would run, and nothing lost."""
    cell = neutral_cell(text)
    assert (
        cell.removeprefix("'") == text.removeprefix("'")
        if text.startswith("'")
        else cell in (text, f"'{text}")
    )
    assert not cell or not (cell[0] in "=+-@" or unicodedata.category(cell[0]) == "Cc")


@given(reference=cells, first=cells)
def test_every_cell_of_the_csv_is_neutral_and_read_back(issued, reference, first):
    """P-22, through the whole file: a quote, a semicolon or a line break stays inside its cell."""
    code = issued(first, None, reference=reference, form=Form.SHORT)
    header, row = rows(codes_csv([code]))
    # Whoever has no name, or none any more, has a dash.
    assert row[:2] == [neutral_cell(reference), neutral_cell(first) or "—"]
    assert len(row) == len(header) == 4


def test_json_is_the_contract(issued, half_day):
    code = issued("Łukasz", "Żółć", form=Form.SHORT, half_days=[half_day(0), half_day(200, room=None)])
    text = codes_json([code])
    assert text.endswith("]\n") and "Łukasz Ż." in text
    assert json.loads(text) == [
        {
            "reference": "R-4711",
            "name": "Łukasz Ż.",
            "code": code.letters,
            "half_days": [
                {
                    "id": "half-day-0",
                    "programme": "awareness",
                    "corner": "charleroi",
                    "date": "2022-11-03",
                    "start": "08:30",
                    "end": "12:00",
                    "room": "salle 2",
                },
                {
                    "id": "half-day-200",
                    "programme": "awareness",
                    "corner": "charleroi",
                    "date": "2023-05-22",
                    "start": "09:30",
                    "end": "13:00",
                    "room": None,
                },
            ],
        }
    ]


def test_json_of_a_card_says_token_and_of_nobody_is_empty(issued):
    code = issued()
    (row,) = json.loads(codes_json([code]))
    assert row["token"] == code.letters and "code" not in row
    assert codes_json([]) == "[]\n"
