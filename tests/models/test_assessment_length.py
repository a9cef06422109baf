"""How many questions people are asked: simulated people, with assumed difficulties and a fixed seed."""

from __future__ import annotations

import random
from math import exp
from statistics import median, quantiles

from assets.assessment import thresholds
from models.assessment.asking import next_item
from models.assessment.levels import simple

T = thresholds()
PEOPLE = 4000

HARD = {"3.3": 1.3, "1.2": 0.5, "4.2": 0.4, "5.4": 0.3, "2.1": -0.8, "3.1": -0.6, "4.1": -0.4}
"""Assumed difficulties in logits, of the items that are not of the middle; no field data."""

STEP = 1.3
"""Between "with help" and "alone", in logits."""


def somebody(chance: random.Random) -> dict[str, int | None]:
    """A graded model: who can do more answers higher, and every item has its own difficulty."""
    ability = chance.gauss(0, 1.2)
    answers: dict[str, int | None] = {}
    for area in T.order:
        here = ability + chance.gauss(0, 0.5)
        for one in T.core[area]:
            lean = here - HARD.get(one, 0.0)
            drawn = chance.random()
            alone = 1 / (1 + exp(-1.7 * (lean - STEP / 2)))
            with_help = 1 / (1 + exp(-1.7 * (lean + STEP / 2)))
            answers[simple(one)] = 2 if drawn < alone else 1 if drawn < with_help else 0
    return answers


def asked(truth: dict[str, int | None]) -> int:
    given: dict[str, int | None] = {}
    while (item := next_item(given, T)) is not None:
        assert item not in given, "asked twice, and so without an end"
        given[item] = truth[item]
    return len(given)


def test_the_median_is_eleven_to_thirteen_and_nobody_is_asked_more_than_fifteen():
    """At least 10 where nothing is missing; 90 of 100 people at most 14."""
    chance = random.Random(20261126)
    lengths = [asked(somebody(chance)) for _ in range(PEOPLE)]
    assert 11 <= median(lengths) <= 13
    assert quantiles(lengths, n=10)[-1] <= 14
    assert min(lengths) >= 10
    assert max(lengths) <= 15


def test_who_understands_nothing_is_asked_fifteen_and_no_more():
    assert asked({simple(one): None for area in T.order for one in T.core[area]}) == 15
