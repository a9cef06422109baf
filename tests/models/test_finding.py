"""Finding a known person: at most eight, what tells two apart, and nobody who is not to be found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_desk import ask, come

from models.finding import MOST_PEOPLE, FindPeople, WhoIs, find_people, person_by_reference
from models.merging import Merge
from models.names import folded
from models.registers import set_fields
from models.requests import NotAllowed
from models.words import Role


def found(corner, letters):
    return ask(corner, FindPeople(letters))


def add(corner, number, first, last):
    corner.conn.execute(
        "insert into participant (id, reference, first_name, last_name, language, audience)"
        " values (?, ?, ?, ?, 'fr', 'jobseeker')",
        (f"{number:032}", f"R-{number:05}", first, last),
    )


@pytest.mark.parametrize(
    ("letters", "whom"),
    [
        ("bin", ["Binta O."]),
        ("OUÉ", ["Binta O."]),
        ("oue", ["Binta O."]),
        ("łu", ["Łukasz W."]),
        ("wis", ["Łukasz W."]),
        ("cag", ["Çağla Y."]),
        ("marie laure", ["Marie-Laure D."]),
        ("d'ho", ["Zoé D."]),
        ("el am", ["Rachida E."]),
        ("binta oué", ["Binta O."]),
        ("ouedraogo b", ["Binta O."]),
        ("inta", []),
        ("zz", []),
    ],
)
def test_letters_begin_a_first_or_a_family_name(corner, letters, whom):
    """However they are written: case, accents, blanks and hyphens do not matter."""
    corner.book("Binta", "Łukasz", "Çağla", "Marie-Laure", "Zoé", "Rachida", "Tenzin")
    assert [one.name for one in found(corner, letters).people] == whom


@pytest.mark.parametrize("letters", ["", "b", " b ", "1", "%%", "__", "b1"])
def test_two_letters_are_needed(corner, letters):
    """It is no list to browse; signs that are no letters are none."""
    corner.book("Binta")
    assert found(corner, letters).people == ()


def test_two_of_one_name_are_told_apart_by_their_reference(corner):
    for number in (2, 1):
        add(corner, number, "Ana", "Orban")
    assert [(one.name, one.reference) for one in found(corner, "ana").people] == [
        ("Ana O.", "R-00001"),
        ("Ana O.", "R-00002"),
    ]


def test_eight_are_shown_and_more_is_said(corner):
    for number in range(MOST_PEOPLE):
        add(corner, number, "Ana", f"Orban{number}")
    assert (len(found(corner, "an").people), found(corner, "an").more) == (8, False)
    add(corner, 99, "Anatole", "Zuiderzee")
    assert (len(found(corner, "an").people), found(corner, "an").more) == (8, True)
    assert [one.name for one in found(corner, "anat").people] == ["Anatole Z."]


def test_walk_ins_are_nobody_to_be_found(corner):
    """Before they are merged and after it."""
    half_day = corner.book("Zoé")
    guest = come(corner, "Zoé")
    assert [one.reference for one in found(corner, "zo").people] == [corner.reference("Zoé")]
    ask(corner, Merge(half_day, guest, corner.person("Zoé")))
    assert len(found(corner, "zo").people) == 1
    assert ask(corner, WhoIs(guest)).name == "Zoé"
    assert ask(corner, WhoIs("0" * 32)) is None


def test_a_reference_names_one_person(corner):
    corner.book("Zoé")
    come(corner, "Ama")
    assert person_by_reference(corner.conn, corner.reference("Zoé")) == corner.person("Zoé")
    assert person_by_reference(corner.conn, "") is None
    assert person_by_reference(corner.conn, "FX-999") is None


@pytest.mark.parametrize("reference", ["T-777", "FX-015"])
def test_a_reference_that_a_walk_in_got_later_names_who_they_turned_out_to_be(corner, reference):
    """Of two who carry it, it is the known person's own."""
    half_day = corner.book("Zoé")
    guest = come(corner, "Ama")
    assert ask(corner, Merge(half_day, guest, corner.person("Zoé"))) is None
    set_fields(corner.conn, corner.author(), "participant", guest, {"reference": reference}, new=False)
    assert person_by_reference(corner.conn, reference) == corner.person("Zoé")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_sees_no_names_finds_none(corner, role):
    """P-19."""
    with pytest.raises(NotAllowed):
        ask(corner, FindPeople("bin"), role=role)


names = st.text(st.sampled_from("abcéÉ -'Zœ"), max_size=6)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.lists(st.tuples(names, names), max_size=12), names)
def test_whoever_is_shown_begins_so_and_nobody_else_is_left_out(new_corner, people, letters):
    corner = new_corner()
    for number, (first, last) in enumerate(people):
        add(corner, number, first, last)
    result, wanted = find_people(corner.conn, letters), folded(letters)
    fitting = {
        f"R-{number:05}"
        for number, (first, last) in enumerate(people)
        if folded(first + last).startswith(wanted) or folded(last + first).startswith(wanted)
    }
    shown = {one.reference for one in result.people}
    corner.conn.close()
    if len(wanted) < 2:
        assert (shown, result.more) == (set(), False)
    else:
        assert shown <= fitting
        assert len(shown) == min(8, len(fitting))
        assert result.more == (len(fitting) > 8)
