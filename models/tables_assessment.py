"""The tables of the self-assessment: what was kept, what a trainer has seen, and what was broken off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlmodel import Field

from models.tables_base import Kiosk, one_of
from models.words import CHECKED, OBSERVED, PARTS


class Assessment(Kiosk, table=True):
    """One sitting of a person, as they answered; levels are derived from it."""

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("part", PARTS),
        one_of("spotted", CHECKED),
        one_of("copied", CHECKED),
        Index("assessment_of_person", "participant_id", "at"),
        Index("assessment_of_corner", "corner_id", "at"),
    )

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    corner_id: str
    at: datetime
    part: str
    framework: str
    """Version of DigComp."""
    bank: str
    """Version of the wording."""
    simple: str
    """A sign a competence, in the framework's order: 0, 1, 2, ``?`` not understood, ``-`` not asked."""
    defined: str
    """The same of the well-defined tasks."""
    spotted: str | None = None
    """What the exercise with the messages came to."""
    copied: str | None = None


class Observation(Kiosk, table=True):
    """A trainer has seen that it is so, or takes that back."""

    __tablename__ = "observation"
    __table_args__ = (one_of("kind", OBSERVED), Index("observation_of_assessment", "assessment_id"))

    id: str = Field(primary_key=True, sa_type=String(32))
    assessment_id: str = Field(sa_type=String(32))
    kind: str
    at: datetime
    actor: str


class Unfinished(Kiosk, table=True):
    """What somebody has said today and not finished: no projection, and never in the log."""

    __tablename__ = "unfinished"

    participant_id: str = Field(primary_key=True, sa_type=String(32))
    at: datetime
    draft: str = Field(sa_type=Text)
    """JSON of ``models.assessment.draft``."""
