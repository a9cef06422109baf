"""Figures of days and periods: sums over people on half-days, as rosters, sheets and certificates say."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from team_desk import ask

from assets.languages import local
from assets.review import BY_ID, FIGURES, OF_PEOPLE, Of, Split, Unit, stands
from models.documents import certificate_of
from models.figures import figures_of
from models.merging import merge
from models.moves import moment_of
from models.policy import Policy
from models.review.attendances import Standing, attendances, first_moment
from models.review.day import day_of
from models.review.period import Kind, Period, period_of
from models.review.report import report_of
from models.review.tally import Tally, rate, tally
from models.roster import rosters
from models.unsettled import UnsettledHalfDays
from models.walk_in import Guest, take_back, walk_in
from models.words import AUDIENCES, SOURCES, Event, Role

POLICY = Policy()
FIRST, LAST = date(2022, 10, 3), date(2022, 12, 4)
PERIOD = Period(Kind.OWN, FIRST, LAST)
NOW = "2022-12-10 09:00"

HALF_DAYS = (
    ("2022-10-03 08:30", 3.5, "awareness"),
    ("2022-10-03 10:00", 4, "course-24"),  # at the same time as the one before
    ("2022-10-03 11:30", 2, "job-search"),  # and as both
    ("2022-10-29 22:00", 5, "course-40"),  # past midnight, into the day of 25 hours
    ("2022-10-30 01:30", 3, "course-24"),  # the hour that there is twice
    ("2022-10-31 13:00", 4, "awareness"),
    ("2022-11-03 08:30", 3.5, "video-cv"),
    ("2022-12-02 08:30", 3.5, "awareness"),
    ("2022-12-12 08:30", 3.5, "awareness"),  # out of the period, and not over
)
NAMES = ("Binta", "Zoé", "Łukasz", "Hoa")

noted = st.tuples(
    st.sampled_from([Event.ARRIVED] * 4 + [Event.LEFT, Event.EXCUSED, Event.ABSENT, Event.ANNULLED]),
    st.integers(-70, 260),
    st.integers(0, 9),
)
person = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["booked", "booked", "booked", "waiting", "cancelled", ""]),
        "source": st.sampled_from(SOURCES[:3]),
        "events": st.lists(noted, max_size=4),
    }
)
histories = st.fixed_dictionaries(
    {
        "people": st.lists(
            st.lists(person, min_size=len(NAMES), max_size=len(NAMES)), min_size=1, max_size=9
        ),
        "audiences": st.lists(st.sampled_from(AUDIENCES), min_size=len(NAMES), max_size=len(NAMES)),
        "guests": st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["", *NAMES])), max_size=2),
        "cancelled": st.sets(st.integers(0, 8), max_size=2),
        "capacity": st.integers(1, 4),
    }
)


def played(corner, history) -> None:
    """Let a history happen."""
    capacity, ids = history["capacity"], []
    for (start, hours, programme), people in zip(HALF_DAYS, history["people"], strict=False):
        half_day = corner.book(start=start, hours=hours, programme=programme, capacity=capacity)
        for name, audience, told in zip(NAMES, history["audiences"], people, strict=True):
            more = {"hours": hours, "programme": programme, "capacity": capacity, "audience": audience}
            if told["status"]:
                corner.book(name, start=start, source=told["source"], **more)
            for kind, minutes, which in told["events"]:
                if kind is Event.ANNULLED and not ids:
                    continue
                annuls = {"annuls": ids[which % len(ids)]} if kind is Event.ANNULLED else {}
                moment = corner.at(start) + timedelta(minutes=minutes)
                ids.append(corner.note(kind, name, half_day, moment, **annuls).id)
            if told["status"]:  # else whatever was noted of them is without any booking
                corner.book(name, start=start, status=told["status"], source=told["source"], **more)
    for at, into in history["guests"]:
        guest_came(corner, HALF_DAYS[at][0], into)
    for at in history["cancelled"]:
        start, hours, programme = HALF_DAYS[at]
        corner.book(start=start, hours=hours, programme=programme, capacity=capacity, status="cancelled")


def guest_came(corner, start: str, into: str) -> None:
    """Somebody comes without a booking; perhaps they are a known person."""
    with corner.transaction():
        now = corner.at(start) + timedelta(minutes=7)
        outcome = walk_in(corner.conn, corner.desk, Guest("Amadou", "student", "fr"), now)
    if (
        into
        and outcome.person.id
        and corner.ask("select 1 from participant where id = ?", corner.person(into))
    ):
        with corner.transaction():
            merge(corner.conn, corner.author(NOW), outcome.person.id, corner.person(into), "told_later")


def known_of(corner):
    return attendances(corner.conn, "charleroi", FIRST, LAST, POLICY, corner.at(NOW), over=True)


def report(corner, period: Period = PERIOD):
    return report_of(corner.conn, "charleroi", period, POLICY, corner.at(NOW))


ADDED = tuple(figure.id for figure in FIGURES if figure.of is not Of.WHOLE and figure.unit is not Unit.RATE)
SUMS = tuple(one for one in ADDED if one != "people")
"""Figures whose parts are their sum; of different people they are not."""


# ---- what holds of every history


@settings(deadline=None, max_examples=60)
@given(histories)
def test_each_half_day_is_what_its_roster_and_its_sheet_say(new_corner, history):
    corner = new_corner()
    played(corner, history)
    known, now = known_of(corner), corner.at(NOW)
    days = sorted({local(one.half_day.starts_at).date() for one in known.half_days})
    listed = [roster for day in days for roster in rosters(corner.conn, "charleroi", day, POLICY, now)]
    assert [roster.half_day for roster in listed] == [held.half_day for held in known.half_days]
    for number, roster in enumerate(listed):
        signed = figures_of(roster)
        ours = tally([known.half_days[number]], [one for one in known.people if one.half_day == number])
        counted = (
            ours.places,
            ours.booked,
            ours.walk_ins,
            ours.came,
            ours.excused,
            ours.absent,
            ours.unknown,
        )
        assert counted == (
            signed.capacity, signed.booked, signed.walk_ins, signed.came,
            signed.excused, signed.absent, signed.unknown,
        )  # fmt: skip
        assert ours.minutes <= signed.minutes


@settings(deadline=None, max_examples=60)
@given(histories)
def test_whoever_is_counted_is_counted_once(new_corner, history):
    """Why somebody counts, and what became of them: both are everybody."""
    corner = new_corner()
    played(corner, history)
    known = known_of(corner)
    assert len({(one.half_day, one.person_id) for one in known.people}) == len(known.people)
    whole = tally(known.half_days, known.people)
    expected = whole.booked + whole.walk_ins + whole.unplanned
    assert expected == whole.came + whole.excused + whole.absent + whole.open
    assert expected + whole.refused == len(known.people)


@settings(deadline=None, max_examples=60)
@given(histories)
def test_totals_are_the_sum_of_half_days_by_every_split(new_corner, history):
    corner = new_corner()
    played(corner, history)
    found = report(corner)
    for split, rows in found.rows.items():
        for id_ in SUMS:
            parts = [row.tally.figure(id_) for row in rows]
            if stands(BY_ID[id_], split):
                assert sum(parts) == found.figure(id_), (split, id_)
            else:
                assert set(parts) <= {None}
        assert max((row.tally.people for row in rows), default=0) <= found.whole.people
    assert sum(row.tally.people for row in found.rows[Split.AUDIENCE]) == found.whole.people


@settings(deadline=None, max_examples=60)
@given(histories)
def test_hours_of_each_person_are_those_of_their_certificate(new_corner, history):
    corner = new_corner()
    played(corner, history)
    hours: Counter[str] = Counter()
    for one in known_of(corner).people:
        hours[one.person_id] += one.minutes
    people = [person for (person,) in corner.ask("select id from participant where merged_into = ''")]
    for person in people:
        told = certificate_of(corner.conn, "charleroi", person, FIRST, LAST, POLICY, corner.at(NOW))
        assert hours[person] == told.minutes
    assert sum(hours.values()) == report(corner).whole.minutes


@settings(deadline=None, max_examples=30)
@given(histories, st.dates(FIRST, LAST))
def test_two_periods_side_by_side_are_the_one_that_holds_both(new_corner, history, day):
    corner = new_corner()
    played(corner, history)
    parts = [Period(Kind.OWN, FIRST, day), Period(Kind.OWN, day + timedelta(days=1), LAST)]
    tallies = [report(corner, part).whole for part in parts]
    whole = report(corner).whole
    assert {id_: sum(one.figure(id_) for one in tallies) for id_ in SUMS} == {
        id_: whole.figure(id_) for id_ in SUMS
    }


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_rate_is_the_nearest_tenth_of_a_hundredth(part, whole):
    found = rate(part, whole)
    assert (found is None) == (whole == 0)
    if whole:
        assert abs(found * whole - 1000 * part) * 2 <= whole


# ---- the named cases


def test_whoever_is_in_two_half_days_at_once_counts_in_the_first(corner):
    first = corner.book("Binta")
    second = corner.book("Binta", start="10:00", hours=4, programme="course-24")
    for half_day, (came, left) in {first: ("08:30", "12:00"), second: ("10:00", "14:00")}.items():
        corner.note("arrived", "Binta", half_day, came)
        corner.note("left", "Binta", half_day, left)
    known = attendances(
        corner.conn, "charleroi", date(2022, 11, 3), date(2022, 11, 3), POLICY, corner.at("18:00")
    )
    assert [one.minutes for one in known.people] == [210, 120]


def test_a_half_day_that_began_the_day_before_takes_its_minutes_from_this_one(corner):
    night = corner.book("Binta", start="2022-11-02 22:00", hours=4)
    early = corner.book("Binta", start="2022-11-03 01:00", hours=3, programme="course-24")
    for half_day, came in ((night, "2022-11-02 22:00"), (early, "2022-11-03 01:00")):
        corner.note("arrived", "Binta", half_day, came)
    day = date(2022, 11, 3)
    known = attendances(corner.conn, "charleroi", day, day, POLICY, corner.at("18:00"))
    assert [(one.minutes, one.unknown) for one in known.people] == [(120, True)]


def test_whoever_waited_and_was_let_in_by_nobody_is_left_without_a_place(corner):
    corner.book("Binta", capacity=1)
    guest_came(corner, "2022-11-03 08:30", "")
    day = date(2022, 11, 3)

    def standing(when: str) -> list[Standing]:
        known = attendances(corner.conn, "charleroi", day, day, POLICY, corner.at(when))
        return [one.standing for one in known.people]

    assert standing("09:00") == [Standing.OPEN]
    assert standing("12:00") == [Standing.OPEN, Standing.REFUSED]


def test_whoever_waited_and_turned_out_to_be_a_known_person_is_one_person(corner):
    corner.book("Binta", capacity=1)
    corner.book("Zoé", start="2022-11-04 08:30")
    guest_came(corner, "2022-11-03 08:30", "Zoé")
    day = date(2022, 11, 3)
    known = attendances(corner.conn, "charleroi", day, day, POLICY, corner.at("18:00"))
    assert {(one.person_id, one.standing) for one in known.people} == {
        (corner.person("Binta"), Standing.OPEN),
        (corner.person("Zoé"), Standing.REFUSED),
    }


def test_whoever_was_let_in_and_taken_off_the_list_again_is_in_no_figure(corner):
    corner.book("Binta", capacity=2)
    guest_came(corner, "2022-11-03 08:30", "")
    (guest,) = corner.ask("select b.id from booking b where b.source = 'walk_in'")[0]
    with corner.transaction():
        take_back(corner.conn, corner.desk, "sam", guest, corner.at("09:00"))
    day = date(2022, 11, 3)
    known = attendances(corner.conn, "charleroi", day, day, POLICY, corner.at("18:00"))
    assert [one.standing for one in known.people] == [Standing.OPEN]


def test_a_half_day_that_is_not_over_is_in_the_day_and_not_in_the_report(corner):
    corner.book("Binta")
    day = date(2022, 11, 3)
    asked = (corner.conn, "charleroi", day, day, POLICY, corner.at("10:00"))
    assert len(attendances(*asked).half_days) == 1
    assert attendances(*asked, over=True).half_days == ()


def test_a_half_day_for_which_nobody_was_expected_is_held_and_needs_no_signature(corner):
    day = date(2022, 11, 3)
    corner.book()
    assert (one := report(corner, Period(Kind.OWN, day, day)).whole).half_days == 1
    assert (one.unsettled, one.places, one.fill_rate) == (0, 8, 0)
    corner.book("Binta")
    assert report(corner, Period(Kind.OWN, day, day)).whole.unsettled == 1


def test_it_is_told_how_far_the_work_has_come(corner):
    told = []
    attendances(
        corner.conn, "charleroi", date(2022, 1, 1), date(2022, 12, 31), POLICY, corner.at(NOW),
        told=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == [(number, 12) for number in range(1, 13)]


# ---- figures and periods


def test_every_figure_of_a_tally_has_a_name_and_a_meaning():
    assert {one.name for one in fields(Tally)} <= set(BY_ID)
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)
    assert all(figure.meaning.endswith(".") for figure in FIGURES)
    assert not any(stands(BY_ID["places"], split) for split in OF_PEOPLE)


@given(
    st.sampled_from([kind for kind in Kind if kind is not Kind.OWN]),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_period_holds_its_day_and_its_neighbours_touch_it(kind, day):
    found = period_of(kind, day)
    assert found.first <= day <= found.last
    assert found.before.last + timedelta(days=1) == found.first
    assert found.after.first - timedelta(days=1) == found.last
    assert found.before.after == found == found.after.before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_the_parts_of_a_period_are_the_whole_of_it(day, length):
    found = Period(Kind.OWN, day, day + timedelta(days=length))
    parts = found.parts
    assert (parts[0].first, parts[-1].last) == (found.first, found.last)
    assert all(one.last + timedelta(days=1) == after.first for one, after in pairwise(parts))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2022, 11, 1), date(2022, 11, 30), 1),
        (date(2022, 10, 1), date(2022, 12, 31), 3),
        (date(2024, 2, 1), date(2024, 2, 28), 0),
        (date(2022, 11, 2), date(2022, 12, 31), 0),
    ],
)
def test_whole_months(first, last, months):
    assert len(Period(Kind.OWN, first, last).whole_months) == months


# ---- the day, and who is behind each of its figures


@settings(deadline=None, max_examples=40)
@given(histories, st.sampled_from([start[:10] for start, *_ in HALF_DAYS]))
def test_behind_each_figure_of_a_day_are_as_many_people_as_it_says(new_corner, history, day):
    corner = new_corner()
    played(corner, history)
    found = day_of(corner.conn, "charleroi", date.fromisoformat(day), POLICY, corner.at(NOW))
    for id_ in (*SUMS, "people"):
        if BY_ID[id_].of is Of.HALF_DAYS:
            continue
        for one, half_day in (
            (found.whole, ""),
            *zip(found.tallies, map(id_of, found.half_days), strict=True),
        ):
            behind = found.behind(id_, half_day)
            told = sum(line.attendance.minutes for line in behind) if id_ == "minutes" else len(behind)
            assert told == one.figure(id_), id_
        assert id_ == "people" or sum(one.figure(id_) for one in found.tallies) == found.whole.figure(id_)


def id_of(held) -> str:
    return held.half_day.id


def test_a_day_says_when_people_came_and_went(corner):
    half_day = corner.book("Binta", "Zoé", "Hoa")
    corner.note("arrived", "Binta", half_day, "08:27")
    corner.note("left", "Binta", half_day, "11:30")
    corner.note("arrived", "Zoé", half_day, "08:50")
    corner.note("annulled", "Zoé", half_day, "08:51", annuls=corner.note("left", "Zoé", half_day, "09:00").id)
    found = day_of(corner.conn, "charleroi", date(2022, 11, 3), POLICY, corner.at("10:00"))

    def clock(minute: int | None) -> str:
        return "" if minute is None else f"{local(moment_of(minute)):%H:%M}"

    assert [
        (one.name, clock(one.attendance.arrived), clock(one.attendance.left)) for one in found.people
    ] == [
        ("Binta O.", "08:27", "11:30"),
        ("Hoa N.", "", ""),
        ("Zoé D.", "08:50", ""),
    ]


def test_what_is_not_signed_is_found_as_far_back_as_the_figure_counts(corner):
    corner.book("Binta", start="2022-09-05 08:30")
    found = report(corner, Period(Kind.OWN, date(2022, 9, 1), date(2022, 9, 30))).whole.unsettled
    since = first_moment(date(2022, 9, 1))
    assert found == 1
    assert len(ask(corner, UnsettledHalfDays(since), NOW, Role.STAFF).half_days) == 1
    assert ask(corner, UnsettledHalfDays(), NOW, Role.STAFF).half_days == ()
