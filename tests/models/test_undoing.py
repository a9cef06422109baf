"""Taking back: within ten minutes, where it was done, as an act of its own that can be taken back too."""

from dataclasses import replace
from datetime import timedelta

import pytest
from colleagues import Colleague, offered_to, unhurt
from hypothesis import given, settings
from hypothesis import strategies as st

from models.marking import Mark, MarkPerson, Refused
from models.undoing import NotTakenBack, UndoLast
from models.words import CORRECTIONS, EXCUSES, Role

PRESENT, LEFT, EXCUSED, ABSENT = Mark.PRESENT, Mark.LEFT, Mark.EXCUSED, Mark.ABSENT


@pytest.fixture
def leila(corner):
    return Colleague(corner)


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Kofi", "Zoé", capacity=3)


def looked(leila, half_day):
    """What the list says of everybody, but for the names of the events that it was reckoned from."""
    names = ("Binta", "Kofi", "Hoa")
    lines = [leila.line(name, half_day) for name in names]
    return [replace(line, reckoning=replace(line.reckoning, seen="")) if line else None for line in lines]


def offered(leila, when):
    """The names in what can be taken back and done again."""
    found = offered_to(leila.corner, leila.id, when)
    return [(one.kinds, one.names, one.author) if one else None for one in (found.undo, found.redo)]


# ---- any sequence

acts = st.one_of(
    st.tuples(
        st.just("mark"),
        st.sampled_from(Mark),
        st.sampled_from(["Binta", "Kofi", "Hoa"]),
        st.none() | st.integers(0, 100),
        st.none() | st.sampled_from(CORRECTIONS),
        st.sampled_from(EXCUSES),
    ),
    st.tuples(st.just("everybody"), st.sampled_from([PRESENT, LEFT, ABSENT])),
    st.tuples(st.sampled_from(["undo", "redo", "undo", "redo"])),
)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.lists(acts, max_size=16))
def test_any_marks_taken_back_and_done_again_go_back_and_forth_exactly(new_corner, acts):
    """Undo, redo and undo of the redo: each step gives the very list that stood there, places included."""
    corner = new_corner()
    half_day = corner.book("Binta", "Kofi", capacity=2)
    corner.book("Hoa", start="2022-09-20 08:30")
    corner.arrive("Hoa", "08:30", join=True)  # waits for a place
    leila = Colleague(corner)
    now, opens = corner.at("09:30"), corner.at("08:00")
    past, coming = [], []
    for what, *more in acts:
        now += timedelta(seconds=20)
        before = looked(leila, half_day)
        if what == "undo":
            assert bool(leila.undoes(now)) == bool(past)
            if past:
                coming.append(before)
                assert looked(leila, half_day) == past.pop()
        elif what == "redo":
            assert bool(leila.redoes(now)) == bool(coming)
            if coming:
                past.append(before)
                assert looked(leila, half_day) == coming.pop()
        elif what == "everybody":
            if leila.marks_everybody(*more, half_day, now).act:
                past, coming = [*past, before], []
        else:
            mark, name, minutes, reason, excuse = more
            moment = opens + timedelta(minutes=minutes) if minutes is not None else None
            if leila.marks(name, mark, half_day, now, moment, reason=reason, excuse=excuse).act:
                past, coming = [*past, before], []
    assert unhurt(corner)
    corner.conn.close()


# ---- one step


