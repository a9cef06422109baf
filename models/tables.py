"""The tables: one append-only log, and projections that are a pure function of it.

SQLModel defines them once for SQLite and PostgreSQL. Nothing writes a projection except
``models.projections``; table classes do not validate, so what comes from outside passes an input
model first.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text, text
from sqlmodel import Field

from models.codes import Form
from models.tables_base import Kiosk, give_defaults_to_the_database, one_of
from models.words import (
    AUDIENCES,
    BOOKING_STATUSES,
    EVENT_KINDS,
    HALF_DAY_STATUSES,
    REFUSALS,
    ROLES,
    SOURCES,
    WAYS,
)


class Change(Kiosk, table=True):
    """One row of the log: ledger, audit trail and outbox at once."""

    __tablename__ = "change"
    __table_args__ = (
        Index("change_by_origin", "origin", "seq"),
        # What files have said of a thing; rows that people write do not pay for it.
        Index("change_by_import", "entity_id", "n", sqlite_where=text("actor = 'import'")),
        Index("change_of_keys", "n", sqlite_where=text("kind = 'key.shared'")),
        # The outbox: what the hub has given no number yet.
        Index("change_to_send", "n", sqlite_where=text("hub_seq is null")),
    )

    n: int = Field(primary_key=True)
    """Local number, grows without gaps on one kiosk."""
    id: str = Field(unique=True, sa_type=String(32))
    """UUIDv7 in hexadecimal, the only idempotency key."""
    origin: str = Field(sa_type=String(32))
    """The kiosk that wrote it."""
    seq: int
    """Number of the row among those of its origin, from 1; the chain is walked by it on every replica."""
    hlc: int = Field(sa_type=BigInteger)
    """Hybrid logical clock: milliseconds << 16, never goes back."""
    stamp: int | None = Field(default=None, sa_type=BigInteger)
    """The hub's word on ``hlc``; null until sent."""
    hub_seq: int | None = Field(default=None, sa_type=BigInteger)
    """The hub's number; null is still to send."""
    kind: str
    entity: str
    entity_id: str
    subject: str | None = Field(default=None, sa_type=String(32))
    """The person whom the row is about: what an erasure names. Opaque, and stays when the body goes."""
    body: str = Field(sa_type=Text)
    """Opaque JSON, carried byte for byte; empty once erased."""
    actor: str
    """Who: a staff id, ``participant`` or ``system``."""
    schema_v: int
    redacted: int = 0
    salt: str
    """Random; erased with the body, so that a short body cannot be guessed from its digest."""
    digest: str
    """SHA-256 of salt and body; stays when they are erased, so the chain stays whole."""
    chain: str
    """SHA-256 over the row before of the same origin and this row."""


class Identity(Kiosk, table=True):
    """Which kiosk this database belongs to: one row, the only table that is not a projection."""

    __tablename__ = "identity"

    id: int = Field(default=1, primary_key=True)
    kiosk_id: str = Field(sa_type=String(32))


class Register(Kiosk, table=True):
    """Every write with the fields that nothing has replaced: one is the value, several a conflict."""

    __tablename__ = "register"

    entity_id: str = Field(primary_key=True)
    change_id: str = Field(primary_key=True, sa_type=String(32))
    fields: str = Field(sa_type=Text)
    """JSON object of field and value."""


class Replaced(Kiosk, table=True):
    """Writes that another write names as seen; they may arrive after it."""

    __tablename__ = "replaced"

    change_id: str = Field(primary_key=True, sa_type=String(32))
    field: str = Field(primary_key=True)


class Corner(Kiosk, table=True):
    """A SmartCorner site."""

    __tablename__ = "corner"

    id: str = Field(primary_key=True)
    name: str = ""


class Participant(Kiosk, table=True):
    """A person who comes to workshops: the minimum that a requirement needs, no more."""

    __tablename__ = "participant"
    __table_args__ = (one_of("audience", AUDIENCES),)

    id: str = Field(primary_key=True, sa_type=String(32))
    reference: str = Field(default="", index=True)
    """Opaque reference of the booking office; never a national number."""
    first_name: str = ""
    last_name: str | None = None
    language: str = "fr"
    audience: str = "jobseeker"
    merged_into: str = Field(default="", sa_type=String(32), index=True)
    """The known person that this walk-in turned out to be; empty for everybody else."""


class Workshop(Kiosk, table=True):
    """One edition of a programme at a corner."""

    __tablename__ = "workshop"

    id: str = Field(primary_key=True, sa_type=String(32))
    corner_id: str = ""
    programme: str = ""
    """Programme id of the catalogue."""
    name: str = ""


class HalfDay(Kiosk, table=True):
    """One dated sitting of a workshop; attendance is per person and per half-day."""

    __tablename__ = "half_day"
    __table_args__ = (
        one_of("status", HALF_DAY_STATUSES),
        Index("half_day_by_corner", "corner_id", "starts_at"),
    )

    id: str = Field(primary_key=True, sa_type=String(32))
    workshop_id: str = Field(default="", sa_type=String(32))
    corner_id: str = ""
    programme: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str | None = None
    capacity: int = 0
    status: str = "planned"
    uid: str | None = Field(default=None, index=True)
    """The calendar's own id, where the half-day came from one."""
    facilitators: str | None = None
    """First names of who leads it, as they stand on the welcome."""


