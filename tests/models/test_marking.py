"""The facilitator's marks: each an event, never a change; what contradicts needs a reason."""

from datetime import timedelta

import pytest
from colleagues import Colleague, unhurt
from hypothesis import given, settings
from hypothesis import strategies as st

from models.marking import Mark, MarkPerson, Refused
from models.words import CORRECTIONS, EXCUSES, Event, Way

PRESENT, LEFT, EXCUSED, ABSENT = Mark.PRESENT, Mark.LEFT, Mark.EXCUSED, Mark.ABSENT


@pytest.fixture
def leila(corner):
    return Colleague(corner)


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Kofi", "Zoé", capacity=3)


# ---- any sequence of marks

minutes = st.integers(0, 330)
touches = st.lists(
    st.tuples(
        st.sampled_from(Mark),
        st.sampled_from(["Binta", "Kofi"]),
        st.integers(0, 25),  # minutes since the touch before
        st.none() | minutes,  # the time that somebody gives, since half past seven
        st.none() | st.sampled_from(CORRECTIONS),
        st.sampled_from(EXCUSES),
        st.booleans(),  # at the other kiosk
    ),
    max_size=14,
)
STATES = {
    PRESENT: {"present", "late"},
    LEFT: {"left", "left_early"},
    EXCUSED: {"excused"},
    ABSENT: {"absent"},
}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(touches)
def test_any_marks_at_any_time_say_what_the_last_one_says(new_corner, touches):
    """A mark that is taken is what the list says from then on; one that is refused changes nothing."""
    corner = new_corner()
    half_day = corner.book("Binta", "Kofi")
    here = Colleague(corner)
    there = here.at_kiosk("f" * 32)
    opens, now = corner.at("07:30"), corner.at("07:30")
    for mark, name, since, given_at, reason, excuse, elsewhere in touches:
        now += timedelta(minutes=since)
        moment = opens + timedelta(minutes=given_at) if given_at is not None else None
        before = here.line(name, half_day, now).reckoning, corner.log()
        marked = (there if elsewhere else here).marks(
            name, mark, half_day, now, moment, reason=reason, excuse=excuse
        )
        found = here.line(name, half_day, now).reckoning
        if marked.refused:
            assert (found, corner.log()) == before
        else:
            assert marked.act
            assert found.state in STATES[mark], (mark, marked)
        assert 0 <= found.minutes <= 210
    assert unhurt(corner)
    corner.conn.close()


@settings(derandomize=True, deadline=None, max_examples=60)
@given(touches)
def test_nothing_that_was_noted_is_ever_lost(new_corner, touches):
    """P-24, P-26: events are only added, and each annulment says why."""
    corner = new_corner()
    half_day = corner.book("Binta", "Kofi")
    leila = Colleague(corner)
    now, events = corner.at("08:00"), set()
    for mark, name, since, _, reason, excuse, _ in touches:
        now += timedelta(minutes=since)
        leila.marks(name, mark, half_day, now, reason=reason, excuse=excuse)
        found = set(corner.ask("select * from attendance_event"))
        assert found >= events
        events = found
    reasons = {row[0] for row in corner.ask("select reason from attendance_event where kind = 'annulled'")}
    assert reasons <= set(CORRECTIONS)
    corner.conn.close()


# ---- one touch, one mark


def test_a_whole_group_is_marked_in_one_touch_with_its_exceptions(leila, corner, half_day):
    """Who is marked already stays as they are."""
    leila.marks("Zoé", EXCUSED, half_day, "08:20", excuse="transport")
    marked = leila.marks_everybody(PRESENT, half_day, "08:31")
    assert set(marked.people) == {corner.person("Binta"), corner.person("Kofi")}
    assert [leila.state(name, half_day) for name in ("Binta", "Kofi", "Zoé")] == [
        ("present", 209),
        ("present", 209),
        ("excused", 0),
    ]
    assert corner.ask("select count(distinct act) from attendance_event where kind = 'arrived'") == [(1,)]
    assert leila.marks_everybody(PRESENT, half_day, "08:32").refused is Refused.ALREADY


