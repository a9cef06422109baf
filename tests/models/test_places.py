"""Asking for a place: the machine gives none, the list keeps its order, and nobody is on it twice."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.ids import named_id
from models.places import NotAsked, ask_for_place, editions, open_to, take_back_request
from models.registers import set_fields
from models.roster import roster_of
from models.walk_in import walk_ins
from models.words import Answer

NOW = "10:00"
DAYS = ("2022-11-07", "2022-11-08", "2022-11-09")


def plan(corner, *days, programme="course-24", workshop="edition A", capacity=2, **more):
    """Half-days of one edition; returns their ids."""
    return [
        corner.book(start=f"{day} 08:30", programme=programme, workshop=workshop, capacity=capacity, **more)
        for day in days
    ]


def known(corner, *names):
    """People whom the kiosk knows from today."""
    corner.book(*names)
    return [corner.person(name) for name in names]


def ask(corner, person, half_day, when=NOW):
    with corner.transaction():
        return ask_for_place(corner.conn, corner.desk, person, half_day, corner.at(when))


def offers(corner, person, when=NOW):
    return {one.programme: one for one in open_to(corner.conn, corner.desk, person, corner.at(when))}


def all_editions(corner, when=NOW):
    return editions(corner.conn, "charleroi", corner.at(when))


def test_asking_is_a_turn_on_every_half_day_of_the_edition_and_no_place(corner):
    half_days = plan(corner, *DAYS)
    (binta,) = known(corner, "Binta")
    asked = ask(corner, binta, half_days[0])
    assert (asked.turn, asked.refused, asked.edition.waiting) == (1, None, (binta,))
    for half_day in half_days:
        (line,) = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(NOW)).people
        assert (line.waiting, line.status, line.source) == (True, "waiting", "corner")
    assert asked.edition.booked == 0
    assert corner.verify().flaws == ()


def test_twice_is_once_also_by_another_half_day_of_it(corner):
    half_days = plan(corner, *DAYS)
    (binta,) = known(corner, "Binta")
    ask(corner, binta, half_days[0])
    before = corner.log()
    again = ask(corner, binta, half_days[2], "10:05")
    assert (again.turn, again.refused) == (1, NotAsked.ALREADY)
    assert corner.log() == before


def test_turns_are_in_the_order_of_asking(corner):
    (half_day,) = plan(corner, DAYS[0])
    people = known(corner, "Zoé", "Binta", "Łukasz")
    turns = [ask(corner, person, half_day, f"10:0{n}").turn for n, person in enumerate(people)]
    assert turns == [1, 2, 3]
    (edition,) = [one for one in all_editions(corner) if one.programme == "course-24"]
    assert edition.waiting == tuple(people)


def test_places_left_are_those_that_nobody_has_and_nobody_waits_for(corner):
    (half_day,) = plan(corner, DAYS[0], capacity=3)
    corner.book("Joris", start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A")
    binta, zoe, lukasz = known(corner, "Binta", "Zoé", "Łukasz")
    assert offers(corner, binta)["course-24"].left == 2
    ask(corner, binta, half_day)
    ask(corner, zoe, half_day, "10:01")
    assert offers(corner, lukasz)["course-24"].left == 0
    assert ask(corner, lukasz, half_day, "10:02").turn == 3


def test_the_fullest_half_day_says_what_is_left(corner):
    plan(corner, *DAYS, capacity=2)
    corner.book("Joris", "Heike", start=f"{DAYS[1]} 08:30", programme="course-24", workshop="edition A")
    (binta,) = known(corner, "Binta")
    assert offers(corner, binta)["course-24"].left == 0


def test_a_later_edition_with_a_place_is_offered_before_a_full_one(corner):
    plan(corner, DAYS[0], capacity=1)
    corner.book("Joris", start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A")
    plan(corner, "2022-12-05", workshop="edition B")
    (binta,) = known(corner, "Binta")
    offered = offers(corner, binta)["course-24"]
    assert (offered.left, offered.first.starts_at) == (2, corner.at("2022-12-05 08:30"))


def test_the_first_morning_is_not_offered_to_whoever_has_been_there(corner):
    corner.book(start="2022-11-10 08:30")
    binta, zoe = known(corner, "Binta", "Zoé")
    corner.arrive("Binta", "08:20")
    assert (set(offers(corner, binta)), set(offers(corner, zoe))) == (set(), {"awareness"})


def test_what_is_open_now_is_no_coming_workshop(corner):
    """Whoever wants to stay says so at the door, and the machine may let them in."""
    corner.book(start="11:00", programme="job-search")
    corner.book(start="2022-11-08 11:00", programme="video-cv")
    (binta,) = known(corner, "Binta")
    assert set(offers(corner, binta, "09:59")) == {"job-search", "video-cv"}
    assert set(offers(corner, binta, "10:00")) == {"video-cv"}


def test_where_all_are_full_the_next_one_is_shown_with_its_list(corner):
    for workshop, day in (("edition A", DAYS[0]), ("edition B", "2022-12-05")):
        plan(corner, day, workshop=workshop, capacity=1)
        corner.book("Joris", start=f"{day} 08:30", programme="course-24", workshop=workshop)
    (binta,) = known(corner, "Binta")
    assert offers(corner, binta)["course-24"].first.starts_at == corner.at(f"{DAYS[0]} 08:30")


def test_whoever_waits_for_one_is_not_shown_another_of_the_same(corner):
    (half_day,) = plan(corner, DAYS[0], capacity=1)
    plan(corner, "2022-12-05", workshop="edition B")
    binta, zoe = known(corner, "Binta", "Zoé")
    ask(corner, binta, half_day)
    assert offers(corner, binta)["course-24"].turn(binta) == 1
    assert offers(corner, zoe)["course-24"].first.starts_at == corner.at("2022-12-05 08:30")


def test_whoever_has_a_place_is_not_offered_the_same_again_and_cannot_ask_for_it(corner):
    (half_day,) = plan(corner, DAYS[0])
    corner.book("Binta", start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A")
    plan(corner, "2022-12-05", workshop="edition B")
    binta = corner.person("Binta")
    assert offers(corner, binta) == {}
    assert ask(corner, binta, half_day).refused is NotAsked.HAS_PLACE


def test_a_place_that_was_cancelled_may_be_asked_for(corner):
    (half_day,) = plan(corner, DAYS[0])
    for status in ("booked", "cancelled"):
        corner.book(
            "Binta", start=f"{DAYS[0]} 08:30", programme="course-24", workshop="edition A", status=status
        )
    asked = ask(corner, corner.person("Binta"), half_day)
    assert (asked.turn, asked.refused) == (1, None)


@pytest.mark.parametrize("when", ["2022-11-07 08:30", "2022-11-08 07:00"])
def test_nobody_joins_a_course_in_the_middle_and_whoever_waits_still_does(corner, when):
    half_days = plan(corner, *DAYS)
    binta, zoe = known(corner, "Binta", "Zoé")
    ask(corner, binta, half_days[0])
    assert offers(corner, zoe, when) == {}
    assert ask(corner, zoe, half_days[2], when).refused is NotAsked.GONE
    (edition,) = all_editions(corner, when)
    assert (edition.begun, edition.waiting) == (True, (binta,))


def test_a_module_can_be_joined_at_any_of_its_dates(corner):
    half_days = plan(corner, *DAYS, programme="job-search")
    (binta,) = known(corner, "Binta")
    asked = ask(corner, binta, half_days[1], "2022-11-07 12:00")
    assert (asked.turn, len(asked.edition.half_days)) == (1, 2)


@pytest.mark.parametrize("gone", ["cancelled", "over", "elsewhere", "never"])
def test_what_is_gone_cannot_be_asked_for(corner, gone):
    (half_day,) = plan(corner, DAYS[0])
    (binta,) = known(corner, "Binta")
    when = NOW
    if gone == "cancelled":
        plan(corner, DAYS[0], status="cancelled")
    elif gone == "over":
        when = "2022-11-07 13:00"
    elif gone == "elsewhere":
        half_day = corner.book(start=f"{DAYS[0]} 08:30", place="mons", programme="course-24")
    else:
        half_day = "x" * 32
    before = corner.log()
    found = ask(corner, binta, half_day, when)
    assert (found.edition, found.refused) == (None, NotAsked.GONE)
    assert corner.log() == before


def test_a_request_keeps_its_turn_before_whoever_walks_in_on_the_day(corner):
    """The last place is not given away by the machine while somebody has asked for it before."""
    half_day = corner.book(start="2022-11-04 08:30", capacity=1, workshop="X")
    binta, _ = known(corner, "Binta", "Zoé")
    ask(corner, binta, half_day)
    came = corner.arrive("Zoé", "2022-11-04 08:20", join=True)
    assert came.answer is Answer.FULL


@given(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 2), st.integers(0, 300)), max_size=12),
    st.integers(1, 3),
)
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_asking_keeps_everybody_once_in_order_and_gives_no_place(new_corner, asked, capacity):
    corner = new_corner()
    try:
        half_days = plan(corner, *DAYS, programme="job-search", capacity=capacity)
        people = dict(zip("ABCD", known(corner, "Binta", "Zoé", "Łukasz", "Hoa"), strict=True))
        first: dict[str, int] = {}
        for name, number, minute in sorted(asked, key=lambda one: one[2]):
            moment = f"{10 + minute // 60}:{minute % 60:02}"
            ask(corner, people[name], half_days[number], moment)
            first.setdefault(name, minute)
        (edition,) = [one for one in all_editions(corner, "17:00") if one.programme == "job-search"]
        assert sorted(edition.waiting) == sorted(people[name] for name in first)
        minutes = {people[name]: minute for name, minute in first.items()}
        assert [minutes[one] for one in edition.waiting] == sorted(minutes.values())
        assert (edition.booked, edition.left) == (0, max(0, capacity - len(first)))
    finally:
        corner.conn.close()


# ---- at the door, and what is planned afterwards


def test_whoever_comes_in_by_their_request_is_confirmed_by_the_team_as_any_walk_in(corner):
    """Asking before is no way round a person: at the door a place may be free, and somebody looks at it."""
    half_days = plan(corner, "2022-11-04")
    binta, _ = known(corner, "Binta", "Zoé")
    ask(corner, binta, half_days[0])
    came = corner.arrive("Binta", "2022-11-04 08:20", join=True)
    assert came.answer is Answer.WELCOME
    (line,) = walk_ins(corner.conn, "charleroi", corner.at("2022-11-04 08:21"))
    assert (line.participant_id, line.waiting) == (binta, False)
    roster = roster_of(corner.conn, half_days[0], corner.desk.policy, corner.at("2022-11-04 08:21"))
    assert [(one.person_id, one.confirmed) for one in roster.people] == [(binta, False)]


def test_a_half_day_that_is_planned_afterwards_is_asked_for_beside_the_others(corner):
    half_days = plan(corner, *DAYS[:2])
    (binta,) = known(corner, "Binta")
    ask(corner, binta, half_days[0])
    (third,) = plan(corner, DAYS[2])
    asked = ask(corner, binta, third, "10:30")
    assert (asked.turn, asked.refused, len(asked.edition.half_days)) == (1, None, 3)
    (line,) = roster_of(corner.conn, third, corner.desk.policy, corner.at(NOW)).people
    assert line.status == "waiting"


def test_a_morning_that_was_noted_by_mistake_is_offered_again(corner):
    corner.book(start="2022-11-10 08:30")
    half_day = corner.book("Binta")
    arrived = corner.note("arrived", "Binta", half_day, "08:30")
    binta = corner.person("Binta")
    assert offers(corner, binta) == {}
    corner.note("annulled", "Binta", half_day, "08:40", annuls=arrived.id, reason="wrong_person")
    assert set(offers(corner, binta)) == {"awareness"}


def test_what_was_declined_is_no_booking_that_was_cancelled(corner):
    """Whoever asked for today and was told no is not told that a booking of theirs is off."""
    half_day = corner.book(start="2022-11-04 08:30", workshop="X", capacity=1)
    (binta,) = known(corner, "Binta")
    ask(corner, binta, half_day)
    booking = named_id("booking", binta, half_day)
    with corner.transaction():
        off = {"status": "cancelled"}
        set_fields(corner.conn, corner.author("11:00"), "booking", booking, off, new=False)
    assert corner.arrive("Binta", "2022-11-04 08:20").answer is not Answer.CANCELLED


def test_a_request_that_is_taken_back_leaves_no_turn_and_what_was_given_stays(corner):
    half_days = plan(corner, *DAYS)
    binta, zoe = known(corner, "Binta", "Zoé")
    ask(corner, binta, half_days[0])
    ask(corner, zoe, half_days[0], "10:01")
    with corner.transaction():
        edition = take_back_request(corner.conn, corner.desk, binta, half_days[1], corner.at("10:05"))
    assert edition.waiting == (zoe,)
    first = {"start": f"{DAYS[0]} 08:30", "programme": "course-24", "workshop": "edition A"}
    corner.book("Zoé", **first, status="booked")
    with corner.transaction():
        take_back_request(corner.conn, corner.desk, zoe, half_days[0], corner.at("10:06"))
    held = corner.ask(
        "select status from booking where participant_id = ? and half_day_id = ?", zoe, half_days[0]
    )
    assert held == [("booked",)]
    assert ask(corner, binta, half_days[0], "10:10").turn == 1
