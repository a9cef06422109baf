"""Before and after: what changed, what chance would bring about, and what does not compare."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from answering import AREAS, CORE, in_part, sit, some, values, whole_core
from hypothesis import assume, given
from hypothesis import strategies as st

from assets.assessment import thresholds
from models.assessment.comparing import Compared, OtherWording, compare, is_progress
from models.assessment.levels import area_spans

SAME = ("2026-11", "2026-11")
BY_CHANCE = Fraction(1, 16)


def compared(before, after):
    return compare(before, after, thresholds(), versions=SAME)


def chance(up, down):
    """How often as many or more of so many would go up if up and down were as likely: one-sided, exact."""
    both = up + down
    return Fraction(sum(comb(both, more) for more in range(up, both + 1)), 2**both)


@some
@given(in_part | whole_core, in_part | whole_core)
def test_property_12_antisymmetric_change(a, b):
    there, back = compared(a, b), compared(b, a)
    assert back.areas == {area: None if step is None else -step for area, step in there.areas.items()}
    assert (back.up, back.down) == (there.down, there.up)
    assert back.net == -there.net


@some
@given(in_part | whole_core)
def test_property_12_nothing_has_changed_beside_itself(a):
    same = compared(a, a)
    assert set(same.areas.values()) <= {0, None}
    assert (same.up, same.down, same.net) == (0, 0, 0)
    assert not is_progress(same, thresholds())


@some
@given(in_part | whole_core, in_part | whole_core)
def test_property_12_items_answered_once_are_ignored(a, b):
    """Also those that were asked both times and understood once."""
    both = [item for item in a if a.get(item) is not None and b.get(item) is not None]
    assert compared(a, b) == compared({item: a[item] for item in both}, {item: b[item] for item in both})


@some
@given(whole_core, whole_core, st.sets(st.sampled_from(CORE)))
def test_property_12_what_was_answered_once_moves_no_area(a, b, lost):
    """An area with a step has the same step in what was answered both times, and only there."""
    after = {item: value for item, value in b.items() if item not in lost}
    found = compared(a, after)
    kept = {item: a[item] for item in after}
    for area in AREAS:
        earlier, later = (area_spans(one, thresholds())[area].level for one in (kept, after))
        known = earlier is not None and later is not None
        assert found.areas[area] == (later - earlier if known else None)


@some
@given(whole_core, whole_core)
def test_property_12_every_area_has_its_step_when_everything_was_answered(a, b):
    found = compared(a, b)
    assert list(found.areas) == list(AREAS)
    earlier, later = area_spans(a, thresholds()), area_spans(b, thresholds())
    assert found.areas == {area: later[area].level - earlier[area].level for area in AREAS}
    assert found.up == sum(b[item] > a[item] for item in CORE)
    assert found.down == sum(b[item] < a[item] for item in CORE)


@some
@given(in_part, in_part, st.text(max_size=8), st.text(max_size=8))
def test_property_12_different_versions_refuse(a, b, one, other):
    assume(one != other)
    with pytest.raises(OtherWording):
        compare(a, b, thresholds(), versions=(one, other))


@some
@given(whole_core, values, st.sampled_from(CORE))
def test_property_12_more_in_one_answer_is_never_less_in_any_area(a, value, item):
    found = compared(a, {**a, item: max(a[item], value)})
    assert all(step >= 0 for step in found.areas.values())
    assert found.down == 0


@some
@given(whole_core, whole_core)
def test_sittings_as_they_are_asked_have_pairs_for_every_answer_of_the_first(first, second):
    before = sit(first)
    after = sit(second, before=before)
    found = compared(before, after)
    unchanged = sum(before[item] == after[item] for item in before)
    assert found.up + found.down + unchanged == len(before) >= 10


# ---- the word "progress"


@pytest.mark.parametrize(("up", "down"), thresholds().signs)
def test_progress_the_sign_test_is_exact(up, down):
    """One-sided p at most .0625, and one item less would not do."""
    assert chance(up, down) <= BY_CHANCE
    assert chance(up - 1, down) > BY_CHANCE
    assert chance(up, down + 1) > BY_CHANCE


def test_progress_the_table_of_the_house():
    assert thresholds().signs == ((4, 0), (6, 1), (8, 2), (10, 3))
    assert thresholds().net == 3


def test_progress_for_every_count_of_items():
    """Nothing that chance brings about more often than p = .0625 is called progress."""
    for up, down in product(range(16), repeat=2):
        if up + down <= 15:
            said = is_progress(Compared({"1": 0}, up, down), thresholds())
            assert said <= (chance(up, down) <= BY_CHANCE), (up, down)
            assert said == any(up >= least and down <= most for least, most in thresholds().signs)


@pytest.mark.parametrize(
    ("areas", "progress"),
    [
        ((1, 1, 1, 0, 0), True),
        ((2, 1, 0, 0, 0), True),
        ((1, 1, 0, 0, 0), False),
        ((2, 2, -1, 0, 0), True),
        ((2, 1, -1, 0, 0), False),
        ((1, 1, None, None, None), False),
        ((None, 1, 1, 1, None), True),
        ((-1, -1, -1, 0, 0), False),
    ],
)
def test_progress_is_a_net_gain_of_three_steps(areas, progress):
    """What is not known adds nothing; what went down counts against it."""
    found = Compared(dict(zip(AREAS, areas, strict=True)), 3, 0)
    assert is_progress(found, thresholds()) is progress


@some
@given(whole_core, whole_core, st.sampled_from(CORE))
def test_progress_is_never_undone_by_a_higher_answer(a, b, item):
    if is_progress(compared(a, b), thresholds()):
        assert is_progress(compared(a, {**b, item: 2}), thresholds())
