"""A walk-in turns out to be a known person: places and hours count once, the trace of both stays.

The events stay as they were noted; whose they are is looked up through ``participant.merged_into``. Codes
of the walk-in end for good. All of it can be taken back, with a reason as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from models.connection import body_time, from_db_time
from models.erased import is_erased
from models.ids import named_id
from models.issuing import revoke
from models.log import Author, record
from models.marking import Writing
from models.projections import open_writes
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action
from models.words import CORRECTIONS, Event, Way

if TYPE_CHECKING:
    from models.connection import Connection

_WHO = "select reference, merged_into from participant where id = ?"
_HALF_DAYS = "select half_day_id from booking where participant_id = ? order by half_day_id"
_BOOKING = "select status, asked_at, confirmed_at, source from booking where id = ?"
_LIVE_CODES = "select id from code where participant_id = ? and revoked_at is null"
_TRACE = (
    "select t.body from change w join change t on t.origin = w.origin and t.seq = w.seq + 1"
    " where w.id = ? and t.kind = ? and t.entity_id = ?"
)
_ANNULLED_SINCE = (
    "select e.id, e.half_day_id, a.reason from attendance_event e"
    " join attendance_event a on a.annuls = e.id and a.half_day_id = e.half_day_id"
    f" and a.kind = '{Event.ANNULLED}' where e.participant_id = ?1 and a.participant_id <> ?1 order by a.id"
)

_MERGED, _SEPARATED = "participant.merged", "participant.separated"

_RANKS = ("cancelled", "waiting", "booked")
"""What a booking gives, the least first: of two for one half-day the better one stands."""


class NotMerged(StrEnum):
    """Why nothing was changed, and what is needed."""

    SAME = "same"
    """Both are one already."""
    NOT_A_WALK_IN = "not_a_walk_in"
    """It has a reference of the booking office, has been erased, or is nobody's id."""
    NOT_KNOWN = "not_known"
    """The other has no reference, or is nobody."""
    MERGED = "merged"
    """One of them has been merged before."""
    NOT_YET = "not_yet"
    """There is nothing to separate."""
    NEEDS_REASON = "needs_reason"
    """A word of ``models.words.CORRECTIONS``."""


@dataclass(frozen=True, slots=True)
class Merge(Request["NotMerged | None"]):
    """This walk-in is that known person."""

    action: ClassVar[Action] = Action.MERGE
    half_day_id: str
    walk_in_id: str
    known_id: str
    reason: str = "told_later"

    def do(self, at: At) -> NotMerged | None:
        """See ``merge``; only of somebody who is in this half-day, which is within reach (P-20)."""
        if _booking(at.conn, self.walk_in_id, self.half_day_id) is None:
            return NotMerged.NOT_A_WALK_IN
        return merge(at.conn, at.author, self.walk_in_id, self.known_id, self.reason)


@dataclass(frozen=True, slots=True)
class Separate(Request["NotMerged | None"]):
    """They are two people after all."""

    action: ClassVar[Action] = Action.MERGE
    walk_in_id: str
    reason: str

    @property
    def about(self) -> str:
        """The walk-in: what they had in a half-day comes back."""
        return self.walk_in_id

    def do(self, at: At) -> NotMerged | None:
        """See ``separate``."""
        return separate(at, self.walk_in_id, self.reason)


