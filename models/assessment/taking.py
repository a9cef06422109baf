"""Keeping a sitting, and reading what a person has kept: one row of the log a sitting, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assets.assessment import Thresholds, framework
from models.assessment.checks import Check, Checks, Done
from models.assessment.draft import Draft, Part
from models.assessment.levels import Answers
from models.assessment.result import Result, result
from models.assessment.signs import answers_of
from models.assessment.unfinished import forget_unfinished
from models.connection import body_time, from_db_time
from models.log import Author, record

if TYPE_CHECKING:
    from models.connection import Connection

_TAKEN = (
    "select a.id, a.at, a.part, a.framework, a.bank, a.simple, a.defined, a.spotted, a.copied,"
    " (select o.kind from observation o join change c on c.id = o.id where o.assessment_id = a.id"
    " order by coalesce(c.stamp, c.hlc) desc, c.hlc desc, c.origin desc, c.id desc limit 1)"
    " from assessment a where a.participant_id = ?1"
    " or a.participant_id in (select id from participant where merged_into = ?1) order by a.at, a.id"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A sitting that was kept."""

    id: str
    at: datetime
    part: str
    framework: str
    bank: str
    answers: Answers
    checks: Checks
    observed: bool
    """Whether a trainer has ticked that they saw it."""

    def result(self, thresholds: Thresholds, further: Answers | None = None) -> Result:
        """What it came to."""
        return result(self.answers, self.checks, thresholds, observed=self.observed, further=further)


def take(conn: Connection, author: Author, corner_id: str, person_id: str, draft: Draft) -> str:
    """Keep a sitting of a person, whole or in part; returns its id. What was unfinished is no more.

    Raises:
        ValueError: nothing has been answered.
    """
    if not draft.begun:
        raise ValueError("nothing has been answered")
    body = {
        "at": body_time(author.now),
        "corner": corner_id,
        "part": draft.part,
        "framework": framework().version,
        "bank": draft.bank,
        "answers": draft.answers,
        "checks": draft.checks,
    }
    row = record(conn, author, "assessment.taken", "participant", person_id, body, subject=person_id)
    forget_unfinished(conn, person_id)
    return row.id


def taken_by(conn: Connection, person_id: str) -> tuple[Taken, ...]:
    """Everything that a person has kept, also as a walk-in who turned out to be them; the first one first."""
    return tuple(
        Taken(
            id=row[0],
            at=from_db_time(row[1]),
            part=row[2],
            framework=row[3],
            bank=row[4],
            answers=answers_of(row[5], row[6]),
            checks=checks_of(row[7], row[8]),
            observed=row[9] == "confirmed",
        )
        for row in conn.execute(_TAKEN, (person_id,))
    )


def first_answers(conn: Connection, person_id: str) -> frozenset[str]:
    """The items that a person has answered in their first sitting: a later one asks them again."""
    first = next((one for one in taken_by(conn, person_id) if one.part == Part.CORE), None)
    if first is None:
        return frozenset()
    return frozenset(item for item, value in first.answers.items() if value is not None)


def checks_of(spotted: str | None, copied: str | None) -> Checks:
    """The outcomes behind the columns of the table."""
    kept = {Check.SPOT: spotted, Check.COPY: copied}
    return {check: Done(done) for check, done in kept.items() if done}
