"""The first rows of a kiosk's database: who it is, its corner, its first account."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from assets.facts import CornerFact
from models.ids import uuid7
from models.log import RENEWED, Author, record
from models.registers import set_fields
from models.sync.state import renewing
from models.words import SYSTEM, Role

if TYPE_CHECKING:
    from models.connection import Connection


_UNSEEN = (
    "select id from staff_member s where not exists (select 1 from pin_attempt p"
    ' where p.staff_id = s.id and p."right")'
    " and (select count(*) from staff_member) = 1"
)


def kiosk_id(conn: Connection) -> str | None:
    """The id of this kiosk, ``None`` in a database that has not been founded."""
    row = conn.execute("select kiosk_id from identity").fetchone()
    return row[0] if row else None


def kiosk_here(conn: Connection, now: datetime) -> str | None:
    """The id of this kiosk, which takes a new one where a copy of its file has gone on under the same.

    Nothing is lost by that: ids of rows are random, and what both have written stays.
    """
    known = kiosk_id(conn)
    if known is None or not renewing(conn):
        return known
    fresh = uuid7(int(now.timestamp() * 1000))
    conn.execute("update identity set kiosk_id = ?", (fresh,))
    conn.execute("update sync_state set renew = 0")
    record(conn, Author(fresh, SYSTEM, now), RENEWED, "kiosk", known, {})
    return fresh


def was_called(conn: Connection, kiosk: str) -> str:
    """The id that a kiosk had before it took a new one; empty where it always had this one."""
    row = conn.execute(
        "select entity_id from change where origin = ? and seq = 1 and kind = ?", (kiosk, RENEWED)
    ).fetchone()
    return row[0] if row else ""


def used(conn: Connection) -> bool:
    """Whether somebody has been booked here or has signed in: more than a founding that broke off."""
    found = conn.execute(
        'select exists (select 1 from participant) or exists (select 1 from pin_attempt where "right")'
    ).fetchone()
    return bool(found[0])


def found(conn: Connection, corner: CornerFact, staff_name: str, pin_hash: str, now: datetime) -> str:
    """Give the database its kiosk, its corner and an account; returns the account's id.

    A founding that broke off before the settings were written goes on: the kiosk stays who it is.
    """
    kiosk = kiosk_id(conn)
    if kiosk is None:
        kiosk = uuid7(int(now.timestamp() * 1000))
        conn.execute("insert into identity (id, kiosk_id) values (1, ?)", (kiosk,))
    author = Author(kiosk, SYSTEM, now)
    known = conn.execute("select 1 from corner where id = ?", (corner.id,)).fetchone()
    set_fields(conn, author, "corner", corner.id, {"name": corner.name}, new=known is None)
    # The only account, whose PIN nobody has ever used, is that of a founding that broke off.
    unseen = conn.execute(_UNSEEN).fetchone()
    staff_id = unseen[0] if unseen else uuid7(int(now.timestamp() * 1000))
    values = {"name": staff_name, "role": Role.STAFF, "pin": pin_hash}
    set_fields(conn, author, "staff_member", staff_id, values, new=unseen is None)
    return staff_id
