"""Big letters: every name of Wallonia's public can be drawn, and none is wider than its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.facts import read_asset
from assets.letters import ROWS, big

WIDE = 2000
QUARTERS = set(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
ALPHABETS = {
    "Latin": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "French": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ",
    "Dutch and German": "ÄÖÜßẞäöüÏïĲĳ",
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "Turkish": "ÇĞIİÖŞÜçğıiöşü",
    "Romanian": "ĂÂÎȘȚŞŢăâîșțşţ",
    "Czech, Slovak, Hungarian": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýžĽľŔŕŐőŰű",
    "Spanish, Portuguese, Italian": "ÁÉÍÑÓÚÜáéíñóúüÃÕãõÌÒìò",
    "Nordic and Baltic": "ÅÆØåæøÐðÞþĀāĒēĢģĪīĶķĻļŅņŪūĖėĮįŲų",
    "Croatian, Maltese": "ĐđĊċĠġĦħ",
    "Vietnamese": "ĂÂÊÔƠƯăâêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "of names": "-'’.",
}

letters = st.sampled_from(sorted(set("".join(list(ALPHABETS.values())[:9]) + " ")))
names = st.text(letters, min_size=1, max_size=14).filter(str.strip)


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_every_letter_is_drawn(alphabet):
    assert [letter for letter in alphabet if not ink(big(letter, WIDE))] == []


def ink(rows):
    """How many cells of a drawing are not empty; nothing is drawn where there is no drawing."""
    return sum(cell != " " for row in rows or () for cell in row)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ł", "L"),
        ("ł", "l"),
        ("İ", "I"),
        ("ı", "i"),
        ("Ș", "S"),
        ("ț", "t"),
        ("é", "e"),
        ("Ø", "O"),
        ("ç", "c"),
    ],
)
def test_a_mark_makes_a_difference(one, other):
    """A name is not spelt without its marks."""
    assert big(one, WIDE) != big(other, WIDE)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(names, st.sampled_from([1, 2, 3]))
def test_a_name_is_drawn_exactly_where_it_fits(name, scale):
    """Never wider than asked; the plain text serves where it would be."""
    rows = big(name, WIDE, scale)
    (width,) = {len(row) for row in rows}
    assert len(rows) == ROWS * scale
    assert set("".join(rows)) <= QUARTERS
    assert big(name, width, scale) == rows
    for less in (width - 1, width // 2, 1, 0):
        assert less >= width or big(name, less, scale) is None


@settings(derandomize=True, deadline=None, max_examples=60)
@given(names, st.integers(0, 80), st.sampled_from([1, 2]))
def test_whatever_is_drawn_fits(name, width, scale):
    assert all(len(row) <= width for row in big(name, width, scale) or ())


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0 ", "Μαρία", "Олена", "محمد", "李", "😀", "Jo\u0301", "Jo\n"]
)
def test_what_cannot_be_drawn_is_left_to_plain_text(text):
    """Better a small name than a wrong one."""
    drawn = big(text, WIDE)
    assert drawn is None or not ink(drawn)


@pytest.mark.parametrize("letter", "ijäéïöüžİ!")
def test_what_stands_apart_is_drawn_apart(letter):
    """« Binta » is not read as « Blnta »."""
    _, rows = json.loads(read_asset("letters.json"))[letter]
    inked = [number for number, row in enumerate(rows) if row]
    assert 0 in rows[inked[0] : inked[-1]]


def test_a_blank_between_two_names_is_seen():
    assert len(big("Jean Marie", WIDE)[0]) > len(big("JeanMarie", WIDE)[0])
    assert big("Jean\u00a0Marie", WIDE) == big("Jean Marie", WIDE)


def test_every_drawing_of_the_file_keeps_to_its_own_frame():
    for letter, (width, rows) in json.loads(read_asset("letters.json")).items():
        assert len(rows) == 2 * ROWS, letter
        assert max(rows) < 1 << width, letter
