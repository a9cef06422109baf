"""What an invented person has behind them and before them: noted by the rules themselves, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from assets.languages import BRUSSELS, local
from models.arrival import Desk, arrive
from models.bookings import Applied, apply_lines
from models.connection import db_time
from models.figures import figures_of
from models.lines import BookingLine
from models.log import Author
from models.marking import Mark, MarkPerson
from models.requests import run
from models.roster import roster_of
from models.settling import Settle
from models.words import SYSTEM, Way

if TYPE_CHECKING:
    from models.connection import Connection

STARTS = time(8, 30)
"""When half-days of other days begin, by the clock of the corner."""

HOURS = {"awareness": 3.5}
"""Hours of a half-day; four where nothing is said."""

_HALF_DAY = "select id from half_day where corner_id = ? and programme = ? and starts_at = ?"


def edition_lines(corner: str, editions: Sequence[Mapping[str, Any]], now: datetime) -> Iterator[BookingLine]:
    """Coming workshops for which nobody has a place yet."""
    for edition in editions:
        for days in edition["days"]:
            line = _line(corner, edition["programme"], now, days)
            yield line.model_copy(update={"workshop": edition["programme"], "capacity": edition["capacity"]})


def live(
    conn: Connection,
    desk: Desk,
    staff_id: str,
    person: Mapping[str, Any],
    ids: tuple[str, str],
    now: datetime,
) -> None:
    """Book what somebody has, and let the half-days that are over take place: come, go, close.

    Args:
        person: with ``before`` and ``to_come`` of ``assets/rehearsal.json``.
        ids: of the person, and their reference.
    """
    person_id, reference = ids
    whose = {name: person[name] for name in ("first_name", "last_name", "language")}
    past = [(_line(desk.corner_id, one[0], now, -one[1]), *one[2:]) for one in person.get("before", ())]
    lines = [line for line, *_ in past]
    lines += [_line(desk.corner_id, one[0], now, one[1]) for one in person.get("to_come", ())]
    booked = [line.model_copy(update={"reference": reference, **whose}) for line in lines]
    first = Author(desk.kiosk_id, SYSTEM, now - timedelta(days=60))
    apply_lines(conn, first, booked, Applied())
    team = replace(desk, actor=staff_id)
    for line, late, early in past:
        arrive(conn, desk, person_id, Way.CARD, line.starts_at + timedelta(minutes=late))
        gone = line.ends_at - timedelta(minutes=early)
        half_day = _half_day_id(conn, line)
        run(conn, team, staff_id, gone, MarkPerson(half_day, person_id, Mark.LEFT))
        found = roster_of(conn, half_day, desk.policy, line.ends_at)
        if found is not None:
            run(conn, team, staff_id, line.ends_at, Settle(half_day, figures_of(found).hash))


def _line(corner: str, programme: str, now: datetime, days: int) -> BookingLine:
    start = datetime.combine(local(now).date() + timedelta(days=days), STARTS, BRUSSELS)
    end = start + timedelta(hours=HOURS.get(programme, 4))
    return BookingLine(
        line=1,
        corner=corner,
        programme=programme,
        workshop=f"{programme} demo" if programme != "awareness" else None,
        starts_at=start,
        ends_at=end,
        room="1",
    )


def _half_day_id(conn: Connection, line: BookingLine) -> str:
    found = conn.execute(_HALF_DAY, (line.corner, line.programme, db_time(line.starts_at)))
    return str(found.fetchone()[0])
