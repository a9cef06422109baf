"""Hours of a path: to the minute, each once, towards the course that somebody follows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from team_desk import ask

from assets.facts import programmes
from models.answers import Sitting
from models.attended import counted_once, minutes_of
from models.documents import certificate_of
from models.orientation import Orient
from models.path.path import path_of
from models.policy import Policy
from models.reckoning import Part

POLICY = Policy()
MORNINGS = ("2022-11-07", "2022-11-08", "2022-11-09", "2022-11-14", "2022-11-15", "2022-11-16")
"""Six mornings of four hours: twenty-four."""


def path(corner, name="Binta", now="2022-12-31 12:00"):
    return path_of(corner.conn, corner.person(name), POLICY, corner.at(now))


def course(corner, *days, programme="course-24", name="Binta", hours=4, **more):
    """Book somebody for half-days of a course; returns their ids by day."""
    return {
        day: corner.book(name, start=f"{day} 08:30", hours=hours, programme=programme, **more) for day in days
    }


def attend(corner, half_days, name="Binta", come="08:30", go="12:30"):
    for day, half_day in half_days.items():
        corner.note("arrived", name, half_day, f"{day} {come}")
        corner.note("left", name, half_day, f"{day} {go}")


# ---- twenty-four hours


def test_all_hours_are_done_exactly_with_the_last_half_day(corner):
    half_days = course(corner, *MORNINGS)
    last = half_days.pop(MORNINGS[-1])
    attend(corner, half_days)
    corner.note("arrived", "Binta", last, f"{MORNINGS[-1]} 08:30")
    during = path(corner, now=f"{MORNINGS[-1]} 12:29").course
    assert (during.minutes, during.done, during.to_come) == (24 * 60 - 1, False, 0)
    after = path(corner, now=f"{MORNINGS[-1]} 12:30").course
    assert (after.minutes, after.done, after.share) == (24 * 60, True, 1.0)
    assert after.reached_at == corner.at(f"{MORNINGS[-1]} 12:30")


def test_a_minute_less_is_not_all_hours(corner):
    half_days = course(corner, *MORNINGS)
    attend(corner, {MORNINGS[0]: half_days.pop(MORNINGS[0])}, come="08:31")
    attend(corner, half_days)
    short = path(corner).course
    assert (short.minutes, short.done) == (24 * 60 - 1, False)


def test_late_arrivals_and_early_departures_shorten_the_hours(corner):
    days = course(corner, *MORNINGS[:3])
    attend(corner, {MORNINGS[0]: days[MORNINGS[0]]}, come="09:12")
    attend(corner, {MORNINGS[1]: days[MORNINGS[1]]}, go="11:05")
    attend(corner, {MORNINGS[2]: days[MORNINGS[2]]}, come="08:05", go="12:50")
    assert path(corner).course.minutes == (198 + 155 + 240)


def test_half_days_to_come_are_counted_and_cancelled_ones_are_not(corner):
    course(corner, *MORNINGS)
    course(corner, MORNINGS[5], status="cancelled")
    found = path(corner, now=f"{MORNINGS[1]} 09:00").course
    # The second one runs: it is not to come any more, and nobody has come to it yet.
    assert (found.minutes, found.to_come) == (0, 3)


def test_hours_across_the_change_of_the_clock_are_hours(corner):
    """The night of 30 October 2022 has an hour twice; a half-day in it has the length that it has."""
    half_day = corner.book("Binta", start="2022-10-30 01:00", hours=3.5, programme="course-24")
    corner.note("arrived", "Binta", half_day, "2022-10-30 01:00")
    assert path(corner).course.minutes == 210


# ---- from 24 to 40 hours


def test_from_24_to_40_hours_what_was_done_counts_on(corner):
    first = course(corner, *MORNINGS[:3])
    attend(corner, first)
    later = course(corner, "2022-11-21", "2022-11-22", programme="course-40")
    found = path(corner, now="2022-11-18 12:00").course
    assert (found.programme, found.hours) == ("course-40", 40)
    assert (found.minutes, found.to_come, found.done) == (12 * 60, 2, False)
    attend(corner, later)
    assert path(corner, now="2022-11-23 12:00").course.minutes == 20 * 60


def test_the_teams_word_changes_the_course_at_once_also_while_the_old_places_still_stand(corner):
    course(corner, *MORNINGS[:3])
    corner.arrive("Binta", f"{MORNINGS[0]} 08:30")
    ask(corner, Orient(corner.person("Binta"), "course-24"), "2022-11-03 12:00", role="staff")
    assert path(corner, now=f"{MORNINGS[0]} 10:00").course.programme == "course-24"
    ask(corner, Orient(corner.person("Binta"), "course-40"), f"{MORNINGS[0]} 12:00", role="staff")
    assert path(corner, now=f"{MORNINGS[0]} 13:00").course.programme == "course-40"


def test_a_longer_course_that_the_office_booked_counts_over_a_shorter_one_that_was_decided(corner):
    ask_when = "2022-11-03 12:00"
    course(corner, *MORNINGS[:3], programme="course-40")
    ask(corner, Orient(corner.person("Binta"), "course-24"), ask_when, role="staff")
    assert path(corner, now="2022-11-04 09:00").course.programme == "course-40"


def test_whoever_is_decided_for_a_course_has_one_before_the_first_booking(corner):
    corner.book("Binta")
    ask(corner, Orient(corner.person("Binta"), "course-24"), "12:00")
    found = path(corner, now="13:00").course
    assert (found.programme, found.minutes, found.to_come, found.done) == ("course-24", 0, 0, False)


def test_a_workshop_that_was_decided_is_no_course(corner):
    corner.book("Binta")
    ask(corner, Orient(corner.person("Binta"), "video-cv"), "12:00")
    found = path(corner, now="13:00")
    assert (found.course, found.decided.programme) == (None, "video-cv")


# ---- two programmes at once


def test_two_programmes_side_by_side_each_have_their_hours(corner):
    attend(corner, course(corner, *MORNINGS[:2]))
    module = corner.book("Binta", start="2022-11-10 13:30", hours=3, programme="job-search")
    corner.note("arrived", "Binta", module, "2022-11-10 13:30")
    found = path(corner)
    assert {one.programme: one.minutes for one in found.followed} == {"course-24": 480, "job-search": 180}
    assert (found.course.minutes, found.minutes) == (480, 660)


def test_an_hour_in_two_half_days_at_once_counts_for_the_first_of_them(corner):
    """Noted in both, and nobody noted the departure from the first."""
    (morning,) = course(corner, MORNINGS[0]).values()
    other = corner.book("Binta", start=f"{MORNINGS[0]} 10:30", hours=3, programme="job-search")
    corner.note("arrived", "Binta", morning, f"{MORNINGS[0]} 08:30")
    corner.note("arrived", "Binta", other, f"{MORNINGS[0]} 10:30")
    found = path(corner)
    assert {one.programme: one.minutes for one in found.followed} == {"course-24": 240, "job-search": 60}
    assert found.minutes == 300
    first, last = corner.at(MORNINGS[0]).date(), corner.at("2022-11-30").date()
    now = corner.at("2022-12-01 12:00")
    told = certificate_of(corner.conn, "charleroi", corner.person("Binta"), first, last, POLICY, now)
    assert (told.minutes, [line.minutes for line in told.lines]) == (300, [240, 60])


def test_a_programme_that_this_version_does_not_know_keeps_its_hours_and_is_no_course(corner):
    half_day = corner.book("Binta", start=f"{MORNINGS[0]} 08:30", programme="sewing")
    corner.note("arrived", "Binta", half_day, f"{MORNINGS[0]} 08:30")
    found = path(corner)
    assert [(one.programme, one.minutes) for one in found.followed] == [("sewing", 210)]
    assert found.course is None


# ---- counted once, for any times

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)


def _half_day(start: int, programme: str) -> Sitting:
    begins = START + timedelta(minutes=start)
    return Sitting(f"{start:05}{programme}", programme, "charleroi", begins, begins + timedelta(days=1), None)


HALF_DAYS = st.lists(
    st.tuples(
        st.integers(0, 600),
        st.lists(st.tuples(st.integers(0, 200), st.integers(1, 200)), max_size=3),
        st.sampled_from(sorted(programmes())),
    ),
    max_size=6,
)


@given(HALF_DAYS)
def test_every_minute_of_any_times_counts_exactly_once(drawn):
    half_days = []
    for start, parts, programme in sorted(drawn):
        sitting, own, at = _half_day(start, programme), [], 0
        for gap, length in parts:
            begins = sitting.starts_at + timedelta(minutes=at + gap)
            own.append(Part(begins, begins + timedelta(minutes=length)))
            at += gap + length
        half_days.append((sitting, tuple(own)))
    once = list(counted_once(half_days))
    minutes = {
        part.start + timedelta(minutes=n)
        for _, parts in half_days
        for part in parts
        for n in range(minutes_of([part]))
    }
    assert sum(map(minutes_of, once)) == len(minutes)
    for (_, own), counted in zip(half_days, once, strict=True):
        assert minutes_of(counted) <= minutes_of(own)
    if once:
        assert minutes_of(once[0]) == minutes_of(half_days[0][1])


@given(st.lists(st.tuples(st.integers(0, 239), st.integers(1, 240)), min_size=1, max_size=5))
@pytest.mark.parametrize("hours", [24, 40])
def test_a_share_never_leaves_its_bounds(hours, drawn):
    from models.path.course import Spent, course_of

    spent = []
    for number, (start, minutes) in enumerate(drawn):
        sitting = _half_day(number * 1440 + start, f"course-{hours}")
        spent.append(Spent(sitting, minutes * 6, booked=False))
    found = course_of(spent, (), START + timedelta(days=30))
    assert 0 <= found.share <= 1
    assert found.done is (found.minutes >= hours * 60) is (found.share == 1)
