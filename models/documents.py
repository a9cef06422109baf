"""What the corner puts on paper: the sheet of a half-day, and one person's certificate over a period.

Pure data, reckoned from the ledger as the roster is; how it looks on a page is told in ``kiosk.paper``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from assets.languages import BRUSSELS, local
from models.accounts import staff_name
from models.answers import Sitting
from models.attended import counted_once, minutes_of
from models.connection import body_time, db_time
from models.half_days import SITTING, beside, sitting_of
from models.ledger import events_of
from models.log import Author, record
from models.names import NAMELESS, folded
from models.policy import Policy
from models.reckoning import EXPECTED, Part, Reckoning, reckon
from models.requests import At, NotAllowed, Request
from models.rights import Action, may
from models.roster import HalfDayRoster, Signature, roster_of
from models.settling import is_closed

if TYPE_CHECKING:
    from models.connection import Connection

SHEET, CERTIFICATE, CARD, RESULT, PATH = "sheet", "certificate", "card", "result", "path"
"""The words of ``models.words.DOCUMENTS``."""

_ACTIONS = {
    SHEET: Action.PRINT_SHEET,
    CERTIFICATE: Action.PRINT_CERTIFICATE,
    CARD: Action.GIVE_CARD,
    RESULT: Action.SEE_ASSESSMENT,
    PATH: Action.SEE_PATH,
}
_ENTITIES = {
    SHEET: "half_day",
    CERTIFICATE: "participant",
    CARD: "participant",
    RESULT: "participant",
    PATH: "participant",
}

_NAMES = "select id, first_name, last_name from participant where id in ({0})"
_PERSON = (
    "select p.id, p.first_name, p.last_name, p.reference from participant w"
    " join participant p on p.id = coalesce(nullif(w.merged_into, ''), w.id) where w.id = ?"
)
# Whatever became of a booking or of the half-day: whoever came has come.
_HALF_DAYS = (
    f"select {SITTING}, exists (select 1 from settlement s where s.half_day_id = h.id) from half_day h"
    " where h.corner_id = ? and h.starts_at >= ? and h.starts_at < ? and h.ends_at <= ?"
    " and exists (select 1 from attendance_event e where e.half_day_id = h.id and e.person_id = ?)"
    " order by h.starts_at, h.id"
)
_MADE = (
    "select 1 from document where kind = 'certificate' and first_day = ?2 and last_day = ?3 and subject_id in"
    " (select ?1 union select id from participant where merged_into = ?1)"
)

FIRST_DAY = date(2000, 1, 1)
"""Earlier than anything that a kiosk knows."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One person of a half-day. Nothing else shows the family name."""

    person_id: str
    first_name: str
    last_name: str
    """Empty where nobody has said."""
    reference: str
    walk_in: bool
    reckoning: Reckoning


@dataclass(frozen=True, slots=True)
class Sheet:
    """A half-day on paper, as the ledger knows it at this moment."""

    half_day: Sitting
    capacity: int
    booked: int
    cancelled: bool
    lines: tuple[SheetLine, ...]
    """By family name, then by first name; whoever waits for a place is left out unless they came."""
    signed: Signature | None
    """When it was closed, and the hash of the figures that were signed."""
    signed_by: str
    """Name of whoever closed it; empty as long as nobody has."""
    corrected: bool
    """Whether it has changed since it was closed: the figures are no longer those that were signed."""

    @property
    def facilitators(self) -> tuple[str, ...]:
        """First names of the animators."""
        return tuple(name for part in self.half_day.facilitators.split(",") if (name := part.strip()))

    @property
    def came(self) -> int:
        """How many have an arrival that stands."""
        return sum(line.reckoning.arrived_at is not None for line in self.lines)

    @property
    def noted(self) -> bool:
        """Whether the ledger says anything about anybody."""
        return any(line.reckoning.state != EXPECTED for line in self.lines)

    @property
    def minutes(self) -> int:
        """All minutes of all people."""
        return sum(line.reckoning.minutes for line in self.lines)


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One half-day on which somebody was there."""

    half_day: Sitting
    parts: tuple[Part, ...]
    """The times that count."""
    minutes: int
    settled: bool
    """Whether the half-day has been closed; until then the figure may still change."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One person's half-days at a corner over a period."""

    person_id: str
    first_name: str
    last_name: str
    reference: str
    first: date
    last: date
    lines: tuple[CertificateLine, ...]
    quarter: int
    """Minutes to whose nearest multiple the total is rounded; 1: it is not."""
    duplicate: bool
    """Whether one was made before for the same person and period."""

    @property
    def minutes(self) -> int:
        """The sum of the lines, to the minute."""
        return sum(line.minutes for line in self.lines)

    @property
    def rounded(self) -> int:
        """The sum rounded once, at the end; a half goes up."""
        return (2 * self.minutes + self.quarter) // (2 * self.quarter) * self.quarter

    @property
    def provisional(self) -> bool:
        """Whether any half-day of it has not been closed yet."""
        return not all(line.settled for line in self.lines)


# ---- what is known


def sheet_of(conn: Connection, half_day_id: str, policy: Policy, now: datetime) -> Sheet | None:
    """The sheet of a half-day; ``None`` where there is none, or one that was cancelled and holds nothing."""
    roster = roster_of(conn, half_day_id, policy, now)
    return None if roster is None else sheet_of_roster(conn, roster)


