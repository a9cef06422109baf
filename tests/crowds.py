"""Crowds of people by month, workshop, audience and source: reports without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from assets.assessment import framework, thresholds
from assets.languages import local
from assets.review import Split
from models.answers import Sitting
from models.assessment.group import GroupPicture, Side, picture
from models.review.attendances import Attendance, Attendances, Held, Origin, Standing
from models.review.period import Kind, Period, period_of
from models.review.report import report_from
from models.words import AUDIENCES, SOURCES

FEW = thresholds().smallest_count
PROGRAMMES = ("awareness", "course-24", "course-40", "digital-skills", "job-search")
MONTHS = tuple(period_of(Kind.MONTH, date(2022, month, 1)) for month in range(1, 7))
YEAR = period_of(Kind.YEAR, date(2022, 1, 1))
QUARTERS = tuple(period_of(Kind.QUARTER, date(2022, month, 1)) for month in (1, 4))
OWN = (
    Period(Kind.OWN, date(2022, 1, 1), date(2022, 2, 28)),
    Period(Kind.OWN, date(2022, 1, 1), date(2022, 5, 31)),
)
EXPORTS = (*MONTHS, *QUARTERS, YEAR, *OWN)
COLUMNS = {
    "came": Standing.CAME,
    "excused": Standing.EXCUSED,
    "absent": Standing.ABSENT,
    "refused": Standing.REFUSED,
}
SPLITS = {Split.PROGRAMME: PROGRAMMES, Split.AUDIENCE: AUDIENCES, Split.SOURCE: SOURCES}
NOBODY = picture([], thresholds())

some = st.tuples(
    st.integers(0, len(MONTHS) - 1),
    st.sampled_from(PROGRAMMES),
    st.sampled_from(AUDIENCES),
    st.sampled_from(SOURCES),
    st.sampled_from(list(COLUMNS.values())),
    st.integers(1, 14),
    st.integers(0, 40),
)
"""So many people of one kind in one month; the last says who they are, so that some come again."""
crowds = st.lists(some, min_size=1, max_size=24)


def asked(crowd, points: GroupPicture = NOBODY):
    """Gives the exact report of a period out of such people."""
    half_days = []
    for month in MONTHS:
        start = datetime(2022, month.first.month, 3, 9, tzinfo=UTC)
        for programme in PROGRAMMES:
            named = f"{month.first}{programme}"
            sitting = Sitting(named, programme, "charleroi", start, start + timedelta(hours=3), None)
            half_days.append(Held(sitting, 8, True))
    place = {one.half_day.id: number for number, one in enumerate(half_days)}
    people = [
        Attendance(
            place[f"{MONTHS[month].first}{programme}"], f"p{who + number}", standing, Origin.BOOKED, source,
            audience, 60 if standing is Standing.CAME else 0, False,
        )
        for month, programme, audience, source, standing, several, who in crowd for number in range(several)
    ]  # fmt: skip

    @cache
    def ask(period: Period):
        held = [
            number
            for number, one in enumerate(half_days)
            if period.first <= local(one.half_day.starts_at).date() <= period.last
        ]
        at = {number: now for now, number in enumerate(held)}
        mine = [one._replace(half_day=at[one.half_day]) for one in people if one.half_day in at]
        known = Attendances(tuple(half_days[number] for number in held), tuple(mine))
        return report_from(known, "charleroi", period, 0, points)

    return ask


def side(people: int, *row: int) -> Side:
    return Side(people, dict.fromkeys(framework().competences, row))
