"""The three half-days that the press announced: 3, 4 and 5 November 2022, 08:30 to 12:00, Charleroi.

Each is played through with groups of five to eight, from the first who is too early to the list at noon.
"""

from datetime import date

import pytest

from models.codes import Form
from models.roster import rosters

GROUP = ("Binta", "Ștefan", "Marie-Laure", "Çağla", "Łukasz", "Hoa", "Mehdi", "Heike")

DAYS = {"2022-11-03": "Thursday", "2022-11-04": "Friday", "2022-11-05": "Saturday"}

EVERY_DAY = [
    pytest.param(day, size, id=f"{name}, {size} people")
    for day, name in DAYS.items()
    for size in (5, 6, 7, 8)
]


def others(day):
    """The two other announced days."""
    return [other for other in DAYS if other != day]


@pytest.fixture
def announced(corner):
    """Plan the three half-days as the booking office sends them, one group on the day that is played."""

    def announce(day, size):
        for other in others(day):
            corner.book("Giuseppe", start=f"{other} 08:30", room="1", capacity=8)
        return corner.book(*GROUP[:size], start=f"{day} 08:30", room="1", capacity=size)

    return announce


@pytest.mark.parametrize(("day", "size"), EVERY_DAY)
def test_a_morning_from_the_first_card_to_the_list_at_noon(corner, announced, day, size):
    half_day = announced(day, size)
    cards = [corner.issue(name) for name in GROUP[:size]]
    early, first, at_the_tolerance, late, *rest = cards

    assert corner.show(early, f"{day} 07:29").answer == "too_early"
    assert corner.show(first, f"{day} 07:30").answer == "welcome"
    assert corner.show(early, f"{day} 08:30").answer == "welcome"
    assert corner.show(at_the_tolerance, f"{day} 08:45").answer == "welcome"
    assert corner.show(late, f"{day} 09:12").answer == "welcome_late"
    assert {corner.show(card, f"{day} 08:25").answer for card in rest} == {"welcome"}
    assert {corner.show(card, f"{day} 10:00").answer for card in cards} == {"already_here"}

    now = corner.at(f"{day} 12:00")
    (roster,) = rosters(corner.conn, "charleroi", date.fromisoformat(day), corner.desk.policy, now)
    assert (roster.half_day.id, roster.booked, roster.capacity) == (half_day, size, size)
    seen = {person.name: (person.reckoning.state, person.reckoning.minutes) for person in roster.people}
    assert len(seen) == size
    assert seen["Çağla Y."] == ("late", 168)
    assert seen["Marie-Laure D."] == ("present", 195)
    assert seen["Ștefan I."] == ("present", 210)
    assert sum(state == "late" for state, _ in seen.values()) == 1


@pytest.mark.parametrize(("day", "size"), EVERY_DAY)
def test_whoever_has_no_place_that_morning_hears_what_is_the_case(corner, announced, day, size):
    half_day = announced(day, size)
    corner.book("Oksana", start=f"{day} 08:30", place="mons")
    corner.book("Jean-Marie", start=f"{day} 08:30", status="cancelled")
    corner.book("Rachida", start="2022-09-20 08:30")
    for name in GROUP[:size]:
        corner.arrive(name, f"{day} 08:20")

    def answer(name, **wish):
        return corner.arrive(name, f"{day} 08:40", **wish)

    other_day = answer("Giuseppe")
    assert other_day.answer == "other_day"
    assert other_day.half_day.starts_at in [corner.at(f"{other} 08:30") for other in others(day)]
    assert other_day.can_join == ()
    assert answer("Oksana").answer == "other_corner"
    assert answer("Jean-Marie").answer == "cancelled"
    assert answer("Rachida").answer == "not_booked"
    full = answer("Rachida", join=True)
    assert (full.answer, full.half_day.id) == ("full", half_day)
    assert answer("Jean-Marie", join=True).answer == "full"
    assert corner.arrive("Binta", f"{day} 12:00").answer == "already_here"  # who was there has missed nothing
    assert corner.arrive(GROUP[size - 1], f"{day} 12:00").answer == "already_here"
    assert corner.ask("select count(*) from attendance_event") == [(size,)]


@pytest.mark.parametrize(("day", "size"), EVERY_DAY)
def test_a_place_that_is_free_is_given_to_somebody_who_walks_in(corner, day, size):
    """Groups of five to eight, at the usual eight places."""
    corner.book("Rachida", start="2022-09-20 08:30")
    corner.book(*GROUP[:size], start=f"{day} 08:30")
    assert len(corner.arrive("Rachida", f"{day} 08:20").can_join) == (size < 8)
    assert corner.arrive("Rachida", f"{day} 08:20", join=True).answer == ("welcome" if size < 8 else "full")


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        ("2022-11-03", ["welcome", "not_booked", "unknown"]),
        ("2022-11-04", ["other_day", "welcome", "not_booked"]),
        ("2022-11-05", ["other_day", "other_day", "welcome"]),
    ],
)
def test_the_code_of_one_invitation_on_the_three_days(corner, announced, day, answers):
    """Short codes open from yesterday to the next seven days: on Saturday, Thursday is too long ago."""
    announced(day, 5)
    code = corner.issue("Binta", Form.SHORT)
    assert [corner.type(code, f"{shown} 08:20").answer for shown in DAYS] == answers
    assert corner.ask("select count(*) from attendance_event") == [(1,)]
