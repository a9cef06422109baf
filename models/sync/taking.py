"""Taking rows in that were written elsewhere: in any order, twice, or late, with the same end."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.erased import ERASED, STAYS, erased_among
from models.erasing import empty_bodies, follow
from models.founding import kiosk_id
from models.log import Author, emptied, whose
from models.projections import project_all
from models.sync.outbox import note_numbers
from models.sync.rows import COLUMNS, SharedRow, values_of
from models.sync.state import know_latest, renew

if TYPE_CHECKING:
    from models.connection import Connection

AHEAD = timedelta(minutes=5)
"""How far ahead of the time here another's clock may pull ours: what the hub allows too."""

_INSERT = f"insert into change ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"
_KNOWN = "select id, hub_seq, stamp from change where id in (select value from json_each(?))"
_TWICE = "select 1 from change where origin = ? and seq = ? and id <> ?"
_CLOCK = "update sync_state set clock = max(clock, ?)"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of some rows."""

    new: int
    known: int
    erased: tuple[str, ...] = ()
    """People whom these rows have erased here."""


def take_in(conn: Connection, rows: Sequence[SharedRow], now: datetime) -> Taken:
    """Put rows into the log and what they say into the tables; the caller's transaction commits both.

    A row that this version does not understand is kept and passed on, and read after the upgrade. What is
    about somebody who has been erased comes empty, whichever of both comes first.
    """
    known = _known(conn, [one.row.id for one in rows])
    fresh = {one.row.id: one for one in rows if one.row.id not in known}
    erased = tuple({one.row.entity_id: None for one in fresh.values() if one.row.kind == ERASED})
    gone = {*erased, *erased_among(conn, {whose(one.row) for one in fresh.values()})}
    if gone:
        fresh = {id_: _blanked(one, gone) for id_, one in fresh.items()}
    conn.executemany(_INSERT, map(values_of, fresh.values()))
    project_all(conn, [one.row for one in fresh.values()])
    if erased:
        empty_bodies(conn, erased)
    if known:
        said = [(one.row.id, one.hub_seq, one.stamp) for one in rows if one.row.id in known]
        note_numbers(conn, [one for one in said if one[1:] not in ((None, None), known[one[0]])])
    know_latest(conn, ((one.hub_seq, one.row.id) for one in rows))
    _go_on_from(conn, fresh.values(), now)
    _look_for_a_copy(conn, fresh.values())
    return Taken(len(fresh), len(rows) - len(fresh), erased)


def followed(conn: Connection, taken: Taken, author: Author) -> Taken:
    """What came of rows at a kiosk, once it has done what an erasure asks of it; a mere copy writes none."""
    return replace(taken, erased=(*taken.erased, *follow(conn, author)))


def _known(conn: Connection, ids: list[str]) -> dict[str, tuple[int | None, int | None]]:
    """Which of these rows are here, with what the hub has said of them."""
    found = conn.execute(_KNOWN, (json.dumps(ids),))
    return {id_: (hub_seq, stamp) for id_, hub_seq, stamp in found}


def _blanked(shared: SharedRow, gone: Collection[str]) -> SharedRow:
    """A row without its body, where it is about somebody who has been erased."""
    person = whose(shared.row)
    if shared.row.redacted or shared.row.kind in STAYS or not person or person not in gone:
        return shared
    return shared._replace(row=emptied(shared.row))


def _look_for_a_copy(conn: Connection, rows: Iterable[SharedRow]) -> None:
    """A row of this kiosk that it has not written: its file was copied, and both went on under one id."""
    here = kiosk_id(conn)
    for one in rows:
        if one.row.origin == here and conn.execute(_TWICE, (here, one.row.seq, one.row.id)).fetchone():
            renew(conn)
            return


def _go_on_from(conn: Connection, rows: Iterable[SharedRow], now: datetime) -> None:
    """What is written here comes after what was seen; a clock far ahead elsewhere pulls nobody along."""
    limit = int((now + AHEAD).timestamp() * 1000) << 16
    latest = max((one.time for one in rows), default=0)
    conn.execute(_CLOCK, (min(latest, limit),))
