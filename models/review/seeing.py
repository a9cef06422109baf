"""A period as the team looks at it: exact in the corner, without small groups outside it (P-23)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from models.requests import At, Request
from models.review.attendances import Told
from models.review.masking import masked_report
from models.review.period import Period
from models.review.report import Report, report_of
from models.rights import Action, may


@dataclass(frozen=True, slots=True)
class SeeReport(Request["Report | None"]):
    """The report of a period; small groups are hidden from whoever may not see the corner's own."""

    action: ClassVar[Action] = Action.SEE_REPORT
    writes: ClassVar[bool] = False
    period: Period
    outside: bool = False
    """Whether it is looked at as it would leave the corner."""
    told: Told | None = field(default=None, compare=False)

    def do(self, at: At) -> Report | None:
        """See ``report_of`` and ``masked_report``; ``None`` where it can not leave the corner."""
        if self.outside or not may(at.colleague.role, Action.SEE_DAY):
            return masked_report(at.conn, at.desk.corner_id, self.period, at.desk.policy, at.now, self.told)
        return report_of(at.conn, at.desk.corner_id, self.period, at.desk.policy, at.now, self.told)
