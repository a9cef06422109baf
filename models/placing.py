"""What becomes of a request for a place: somebody of the team gives it, declines it, or takes it back.

A facilitator sees half-days of yesterday, today and tomorrow (P-20). A request for a coming workshop is the
exception: of a later half-day of their corner they see who has asked, and nothing else. The requests
therefore name no half-day in reach; each looks itself whether what it decides is of this corner and open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.connection import body_time, db_time, from_db_time
from models.half_days import not_merged
from models.ids import named_id
from models.log import record
from models.names import shown_name
from models.places import Edition, edition_of, editions
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action
from models.words import CORRECTIONS

if TYPE_CHECKING:
    from models.connection import Connection

# Who waits at the door without a booking is seen to in the list of today, by whoever has them before them.
# A place that was given is one to take back until its first half-day begins: after that it is attendance.
_BOOKINGS = (
    "select b.half_day_id, b.participant_id, p.first_name, p.last_name, p.reference, b.status, b.asked_at"
    " from booking b join half_day h on h.id = b.half_day_id join participant p on p.id = b.participant_id"
    " where h.corner_id = ?1 and h.status = 'planned' and h.starts_at > ?2"
    f" and b.asked_at is not null and b.source <> 'walk_in' and {not_merged('b')}"
    " and (b.status = 'waiting' or (b.status = 'booked' and b.confirmed_at is not null and not exists"
    " (select 1 from booking o join half_day g on g.id = o.half_day_id"
    " where o.participant_id = b.participant_id and o.status = 'booked' and g.starts_at <= ?2"
    " and g.workshop_id = h.workshop_id and g.workshop_id <> '')))"
    " order by h.starts_at, h.id"
)

DECLINED = "place.declined"
"""Says why in the log, beside the bookings that it cancels (P-26); no table keeps it."""


class NotPlaced(StrEnum):
    """Why nothing was written."""

    GONE = "gone"
    """Somebody else has decided, it has begun, or it is not of this corner."""
    NEEDS_REASON = "needs_reason"
    """A word of ``models.words.CORRECTIONS``."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One person who has asked for a place in one workshop."""

    edition: Edition
    person_id: str
    name: str
    """``Binta O.``; with the reference where two on the list read the same."""
    asked_at: datetime
    waiting: tuple[str, ...] = field(repr=False)
    """Half-days for which they wait."""
    given: tuple[str, ...] = field(repr=False)
    """Half-days in which the team has given them the place."""

    @property
    def turn(self) -> int:
        """Which turn they have, from 1; 0 where they have the place."""
        return self.edition.turn(self.person_id)


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a decision."""

    refused: NotPlaced | None = None
    booked: int = 0
    """Places that are taken now."""
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class SeePlaceRequests(Request[tuple[PlaceLine, ...]]):
    """Who has asked for a place in a coming workshop of this corner."""

    action: ClassVar[Action] = Action.ADMIT
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[PlaceLine, ...]:
        """See ``place_requests``."""
        return place_requests(at.conn, at.desk.corner_id, at.now)


@dataclass(frozen=True, slots=True)
class GivePlace(Request[Placed]):
    """A place in every half-day of the edition for which somebody waits, also beyond the capacity."""

    action: ClassVar[Action] = Action.ADMIT
    asker: str
    """Id of the person."""
    wanted: str
    """Id of a half-day of the edition."""

    def do(self, at: At) -> Placed:
        """Twice is once: who waits no longer is given nothing."""
        line = _line(at, self.asker, self.wanted)
        if line is None or not line.waiting:
            return Placed(NotPlaced.GONE)
        _set(at, line, line.waiting, {"status": "booked", "confirmed_at": body_time(at.now)})
        _add(at, line)
        return _now(at, self.wanted)


@dataclass(frozen=True, slots=True)
class DeclinePlace(Request[Placed]):
    """Take somebody off the list, for a reason; what they have been given stays."""

    action: ClassVar[Action] = Action.ADMIT
    asker: str
    wanted: str
    reason: str | None = None
    """A word of ``models.words.CORRECTIONS``."""

    def do(self, at: At) -> Placed:
        """The reason stands in the log, with who it is about."""
        line = _line(at, self.asker, self.wanted)
        if line is None or not line.waiting:
            return Placed(NotPlaced.GONE)
        if self.reason not in CORRECTIONS:
            return Placed(NotPlaced.NEEDS_REASON)
        body = {"at": body_time(at.now), "half_days": list(line.waiting), "reason": self.reason}
        record(at.conn, at.author, DECLINED, "participant", self.asker, body, subject=self.asker)
        _set(at, line, line.waiting, {"status": "cancelled"})
        return _now(at, self.wanted)


@dataclass(frozen=True, slots=True)
class PutBack(Request[Placed]):
    """Somebody who was given a place waits again, with the turn that they had."""

    action: ClassVar[Action] = Action.ADMIT
    asker: str
    wanted: str

    def do(self, at: At) -> Placed:
        """As long as none of it has begun."""
        line = _line(at, self.asker, self.wanted)
        if line is None or not line.given:
            return Placed(NotPlaced.GONE)
        _set(at, line, line.given, {"status": "waiting", "confirmed_at": None})
        return _now(at, self.wanted)


def place_requests(conn: Connection, corner_id: str, now: datetime) -> tuple[PlaceLine, ...]:
    """Who waits, in the order of asking; after them whoever has been given a place that can be taken back."""
    known = {half_day.id: one for one in editions(conn, corner_id, now) for half_day in one.half_days}
    found: dict[tuple[str, str], PlaceLine] = {}
    references: dict[str, str] = {}
    for half_day, person, first, last, reference, status, asked in conn.execute(
        _BOOKINGS, (corner_id, db_time(now))
    ):
        edition, moment = known[half_day], from_db_time(asked)
        key = person, edition.first.id
        line = found.get(key) or PlaceLine(edition, person, shown_name(first, last), moment, (), ())
        here = (half_day,)
        found[key] = replace(
            line,
            # A half-day that was asked for before the others counts from then.
            asked_at=min(line.asked_at, moment),
            waiting=line.waiting + here if status == "waiting" else line.waiting,
            given=line.given if status == "waiting" else line.given + here,
        )
        references[person] = reference
    ordered = sorted(found.values(), key=lambda line: (not line.waiting, line.asked_at, line.person_id))
    return tuple(_told_apart(ordered, references))


def _told_apart(lines: Iterable[PlaceLine], references: dict[str, str]) -> Iterator[PlaceLine]:
    """People who would read the same get their reference."""
    listed = list(lines)
    alike = Counter(name for name, _ in {(line.name, line.person_id) for line in listed})
    for line in listed:
        reference = references[line.person_id] if alike[line.name] > 1 else ""
        yield replace(line, name=f"{line.name} {reference}".rstrip())


def _line(at: At, person_id: str, half_day_id: str) -> PlaceLine | None:
    """What somebody has asked for, in the edition that a half-day belongs to."""
    for line in place_requests(at.conn, at.desk.corner_id, at.now):
        if line.person_id == person_id and any(one.id == half_day_id for one in line.edition.half_days):
            return line
    return None


def _set(at: At, line: PlaceLine, half_days: Iterable[str], values: dict[str, str | None]) -> None:
    for half_day in half_days:
        booking = named_id("booking", line.person_id, half_day)
        set_fields(at.conn, at.author, "booking", booking, values, new=False, subject=line.person_id)


def _add(at: At, line: PlaceLine) -> None:
    """A place too in what was planned after they asked: a course is given whole."""
    for half_day in line.edition.half_days:
        booking = named_id("booking", line.person_id, half_day.id)
        if at.conn.execute("select 1 from booking where id = ?", (booking,)).fetchone() is None:
            values = {
                "participant_id": line.person_id, "half_day_id": half_day.id, "source": "corner",
                "status": "booked", "asked_at": body_time(line.asked_at), "confirmed_at": body_time(at.now),
            }  # fmt: skip
            set_fields(at.conn, at.author, "booking", booking, values, new=True, subject=line.person_id)


def _now(at: At, half_day_id: str) -> Placed:
    """How full it is after a decision."""
    edition = edition_of(at.conn, at.desk.corner_id, half_day_id, at.now)
    if edition is None:
        return Placed(NotPlaced.GONE)
    return Placed(None, edition.booked, edition.capacity)
