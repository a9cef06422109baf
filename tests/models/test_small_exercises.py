"""What the small exercises come to: after few steps, always, and hardly ever by guessing."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from models.assessment.checks import IN_A_ROW, STEPS, TRIES, Done, copied, same_address, spotted

RULES = st.sampled_from([spotted, copied])
LONGEST = 4
"""Steps of the longest way through either exercise."""

quick = settings(derandomize=True, deadline=None, max_examples=200)


def until_over(rule, steps) -> tuple[bool, ...]:
    """The steps that are really made: none after the exercise is over."""
    made: tuple[bool, ...] = ()
    for step in steps:
        if rule(made) is not None:
            break
        made = (*made, step)
    return made


@quick
@given(RULES, st.lists(st.booleans(), min_size=LONGEST, max_size=12))
def test_an_exercise_is_over_after_four_steps_at_most(rule, steps):
    """And after two at the earliest; nothing before that is a result."""
    made = until_over(rule, steps)
    assert len(made) <= LONGEST
    assert rule(made) in (Done.PASSED, Done.FAILED)
    assert all(rule(made[:number]) is None for number in range(len(made)))
    assert IN_A_ROW == STEPS <= len(made)


@quick
@given(RULES, st.lists(st.booleans(), min_size=LONGEST, max_size=8), st.lists(st.booleans()))
def test_what_an_exercise_came_to_stands(rule, steps, more):
    made = until_over(rule, steps)
    assert rule((*made, *more)) is rule(made)


@quick
@given(RULES, st.lists(st.booleans(), min_size=LONGEST, max_size=LONGEST), st.integers(0, LONGEST - 1))
def test_one_more_right_step_never_costs_the_success(rule, steps, at):
    better = [*steps[:at], True, *steps[at + 1 :]]
    if rule(until_over(rule, steps)) is Done.PASSED:
        assert rule(until_over(rule, better)) is Done.PASSED


@quick
@given(RULES, st.lists(st.booleans(), max_size=LONGEST - 1), st.booleans(), st.booleans())
def test_a_step_taken_back_was_never_made(rule, steps, slip, other):
    """Undo: a step, back, another step is that other step."""
    made = until_over(rule, steps)
    if rule(made) is None:
        taken_back = (*made, slip)[:-1]
        assert rule((*taken_back, other)) is rule((*made, other))


def guessed(rule, chances: list[Fraction]) -> Fraction:
    """How likely a blind hand succeeds, over every way that it may take."""
    total = Fraction(0)
    ways = {until_over(rule, steps) for steps in product((True, False), repeat=LONGEST)}
    for way in ways:
        likely = Fraction(1)
        for step, chance in zip(way, chances, strict=False):
            likely *= chance if step else 1 - chance
        total += likely * (rule(way) is Done.PASSED)
    return total


def test_guessing_messages_succeeds_in_12_of_100():
    """Both of two sets by chance 1 in 16, and the same again where the first try did not succeed."""
    chance = guessed(spotted, [Fraction(1, 4)] * LONGEST)
    assert chance == Fraction(1, 16) + Fraction(15, 16) * Fraction(1, 16) == Fraction(31, 256)
    assert round(100 * chance) == 12


def test_guessing_messages_touch_by_touch():
    """The same figure by counting the 256 ways of touching four sets, whatever place is dangerous."""
    for dangerous in ((1, 3, 0, 2), (0, 0, 0, 0)):
        found = sum(
            spotted(
                until_over(spotted, [touch == place for touch, place in zip(way, dangerous, strict=True)])
            )
            is Done.PASSED
            for way in product(range(4), repeat=LONGEST)
        )
        assert found == 31


def test_a_guessed_file_is_worth_nothing_without_the_address():
    assert guessed(copied, [Fraction(1, 4), Fraction(0)] * TRIES) == 0
    assert copied((True, True)) is Done.PASSED
    assert copied((False, True)) is None
    assert copied((False, True, True, True)) is Done.PASSED
    assert copied((False, True, True, False)) is Done.FAILED


addresses = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz.@"), min_size=1, max_size=16)
signs = st.text(st.characters(codec="utf-8"), max_size=20)


@quick
@given(addresses, st.text(st.sampled_from(" \t"), max_size=3), st.text(st.sampled_from(" \t"), max_size=3))
def test_case_and_blanks_around_do_not_matter(address, before, after):
    assert same_address(before + address.upper() + after, address)
    assert same_address(address.title(), address)


@quick
@given(addresses, st.data())
def test_every_other_difference_matters(address, data):
    """One sign too few, one too many, a blank within, or another sign."""
    at = data.draw(st.integers(0, len(address) - 1))
    other = data.draw(st.sampled_from([sign for sign in "abz.@2-" if sign != address[at]]))
    assert not same_address(address[:at] + other + address[at + 1 :], address)
    assert not same_address(address[:at] + address[at + 1 :], address)
    assert not same_address(f"{address[:at]}{other}{address[at:]}", address)
    if at:
        assert not same_address(f"{address[:at]} {address[at:]}", address)


@quick
@given(RULES, signs, addresses)
def test_rules_take_whatever_is_typed(rule, given_, shown):
    assert same_address(given_, shown) in (True, False)
    assert rule(()) is None
