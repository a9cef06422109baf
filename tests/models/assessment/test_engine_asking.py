"""Which item is asked next: no answer that could not matter, none twice, and the same level as asking all."""

from collections import Counter
from dataclasses import replace
from itertools import permutations, product

import pytest
from answering import (
    ALL,
    AREAS,
    CORE,
    SAID,
    VALUES,
    carry_on,
    core_in_part,
    core_items,
    everything,
    said,
    sit,
    some,
    whole_core,
)
from hypothesis import given
from hypothesis import strategies as st

from assets.assessment import framework, thresholds
from models.assessment.asking import next_further, next_item
from models.assessment.draft import Part, new_draft
from models.assessment.levels import area_span, area_spans


def only(area, order=None, needed=2):
    """The numbers of the house with one area alone."""
    core = {area: order or thresholds().core[area]}
    return replace(thresholds(), order=(area,), core=core, needed=needed)


@pytest.mark.parametrize("needed", [1, 2, 3])
@pytest.mark.parametrize("area", AREAS)
def test_property_05_curtailment_equals_full_for_all_27_triples_in_all_6_orders(area, needed):
    """Asking only while it can matter gives exactly the level of asking all three."""
    for triple, order in product(product(VALUES, repeat=3), permutations(thresholds().core[area])):
        truth = dict(zip(core_items(area), triple, strict=True))
        numbers = only(area, order, needed)
        full = area_span(truth, area, numbers)
        assert area_span(sit(truth, numbers), area, numbers) == full
        assert full.level is not None


@pytest.mark.parametrize("area", AREAS)
def test_property_05_curtailment_equals_full_where_something_is_not_understood(area):
    for triple, order in product(product(SAID, repeat=3), permutations(thresholds().core[area])):
        truth = dict(zip(core_items(area), triple, strict=True))
        numbers = only(area, order)
        assert area_span(sit(truth, numbers), area, numbers) == area_span(truth, area, numbers)


@some
@given(whole_core)
def test_property_05_nothing_is_asked_that_cannot_matter(truth):
    """Each question is of an area that is still open, and none is open in the end."""
    answers = {}
    while (item := next_item(answers, thresholds())) is not None:
        assert area_span(answers, item[0], thresholds()).level is None
        answers[item] = truth[item]
    assert all(span.level is not None for span in area_spans(answers, thresholds()).values())


@pytest.mark.parametrize("area", AREAS)
def test_property_06_two_or_three_questions_an_area(area):
    """Two equal first answers end an area; otherwise the third is asked, and no more."""
    for triple in product(SAID, repeat=3):
        asked = len(sit(dict(zip(core_items(area), triple, strict=True)), only(area)))
        alike = triple[0] == triple[1] is not None
        assert asked == (2 if alike else 3), triple


@some
@given(st.fixed_dictionaries(dict.fromkeys(CORE, said)))
def test_property_06_length(truth):
    """At most fifteen, ten at least when nothing is missing, none twice, and an end."""
    asked = list(sit(truth))
    assert len(asked) == len(set(asked)) <= 15
    assert set(asked) <= set(CORE)
    if None not in truth.values():
        assert len(asked) >= 10


def test_property_06_both_ends_are_reached():
    ends = {value: dict.fromkeys(CORE, value) for value in SAID}
    assert [len(sit(ends[value])) for value in SAID] == [15, 10, 10, 10]


def test_the_areas_come_in_their_order():
    """2, 1, 3, 5, 4: what people do most comes first, and each area is asked in one go."""
    asked = list(sit({item: place % 3 for place, item in enumerate(CORE)}))
    assert asked == list(CORE)
    assert list(dict.fromkeys(item[0] for item in asked)) == ["2", "1", "3", "5", "4"]


@some
@given(core_in_part)
def test_a_question_comes_from_any_state(answers):
    """Whatever was answered, in whatever order: the next question is one that has no answer yet."""
    item = next_item(answers, thresholds())
    assert item is None or (item in CORE and item not in answers)


# ---- the sitting after


@some
@given(st.fixed_dictionaries(dict.fromkeys(CORE, said)), st.sets(st.sampled_from(CORE)))
def test_the_after_sitting_asks_what_was_answered_the_first_time(truth, before):
    """All of it, also where the area is decided; the rest as always, and still the level of all three."""
    answers = sit(truth, before=before)
    assert before <= answers.keys() <= set(CORE)
    assert area_spans(answers, thresholds()) == area_spans(truth, thresholds())


@some
@given(whole_core, whole_core)
def test_every_answer_of_the_first_time_has_its_pair(first, second):
    before = sit(first)
    after = sit(second, before=before)
    assert before.keys() <= after.keys()
    assert 10 <= len(after) <= 15


@some
@given(whole_core, st.sets(st.sampled_from(CORE)))
def test_in_an_area_what_was_answered_before_comes_first(truth, before):
    """So that a person who stops early leaves as many pairs as can be."""
    asked = list(sit(truth, before=before))
    for area in AREAS:
        again = [item in before for item in asked if item[0] == area]
        assert again == sorted(again, reverse=True)


def test_what_is_not_of_the_core_is_not_asked_again():
    assert list(sit(dict.fromkeys(CORE, 2), before=ALL)) == list(CORE)


# ---- the optional part


@some
@given(everything)
def test_the_optional_part_asks_the_rest_and_the_harder_task_of_what_is_done_alone(truth):
    """The six others, and a defined task exactly where the simple one is done alone; none twice."""
    core = sit(truth)
    further = carry_on(new_draft(Part.FURTHER, core=core), truth).answers
    core_ids = {one for listed in thresholds().core.values() for one in listed}
    others = {f"{one}S" for one in framework().ids if one not in core_ids}
    assert len(others) == 6
    harder = {f"{item[:-1]}W" for item, value in truth.items() if value == 2 and item in {*core, *others}}
    assert further.keys() == others | harder
    assert core.keys().isdisjoint(further)
    assert next_further({**core, **further}, thresholds()) is None


def test_the_optional_part_has_its_bounds():
    """Six where nothing is done alone, twenty-two where everything is."""
    lengths = Counter()
    for value in SAID:
        truth = dict.fromkeys(ALL, value)
        lengths[value] = len(carry_on(new_draft(Part.FURTHER, core=sit(truth)), truth).answers)
    assert lengths == {None: 6, 0: 6, 1: 6, 2: 22}
