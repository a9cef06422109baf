"""Files that cannot be read, told in one sentence; and nothing else is ever raised."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.languages import translator
from kiosk.importing import NotReadable, open_file

HEADER = b"reference,first_name,programme,date,start,end\n"


def reading(path: Path):
    french = translator("fr")
    return open_file(path, french).bookings(corner="mons", today=date(2022, 11, 3), translate=french)


def test_missing_a_folder_and_impossible(tmp_path):
    with pytest.raises(NotReadable, match="n'existe pas"):
        reading(tmp_path / "none.csv")
    with pytest.raises(NotReadable, match="dossier"):
        reading(tmp_path)
    for impossible in ("a\0b", "x" * 5000):
        with pytest.raises(NotReadable):
            reading(tmp_path / impossible)


def test_not_a_file():
    with pytest.raises(NotReadable, match="n'est pas un fichier"):
        reading(Path("/dev/null"))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n  ", b";;;\n"])
def test_empty(read, content):
    with pytest.raises(NotReadable, match="vide"):
        read(content)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"R-1,Binta,awareness\n", b"date\n"]
)
def test_no_header(read, content):
    with pytest.raises(NotReadable, match="titres"):
        read(content)


def test_an_old_or_protected_workbook(read):
    with pytest.raises(NotReadable, match="mot de passe"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), name="a.xlsx")


def test_too_large(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(NotReadable, match="50 Mo"):
        reading(path)


def test_a_name_that_is_no_text(tmp_path):
    path = tmp_path / "no\udce9l.csv"
    try:
        path.write_bytes(HEADER)
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system takes no such name")
    assert reading(path).file == "no?l.csv"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    start=st.sampled_from([b"", HEADER, b"PK\x03\x04", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe", b'"']),
    rest=st.binary(),
)
def test_random_bytes_raise_nothing_else(read, start, rest):
    try:
        found = read(start + rest)
    except NotReadable as error:
        assert str(error).isprintable()
    else:
        assert all(refusal.message.isprintable() for refusal in found.refused)
        assert all(title.isprintable() for title in found.left_out)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.text(st.sampled_from('",;\t\n\r ab1/:-\u00e9\x1b'), max_size=200))
def test_a_known_header_and_random_text_raise_nothing(read, text):
    found = read(HEADER + text.encode())
    assert not found.lines


def test_the_heavy_libraries_are_loaded_only_when_a_file_needs_them():
    code = "import sys, kiosk.importing; print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout
    assert "'kiosk.importing.reader'" in loaded
    assert not [name for name in ("openpyxl", "icalendar", "recurring_ical_events") if f"'{name}'" in loaded]