def merge(conn: Connection, author: Author, walk_in_id: str, known_id: str, reason: str) -> NotMerged | None:
    """Say that a walk-in is a known person; ``None`` where it is done.

    What the walk-in had in a half-day, the known person has: a place or a turn in the order in which it
    was asked for, unless they have better. Calls for help stay open: somebody still has to come.
    """
    if refused := _refused(conn, walk_in_id, known_id, reason):
        return refused
    # Read before anything is written; the log has to say how it was.
    before = _both(conn, walk_in_id, known_id)
    _point(conn, author, walk_in_id, known_id)
    body = {"into": known_id, "reason": reason, "bookings": before}
    record(conn, author, _MERGED, "participant", walk_in_id, body, subject=known_id)
    for both in before:
        half_day_id, had, known = both["half_day"], both["walk_in"], both["known"]
        if _is_better(had, known):
            handed = _handed(had, known)
            _set_booking(conn, author, known_id, half_day_id, handed, new=known is None)
        if had["status"] != "cancelled":
            _set_booking(conn, author, walk_in_id, half_day_id, {"status": "cancelled"})
    revoke(conn, author, [row[0] for row in conn.execute(_LIVE_CODES, (walk_in_id,)).fetchall()])
    return None


def separate(at: At, walk_in_id: str, reason: str) -> NotMerged | None:
    """Take a merge back; ``None`` where it is done.

    Both have again what they had. An event of the walk-in that was annulled meanwhile stays annulled;
    what was noted meanwhile was noted of the known person and stays with them.
    """
    conn, author = at.conn, at.author
    row = conn.execute(_WHO, (walk_in_id,)).fetchone()
    if row is None or not row[1] or is_erased(conn, walk_in_id):
        return NotMerged.NOT_YET
    if reason not in CORRECTIONS:
        return NotMerged.NEEDS_REASON
    known_id, before = row[1], _bookings_before(conn, walk_in_id)
    _point(conn, author, walk_in_id, "")
    body = {"from": known_id, "reason": reason}
    record(conn, author, _SEPARATED, "participant", walk_in_id, body, subject=known_id)
    for both in before:
        _give_back(conn, author, walk_in_id, known_id, both)
    writings: dict[str, Writing] = {}
    for event_id, half_day_id, why in conn.execute(_ANNULLED_SINCE, (walk_in_id,)).fetchall():
        writing = writings.setdefault(half_day_id, Writing(at, half_day_id))
        writing.note(
            walk_in_id, Event.ANNULLED, at.now, Way.FACILITATOR, reason=why or reason, annuls=event_id
        )
    return None


def choose(conn: Connection, author: Author, walk_in_id: str, known_id: str, reason: str) -> None:
    """Say who a walk-in is of whom several people have been named at once; empty: a person of their own.

    Whoever they turned out not to be has again what they had.
    """
    kept: list[dict[str, Any]] = []
    for change_id, into in open_writes(conn, walk_in_id).get("merged_into", ()):
        before = _bookings_at(conn, walk_in_id, change_id)
        if into == known_id:
            kept = before
        for both in before if into != known_id else ():
            if known_id:
                _take_back_place(conn, author, into, both)
            else:
                _give_back(conn, author, walk_in_id, into, both)
    _point(conn, author, walk_in_id, known_id)
    if known_id:
        body = {"into": known_id, "reason": reason, "bookings": kept}
        record(conn, author, _MERGED, "participant", walk_in_id, body, subject=known_id)


def _refused(conn: Connection, walk_in_id: str, known_id: str, reason: str) -> NotMerged | None:
    if walk_in_id == known_id:
        return NotMerged.SAME
    walk_in = conn.execute(_WHO, (walk_in_id,)).fetchone()
    known = conn.execute(_WHO, (known_id,)).fetchone()
    if walk_in is None or walk_in[0] or is_erased(conn, walk_in_id):
        return NotMerged.NOT_A_WALK_IN
    if walk_in[1] == known_id:
        return NotMerged.SAME
    if walk_in[1] or (known and known[1]):
        return NotMerged.MERGED
    if known is None or not known[0]:
        return NotMerged.NOT_KNOWN
    return None if reason in CORRECTIONS else NotMerged.NEEDS_REASON


def _point(conn: Connection, author: Author, walk_in_id: str, known_id: str) -> None:
    into = {"merged_into": known_id}
    set_fields(conn, author, "participant", walk_in_id, into, new=False, subject=walk_in_id)


