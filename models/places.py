"""Asking for a place in a coming workshop: a person asks at the kiosk, somebody of the team gives it.

A request is a turn on the waiting list of every half-day of the edition that is still to come: the machine
gives nothing, also where places are free. Turns count in the order in which people asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.answers import Sitting
from models.arrival import Desk
from models.connection import body_time, db_time, from_db_time
from models.half_days import BOOKED, SITTING, beside, not_merged, sitting_of
from models.ids import named_id
from models.ledger import stands_sql
from models.log import Author
from models.path.course import is_awareness, is_course
from models.registers import set_fields
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

_TO_COME = (
    f"select {SITTING}, h.workshop_id, h.capacity, {BOOKED}, h.workshop_id in"
    " (select b.workshop_id from half_day b where b.corner_id = ?1 and b.status = 'planned'"
    " and b.starts_at <= ?2 and b.workshop_id <> '')"
    " from half_day h where h.corner_id = ?1 and h.status = 'planned' and h.starts_at > ?2"
    " order by h.starts_at, h.id"
)
_TURNS = (
    "select b.half_day_id, b.participant_id, b.asked_at from booking b"
    " join half_day h on h.id = b.half_day_id"
    " where h.corner_id = ?1 and h.status = 'planned' and h.starts_at > ?2"
    f" and b.status = 'waiting' and b.asked_at is not null and {not_merged('b')}"
    " order by b.asked_at, b.id"
)
_CAME = (
    "select distinct h.programme from attendance_event e join half_day h on h.id = e.half_day_id"
    f" where e.person_id = ? and e.kind = '{Event.ARRIVED}' and {stands_sql('e')}"
)
_MINE = (
    "select b.half_day_id, b.status from booking b join half_day h on h.id = b.half_day_id"
    " where b.participant_id = ?1 and h.starts_at > ?2"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """The half-days to come of one workshop."""

    half_days: tuple[Sitting, ...]
    """By their start; at least one."""
    capacity: int
    booked: int
    """Places that are taken in its fullest half-day."""
    waiting: tuple[str, ...]
    """People who have asked for a place, in that order."""
    begun: bool = False
    """A course that has begun: whoever waits for it still does, and nobody else may ask."""

    @property
    def first(self) -> Sitting:
        """The next half-day: what the edition is known by."""
        return self.half_days[0]

    @property
    def programme(self) -> str:
        """Programme id of the catalogue."""
        return self.first.programme

    @property
    def left(self) -> int:
        """Places that nobody has and nobody waits for; never less than nought."""
        return max(0, self.capacity - self.booked - len(self.waiting))

    def turn(self, person_id: str) -> int:
        """Which turn somebody has, from 1; 0 where they have not asked."""
        return self.waiting.index(person_id) + 1 if person_id in self.waiting else 0


class NotAsked(StrEnum):
    """Why nothing was written."""

    ALREADY = "already"
    HAS_PLACE = "has_place"
    GONE = "gone"
    """It has begun, was cancelled, or never was."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of asking."""

    edition: Edition | None
    """As it is now; ``None`` where it is gone."""
    turn: int = 0
    refused: NotAsked | None = None


def editions(conn: Connection, corner_id: str, now: datetime) -> tuple[Edition, ...]:
    """Every workshop of a corner with a half-day to come, the next first."""
    turns: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for half_day_id, person, asked in conn.execute(_TURNS, (corner_id, db_time(now))):
        turns[half_day_id].append((person, from_db_time(asked)))
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in conn.execute(_TO_COME, (corner_id, db_time(now))):
        workshop, *rest = beside(row)
        found[workshop or row[0]].append((sitting_of(row), *rest))
    return tuple(_editions(found, turns))


def _editions(
    found: dict[str, list[tuple[Any, ...]]], turns: dict[str, list[tuple[str, datetime]]]
) -> Iterator[Edition]:
    for rows in found.values():
        sittings = tuple(row[0] for row in rows)
        fullest = max(rows, key=lambda row: row[2] - row[1])
        asked: dict[str, datetime] = {}
        for sitting in sittings:
            for person, moment in turns[sitting.id]:
                asked[person] = min(asked.get(person, moment), moment)
        waiting = tuple(sorted(asked, key=lambda person: (asked[person], person)))
        # Nobody joins a course in the middle; a module has no middle.
        begun = is_course(sittings[0].programme) and any(row[3] for row in rows)
        yield Edition(sittings, fullest[1], fullest[2], waiting, begun=begun)


