"""The tables of the team's side: what was settled, lent, decided, printed. Projections, as all others."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlmodel import Field

from models.tables_base import Kiosk, one_of
from models.words import DOCUMENTS, EQUIPMENT_KINDS, LOANS


class Settlement(Kiosk, table=True):
    """A half-day that somebody has closed and signed, with the figures that they stood for."""

    __tablename__ = "settlement"
    __table_args__ = (Index("settlement_by_half_day", "half_day_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    half_day_id: str = Field(sa_type=String(32))
    at: datetime
    actor: str
    figures: str = Field(sa_type=Text)
    """JSON, as it was signed: totals, and each person by opaque id."""
    hash: str
    """SHA-256 of the figures."""


class ExceptionSettled(Kiosk, table=True):
    """Something odd in a half-day that somebody has looked at and let stand."""

    __tablename__ = "exception_settled"
    __table_args__ = (Index("exception_settled_by_half_day", "half_day_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    half_day_id: str = Field(sa_type=String(32))
    person_id: str = Field(default="", sa_type=String(32))
    """Empty where it is about the half-day itself."""
    what: str
    """A word of ``models.exceptions``; a newer version may know more."""
    seen: str = ""
    """What the ledger said at that moment: when it says something else, the question is open again."""
    reason: str
    at: datetime
    actor: str


class Equipment(Kiosk, table=True):
    """A tablet, a smartphone, a television or a camera of the corner."""

    __tablename__ = "equipment"
    __table_args__ = (one_of("kind", EQUIPMENT_KINDS),)

    id: str = Field(primary_key=True, sa_type=String(32))
    corner_id: str = ""
    kind: str = EQUIPMENT_KINDS[0]
    name: str = ""
    """As it is written on it: ``Tablette 3``."""
    retired_at: datetime | None = None


class Loan(Kiosk, table=True):
    """A piece of equipment was lent, or came back."""

    __tablename__ = "loan"
    __table_args__ = (one_of("kind", LOANS), Index("loan_by_equipment", "equipment_id", "at"))

    id: str = Field(primary_key=True, sa_type=String(32))
    equipment_id: str = Field(sa_type=String(32))
    kind: str
    participant_id: str = Field(default="", sa_type=String(32))
    """Who has it; empty where it is the group's."""
    half_day_id: str = Field(default="", sa_type=String(32))
    at: datetime
    actor: str


class Orientation(Kiosk, table=True):
    """What somebody of the team thinks a person should do next."""

    __tablename__ = "orientation"
    __table_args__ = (Index("orientation_of_person", "participant_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    programme: str
    """Programme id of the catalogue."""
    note: str = ""
    at: datetime
    actor: str


class Document(Kiosk, table=True):
    """A paper that was made: whom or what it is about, and what was in the file, as a hash."""

    __tablename__ = "document"
    __table_args__ = (one_of("kind", DOCUMENTS), Index("document_of_subject", "subject_id", "kind"))

    id: str = Field(primary_key=True, sa_type=String(32))
    kind: str
    subject_id: str = Field(sa_type=String(32))
    """The half-day of a sheet, the person of a certificate or a card."""
    first_day: date | None = None
    last_day: date | None = None
    at: datetime
    actor: str
    hash: str
    """SHA-256 of the file."""
