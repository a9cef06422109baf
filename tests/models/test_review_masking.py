"""What leaves the corner: nothing that is shown, in one report or in many, tells a group of fewer than 5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from crowds import (
    COLUMNS,
    EXPORTS,
    FEW,
    MONTHS,
    OWN,
    PROGRAMMES,
    QUARTERS,
    SPLITS,
    YEAR,
    asked,
    crowds,
    side,
)
from hypothesis import given, settings

from assets.review import BY_ID, FIGURES, Split
from models.assessment.group import GroupPicture
from models.policy import Policy
from models.review.attendances import Standing
from models.review.masking import masked_report, without_small_groups
from models.review.period import Kind, Period, period_of
from models.review.report import stage_of
from models.words import AUDIENCES, SOURCES


class Attacker:
    """Somebody who has every report, and knows how they are made: all that can be concluded of one figure."""

    def __init__(self, column: str, ask, reports) -> None:
        self.column = column
        self.cells = [
            (month, split, key)
            for month in range(len(MONTHS))
            for split, keys in {**SPLITS, None: ("",)}.items()
            for key in keys
        ]
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        self.exact = np.array([self._count(ask, *cell) for cell in self.cells])
        known = [
            self.vector({(month, split, key): 1 for key in keys} | {(month, None, ""): -1})
            for month in range(len(MONTHS))
            for split, keys in SPLITS.items()
        ]
        # Where nobody of a kind is in a month, there is no row: that is told as well.
        known += [
            self.vector({cell: 1})
            for cell in self.cells
            if cell[1] and not any(row.key == cell[2] for row in ask(MONTHS[cell[0]]).rows[cell[1]])
        ]
        self.hidden = []
        for report in reports:
            for what, shown in self._told(report):
                if shown is None:
                    self.hidden.append(what)
                else:
                    assert what @ self.exact == shown
                    known.append(what)
        _, sizes, rows = np.linalg.svd(np.array(known))
        rank = int((sizes > 1e-8).sum())
        self.open = rows[rank:].T
        """Whatever may be added without anything that is known changing."""

    def _count(self, ask, month: int, split: Split | None, key: str) -> int:
        report = ask(MONTHS[month])
        if split is None:
            return report.whole.figure(self.column)
        return next((row.tally.figure(self.column) for row in report.rows[split] if row.key == key), 0)

    def vector(self, parts):
        found = np.zeros(len(self.cells))
        for cell, sign in parts.items():
            found[self.place[cell]] = sign
        return found

    def _told(self, report):
        """Each cell of a report: what it is the sum of, and what is shown of it."""
        months = [
            number
            for number, month in enumerate(MONTHS)
            if report.period.first <= month.first <= report.period.last
        ]
        yield self.vector({(month, None, ""): 1 for month in months}), report.figure(self.column)
        for split in (*SPLITS, Split.STAGE):
            for row in report.rows[split]:
                keys = (
                    [one for one in PROGRAMMES if stage_of(one) == row.key]
                    if split is Split.STAGE
                    else [row.key]
                )
                of = Split.PROGRAMME if split is Split.STAGE else split
                parts = {(month, of, key): 1 for month in months for key in keys}
                yield self.vector(parts), row.tally.figure(self.column)
        for row in report.rows[Split.TIME]:
            yield self.vector({(months[int(row.key)], None, ""): 1}), row.tally.figure(self.column)

    def told(self, what) -> int | None:
        """How many they are, where that can be concluded."""
        return round(float(what @ self.exact)) if np.allclose(what @ self.open, 0, atol=1e-7) else None

    def groups(self):
        """Everything that is hidden, and in each month each sum of some cells of a split."""
        yield from self.hidden
        for month in range(len(MONTHS)):
            for split, keys in SPLITS.items():
                for many in range(1, len(keys) + 1):
                    for some_keys in combinations(keys, many):
                        yield self.vector({(month, split, key): 1 for key in some_keys})


@settings(deadline=None, max_examples=25)
@given(crowds)
def test_no_report_nor_all_of_them_together_tell_a_group_of_fewer_than_five(crowd):
    """P-23: by adding and subtracting whatever is shown, over months, quarters, the year and all splits."""
    ask = asked(crowd)
    reports = [without_small_groups(ask, period, FEW) for period in EXPORTS]
    for column in COLUMNS:
        attacker = Attacker(column, ask, reports)
        for group in attacker.groups():
            assert not 0 < (attacker.told(group) or 0) < FEW


def test_the_attacker_finds_what_a_careless_report_tells():
    crowd = [(0, "awareness", "jobseeker", "counsellor", Standing.CAME, 9, 0)]
    crowd += [(0, "course-24", "jobseeker", "counsellor", Standing.CAME, 3, 20)]
    ask = asked(crowd)
    careful = without_small_groups(ask, MONTHS[0], FEW)
    rows = [
        row if row.key != "awareness" else ask(MONTHS[0]).rows[Split.PROGRAMME][0]
        for row in careful.rows[Split.PROGRAMME]
    ]
    careless = replace(careful, rows={**careful.rows, Split.PROGRAMME: tuple(rows)})
    attacker = Attacker("came", ask, [careless])
    assert 3 in map(attacker.told, attacker.groups())
    attacker = Attacker("came", ask, [careful])
    assert not {1, 2, 3, 4} & set(map(attacker.told, attacker.groups()))


@settings(deadline=None, max_examples=40)
@given(crowds)
def test_what_is_shown_is_what_is_true(crowd):
    ask = asked(crowd)
    for period in EXPORTS:
        exact, shown = ask(period), without_small_groups(ask, period, FEW)
        pairs = [(shown.whole, exact.whole)]
        for split, rows in shown.rows.items():
            exactly = {row.key: row.tally for row in exact.rows[split]}
            if split is not Split.TIME:
                pairs += [(row.tally, exactly[row.key]) for row in rows]
        for tally, true in pairs:
            for figure in FIGURES:
                if figure.id in tally.__slots__ and (value := tally.figure(figure.id)) is not None:
                    assert value == true.figure(figure.id)
                    assert figure.leaves


@settings(deadline=None, max_examples=40)
@given(crowds)
def test_rates_and_hours_stand_only_beside_what_they_are_made_of(crowd):
    ask = asked(crowd)
    for period in EXPORTS:
        shown = without_small_groups(ask, period, FEW)
        for one in (shown.whole, *(row.tally for rows in shown.rows.values() for row in rows)):
            if one.came is None:
                assert (one.minutes, one.fill_rate) == (None, None)
            if None in (one.came, one.excused, one.absent):
                assert one.no_show_rate is None


@settings(deadline=None, max_examples=40)
@given(crowds)
def test_different_people_never_tell_how_few_came_again(crowd):
    """Of a month only: beside it a quarter would tell how few came in the quarter and not in the month."""
    ask = asked(crowd)
    for period in EXPORTS:
        shown = without_small_groups(ask, period, FEW).whole
        if period not in MONTHS:
            assert shown.people is None
        elif shown.people is not None:
            assert not 0 < shown.people < FEW
            assert not 0 < (shown.came or shown.people) - shown.people < FEW


def test_a_group_that_is_large_enough_everywhere_is_shown():
    crowd = [
        (month, programme, audience, source, standing, 6, 40 * month)
        for month in range(3)
        for programme in PROGRAMMES[:2]
        for audience in AUDIENCES[:2]
        for source in SOURCES[:2]
        for standing in COLUMNS.values()
    ]
    ask = asked(crowd)
    shown, exact = without_small_groups(ask, QUARTERS[0], FEW), ask(QUARTERS[0])
    for id_ in (*COLUMNS, "minutes", "fill_rate", "no_show_rate"):
        assert shown.figure(id_) == exact.figure(id_)
    assert [row.tally.came for row in shown.rows[Split.STAGE]] == [72, 72, 0]
    assert [row.tally.came for row in shown.rows[Split.TIME]] == [48, 48, 48]


@pytest.mark.parametrize(
    ("first", "last", "now", "leaves"),
    [
        ("2022-11-01", "2022-11-30", "2022-12-01 08:00", True),
        ("2022-11-01", "2022-11-30", "2022-11-30 18:00", False),  # one more half-day would be told
        ("2022-11-01", "2022-11-29", "2022-12-05 08:00", False),
        ("2022-10-01", "2022-11-30", "2022-12-01 08:00", True),
    ],
)
def test_only_whole_months_that_are_over_leave(corner, first, last, now, leaves):
    period = Period(Kind.OWN, date.fromisoformat(first), date.fromisoformat(last))
    found = masked_report(corner.conn, "charleroi", period, Policy(), corner.at(now))
    assert (found is not None) == leaves


def test_a_month_of_which_a_half_day_is_still_on_does_not_leave(corner):
    """It began before midnight: the next report would tell it."""
    corner.book("Binta", start="2022-11-30 22:00", hours=4)
    period = period_of(Kind.MONTH, date(2022, 11, 1))
    for when, leaves in (("2022-12-01 00:30", False), ("2022-12-01 02:00", True)):
        found = masked_report(corner.conn, "charleroi", period, Policy(), corner.at(when))
        assert (found is not None) == leaves


# ---- before and after


def shown_points(pictures, period=YEAR, came: int = 60):
    crowd = [
        (month, "awareness", "jobseeker", "counsellor", Standing.CAME, came, 100 * month)
        for month in range(len(MONTHS))
    ]
    exact = asked(crowd)

    def ask(one: Period):
        return replace(exact(one), points=pictures.get(one, pictures[YEAR]))

    return without_small_groups(ask, period, FEW).points


def test_before_and_after_leave_by_the_quarter_only():
    """Of a month they are few; a year beside its quarters would tell how few took stock in two of them."""
    large = GroupPicture(side(40, 10, 10, 10, 10), side(40, 0, 10, 20, 10), 30)
    found = shown_points({YEAR: large}, QUARTERS[0])
    assert (found.before.people, found.after.people, found.progress) == (40, 40, 30)
    for period in (MONTHS[0], YEAR, *OWN):
        found = shown_points({YEAR: large}, period)
        assert (found.before.people, found.after.people, found.progress) == (None, None, None)


@pytest.mark.parametrize(("came", "shown"), [(60, 178), (61, 178 + 5)])
def test_who_came_and_did_not_take_stock_is_not_told_where_they_are_a_few(came, shown):
    of = came * 3
    near = GroupPicture(side(178, 50, 50, 50, 28), side(178, 0, 50, 100, 28), 90)
    found = shown_points({YEAR: near}, QUARTERS[0], came)
    assert found.before.people == (178 if of - 178 >= FEW else None)


def test_every_figure_that_leaves_is_one_that_may():
    assert {one.id for one in FIGURES if not one.leaves} == {
        "booked", "walk_ins", "unplanned", "open", "unknown", "assessments",
    }  # fmt: skip
    assert BY_ID["came"].leaves
