"""Taking back what was done last: within ten minutes, on the kiosk where it was done, with its author.

To take back is an act of its own: what was noted is annulled, what was annulled is noted again with the
time that it had, and a place that was given goes back. So it can itself be taken back, and every step
stays in the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from models.accounts import staff_name
from models.connection import db_time, from_db_time
from models.marking import Writing
from models.names import shown_name
from models.projections import open_writes
from models.registers import set_fields
from models.requests import At, Request, in_reach
from models.rights import Action
from models.words import Event, Way

if TYPE_CHECKING:
    from models.connection import Connection

_ACTS = (
    "select coalesce(e.act, e.id) as act, e.undoes, e.half_day_id, min(e.stored_at), e.actor"
    " from attendance_event e join change c on c.id = e.id"
    " where e.kiosk_id = ? and e.stored_at >= ? and e.stored_at <= ? and e.half_day_id = ? and e.actor = ?"
    " group by act order by max(c.n) desc"
)
_EVENTS = (
    "select e.id, e.kind, e.at, e.way, e.reason, e.annuls, e.clock_sure, e.participant_id,"
    " p.first_name, p.last_name from attendance_event e join change c on c.id = e.id"
    " left join participant p on p.id = e.person_id{0} order by c.n"
)
_OF_ACT = _EVENTS.format(" where e.half_day_id = ? and coalesce(e.act, e.id) = ?")
_OF_ID = _EVENTS.format(" where e.id = ?")
_ANNULLED = (
    f"select 1 from attendance_event where half_day_id = ? and kind = '{Event.ANNULLED}' and annuls = ?"
    " and id <> ?"
)
# What the same touch did to the booking stands in the log just before the arrival or its annulment.
_BOOKING = (
    "select b.id, b.entity_id, b.body from change e"
    " join change b on b.origin = e.origin and b.seq = e.seq - 1"
    " where e.id = ? and b.kind = 'booking.set' and b.actor = e.actor and b.subject = e.subject"
    " and b.hlc >> 16 = e.hlc >> 16 and b.redacted = 0"
)
_CLOSED = "select 1 from settlement where half_day_id = ?"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done in one touch."""

    id: str
    half_day_id: str
    at: datetime
    author: str
    """Name of who did it."""
    kinds: tuple[str, ...]
    """What was noted, or what of it was annulled: words of ``models.words.Event``."""
    names: tuple[str, ...]
    """Of whom, as names are shown."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be taken back now, and what can be done again."""

    undo: Act | None = None
    redo: Act | None = None


class NotTakenBack(StrEnum):
    """Why nothing was taken back or done again."""

    NOTHING = "nothing"
    """There is nothing, or it was too long ago."""
    OVERTAKEN = "overtaken"
    """Something else has been done since it was offered."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of taking back or doing again."""

    act: Act | None = None
    """What was taken back or done again."""
    refused: NotTakenBack | None = None


@dataclass(frozen=True, slots=True)
class _Event:
    """One event of an act, as much as is needed to take it back."""

    id: str
    kind: str
    at: datetime
    way: Way
    reason: str | None
    annuls: str | None
    clock_sure: bool
    participant_id: str
    name: str


def steps(at: At, half_day_id: str) -> Steps:
    """A colleague's last act here in this half-day that stands, and the last that was taken back after it.

    Only their own, and only of the half-day that they look at: nobody takes back what they do not see, or
    what somebody else has just done on another screen of the same kiosk. An act of a half-day that has been
    closed is put right on the person's page, with a reason; so is one that somebody has put right since.
    """
    # The whole day, to know which acts take back which; only the last minutes to choose from.
    span = (db_time(at.now - timedelta(days=1)), db_time(at.now))
    acts = at.conn.execute(_ACTS, (at.desk.kiosk_id, *span, half_day_id, at.colleague.id)).fetchall()
    soonest = db_time(at.now - timedelta(minutes=at.desk.policy.undo))
    taken_back: set[str] = set()
    undone = {act: undoes for act, undoes, *_ in acts}
    undo = redo = None
    for act, undoes, half_day_id, stored, actor in acts:
        if act in taken_back:
            continue
        if undoes:
            taken_back.add(undoes)
        if stored < soonest or not _can_take_back(at, half_day_id, act):
            continue
        depth = _depth(undone, act)
        if depth % 2:
            redo = redo or (act, half_day_id, stored, actor)
            continue
        undo = undo or (act, half_day_id, stored, actor)
        if depth == 0:
            break  # what was done since then cannot be done again before it
    return Steps(_act(at.conn, *undo) if undo else None, _act(at.conn, *redo) if redo else None)


def _depth(undone: dict[str, str | None], act: str) -> int:
    """How often an act takes back: 0 something done, 1 taken back, 2 done again, and so on."""
    depth = 0
    while (before := undone.get(act)) is not None:
        act, depth = before, depth + 1
    return depth