def test_everybody_leaves_in_one_touch_and_nobody_who_is_not_there(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:20")
    leila.marks("Kofi", PRESENT, half_day, "08:20")
    leila.marks("Kofi", LEFT, half_day, "10:00")
    leila.marks_everybody(LEFT, half_day, "12:00")
    assert [leila.state(name, half_day) for name in ("Binta", "Kofi", "Zoé")] == [
        ("left", 210),
        ("left_early", 90),
        ("expected", 0),
    ]


def test_of_everybody_nothing_is_noted_where_one_needs_a_word_more(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:20")
    leila.marks("Kofi", PRESENT, half_day, "10:00")
    assert leila.marks_everybody(LEFT, half_day, "11:00", moment=corner.at("09:00")).refused
    assert corner.log().count("attendance.left") == 0


@pytest.mark.parametrize(
    ("mark", "more", "refused"),
    [
        (EXCUSED, {}, Refused.NEEDS_EXCUSE),
        (EXCUSED, {"excuse": "illness"}, Refused.NEEDS_EXCUSE),
        (LEFT, {}, Refused.NOT_THERE),
        (PRESENT, {"moment": "07:29"}, Refused.WRONG_TIME),
        (PRESENT, {"moment": "10:01"}, Refused.WRONG_TIME),
        (PRESENT, {"reason": "just so"}, Refused.NEEDS_REASON),
    ],
)
def test_what_cannot_be_noted_says_what_it_needs(leila, corner, half_day, mark, more, refused):
    assert leila.marks("Binta", mark, half_day, "10:00", **more).refused is refused
    assert not [kind for kind in corner.log() if kind.startswith("attendance.")]


def test_a_mark_that_contradicts_an_arrival_needs_a_reason_and_keeps_what_was_noted(leila, corner, half_day):
    """P-26: "absent" for somebody whose arrival is noted annuls it, with the word that was chosen."""
    corner.arrive("Binta", "08:20")
    assert leila.marks("Binta", ABSENT, half_day, "08:40").refused is Refused.NEEDS_REASON
    assert leila.marks("Binta", ABSENT, half_day, "08:40", reason="wrong_person").act
    assert leila.state("Binta", half_day) == ("absent", 0)
    assert corner.ask("select kind, reason from attendance_event order by kind") == [
        ("absent", "wrong_person"),
        ("annulled", "wrong_person"),
        ("arrived", None),
    ]


def test_who_called_after_all_is_excused_instead_of_absent(leila, corner, half_day):
    """Both stay: what was thought first, and what was learned later."""
    leila.marks("Binta", ABSENT, half_day, "08:50")
    leila.marks("Binta", EXCUSED, half_day, "09:30", excuse="work")
    assert leila.line("Binta", half_day).reckoning.excuse == "work"
    assert corner.ask("select reason from attendance_event where kind = 'annulled'") == [("told_later",)]
    assert leila.marks("Binta", EXCUSED, half_day, "09:31", excuse="work").refused is Refused.ALREADY
    assert leila.marks("Binta", EXCUSED, half_day, "09:31", excuse="transport").act
    assert leila.line("Binta", half_day).reckoning.excuse == "transport"


# ---- edge cases of the ledger


def test_exit_before_entry_is_refused(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "09:00")
    assert leila.marks("Binta", LEFT, half_day, "10:00", "08:59").refused is Refused.WRONG_TIME
    assert leila.state("Binta", half_day) == ("late", 180)


def test_exit_before_the_last_entry_is_refused(leila, half_day):
    """Whoever left and came back leaves after that."""
    for mark, when in ((PRESENT, "08:30"), (LEFT, "09:30"), (PRESENT, "10:00")):
        leila.marks("Binta", mark, half_day, when)
    assert leila.marks("Binta", LEFT, half_day, "11:00", "09:45").refused is Refused.WRONG_TIME
    assert leila.marks("Binta", PRESENT, half_day, "11:00", "09:00").refused is Refused.ALREADY


def test_who_comes_back_comes_after_they_left(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", LEFT, half_day, "10:00")
    assert leila.marks("Binta", PRESENT, half_day, "11:00", "09:00").refused is Refused.WRONG_TIME
    leila.marks("Binta", PRESENT, half_day, "11:00", "10:30")
    assert leila.state("Binta", half_day) == ("present", 180)


def test_an_exit_without_any_entry_waits_for_it(leila, corner, half_day):
    """Two kiosks may have brought it so; the entry that somebody remembers puts it in order."""
    corner.note("left", "Binta", half_day, "10:00")
    assert leila.state("Binta", half_day) == ("expected", 0)
    leila.marks("Binta", PRESENT, half_day, "10:05", "08:30")
    assert leila.state("Binta", half_day) == ("left_early", 90)


def test_in_and_out_within_a_minute_has_its_order(leila, half_day):
    """An hour that is typed has no seconds: it is not before the arrival of that minute."""
    leila.marks("Binta", PRESENT, half_day, "09:00:40")
    leila.marks("Binta", LEFT, half_day, "11:00", "09:00")
    assert leila.state("Binta", half_day) == ("left_early", 0)
    leila.marks("Binta", PRESENT, half_day, "11:00", "09:00")
    assert leila.state("Binta", half_day) == ("late", 180)


def test_exit_twice_counts_once(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", LEFT, half_day, "10:00")
    assert leila.marks("Binta", LEFT, half_day, "11:00").refused is Refused.ALREADY
    assert leila.state("Binta", half_day) == ("left_early", 90)


def test_exit_forgotten_at_noon_with_an_arrival_in_the_afternoon(leila, corner, half_day):
    """The morning counts to its end, the afternoon from its arrival; neither touches the other."""
    afternoon = corner.book("Binta", start="13:00")
    corner.arrive("Binta", "08:30")
    corner.arrive("Binta", "13:10")
    assert leila.state("Binta", half_day, "17:00") == ("present", 210)
    assert leila.state("Binta", afternoon, "17:00") == ("present", 200)
    leila.marks("Binta", LEFT, half_day, "17:00", "11:45")
    assert leila.state("Binta", half_day, "17:00") == ("left_early", 195)
    assert leila.state("Binta", afternoon, "17:00") == ("present", 200)


def test_an_exit_of_yesterday_is_not_now(leila, half_day):
    """On the day after, "gone" asks for the hour."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    tomorrow = "2022-11-04 08:00"
    assert leila.marks("Binta", LEFT, half_day, tomorrow).refused is Refused.NEEDS_TIME
    assert leila.marks("Binta", LEFT, half_day, tomorrow, "2022-11-04 07:00").refused is Refused.WRONG_TIME
    assert leila.marks("Binta", LEFT, half_day, tomorrow, "11:00").act
    assert leila.state("Binta", half_day) == ("left_early", 150)


def test_present_outside_the_half_day_asks_for_the_hour(leila, half_day):
    for when in ("07:00", "12:30"):
        assert leila.marks("Binta", PRESENT, half_day, when).refused is Refused.NEEDS_TIME
    leila.marks("Binta", PRESENT, half_day, "12:30", "08:30", way=Way.PAPER)
    assert leila.state("Binta", half_day) == ("present", 210)


def test_a_half_day_that_was_moved_while_people_are_in_keeps_them(leila, corner):
    """Whoever came has come: their minutes are those inside the new hours."""
    half_day = corner.book("Binta", uid="c1")
    leila.marks("Binta", PRESENT, half_day, "08:30")
    corner.take(corner.line(start="10:00", uid="c1"), when="09:00")
    assert leila.state("Binta", half_day, "14:00") == ("present", 210)
    leila.marks("Binta", LEFT, half_day, "11:00")
    assert leila.state("Binta", half_day, "14:00") == ("left_early", 60)


def test_a_half_day_that_was_cancelled_while_people_are_in_can_still_be_marked(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    corner.book(status="cancelled")
    assert leila.marks("Binta", LEFT, half_day, "10:00").act
    assert leila.state("Binta", half_day) == ("left_early", 90)


def test_a_seat_given_away_and_then_the_person_comes(leila, corner):
    """Absent, the seat given to who waits, then the person after all: both facts stay, nobody is dropped."""
    half_day = corner.book("Binta", capacity=1)
    corner.book("Hoa", start="2022-09-20 08:30")
    corner.arrive("Hoa", "08:40", join=True)
    leila.marks("Binta", ABSENT, half_day, "08:46")
    assert leila.line("Hoa", half_day, "08:47").waiting
    leila.marks("Hoa", PRESENT, half_day, "08:47")
    assert leila.state("Hoa", half_day) == ("late", 193)
    corner.arrive("Binta", "09:00")
    assert leila.state("Binta", half_day) == ("late", 180)
    kinds = corner.ask(
        "select kind from attendance_event where participant_id = ? order by at", corner.person("Binta")
    )
    assert kinds == [(Event.ABSENT,), (Event.ARRIVED,)]
    events = leila.sees("Binta", half_day).events
    assert [(event.kind, event.annulled) for event in events] == [("absent", None), ("arrived", None)]


def test_nine_for_eight_places_and_nobody_is_dropped(leila, corner):
    """The office has booked one more than there are places: all nine can be there."""
    names = ("Binta", "Kofi", "Zoé", "Hoa", "Mehdi", "Oksana", "Heike", "Joris", "Rachida")
    half_day = corner.book(*names)
    marked = leila.marks_everybody(PRESENT, half_day, "08:30")
    assert len(marked.people) == 9
    assert {leila.state(name, half_day)[0] for name in names} == {"present"}


# ---- places and walk-ins


def test_present_gives_who_waits_a_place(leila, corner):
    half_day = corner.book("Binta", capacity=1)
    corner.book("Kofi", status="waiting")
    assert leila.line("Kofi", half_day).waiting
    leila.marks("Kofi", PRESENT, half_day, "08:40")
    line = leila.line("Kofi", half_day)
    assert (line.status, line.waiting, line.confirmed) == ("booked", False, True)


def test_present_confirms_a_walk_in_who_is_there_already(leila, corner):
    corner.book("Hoa", start="2022-09-20 08:30")
    half_day = corner.book("Binta")
    corner.arrive("Hoa", "08:20", join=True)
    assert not leila.line("Hoa", half_day).confirmed
    marked = leila.marks("Hoa", PRESENT, half_day, "08:30")
    assert (marked.refused, marked.people) == (None, (corner.person("Hoa"),))
    assert leila.line("Hoa", half_day).confirmed
    assert corner.log().count("attendance.arrived") == 1
    assert leila.marks("Hoa", PRESENT, half_day, "08:31").refused is Refused.ALREADY


# ---- after closing, and clocks


@pytest.mark.parametrize("mark", Mark)
def test_after_closing_every_mark_needs_a_reason(leila, corner, half_day, mark):
    """P-26: a closed half-day is corrected only by a new event that says why."""
    name = "Kofi" if mark is LEFT else "Binta"
    leila.marks("Kofi", PRESENT, half_day, "08:30")
    leila.closes(half_day, "12:10")
    told = {"excuse": "work", "moment": "11:00"}
    assert leila.marks(name, mark, half_day, "12:20", **told).refused is Refused.NEEDS_REASON
    assert leila.marks(name, mark, half_day, "12:20", **told, reason="told_later").act
    assert "told_later" in corner.ask("select body from change order by n desc limit 1")[0][0]


def test_an_hour_that_somebody_gives_does_not_come_from_a_doubtful_clock(leila, corner, half_day):
    """P-38."""
    for name, moment in (("Binta", None), ("Kofi", corner.at("08:30"))):
        request = MarkPerson(half_day, corner.person(name), PRESENT, moment=moment)
        leila.asks(request, "08:40", clock_sure=False)
    sure = corner.ask("select participant_id, clock_sure from attendance_event")
    assert dict(sure) == {corner.person("Binta"): 0, corner.person("Kofi"): 1}


def test_who_is_not_on_the_list_is_not_marked(leila, corner, half_day):
    assert leila.marks("Giuseppe", PRESENT, half_day, "08:30").refused is Refused.GONE


def test_what_says_that_something_does_not_count_is_not_annulled_in_its_turn(leila, corner, half_day):
    """A mark with a reason annuls what counts, and nothing else."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", ABSENT, half_day, "08:40", reason="wrong_person")
    leila.marks("Binta", EXCUSED, half_day, "08:50", excuse="work")
    annulled = corner.ask(
        "select e.kind from attendance_event a join attendance_event e on e.id = a.annuls"
        " where a.kind = 'annulled' order by a.stored_at"
    )
    assert annulled == [("arrived",), ("absent",)]
