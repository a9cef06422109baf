"""Rows that the hub does not take: seen by somebody, or offered once more; the log keeps both for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from models.connection import body_time, from_db_time
from models.log import moment_of, record
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

SEEN, OFFERED = "refusal.seen", "refusal.offered"

# A row that was refused once more after somebody had seen it is to be seen anew.
_OPEN = (
    "from sync_refused r where not exists"
    " (select 1 from refusal_seen s where s.change_id = r.change_id and s.at >= r.at)"
)
_LIST = (
    "select c.id, c.kind, c.entity, c.hlc, coalesce(s.name, ''), c.actor, r.why, r.at"
    f" from (select r.* {_OPEN}) r join change c on c.id = r.change_id"
    " left join staff_member s on s.id = c.actor order by c.n"
)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the log that the hub does not take: what kind of fact, no word of what it says."""

    id: str
    kind: str
    entity: str
    written_at: datetime
    """By the logical clock of the kiosk that wrote it."""
    who: str
    """Name of the colleague who wrote it; empty where it was somebody else."""
    actor: str
    why: str
    """A word of the hub; a newer one may know more."""
    refused_at: datetime


@dataclass(frozen=True, slots=True)
class SeeRefused(Request[tuple[RefusedRow, ...]]):
    """What the hub does not take and nobody has seen."""

    action: ClassVar[Action] = Action.SETTLE_REFUSED
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[RefusedRow, ...]:
        """See ``refused_rows``."""
        return refused_rows(at.conn)


@dataclass(frozen=True, slots=True)
class RefusedSeen(Request[bool]):
    """Somebody has looked at a row that the hub does not take: it stays here, and is not offered again."""

    change_id: str
    action: ClassVar[Action] = Action.SETTLE_REFUSED

    def do(self, at: At) -> bool:
        """Note it; ``False`` where a colleague has looked already, or the hub has taken it meanwhile."""
        found = at.conn.execute(f"select 1 {_OPEN} and r.change_id = ?", (self.change_id,)).fetchone()
        if found:
            record(at.conn, at.author, SEEN, "change", self.change_id, {"at": body_time(at.now)})
        return found is not None


@dataclass(frozen=True, slots=True)
class OfferAgain(Request[bool]):
    """Offer one row to the hub once more; whether it was one that the hub had refused."""

    change_id: str
    action: ClassVar[Action] = Action.SETTLE_REFUSED

    def do(self, at: At) -> bool:
        """Note it, and put the row back among those to be sent."""
        found = at.conn.execute("delete from sync_refused where change_id = ?", (self.change_id,)).rowcount
        if found:
            record(at.conn, at.author, OFFERED, "change", self.change_id, {"at": body_time(at.now)})
        return bool(found)


def to_be_seen(conn: Connection) -> int:
    """How many rows the hub does not take that nobody has seen."""
    return int(conn.execute(f"select count(*) {_OPEN}").fetchone()[0])


def refused_rows(conn: Connection) -> tuple[RefusedRow, ...]:
    """The same rows, in the order in which they came here."""
    return tuple(
        RefusedRow(
            *(id_, kind, entity, moment_of(hlc)),
            *(who, actor, why, from_db_time(at)),
        )
        for id_, kind, entity, hlc, who, actor, why, at in conn.execute(_LIST)
    )
