"""Which item is asked next. An area ends as soon as no answer to come could change its level.

That gives exactly the level of asking all three, whatever their order (deterministic curtailment).
"""

from __future__ import annotations

from collections.abc import Collection

from assets.assessment import Thresholds, framework
from models.assessment.levels import ALONE, Answers, area_span, defined, simple


def next_item(answers: Answers, thresholds: Thresholds, before: Collection[str] = ()) -> str | None:
    """The next item of the core, ``None`` at its end.

    Args:
        before: items that were answered in the first sitting. They are always asked again, and first, so
            that there are pairs to compare.
    """
    for area in thresholds.order:
        if (item := _next_of_area(answers, area, thresholds, before)) is not None:
            return item
    return None


def _next_of_area(answers: Answers, area: str, thresholds: Thresholds, before: Collection[str]) -> str | None:
    items = [simple(one) for one in thresholds.core[area]]
    for item in items:
        if item in before and item not in answers:
            return item
    if area_span(answers, area, thresholds).level is not None:
        return None
    return next((item for item in items if item not in answers), None)


def next_further(answers: Answers, thresholds: Thresholds) -> str | None:
    """The next item of the optional part, ``None`` at its end.

    The competences outside the core, and the well-defined task wherever the simple one is done alone.

    Args:
        answers: those of the core, and those that this part has had so far.
    """
    core = {one for listed in thresholds.core.values() for one in listed}
    for area in thresholds.order:
        for competence in framework().competences[area]:
            asked = simple(competence)
            if competence not in core and asked not in answers:
                return asked
            if answers.get(asked) == ALONE and defined(competence) not in answers:
                return defined(competence)
    return None
