"""What a day holds, for the welcome: the workshop that is on, else the next one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from assets.languages import local
from models.answers import Sitting
from models.connection import db_time, from_db_time

if TYPE_CHECKING:
    from models.connection import Connection


def day_bounds(now: datetime) -> tuple[datetime, datetime]:
    """First moment of the local day of ``now`` and of the day after; 23 to 25 hours apart."""
    start = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    # Wall-clock arithmetic in the zone: the next midnight, whatever the clock did in between.
    return start, start + timedelta(days=1)


def sittings_of_day(conn: Connection, corner_id: str, now: datetime) -> tuple[Sitting, ...]:
    """Today's half-days of a corner that are not over, in the order of the clock."""
    _, end = day_bounds(now)
    found = conn.execute(
        "select id, programme, corner_id, starts_at, ends_at, room from half_day where corner_id = ?"
        " and status = 'planned' and ends_at > ? and starts_at < ? order by starts_at, room, id",
        (corner_id, db_time(now), db_time(end)),
    )
    return tuple(
        Sitting(row[0], row[1], row[2], from_db_time(row[3]), from_db_time(row[4]), row[5]) for row in found
    )
