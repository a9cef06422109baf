"""The two small exercises: what they came to, and what that says beside the person's own answer.

They never rewrite an answer or a level. They set a flag for the trainer, and decide only between
"declared" and "confirmed".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from assets.assessment import Thresholds
from models.assessment.levels import ALONE, Answers, competence_level


class Check(StrEnum):
    """A small exercise."""

    SPOT = "spot"
    """Find the dangerous message, twice."""
    COPY = "copy"
    """Pick a file by its name, and copy an address."""


class Done(StrEnum):
    """What an exercise came to."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Flag(StrEnum):
    """An exercise beside the person's own answer."""

    AGREES = "agrees"
    LOOK_AGAIN = "look_again"
    """Said alone, and the exercise did not succeed: to look at together."""
    UNDERRATED = "underrated"
    """Said less, and the exercise succeeded."""
    NOT_MEASURED = "not_measured"


Checks = Mapping[Check, Done]
"""What the exercises came to; one that is not there was not done."""

IN_A_ROW = 2
"""Sets of messages that must be answered right in a row: guessing both is 1 in 16."""

TRIES = 2
"""Each exercise may be tried once more."""

STEPS = 2
"""Steps of the second exercise: a file, then an address."""


def spotted(picks: Sequence[bool]) -> Done | None:
    """What the choices so far come to, ``None`` while there is one to make.

    Two sets; a wrong choice in either ends the first try, and a second try has two new sets. Guessing
    succeeds in 12 of 100 cases.
    """
    failed_tries = streak = 0
    for pick in picks:
        if pick:
            streak += 1
            if streak == IN_A_ROW:
                return Done.PASSED
        else:
            failed_tries += 1
            streak = 0
            if failed_tries == TRIES:
                return Done.FAILED
    return None


def copied(steps: Sequence[bool]) -> Done | None:
    """What the steps so far come to, ``None`` while there is one to make.

    File and address take turns; a try succeeds when both were right, and is always made to its end, so
    that nobody is told in the middle of it.
    """
    tries = [all(steps[first : first + STEPS]) for first in range(0, len(steps) - STEPS + 1, STEPS)]
    if any(tries[:TRIES]):
        return Done.PASSED
    return Done.FAILED if len(tries) >= TRIES else None


RULES: Mapping[Check, Callable[[Sequence[bool]], Done | None]] = {Check.SPOT: spotted, Check.COPY: copied}
"""What the steps of each exercise come to."""


def same_address(given: str, shown: str) -> bool:
    """Whether an address was copied: case ignored, blanks around it trimmed, everything else exact."""
    return given.strip().casefold() == shown.strip().casefold()


def flag(level: int | None, done: Done | None) -> Flag:
    """What an exercise says beside the level that the person gave themselves."""
    if done in (None, Done.SKIPPED) or level is None:
        return Flag.NOT_MEASURED
    if level >= ALONE:
        return Flag.AGREES if done is Done.PASSED else Flag.LOOK_AGAIN
    return Flag.UNDERRATED if done is Done.PASSED else Flag.AGREES


def flags(answers: Answers, checks: Checks, thresholds: Thresholds) -> dict[str, Flag]:
    """The flag of each competence that an exercise is linked to."""
    return {
        competence: flag(competence_level(answers, competence), checks.get(Check(check)))
        for check, linked in thresholds.checks.items()
        for competence in linked
    }


def all_passed(checks: Checks) -> bool:
    """Whether both exercises succeeded."""
    return all(checks.get(check) is Done.PASSED for check in Check)
