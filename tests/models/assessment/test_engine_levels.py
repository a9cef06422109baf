"""Levels of competences and areas: bounds, order, and what is missing."""

from dataclasses import replace
from itertools import permutations, product
from statistics import median

import pytest
from answering import ALL, AREAS, CORE, SAID, VALUES, core_items, everything, in_part, said, some
from hypothesis import given
from hypothesis import strategies as st

from assets.assessment import bank, framework, thresholds
from models.assessment.levels import UNKNOWN, Span, area_span, area_spans, competence_level
from models.assessment.result import result
from models.assessment.status import Step


def levels(answers):
    """Everything that has an order: levels, both bounds of each area, both bounds of the status."""
    found = result(answers, {}, thresholds())
    known = {one: level for one, level in found.competences.items() if level is not None}
    spans = {(area, end): bound for area, span in found.areas.items() for end, bound in enumerate(span)}
    return known | spans | {"low": found.status.low, "high": found.status.high}


@some
@given(in_part)
def test_property_01_bounds(answers):
    """Five areas and twenty-one competences, each within its scale, whatever was answered."""
    found = result(answers, {}, thresholds())
    assert found.competences.keys() == set(framework().ids)
    assert set(found.competences.values()) <= {0, 1, 2, 3, None}
    assert found.areas.keys() == set(AREAS)
    assert all(0 <= span.low <= span.high <= 2 for span in found.areas.values())
    assert found.status.low <= found.status.high


@pytest.mark.parametrize(("easy", "hard"), list(product((*SAID, "-"), repeat=2)))
def test_property_01_the_level_of_a_competence(easy, hard):
    """The value of the simple task; 3 only where both tasks are done alone."""
    answers = {item: value for item, value in (("1.1S", easy), ("1.1W", hard)) if value != "-"}
    expected = 3 if easy == hard == 2 else None if easy == "-" else easy
    assert competence_level(answers, "1.1") == expected


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("triple", list(product(VALUES, repeat=3)))
def test_property_01_an_area_is_the_median_of_its_three(area, triple):
    answers = dict(zip(core_items(area), triple, strict=True))
    assert area_span(answers, area, thresholds()) == Span(median(triple), median(triple))


@some
@given(in_part, st.sampled_from(ALL), st.data())
def test_property_02_monotone(answers, item, data):
    """A higher answer never lowers a level, a bound or the status."""
    low = data.draw(st.sampled_from([0, 1]))
    high = data.draw(st.integers(low + 1, 2))
    before, after = levels({**answers, item: low}), levels({**answers, item: high})
    assert before.keys() == after.keys()
    assert all(after[one] >= before[one] for one in before)


def test_property_02_monotone_in_every_triple():
    """Every step of every answer, beside every pair of the other two."""
    for area, pair, place in product(AREAS, product(SAID, repeat=2), range(3)):
        spans = []
        for value in VALUES:
            triple = [*pair[:place], value, *pair[place:]]
            spans.append(area_span(dict(zip(core_items(area), triple, strict=True)), area, thresholds()))
        assert [span.low for span in spans] == sorted(span.low for span in spans)
        assert [span.high for span in spans] == sorted(span.high for span in spans)


@some
@given(in_part, st.sampled_from(ALL), said | st.just("-"))
def test_property_03_locality(answers, item, value):
    """An answer, or its loss, never changes another area or another competence."""
    changed = {one: given for one, given in {**answers, item: value}.items() if given != "-"}
    changed_id = bank().items[item].competence
    before, after = (result(one, {}, thresholds()) for one in (answers, changed))
    for area in AREAS:
        if area != framework().area_of(changed_id):
            assert after.areas[area] == before.areas[area]
    for competence in framework().ids:
        if competence != changed_id:
            assert after.competences[competence] == before.competences[competence]


@some
@given(in_part)
def test_property_04_order_invariance(answers):
    """Whatever the order of the three, an area has the same level."""
    for area in AREAS:
        expected = area_span(answers, area, thresholds())
        for order in permutations(thresholds().core[area]):
            other = replace(thresholds(), core={**thresholds().core, area: order})
            assert area_span(answers, area, other) == expected


@some
@given(st.permutations(CORE), everything)
def test_property_04_order_of_the_answers(order, answers):
    """Nor does it matter which was answered first."""
    assert area_spans({item: answers[item] for item in order}, thresholds()) == area_spans(
        answers, thresholds()
    )


@some
@given(everything, st.sets(st.sampled_from(ALL)))
def test_property_08_missing_is_not_zero(answers, lost):
    """What was not understood leaves a span that holds the level there was, of areas and of the status."""
    original = result(answers, {}, thresholds())
    found = result({**answers, **dict.fromkeys(lost)}, {}, thresholds())
    for area, span in found.areas.items():
        assert span.low <= original.areas[area].level <= span.high
    assert found.status.low <= original.status.step <= found.status.high
    for competence, level in found.competences.items():
        if f"{competence}S" in lost:
            assert level is None
        elif f"{competence}W" in lost:
            assert level == min(original.competences[competence], 2)
        else:
            assert level == original.competences[competence]


def test_property_08_the_span_is_what_any_answer_could_bring():
    """Not too wide either: each of its ends is reached by some answer."""
    for area, triple in product(AREAS, product(SAID, repeat=3)):
        items = core_items(area)
        filled = product(*((value,) if value is not None else VALUES for value in triple))
        possible = [median(one) for one in filled]
        span = area_span(dict(zip(items, triple, strict=True)), area, thresholds())
        assert span == Span(min(possible), max(possible))


@some
@given(in_part)
def test_property_08_not_asked_is_not_understood(answers):
    """To a level it is the same whether somebody was not asked or did not understand."""
    without = {item: value for item, value in answers.items() if value is not None}
    assert area_spans(without, thresholds()) == area_spans(answers, thresholds())


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(CORE), dict.fromkeys(ALL)])
def test_property_08_all_missing(answers):
    """Nothing is known, anything is possible, and it is looked at together."""
    found = result(answers, {}, thresholds())
    assert set(found.areas.values()) == {UNKNOWN} == {Span(0, 2)}
    assert (found.status.low, found.status.high, found.status.step) == (Step.NOT_YET, Step.DECLARED, None)
    assert found.strongest is None
    assert set(found.competences.values()) == {None}
