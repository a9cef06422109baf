"""CSV and TSV: what offices and spreadsheets really write."""

import csv
import io
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.importing import NotReadable

HEADER = "reference,first_name,programme,date,start,end"
GOOD = "R-1,Binta,awareness,2022-11-03,08:30,12:00"


def test_the_least_a_line_can_say(read):
    found = read(f"{HEADER}\n{GOOD}\n")
    (line,) = found.lines
    assert line.model_dump(exclude_none=True) == {
        "line": 2,
        "corner": "charleroi",
        "programme": "awareness",
        "starts_at": datetime(2022, 11, 3, 7, 30, tzinfo=UTC),
        "ends_at": datetime(2022, 11, 3, 11, 0, tzinfo=UTC),
        "reference": "R-1",
        "first_name": "Binta",
    }
    assert (found.refused, found.left_out, found.file) == ([], [], "bookings.csv")


def test_everything_a_line_can_say_in_french(read):
    found = read(
        "Statut;Conseiller;Origine;Public;Langue;Places;Local;Fin;Début;Date;Atelier;Programme;Lieu;Nom;"
        "Prénom;Référence\n"
        "réservé;M. Léonard;centre d'appels;Étudiante;Néerlandais;6;Local 2;12 h 30;8h30;03/11/2022;"
        "Novembre;Formation SmartJob, 24 heures;SmartCorner de Mons;Şahin;Zoë;A-7\n"
    )
    (line,) = found.lines
    assert line.model_dump(exclude={"line", "starts_at", "ends_at"}, exclude_none=True) == {
        "corner": "mons",
        "programme": "course-24",
        "workshop": "Novembre",
        "reference": "A-7",
        "first_name": "Zoë",
        "last_name": "Şahin",
        "room": "Local 2",
        "capacity": 6,
        "language": "nl",
        "audience": "student",
        "source": "call_centre",
        "booked_by": "M. Léonard",
        "status": "booked",
    }
    assert (line.starts_at.hour, line.ends_at.hour, line.ends_at.minute) == (7, 11, 30)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_line_ends_and_encodings(read, sign, line_end, encoding):
    rows = [HEADER, "R-1,Zoé,awareness,2022-11-03,08:30,12:00"]
    text = line_end.join(row.replace(",", sign) for row in rows)
    assert read(text.encode(encoding), name="export.txt").lines[0].first_name == "Zoé"


def test_more_of_another_separator_in_the_values_does_not_mislead(read):
    found = read(
        "reference;first_name;programme;date;start;end;room\n"
        "R-1;Binta;awareness;2022-11-03;08:30;12:00;a,b,c,d,e,f,g,h\n"
    )
    assert found.lines[0].room == "a,b,c,d,e,f,g,h"


def test_what_a_spreadsheet_puts_above_the_header(read):
    found = read(f'sep=;\n"Inscriptions, novembre"\n\n{HEADER}\n{GOOD}\n'.replace(",", ";"))
    assert [line.line for line in found.lines] == [5]


def test_two_offices_with_two_encodings_in_one_file(read):
    line = "{},{},awareness,2022-11-03,08:30,12:00\r\n"
    found = read(
        f"{HEADER}\r\n".encode()
        + line.format("R-1", "Łukasz").encode()
        + line.format("R-2", "Zoé").encode("cp1252")
    )
    assert [line.first_name for line in found.lines] == ["Łukasz", "Zoé"]


def test_a_byte_that_no_encoding_knows_refuses_its_line(read):
    found = read(f"{HEADER}\nR-1,Bin\x81ta,awareness,2022-11-03,08:30,12:00\n{GOOD}\n".encode("latin-1"))
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(2, "first_name")]
    assert len(found.lines) == 1


def test_a_quoted_line_break_is_a_blank_and_the_line_number_is_where_it_starts(read):
    found = read(f'{HEADER},room\n{GOOD},"Local\r\n 2, à ""gauche"""\n\n{GOOD},\nR-2,,x,,,,\n')
    assert [(line.line, line.room) for line in found.lines] == [(2, 'Local 2, à "gauche"'), (5, None)]
    assert [refusal.line for refusal in found.refused] == [6]


def test_blank_lines_are_skipped(read):
    found = read(f"\n{HEADER}\n\n,,,,,\n   \n{GOOD}\n\n")
    assert [line.line for line in found.lines] == [6]
    assert not found.refused


@pytest.mark.parametrize(
    "ragged", ["R-9,Ann,awareness,2022-11-03,08:30", GOOD + ",more", GOOD.replace("Binta", "Bin,ta")]
)
def test_a_ragged_line_is_refused_and_the_others_are_kept(read, ragged):
    found = read(f"{HEADER}\n{GOOD}\n{ragged}\n{GOOD}\n")
    assert [line.line for line in found.lines] == [2, 4]
    (refusal,) = found.refused
    assert (refusal.line, refusal.column) == (3, "")
    assert "6" in refusal.message


def test_empty_cells_behind_the_last_title_are_no_harm(read):
    found = read(f"{HEADER},,\n{GOOD},,\n{GOOD}\n{GOOD},,,,\n")
    assert len(found.lines) == 3


@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_forgotten_quote_swallows_no_good_line(read, at):
    cells = GOOD.split(",")
    cells[at] = '"' + cells[at]
    found = read(
        f"{HEADER}\n{','.join(cells)}\n{GOOD}\n{GOOD.replace('Binta', chr(34) + 'Bin, ta' + chr(34))}\n"
    )
    assert [line.line for line in found.lines] == [3, 4]
    assert [refusal.line for refusal in found.refused] == [2]


def test_forgotten_quotes_everywhere_take_no_time(read):
    found = read(f"{HEADER}\n" + 'a","\n' * 20_000)
    assert not found.lines


