"""What waits for the team: every call and walk-in of today, and what a decision does."""

from dataclasses import replace

import pytest

from models.arrival import Wish
from models.help import SAME_NAME, call_help
from models.requests import At, Colleague
from models.team_list import Decide, Decision, team_list
from models.walk_in import Guest, walk_in
from models.words import PARTICIPANT


def listed(corner, when="08:30"):
    return team_list(corner.conn, "charleroi", corner.at(when))


def decided(corner, line, decision, when="08:31"):
    """Do it as Sam; what is left."""
    desk = replace(corner.desk, actor="sam")
    at = At(corner.conn, desk, Colleague("sam", "Sam", "facilitator"), corner.at(when))
    with corner.transaction():
        Decide(line, decision).do(at)
    return listed(corner, when)


@pytest.fixture
def busy(corner):
    """A full half-day: somebody waits, somebody called, two people read the same."""
    corner.book("Hoa", "Heike", capacity=2)
    with corner.transaction():
        walk_in(corner.conn, corner.desk, Guest("Ama", "student", "nl"), corner.at("08:20"), Wish())
        author = corner.author("08:21", PARTICIPANT)
        call_help(corner.conn, author, "asked", "code", (corner.person("Hoa"),))
        people = (corner.person("Hoa"), corner.person("Heike"))
        call_help(corner.conn, corner.author("08:22", PARTICIPANT), SAME_NAME, "name", people)
    return corner


def test_the_oldest_comes_first_and_names_are_short_but_for_those_who_read_the_same(busy):
    """P-01 holds here too; only behind the PIN is told what tells two people apart."""
    told = [(line.why, line.name) for line in listed(busy)]
    assert told == [
        ("waiting", "Ama"),
        ("asked", "Hoa N."),
        ("same_name", "Hoa Nguyễn FX-005"),
        ("same_name", "Heike Schyns FX-009"),
    ]


def test_a_place_is_given_by_a_person_even_beyond_the_capacity(busy):
    left = decided(busy, listed(busy)[0], Decision.PLACE)
    assert "waiting" not in [line.why for line in left]
    assert busy.ask("select actor, way from attendance_event") == [("sam", "facilitator")]


def test_the_right_one_of_two_is_noted_and_the_call_is_over(busy):
    heike = next(line for line in listed(busy) if line.name.startswith("Heike"))
    left = decided(busy, heike, Decision.ARRIVED)
    assert [line.why for line in left] == ["waiting", "asked"]
    assert busy.ask("select participant_id from attendance_event") == [(busy.person("Heike"),)]


def test_everything_can_be_seen_to(busy):
    """The list reaches zero, and every decision is in the log with its author (P-24)."""
    wanted = {"waiting": Decision.TAKE_BACK, "asked": Decision.SETTLE, "same_name": Decision.ARRIVED}
    before = len(busy.log())
    while lines := listed(busy):
        decided(busy, lines[0], wanted[lines[0].why])
    actors = busy.ask("select distinct actor from change where n > ?", before)
    assert actors == [("sam",)]