def sheet_of_roster(conn: Connection, roster: HalfDayRoster) -> Sheet:
    """A roster with family names, for paper."""
    people = [person for person in roster.people if not person.waiting]
    marks = ", ".join("?" * len(people))
    found = conn.execute(_NAMES.format(marks), tuple(person.person_id for person in people))
    names = {row[0]: (row[1] or NAMELESS, row[2] or "") for row in found}
    lines = [
        SheetLine(
            person.person_id,
            *names.get(person.person_id, ("", "")),
            person.reference,
            person.walk_in,
            person.reckoning,
        )
        for person in people
    ]
    signed, half_day = roster.signed, roster.half_day
    signer = staff_name(conn, signed.actor) if signed else ""
    return Sheet(
        half_day=half_day,
        capacity=roster.capacity,
        booked=roster.booked,
        cancelled=roster.cancelled,
        lines=tuple(sorted(lines, key=_by_name)),
        signed=signed,
        signed_by=signer,
        corrected=signed is not None and not is_closed(conn, roster),
    )


def _by_name(line: SheetLine) -> tuple[str, str, str]:
    """Whoever has told no family name stands where the first name would."""
    return folded(line.last_name or line.first_name), folded(line.first_name), line.person_id


def certificate_of(
    conn: Connection,
    corner_id: str,
    person_id: str,
    first: date | None,
    last: date,
    policy: Policy,
    now: datetime,
) -> Certificate | None:
    """One person's certificate over two days and all between; ``None`` for whom nobody knows.

    Each minute counts once, also where somebody was noted in two half-days at the same time.

    Only half-days of this corner that are over, with at least a minute. Where ``first`` is ``None``, from
    the person's first half-day on. A walk-in who turned out to be somebody counts as that person.
    """
    known = conn.execute(_PERSON, (person_id,)).fetchone()
    if known is None:
        return None
    person_id, first_name, last_name, reference = known
    start = datetime.combine(first or FIRST_DAY, time(), BRUSSELS)
    end = datetime.combine(last + timedelta(days=1), time(), BRUSSELS)
    found = conn.execute(
        _HALF_DAYS, (corner_id, db_time(start), db_time(end), db_time(now), person_id)
    ).fetchall()
    reckoned = []
    for row in found:
        sitting, (settled,) = sitting_of(row), beside(row)
        reckoning = reckon(events_of(conn, sitting.id, person_id), sitting, policy, now)
        reckoned.append((sitting, reckoning.parts, bool(settled)))
    once = counted_once((sitting, parts) for sitting, parts, _ in reckoned)
    lines = [
        CertificateLine(sitting, parts, minutes, settled)
        for (sitting, _, settled), parts in zip(reckoned, once, strict=True)
        if (minutes := minutes_of(parts))
    ]
    if first is None:
        first = min((local(line.half_day.starts_at).date() for line in lines), default=last)
    made = conn.execute(_MADE, (person_id, first.isoformat(), last.isoformat())).fetchone()
    return Certificate(
        person_id=person_id,
        first_name=first_name,
        last_name=last_name or "",
        reference=reference or "",
        first=first,
        last=last,
        lines=tuple(lines),
        quarter=policy.quarter,
        duplicate=made is not None,
    )


def document_made(
    conn: Connection,
    author: Author,
    kind: str,
    subject_id: str,
    sha256: str,
    first: date | None = None,
    last: date | None = None,
) -> None:
    """Write into the log that a paper was made, about what, over which days, with which bytes (P-24)."""
    body = {
        "what": kind,
        "at": body_time(author.now),
        "hash": sha256,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
    entity = _ENTITIES[kind]
    subject = subject_id if entity == "participant" else None
    record(conn, author, "document.made", entity, subject_id, body, subject=subject)


# ---- what the team's screens ask for


@dataclass(frozen=True, slots=True)
class SheetFor(Request[Sheet | None]):
    """The sheet of a half-day."""

    action: ClassVar[Action] = Action.PRINT_SHEET
    writes: ClassVar[bool] = False
    half_day_id: str

    def do(self, at: At) -> Sheet | None:
        """See ``sheet_of``."""
        return sheet_of(at.conn, self.half_day_id, at.desk.policy, at.now)


@dataclass(frozen=True, slots=True)
class CertificateFor(Request[Certificate | None]):
    """A person's certificate; from their first half-day on where no day is named, and until today."""

    action: ClassVar[Action] = Action.PRINT_CERTIFICATE
    writes: ClassVar[bool] = False
    person_id: str
    first: date | None = None
    last: date | None = None

    def do(self, at: At) -> Certificate | None:
        """See ``certificate_of``."""
        last = self.last or local(at.now).date()
        corner = at.desk.corner_id
        return certificate_of(at.conn, corner, self.person_id, self.first, last, at.desk.policy, at.now)


@dataclass(frozen=True, slots=True)
class DocumentMade(Request[None]):
    """A paper was made: who, where and when goes into the log."""

    # Every role that may print anything may print a sheet; the paper's own action is asked for in ``do``.
    action: ClassVar[Action] = Action.PRINT_SHEET
    kind: str
    subject_id: str
    hash: str
    """SHA-256 of the file."""
    first: date | None = None
    last: date | None = None

    @property
    def reaches(self) -> str:
        """A sheet's half-day."""
        return self.subject_id if self.kind == SHEET else ""

    @property
    def about(self) -> str:
        """Whose certificate, card or result it is."""
        return "" if self.kind == SHEET else self.subject_id

    def do(self, at: At) -> None:
        """See ``document_made``."""
        action = _ACTIONS[self.kind]
        if not may(at.colleague.role, action):
            raise NotAllowed(action)
        document_made(at.conn, at.author, self.kind, self.subject_id, self.hash, self.first, self.last)
