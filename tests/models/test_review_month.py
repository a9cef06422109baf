"""Half a month of a busy corner: its figures are those of every sheet, certificate and split."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from assets.languages import local
from assets.review import FIGURES, Of, Split, Unit, stands
from bench.month import Month
from bench.timetable import planned
from models.documents import certificate_of
from models.figures import figures_of
from models.policy import Policy
from models.review.attendances import Standing, attendances
from models.review.period import Kind, Period
from models.review.report import report_of
from models.review.tally import tally
from models.roster import roster_of
from models.words import Role

POLICY = Policy()
FIRST, LAST = date(2026, 10, 19), date(2026, 11, 4)
"""With the Sunday of 25 hours in it, and the first Wednesday of a month, on which two half-days meet."""
PERIOD = Period(Kind.OWN, FIRST, LAST)
SEED = 17
"""One with which everything happens in so few days."""
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)

SUMS = tuple(
    figure.id
    for figure in FIGURES
    if figure.of is not Of.WHOLE and figure.unit is not Unit.RATE and figure.id != "people"
)


def lived(corner, first: date, last: date) -> Month:
    """Let the days happen in a corner."""
    ((staff_id,),) = corner.ask("select id from staff_member where role = ?", Role.STAFF)
    month = Month(corner.desk, staff_id, first, last, SEED)
    for day in month.days:
        with corner.transaction():
            month.live(corner.conn, day)
    return month


@pytest.fixture(scope="module")
def busy(new_corner):
    """The corner after these days; nothing here changes it."""
    corner = new_corner()
    corner.done = lived(corner, FIRST, LAST).done
    yield corner
    corner.conn.close()


@pytest.fixture(scope="module")
def known(busy):
    return attendances(busy.conn, "charleroi", FIRST, LAST, POLICY, NOW, over=True)


@pytest.fixture(scope="module")
def report(busy):
    return report_of(busy.conn, "charleroi", PERIOD, POLICY, NOW)


def test_everything_that_happens_in_a_corner_has_happened(busy):
    """Else what follows would prove little."""
    happened = (
        "welcome", "welcome_late", "noted by the team", "left", "left early", "everybody left", "excused",
        "absent", "annulled", "corrected", "corrected after closing", "walk-in", "walk-in confirmed",
        "let in beyond the places", "merged", "cancelled too late", "code refused", "lent", "oriented",
        "assessment", "asked for a place", "place given", "closed", "odd: no_departure", "odd: no_file",
        "odd: doubtful_clock", "odd: overbooked", "odd: unmarked", "odd: waiting",
    )  # fmt: skip
    assert [doing for doing in happened if not busy.done[doing]] == []


def test_each_half_day_is_what_its_roster_and_its_sheet_say(busy, known):
    twice = in_two_at_once(known)
    assert twice
    for number, held in enumerate(known.half_days):
        signed = figures_of(roster_of(busy.conn, held.half_day.id, POLICY, NOW))
        people = [one for one in known.people if one.half_day == number]
        ours = tally([held], people)
        assert (
            ours.places, ours.booked, ours.walk_ins, ours.came, ours.excused, ours.absent, ours.unknown,
        ) == (
            signed.capacity, signed.booked, signed.walk_ins, signed.came, signed.excused, signed.absent,
            signed.unknown,
        )  # fmt: skip
        if not twice & {one.person_id for one in people}:
            assert ours.minutes == signed.minutes
        assert ours.minutes <= signed.minutes


def in_two_at_once(known) -> set[str]:
    """Who came to two half-days that meet."""
    came = [
        (one.person_id, known.half_days[one.half_day].half_day)
        for one in known.people
        if one.standing is Standing.CAME
    ]
    return {
        person
        for person, one in came
        for other, after in came
        if person == other and one.starts_at < after.starts_at < one.ends_at
    }


def test_every_split_adds_up_to_the_half_days(known, report):
    assert report.whole == tally(known.half_days, known.people)
    for split, rows in report.rows.items():
        for figure in FIGURES:
            if figure.id in SUMS and stands(figure, split):
                assert sum(row.tally.figure(figure.id) for row in rows) == report.figure(figure.id), split
    assert len(report.rows[Split.HALF_DAY]) == report.whole.half_days == len(known.half_days)


def test_hours_of_each_person_are_those_of_their_certificate(busy, known, report):
    hours: Counter[str] = Counter()
    for one in known.people:
        hours[one.person_id] += one.minutes
    people = [person for (person,) in busy.ask("select id from participant where merged_into = ''")]
    told = {
        person: certificate_of(busy.conn, "charleroi", person, FIRST, LAST, POLICY, NOW).minutes
        for person in people
    }
    assert told == {person: hours[person] for person in people}
    assert sum(told.values()) == report.whole.minutes


def test_the_sunday_on_which_the_clocks_change_is_a_day_of_its_own(known):
    days = Counter(local(held.half_day.starts_at).date() for held in known.half_days)
    assert days[date(2026, 10, 25)] == 1
    ahead = {local(held.half_day.starts_at).utcoffset() for held in known.half_days}
    assert ahead == {timedelta(hours=1), timedelta(hours=2)}


def test_the_same_seed_tells_the_same_story(new_corner):
    """Also the spring, when an hour is missing."""
    first, last = date(2026, 3, 27), date(2026, 3, 31)
    stories = []
    for _ in range(2):
        corner = new_corner()
        month = lived(corner, first, last)
        found = report_of(corner.conn, "charleroi", Period(Kind.OWN, first, last), POLICY, NOW)
        stories.append((month.done, found.whole, found.rows))
        corner.conn.close()
    assert stories[0] == stories[1]
    assert stories[0][1].half_days == 6


def test_a_year_of_the_corner_has_about_440_half_days():
    assert 430 <= len(planned(date(2026, 1, 1), date(2026, 12, 31), seed=1)) <= 450
