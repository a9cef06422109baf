"""People who answer: everything, in part, and only what they are asked."""

from collections.abc import Collection, Mapping
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st

from assets.assessment import Thresholds, bank, thresholds
from models.assessment.asking import next_item
from models.assessment.checks import Check, Done
from models.assessment.draft import Draft
from models.assessment.levels import Answers, simple

ALL = tuple(bank().items)
CORE = tuple(simple(one) for area in thresholds().order for one in thresholds().core[area])
AREAS = thresholds().order

VALUES = (0, 1, 2)
SAID = (None, 0, 1, 2)

values = st.sampled_from(VALUES)
said = st.sampled_from(SAID)
everything = st.fixed_dictionaries(dict.fromkeys(ALL, values))
"""Every item answered, and understood."""
whole_core = st.fixed_dictionaries(dict.fromkeys(CORE, values))
in_part = st.fixed_dictionaries({}, optional=dict.fromkeys(ALL, said))
"""Any items, some of them not understood."""
core_in_part = st.fixed_dictionaries({}, optional=dict.fromkeys(CORE, said))
outcomes = st.fixed_dictionaries({}, optional={check: st.sampled_from(Done) for check in Check})

EVERY_OUTCOME = tuple(
    {check: done for check, done in zip(Check, pair, strict=True) if done is not None}
    for pair in product((None, *Done), repeat=len(Check))
)
"""Every pair of outcomes, one that was not done included."""

some = settings(derandomize=True, deadline=None, max_examples=200)


def core_items(area: str) -> tuple[str, ...]:
    """The three items that decide an area, in the order in which they are asked."""
    return tuple(simple(one) for one in thresholds().core[area])


def sit(
    truth: Mapping[str, int | None], numbers: Thresholds | None = None, before: Collection[str] = ()
) -> Answers:
    """What somebody has said when nothing more is asked; whoever is asked twice is a failure."""
    answers: dict[str, int | None] = {}
    while (item := next_item(answers, numbers or thresholds(), before)) is not None:
        assert item not in answers, f"{item} is asked twice"
        answers[item] = truth[item]
    return answers


def carry_on(draft: Draft, truth: Mapping[str, int | None]) -> Draft:
    """A draft when nothing more is asked."""
    while (item := draft.next_item(thresholds())) is not None:
        assert item not in draft.answers, f"{item} is asked twice"
        draft = draft.answer(item, truth[item])
    return draft
