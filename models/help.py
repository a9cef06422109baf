"""Calling somebody of the team: silent, written down, open until it is seen to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.connection import body_time, db_time, from_db_time
from models.half_days import day_bounds
from models.log import Author, record

if TYPE_CHECKING:
    from models.connection import Connection

SAME_CALL = timedelta(minutes=2)
"""Who touches "Aide" again within this time has called already."""

ASKED = "asked"
SAME_NAME = "same_name"
MANY = "many"
BOOTH = "booth"
"""The camera and a quiet room are wanted."""

_OPEN = (
    "select c.id, c.at, c.why, c.screen, c.people from help_call c where c.at >= ? and c.at < ?"
    " and not exists (select 1 from help_settled s where s.call_id = c.id) order by c.at, c.id"
)
_SAME = (
    "select c.id from help_call c where c.kiosk_id = ? and c.why = ? and c.people = ? and c.at > ?"
    " and not exists (select 1 from help_settled s where s.call_id = c.id) limit 1"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that nobody has seen to yet."""

    id: str
    at: datetime
    why: str
    screen: str
    people: tuple[str, ...]
    """Ids of the people meant."""


def call_help(
    conn: Connection, author: Author, why: str, screen: str = "", people: Sequence[str] = ()
) -> str:
    """Write a call down and return its id; a call that is open already is not written twice."""
    since = db_time(author.now - SAME_CALL)
    known = conn.execute(_SAME, (author.kiosk_id, why, " ".join(people), since)).fetchone()
    if known:
        return str(known[0])
    body: dict[str, object] = {"at": body_time(author.now), "why": why}
    if screen:
        body["screen"] = screen
    if people:
        body["people"] = list(people)
    subject = people[0] if len(people) == 1 else None
    return record(conn, author, "help.called", "help", author.kiosk_id, body, subject=subject).id


def settle_call(conn: Connection, author: Author, call_id: str) -> None:
    """Say that somebody has seen to a call; twice is no harm."""
    if conn.execute("select 1 from help_settled where call_id = ?", (call_id,)).fetchone() is None:
        record(conn, author, "help.settled", "help", call_id, {"at": body_time(author.now)})


def open_calls(conn: Connection, now: datetime) -> tuple[Call, ...]:
    """Today's calls that nobody has seen to, the oldest first."""
    first, end = day_bounds(now)
    found = conn.execute(_OPEN, (db_time(first), db_time(end)))
    return tuple(Call(row[0], from_db_time(row[1]), row[2], row[3], tuple(row[4].split())) for row in found)
