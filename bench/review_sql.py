"""The day of a corner as somebody would ask for it who knows SQL and the tables: the least it can cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from models.connection import Connection

_OF_DAY = "h.corner_id = ?1 and h.starts_at >= ?2 and h.starts_at < ?3 and h.status = 'planned'"
_HALF_DAYS = (
    "select h.id, h.programme, h.corner_id, h.starts_at, h.ends_at, h.room, h.facilitators, h.capacity,"
    " exists (select 1 from settlement s where s.half_day_id = h.id)"
    f" from half_day h where {_OF_DAY} order by h.starts_at, h.room, h.id"
)
_NOTED = (
    "select h.id as half_day, h.starts_at as starts, h.ends_at as ends, h.capacity as capacity,"
    " p.id as person,"
    " p.first_name as first_name, p.last_name as last_name, p.reference as reference,"
    " p.audience as audience, b.source as source,"
    " min(case e.kind when 'arrived' then e.at end) as came,"
    " max(case e.kind when 'left' then e.at end) as went,"
    " sum(e.kind = 'excused') as excused, sum(e.kind = 'absent') as absent"
    " from half_day h join booking b on b.half_day_id = h.id"
    " join participant p on p.id = b.participant_id and p.merged_into = ''"
    " left join attendance_event e on e.half_day_id = h.id and e.person_id = p.id and e.kind <> 'annulled'"
    " and not exists (select 1 from attendance_event a where a.half_day_id = e.half_day_id"
    " and a.person_id = e.person_id and a.kind = 'annulled' and a.annuls = e.id)"
    f" where {_OF_DAY} and b.status = 'booked' group by h.id, p.id"
)
_MINUTES = (
    "case when came is null then 0 else max(0, unixepoch(substr(min(coalesce(went, ends), ends), 1, 16)) / 60"
    " - unixepoch(substr(max(came, starts), 1, 16)) / 60) end"
)
_STATE = (
    "case when came is not null then 'came' when excused then 'excused' when absent then 'absent'"
    " else 'open' end"
)
_PEOPLE = (
    f"select half_day, person, first_name, last_name, reference, source, audience, {_STATE}, came, went,"
    f" {_MINUTES} from ({_NOTED}) order by starts, first_name, person"
)
_FIGURES = (
    "select capacity, sum(source <> 'walk_in'), sum(source = 'walk_in'), sum(came is not null),"
    " sum(came is null and excused > 0), sum(came is null and not excused and absent > 0),"
    " sum(came is not null and went is null),"
    f" sum({_MINUTES}) from ({_NOTED}) group by half_day order by starts"
)


class DayByHand(NamedTuple):
    """The rows of the three statements."""

    half_days: list[tuple[Any, ...]]
    people: list[tuple[Any, ...]]
    figures: list[tuple[Any, ...]]


def day_by_hand(conn: Connection, corner_id: str, start: str, end: str) -> DayByHand:
    """Half-days, everybody on them, and the figures of each half-day; what was annulled is left out."""
    asked = (corner_id, start, end)
    return DayByHand(
        conn.execute(_HALF_DAYS, asked).fetchall(),
        conn.execute(_PEOPLE, asked).fetchall(),
        conn.execute(_FIGURES, asked).fetchall(),
    )
