"""What may be called progress, what a blind hand comes to, and what is proposed."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sittings import CORE

from assets.assessment import thresholds
from models.assessment.checks import IN_A_ROW, Done, spotted
from models.assessment.comparing import Compared, compare, is_progress
from models.assessment.levels import simple
from models.assessment.result import proposed, result
from models.assessment.status import Step

T = thresholds()
FULL = st.fixed_dictionaries({item: st.sampled_from((0, 1, 2)) for item in CORE})


@pytest.mark.parametrize(("up", "down"), T.signs)
def test_progress_by_signs_is_hardly_ever_chance(up, down):
    """One-sided sign test: p at most .0625 for every pair in the settings."""
    pairs = up + down
    assert sum(comb(pairs, more) for more in range(up, pairs + 1)) / 2**pairs <= 0.0625
    before = dict.fromkeys(CORE[:up], 0) | dict.fromkeys(CORE[up : up + down], 1)
    after = dict.fromkeys(CORE[:up], 1) | dict.fromkeys(CORE[up : up + down], 0)
    compared = compare(before, after, T, versions=("v", "v"))
    assert (compared.up, compared.down) == (up, down)
    assert is_progress(compared, T)


def test_no_other_pair_of_up_and_down_is_progress():
    """All pairs of fifteen items: what is called progress is no likelier by chance; one less is not."""
    for up, down in product(range(16), repeat=2):
        if up + down > 15:
            continue
        by_chance = sum(comb(up + down, more) for more in range(up, up + down + 1)) / 2 ** (up + down)
        called = is_progress(Compared(dict.fromkeys(T.order, 0), up, down), T)
        assert not called or by_chance <= 0.0625, (up, down)
        assert called == any(up >= least and down <= most for least, most in T.signs), (up, down)
    for up, down in T.signs:
        assert not is_progress(Compared({}, up - 1, down), T)
        assert not is_progress(Compared({}, up, down + 1), T)


def test_three_steps_of_areas_are_progress_and_two_are_not():
    """Two steps would come about by chance in one of six cases; one item lifts an area here."""
    before = {
        simple(one): value for area in T.order for one, value in zip(T.core[area], (1, 2, 1), strict=True)
    }
    after = dict(before)
    for steps, area in enumerate(T.order[:4]):
        compared = compare(before, after, T, versions=("v", "v"))
        assert (compared.net, compared.up) == (steps, steps)
        assert is_progress(compared, T) == (steps >= 3)
        after[simple(T.core[area][0])] = 2


def test_the_dangerous_message_is_guessed_in_twelve_of_a_hundred_cases():
    """At most four sets; each of four messages as likely."""
    passed = 0
    for picks in product((True, False, False, False), repeat=2 * IN_A_ROW):
        outcome = next((done for seen in range(1, 5) if (done := spotted(picks[:seen])) is not None), None)
        assert outcome is not None
        passed += outcome is Done.PASSED
    assert round(100 * passed / 4**4, 1) == 12.1


@given(FULL, st.sets(st.sampled_from(sorted({one for listed in T.proposals.values() for one in listed}))))
def test_only_what_the_corner_offers_is_proposed(truth, offered):
    told = result(truth, {}, T)
    programme = proposed(told, offered, T)
    assert programme is None or programme in offered
    listed = T.proposals["reached" if told.status.low >= Step.DECLARED else told.weakest]
    assert (programme is None) == (not set(listed) & offered)


def test_who_does_everything_alone_is_proposed_what_comes_after():
    """Not a workshop for the weakest area: there is none."""
    everything = {programme for listed in T.proposals.values() for programme in listed}
    assert proposed(result(dict.fromkeys(CORE, 2), {}, T), everything, T) == T.proposals["reached"][0]
    for area in T.order:
        answers = dict.fromkeys(CORE, 2) | {simple(one): 1 for one in T.core[area]}
        assert proposed(result(answers, {}, T), everything, T) == T.proposals[area][0]
        assert proposed(result(answers, {}, T), {T.proposals[area][-1]}, T) == T.proposals[area][-1]
