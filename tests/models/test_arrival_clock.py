"""When doors open and close: to the second, over midnight, in both nights when the clock changes."""

from datetime import timedelta

import pytest

from assets.languages import BRUSSELS
from models.codes import Form
from models.half_days import day_bounds


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("00:00", "too_early"),
        ("07:29:59.999999", "too_early"),
        ("07:30", "welcome"),
        ("08:30", "welcome"),
        ("08:45", "welcome"),
        ("08:45:59.999999", "welcome"),
        ("08:46", "welcome_late"),
        ("11:59:59.999999", "welcome_late"),
        ("12:00", "over"),
        ("23:59:59.999999", "over"),
        ("2022-11-02 23:59:59", "other_day"),
        ("2022-11-04 00:00", "other_day"),
    ],
)
def test_the_boundaries_of_a_half_day(corner, when, answer):
    """Doors 60 minutes before, 15 minutes of tolerance: 08:45 on the clock is still on time."""
    corner.book("Łukasz")
    assert corner.arrive("Łukasz", when).answer == answer


@pytest.mark.parametrize(
    ("doors_open", "tolerance", "when", "answer"),
    [
        (0, 15, "08:29:59", "too_early"),
        (0, 15, "08:30", "welcome"),
        (720, 15, "2022-11-02 20:30", "welcome"),
        (60, 0, "08:30:59", "welcome"),
        (60, 0, "08:31", "welcome_late"),
        (60, 240, "11:59", "welcome"),
    ],
)
def test_a_corner_sets_its_own_doors_and_tolerance(new_corner, doors_open, tolerance, when, answer):
    corner = new_corner(doors_open=doors_open, tolerance=tolerance)
    corner.book("Łukasz")
    assert corner.arrive("Łukasz", when).answer == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2022-10-26", "unknown"),
        ("2022-10-27", "other_day"),
        ("2022-11-02", "other_day"),
        ("2022-11-03", "welcome"),
        ("2022-11-04", "other_day"),
        ("2022-11-05", "unknown"),
    ],
)
@pytest.mark.parametrize("hour", ["00:00", "23:59:59"])
def test_a_short_code_opens_half_days_from_yesterday_to_the_next_seven_days(corner, day, hour, answer):
    """P-10: the window is one of days, not of hours."""
    corner.book("Hoa", start="2022-11-03 08:30")
    code = corner.issue("Hoa", Form.SHORT, when="2022-10-20 10:00")
    if answer == "welcome":
        hour = "08:20"
    assert corner.type(code, f"{day} {hour}").answer == answer


@pytest.mark.parametrize("before", [7, 8, 30, 365])
def test_a_short_code_opens_as_many_days_back_as_the_corner_says(new_corner, before):
    """The whole day counts, from its first half-day to its last second."""
    corner = new_corner(code_days_before=before)
    corner.book("Hoa", start="2022-11-03 00:00", hours=0.5)
    code = corner.issue("Hoa", Form.SHORT, when="2022-10-20 10:00")
    last = corner.at("2022-11-03 23:59:59").astimezone(BRUSSELS) + timedelta(days=before)
    assert corner.type(code, last).person is not None
    assert corner.type(code, last + timedelta(seconds=1)).answer == "unknown"
    corner.conn.close()


def test_a_card_has_no_window(corner):
    corner.book("Hoa", start="2022-11-03 08:30")
    card = corner.issue("Hoa")
    assert corner.show(card, "2022-10-20 09:00").answer == "other_day"
    assert corner.show(card, "2022-11-08 09:00").answer == "other_day"
    assert corner.show(card, "2022-11-20 09:00").answer == "not_booked"
    assert corner.show(card, "2023-06-01 09:00").answer == "not_booked"


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("20:59:59", "too_early"),
        ("21:00", "welcome"),
        ("22:15:59", "welcome"),
        ("22:16", "welcome_late"),
        ("2022-11-04 00:00", "welcome_late"),
        ("2022-11-04 01:29:59", "welcome_late"),
        ("2022-11-04 01:30", "other_day"),
    ],
)
def test_a_half_day_over_midnight(corner, when, answer):
    corner.book("Rachida", start="22:00")
    code = corner.issue("Rachida", Form.SHORT)
    assert corner.type(code, when).answer == answer


