"""Where somebody stands on the way to the first level of DigComp. No area makes up for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from assets.assessment import Thresholds
from models.assessment.levels import Span

TOGETHER = "together"
"""The word for more than one possible step."""


class Step(IntEnum):
    """A step of the way, in their order."""

    NOT_YET = 0
    """Some area is not begun."""
    ON_THE_WAY = 1
    """Every area is done with help at least."""
    DECLARED = 2
    """Every area is done alone, as the person says."""
    CONFIRMED = 3
    """And both exercises succeeded, or a trainer has seen it."""


@dataclass(frozen=True, slots=True)
class Status:
    """The steps that the answers allow."""

    low: Step
    high: Step

    @property
    def step(self) -> Step | None:
        """The step; ``None`` is "to look at together": the answers allow more than one."""
        return self.low if self.low is self.high else None

    @property
    def word(self) -> str:
        """The step in lower case, or ``together``."""
        return TOGETHER if self.step is None else self.step.name.lower()


def status(spans: Mapping[str, Span], thresholds: Thresholds, *, confirmed: bool) -> Status:
    """The status of a sitting.

    Args:
        spans: the levels of all areas.
        confirmed: whether both exercises succeeded or a trainer has ticked what they saw.
    """
    lowest = min(span.low for span in spans.values())
    highest = min(span.high for span in spans.values())
    return Status(_step(lowest, thresholds, confirmed), _step(highest, thresholds, confirmed))


def _step(level: int, thresholds: Thresholds, confirmed: bool) -> Step:
    """The step of somebody whose weakest area is at this level."""
    if level >= thresholds.reached:
        return Step.CONFIRMED if confirmed else Step.DECLARED
    return Step.ON_THE_WAY if level >= thresholds.on_the_way else Step.NOT_YET
