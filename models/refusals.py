"""Codes that opened nothing: counted in the log, so that neither a restart nor a second window forgets.

Only typed (short) codes are ever paused: a card's 80 random bits cannot be tried through.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.codes import Form
from models.connection import body_time, db_time, from_db_time
from models.log import Author, record
from models.policy import Policy

if TYPE_CHECKING:
    from models.connection import Connection

MISTYPED = "mistyped"
UNKNOWN = "unknown"

CLOCK_SLACK = timedelta(hours=1)
"""A clock set back by less does not lift a pause; what lies further ahead came from a wrong clock."""


def paused_until(conn: Connection, kiosk_id: str, now: datetime) -> datetime | None:
    """Until when typed codes are not looked up on this kiosk, ``None`` where they are.

    A clock that was set back by days does not stretch a pause.
    """
    row = conn.execute(
        "select max(until) from code_pause where kiosk_id = ? and until > ? and at <= ?",
        (kiosk_id, db_time(now), db_time(now + CLOCK_SLACK)),
    ).fetchone()
    return from_db_time(row[0]) if row[0] else None


def refuse(conn: Connection, author: Author, form: Form, why: str, policy: Policy) -> None:
    """Write down that a code opened nothing, never the code, and start a pause where it is one too many.

    A well-formed unknown short code counts towards the pause; a slip of the finger (``mistyped``)
    only towards the number of tries a minute; a card towards neither. While a pause runs, none begins.
    """
    now = author.now
    record(
        conn,
        author,
        "code.refused",
        "kiosk",
        author.kiosk_id,
        {"at": body_time(now), "form": form, "why": why},
    )
    if form != Form.SHORT or paused_until(conn, author.kiosk_id, now):
        return
    until, cause = None, ""
    if why == UNKNOWN:
        since = now - timedelta(minutes=policy.wrong_codes_window)
        wrong = conn.execute(
            "select count(*) from code_refusal where kiosk_id = ?1 and at > max(?2, coalesce("
            " (select max(at) from code_pause where kiosk_id = ?1 and at <= ?3 and why = 'unknown'), ''))"
            " and at <= ?3"
            " and form = 'short' and why = 'unknown'",
            (author.kiosk_id, db_time(since), db_time(now)),
        ).fetchone()[0]
        if wrong >= policy.wrong_codes:
            until, cause = now + timedelta(minutes=policy.pause), "unknown"
    if until is None:
        minute = timedelta(minutes=1)
        tries, first = conn.execute(
            "select count(*), min(at) from code_refusal where kiosk_id = ? and at > ? and at <= ?"
            " and form = 'short'",
            (author.kiosk_id, db_time(now - minute), db_time(now)),
        ).fetchone()
        if tries > policy.tries_a_minute:
            until, cause = from_db_time(first) + minute, "tries"
    if until is not None:
        record(
            conn,
            author,
            "code.paused",
            "kiosk",
            author.kiosk_id,
            {"at": body_time(now), "until": body_time(until), "why": cause},
        )
