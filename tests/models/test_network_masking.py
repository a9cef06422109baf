"""What the network is told: nobody who has every day, month, corner and total can tell a group of a few."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product

import numpy as np
import pytest

from models.network.report import Sum, total
from models.network.told import CornerMonth, month_of_corner, people_of_corner, people_of_network
from models.review.masking import HIDDEN
from models.review.tally import Tally

FEW = 3
"""So small a count leaves few enough worlds to look at each: a group of one or two must not be told."""


class Attacker:
    """Somebody who knows how everything that is shown is made, and thinks of every world there may be."""

    def __init__(self, corners: int, days: int, most: int) -> None:
        # The last step of the scale whole: else that nobody has more than so many would tell something.
        assert most % FEW == FEW - 1
        self.places = [(corner, day) for corner in range(corners) for day in range(days)]
        self.worlds = np.array(list(product(range(most + 1), repeat=len(self.places))), dtype=np.int16)
        self.corners, self.days = corners, days

    def at(self, corner: int, day: int):
        return self.worlds[:, self.places.index((corner, day))]

    def told(self, shown) -> set[tuple[int, ...]]:
        """The groups of a few that are told in some world.

        Args:
            shown: everything that is shown, a row of numbers for each world.
        """
        _, seen = np.unique(shown, axis=0, return_inverse=True)
        order = np.argsort(seen.ravel(), kind="stable")
        starts = np.flatnonzero(np.diff(seen.ravel()[order], prepend=-1))
        found = set()
        for many in range(1, len(self.places) + 1):
            for group in combinations(range(len(self.places)), many):
                count = self.worlds[:, group].sum(axis=1)[order]
                least = np.minimum.reduceat(count, starts)
                most = np.maximum.reduceat(count, starts)
                if ((least == most) & (least > 0) & (least < FEW)).any():
                    found.add(group)
        return found


def hidden(values):
    """As the month of a corner shows them: a few are nobody's business, nobody is."""
    return np.where((values > 0) & (values < FEW), -1, values)


def table(rule, values):
    """A rule for one number, done for many."""
    known = np.array([rule(number) for number in range(int(values.max()) + 1)])
    return known[values]


def months(attacker: Attacker):
    """What the months show: each corner, and the total of what is shown with whether it is at least."""
    each = [
        hidden(sum(attacker.at(corner, day) for day in range(attacker.days)))
        for corner in range(attacker.corners)
    ]
    return [*each, sum(np.maximum(one, 0) for one in each), sum(one < 0 for one in each)]


def days(attacker: Attacker, of_corner, least_corners: int):
    """What the days show: people of the whole network."""
    for day in range(attacker.days):
        counted = [table(of_corner, attacker.at(corner, day)) for corner in range(attacker.corners)]
        stands = sum(one > 0 for one in counted) >= least_corners
        yield np.where(stands, sum(counted), -1)


def careful(came: int) -> int:
    return people_of_corner(came, FEW)


@pytest.mark.parametrize(
    ("corners", "of_days", "most", "least_corners"),
    [(1, 2, 32, 1), (1, 4, 11, 1), (2, 2, 14, 1), (3, 2, 8, 3)],
)
def test_days_months_corners_and_totals_together_tell_no_few(corners, of_days, most, least_corners):
    """P-23: also where a network is so small that the sum of three corners does not protect it."""
    attacker = Attacker(corners, of_days, most)
    shown = np.column_stack([*months(attacker), *days(attacker, careful, least_corners)])
    assert attacker.told(shown) == set()


@pytest.mark.parametrize(
    ("careless", "because"),
    [
        (lambda came: came, "nothing is hidden"),
        (
            lambda came: came // FEW * FEW,
            "rounded, but a day of nobody and one of a few are told apart at the top",
        ),
        (lambda came: came if came >= FEW else 0, "hidden where they are a few, and the rest is exact"),
    ],
)
def test_the_attacker_finds_what_a_careless_rule_tells(careless, because):
    attacker = Attacker(2, 2, 11)
    shown = np.column_stack([*months(attacker), *days(attacker, careless, 1)])
    assert attacker.told(shown), because


