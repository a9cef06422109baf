"""One person and one of their half-days, as the team sees them: what is noted, by whom, and what counts.

Facts without words; never a family name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from assets.languages import local
from models.answers import Sitting
from models.cards import held_codes, newest
from models.codes import Form
from models.connection import from_db_time
from models.erased import is_erased
from models.figures import Standing, corrections, signed_standing
from models.half_days import SITTING, beside, sitting_of
from models.ledger import events_of
from models.marking import sitting_by_id
from models.names import shown_name
from models.person_events import PersonEvent, person_events
from models.policy import Policy
from models.reckoning import Reckoning, reckon
from models.requests import NEAR, At, Request
from models.rights import Action, may
from models.roster import roster_of
from models.settling import closings_of

if TYPE_CHECKING:
    from models.connection import Connection

_PERSON = (
    "select id, reference, first_name, last_name, language, audience from participant where id ="
    " (select coalesce(nullif(merged_into, ''), id) from participant where id = ?)"
)
_MERGED = "select id, first_name, last_name from participant where merged_into = ? order by id"
_ORIENTATION = (
    "select o.programme, o.note, o.at, s.name from orientation o left join staff_member s on s.id = o.actor"
    " where o.participant_id in ({0}) order by o.at desc, o.id desc limit 1"
)
_BOOKINGS = (
    f"select {SITTING}, h.status, b.status, b.source, b.confirmed_at, b.participant_id from booking b"
    " join half_day h on h.id = b.half_day_id"
    " where b.participant_id in ({0}) and h.corner_id = ? and h.starts_at is not null"
    " order by h.starts_at, h.id, b.participant_id <> ?"
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What somebody of the team thinks the person should do next."""

    programme: str
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class NearBooking:
    """A half-day of this corner that the person has or had a place in."""

    half_day: Sitting
    status: str
    source: str
    cancelled: bool
    """The half-day itself."""
    reckoning: Reckoning


@dataclass(frozen=True, slots=True)
class Signed:
    """When somebody closed the half-day, what they stood for, and what the figures say of the person now."""

    at: datetime
    by: str
    before: Standing | None = None
    """``None`` where another version wrote figures that this one cannot read."""
    after: Standing | None = None
    """``None`` where it is what was signed."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything that the person's page shows."""

    person_id: str
    name: str
    """``Binta O.``"""
    reference: str
    """Of the booking office; empty for a walk-in whom nobody has found there."""
    language: str
    audience: str
    half_day: Sitting
    policy: Policy
    """The numbers that it was reckoned with."""
    reckoning: Reckoning
    events: tuple[PersonEvent, ...]
    status: str = ""
    """Of the booking of this half-day; empty where there is none."""
    walked_in: bool = False
    """Came to this half-day without a booking."""
    confirmed: bool = True
    merged: tuple[str, ...] = ()
    """Names of the walk-ins who turned out to be this person: both stay in the ledger."""
    card: datetime | None = None
    """Since when a card works; ``None`` where none does."""
    short_code: datetime | None = None
    orientation: Advice | None = None
    near: tuple[NearBooking, ...] = ()
    """From yesterday to tomorrow; all of this corner for who may see any day (P-20)."""
    signed: Signed | None = None
    erasable: bool = False
    """Whether whoever looks may erase the person."""

    @property
    def known(self) -> bool:
        """Known to the booking office."""
        return bool(self.reference)

    @property
    def differs(self) -> bool:
        """Whether the ledger says something else now than what was signed."""
        return self.signed is not None and self.signed.after is not None


@dataclass(frozen=True, slots=True)
class SeePerson(Request["PersonPage | None"]):
    """Show one person on one half-day."""

    action: ClassVar[Action] = Action.SEE_PERSON
    writes: ClassVar[bool] = False
    half_day_id: str
    person_id: str

    def do(self, at: At) -> PersonPage | None:
        """See ``person_page``."""
        return person_page(at, self.half_day_id, self.person_id)


