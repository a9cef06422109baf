"""Calling somebody of the team: silent, once, and open until it is seen to."""

import pytest

from models.help import ASKED, call_help, open_calls, settle_call
from models.words import PARTICIPANT


def call(corner, when, why=ASKED, screen="welcome", people=()):
    with corner.transaction():
        return call_help(corner.conn, corner.author(when, PARTICIPANT), why, screen, people)


def calls(corner, when):
    return open_calls(corner.conn, corner.at(when))


def test_a_call_says_when_and_from_which_screen(corner):
    call(corner, "08:20", screen="code")
    (found,) = calls(corner, "08:21")
    assert (found.why, found.screen, found.at, found.people) == (ASKED, "code", corner.at("08:20"), ())


def test_a_second_touch_is_the_same_call(corner):
    """Somebody nervous touches five times; the team reads one line."""
    assert call(corner, "08:20") == call(corner, "08:21")
    assert call(corner, "08:20") != call(corner, "08:23")
    assert corner.log().count("help.called") == 2


def test_a_call_that_was_seen_to_is_gone_and_a_new_one_can_be_made(corner):
    first = call(corner, "08:20")
    for _ in range(2):
        with corner.transaction():
            settle_call(corner.conn, corner.author("08:22", "sam"), first)
    assert calls(corner, "08:23") == ()
    assert corner.log().count("help.settled") == 1
    assert call(corner, "08:24") != first


def test_yesterdays_calls_are_no_calls_of_today(corner):
    call(corner, "2022-11-02 15:00")
    assert calls(corner, "08:00") == ()


@pytest.mark.parametrize(
    ("why", "book", "when"),
    [
        ("over", {}, "12:10"),
        ("other_corner", {"place": "mons"}, "08:20"),
        ("cancelled", {"status": "cancelled"}, "08:20"),
    ],
)
def test_the_team_is_told_of_answers_that_need_a_person(corner, why, book, when):
    """attendance.md: the facilitator is told; twice shown is told once."""
    corner.book("Hoa", **book)
    card = corner.issue("Hoa")
    for _ in range(2):
        assert corner.show(card, when).answer == why
    (found,) = calls(corner, when)
    assert (found.why, found.people) == (why, (corner.person("Hoa"),))


def test_a_welcome_calls_nobody(corner):
    corner.book("Hoa")
    corner.show(corner.issue("Hoa"), "08:20")
    assert calls(corner, "08:21") == ()
