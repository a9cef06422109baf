"""A corner's days and months as they go to the network: the figures of its own rosters and reports."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.log import Author
from models.network.reading import (
    KioskTold,
    conflicts_of,
    days_of_corner,
    months_of_corner,
    span_of_corner,
)
from models.network.told import CornerDay
from models.policy import Policy
from models.registers import set_fields
from models.review.masking import SUMS, masked_report
from models.review.period import Kind, period_of

NOVEMBER = period_of(Kind.MONTH, date(2022, 11, 1))
THIRD = date(2022, 11, 3)


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def told(enrolled="2022-09-01", seen=None, pending=None, revoked=None, wiped=None) -> KioskTold:
    return KioskTold(
        moment(enrolled), *(moment(one) if one else None for one in (revoked, wiped, seen, pending))
    )


@pytest.mark.parametrize(
    ("kiosk", "whole"),
    [
        (told(seen="2022-12-01"), True),
        (told(seen="2022-11-30 22:59"), False),  # a minute before midnight in Brussels
        (told(seen="2022-11-30 23:00"), True),
        (told(seen=None), False),
        (told("2022-12-01", seen=None), True),  # it was not there yet
        (told("2022-12-05", seen="2022-12-05", pending="2022-11-03"), False),  # it was there before the hub
        (told(seen="2022-12-05", pending="2022-11-30"), False),
        (told(seen="2022-12-05", pending="2022-12-02"), True),  # what it still has is of later
        (told(revoked="2022-10-20", seen="2022-10-19"), True),
        (told(revoked="2022-11-20", seen="2022-11-10"), False),  # stolen: what it had is not known
        (told(revoked="2022-11-20", seen="2022-11-10", wiped="2022-11-21"), True),
    ],
)
def test_a_month_is_whole_when_every_kiosk_has_told_what_it_knows_of_it(kiosk, whole):
    assert kiosk.has_told(NOVEMBER) is whole


def test_each_month_that_is_over_is_the_corners_own_report_without_small_groups(corner):
    for day, names in (
        ("2022-10-06", ("Binta", "Joris")),
        ("2022-11-03", ("Hoa", "Kofi", "Zoé", "Mehdi", "Heike")),
    ):
        corner.book(*names, start=f"{day} 08:30")
        for name in names:
            corner.arrive(name, f"{day} 08:25")
    now = corner.at("2022-12-05 09:00")
    first, _ = span_of_corner(corner.conn, "charleroi", now)
    found = months_of_corner(corner.conn, "charleroi", first, [told(seen="2022-12-05")], Policy(), now)
    assert list(found) == [date(2022, 10, 1), date(2022, 11, 1)]
    for start, month in found.items():
        own = masked_report(corner.conn, "charleroi", period_of(Kind.MONTH, start), Policy(), now)
        assert month.whole and month.tally == own.whole
    assert [month.tally.came for month in found.values()] == [None, 5]
    late = months_of_corner(corner.conn, "charleroi", first, [told(seen=None)], Policy(), now)
    assert not late[date(2022, 11, 1)].whole and late[date(2022, 11, 1)].tally.minutes is None
    assert {late[date(2022, 10, 1)].tally.figure(id_) for id_ in SUMS} == {None}


def day_at(corner, when: str) -> CornerDay:
    return days_of_corner(corner.conn, "charleroi", THIRD, THIRD, Policy(), corner.at(when))[THIRD]


def test_half_days_of_a_day_are_counted_and_people_only_once_it_is_over(corner):
    names = ("Binta", "Joris", "Hoa", "Kofi", "Zoé", "Mehdi", "Heike", "Oksana", "Tenzin", "Çağla", "Ștefan")
    corner.book(*names, start="2022-11-03 08:30")
    corner.book(start="2022-11-03 13:00", programme="course-24")
    for name in names:
        corner.arrive(name, "08:25")
    assert day_at(corner, "09:00") == CornerDay(2, 0, 0, 0)
    assert day_at(corner, "12:30") == CornerDay(2, 1, 0, 0)
    # Nobody was expected in the afternoon: there is nothing to sign.
    assert day_at(corner, "20:00") == CornerDay(2, 2, 1, 0)
    assert day_at(corner, "2022-11-04 08:00") == CornerDay(2, 2, 1, 10)


def test_a_half_day_that_was_cancelled_is_not_planned(corner):
    half_day = corner.book("Binta", start="2022-11-03 08:30")
    corner.arrive("Binta", "08:25")
    with corner.transaction():
        values = {"status": "cancelled"}
        set_fields(corner.conn, corner.author("08:40"), "half_day", half_day, values, new=False)
    assert day_at(corner, "20:00") == CornerDay(0, 0, 0, 0)


def test_a_corner_without_half_days_has_no_span_but_today(corner):
    now = corner.at("2022-11-03 09:00")
    assert span_of_corner(corner.conn, "mons", now) == (THIRD, THIRD)
    assert days_of_corner(corner.conn, "mons", THIRD, THIRD, Policy(), now) == {}


def test_disagreements_are_as_many_as_stand_on_the_corners_own_list(corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:25")
    now = corner.at("09:00")
    assert conflicts_of(corner.conn, "charleroi", Policy(), now) == 0
    there = Author("another", "import", corner.at("08:00"))
    with corner.transaction():
        set_fields(corner.conn, there, "half_day", half_day, {"room": "7"}, new=True)
        set_fields(corner.conn, corner.author("08:10"), "half_day", half_day, {"room": "8"}, new=True)
    assert conflicts_of(corner.conn, "charleroi", Policy(), now) == 1
    assert conflicts_of(corner.conn, "mons", Policy(), now) == 0
