"""A report that was taken along: which corner and period, how many rows, with which bytes (P-21, P-24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from models.log import Author, record
from models.requests import At, NotAllowed, Request
from models.review.period import Period
from models.rights import Action, may

if TYPE_CHECKING:
    from models.connection import Connection

EXPORTED = "report.exported"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was taken along."""

    period: Period
    format: str
    rows: int
    hash: str
    """SHA-256 of the file."""
    masked: bool
    network: bool = False
    """Whether it is that of every corner; it was taken along at the one that is named."""


def report_exported(conn: Connection, author: Author, corner_id: str, what: Exported) -> None:
    """Write it into the log: nothing leaves that is not there."""
    body: dict[str, str | int | bool] = {
        "first": what.period.first.isoformat(),
        "last": what.period.last.isoformat(),
        "format": what.format,
        "rows": what.rows,
        "hash": what.hash,
        "masked": what.masked,
    }
    if what.network:
        body["network"] = True
    record(conn, author, EXPORTED, "corner", corner_id, body)


@dataclass(frozen=True, slots=True)
class ReportExported(Request[None]):
    """Somebody of the team takes a report of this corner along."""

    action: ClassVar[Action] = Action.EXPORT_REPORT
    what: Exported

    def do(self, at: At) -> None:
        """Whoever may not see the day takes along only what tells no small group (P-23)."""
        if not (self.what.masked or may(at.colleague.role, Action.SEE_DAY)):
            raise NotAllowed(Action.SEE_DAY)
        report_exported(at.conn, at.author, at.desk.corner_id, self.what)
