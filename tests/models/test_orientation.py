"""What a person should do next: decided by somebody, with a short note that says nothing of them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_desk import ask, come

from models.merging import Merge
from models.orientation import LONGEST_NOTE, NotOriented, Orient, OrientationsOf, plain_note
from models.requests import NotAllowed
from models.words import Role


def orient(corner, programme="course-24", note="", when="11:00", name="Hoa"):
    return ask(corner, Orient(corner.person(name), programme, note), when)


def decided(corner, name="Hoa"):
    return ask(corner, OrientationsOf(corner.person(name)), "12:00")


def test_the_latest_counts_and_all_are_kept_with_who_and_when(corner):
    corner.book("Hoa")
    assert orient(corner, "course-24", " Préfère le\n matin ") is None
    assert orient(corner, "course-40", when="11:30") is None
    latest, before = decided(corner)
    assert (latest.programme, latest.note, latest.by, latest.at) == (
        "course-40", "", "Facilitator", corner.at("11:30"),
    )  # fmt: skip
    assert (before.programme, before.note) == ("course-24", "Préfère le matin")
    assert corner.flaws() == []


def test_what_is_not_to_be_kept_is_not(corner):
    """P-27: at most 200 signs, and no national number however it is written."""
    corner.book("Hoa")
    orient(corner)
    assert ask(corner, Orient("0" * 32, "course-24"), role=Role.STAFF) == NotOriented.NOBODY
    log = corner.log()
    assert orient(corner, note="x" * (LONGEST_NOTE + 1)) == NotOriented.TOO_LONG
    assert orient(corner, "diploma") == NotOriented.UNKNOWN_PROGRAMME
    for note in ("85073003328", "n° 85.07.30-033.28, matin", "850730 033 28"):
        assert orient(corner, note=note) == NotOriented.NATIONAL_NUMBER
    assert corner.log() == log
    assert orient(corner, note="x" * LONGEST_NOTE) is None
    assert orient(corner, note="Salle 2 le 3 novembre, 8 h 30") is None


def test_what_was_decided_of_a_walk_in_is_the_known_persons(corner):
    half_day = corner.book("Hoa")
    corner.book("Zoé", start="2022-11-20 08:30")
    guest = come(corner)
    ask(corner, Orient(guest, "course-24"), "10:00")
    ask(corner, Merge(half_day, guest, corner.person("Zoé")), "11:00")
    assert [one.programme for one in decided(corner, "Zoé")] == ["course-24"]


def test_the_note_is_in_the_log_under_its_person_and_nowhere_else(corner):
    """So that an erasure finds it."""
    corner.book("Hoa")
    orient(corner, note="Préfère le matin")
    rows = corner.ask("select subject, body from change where body like '%Préfère%'")
    assert [subject for subject, _ in rows] == [corner.person("Hoa")]
    assert json.loads(rows[0][1]).keys() == {"at", "programme", "note"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_decides_nothing(corner, role):
    """P-19."""
    corner.book("Hoa")
    for request in (Orient(corner.person("Hoa"), "course-24"), OrientationsOf(corner.person("Hoa"))):
        with pytest.raises(NotAllowed):
            ask(corner, request, role=role)


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=300))
def test_a_note_is_one_printable_line(text):
    kept = plain_note(text)
    assert kept == plain_note(kept)
    assert kept.isprintable()
    assert "  " not in kept