def person_page(at: At, half_day_id: str, person_id: str) -> PersonPage | None:
    """One person's page; ``None`` where nothing ties them to this half-day.

    A walk-in who turned out to be somebody else is shown as that person.
    """
    sitting = sitting_by_id(at, half_day_id)
    row = at.conn.execute(_PERSON, (person_id,)).fetchone()
    if sitting is None or row is None or is_erased(at.conn, row[0]):
        return None
    person_id, reference, first, last, language, audience = row
    aliases = {
        alias: shown_name(alias_first, alias_last)
        for alias, alias_first, alias_last in at.conn.execute(_MERGED, (person_id,))
    }
    events = person_events(at, half_day_id, person_id, aliases)
    bookings = _bookings(at, person_id, tuple(aliases))
    here = [booking for booking in bookings if booking[0].id == half_day_id]
    if not events and not here:
        return None
    status, source, confirmed = here[0][2:5] if here else ("", "", None)
    return PersonPage(
        person_id=person_id,
        name=shown_name(first, last),
        reference=reference,
        language=language,
        audience=audience,
        half_day=sitting,
        policy=at.desk.policy,
        reckoning=_reckoning(at, sitting, person_id),
        events=events,
        status=status,
        walked_in=source == "walk_in",
        confirmed=source != "walk_in" or confirmed is not None,
        merged=tuple(aliases.values()),
        card=_code(at, person_id, Form.CARD),
        short_code=_code(at, person_id, Form.SHORT),
        orientation=_orientation(at.conn, (person_id, *aliases)),
        near=tuple(
            NearBooking(half_day, status, source, held == "cancelled", _reckoning(at, half_day, person_id))
            for half_day, held, status, source, _ in bookings
            if _is_near(at, half_day)
        ),
        signed=_signed(at, half_day_id, person_id),
        erasable=may(at.colleague.role, Action.ERASE),
    )


def _reckoning(at: At, sitting: Sitting, person_id: str) -> Reckoning:
    return reckon(events_of(at.conn, sitting.id, person_id), sitting, at.desk.policy, at.now)


def _bookings(
    at: At, person_id: str, aliases: tuple[str, ...]
) -> list[tuple[Sitting, str, str, str, str | None]]:
    """Bookings of this corner as (half-day, its status, status, source, confirmed), one for each half-day.

    The person's own comes before that of a walk-in who turned out to be them.
    """
    people = (person_id, *aliases)
    marks = ", ".join("?" * len(people))
    found = at.conn.execute(_BOOKINGS.format(marks), (*people, at.desk.corner_id, person_id))
    bookings: dict[str, tuple[Sitting, str, str, str, str | None]] = {}
    for row in found:
        held, status, source, confirmed, _ = beside(row)
        bookings.setdefault(row[0], (sitting_of(row), held, status, source, confirmed))
    return list(bookings.values())


def _is_near(at: At, half_day: Sitting) -> bool:
    days = abs(local(half_day.starts_at).date() - local(at.now).date())
    return days <= NEAR or may(at.colleague.role, Action.ANY_DAY)


def _code(at: At, person_id: str, form: Form) -> datetime | None:
    """Since when a code of this form opens something."""
    code = newest(held_codes(at, person_id), form)
    return code.issued_at if code else None


def _orientation(conn: Connection, people: tuple[str, ...]) -> Advice | None:
    marks = ", ".join("?" * len(people))
    row = conn.execute(_ORIENTATION.format(marks), people).fetchone()
    return Advice(row[0], row[1], from_db_time(row[2]), row[3] or "") if row else None


def _signed(at: At, half_day_id: str, person_id: str) -> Signed | None:
    """What was signed of a person, as the closing screen shows it."""
    closings = closings_of(at.conn, half_day_id)
    roster = roster_of(at.conn, half_day_id, at.desk.policy, at.now) if closings else None
    if roster is None:
        return None
    last = closings[-1]
    if last.figures is None:
        return Signed(last.at, last.name)
    before = signed_standing(at.conn, last.figures, person_id)
    differing = corrections(at.conn, roster, last.figures)
    after = next((one.after for one in differing if one.person_id == person_id), None)
    return Signed(last.at, last.name, before, after)
