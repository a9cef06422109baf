"""What the result screen, the code to take away and the paper show of one assessment: facts, no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assets.assessment import Thresholds
from models.answers import Sitting
from models.assessment.checks import Checks
from models.assessment.draft import Draft
from models.assessment.result import Result, proposed, result
from models.half_days import offered

if TYPE_CHECKING:
    from models.connection import Connection


@dataclass(frozen=True, slots=True)
class Shown:
    """One assessment as its person sees it."""

    result: Result
    checks: Checks
    at: datetime
    name: str = ""
    """``Binta O.``; empty without a card."""
    proposal: Sitting | None = None
    """The next half-day with a place that the corner really offers for what is weakest."""


def result_of(draft: Draft, thresholds: Thresholds) -> Result:
    """The result of a draft; of the optional part over the core that it goes on from."""
    if draft.core is None:
        return result(draft.answers, draft.checks, thresholds)
    return result(draft.core, draft.checks, thresholds, further=draft.answers)


def shown(
    conn: Connection, corner_id: str, name: str, draft: Draft, thresholds: Thresholds, now: datetime
) -> Shown:
    """The result of a draft, with what the corner can offer next."""
    found = result_of(draft, thresholds)
    dates = offered(conn, corner_id, now)
    programme = proposed(found, dates, thresholds)
    return Shown(found, draft.checks, now, name, dates[programme] if programme else None)
