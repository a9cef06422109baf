"""The tables of the path: small steps that somebody has ticked, and whether their page on the Forem site is
made. Hours, dates and levels are derived from what is elsewhere. Projections, as all others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlmodel import Field

from models.tables_base import Kiosk, one_of
from models.words import PAGE_MADE, TICKS


class Tick(Kiosk, table=True):
    """One small step towards the page on the Forem site: done, or open again. Nothing else is kept of it."""

    __tablename__ = "tick"
    __table_args__ = (one_of("state", TICKS), Index("tick_of_person", "participant_id"))

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(default="", sa_type=String(32))
    step: str = ""
    """A word of ``assets/page_steps.json``."""
    state: str = TICKS[0]


class PageMade(Kiosk, table=True):
    """Somebody of the team has seen the person's page on the Forem site, or takes that back."""

    __tablename__ = "page_made"
    __table_args__ = (one_of("kind", PAGE_MADE), Index("page_made_of_person", "participant_id"))

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    kind: str
    at: datetime
    actor: str
