"""A trainer has seen that somebody does what they say: that makes "declared" into "confirmed"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from models.assessment.draft import Part
from models.assessment.taking import taken_by
from models.connection import body_time
from models.log import record
from models.requests import At, Request
from models.rights import Action

_WHOSE = "select participant_id from assessment where id = ?"


class NotObserved(StrEnum):
    """Why nothing was noted."""

    UNKNOWN = "unknown"
    """This person has no such sitting."""
    OPTIONAL = "optional"
    """The optional part decides no status: there is nothing to confirm."""


@dataclass(frozen=True, slots=True)
class Observe(Request["NotObserved | None"]):
    """Say of a sitting that one has seen it, or take that back."""

    action: ClassVar[Action] = Action.OBSERVE
    assessment_id: str
    person_id: str
    seen: bool

    def do(self, at: At) -> NotObserved | None:
        """See ``observe``."""
        return observe(at, self.assessment_id, self.person_id, seen=self.seen)


def observe(at: At, assessment_id: str, person_id: str, *, seen: bool) -> NotObserved | None:
    """Note that a sitting was confirmed or is not any more; ``None`` where it is so now.

    What is so already is not noted again.
    """
    found = next((one for one in taken_by(at.conn, person_id) if one.id == assessment_id), None)
    if found is None:
        return NotObserved.UNKNOWN
    if found.part != Part.CORE:
        return NotObserved.OPTIONAL
    if found.observed == seen:
        return None
    # Of a walk-in who turned out to be the person it stays theirs: both may be separated again.
    (subject,) = at.conn.execute(_WHOSE, (assessment_id,)).fetchone()
    kind = "observation.confirmed" if seen else "observation.withdrawn"
    record(at.conn, at.author, kind, "assessment", assessment_id, {"at": body_time(at.now)}, subject=subject)
    return None
