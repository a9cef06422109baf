"""Places: walk-ins, the last place, the waiting list, and more people than places."""

from datetime import date

import pytest

from models.half_days import overbooked
from models.roster import rosters


@pytest.fixture
def known(corner):
    """People whom the corner knows from September, without a place today."""
    corner.book("Giuseppe", "Oksana", "Tenzin", "Rachida", start="2022-09-20 08:30")
    return corner


def waiting(corner, half_day):
    return [
        name
        for (name,) in corner.ask(
            "select p.first_name from booking b join participant p on p.id = b.participant_id"
            " where b.half_day_id = ? and b.status = 'waiting' order by b.asked_at",
            half_day,
        )
    ]


def roster(corner, when="12:00"):
    now = corner.at(when)
    return rosters(corner.conn, "charleroi", date(2022, 11, 3), corner.desk.policy, now)


def test_a_walk_in_is_admitted_only_when_asking(known):
    half_day = known.book("Binta", capacity=2)
    assert known.arrive("Giuseppe", "08:20").answer == "not_booked"
    outcome = known.arrive("Giuseppe", "08:21", join=True)
    assert (outcome.answer, outcome.half_day.id) == ("welcome", half_day)
    assert known.arrive("Giuseppe", "08:22").answer == "already_here"
    (one,) = roster(known)
    assert [(person.name, person.walk_in) for person in one.people] == [
        ("Binta O.", False),
        ("Giuseppe L.", True),
    ]


def test_a_walk_in_after_the_tolerance_is_late_and_welcome(known):
    known.book("Binta")
    assert known.arrive("Giuseppe", "09:00", join=True).answer == "welcome_late"


def test_the_last_place(known):
    known.book("Binta", capacity=2)
    assert known.arrive("Giuseppe", "08:20", join=True).answer == "welcome"
    assert known.arrive("Oksana", "08:21").can_join == ()
    assert known.arrive("Oksana", "08:21", join=True).answer == "full"


def test_the_waiting_list_is_in_order_of_arrival(known):
    """Asking again does not lose one's turn."""
    half_day = known.book("Binta", capacity=1)
    for name, when in (("Tenzin", "08:20"), ("Oksana", "08:21"), ("Giuseppe", "08:22"), ("Tenzin", "08:30")):
        outcome = known.arrive(name, when, join=True)
        assert (outcome.answer, outcome.half_day.id) == ("full", half_day)
    assert waiting(known, half_day) == ["Tenzin", "Oksana", "Giuseppe"]
    before = known.log()
    assert known.arrive("Oksana", "08:40").answer == "full"
    assert known.arrive("Oksana", "08:41", join=True).answer == "full"
    assert known.log() == before
    (one,) = roster(known)
    assert (one.booked, sum(person.waiting for person in one.people)) == (1, 3)


def test_the_list_of_the_booking_office_waits_by_arrival_too(corner):
    half_day = corner.book("Binta", capacity=1)
    corner.book("Zoé", "Hoa", status="waiting")
    assert corner.arrive("Hoa", "08:20").answer == "full"
    assert corner.arrive("Zoé", "08:25", join=True).answer == "full"
    corner.arrive("Hoa", "08:30")
    assert waiting(corner, half_day) == ["Hoa", "Zoé"]


def test_a_turn_on_the_waiting_list_counts_from_coming_though_something_else_is_free(corner):
    """The free place is offered, and whoever declines it has not lost their turn."""
    full = corner.book("Binta", capacity=1)
    corner.book("Zoé", "Hoa", status="waiting")
    free = corner.book("Kofi", programme="job-search", start="09:00")
    outcome = corner.arrive("Hoa", "08:20")
    assert (outcome.answer, [sitting.id for sitting in outcome.can_join]) == ("full", [free])
    before = corner.log()
    corner.arrive("Hoa", "08:25")
    assert corner.log() == before
    corner.arrive("Zoé", "08:30")
    asked = corner.ask(
        "select p.first_name, b.asked_at from booking b join participant p on p.id = b.participant_id"
        " where b.half_day_id = ? and b.status = 'waiting' order by b.asked_at",
        full,
    )
    assert asked == [("Hoa", "2022-11-03 07:20:00.000000"), ("Zoé", "2022-11-03 07:30:00.000000")]
    corner.book("Binta", status="cancelled")
    assert [sitting.id for sitting in corner.arrive("Zoé", "08:40").can_join] == [free]
    assert [sitting.id for sitting in corner.arrive("Hoa", "08:41").can_join] == [full, free]


