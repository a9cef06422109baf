"""The first level, and the flags beside it: every case, against the rules as they are written down."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sittings import BOTH, CORE, draft

from assets.assessment import framework, thresholds
from models.assessment.checks import Check, Done, Flag, flag, flags
from models.assessment.levels import Span, simple
from models.assessment.result import result, whole_status
from models.assessment.status import Status, Step, status

T = thresholds()
SPANS = tuple(Span(low, high) for low, high in product(range(3), repeat=2) if low <= high)


def written_down(levels: tuple[int, ...], confirmed: bool) -> Step:
    """The table of the rules: no area makes up for another."""
    if any(level == 0 for level in levels):
        return Step.NOT_YET
    if not all(level == 2 for level in levels):
        return Step.ON_THE_WAY
    return Step.CONFIRMED if confirmed else Step.DECLARED


@pytest.mark.parametrize("confirmed", [False, True])
def test_the_status_of_all_levels_of_five_areas(confirmed):
    """All 243 of them."""
    for levels in product(range(3), repeat=5):
        spans = {area: Span(level, level) for area, level in zip(T.order, levels, strict=True)}
        step = written_down(levels, confirmed)
        assert status(spans, T, confirmed=confirmed) == Status(step, step), levels
        assert status(spans, T, confirmed=confirmed).word == step.name.lower()


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_is_not_known_leaves_every_step_open_that_it_may_come_to(confirmed):
    """All 7776 ways of five areas to be known or not; the order of the areas does not matter."""
    for listed in product(SPANS, repeat=5):
        low = written_down(tuple(span.low for span in listed), confirmed)
        high = written_down(tuple(span.high for span in listed), confirmed)
        told = status(dict(zip(T.order, listed, strict=True)), T, confirmed=confirmed)
        assert (told.low, told.high) == (low, high), listed
        assert told.step == (low if low is high else None)


OUTCOMES = [
    (alone, done, raised)
    for alone, row in {
        True: {Done.PASSED: Flag.AGREES, Done.FAILED: Flag.LOOK_AGAIN},
        False: {Done.PASSED: Flag.UNDERRATED, Done.FAILED: Flag.AGREES},
    }.items()
    for done, raised in row.items()
]


@pytest.mark.parametrize(("alone", "done", "raised"), OUTCOMES)
def test_property_09_what_an_exercise_says_beside_the_own_answer(alone, done, raised):
    for level in (2, 3) if alone else (0, 1):
        assert flag(level, done) is raised


def test_property_09_what_was_skipped_or_not_done_or_not_answered_is_not_measured():
    for level, done in product((None, 0, 1, 2, 3), (*Done, None)):
        if level is None or done in (None, Done.SKIPPED):
            assert flag(level, done) is Flag.NOT_MEASURED


@pytest.mark.parametrize(("spot", "copy"), [*product(Done, repeat=2)])
def test_property_09_all_nine_outcomes_of_the_exercises(spot, copy):
    """Each exercise is held against its own competences; both must succeed to confirm."""
    checks = {Check.SPOT: spot, Check.COPY: copy}
    for said, step in ((0, Step.NOT_YET), (1, Step.ON_THE_WAY), (2, Step.DECLARED)):
        answers = dict.fromkeys(CORE, said)
        told = result(answers, checks, T)
        assert told.flags == {"4.2": flag(said, spot), "1.3": flag(said, copy), "3.1": flag(said, copy)}
        assert told.flags == flags(answers, checks, T)
        confirmed = said == 2 and checks == BOTH
        assert told.status.step is (Step.CONFIRMED if confirmed else step)
        assert (told.areas, told.competences) == (
            result(answers, {}, T).areas,
            result(answers, {}, T).competences,
        )


@pytest.mark.parametrize("observed", [False, True])
def test_a_trainer_who_has_seen_it_confirms_it_like_both_exercises(observed):
    for said in range(3):
        for checks in ({}, {Check.SPOT: Done.PASSED}, {Check.COPY: Done.PASSED}, BOTH):
            told = result(dict.fromkeys(CORE, said), checks, T, observed=observed)
            confirmed = said == 2 and (observed or checks == BOTH)
            assert (told.status.step is Step.CONFIRMED) == confirmed


def test_one_area_that_is_not_begun_is_not_made_up_for():
    """Four areas alone and one not yet: not yet; and so for each of the five."""
    for weak in T.order:
        for level, step in ((0, Step.NOT_YET), (1, Step.ON_THE_WAY)):
            answers = dict.fromkeys(CORE, 2) | {simple(one): level for one in T.core[weak]}
            told = result(answers, BOTH, T, observed=True)
            assert told.status.step is step
            assert told.weakest == weak
            assert told.strongest == next(area for area in T.order if area != weak)


def test_areas_are_named_the_strongest_first_and_what_is_open_after_what_is_known_to_be_less():
    """Ties stay in the order in which they were asked."""
    assert tuple(result(dict.fromkeys(CORE, 1), {}, T).areas) == T.order
    values = {"2": (0, 0), "1": (2, 2), "3": (1, None), "5": (1, 1), "4": (None, None)}
    answers = {
        simple(one): value
        for area, pair in values.items()
        for one, value in zip(T.core[area], pair, strict=False)
    }
    told = result(answers, {}, T)
    spans = {"1": (2, 2), "5": (1, 1), "3": (0, 2), "4": (0, 2), "2": (0, 0)}
    assert {area: tuple(span) for area, span in told.areas.items()} == spans
    assert tuple(told.areas) == ("1", "5", "3", "4", "2")
    assert result({}, {}, T).strongest is None
    assert result(dict.fromkeys(CORE, 0), {}, T).strongest is None


def test_the_numbers_of_the_house_are_the_written_down_ones():
    """Two of three, help to be on the way, alone to be there: tests that use them hold no number twice."""
    assert (T.needed, T.on_the_way, T.reached, T.net) == (2, 1, 2, 3)
    assert T.order == ("2", "1", "3", "5", "4")
    assert T.signs == ((4, 0), (6, 1), (8, 2), (10, 3))
    assert {area: set(listed) for area, listed in T.core.items()} == {
        "1": {"1.1", "1.2", "1.3"},
        "2": {"2.1", "2.2", "2.3"},
        "3": {"3.1", "3.2", "3.3"},
        "4": {"4.1", "4.2", "4.3"},
        "5": {"5.1", "5.2", "5.4"},
    }
    assert {check: set(linked) for check, linked in T.checks.items()} == {
        "spot": {"4.2"},
        "copy": {"1.3", "3.1"},
    }
    assert {framework().area_of(one) for one in framework().ids} == set(T.order)


def test_property_15_a_higher_bar_is_reached_by_nobody_who_is_below():
    """Where alone in all three is asked for, one answer with help is not enough."""
    strict = replace(T, needed=3)
    answers = dict(draft(2).answers) | dict.fromkeys(CORE, 2)
    assert result(answers, {}, strict).status.step is Step.DECLARED
    for item in CORE:
        assert result(answers | {item: 1}, {}, strict).status.step is Step.ON_THE_WAY
        assert result(answers | {item: 1}, {}, T).status.step is Step.DECLARED


@given(
    st.dictionaries(st.sampled_from(CORE), st.sampled_from((0, 1, 2, 2, None)), min_size=5),
    st.sampled_from(({}, BOTH)),
    st.booleans(),
)
def test_the_status_alone_is_that_of_the_whole_result(answers, checks, observed):
    """For a list of a thousand people; ``None`` where not everything was asked."""
    told = result(answers, checks, T, observed=observed)
    assert whole_status(answers, checks, T, observed=observed) == (told.status if told.complete else None)


def test_a_sitting_in_which_everything_was_asked_has_a_status():
    assert whole_status(dict.fromkeys(CORE, 1), {}, T) == Status(Step.ON_THE_WAY, Step.ON_THE_WAY)
    assert whole_status(dict.fromkeys(CORE[:4], 1), {}, T) is None
