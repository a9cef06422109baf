"""A sitting under way: back, changed, broken off and taken up; and the optional part beside it."""

import json
from dataclasses import replace

import pytest
from answering import (
    ALL,
    CORE,
    VALUES,
    carry_on,
    core_in_part,
    everything,
    in_part,
    outcomes,
    said,
    sit,
    some,
    whole_core,
)
from hypothesis import given
from hypothesis import strategies as st

from assets.assessment import bank, framework, thresholds
from models.assessment.checks import Check, Done
from models.assessment.draft import Draft, Part, from_text, new_draft, to_text
from models.assessment.levels import area_spans
from models.assessment.result import result

drafts = st.builds(
    Draft,
    part=st.sampled_from(Part),
    bank=st.just(bank().version),
    answers=in_part,
    checks=outcomes,
    asked_again=st.frozensets(st.sampled_from(CORE)),
    core=st.none() | core_in_part,
)


def left_somewhere(data, truth, draft=None):
    """A draft at any place before its end."""
    draft = draft or new_draft(Part.CORE)
    for _ in range(data.draw(st.integers(0, 9))):
        item = draft.next_item(thresholds())
        draft = draft.answer(item, truth[item])
    return draft


# ---- property 11


@some
@given(whole_core, st.data(), said, said)
def test_property_11_undo(truth, data, first, second):
    """Answer, back, another answer is that answer at once: the same draft, kept as the same text."""
    draft = left_somewhere(data, truth)
    item = draft.next_item(thresholds())
    answered = draft.answer(item, first)
    assert answered.item_before(answered.next_item(thresholds())) == item
    changed, directly = answered.answer(item, second), draft.answer(item, second)
    assert changed == directly
    assert to_text(changed) == to_text(directly)
    assert carry_on(changed, truth) == carry_on(directly, truth)


@some
@given(whole_core, st.data(), st.sampled_from(VALUES))
def test_property_11_any_answer_may_be_changed_at_any_time(truth, data, value):
    """The levels are those of somebody who had said it at once, however far the sitting was."""
    draft = left_somewhere(data, truth)
    given_so_far = list(draft.answers)
    if not given_so_far:
        return
    item = data.draw(st.sampled_from(given_so_far))
    told = {**truth, item: value}
    changed = carry_on(draft.answer(item, value), told)
    assert area_spans(changed.answers, thresholds()) == area_spans(sit(told), thresholds())
    assert result(changed.answers, {}, thresholds()).status == result(sit(told), {}, thresholds()).status


@some
@given(whole_core, st.data())
def test_property_11_back_goes_through_every_answer_to_the_first(truth, data):
    draft = left_somewhere(data, truth)
    item, seen = draft.next_item(thresholds()), []
    while (item := draft.item_before(item)) is not None:
        seen.append(item)
    assert seen == list(reversed(draft.answers))


@some
@given(drafts, st.sampled_from(ALL), said)
def test_property_11_an_answer_leaves_the_draft_before_as_it_was(draft, item, value):
    """Cancelled is as if it had not been: nothing is changed in place."""
    before = to_text(draft)
    draft.answer(item, value).done(Check.SPOT, Done.FAILED)
    assert to_text(draft) == before


@some
@given(drafts)
def test_property_11_taken_up_as_it_was_broken_off(draft):
    """The same draft, its answers in the same order, and the same text again."""
    read = from_text(to_text(draft))
    assert read == draft
    assert list(read.answers) == list(draft.answers)
    assert to_text(read) == to_text(draft)
    assert read.next_item(thresholds()) == draft.next_item(thresholds())


@some
@given(whole_core, st.data())
def test_property_11_broken_off_and_taken_up_anywhere_ends_the_same(truth, data):
    draft = left_somewhere(data, truth)
    assert carry_on(from_text(to_text(draft)), truth) == carry_on(new_draft(Part.CORE), truth)


@pytest.mark.parametrize("item", ["6.1S", "1.1", "1.1X", "", "1.1s"])
def test_there_is_no_other_item(item):
    with pytest.raises(ValueError, match="no such answer"):
        new_draft(Part.CORE).answer(item, 1)


@pytest.mark.parametrize("value", [-1, 3, 100])
def test_there_is_no_other_answer(value):
    with pytest.raises(ValueError, match="no such answer"):
        new_draft(Part.CORE).answer("1.1S", value)


