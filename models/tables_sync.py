"""The tables of sharing: how far this kiosk and the hub are, and what the hub does not take.

The first two are no projections: they say how things stand between this file and the hub, not what happened.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlmodel import Field

from models.tables_base import Kiosk


class SyncState(Kiosk, table=True):
    """One row: where this kiosk stands with the hub."""

    __tablename__ = "sync_state"

    id: int = Field(default=1, primary_key=True)
    timeline: str = ""
    """Which life of the hub the numbers are of; a hub that was restored begins a new one."""
    cursor: int = Field(default=0, sa_type=BigInteger)
    """The hub's number up to which everything is here."""
    known_seq: int = Field(default=0, sa_type=BigInteger)
    """The greatest number of the hub's that is known here, also of what was only sent ..."""
    known_id: str = ""
    """... and whose it is: a hub that was put back without a word gives it to another row."""
    clock: int = Field(default=0, sa_type=BigInteger)
    """The latest logical time of any row that came from elsewhere: what is written here comes after it."""
    heard_at: datetime | None = None
    """When the hub last answered, by the clock of this kiosk."""
    answered_at: datetime | None = None
    """When it wrote that, by its own clock: which of two answers that were carried is the later."""
    skew_ms: int | None = None
    """How far this kiosk's clock is ahead of the hub's, in milliseconds."""
    revoked: bool = False
    """The hub takes what is still to be sent, and gives nothing any more."""
    may_erase: bool = True
    """Whether the hub takes an erasure from this kiosk."""
    trouble: str = ""
    """A word for why the last round did not come to its end; empty where it did."""
    renew: bool = False
    """Another file goes on under the same kiosk's id: this one takes a new id when it starts next."""


class SyncRefused(Kiosk, table=True):
    """A row of the log that the hub does not take: kept here, and offered again when somebody says so."""

    __tablename__ = "sync_refused"

    change_id: str = Field(primary_key=True, sa_type=String(32))
    why: str
    """A word of the hub; a newer one may know more."""
    at: datetime


class RefusalSeen(Kiosk, table=True):
    """Somebody has looked at a row that the hub does not take; if it is refused once more, that is news."""

    __tablename__ = "refusal_seen"
    __table_args__ = (Index("refusal_seen_of_row", "change_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    change_id: str = Field(sa_type=String(32))
    at: datetime
    actor: str
