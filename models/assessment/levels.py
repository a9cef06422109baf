"""Answers become levels: of a competence, and of an area as the median of three.

A missing answer is never zero: it leaves a span of what the level may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assets.assessment import Thresholds

Answers = Mapping[str, int | None]
"""Item id to 0 (not yet), 1 (with help), 2 (alone), or ``None`` where it was not understood. What has not
been asked is not there."""

NOT_YET, WITH_HELP, ALONE, BEYOND = range(4)
"""Levels on the framework's scale of eight; the last one only of a competence."""


class Span(NamedTuple):
    """The lowest and the highest level that the answers allow."""

    low: int
    high: int

    @property
    def level(self) -> int | None:
        """The level, where only one is possible."""
        return self.low if self.low == self.high else None


def simple(competence: str) -> str:
    """The item of a competence that asks for a simple task."""
    return f"{competence}S"


def defined(competence: str) -> str:
    """The item of a competence that asks for a well-defined task: the optional part."""
    return f"{competence}W"


def competence_level(answers: Answers, competence: str) -> int | None:
    """0 to 3, ``None`` where it is not known; 3 only where both tasks are done alone."""
    level = answers.get(simple(competence))
    if level == ALONE and answers.get(defined(competence)) == ALONE:
        return BEYOND
    return level


def area_span(answers: Answers, area: str, thresholds: Thresholds) -> Span:
    """What the answers to its core items allow as the level of an area.

    The level is the highest that at least ``needed`` of the core competences have: with two of three the
    median, ordinal and without averages.
    """
    values = tuple(answers.get(simple(one)) for one in thresholds.core[area])
    return span_of(values, thresholds.needed)


def area_spans(answers: Answers, thresholds: Thresholds) -> dict[str, Span]:
    """The spans of all areas, in the order in which they are asked."""
    return {area: area_span(answers, area, thresholds) for area in thresholds.order}


# A few dozen cases: a group of thousands is counted through them.
@lru_cache(maxsize=1024)
def span_of(values: tuple[int | None, ...], needed: int) -> Span:
    """The span of the core answers of an area: ``None`` where there is none."""
    lowest = sorted(_filled(values, NOT_YET), reverse=True)
    highest = sorted(_filled(values, ALONE), reverse=True)
    return Span(lowest[needed - 1], highest[needed - 1])


def _filled(values: tuple[int | None, ...], missing: int) -> Iterator[int]:
    return (missing if value is None else value for value in values)