def _can_take_back(at: At, half_day_id: str, act: str) -> bool:
    """Whether something of an act still counts, in an open half-day that this colleague may see."""
    return (
        at.conn.execute(_CLOSED, (half_day_id,)).fetchone() is None
        and in_reach(at.conn, at.desk, at.colleague, at.now, half_day_id)
        and any(_counts(at.conn, half_day_id, event) for event in _events(at.conn, half_day_id, act))
    )


def _act(conn: Connection, act: str, half_day_id: str, stored: str, actor: str) -> Act:
    events = _events(conn, half_day_id, act)
    said = [event.kind for event in events if event.kind != Event.ANNULLED]
    # An act that only annuls is called after what it annuls: "an annulment" tells nobody anything.
    kinds = tuple(dict.fromkeys(said or [_event(row).kind for row in _annulled_by(conn, events)]))
    names = tuple(dict.fromkeys(event.name for event in events))
    return Act(act, half_day_id, from_db_time(stored), staff_name(conn, actor), kinds, names)


def _annulled_by(conn: Connection, events: list[_Event]) -> list[tuple[Any, ...]]:
    return [row for event in events for row in conn.execute(_OF_ID, (event.annuls,))]


def _events(conn: Connection, half_day_id: str, act: str) -> list[_Event]:
    return [_event(row) for row in conn.execute(_OF_ACT, (half_day_id, act))]


def _event(row: tuple[Any, ...]) -> _Event:
    id_, kind, at, way, reason, annuls, sure, participant, first, last = row
    name = shown_name(first or "", last)
    return _Event(id_, kind, from_db_time(at), Way(way), reason, annuls, bool(sure), participant, name)


def _counts(conn: Connection, half_day_id: str, event: _Event) -> bool:
    """Whether there is something to take back: nobody else has annulled the same thing."""
    said = event.annuls if event.kind == Event.ANNULLED else event.id
    return conn.execute(_ANNULLED, (half_day_id, said, event.id)).fetchone() is None


@dataclass(frozen=True, slots=True)
class UndoLast(Request[TakenBack]):
    """Take back what was done last here."""

    action: ClassVar[Action] = Action.MARK
    half_day_id: str
    act: str
    """Id of the act that was offered (``Steps.undo``): two of the team may work at one kiosk."""

    def do(self, at: At) -> TakenBack:
        """Take it back where it is still the last one."""
        return _take_back_offered(at, self.act, steps(at, self.half_day_id).undo)


@dataclass(frozen=True, slots=True)
class RedoLast(Request[TakenBack]):
    """Do again what was taken back last here."""

    action: ClassVar[Action] = Action.MARK
    half_day_id: str
    act: str
    """Id of the act that was offered (``Steps.redo``)."""

    def do(self, at: At) -> TakenBack:
        """Do it again where it is still the last one."""
        return _take_back_offered(at, self.act, steps(at, self.half_day_id).redo)


def _take_back_offered(at: At, offered: str, last: Act | None) -> TakenBack:
    if last is None:
        return TakenBack(refused=NotTakenBack.NOTHING)
    if last.id != offered:
        return TakenBack(refused=NotTakenBack.OVERTAKEN)
    return TakenBack(_take_back(at, last))


def _take_back(at: At, act: Act) -> Act:
    writing = Writing(at, act.half_day_id, undoes=act.id)
    for event in _events(at.conn, act.half_day_id, act.id):
        if not _counts(at.conn, act.half_day_id, event):
            continue
        if event.kind != Event.ANNULLED:
            _put_booking_back(at, event)
            writing.note(
                event.participant_id,
                Event.ANNULLED,
                at.now,
                Way.FACILITATOR,
                reason="undone",
                annuls=event.id,
            )
        elif row := at.conn.execute(_OF_ID, (event.annuls,)).fetchone():
            _put_booking_back(at, event)
            before = _event(row)
            writing.note(
                before.participant_id,
                Event(before.kind),
                before.at,
                before.way,
                reason=before.reason,
                clock_sure=before.clock_sure,
            )
    return act


def _put_booking_back(at: At, event: _Event) -> None:
    """Give the booking back what the same touch took from it: a turn on the waiting list, a place.

    Each write of a register names those that it has seen: the newest of them is what was there before.
    What somebody has changed since stays.
    """
    row = at.conn.execute(_BOOKING, (event.id,)).fetchone()
    if row is None:
        return
    change_id, booking_id, body = row[0], row[1], json.loads(row[2])
    leaves = open_writes(at.conn, booking_id)
    before: dict[str, Any] = {}
    for field in ("status", "confirmed_at"):
        if [change for change, _ in leaves.get(field, ())] == [change_id]:
            seen = body.get("base", {}).get(field, [])
            before[field] = _said(at.conn, seen[-1], field) if seen else None
    if before.get("status", "") is None:
        return  # the touch made the booking: a walk-in who joined stays on the list
    if before:
        set_fields(at.conn, at.author, "booking", booking_id, before, new=False, subject=event.participant_id)


def _said(conn: Connection, change_id: str, field: str) -> Any:  # noqa: ANN401 (a field's value)
    row = conn.execute("select body from change where id = ? and redacted = 0", (change_id,)).fetchone()
    return json.loads(row[0])["set"].get(field) if row else None
