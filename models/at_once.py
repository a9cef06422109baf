"""People who were noted in two half-days at the same time: they were in one place, each minute counts once.

The question belongs to the later half-day, which gives its minutes away (``models.attended.counted_once``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from models.half_days import SITTING, sitting_of
from models.ledger import LedgerEvent, standing
from models.moves import events_of_pairs
from models.reckoning import Part, named, parts_of
from models.words import Event

if TYPE_CHECKING:
    from models.connection import Connection

# A half-day that begins more than a day before has nothing in common with this one.
_MEET = (
    "select h.id, o.id, e.person_id from json_each(?1) j join half_day h on h.id = j.value"
    " join half_day o on o.corner_id = h.corner_id and o.starts_at <= h.starts_at"
    " and o.starts_at > datetime(h.starts_at, '-1 day') and o.ends_at > h.starts_at"
    " and (o.starts_at, o.id) < (h.starts_at, h.id)"
    f" join attendance_event e on e.half_day_id = o.id and e.kind = '{Event.ARRIVED}'"
    " where exists (select 1 from attendance_event m where m.half_day_id = h.id"
    f" and m.person_id = e.person_id and m.kind = '{Event.ARRIVED}') group by h.id, o.id, e.person_id"
)
_SITTINGS = f"select {SITTING} from half_day h where h.id in (select value from json_each(?))"


def at_once(conn: Connection, half_days: Collection[str], now: datetime) -> Mapping[str, Mapping[str, str]]:
    """Who was in an earlier half-day of the corner at the same time, and what that was seen from.

    Returns:
        By the half-day, then by the person: a name for exactly the events of both half-days.
    """
    meeting = conn.execute(_MEET, (json.dumps(list(half_days)),)).fetchall()
    if not meeting:
        return {}
    pairs = {(half_day, person) for later, earlier, person in meeting for half_day in (later, earlier)}
    events = events_of_pairs(conn, sorted(pairs))
    ids = sorted({half_day for half_day, _ in pairs})
    sittings = {row[0]: sitting_of(row) for row in conn.execute(_SITTINGS, (json.dumps(ids),))}

    def there(half_day: str, person: str) -> tuple[list[LedgerEvent], tuple[Part, ...]]:
        known, sitting = standing(events[half_day, person]), sittings[half_day]
        return known, parts_of(known, sitting, now)

    seen: dict[tuple[str, str], list[LedgerEvent]] = {}
    for later, earlier, person in meeting:
        (known, parts), (before, others) = there(later, person), there(earlier, person)
        if _meet(parts, others):
            seen.setdefault((later, person), list(known)).extend(before)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (half_day, person), both in seen.items():
        found[half_day][person] = named(both)
    return found


def _meet(parts: Iterable[Part], others: Collection[Part]) -> bool:
    """Whether two lots of times have a minute in common."""
    return any(one.start < other.end and other.start < one.end for one in parts for other in others)
