"""What a sitting came to, for the person and for the team: a pure function of the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assets.assessment import Thresholds, framework
from models.assessment.asking import next_item
from models.assessment.checks import Checks, Flag, all_passed, flags
from models.assessment.levels import NOT_YET, Answers, Span, area_spans, competence_level
from models.assessment.status import Status, status


@dataclass(frozen=True, slots=True)
class Result:
    """Levels, status and flags of a sitting."""

    areas: Mapping[str, Span]
    """In the order in which they are shown: the strongest first."""
    competences: Mapping[str, int | None]
    """All twenty-one; ``None`` where nothing is known."""
    status: Status
    flags: Mapping[str, Flag]
    complete: bool
    """Whether everything of the core was asked."""

    @property
    def strongest(self) -> str | None:
        """The area to name first; ``None`` where none is begun."""
        area, span = next(iter(self.areas.items()))
        return area if span.low > NOT_YET else None

    @property
    def weakest(self) -> str:
        """The area whose workshop is proposed."""
        return tuple(self.areas)[-1]


def result(
    answers: Answers,
    checks: Checks,
    thresholds: Thresholds,
    *,
    observed: bool = False,
    further: Answers | None = None,
) -> Result:
    """What the answers of a sitting come to.

    Args:
        answers: of the core.
        observed: whether a trainer has ticked that they saw it.
        further: of the optional part: it changes levels of competences, never of areas.
    """
    spans = area_spans(answers, thresholds)
    by_strength = sorted(spans, key=lambda area: (-spans[area].low, -spans[area].high))
    merged = {**(further or {}), **answers}
    return Result(
        areas={area: spans[area] for area in by_strength},
        competences={one: competence_level(merged, one) for one in framework().ids},
        status=status(spans, thresholds, confirmed=observed or all_passed(checks)),
        flags=flags(answers, checks, thresholds),
        complete=next_item(answers, thresholds) is None,
    )


def whole_status(
    answers: Answers, checks: Checks, thresholds: Thresholds, *, observed: bool = False
) -> Status | None:
    """The status alone of a sitting, as its result has it; ``None`` where not everything was asked."""
    if next_item(answers, thresholds) is not None:
        return None
    return status(area_spans(answers, thresholds), thresholds, confirmed=observed or all_passed(checks))


def proposed(found: Result, offered: Collection[str], thresholds: Thresholds) -> str | None:
    """The programme to propose, out of those that the corner offers; ``None`` where none fits."""
    everywhere = min(span.low for span in found.areas.values()) >= thresholds.reached
    listed = thresholds.proposals["reached" if everywhere else found.weakest]
    return next((programme for programme in listed if programme in offered), None)