def test_somebody_present_before_midnight_is_still_here_after_it(corner):
    corner.book("Rachida", start="22:00")
    corner.arrive("Rachida", "21:50")
    assert corner.arrive("Rachida", "2022-11-04 00:30").arrived_at == corner.at("21:50")


def test_doors_that_open_before_midnight(corner):
    """The half-day is tomorrow's, its doors open today."""
    corner.book("Rachida", start="2022-11-04 00:30")
    assert corner.arrive("Rachida", "23:29:59").answer == "other_day"
    assert corner.arrive("Rachida", "23:30").answer == "welcome"


NIGHTS = {
    "winter time begins": ("2022-10-30 00:30", "2022-10-30 03:00", "2022-10-29 23:30", 25),
    "summer time begins": ("2023-03-26 00:30", "2023-03-26 05:00", "2023-03-25 23:30", 23),
}


@pytest.mark.parametrize(("start", "end", "doors", "day"), NIGHTS.values(), ids=NIGHTS)
def test_three_and_a_half_hours_are_that_in_both_nights(corner, start, end, doors, day):
    """The clock on the wall shows an hour less or more; the half-day is as long as ever."""
    half_day = corner.book("Kofi", "Zoé", "Hoa", "Mehdi", start=start)
    corner.book("Kofi", "Zoé", "Hoa", "Mehdi", start="2022-10-20 08:30")
    second = timedelta(seconds=1)
    assert corner.at(end) - corner.at(start) == timedelta(hours=3.5)
    assert corner.arrive("Kofi", corner.at(doors) - second).answer == "other_day"
    assert corner.arrive("Kofi", corner.at(doors)).answer == "welcome"
    assert corner.arrive("Zoé", corner.at(end) - second).answer == "welcome_late"
    assert corner.arrive("Hoa", corner.at(end)).answer == "over"
    assert corner.presence("Kofi", half_day).present
    first, last = day_bounds(corner.at(start))
    assert corner.at(f"{start[:10]} 00:00") == first
    assert (last.timestamp() - first.timestamp()) / 3600 == day


def test_the_hour_that_comes_twice_is_two_hours(corner):
    """30 October 2022: 02:10 in summer time is on time for 02:00, 02:10 in winter time is an hour later."""
    corner.book("Kofi", "Zoé", start="2022-10-30 02:00", hours=2)
    assert corner.arrive("Kofi", corner.at("2022-10-30 02:10", fold=0)).answer == "welcome"
    assert corner.arrive("Zoé", corner.at("2022-10-30 02:10", fold=1)).answer == "welcome_late"
    again = corner.arrive("Kofi", corner.at("2022-10-30 02:05", fold=1))
    assert again.arrived_at == corner.at("2022-10-30 02:10", fold=0)


@pytest.mark.parametrize("day", ["2022-10-29", "2022-10-30", "2022-10-31", "2023-03-25", "2023-03-26"])
def test_half_past_eight_is_half_past_eight_around_the_change(corner, day):
    corner.book("Oksana", start=f"{day} 08:30")
    assert corner.arrive("Oksana", f"{day} 07:29:59").answer == "too_early"
    assert corner.arrive("Oksana", f"{day} 08:45").answer == "welcome"


def test_a_clock_that_goes_back_after_an_arrival_changes_nothing(corner):
    """The battery of the board dies: the kiosk wakes up in the past, the presence stays."""
    half_day = corner.book("Heike")
    corner.arrive("Heike", "08:25")
    assert corner.arrive("Heike", "08:10").answer == "already_here"
    assert corner.presence("Heike", half_day).arrived_at == corner.at("08:25")