def test_a_line_of_a_million_cells_is_refused_unread(read):
    found = read(f"{HEADER}\n{',' * 1_000_000}\n{GOOD}\n")
    assert [refusal.line for refusal in found.refused] == [2]
    assert [line.line for line in found.lines] == [3]


def test_a_nul_byte_refuses_its_line(read):
    found = read(f"{HEADER}\n{GOOD}\nR-2,Bi\0nta,awareness,2022-11-03,08:30,12:00\n")
    assert [refusal.line for refusal in found.refused] == [3]
    assert len(found.lines) == 1


def test_utf_16_is_refused_with_what_to_do(read):
    with pytest.raises(NotReadable, match="CSV UTF-8"):
        read(f"{HEADER}\n{GOOD}\n".encode("utf-16"))


def test_unknown_columns_are_named_and_left_out(read):
    found = read(
        "reference,first_name,programme,date,start,end,Téléphone,E-mail,,[/b],85073003328\n"
        f"{GOOD},0470 12 34 56,a@b.be,x,y,z\n"
    )
    assert found.left_out == ["Téléphone", "E-mail", "[/b]", "colonne 11"]
    assert len(found.lines) == 1


def test_workshops_without_people(read):
    found = read(
        "programme,date,start,end,room,status\n"
        "awareness,2022-11-03,08:30,12:00,Local 2,cancelled\n"
        "video-cv,2022-11-04,13:00,16:00,,\n"
    )
    assert [(line.reference, line.status) for line in found.lines] == [(None, "cancelled"), (None, None)]


def test_a_workshop_between_people(read):
    found = read(f"{HEADER}\n{GOOD}\n,,awareness,2022-11-04,08:30,12:00\n")
    assert [line.reference for line in found.lines] == ["R-1", None]


@pytest.mark.parametrize(
    ("person", "column"),
    [("R-1,,", "first_name"), (",Binta,", "reference"), (",,Diallo", "reference")],
)
def test_half_a_person_is_refused(read, person, column):
    found = read(
        "reference,first_name,last_name,programme,date,start,end\n"
        f"{person},awareness,2022-11-03,08:30,12:00\n"
    )
    assert [refusal.column for refusal in found.refused] == [column]


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("reference,first_name,date,start,end", "programme"),
        ("reference,programme,date,start,end", "first_name"),
        ("first_name,programme,date,start,end", "reference"),
        ("last_name,programme,date,start,end", "reference"),
        ("programme,date,début", "fin"),
    ],
)
def test_needed_columns_are_named(read, header, missing):
    with pytest.raises(NotReadable, match=missing):
        read(f"{header}\n")


def test_a_national_number_does_not_stand_in_for_the_reference(read):
    with pytest.raises(NotReadable, match="NISS"):
        read("NISS,prénom,programme,date,début,fin\n")


def test_two_columns_of_one_meaning(read):
    with pytest.raises(NotReadable, match=r"Prénom.*first name"):
        read("reference,Prénom,first name,programme,date,start,end\n")


def test_a_kiosk_without_a_corner_needs_the_column(read):
    with pytest.raises(NotReadable, match="lieu"):
        read(f"{HEADER}\n{GOOD}\n", corner=None)
    found = read(f"{HEADER},lieu\n{GOOD},mons\n{GOOD},\n", corner=None)
    assert [line.corner for line in found.lines] == ["mons"]
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(3, "lieu")]


def test_the_end_comes_after_the_start(read):
    found = read(f"{HEADER}\n{GOOD.replace('12:00', '08:30')}\n{GOOD.replace('12:00', '07:00')}\n")
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(2, "end"), (3, "end")]


def test_every_bad_column_is_named_as_the_file_writes_it(read):
    header = "Référence;Prénom;Lieu;Programme;Date;Début;Fin;Places;Langue;Public;Origine;Statut"
    good = [
        "R",
        "Ann",
        "mons",
        "awareness",
        "2022-11-03",
        "8h",
        "9h",
        "8",
        "fr",
        "student",
        "corner",
        "booked",
    ]
    titles = header.split(";")[2:]
    rows = [";".join([*good[: 2 + at], "nothing known", *good[3 + at :]]) for at in range(len(titles))]
    found = read("\n".join([header, *rows]))
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [
        (line, title) for line, title in enumerate(titles, start=2)
    ]


def test_too_many_lines(read, monkeypatch):
    monkeypatch.setattr("kiosk.importing.tables.MOST_LINES", 3)
    assert len(read(f"{HEADER}\n" + f"{GOOD}\n" * 3).lines) == 3
    with pytest.raises(NotReadable, match="plus de 3 lignes"):
        read(f"{HEADER}\n" + f"{GOOD}\n" * 4)


_TEXT = (
    st.text(
        st.characters(categories=["L", "P", "S", "Zs"], exclude_characters="\ufffd"), min_size=1, max_size=80
    )
    .map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
    .filter(lambda text: 0 < len(text) <= 80 and not re.fullmatch(r"#(N/A|[A-Z0/]+[!?])", text))
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    people=st.lists(st.tuples(_TEXT, _TEXT, _TEXT | st.just(""), _TEXT), min_size=1, max_size=8),
    sign=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_is_written_out_is_read_back(read, people, sign, line_end, encoding, quoting):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, lineterminator=line_end, quoting=quoting)
    writer.writerow([*HEADER.split(","), "last_name", "room"])
    for reference, first_name, last_name, room in people:
        writer.writerow([reference, first_name, "awareness", "2022-11-03", "08:30", "12:00", last_name, room])
    found = read(out.getvalue().encode(encoding))
    assert not found.refused
    assert [
        (line.reference, line.first_name, line.last_name or "", line.room) for line in found.lines
    ] == people