def test_a_new_draft_loses_nothing():
    """Nothing is asked to be kept before something was answered; "not understood" is an answer too."""
    assert not new_draft(Part.CORE).begun
    assert new_draft(Part.CORE).answer("2.1S", None).begun
    assert new_draft(Part.CORE).bank == bank().version


@some
@given(drafts, st.text(min_size=1, max_size=8))
def test_a_draft_in_another_wording_is_not_taken_up(draft, version):
    other = bank().version + version
    assert from_text(to_text(replace(draft, bank=other))) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@some
@given(drafts, st.sampled_from(["part", "bank", "answers", "checks", "again", "core"]), json_values)
def test_a_draft_that_says_something_else_is_none(draft, field, value):
    """Whatever stands in a field: no draft, or one that this version could have made; never a failure."""
    read = json.loads(to_text(draft))
    read[field] = value
    _sound_or_none(from_text(json.dumps(read)))


@some
@given(drafts, st.sampled_from(["answers", "core"]), st.sampled_from([*ALL, "9.9S"]), json_values)
def test_a_draft_with_an_answer_that_there_is_not_is_none(draft, field, item, value):
    read = json.loads(to_text(draft))
    read[field] = {**(read[field] or {}), item: value}
    known = item in ALL and (value is None or (type(value) is int and value in VALUES))
    assert (from_text(json.dumps(read)) is not None) == known


@some
@given(st.text() | json_values.map(json.dumps))
def test_what_is_no_draft_is_none(text):
    _sound_or_none(from_text(text))


@some
@given(drafts, st.data())
def test_a_draft_that_was_cut_off_is_none(draft, data):
    """Written in part, by a plug that was drawn."""
    text = to_text(draft)
    assert from_text(text[: data.draw(st.integers(0, len(text) - 1))]) is None


def _sound_or_none(draft):
    if draft is None:
        return
    item = draft.next_item(thresholds())
    assert item is None or item in ALL
    for answers in (draft.answers, draft.core or {}):
        assert answers.keys() <= set(ALL)
        assert all(value is None or (type(value) is int and value in VALUES) for value in answers.values())
    assert draft.asked_again <= set(ALL)
    assert from_text(to_text(draft)) == draft


# ---- property 13


@some
@given(core_in_part | whole_core, everything, outcomes)
def test_property_13_extension_invariance(core, truth, checks):
    """The optional part, as it is asked: no area, no status, no flag changes; competences only get known."""
    further = carry_on(new_draft(Part.FURTHER, core=core), truth)
    before = result(core, checks, thresholds())
    after = result(core, checks, thresholds(), further=further.answers)
    assert replace(after, competences={}) == replace(before, competences={})
    assert list(after.areas) == list(before.areas)
    for competence, level in before.competences.items():
        if level == 2:
            expected = 3 if truth[f"{competence}W"] == 2 else 2
            assert after.competences[competence] == expected
        elif f"{competence}S" in core:
            assert after.competences[competence] == level


@some
@given(core_in_part | whole_core, in_part, outcomes)
def test_property_13_whatever_is_said_further_rewrites_no_answer_of_the_core(core, further, checks):
    """Also answers that the optional part never asks for."""
    before = result(core, checks, thresholds())
    after = result(core, checks, thresholds(), further=further)
    assert replace(after, competences={}) == replace(before, competences={})


@some
@given(core_in_part | whole_core, in_part, outcomes)
def test_property_13_the_answers_of_the_optional_part_among_those_of_the_core(core, further, checks):
    """Thrown together they say the same of areas and status: only the core's items decide them."""
    others = {item: value for item, value in further.items() if item not in CORE}
    before = result(core, checks, thresholds())
    after = result({**others, **core}, checks, thresholds())
    assert (after.areas, after.status, after.complete) == (before.areas, before.status, before.complete)


def test_property_13_it_is_the_optional_part_that_gives_level_3():
    """Everything alone: nothing above 2 in the core, everything that was asked at 3 after it."""
    truth = dict.fromkeys(ALL, 2)
    core = sit(truth)
    further = carry_on(new_draft(Part.FURTHER, core=core), truth).answers
    assert set(result(core, {}, thresholds()).competences.values()) == {2, None}
    found = result(core, {}, thresholds(), further=further).competences
    asked = {item[:-1] for item in {**core, **further}}
    assert {one for one, level in found.items() if level == 3} == asked
    assert {one for one, level in found.items() if level is None} == set(framework().ids) - asked