def edition_of(conn: Connection, corner_id: str, half_day_id: str, now: datetime) -> Edition | None:
    """The edition that a half-day to come belongs to; ``None`` where there is none here."""
    found = editions(conn, corner_id, now)
    return next((one for one in found if any(half.id == half_day_id for half in one.half_days)), None)


def open_to(conn: Connection, desk: Desk, person_id: str, now: datetime) -> tuple[Edition, ...]:
    """What somebody may ask for: of each programme the next edition with a place left, else the next one.

    Not where they have a place in a half-day to come of that programme already, nor the first morning
    once more. What is open now is not asked for: whoever wants to stay says so at the door.
    """
    held = {half_day for half_day, status in _mine(conn, person_id, now).items() if status == "booked"}
    all_ = editions(conn, desk.corner_id, now)
    having = {one.programme for one in all_ if any(half_day.id in held for half_day in one.half_days)}
    having |= _mornings_behind(conn, person_id)
    offered: dict[str, Edition] = {}
    for one in all_:
        if one.first.starts_at - desk.policy.doors <= now:
            continue
        known = offered.get(one.programme)
        if one.begun or one.programme in having:
            continue
        if known is None or (not _is_open(known, person_id) and one.left):
            offered[one.programme] = one
    return tuple(offered.values())


def _mornings_behind(conn: Connection, person_id: str) -> set[str]:
    """The first morning, where somebody has been there."""
    came = {row[0] for row in conn.execute(_CAME, (person_id,))}
    return set(filter(is_awareness, came))


def _is_open(edition: Edition, person_id: str) -> bool:
    """Whether there is a place left, or they wait for one already."""
    return bool(edition.left or edition.turn(person_id))


def ask_for_place(conn: Connection, desk: Desk, person_id: str, half_day_id: str, now: datetime) -> Asked:
    """Put somebody on the list of the edition that a half-day belongs to; twice is once.

    A half-day that was planned after they asked, or were given a place, is asked for beside the others.
    """
    edition = edition_of(conn, desk.corner_id, half_day_id, now)
    if edition is None:
        return Asked(None, refused=NotAsked.GONE)
    mine = _mine(conn, person_id, now)
    turn = edition.turn(person_id)
    missing = [one for one in edition.half_days if mine.get(one.id) not in ("booked", "waiting")]
    if not missing:
        return Asked(edition, turn, NotAsked.ALREADY if turn else NotAsked.HAS_PLACE)
    if edition.begun:
        return Asked(edition, turn, refused=NotAsked.ALREADY if turn else NotAsked.GONE)
    author = Author(desk.kiosk_id, desk.actor, now)
    for one in missing:
        values = {"status": "waiting", "asked_at": body_time(now)}
        new = one.id not in mine
        if new:
            values |= {"participant_id": person_id, "half_day_id": one.id, "source": "corner"}
        booking_id = named_id("booking", person_id, one.id)
        set_fields(conn, author, "booking", booking_id, values, new=new, subject=person_id)
    edition = edition_of(conn, desk.corner_id, half_day_id, now)
    return Asked(edition, edition.turn(person_id) if edition else 0)


def take_back_request(
    conn: Connection, desk: Desk, person_id: str, half_day_id: str, now: datetime
) -> Edition | None:
    """Whoever asked for a place wants it no more; what the team has given stays the team's.

    Returns:
        The edition as it is now; ``None`` where it is gone.
    """
    edition = edition_of(conn, desk.corner_id, half_day_id, now)
    if edition is None:
        return None
    mine = _mine(conn, person_id, now)
    author = Author(desk.kiosk_id, desk.actor, now)
    for one in edition.half_days if edition.turn(person_id) else ():
        if mine.get(one.id) == "waiting":
            booking_id, off = named_id("booking", person_id, one.id), {"status": "cancelled"}
            set_fields(conn, author, "booking", booking_id, off, new=False, subject=person_id)
    return edition_of(conn, desk.corner_id, half_day_id, now)


def _mine(conn: Connection, person_id: str, now: datetime) -> dict[str, str]:
    """What somebody has in half-days to come: the status of each booking."""
    return dict(conn.execute(_MINE, (person_id, db_time(now))).fetchall())
