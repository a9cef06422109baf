"""Corrections: with a reason, without losing anything, and as if it had been noted right at once."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from colleagues import Colleague, unhurt
from hypothesis import given, settings
from hypothesis import strategies as st

from models.arrival import arrive
from models.marking import Mark, Refused
from models.requests import NotAllowed
from models.words import CORRECTIONS, Event, Role, Way

PRESENT, LEFT, EXCUSED, ABSENT = Mark.PRESENT, Mark.LEFT, Mark.EXCUSED, Mark.ABSENT


@pytest.fixture
def leila(corner):
    return Colleague(corner)


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Kofi")


def event(leila, half_day, kind, name="Binta"):
    """The id of the last event of a kind that stands."""
    events = leila.sees(name, half_day).events
    return [one.id for one in events if one.kind == kind and one.can_be_corrected][-1]


def reckoned(leila, half_day, when="13:00", name="Binta"):
    return replace(leila.line(name, half_day, when).reckoning, seen="")


# ---- properties

histories = st.lists(st.integers(0, 209), min_size=1, max_size=4, unique=True).map(sorted)
"""Minutes after half past eight at which somebody comes, goes, comes, and so on."""


def noted(corner, times):
    """A corner in which these moves are noted, each in its minute."""
    half_day = corner.book("Binta")
    leila = Colleague(corner)
    for number, minutes in enumerate(times):
        when = corner.at("08:30") + timedelta(minutes=minutes)
        leila.marks("Binta", LEFT if number % 2 else PRESENT, half_day, when)
    return leila, half_day


@settings(derandomize=True, deadline=None, max_examples=80)
@given(histories, st.data())
def test_a_corrected_history_counts_as_if_it_had_been_noted_right_at_once(new_corner, times, data):
    """And undo gives what stood before, redo what was put right; nothing that was noted is lost."""
    place = data.draw(st.integers(0, len(times) - 1))
    first = times[place - 1] + 1 if place else 0
    last = times[place + 1] - 1 if place + 1 < len(times) else 209
    right = data.draw(st.integers(first, last)) if first <= last else times[place]
    corner, other = new_corner(), new_corner()
    leila, half_day = noted(corner, times)
    before, rows = reckoned(leila, half_day), set(corner.ask("select * from attendance_event"))
    wrong = leila.sees("Binta", half_day).events[place]
    moment = corner.at("08:30") + timedelta(minutes=right)
    marked = leila.corrects(wrong.id, moment, half_day, "12:05")
    assert marked.refused is (Refused.ALREADY if right == times[place] else None)
    expected = reckoned(*noted(other, [*times[:place], right, *times[place + 1 :]]))
    assert reckoned(leila, half_day) == expected
    assert set(corner.ask("select * from attendance_event")) >= rows
    if marked.act:
        leila.undoes("12:06")
        assert reckoned(leila, half_day) == before
        leila.redoes("12:07")
        assert reckoned(leila, half_day) == expected
    assert unhurt(corner)
    corner.conn.close()
    other.conn.close()


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    histories,
    st.lists(st.tuples(st.integers(0, 9), st.integers(-90, 300), st.sampled_from(["time", "annul"]))),
)
def test_no_correction_loses_an_event_or_leaves_the_half_day(new_corner, times, corrections):
    """Whatever is tried: a departure never comes before its arrival, minutes stay inside the half-day."""
    corner = new_corner()
    leila, half_day = noted(corner, times)
    now = corner.at("12:00")
    rows = set(corner.ask("select * from attendance_event"))
    for which, minutes, what in corrections:
        now += timedelta(seconds=10)
        events = leila.sees("Binta", half_day, now).events
        chosen = events[which % len(events)]
        moment = corner.at("08:30") + timedelta(minutes=minutes)
        kinds = [one.kind for one in events if one.annulled is None and one.kind != Event.ANNULLED]
        if what == "annul":
            marked = leila.annuls(chosen.id, half_day, now)
        else:
            marked = leila.corrects(chosen.id, moment, half_day, now)
            after = leila.sees("Binta", half_day, now).events
            # Of two arrivals in a row (the departure between was annulled) one may pass the departure after.
            twice = any(one == other for one, other in pairwise(kinds))
            same = kinds == [one.kind for one in after if one.can_be_corrected]
            assert same or twice or kinds[0] == Event.LEFT
        assert (marked.refused is Refused.GONE) == (not chosen.can_be_corrected)
        found = set(corner.ask("select * from attendance_event"))
        assert found >= rows
        rows = found
        assert 0 <= reckoned(leila, half_day).minutes <= 210
    assert unhurt(corner)
    corner.conn.close()


# ---- what it needs


@pytest.mark.parametrize("reason", ["", "just so", "undone"])
def test_without_a_reason_of_the_list_nothing_is_put_right(leila, corner, half_day, reason):
    """P-26."""
    corner.arrive("Binta", "08:30")
    arrived = event(leila, half_day, "arrived")
    before = corner.log()
    assert leila.corrects(arrived, "08:45", half_day, "09:00", reason).refused is Refused.NEEDS_REASON
    assert leila.annuls(arrived, half_day, "09:00", reason).refused is Refused.NEEDS_REASON
    assert corner.log() == before


@pytest.mark.parametrize("reason", CORRECTIONS)
def test_the_old_value_stays_readable_with_who_when_and_why(leila, corner, half_day, reason):
    """P-26."""
    corner.show(corner.issue("Binta"), "08:30")
    leila.corrects(event(leila, half_day, "arrived"), "08:50", half_day, "09:00", reason)
    old, new, annulment = leila.sees("Binta", half_day).events
    assert (old.at, old.way, old.annulled.by) == (corner.at("08:30"), Way.CARD, "Leïla")
    assert (old.annulled.at, old.annulled.reason) == (corner.at("09:00"), reason)
    assert (new.at, new.way, new.by, new.annulled) == (corner.at("08:50"), Way.CARD, "Leïla", None)
    assert (annulment.kind, annulment.annuls, annulment.reason) == ("annulled", "arrived", reason)
    assert reckoned(leila, half_day).late_by == 20


@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        ("arrived", "07:29"),
        ("arrived", "12:00"),
        ("arrived", "12:21"),
        ("arrived", "10:01"),
        ("left", "08:29"),
        ("left", "12:21"),
        ("left", "2022-11-02 10:00"),
    ],
)
def test_times_that_cannot_be_are_refused(leila, half_day, kind, moment):
    """Not to come, not outside the doors, no departure before its arrival."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", LEFT, half_day, "10:00")
    found = event(leila, half_day, kind)
    assert leila.corrects(found, moment, half_day, "12:20").refused is Refused.WRONG_TIME


