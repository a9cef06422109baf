"""What the database knows of a day before the doors open: no names, only whether there is what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from models.codes import Form
from models.connection import db_time, from_db_time
from models.half_days import day_bounds, not_merged
from models.requests import At, Request
from models.rights import Action
from models.words import Way

if TYPE_CHECKING:
    from models.connection import Connection

_ROSTER = (
    "select count(distinct h.id), count(distinct b.participant_id) from half_day h"
    f" left join booking b on b.half_day_id = h.id and b.status = 'booked' and {not_merged('b')}"
    " where h.corner_id = ? and h.status = 'planned' and h.starts_at >= ? and h.starts_at < ?"
)
# A card that opened nothing was read all the same.
_CARD = (
    "select max(at) from (select max(stored_at) as at from attendance_event"
    f" where kiosk_id = ?1 and stored_at >= ?2 and stored_at <= ?3 and way = '{Way.CARD}'"
    " union all select max(at) from code_refusal"
    f" where kiosk_id = ?1 and at >= ?2 and at <= ?3 and form = '{Form.CARD}')"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The roster of today, and whether the scanner has been heard."""

    half_days: int
    expected: int
    """People with a place, each once."""
    card_at: datetime | None
    """When a card was last read today on this kiosk; a keyboard that nobody has used cannot be asked."""


@dataclass(frozen=True, slots=True)
class SeePrepared(Request[Prepared]):
    """What the database knows of today."""

    action: ClassVar[Action] = Action.SEE_READY
    writes: ClassVar[bool] = False

    def do(self, at: At) -> Prepared:
        """See ``prepared``."""
        return prepared(at.conn, at.desk.corner_id, at.desk.kiosk_id, at.now)


def prepared(conn: Connection, corner_id: str, kiosk_id: str, now: datetime) -> Prepared:
    """Today at a corner, on one of its kiosks."""
    first, end = day_bounds(now)
    half_days, expected = conn.execute(_ROSTER, (corner_id, db_time(first), db_time(end))).fetchone()
    (card,) = conn.execute(_CARD, (kiosk_id, db_time(first), db_time(now))).fetchone()
    return Prepared(half_days, expected, from_db_time(card) if card else None)
