"""The ledger of erased people: a projection as all others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlmodel import Field

from models.tables_base import Kiosk


class Erased(Kiosk, table=True):
    """Somebody has been erased: what is about them and comes later is blanked by this."""

    __tablename__ = "erased"
    __table_args__ = (Index("erased_person", "participant_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    at: datetime
    actor: str
    reason: str
    """A word of ``models.words.ERASURES``."""
    audience: str = ""
    """What totals count them by."""
    merged_into: str = Field(default="", sa_type=String(32))
    """The person that this walk-in had turned out to be: what they did counts there."""