def _both(conn: Connection, walk_in_id: str, known_id: str) -> list[dict[str, Any]]:
    """What the walk-in and the known person have in each half-day in which the walk-in has anything."""
    half_days = [row[0] for row in conn.execute(_HALF_DAYS, (walk_in_id,)).fetchall()]
    return [
        {
            "half_day": half_day_id,
            "walk_in": had,
            "known": _booking(conn, known_id, half_day_id),
        }
        for half_day_id in half_days
        if (had := _booking(conn, walk_in_id, half_day_id))
    ]


def _is_better(had: dict[str, Any], known: dict[str, Any] | None) -> bool:
    """Whether what the walk-in had is more than the known person's own: a place, or an earlier turn.

    Where they have nothing, even a place that was cancelled is: without any booking nobody would see
    that they came.
    """
    if known is None:
        return True
    if had["status"] == known["status"] == "waiting":
        return (had["asked_at"] or "~") < (known["asked_at"] or "~")
    return _RANKS.index(had["status"]) > _RANKS.index(known["status"])


def _handed(had: dict[str, Any], known: dict[str, Any] | None) -> dict[str, Any]:
    """What the known person has of it: whoever booked them before has still done so."""
    return had | {"source": known["source"]} if known else had


def _give_back(
    conn: Connection, author: Author, walk_in_id: str, known_id: str, both: dict[str, Any]
) -> None:
    """Undo what the merge did to the bookings of one half-day; what was changed since stays changed."""
    half_day_id, had = both["half_day"], both["walk_in"]
    now = _booking(conn, walk_in_id, half_day_id)
    if now and now["status"] == "cancelled" != had["status"]:
        _set_booking(conn, author, walk_in_id, half_day_id, {"status": had["status"]})
    _take_back_place(conn, author, known_id, both)


def _take_back_place(conn: Connection, author: Author, known_id: str, both: dict[str, Any]) -> None:
    """What the merge gave the known person in one half-day goes back, unless it was changed since."""
    half_day_id, had, known = both["half_day"], both["walk_in"], both["known"]
    # Where the merge made it and the office has booked it since, it is the office's.
    handed = _handed(had, known)
    if _is_better(had, known) and _booking(conn, known_id, half_day_id) == handed:
        then = known or handed | {"status": "cancelled"}
        if then != handed:
            _set_booking(conn, author, known_id, half_day_id, then)


def _booking(conn: Connection, person_id: str, half_day_id: str) -> dict[str, Any] | None:
    """Somebody's booking in a half-day, as a body of the log carries it."""
    row = conn.execute(_BOOKING, (named_id("booking", person_id, half_day_id),)).fetchone()
    if row is None:
        return None
    asked_at, confirmed_at = (time and body_time(from_db_time(time)) for time in row[1:3])
    return {"status": row[0], "asked_at": asked_at, "confirmed_at": confirmed_at, "source": row[3]}


def _set_booking(
    conn: Connection,
    author: Author,
    person_id: str,
    half_day_id: str,
    values: dict[str, Any],
    *,
    new: bool = False,
) -> None:
    if new:
        values = values | {"participant_id": person_id, "half_day_id": half_day_id}
    booking_id = named_id("booking", person_id, half_day_id)
    set_fields(conn, author, "booking", booking_id, values, new=new, subject=person_id)


def _bookings_before(conn: Connection, walk_in_id: str) -> list[dict[str, Any]]:
    """How the bookings were before the merge, as its row in the log says: the one after the pointing."""
    writes = open_writes(conn, walk_in_id).get("merged_into")
    return _bookings_at(conn, walk_in_id, writes[-1][0]) if writes else []


def _bookings_at(conn: Connection, walk_in_id: str, change_id: str) -> list[dict[str, Any]]:
    row = conn.execute(_TRACE, (change_id, _MERGED, walk_in_id)).fetchone()
    before: list[dict[str, Any]] = json.loads(row[0])["bookings"] if row and row[0] else []
    return before