def test_what_is_taken_back_stays_in_the_log_with_its_author(leila, corner, half_day):
    """P-24: the mark, and who took it back."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    assert offered(leila, "08:31") == [(("arrived",), ("Binta O.",), "Leïla"), None]
    taken = leila.undoes("08:31")
    assert (taken.author, taken.kinds) == ("Leïla", ("arrived",))
    assert leila.state("Binta", half_day) == ("expected", 0)
    assert corner.ask("select kind, actor, reason from attendance_event order by at") == [
        ("arrived", leila.id, None),
        ("annulled", leila.id, "undone"),
    ]


def test_everybody_is_there_is_taken_back_in_one(leila, half_day):
    leila.marks_everybody(PRESENT, half_day, "08:30")
    assert leila.undoes("08:31").names == ("Binta O.", "Kofi A.", "Zoé D.")
    assert {leila.state(name, half_day) for name in ("Binta", "Kofi", "Zoé")} == {("expected", 0)}
    leila.redoes("08:32")
    assert {leila.state(name, half_day) for name in ("Binta", "Kofi", "Zoé")} == {("present", 210)}


def test_undo_twice_goes_further_back(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Kofi", PRESENT, half_day, "08:31")
    assert leila.undoes("08:32").names == ("Kofi A.",)
    assert leila.undoes("08:33").names == ("Binta O.",)
    assert leila.undoes("08:34") is None
    assert leila.redoes("08:35").kinds == ("arrived",)
    assert leila.state("Binta", half_day)[0] == "present"
    assert leila.state("Kofi", half_day)[0] == "expected"


def test_undo_of_the_undo_is_doing_it_again(leila, half_day):
    """With the time that it had."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", LEFT, half_day, "10:00")
    leila.undoes("10:01")
    assert leila.state("Binta", half_day) == ("present", 210)
    leila.redoes("10:05")
    assert leila.state("Binta", half_day) == ("left_early", 90)
    leila.undoes("10:06")
    assert leila.state("Binta", half_day) == ("present", 210)


