"""Arriving by name: few names, only those expected now, whatever the spelling."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lines import BookingLine
from models.names import MOST_NAMES, find_names, folded

LETTERS = "abcçčdeéèêfgğhiıjkłmnñoøœpqrsșşßtuüvwxyzž"


def found(corner, letters, when="08:20"):
    return find_names(corner.conn, "charleroi", corner.desk.policy, letters, corner.at(when))


def labels(corner, letters, when="08:20"):
    return [name.label for name in found(corner, letters, when).names]


def test_no_letter_no_name(corner):
    """P-02: nothing before a first letter."""
    corner.book("Binta", "Hoa")
    for nothing in ("", " ", "-", "1", "'"):
        assert labels(corner, nothing) == []


def test_a_first_letter_gives_first_name_and_initial(corner):
    """P-01: never a family name."""
    corner.book("Binta", "Hoa", "Heike")
    assert labels(corner, "h") == ["Heike S.", "Hoa N."]
    assert labels(corner, "Ho") == ["Hoa N."]
    assert labels(corner, "x") == []


@pytest.mark.parametrize(
    ("letters", "label"),
    [
        ("c", "Çağla Y."),
        ("CAGL", "Çağla Y."),
        ("stef", "Ștefan I."),
        ("lu", "Łukasz W."),
        ("zoe", "Zoé D."),
        ("marie l", "Marie-Laure D."),
        ("marie-la", "Marie-Laure D."),
        ("MARIELAURE", "Marie-Laure D."),
    ],
)
def test_accents_case_and_hyphens_do_not_matter(corner, letters, label):
    corner.book("Çağla", "Ștefan", "Łukasz", "Zoé", "Marie-Laure")
    assert labels(corner, letters) == [label]


def test_only_who_is_expected_now_and_not_there_yet(corner):
    """P-02: not the afternoon's people, not those elsewhere, not who has come."""
    corner.book("Binta", "Hoa", "Heike")
    corner.book("Giuseppe", start="13:30")
    corner.book("Mehdi", place="mons")
    corner.book("Zoé", status="cancelled")
    corner.book("Kofi", status="waiting")
    corner.arrive("Hoa", "08:10")
    for letter, wanted in {"h": ["Heike S."], "g": [], "m": [], "z": [], "k": []}.items():
        assert labels(corner, letter) == wanted
    assert labels(corner, "h", "07:00") == []
    assert labels(corner, "h", "12:00") == []


def test_who_left_may_come_back(corner):
    half_day = corner.book("Hoa")
    corner.arrive("Hoa", "08:10")
    corner.note("left", "Hoa", half_day, "09:00")
    assert labels(corner, "h", "09:30") == ["Hoa N."]


def test_two_people_who_read_the_same_are_one_line_and_nobodys_guess(corner):
    """Homonyms: one label, both ids."""
    corner.take(*(line(number, "Ana", family) for number, family in enumerate(("Costa", "Cruz", "Diaz"))))
    ana_c, ana_d = found(corner, "a").names
    assert (ana_c.label, len(ana_c.people)) == ("Ana C.", 2)
    assert (ana_d.label, len(ana_d.people)) == ("Ana D.", 1)


def test_never_more_than_six(corner):
    """P-01: with seven the next letter is asked for."""
    people = [line(number, name, "Verhaegen") for number, name in enumerate(("Ada", "Adam", "Adil", "Ali"))]
    people += [line(10 + number, name, "Maes") for number, name in enumerate(("Alix", "Ama", "Amir"))]
    corner.take(*people[:6])
    assert len(labels(corner, "a")) == 6
    corner.take(*people[6:])
    assert found(corner, "a").too_many
    assert found(corner, "a").names == ()
    assert labels(corner, "am") == ["Ama M.", "Amir M."]


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=12), st.text(LETTERS, min_size=1, max_size=3)
)
def test_whoever_begins_so_is_found_or_one_more_letter_is_asked_for(new_corner, names, letters):
    """Nobody expected is hidden, nobody else is shown, and never more than six."""
    corner = new_corner()
    corner.take(*(line(number, name, None) for number, name in enumerate(names)))
    wanted = {name for name in names if folded(name).startswith(folded(letters))}
    answer = found(corner, letters)
    assert answer.too_many == (len(wanted) > MOST_NAMES)
    assert {name.label for name in answer.names} == (set() if answer.too_many else wanted)
    assert all(len(name.people) == names.count(name.label) for name in answer.names)
    corner.conn.close()


def line(number, first, last) -> BookingLine:
    return BookingLine(
        line=2,
        corner="charleroi",
        programme="awareness",
        starts_at=datetime(2022, 11, 3, 7, 30, tzinfo=UTC),
        ends_at=datetime(2022, 11, 3, 11, 0, tzinfo=UTC),
        reference=f"N-{number}",
        first_name=first,
        last_name=last,
    )
