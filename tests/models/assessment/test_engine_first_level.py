"""The status: where somebody stands on the way to the first level, and what is proposed next."""

from dataclasses import replace
from itertools import product

import pytest
from answering import AREAS, EVERY_OUTCOME, core_in_part, in_part, outcomes, sit, some, whole_core
from hypothesis import given
from hypothesis import strategies as st

from assets.assessment import thresholds
from assets.facts import programmes
from models.assessment.checks import Check, Done
from models.assessment.levels import Span
from models.assessment.result import proposed, result
from models.assessment.status import Step, status

REACHED = (Step.DECLARED, Step.CONFIRMED)


def rule(levels, confirmed):
    """The table of the design, row by row."""
    if any(level == 0 for level in levels):
        return Step.NOT_YET
    if all(level == 2 for level in levels):
        return Step.CONFIRMED if confirmed else Step.DECLARED
    return Step.ON_THE_WAY


@pytest.mark.parametrize("confirmed", [False, True])
def test_property_10_the_rule_for_every_five_levels(confirmed):
    """3^5 ways; no area makes up for another."""
    for levels in product((0, 1, 2), repeat=5):
        spans = {area: Span(level, level) for area, level in zip(AREAS, levels, strict=True)}
        assert status(spans, thresholds(), confirmed=confirmed).step is rule(levels, confirmed)


@pytest.mark.parametrize("confirmed", [False, True])
def test_property_10_to_look_at_together_is_what_the_bounds_leave_open(confirmed):
    """6^5 ways: the status spans exactly what any levels within the bounds would give."""
    ends = [Span(low, high) for low in range(3) for high in range(low, 3)]
    for chosen in product(ends, repeat=5):
        lowest, highest = ([span[end] for span in chosen] for end in (0, 1))
        found = status(dict(zip(AREAS, chosen, strict=True)), thresholds(), confirmed=confirmed)
        assert (found.low, found.high) == (rule(lowest, confirmed), rule(highest, confirmed))
        assert (found.step is None) == (found.low is not found.high)


@some
@given(core_in_part | whole_core | st.just({}), outcomes, st.booleans())
def test_property_10_status_lattice(answers, checks, observed):
    """Confirmed is declared, and declared is on the way."""
    found = result(answers, checks, thresholds(), observed=observed)
    if found.status.step is Step.CONFIRMED:
        assert observed or checks == dict.fromkeys(Check, Done.PASSED)
        assert result(answers, {}, thresholds()).status.step is Step.DECLARED
    if found.status.step in REACHED:
        assert all(span == Span(2, 2) for span in found.areas.values())
        assert found.complete
    if found.status.low >= Step.ON_THE_WAY:
        assert all(span.low >= 1 for span in found.areas.values())
    assert Step.NOT_YET < Step.ON_THE_WAY < Step.DECLARED < Step.CONFIRMED


@some
@given(whole_core, st.sampled_from(EVERY_OUTCOME), st.booleans(), st.data())
def test_property_10_partial_answers_never_reach(truth, checks, observed, data):
    """Wherever somebody leaves a sitting before its end, the first level is not reached."""
    whole = list(sit(truth).items())
    left_at = data.draw(st.integers(0, len(whole) - 1))
    found = result(dict(whole[:left_at]), checks, thresholds(), observed=observed)
    assert not found.complete
    assert found.status.low < Step.DECLARED
    assert found.status.step not in REACHED


def test_property_10_partial_answers_of_somebody_who_does_everything_alone():
    """The nearest that a partial result can come: one answer before the end."""
    whole = list(sit(dict.fromkeys(sit_all(), 2)).items())
    for left_at in range(len(whole)):
        found = result(dict(whole[:left_at]), {}, thresholds(), observed=True)
        assert (found.status.low, found.status.high) == (Step.NOT_YET, Step.CONFIRMED)
    assert result(dict(whole), {}, thresholds(), observed=True).status.step is Step.CONFIRMED


def sit_all():
    return [f"{one}S" for listed in thresholds().core.values() for one in listed]


@some
@given(core_in_part, st.sampled_from(sit_all()))
def test_property_10_an_area_that_is_open_never_reaches(answers, lost):
    """Two answers of one area missing: no other area makes up for them."""
    area = lost[0]
    kept = {item: value for item, value in answers.items() if item[0] != area}
    kept[lost] = 2
    assert result(kept, {}, thresholds(), observed=True).status.step not in REACHED


numbers = st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3))


@some
@given(core_in_part | whole_core, numbers, numbers, st.booleans())
def test_property_15_threshold_monotonicity(answers, one, other, observed):
    """Stricter numbers never raise a level, a bound or a status: what is not begun is not reached by them."""
    mild = tuple(map(min, one, other))
    strict = tuple(map(max, one, other))
    found = [
        result(
            answers,
            {},
            replace(thresholds(), needed=needed, on_the_way=on_the_way, reached=reached),
            observed=observed,
        )
        for needed, on_the_way, reached in (mild, strict)
    ]
    assert found[1].status.low <= found[0].status.low
    assert found[1].status.high <= found[0].status.high
    if found[0].status.step is Step.NOT_YET:
        assert found[1].status.step is Step.NOT_YET
    for area in AREAS:
        assert found[1].areas[area].low <= found[0].areas[area].low
        assert found[1].areas[area].high <= found[0].areas[area].high


@some
@given(whole_core, st.sampled_from(["needed", "on_the_way", "reached"]))
def test_property_15_one_number_stricter_than_the_house(answers, name):
    stricter = replace(thresholds(), **{name: getattr(thresholds(), name) + 1})
    house, found = (result(answers, {}, one).status for one in (thresholds(), stricter))
    assert (found.low, found.high) <= (house.low, house.high)


# ---- what is named first, and what is proposed


@some
@given(in_part)
def test_the_strongest_area_first_and_the_weakest_last(answers):
    """By their lower bounds, then by their upper ones; equal ones in the order in which they are asked."""
    found = result(answers, {}, thresholds())
    rows = list(found.areas.items())
    keys = [(-span.low, -span.high, AREAS.index(area)) for area, span in rows]
    assert keys == sorted(keys)
    assert found.weakest == rows[-1][0]
    assert found.strongest == (rows[0][0] if rows[0][1].low else None)


@some
@given(core_in_part | whole_core, st.sets(st.sampled_from(sorted(programmes()))))
def test_only_what_the_corner_offers_is_proposed(answers, offered):
    """The first of the weakest area's list, or of the list of who has got there."""
    found = result(answers, {}, thresholds())
    listed = thresholds().proposals["reached" if found.status.low >= Step.DECLARED else found.weakest]
    there = [one for one in listed if one in offered]
    assert proposed(found, offered, thresholds()) == (there[0] if there else None)