def test_a_departure_is_on_the_day_of_its_arrival(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.marks("Binta", LEFT, half_day, "10:00")
    left = event(leila, half_day, "left")
    tomorrow = "2022-11-04 09:00"
    assert leila.corrects(left, "2022-11-04 08:00", half_day, tomorrow).refused is Refused.WRONG_TIME
    assert leila.corrects(left, "14:00", half_day, tomorrow).act
    assert reckoned(leila, half_day).minutes == 210


def test_the_same_minute_is_no_correction(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30:25")
    found = event(leila, half_day, "arrived")
    assert leila.corrects(found, "08:30", half_day, "09:00").refused is Refused.ALREADY


def test_a_doubtful_hour_is_settled_by_whoever_says_that_it_is_right(leila, corner, half_day):
    """P-38: "heure à vérifier" goes, the doubt stays readable."""
    corner.desk = replace(corner.desk, clock_sure=False)
    corner.arrive("Binta", "08:30")
    corner.desk = replace(corner.desk, clock_sure=True)
    assert reckoned(leila, half_day).odd
    assert leila.corrects(event(leila, half_day, "arrived"), "08:30", half_day, "09:00", "clock").act
    assert not [odd for odd in reckoned(leila, half_day, "11:00").odd if odd == "doubtful_clock"]
    assert [one.clock_sure for one in leila.sees("Binta", half_day).events if one.kind == "arrived"] == [
        False,
        True,
    ]


def test_at_a_kiosk_with_a_doubtful_clock_a_doubtful_hour_can_be_put_right_too(leila, corner, half_day):
    """P-38: that the clock was doubtful when something was annulled says nothing of the hours that count."""
    corner.desk = replace(corner.desk, clock_sure=False)
    leila.marks("Binta", PRESENT, half_day, "08:45")
    leila.corrects(event(leila, half_day, "arrived"), "08:40", half_day, "08:50", reason="clock")
    assert "doubtful_clock" not in reckoned(leila, half_day, "11:00").odd


# ---- cases of the room


def test_a_wrong_name_is_taken_away_by_the_facilitator_with_trace(leila, corner, half_day):
    """P-04: somebody touched another person's name; the right one is noted with the time that it was."""
    with corner.transaction():
        arrive(corner.conn, corner.desk, corner.person("Binta"), Way.NAME, corner.at("08:30"))
    leila.annuls(event(leila, half_day, "arrived"), half_day, "08:36")
    leila.marks("Kofi", PRESENT, half_day, "08:37", "08:30", reason="wrong_person")
    assert leila.state("Binta", half_day) == ("expected", 0)
    assert leila.state("Kofi", half_day) == ("present", 210)
    first, annulment = leila.sees("Binta", half_day).events
    assert (first.way, first.by_the_person, first.annulled.by) == (Way.NAME, True, "Leïla")
    assert annulment.reason == "wrong_person"


def test_after_closing_a_correction_is_a_new_event_and_the_signed_figure_stays_readable(leila, corner):
    """P-26: who, when and why; the page says that the ledger now says something else."""
    half_day = corner.book("Binta")
    leila.marks("Binta", PRESENT, half_day, "08:30")
    leila.closes(half_day, "12:10")
    assert not leila.sees("Binta", half_day).differs
    leila.corrects(event(leila, half_day, "arrived"), "09:30", half_day, "12:20")
    page = leila.sees("Binta", half_day)
    assert (page.signed.before.minutes, page.signed.by, page.reckoning.minutes) == (210, "Leïla", 150)
    assert page.differs


def test_a_departure_that_came_before_its_arrival_is_brought_into_order(leila, corner, half_day):
    """Two kiosks cut off from each other, or a slip: the correction that mends it is taken."""
    corner.note("left", "Binta", half_day, "08:30")
    leila.marks("Binta", PRESENT, half_day, "08:40")
    left = event(leila, half_day, "left")
    assert leila.corrects(left, "08:35", half_day, "12:00").refused is Refused.WRONG_TIME
    assert leila.corrects(left, "11:00", half_day, "12:00").act
    assert leila.state("Binta", half_day) == ("left_early", 140)


def test_a_correction_does_not_turn_who_is_there_into_who_has_left(leila, half_day):
    """A second arrival that is moved before the departure would say so."""
    for mark, when in ((PRESENT, "08:30"), (LEFT, "09:30"), (PRESENT, "10:00")):
        leila.marks("Binta", mark, half_day, when)
    back = event(leila, half_day, "arrived")
    assert leila.corrects(back, "09:15", half_day, "11:00").refused is Refused.WRONG_TIME
    assert leila.corrects(back, "09:30", half_day, "11:00").act
    assert leila.state("Binta", half_day) == ("present", 210)


def test_an_excuse_may_have_another_hour_and_stays_the_same_excuse(leila, half_day):
    leila.marks("Binta", EXCUSED, half_day, "09:00", excuse="transport")
    assert leila.corrects(event(leila, half_day, "excused"), "08:00", half_day, "09:05").act
    assert reckoned(leila, half_day).excuse == "transport"


def test_what_was_annulled_is_not_put_right_again(leila, half_day):
    leila.marks("Binta", PRESENT, half_day, "08:30")
    found = event(leila, half_day, "arrived")
    leila.annuls(found, half_day, "08:31")
    assert leila.annuls(found, half_day, "08:32").refused is Refused.GONE
    assert leila.corrects(found, "08:40", half_day, "08:45").refused is Refused.GONE
    annulment = leila.sees("Binta", half_day).events[-1].id
    assert leila.annuls(annulment, half_day, "08:32").refused is Refused.GONE


def test_an_event_of_another_half_day_is_not_reached_through_this_one(leila, corner, half_day):
    """P-20: the half-day that is named is the one that is looked at."""
    old = corner.book("Binta", start="2022-10-20 08:30")
    staff = Colleague(corner, "Nadia", Role.STAFF)
    staff.marks("Binta", PRESENT, old, "09:00", "2022-10-20 08:30")
    ((found,),) = corner.ask("select id from attendance_event")
    assert leila.annuls(found, half_day, "09:05").refused is Refused.GONE
    with pytest.raises(NotAllowed):
        leila.annuls(found, old, "09:05")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_only_the_team_of_the_corner_corrects(leila, corner, half_day, role):
    """P-19."""
    leila.marks("Binta", PRESENT, half_day, "08:30")
    other = Colleague(corner, "Guy", role)
    with pytest.raises(NotAllowed):
        other.annuls(event(leila, half_day, "arrived"), half_day, "08:31")
    with pytest.raises(NotAllowed):
        other.sees("Binta", half_day)