def test_a_new_act_clears_what_could_be_done_again(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.undoes("08:31")
    leila.marks("Kofi", PRESENT, half_day, "08:32")
    assert offered(leila, "08:33") == [(("arrived",), ("Kofi A.",), "Leïla"), None]
    assert leila.redoes("08:33") is None
    assert leila.state("Binta", half_day)[0] == "expected"


@pytest.mark.parametrize(("when", "taken"), [("08:40", True), ("08:40:01", False)])
def test_after_ten_minutes_nothing_is_taken_back(leila, half_day, when, taken):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    assert (leila.undoes(when) is not None) is taken


def test_at_another_kiosk_there_is_nothing_to_take_back_and_a_correction_works(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    there = leila.at_kiosk("f" * 32)
    assert there.undoes("08:31") is None
    ((event,),) = corner.ask("select id from attendance_event")
    assert there.annuls(event, half_day, "08:32", "wrong_key").act
    assert leila.state("Binta", half_day) == ("expected", 0)


def test_what_somebody_has_put_right_elsewhere_is_not_taken_back_any_more(leila, corner, half_day):
    """The older act is offered instead; what was put right stays as it is."""
    leila.marks("Kofi", PRESENT, half_day, "08:29")
    leila.marks("Binta", PRESENT, half_day, "08:30")
    there = leila.at_kiosk("f" * 32)
    (event,) = [event for event in there.sees("Binta", half_day).events if event.kind == "arrived"]
    there.corrects(event.id, "08:20", half_day, "08:31")
    assert leila.undoes("08:32").names == ("Kofi A.",)
    assert leila.line("Binta", half_day).reckoning.arrived_at == corner.at("08:20")


def test_what_two_have_annulled_stays_annulled(leila, corner, half_day):
    """Cut off from each other, two kiosks annul the same arrival; one of them takes that back."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    ((event,),) = corner.ask("select id from attendance_event")
    leila.annuls(event, half_day, "08:31")
    corner.note("annulled", "Binta", half_day, "08:31", annuls=event, reason="wrong_person")
    assert leila.undoes("08:32") is None
    assert leila.state("Binta", half_day) == ("expected", 0)


def test_after_closing_nothing_is_taken_back_and_a_correction_with_a_reason_works(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "11:55")
    leila.closes(half_day, "11:58")
    assert leila.undoes("11:59") is None
    assert leila.marks("Binta", ABSENT, half_day, "12:00").refused is Refused.NEEDS_REASON
    assert leila.marks("Binta", ABSENT, half_day, "12:00", reason="wrong_person").act
    assert leila.undoes("12:01") is None, "a correction after closing stays, and is corrected"


def test_what_a_person_did_at_the_door_is_not_taken_back_by_a_slip(leila, corner, half_day):
    corner.show(corner.issue("Binta"), "08:30")
    assert leila.undoes("08:31") is None
    assert leila.state("Binta", half_day) == ("present", 210)


def test_an_act_out_of_reach_is_not_taken_back(leila, corner):
    """P-20: what staff put right in an old half-day is not a facilitator's to take back."""
    old = corner.book("Binta", start="2022-10-20 08:30")
    staff = Colleague(corner, "Nadia", Role.STAFF)
    assert staff.marks("Binta", PRESENT, old, "09:00", "2022-10-20 08:30").act
    assert leila.undoes("09:01") is None
    assert staff.undoes("09:01").names == ("Binta O.",)


def test_a_doubtful_hour_is_still_doubtful_when_it_is_noted_again(leila, corner, half_day):
    """P-38."""
    leila.asks(MarkPerson(half_day, corner.person("Binta"), PRESENT), "08:40", clock_sure=False)
    leila.undoes("08:41")
    leila.redoes("08:42")
    kinds = corner.ask("select kind, clock_sure from attendance_event order by stored_at, kind")
    assert kinds == [("arrived", 0), ("annulled", 1), ("arrived", 0)]


# ---- two of the team at one kiosk


def test_nobody_takes_back_what_somebody_else_has_done(leila, corner, half_day):
    """Two programs on one file are one kiosk: each takes back the own touches, and no others."""
    sami = Colleague(corner, "Sami")
    leila.marks("Binta", PRESENT, half_day, "08:30")
    sami.marks("Kofi", PRESENT, half_day, "08:31")
    assert leila.undoes("08:32").names == ("Binta O.",)
    assert leila.undoes("08:33") is None
    assert leila.state("Kofi", half_day)[0] == "present"
    assert sami.redoes("08:34") is None
    assert sami.undoes("08:35").names == ("Kofi A.",)


def test_nobody_takes_back_what_is_not_on_their_screen(leila, corner, half_day):
    """The last touch was in another half-day: that one is looked at first."""
    later = corner.book("Zoé", start="13:00")
    leila.marks("Binta", PRESENT, half_day, "12:00", moment="08:30")
    leila.marks("Zoé", PRESENT, later, "12:01")
    log = corner.log()
    (act,) = corner.ask("select act from attendance_event where half_day_id = ?", later)
    assert leila.asks(UndoLast(half_day, act[0]), "12:02").refused is NotTakenBack.OVERTAKEN
    assert corner.log() == log


def test_two_touches_on_one_offer_take_back_one_act(leila, corner, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Kofi", PRESENT, half_day, "08:31")
    seen = offered_to(corner, leila.id, "08:31").undo
    assert leila.asks(UndoLast(seen.half_day_id, seen.id), "08:32").act.names == ("Kofi A.",)
    assert leila.asks(UndoLast(seen.half_day_id, seen.id), "08:32").refused is NotTakenBack.OVERTAKEN
    assert leila.state("Binta", half_day)[0] == "present"


# ---- places


def test_a_place_that_was_given_goes_back_and_the_turn_is_kept(leila, corner):
    """The waiting list stands as before; given again, the place is theirs again."""
    half_day = corner.book("Binta", capacity=1)
    corner.book("Hoa", start="2022-09-20 08:30")
    corner.arrive("Hoa", "08:31", join=True)
    leila.marks("Hoa", PRESENT, half_day, "08:40")
    leila.undoes("08:41")
    line = leila.line("Hoa", half_day)
    assert (line.status, line.waiting, line.confirmed) == ("waiting", True, False)
    leila.redoes("08:42")
    line = leila.line("Hoa", half_day)
    assert (line.status, line.confirmed, line.reckoning.state) == ("booked", True, "present")


def test_what_the_office_has_said_of_the_booking_since_stays(leila, corner):
    half_day = corner.book("Binta", capacity=1)
    corner.book("Kofi", status="waiting")
    leila.marks("Kofi", PRESENT, half_day, "08:40")
    corner.take(corner.line("Kofi", status="cancelled"), when="08:41")
    leila.undoes("08:42")
    assert corner.ask("select status from booking where participant_id = ?", corner.person("Kofi")) == [
        ("cancelled",)
    ]
