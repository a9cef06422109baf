"""The two exercises: they set a flag and confirm, and never rewrite what somebody has said."""

from fractions import Fraction
from itertools import product

import pytest
from answering import EVERY_OUTCOME, core_in_part, everything, in_part, some, whole_core
from hypothesis import given
from hypothesis import strategies as st

from assets.assessment import thresholds
from models.assessment.checks import Check, Done, Flag, all_passed, flag, flags, same_address, spotted
from models.assessment.result import result
from models.assessment.status import Step

PASSED = dict.fromkeys(Check, Done.PASSED)


@pytest.mark.parametrize("done", EVERY_OUTCOME, ids=lambda done: " ".join(map(str, done.values())) or "none")
@some
@given(in_part | everything)
def test_property_09_checks_do_not_rewrite(done, answers):
    """For every pair of outcomes: the same levels, the same order; only "declared" may be "confirmed"."""
    plain, found = result(answers, {}, thresholds()), result(answers, done, thresholds())
    assert list(found.areas.items()) == list(plain.areas.items())
    assert found.competences == plain.competences
    assert found.complete == plain.complete
    confirms = {Step.DECLARED: Step.CONFIRMED} if done == PASSED else {}
    assert found.status.low == confirms.get(plain.status.low, plain.status.low)
    assert found.status.high == confirms.get(plain.status.high, plain.status.high)
    assert found.flags.keys() == plain.flags.keys() == {"4.2", "1.3", "3.1"}


@some
@given(whole_core)
def test_property_09_the_exercises_touch_no_flag_of_each_other(answers):
    """What the messages came to says nothing of the address, and the other way round."""
    for one, other in product(Done, repeat=2):
        found = flags(answers, {Check.SPOT: one, Check.COPY: other}, thresholds())
        assert found["4.2"] == flag(answers["4.2S"], one)
        assert found["1.3"] == flag(answers["1.3S"], other)
        assert found["3.1"] == flag(answers["3.1S"], other)


@pytest.mark.parametrize(
    ("level", "passed", "failed"),
    [
        (0, Flag.UNDERRATED, Flag.AGREES),
        (1, Flag.UNDERRATED, Flag.AGREES),
        (2, Flag.AGREES, Flag.LOOK_AGAIN),
        (3, Flag.AGREES, Flag.LOOK_AGAIN),
        (None, Flag.NOT_MEASURED, Flag.NOT_MEASURED),
    ],
)
def test_property_09_the_table_of_flags(level, passed, failed):
    assert flag(level, Done.PASSED) is passed
    assert flag(level, Done.FAILED) is failed
    assert flag(level, Done.SKIPPED) is Flag.NOT_MEASURED
    assert flag(level, None) is Flag.NOT_MEASURED


@some
@given(core_in_part, st.sampled_from(EVERY_OUTCOME))
def test_a_trainer_who_has_seen_it_confirms_whatever_the_exercises_came_to(answers, done):
    seen = result(answers, done, thresholds(), observed=True)
    assert seen.status == result(answers, PASSED, thresholds()).status
    assert seen.flags == result(answers, done, thresholds()).flags


@pytest.mark.parametrize("done", EVERY_OUTCOME)
def test_both_exercises_are_needed(done):
    assert all_passed(done) == (done == PASSED)


def test_the_messages_are_found_twice_in_a_row_with_one_retry():
    """Every way of choosing, until it is decided: at most four sets, and guessing passes in 31 of 256."""
    guessed = Fraction(0)
    undecided = [()]
    for length in range(5):
        following = []
        for picks in undecided:
            done = spotted(picks)
            if done is None:
                following += [(*picks, right) for right in (True, False)]
                continue
            text = "".join("r" if pick else "w" for pick in picks)
            tries = {"rr": Done.PASSED, "wrr": Done.PASSED, "rwrr": Done.PASSED}
            assert done is tries.get(text, Done.FAILED), text
            if done is Done.PASSED:
                right = sum(picks)
                guessed += Fraction(1, 4) ** right * Fraction(3, 4) ** (length - right)
        undecided = following
    assert undecided == []
    assert guessed == Fraction(31, 256)


@some
@given(st.emails(), st.sampled_from(["", " ", "\t", "  "]), st.sampled_from(["", " ", "\n"]))
def test_an_address_may_be_in_capitals_and_have_blanks_around(address, before, after):
    assert same_address(f"{before}{address.upper()}{after}", address)
    assert same_address(address, f"{before}{address}{after}")


@some
@given(st.emails(), st.data())
def test_everything_else_in_an_address_is_exact(address, data):
    """A sign that is missing, doubled or another one is seen; so is a blank inside."""
    place = data.draw(st.integers(0, len(address) - 1))
    without = address[:place] + address[place + 1 :]
    assert not same_address(without, address)
    assert not same_address(address[:place] + address[place] + address[place:], address)
    assert not same_address(without[:place] + "§" + without[place:], address)
    if place:
        assert not same_address(address[:place] + " " + address[place:], address)
    assert not same_address("", address)