def test_a_freed_place_is_offered_to_who_waits(known):
    known.book("Binta", "Hoa", capacity=2)
    known.arrive("Giuseppe", "08:20", join=True)
    known.book("Hoa", status="cancelled")
    offered = known.arrive("Giuseppe", "08:40")
    assert (offered.answer, len(offered.can_join)) == ("not_booked", 1)
    assert known.arrive("Giuseppe", "08:41", join=True).answer == "welcome"
    assert known.ask("select status, source from booking where participant_id = ? and source = 'walk_in'",
                     known.person("Giuseppe")) == [("booked", "walk_in")]  # fmt: skip


def test_nine_booked_for_eight_places_are_all_welcome(corner):
    """Never hidden when negative: nine for eight is shown, and nobody is dropped."""
    nine = ("Binta", "Ștefan", "Marie-Laure", "Çağla", "Łukasz", "Hoa", "Mehdi", "Heike", "Kofi")
    corner.book("Giuseppe", start="2022-09-20 08:30")
    corner.book(*nine)
    assert {corner.arrive(name, "08:20").answer for name in nine} == {"welcome"}
    assert corner.arrive("Giuseppe", "08:25", join=True).answer == "full"
    (one,) = roster(corner)
    assert (one.booked, one.capacity, len(one.people)) == (9, 8, 10)


def test_the_last_place_given_twice_while_apart(new_corner):
    """Two kiosks that cannot see each other both admit somebody; together, both stay."""
    east, west = new_corner(kiosk_id="e" * 32), new_corner(kiosk_id="f" * 32)
    for kiosk in (east, west):
        kiosk.book("Giuseppe", "Oksana", "Tenzin", start="2022-09-20 08:30")
        half_day = kiosk.book("Binta", capacity=2)
    assert east.arrive("Giuseppe", "08:20", join=True).answer == "welcome"
    assert west.arrive("Oksana", "08:20", join=True).answer == "welcome"
    for table in ("booking", "attendance_event"):
        rows = west.ask(f"select * from {table}")
        marks = ", ".join("?" * len(rows[0]))
        east.conn.executemany(f"insert or ignore into {table} values ({marks})", rows)
    assert east.presence("Giuseppe", half_day).present
    assert east.presence("Oksana", half_day).present
    (one,) = roster(east)
    assert (one.booked, one.capacity) == (3, 2)
    assert east.arrive("Tenzin", "08:30", join=True).answer == "full"


def test_two_half_days_with_a_free_place_are_a_choice(known):
    first = known.book("Binta")
    second = known.book("Hoa", programme="job-search", start="09:00")
    outcome = known.arrive("Giuseppe", "08:20", join=True)
    assert outcome.answer == "choose"
    assert [sitting.id for sitting in outcome.choices] == [first, second]
    assert outcome.can_join == outcome.choices
    assert known.arrive("Giuseppe", "08:21", join=True, half_day_id=second).half_day.id == second


def test_a_full_half_day_is_no_choice(known):
    known.book("Binta", capacity=1)
    free = known.book("Hoa", programme="job-search", start="09:00")
    outcome = known.arrive("Giuseppe", "08:20", join=True)
    assert (outcome.answer, outcome.half_day.id) == ("welcome", free)


def test_there_is_no_joining_before_the_doors_open_nor_elsewhere_nor_what_is_cancelled(known):
    known.book("Binta", start="13:00")
    known.book("Hoa", place="mons")
    known.book("Kofi", programme="video-cv")
    known.book(programme="video-cv", status="cancelled")
    outcome = known.arrive("Giuseppe", "08:20", join=True)
    assert (outcome.answer, outcome.can_join) == ("not_booked", ())


