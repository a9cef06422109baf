"""Self-assessments for tests: answers to the core, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from assets.assessment import thresholds
from models.assessment.checks import Check, Done
from models.assessment.draft import Draft, Part, new_draft
from models.assessment.levels import simple
from models.assessment.taking import take

CORE = tuple(simple(one) for area in thresholds().order for one in thresholds().core[area])
"""The fifteen items of the core."""

BOTH = {Check.SPOT: Done.PASSED, Check.COPY: Done.PASSED}


def draft(
    answers: Mapping[str, int | None] | int, checks: Mapping[Check, Done] | None = None, **more
) -> Draft:
    """A sitting with these answers, or with one answer to everything that is asked."""
    made = new_draft(more.pop("part", Part.CORE), **more)
    if isinstance(answers, int):
        while (item := made.next_item(thresholds())) is not None:
            made = made.answer(item, answers)
    else:
        for item, value in answers.items():
            made = made.answer(item, value)
    for check, done in (checks or {}).items():
        made = made.done(check, done)
    return made


def keep(corner, person_id: str, given: Draft | int, when: str = "09:00", place: str = "charleroi") -> str:
    """Keep a sitting of somebody; returns its id."""
    with corner.transaction():
        made = draft(given) if isinstance(given, int) else given
        return take(corner.conn, corner.author(when, person_id), place, person_id, made)
