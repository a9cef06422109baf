"""Where this kiosk stands with the hub."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.connection import db_time, from_db_time

if TYPE_CHECKING:
    from models.connection import Connection

TOO_FAR = timedelta(minutes=2)
"""How far a kiosk's clock may be from the hub's (P-38)."""


PASSING = ("away", "slow", "timeline")
"""Words for troubles that pass by themselves: nobody has to do anything about them."""

FRESH = timedelta(seconds=30)
"""How long the last word of the hub counts as just heard: a kiosk that only listens wears no disk."""

NEAR = timedelta(seconds=1)
"""What two clocks may differ by from one greeting to the next without anybody keeping it."""

SAMPLES = 8
"""Numbers that the hub is asked to compare in each greeting."""

_SAMPLES = (
    "select hub_seq, id from change where n in (select value from json_each(?)) and hub_seq is not null"
)
_HEARD = (
    "update sync_state set heard_at = ?1, skew_ms = ?2, revoked = ?3 where heard_at is null"
    " or heard_at not between ?4 and ?1 or revoked <> ?3 or (skew_ms is null) <> (?2 is null)"
    " or abs(skew_ms - ?2) > ?5"
)
_ANSWERED = (
    "update sync_state set answered_at = ?1 where answered_at is null or answered_at not between ?2 and ?1"
)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is kept between two rounds."""

    timeline: str
    """Which life of the hub the numbers are of; empty before the first round."""
    cursor: int
    """The hub's number up to which everything is here."""
    heard_at: datetime | None
    """When the hub last answered."""
    skew: timedelta | None
    """How far this kiosk's clock is ahead of the hub's."""
    revoked: bool
    trouble: str
    """A word for why the last round did not come to its end; empty where it did."""
    answered_at: datetime | None
    """When the hub wrote its last answer, by its own clock."""

    known_seq: int = 0
    """The greatest number of the hub's that is known here, also of what was only sent ..."""
    known_id: str = ""
    """... and whose it is."""

    @property
    def clock_is_off(self) -> bool:
        """Whether the clocks differ by more than may be."""
        return self.skew is not None and abs(self.skew) > TOO_FAR


def state_of(conn: Connection) -> SyncState:
    """The state as it is kept."""
    timeline, cursor, heard, skew, revoked, trouble, answered, known_seq, known_id = conn.execute(
        "select timeline, cursor, heard_at, skew_ms, revoked, trouble, answered_at, known_seq, known_id"
        " from sync_state"
    ).fetchone()
    return SyncState(
        timeline,
        cursor,
        from_db_time(heard) if heard else None,
        timedelta(milliseconds=skew) if skew is not None else None,
        bool(revoked),
        trouble,
        from_db_time(answered) if answered else None,
        known_seq,
        known_id,
    )


def samples(conn: Connection) -> list[tuple[int, str]]:
    """Some numbers of the hub's from the whole log, each with the id of its row.

    The greatest number alone may be the same row's again in a hub that comes from a backup: where somebody
    who has all rows has offered them in another order.
    """
    (newest,) = conn.execute("select coalesce(max(n), 0) from change").fetchone()
    places = json.dumps([newest * part // SAMPLES for part in range(1, SAMPLES + 1)])
    return list(conn.execute(_SAMPLES, (places,)))


def start_over(conn: Connection, timeline: str) -> None:
    """Another life of the hub: its numbers are void here, and the whole log is offered again.

    The stamps stay: they are part of the order, which is the same wherever the rows have been.
    """
    conn.execute("update change set hub_seq = null where hub_seq is not null")
    conn.execute(
        "update sync_state set timeline = ?, cursor = 0, answered_at = null, known_seq = 0, known_id = ''",
        (timeline,),
    )
    conn.execute("delete from sync_refused")


def move_cursor(conn: Connection, cursor: int) -> None:
    """Everything up to this number is here; in the transaction that has put it here."""
    conn.execute("update sync_state set cursor = max(cursor, ?)", (cursor,))


def know_latest(conn: Connection, said: Iterable[tuple[int | None, str]]) -> None:
    """Of some numbers of the hub's, each with the id of its row, the greatest is kept, and whose it is."""
    numbered = [(number, change_id) for number, change_id in said if number is not None]
    if numbered:
        conn.execute(
            "update sync_state set known_seq = ?1, known_id = ?2 where known_seq < ?1", max(numbered)
        )


def heard(conn: Connection, now: datetime, skew: timedelta | None, *, revoked: bool) -> None:
    """The hub has answered; what was heard just before, and says the same, stays as it is.

    Args:
        skew: ``None`` where its answer was carried here: then nobody knows.
    """
    milliseconds = None
    if skew is not None:
        milliseconds = max(-(2**31), min(2**31 - 1, round(skew / timedelta(milliseconds=1))))
    limits = db_time(now - FRESH), NEAR // timedelta(milliseconds=1)
    conn.execute(_HEARD, (db_time(now), milliseconds, revoked, *limits))


def answered(conn: Connection, at: datetime) -> None:
    """When the hub wrote what has just come from it, by its own clock; a moment after the last it stays."""
    conn.execute(_ANSWERED, (db_time(at), db_time(at - FRESH)))


def note_trouble(conn: Connection, word: str) -> None:
    """Why a round did not come to its end; empty: it did."""
    conn.execute("update sync_state set trouble = ?1 where trouble <> ?1", (word,))


def note_right_to_erase(conn: Connection, may: bool) -> None:
    """Whether the hub takes an erasure from this kiosk."""
    conn.execute("update sync_state set may_erase = ?1 where may_erase <> ?1", (may,))


def may_erase(conn: Connection) -> bool:
    """Whether somebody may be erased on this kiosk: what the hub would not take is not done here either."""
    return bool(conn.execute("select may_erase from sync_state").fetchone()[0])


def renew(conn: Connection) -> None:
    """This file and a copy of it have gone on as one kiosk: take a new id at the next start."""
    conn.execute("update sync_state set renew = 1")


def renewing(conn: Connection) -> bool:
    """Whether this kiosk is to take a new id."""
    return bool(conn.execute("select renew from sync_state").fetchone()[0])
