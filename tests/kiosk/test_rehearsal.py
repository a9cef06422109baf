"""The rehearsal keeps what its sheet promises, at any hour of any day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assets.languages import BRUSSELS, translator
from kiosk.clock import Clock
from kiosk.rehearsal import rehearse
from models.accounts import accounts
from models.arrival import check_in
from models.words import Way

ANSWERS = {
    "now": "welcome",
    "later": "too_early",
    "tomorrow": "other_day",
    "elsewhere": "other_corner",
    "cancelled": "cancelled",
    "two": "choose",
}
"""What each case answers first."""


@pytest.mark.parametrize(
    "at",
    [
        "2022-11-03T00:00",
        "2022-11-03T08:22",
        "2022-11-03T19:29",
        "2022-11-03T19:31",
        "2022-11-03T21:59",
        "2022-11-03T22:01",
        "2022-11-03T23:10",
        "2022-11-03T23:29",
        "2022-10-30T00:05",  # the longest day
        "2022-03-26T23:20",  # before the shortest
    ],
)
def test_every_promise_of_the_sheet_is_kept(at):
    """A half-day "later today" is today, or nobody is promised one; "tomorrow" is the day after."""
    now = datetime.fromisoformat(at).replace(tzinfo=BRUSSELS).astimezone(UTC)
    with rehearse(Clock(now)) as day:
        told = {
            person.name: (
                person.case,
                day.database.write(check_in, day.desk, person.token, Way.CARD, now).result(),
            )
            for person in day.people
        }
    for name, (case, outcome) in told.items():
        assert outcome.answer == ANSWERS[case], name
        if case == "tomorrow":
            on = outcome.half_day.starts_at.astimezone(BRUSSELS).date()
            assert on == datetime.fromisoformat(at).date() + timedelta(days=1), name
    late = at[11:] > "22:00"
    assert ("later" in {case for case, _ in told.values()}) is not late


def test_the_last_minutes_of_a_day_are_played_too():
    """The half-day that is on began at half past eleven; the welcome says nothing of being late."""
    now = datetime(2022, 11, 3, 23, 50, tzinfo=BRUSSELS).astimezone(UTC)
    with rehearse(Clock(now)) as day:
        answers = {
            person.case: day.database.write(check_in, day.desk, person.token, Way.CARD, now).result().answer
            for person in day.people
        }
    kept = {case: answer for case, answer in ANSWERS.items() if case != "later"}
    assert answers == kept | {"now": "welcome_late"}


def test_the_sheet_says_who_of_the_team_has_which_code(invented):
    """An account of staff and one of a facilitator, each with its own PIN."""
    sheet = invented.sheet(translator("fr"))
    assert list(invented.pins) == ["Sam", "Aïcha"]
    assert invented.pin == invented.pins["Sam"]
    for name, pin in invented.pins.items():
        assert f"{pin}  {name}" in sheet
    known = invented.database.read(accounts).result()
    assert [(account.name, account.role) for account in known] == [("Aïcha", "facilitator"), ("Sam", "staff")]
