"""Taking back what was done last: within ten minutes, on the kiosk where it was done, with its author.

To take back is an act of its own: what was noted is annulled, what was annulled is noted again with the
time that it had. So it can itself be taken back, and every step stays in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from models.connection import db_time, from_db_time
from models.marking import Writing
from models.names import shown_name
from models.requests import At, Request
from models.rights import Action
from models.words import PARTICIPANT, Event, Way

if TYPE_CHECKING:
    from models.connection import Connection

_ACTS = (
    "select coalesce(e.act, e.id) as act, e.undoes, e.half_day_id, min(e.stored_at), e.actor"
    " from attendance_event e join change c on c.id = e.id"
    " where e.kiosk_id = ? and e.stored_at >= ? and e.stored_at <= ?"
    f" and e.actor <> '{PARTICIPANT}' group by act order by max(c.n) desc"
)
_EVENTS = (
    "select e.id, e.kind, e.at, e.way, e.reason, e.annuls, e.participant_id, p.first_name, p.last_name,"
    " exists (select 1 from attendance_event a where a.annuls = e.id and a.half_day_id = e.half_day_id)"
    " from attendance_event e left join participant p on p.id = e.person_id"
    " where e.half_day_id = ? and coalesce(e.act, e.id) = ? order by e.id"
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
    """What was noted: words of ``models.words.Event``."""
    names: tuple[str, ...]
    """Of whom, as names are shown."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be taken back now, and what can be done again."""

    undo: Act | None = None
    redo: Act | None = None


def steps(at: At) -> Steps:
    """The last act on this kiosk that stands, and the last one that was taken back after it.

    An act of a half-day that has been closed since is put right on the person's page, with a reason.
    """
    # The whole day, to know which acts take back which; only the last minutes to choose from.
    span = (db_time(at.now - timedelta(days=1)), db_time(at.now))
    acts = at.conn.execute(_ACTS, (at.desk.kiosk_id, *span)).fetchall()
    soonest = db_time(at.now - timedelta(minutes=at.desk.policy.undo))
    taken_back: set[str] = set()
    undone = {act: undoes for act, undoes, *_ in acts}
    undo = redo = None
    for act, undoes, half_day_id, stored, actor in acts:
        if act in taken_back:
            continue
        if undoes:
            taken_back.add(undoes)
        closed = at.conn.execute(_CLOSED, (half_day_id,)).fetchone()
        if stored < soonest or closed:
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


def _act(conn: Connection, act: str, half_day_id: str, stored: str, actor: str) -> Act:
    events = conn.execute(_EVENTS, (half_day_id, act)).fetchall()
    row = conn.execute("select name from staff_member where id = ?", (actor,)).fetchone()
    kinds = tuple(dict.fromkeys(event[1] for event in events))
    names = tuple(dict.fromkeys(shown_name(event[7] or "", event[8]) for event in events))
    return Act(act, half_day_id, from_db_time(stored), row[0] if row else "", kinds, names)


@dataclass(frozen=True, slots=True)
class UndoLast(Request[Act | None]):
    """Take back what was done last here."""

    action: ClassVar[Action] = Action.MARK

    def do(self, at: At) -> Act | None:
        """What was taken back, ``None`` where there is nothing."""
        act = steps(at).undo
        return _take_back(at, act) if act else None


@dataclass(frozen=True, slots=True)
class RedoLast(Request[Act | None]):
    """Do again what was taken back last here."""

    action: ClassVar[Action] = Action.MARK

    def do(self, at: At) -> Act | None:
        """What was done again, ``None`` where there is nothing."""
        act = steps(at).redo
        return _take_back(at, act) if act else None


def _take_back(at: At, act: Act) -> Act:
    writing = Writing(at, act.half_day_id, undoes=act.id)
    for event_id, kind, _, _, _, annuls, participant, _, _, annulled in at.conn.execute(
        _EVENTS, (act.half_day_id, act.id)
    ).fetchall():
        if kind != Event.ANNULLED:
            if not annulled:
                writing.note(
                    participant, Event.ANNULLED, at.now, Way.FACILITATOR, reason="undone", annuls=event_id
                )
            continue
        before = at.conn.execute(
            "select kind, at, way, reason, participant_id from attendance_event where id = ?", (annuls,)
        ).fetchone()
        if before is not None and before[0] != Event.ANNULLED:
            writing.note(
                before[4], Event(before[0]), from_db_time(before[1]), Way(before[2]), reason=before[3]
            )
    return act
