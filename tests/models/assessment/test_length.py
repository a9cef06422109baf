"""How many questions people get: simulated people, of assumed abilities and difficulties, not measured ones.

A graded model: somebody of an ability says 0, 1 or 2 to an item of a difficulty, each step by a logistic
curve, the second one higher than the first.
"""

from math import exp
from random import Random
from statistics import median

import pytest
from answering import ALL, AREAS, carry_on, core_items, sit

from assets.assessment import framework, thresholds
from models.assessment.draft import Part, new_draft

PEOPLE = 1500
SLOPE = 1.7
STEP = 1.2
"""Logits from "with help" to "alone", to either side of an item's difficulty."""

DIFFICULTY = {
    **{"2.1": -1.0, "2.2": -0.3, "2.3": 0.4, "2.4": -0.8, "2.5": 0.2, "2.6": -0.4},
    **{"1.1": -0.8, "1.3": -0.2, "1.2": 0.5, "3.1": -0.7, "3.2": 0.1, "3.3": 1.3, "3.4": 1.2},
    **{"5.1": -0.1, "5.2": 0.0, "5.4": 0.3, "5.3": 0.9, "4.1": -0.6, "4.2": 0.3, "4.3": 0.2, "4.4": 0.6},
}
"""Assumed, in logits; the well-defined task of a competence is one harder."""

CROWDS = {"just beginning": -1.0, "as at the corner": -0.3, "mixed": 0.3, "on their way": 1.0}
"""Mean ability, in logits; the spread is 1."""


def simulated_person(random, mean):
    """What one person would say to every item."""
    ability = random.gauss(mean, 1)
    said = {}
    for item in ALL:
        difficulty = DIFFICULTY[item[:-1]] + (item[-1] == "W")
        luck = random.random()
        steps = (difficulty - STEP / 2, difficulty + STEP / 2)
        said[item] = sum(luck < 1 / (1 + exp(-SLOPE * (ability - step))) for step in steps)
    return said


def simulated_people(mean, seed=20261125):
    random = Random(seed)
    return [simulated_person(random, mean) for _ in range(PEOPLE)]


def test_the_simulated_people_answer_everything_in_every_way():
    """The simulation could fail: each answer is said to each item, harder ones get lower answers."""
    assert DIFFICULTY.keys() == set(framework().ids)
    people = simulated_people(0)
    for item in ALL:
        assert {person[item] for person in people} == {0, 1, 2}
    means = {item: sum(person[item] for person in people) / PEOPLE for item in ALL}
    assert means["2.1S"] > means["3.3S"] > means["3.3W"]


@pytest.mark.parametrize("crowd", CROWDS)
def test_property_06_length_of_simulated_people(crowd):
    """The core: half of them at most 11-13, nine of ten at most 14, all of them from 10 to 15."""
    lengths = sorted(len(sit(person)) for person in simulated_people(CROWDS[crowd]))
    assert 11 <= median(lengths) <= 13
    assert lengths[PEOPLE * 9 // 10] <= 14
    assert lengths[0] >= 10
    assert lengths[-1] <= 15


def test_property_06_length_with_what_is_not_understood():
    """One answer in ten is missing: still at most fifteen; what is missing never saves a question."""
    random = Random(11)
    for person in simulated_people(-0.5)[:500]:
        truth = {item: None if random.random() < 0.1 else value for item, value in person.items()}
        asked = sit(truth)
        assert len(sit(person)) <= len(asked) <= 15


def test_the_optional_part_is_long_and_therefore_optional():
    """The six others and the harder tasks: more than twenty questions for whoever does much alone."""
    lengths = []
    for person in simulated_people(1.0)[:500]:
        core = sit(person)
        lengths.append(len(carry_on(new_draft(Part.FURTHER, core=core), person).answers))
    assert min(lengths) >= 6
    assert max(lengths) <= 22
    assert median(lengths) >= 10


@pytest.mark.parametrize("area", AREAS)
def test_the_bounds_of_an_area_exhaustively(area):
    """Every answer to the three, the rest of the core as short as can be: two or three of the area."""
    shortest = {item: 2 for other in AREAS for item in core_items(other)}
    counts = set()
    for one in (None, 0, 1, 2):
        for two in (None, 0, 1, 2):
            for three in (None, 0, 1, 2):
                truth = shortest | dict(zip(core_items(area), (one, two, three), strict=True))
                asked = sit(truth)
                counts.add(sum(item in core_items(area) for item in asked))
                assert 10 <= len(asked) <= 11
    assert counts == {2, 3}
    assert len(thresholds().order) * 3 == 15
