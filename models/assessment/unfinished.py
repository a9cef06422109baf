"""A sitting that was broken off: by the plug, by time, by another card. It waits for its own person.

The only thing that people say and the log does not hold: it is no fact before it is finished. It is kept
until the end of its day on the kiosk where it began, for the same person, and leaves no trace
when it is finished or cancelled (``secure_delete``, and the WAL is emptied).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.assessment.draft import Draft, from_text, to_text
from models.connection import db_time
from models.half_days import day_bounds

if TYPE_CHECKING:
    from models.connection import Connection


def keep_unfinished(conn: Connection, person_id: str, draft: Draft, now: datetime) -> None:
    """Keep what a person has said so far."""
    conn.execute(
        "insert into unfinished (participant_id, at, draft) values (?, ?, ?)"
        " on conflict (participant_id) do update set at = excluded.at, draft = excluded.draft",
        (person_id, db_time(now), to_text(draft)),
    )


def find_unfinished(conn: Connection, person_id: str, now: datetime) -> Draft | None:
    """What a person has said today and not finished."""
    row = conn.execute(
        "select draft from unfinished where participant_id = ? and at >= ?",
        (person_id, db_time(day_bounds(now)[0])),
    ).fetchone()
    return from_text(row[0]) if row else None


def forget_unfinished(conn: Connection, person_id: str) -> None:
    """Nothing is left of it."""
    conn.execute("delete from unfinished where participant_id = ?", (person_id,))


def forget_old(conn: Connection, now: datetime) -> None:
    """What was not finished on its day is gone."""
    conn.execute("delete from unfinished where at < ?", (db_time(day_bounds(now)[0]),))
