"""Everything that is kept about one person, and under which of their names it was noted.

Nothing of a code but when it was given: its letters are nowhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.answers import Sitting
from models.assessment.reading import assessments_of
from models.assessment.signs import answers_of
from models.attended import OWN, Attended, attended_by
from models.connection import from_db_time
from models.half_days import SITTING, beside, sitting_of
from models.orientation import orientations
from models.policy import Policy

if TYPE_CHECKING:
    from models.connection import Connection

Row = dict[str, Any]
"""Names and values; moments are aware."""

_PERSON = "select id, reference, first_name, last_name, language, audience from participant where id = ?"
_MERGED = "select id, first_name, language, audience from participant where merged_into = ? order by id"
_TABLES = {
    "bookings": (
        "select b.id, b.participant_id as person, b.half_day_id as half_day, b.source, b.booked_by, b.status,"
        f" b.asked_at, b.confirmed_at from booking b where b.participant_id {OWN} order by b.id"
    ),
    "events": (
        "select id, participant_id as person, half_day_id as half_day, kind, at, stored_at, way, actor,"
        " reason, annuls, clock_sure, kiosk_id as kiosk from attendance_event"
        " where person_id = ?1 order by at, id"
    ),
    "codes": (
        "select id, participant_id as person, form, issued_at, revoked_at from code"
        f" where participant_id {OWN} order by issued_at, id"
    ),
    "loans": (
        "select l.id, l.participant_id as person, l.half_day_id as half_day, e.name as equipment, l.kind,"
        " l.at, l.actor from loan l left join equipment e on e.id = l.equipment_id"
        f" where l.participant_id {OWN} order by l.at, l.id"
    ),
    "documents": (
        "select id, subject_id as person, kind, first_day, last_day, at, actor, hash from document"
        f" where subject_id {OWN} order by at, id"
    ),
    "calls": (
        "select c.id, c.at, c.why, c.screen from help_call c where exists (select 1 from participant p"
        f" where p.id {OWN} and ' ' || c.people || ' ' like '% ' || p.id || ' %') order by c.at, c.id"
    ),
    "exceptions": (
        "select id, person_id as person, half_day_id as half_day, what, reason, at, actor"
        f" from exception_settled where person_id {OWN} order by at, id"
    ),
    "assessments": (
        "select id, participant_id as person, corner_id as corner, at, part, framework, bank, simple,"
        f" defined, spotted, copied from assessment where participant_id {OWN} order by at, id"
    ),
    "observations": (
        "select o.id, o.assessment_id as assessment, o.kind, o.at, o.actor from observation o"
        f" join assessment a on a.id = o.assessment_id where a.participant_id {OWN} order by o.at, o.id"
    ),
    "ticks": (
        f"select id, participant_id as person, step, state from tick where participant_id {OWN} order by id"
    ),
    "pages": (
        "select id, participant_id as person, kind, at, actor from page_made"
        f" where participant_id {OWN} order by at, id"
    ),
    "absence_calls": (
        "select id, participant_id as person, half_day_id as half_day, kind, at, actor from absence_call"
        f" where participant_id {OWN} order by at, id"
    ),
    "unfinished": (
        f"select participant_id as person, at, draft from unfinished where participant_id {OWN} order by at"
    ),
}
"""What is kept in each table, of the person and of a walk-in who turned out to be them."""

_WALK_INS = (
    f"select {SITTING}, p.id, p.first_name from participant p"
    " left join booking b on b.participant_id = p.id left join half_day h on h.id = b.half_day_id"
    " where p.reference = '' and p.first_name <> '' and p.merged_into = '' and h.starts_at is not null"
    " order by h.starts_at desc, p.id"
)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What is kept about somebody."""

    person: Row
    """The fields of the register, by name."""
    merged: tuple[Row, ...]
    """Walk-ins who turned out to be this person."""
    half_days: tuple[Attended, ...]
    orientations: tuple[Row, ...]
    tables: dict[str, tuple[Row, ...]]
    """``bookings``, ``events``, ``codes``, ``loans``, ``documents``, ``calls``, ``exceptions``,
    ``assessments``, ``observations``, ``ticks``, ``pages``, ``absence_calls``, ``unfinished``."""

    @property
    def rows(self) -> int:
        """How many things are kept, the person included."""
        return 1 + len(self.merged) + len(self.orientations) + sum(map(len, self.tables.values()))


@dataclass(frozen=True, slots=True)
class Guest:
    """A walk-in whom nobody has found among the known people."""

    id: str
    first_name: str
    half_day: Sitting


def person_file(
    conn: Connection, person_id: str, policy: Policy, now: datetime, *, notes: bool
) -> PersonFile | None:
    """Everything about one person, ``None`` where there is nobody; free notes only on request (P-27)."""
    found = _rows(conn, _PERSON, person_id)
    if not found:
        return None
    decided = [asdict(one) for one in orientations(conn, person_id)]
    if not notes:
        for one in decided:
            del one["note"]
    tables = {name: _rows(conn, sql, person_id) for name, sql in _TABLES.items()}
    for one in tables["unfinished"]:
        one["draft"] = json.loads(one["draft"])
    return PersonFile(
        person=found[0],
        merged=_rows(conn, _MERGED, person_id),
        half_days=attended_by(conn, person_id, policy, now),
        orientations=tuple(decided),
        tables=tables | {"assessments": _assessments(conn, person_id, tables["assessments"])},
    )


def walk_ins_without_file(conn: Connection) -> tuple[Guest, ...]:
    """Walk-ins whom nobody has found among the known people, the latest half-day first."""
    found = conn.execute(_WALK_INS).fetchall()
    return tuple(
        Guest(person_id, first, sitting_of(row)) for row in found for person_id, first in [beside(row)]
    )


def _assessments(conn: Connection, person_id: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The sittings with their answers by item, and with what the team is shown of them."""
    found = assessments_of(conn, person_id)
    read = {one.id: one for one in found.listed} if found else {}
    told = []
    for row in rows:
        answers = answers_of(row["simple"], row["defined"])
        plain = {name: value for name, value in row.items() if name not in ("simple", "defined")}
        result = read[row["id"]].result
        told.append(plain | {"answers": answers, "areas": result.areas, "status": result.status.word})
    return tuple(told)


def _rows(conn: Connection, sql: str, person_id: str) -> tuple[Row, ...]:
    found = conn.execute(sql, (person_id,))
    names = [column[0] for column in found.description]
    return tuple({name: _value(name, value) for name, value in zip(names, row, strict=True)} for row in found)


def _value(name: str, value: object) -> object:
    if isinstance(value, str) and (name == "at" or name.endswith("_at")):
        return from_db_time(value)
    return value