def test_the_attacker_finds_what_a_network_that_is_rounded_as_a_whole_tells():
    """25 of which the month says that 23 are of one corner."""
    attacker = Attacker(2, 2, 11)
    whole = [(attacker.at(0, day) + attacker.at(1, day)) // FEW * FEW for day in range(attacker.days)]
    assert attacker.told(np.column_stack([*months(attacker), *whole]))


def test_the_rule_of_the_tests_is_that_of_the_network():
    attacker = Attacker(3, 2, 8)
    found = [tuple(row) for row in np.column_stack(list(days(attacker, careful, 3)))[::97]]
    for world, shown in zip(attacker.worlds[::97], found, strict=True):
        for day in range(2):
            corners = [careful(int(world[attacker.places.index((corner, day))])) for corner in range(3)]
            assert (people_of_network(corners) or -1) == shown[day]


def test_people_are_told_down_to_fives_and_never_under_five():
    told = {people_of_network([people_of_corner(came, 5)] * 3) for came in range(200)}
    assert None in told
    assert all(people % 5 == 0 and people >= 5 for people in told - {None})
    assert [people_of_corner(came, 5) for came in (0, 4, 5, 9, 10, 14, 15)] == [0, 0, 0, 0, 10, 10, 15]


def test_fewer_than_three_corners_are_no_sum():
    """One of two would know the other's."""
    assert people_of_network([40, 40, 0]) is None
    assert people_of_network([40, 40, 10]) == 90
    assert people_of_network([]) is None


# ---- a month that is told again


def of_month(came: int, *, whole: bool) -> int:
    """What a month shows of those who came."""
    shown = Tally(came=came if not 0 < came < FEW else None)
    found = month_of_corner(shown, FEW, whole=whole).tally.came
    return -1 if found is None else found


def exactly(came: int, *, whole: bool) -> int:
    """A month that says "at least" and is not rounded."""
    return int(hidden(np.array(came)))


@pytest.mark.parametrize(("rule", "tells"), [(of_month, False), (exactly, True)])
def test_a_month_before_and_after_a_kiosk_was_heard_does_not_tell_how_few_came_there(rule, tells):
    """Who came at the kiosk that was late is a group too."""
    seen = defaultdict(set)
    for early, late in product(range(12), repeat=2):
        seen[rule(early, whole=False), rule(early + late, whole=True)].add(late)
    pinned = [next(iter(late)) for late in seen.values() if len(late) == 1]
    assert any(0 < late < FEW for late in pinned) is tells


def test_a_month_of_which_something_is_missing_tells_no_hours_no_rates_and_no_nobody():
    shown = Tally(half_days=12, places=96, unsettled=1, came=83, excused=0, absent=9, minutes=900, people=40,
                  fill_rate=860, no_show_rate=90, refused=None)  # fmt: skip
    found = month_of_corner(shown, 5, whole=False).tally
    assert (found.half_days, found.places, found.unsettled) == (12, 96, 1)
    assert (found.came, found.excused, found.absent, found.refused) == (80, None, 5, None)
    assert {found.minutes, found.people, found.fill_rate, found.no_show_rate} == {None}
    assert month_of_corner(shown, 5, whole=True) == CornerMonth(shown, True)


# ---- sums


def test_a_total_is_at_least_where_anything_of_it_is_hidden_late_or_missing():
    parts = [Sum(Tally(came=40, refused=7)), Sum(Tally(came=30, refused=None))]
    found = total(parts, missing=False)
    assert (found.tally.came, found.tally.refused) == (70, 7)
    assert "refused" in found.least and "came" not in found.least
    assert "came" in total(parts, missing=True).least
    assert total([Sum(HIDDEN)], missing=False).least == frozenset()