class Booking(Kiosk, table=True):
    """A person's place in a half-day, or their turn on its waiting list."""

    __tablename__ = "booking"
    __table_args__ = (
        one_of("source", SOURCES),
        one_of("status", BOOKING_STATUSES),
        Index("booking_by_person", "participant_id", "half_day_id"),
        Index("booking_by_half_day", "half_day_id", "status"),
    )

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(default="", sa_type=String(32))
    half_day_id: str = Field(default="", sa_type=String(32))
    source: str = "counsellor"
    booked_by: str | None = None
    status: str = "booked"
    asked_at: datetime | None = None
    """When a walk-in asked; the order of the waiting list."""
    confirmed_at: datetime | None = None
    """When somebody of the team confirmed a walk-in."""


class Code(Kiosk, table=True):
    """A card or a short code of a person, kept only as HMAC-SHA-256."""

    __tablename__ = "code"
    __table_args__ = (one_of("form", tuple(Form)), Index("code_by_person", "participant_id", "form"))

    id: str = Field(primary_key=True, sa_type=String(32))
    participant_id: str = Field(default="", sa_type=String(32))
    form: str = Form.CARD
    digest: str = Field(default="", index=True)
    key_id: str = ""
    """Fingerprint of the key under which the digest was made: a code of another key opens nothing."""
    issued_at: datetime | None = None
    revoked_at: datetime | None = None


class AttendanceEvent(Kiosk, table=True):
    """One event of the attendance ledger; state, lateness and hours are derived from all of them."""

    __tablename__ = "attendance_event"
    __table_args__ = (
        one_of("kind", EVENT_KINDS, one_by_one=True),
        one_of("way", WAYS, one_by_one=True),
        Index("attendance_by_person", "half_day_id", "person_id"),
        Index("attendance_of_person", "person_id"),
        Index("attendance_by_kiosk", "kiosk_id", "stored_at"),
    )

    id: str = Field(primary_key=True, sa_type=String(32))
    """The id of its row in the log."""
    kiosk_id: str = Field(sa_type=String(32))
    participant_id: str = Field(sa_type=String(32))
    half_day_id: str = Field(sa_type=String(32))
    kind: str
    at: datetime
    """When it happened, by the device's clock."""
    stored_at: datetime
    way: str
    actor: str
    reason: str | None = None
    annuls: str | None = Field(default=None, sa_type=String(32))
    """The event that this one cancels."""
    clock_sure: bool = True
    person_id: str = Field(default="", sa_type=String(32))
    """The participant, or the known person that they were merged into: what readers count by."""
    act: str | None = Field(default=None, sa_type=String(32))
    """What was done in one touch has one act; null where the event is one by itself."""
    undoes: str | None = Field(default=None, sa_type=String(32))
    """The act that this one takes back."""


class CodeRefusal(Kiosk, table=True):
    """A typed or shown code that opened nothing; what was typed is not kept (P-07)."""

    __tablename__ = "code_refusal"
    __table_args__ = (
        one_of("why", REFUSALS),
        Index("code_refusal_by_time", "kiosk_id", "at"),
        Index("code_refusal_by_moment", "at"),
    )

    id: str = Field(primary_key=True, sa_type=String(32))
    kiosk_id: str = Field(sa_type=String(32))
    at: datetime
    form: str
    why: str


class CodePause(Kiosk, table=True):
    """A time during which typed codes are not looked up on one kiosk."""

    __tablename__ = "code_pause"
    __table_args__ = (Index("code_pause_by_time", "kiosk_id", "until"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    kiosk_id: str = Field(sa_type=String(32))
    at: datetime
    until: datetime
    why: str
    """``unknown``: too many unknown codes; ``tries``: too many tries within a minute."""


class HelpCall(Kiosk, table=True):
    """Somebody at the kiosk needs a person of the team."""

    __tablename__ = "help_call"
    __table_args__ = (Index("help_call_by_time", "at"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    kiosk_id: str = Field(sa_type=String(32))
    at: datetime
    why: str
    """A word of ``models.help``, or an answer that a person must see to; a newer version may know more."""
    screen: str = ""
    """The screen on which help was asked for."""
    people: str = ""
    """Ids of the people meant, with blanks between; empty where nobody is known."""


class HelpSettled(Kiosk, table=True):
    """Somebody of the team has seen to a call."""

    __tablename__ = "help_settled"
    __table_args__ = (Index("help_settled_by_call", "call_id"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    call_id: str = Field(sa_type=String(32))
    at: datetime
    actor: str


class StaffMember(Kiosk, table=True):
    """An account of the staff side; the PIN is kept as Argon2id."""

    __tablename__ = "staff_member"
    __table_args__ = (one_of("role", ROLES),)

    id: str = Field(primary_key=True, sa_type=String(32))
    name: str = ""
    role: str = "facilitator"
    pin: str = ""
    closed_at: datetime | None = None
    """Since when the account opens nothing any more."""


class PinAttempt(Kiosk, table=True):
    """A PIN that was tried, right or wrong, for the delay after wrong ones."""

    __tablename__ = "pin_attempt"
    __table_args__ = (Index("pin_attempt_by_time", "kiosk_id", "at"),)

    id: str = Field(primary_key=True, sa_type=String(32))
    kiosk_id: str = Field(sa_type=String(32))
    at: datetime
    right: bool
    staff_id: str | None = None
    """Whose account was tried."""


from models import (  # noqa: E402 (they belong to the same schema)
    tables_assessment,  # noqa: F401
    tables_erased,  # noqa: F401
    tables_path,  # noqa: F401
    tables_review,  # noqa: F401
    tables_sync,  # noqa: F401
    tables_team,  # noqa: F401
)

give_defaults_to_the_database()