def test_whoever_is_early_for_one_half_day_may_join_the_one_before(known):
    morning = known.book("Binta")
    known.book("Giuseppe", start="13:00")
    early = known.arrive("Giuseppe", "09:00")
    assert early.answer == "too_early"
    assert known.arrive("Giuseppe", "09:00", join=True).half_day.id == morning


def test_a_booking_that_was_cancelled_can_be_taken_up_again_while_a_place_is_free(corner):
    corner.book("Jean-Marie", status="cancelled")
    corner.book("Binta", capacity=2)
    assert corner.arrive("Jean-Marie", "08:20", join=True).answer == "welcome"
    assert corner.ask("select status from booking where participant_id = ?", corner.person("Jean-Marie")) == [
        ("booked",)
    ]


def test_asking_to_join_with_a_place_of_ones_own_is_arriving(corner):
    half_day = corner.book("Binta", capacity=1)
    outcome = corner.arrive("Binta", "08:20", join=True)
    assert (outcome.answer, outcome.half_day.id) == ("welcome", half_day)
    assert not corner.ask("select * from booking where source = 'walk_in'")


def test_asking_to_join_ones_own_half_day_by_its_name_is_arriving(corner):
    """What a key offered a minute ago may have become one's own meanwhile."""
    morning = corner.book("Binta", "Kofi", capacity=2)
    corner.book("Kofi", programme="video-cv", start="09:00")
    for name in ("Binta", "Kofi"):
        outcome = corner.arrive(name, "08:20", join=True, half_day_id=morning)
        assert (outcome.answer, outcome.half_day.id) == ("welcome", morning)


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_whoever_is_there_keeps_the_place_whatever_becomes_of_the_booking(known, status):
    """A file that comes late gives nobody's chair away, and the list says who sits on it."""
    half_day = known.book("Binta", capacity=1)
    known.arrive("Binta", "08:20")
    known.book("Binta", status=status)
    asked = known.arrive("Oksana", "08:30")
    assert (asked.answer, asked.can_join) == ("not_booked", ())
    assert known.arrive("Oksana", "08:31", join=True).answer == "full"
    (one,) = roster(known)
    assert (one.booked, [(person.name, person.waiting) for person in one.people]) == (
        1,
        [("Binta O.", False), ("Oksana K.", True)],
    )
    known.note("left", "Binta", half_day, "09:00")
    assert [sitting.id for sitting in known.arrive("Oksana", "09:01").can_join] == [half_day]


def test_an_arrival_that_was_annulled_keeps_no_place(known):
    half_day = known.book("Binta", capacity=1)
    arrival = known.arrive("Binta", "08:20").event_id
    known.book("Binta", status="cancelled")
    known.note("annulled", "Binta", half_day, "08:25", annuls=arrival)
    assert known.arrive("Oksana", "08:30", join=True).answer == "welcome"


def test_whoever_is_there_is_not_ahead_on_the_waiting_list(known):
    """Else the place that is free would be kept for somebody who has one."""
    known.book("Binta", "Hoa", capacity=2)
    known.arrive("Giuseppe", "08:20", join=True)
    known.book("Hoa", status="cancelled")
    known.arrive("Giuseppe", "08:30", join=True)
    known.take(known.line("Giuseppe", status="waiting"))
    known.take(known.line("Binta", status="cancelled"))
    assert known.arrive("Oksana", "08:40", join=True).answer == "welcome"


def test_people_who_are_there_without_a_booking_count_as_too_many(corner):
    corner.book("Binta", "Hoa", capacity=1)
    corner.arrive("Hoa", "08:20")
    corner.book("Hoa", status="cancelled")
    (crowded,) = overbooked(corner.conn, "charleroi", corner.at("08:30"))
    assert (crowded.booked, crowded.capacity) == (2, 1)
