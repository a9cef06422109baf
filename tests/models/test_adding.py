"""Somebody of the team adds a person by hand: once, at once, and also beyond the number of places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_desk import ask, come

from models.adding import AddGuest, AddKnown, NotAdded
from models.merging import Merge
from models.registers import set_fields
from models.requests import NotAllowed
from models.roster import roster_of
from models.walk_in import Guest, walk_ins
from models.words import Role


def add(corner, name, half_day, when="08:40", **more):
    return ask(corner, AddKnown(half_day, corner.person(name), **more), when)


def add_guest(corner, half_day, name="Ama", when="08:40", audience="student", **more):
    return ask(corner, AddGuest(half_day, Guest(name, audience, "fr"), **more), when)


def people(corner, half_day, when="08:45"):
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
    return {one.name: one for one in found.people}


def settle(corner, half_day):
    corner.conn.execute(
        "insert into settlement (id, half_day_id, at, actor, figures, hash) values"
        " ('s', ?, '2022-11-03 11:05:00.000000', 'sam', '{}', '')",
        (half_day,),
    )


def test_a_known_person_has_a_place_and_is_there(corner):
    half_day = corner.book("Hoa")
    corner.book("Zoé", start="2022-11-20 08:30")
    added = add(corner, "Zoé", half_day)
    assert (added.refused, added.name, added.present, added.booked, added.capacity) == (
        None, "Zoé D.", True, 2, 8,
    )  # fmt: skip
    line = people(corner, half_day)["Zoé D."]
    assert (line.source, line.status, line.walk_in, line.reckoning.arrived_at) == (
        "corner", "booked", False, corner.at("08:40"),
    )  # fmt: skip
    assert corner.ask("select way, actor from attendance_event") == [("facilitator", "facilitator")]
    assert corner.flaws() == []


def test_the_same_person_twice_is_one(corner):
    half_day = corner.book("Hoa")
    first = add(corner, "Hoa", half_day)
    log = corner.log()
    again = add(corner, "Hoa", half_day, "08:50")
    assert (again.present, again.booked) == (first.present, first.booked) == (True, 1)
    assert corner.log() == log


@pytest.mark.parametrize("status", ["cancelled", "waiting"])
def test_a_booking_that_gave_no_place_gives_one_again(corner, status):
    half_day = corner.book("Hoa", status=status)
    assert add(corner, "Hoa", half_day).booked == 1
    assert people(corner, half_day)["Hoa N."].status == "booked"


def test_a_new_walk_in_is_confirmed_at_once(corner):
    half_day = corner.book("Hoa")
    added = add_guest(corner, half_day, " ama ")
    assert (added.refused, added.name, added.present, added.booked) == (None, "ama", True, 2)
    line = people(corner, half_day)["ama"]
    assert (line.walk_in, line.confirmed, line.reckoning.present) == (True, True, True)
    assert walk_ins(corner.conn, "charleroi", corner.at("08:45")) == ()
    assert corner.ask("select audience, reference from participant where first_name = 'ama'") == [
        ("student", "")
    ]
    assert corner.flaws() == []


def test_nobody_is_sent_away_by_a_number(corner):
    half_day = corner.book("Hoa", capacity=1)
    added = add_guest(corner, half_day)
    assert (added.booked, added.capacity, added.present) == (2, 1, True)


def test_a_second_one_of_that_name_is_asked_about(corner):
    """Two touches are not two people; two people of one name are two."""
    half_day = corner.book("Hoa")
    add_guest(corner, half_day, "Zoé")
    log = corner.log()
    again = add_guest(corner, half_day, "zoe")
    assert (again.refused, again.name) == (NotAdded.SAME_NAME, "zoe")
    assert corner.log() == log
    assert add_guest(corner, half_day, "zoe", another=True).booked == 3


def test_for_tomorrow_there_is_only_the_place(corner):
    tomorrow = corner.book("Hoa", start="2022-11-04 08:30")
    corner.book("Zoé")
    added = add(corner, "Zoé", tomorrow)
    assert (added.present, added.booked) == (False, 2)
    assert add_guest(corner, tomorrow).present is False
    assert corner.ask("select count(*) from attendance_event") == [(0,)]
    assert [one.status for one in people(corner, tomorrow).values()] == ["booked"] * 3


def test_what_makes_no_sense_adds_nobody(corner):
    half_day, cancelled = corner.book("Hoa"), corner.book("Kofi", start="13:00")
    guest = come(corner, "Bo")
    with corner.transaction():
        author = corner.author("08:00")
        set_fields(corner.conn, author, "half_day", cancelled, {"status": "cancelled"}, new=False)
    ask(corner, AddKnown(half_day, "0" * 32))
    log = corner.log()
    assert ask(corner, AddKnown(half_day, "0" * 32)).refused == NotAdded.NOBODY
    assert ask(corner, AddKnown(half_day, guest)).refused == NotAdded.NOBODY
    assert add_guest(corner, half_day, "1 2 3").refused == NotAdded.NO_NAME
    assert add_guest(corner, half_day, audience="pupil").refused == NotAdded.NO_NAME
    assert add(corner, "Hoa", cancelled).refused == NotAdded.GONE
    assert add_guest(corner, cancelled).refused == NotAdded.GONE
    assert corner.log() == log


def test_a_merged_walk_in_is_nobody_to_add(corner):
    half_day = corner.book("Hoa")
    guest = come(corner, "Zoé")
    corner.book("Zoé", start="2022-11-20 08:30")
    ask(corner, Merge(half_day, guest, corner.person("Zoé")))
    assert ask(corner, AddKnown(half_day, guest)).refused == NotAdded.NOBODY


def test_a_closed_half_day_needs_a_reason(corner):
    """P-26."""
    half_day = corner.book("Hoa")
    corner.book("Zoé", start="2022-11-20 08:30")
    settle(corner, half_day)
    assert add(corner, "Zoé", half_day).refused == NotAdded.NEEDS_REASON
    assert add_guest(corner, half_day).refused == NotAdded.NEEDS_REASON
    assert add(corner, "Zoé", half_day, reason="told_later").refused is None
    assert add_guest(corner, half_day, reason="told_later").refused is None


def test_after_a_closed_half_day_is_over_the_time_is_asked_and_the_reason_written(corner):
    """P-26: a place alone would keep the reason nowhere, and leave the person unmarked."""
    half_day = corner.book("Hoa")
    corner.book("Zoé", start="2022-11-20 08:30")
    settle(corner, half_day)
    given = {"when": "13:00", "reason": "from_paper"}
    add(corner, "Zoé", half_day, "12:59")  # refused: it makes the account
    log = corner.log()
    for more, refused in (
        ({}, NotAdded.NEEDS_TIME),
        ({"moment": corner.at("07:29")}, NotAdded.WRONG_TIME),
        ({"moment": corner.at("12:00")}, NotAdded.WRONG_TIME),
        ({"moment": corner.at("2022-11-04 08:30")}, NotAdded.WRONG_TIME),
    ):
        given_more = given | more
        for added in (add(corner, "Zoé", half_day, **given_more), add_guest(corner, half_day, **given_more)):
            assert (added.refused, added.half_day.id) == (refused, half_day)
    assert corner.log() == log
    moment = corner.at("08:35")
    assert add(corner, "Zoé", half_day, **given, moment=moment).present
    assert add_guest(corner, half_day, **given, moment=moment).present
    assert [people(corner, half_day)[name].reckoning.arrived_at for name in ("Zoé D.", "Ama")] == [moment] * 2
    noted = corner.ask("select kind, reason from attendance_event")
    assert noted == [("arrived", "from_paper")] * 2


def test_who_has_come_is_asked_for_no_time(corner):
    half_day = corner.book("Hoa")
    corner.arrive("Hoa", "08:25")
    settle(corner, half_day)
    assert add(corner, "Hoa", half_day, "13:00", reason="told_later").present


def test_an_open_half_day_that_is_over_gives_the_place_and_closing_asks_the_rest(corner):
    half_day = corner.book("Hoa")
    added = add(corner, "Hoa", half_day, "13:00")
    assert (added.refused, added.present) == (None, False)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_adds_nobody(corner, role):
    """P-19."""
    half_day = corner.book("Hoa")
    with pytest.raises(NotAllowed):
        ask(corner, AddKnown(half_day, corner.person("Hoa")), role=role)


def test_a_day_out_of_reach_takes_nobody(corner):
    """P-20."""
    far = corner.book("Hoa", start="2022-11-08 08:30")
    with pytest.raises(NotAllowed):
        add(corner, "Hoa", far)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["Hoa", "Zoé", "Kofi", "+Ama", "+Bo"]), max_size=8), st.integers(1, 4))
def test_whoever_is_added_is_on_the_list_once_and_there(new_corner, added, capacity):
    corner = new_corner()
    half_day = corner.book("Hoa", capacity=capacity)
    corner.book("Zoé", "Kofi", start="2022-11-20 08:30")
    for name in added:
        result = add_guest(corner, half_day, name[1:]) if name[0] == "+" else add(corner, name, half_day)
        assert result.refused in (None, NotAdded.SAME_NAME)
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at("08:45"))
    there = sorted(one.name.split()[0] for one in found.people if one.reckoning.present)
    corner.conn.close()
    assert there == sorted({name.lstrip("+") for name in added})
    assert found.booked == len({"Hoa", *(name.lstrip("+") for name in added)})
