"""The tables of looking back: refused codes that somebody has looked at, and calls after an absence.

Projections, as all others.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlmodel import Field

from models.tables_base import Kiosk, one_of
from models.words import CALLS


class CodesSeen(Kiosk, table=True):
    """Somebody has looked at the codes that were refused on a kiosk from one moment to another."""

    __tablename__ = "codes_seen"
    __table_args__ = (Index("codes_seen_of_kiosk", "kiosk_id", "until"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    kiosk_id: str = Field(sa_type=String(32))
    """Where they were refused."""
    since: datetime
    until: datetime
    """The last refusal that was looked at: one after it is news."""
    at: datetime
    actor: str


class AbsenceCall(Kiosk, table=True):
    """Somebody who was absent without excuse has been called, or that is taken back."""

    __tablename__ = "absence_call"
    __table_args__ = (one_of("kind", CALLS), Index("absence_call_of_half_day", "half_day_id"))

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    half_day_id: str = Field(sa_type=String(32))
    """Of the absence."""
    kind: str
    at: datetime
    actor: str
