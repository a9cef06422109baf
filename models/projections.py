"""Projections: every table that screens read is a pure function of the log, kept row by row.

Two mechanisms, both independent of the order in which rows arrive:

- **events** are inserted once under the id of their row;
- **registers** (kinds that end in ``.set``) keep every write that no other write has replaced. One
  is the value; several are a conflict, and the last in the common order is the value meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from models.codes import Form
from models.erased import ERASED, show_erased
from models.event_rows import Entry, holds, is_moment, keeping_of, moment
from models.words import (
    AUDIENCES,
    BOOKING_STATUSES,
    EQUIPMENT_KINDS,
    HALF_DAY_STATUSES,
    ROLES,
    SOURCES,
    TICKS,
)

if TYPE_CHECKING:
    from models.connection import Connection
    from models.log import Row

REGISTERS: dict[str, tuple[str, ...]] = {
    "corner": ("name",),
    "participant": ("reference", "first_name", "last_name", "language", "audience", "merged_into"),
    "workshop": ("corner_id", "programme", "name"),
    "half_day": (
        "workshop_id",
        "corner_id",
        "programme",
        "starts_at",
        "ends_at",
        "room",
        "capacity",
        "status",
        "uid",
        "facilitators",
    ),
    "booking": (
        "participant_id",
        "half_day_id",
        "source",
        "booked_by",
        "status",
        "asked_at",
        "confirmed_at",
    ),
    "code": ("participant_id", "form", "digest", "key_id", "issued_at", "revoked_at"),
    "staff_member": ("name", "role", "pin", "closed_at"),
    "equipment": ("corner_id", "kind", "name", "retired_at"),
    "tick": ("participant_id", "step", "state"),
}
"""Entities whose fields are registers, with their columns. The keys are table names."""

TABLES = (
    *REGISTERS,
    *("register", "replaced", "attendance_event", "code_refusal", "code_pause", "pin_attempt"),
    *("help_call", "help_settled", "settlement", "exception_settled", "loan", "orientation", "document"),
    *("assessment", "observation", "page_made", "codes_seen", "absence_call", "erased", "refusal_seen"),
)
"""Every projection; ``rebuild`` empties and refills exactly these."""

_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("participant", "audience"): AUDIENCES,
    ("half_day", "status"): HALF_DAY_STATUSES,
    ("booking", "source"): SOURCES,
    ("booking", "status"): BOOKING_STATUSES,
    ("code", "form"): tuple(Form),
    ("staff_member", "role"): ROLES,
    ("equipment", "kind"): EQUIPMENT_KINDS,
    ("tick", "state"): TICKS,
}
"""Fields that hold one of a list of words, as the tables check them."""

MOST_PLACES = 10_000
"""More places than any half-day has: a number beyond is none."""

# What moves a cursor, turns the direction of what follows, or is half of a sign: no file brings it in, and
# no other kiosk does.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_MAY_BE_NULL = {
    ("participant", "last_name"),
    ("half_day", "starts_at"),
    ("half_day", "ends_at"),
    ("half_day", "room"),
    ("half_day", "uid"),
    ("half_day", "facilitators"),
    ("booking", "booked_by"),
    ("booking", "asked_at"),
    ("booking", "confirmed_at"),
    ("code", "issued_at"),
    ("code", "revoked_at"),
    ("staff_member", "closed_at"),
    ("equipment", "retired_at"),
}
"""Fields that the tables let be null."""


def project(conn: Connection, entry: Entry | Row, body: Mapping[str, Any]) -> None:
    """Bring the projections up to date with one row of the log, whose body this is.

    What a newer version has written and this one cannot place changes nothing: a kind, a word, or a
    body without what it should hold. It is kept in the log and projected after the upgrade.
    """
    if entry.kind.endswith(".set"):
        if entry.entity in REGISTERS and _is_write(body):
            _project_set(conn, entry.id, entry.entity, entry.entity_id, body)
        return
    if (keeping := keeping_of(entry.kind, body)) is not None:
        conn.execute(keeping.insert, keeping.values(entry, body))
        if entry.kind == ERASED:
            show_erased(conn, entry.entity_id)


def project_all(conn: Connection, rows: Iterable[Row]) -> None:
    """The same for many rows, with the events of a kind in one statement: their order does not matter."""
    events: dict[str, list[tuple[object, ...]]] = {}
    for row in rows:
        body = None if row.redacted else body_of(row.body)
        if body is None:
            continue
        if (keeping := keeping_of(row.kind, body)) is not None:
            events.setdefault(keeping.insert, []).append(keeping.values(row, body))
        else:
            project(conn, row, body)
    for insert, values in events.items():
        conn.executemany(insert, values)


def _is_write(body: Mapping[str, Any]) -> bool:
    """Whether this says which fields it sets and, by their ids, which writes it has seen of each."""
    base = body.get("base", {})
    return (
        holds(body, dict, "set")
        and isinstance(base, dict)
        and all(
            isinstance(seen, list) and all(isinstance(id_, str) for id_ in seen) for seen in base.values()
        )
    )


def _project_set(
    conn: Connection, change_id: str, entity: str, entity_id: str, body: Mapping[str, Any]
) -> None:
    """Put one write into the registers and show the winning values in the entity's table."""
    fields: dict[str, Any] = {k: v for k, v in body["set"].items() if k in REGISTERS[entity]}
    base: Mapping[str, list[str]] = body.get("base", {})
    for field, seen in base.items():
        for earlier in seen:
            conn.execute("insert or ignore into replaced (change_id, field) values (?, ?)", (earlier, field))
            _drop_leaf(conn, entity_id, earlier, field)
    # A write that replaces this one may have come first.
    gone = {row[0] for row in conn.execute("select field from replaced where change_id = ?", (change_id,))}
    kept = {field: value for field, value in fields.items() if field not in gone}
    if kept:
        conn.execute(
            "insert into register (entity_id, change_id, fields) values (?, ?, ?)",
            (entity_id, change_id, _json(kept)),
        )
    if not base and not gone and _is_new(conn, entity, entity_id):
        _show(conn, entity, entity_id, _showable(entity, kept))
    else:
        show_writes(conn, entity, entity_id, {**fields, **base})


def show_writes(conn: Connection, entity: str, entity_id: str, fields: Iterable[str]) -> None:
    """Show what the open writes of an entity say of some of its fields.

    The last that this version can show counts; where there is none, the row is made anew without it, so
    that nothing is seen that only an order of arrival has left there.
    """
    leaves = open_writes(conn, entity_id)
    shown = _last_showable(entity, leaves)
    touched = [field for field in fields if field in REGISTERS[entity]]
    if all(field in shown for field in touched):
        shown = {field: shown[field] for field in touched}
    else:
        conn.execute(f"delete from {entity} where id = ?", (entity_id,))
        shown = {"merged_into": ""} | shown if entity == "participant" else shown
    _show(conn, entity, entity_id, shown)


def show_anew(conn: Connection, entity: str, entity_id: str) -> None:
    """The order of the writes of an entity has changed: show what they say now."""
    if entity in REGISTERS:
        show_writes(conn, entity, entity_id, open_writes(conn, entity_id))


def _last_showable(entity: str, leaves: Mapping[str, list[tuple[str, Any]]]) -> dict[str, Any]:
    """Of each field the last value that the entity's table can hold."""
    found: dict[str, Any] = {}
    for field, writes in leaves.items():
        for _, value in reversed(writes):
            if field in REGISTERS[entity] and _can_show(entity, field, value):
                found[field] = value
                break
    return found


def _showable(entity: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A word of a newer version stays in the register and is shown after the upgrade."""
    return {field: value for field, value in values.items() if _can_show(entity, field, value)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _is_new(conn: Connection, entity: str, entity_id: str) -> bool:
    return conn.execute(f"select 1 from {entity} where id = ?", (entity_id,)).fetchone() is None


def _drop_leaf(conn: Connection, entity_id: str, change_id: str, field: str) -> None:
    """Take one field out of a write that has been replaced."""
    key = (entity_id, change_id)
    row = conn.execute("select fields from register where entity_id = ? and change_id = ?", key).fetchone()
    if row is None:
        return
    fields = json.loads(row[0])
    if fields.pop(field, key) is key:
        return
    if fields:
        conn.execute(
            "update register set fields = ? where entity_id = ? and change_id = ?", (_json(fields), *key)
        )
    else:
        conn.execute("delete from register where entity_id = ? and change_id = ?", key)


def open_writes(conn: Connection, entity_id: str) -> dict[str, list[tuple[str, Any]]]:
    """For each field the writes that nothing has replaced, as (change id, value), last in order last.

    One is the value; several are a conflict that staff will see.
    """
    found = conn.execute(
        "select r.change_id, r.fields from register r join change c on c.id = r.change_id"
        " where r.entity_id = ? order by coalesce(c.stamp, c.hlc), c.hlc, c.origin, c.id",
        (entity_id,),
    )
    leaves: dict[str, list[tuple[str, Any]]] = {}
    for change_id, fields in found:
        for field, value in json.loads(fields).items():
            leaves.setdefault(field, []).append((change_id, value))
    return leaves


def _show(conn: Connection, entity: str, entity_id: str, values: Mapping[str, Any]) -> None:
    """Write values into an entity's row, making the row where it is new."""
    shown = {
        field: moment(value) if value is not None and field.endswith("_at") else value
        for field, value in values.items()
    }
    names = ", ".join(shown)
    marks = ", ".join("?" * len(shown))
    updates = ", ".join(f"{name} = excluded.{name}" for name in shown) or "id = excluded.id"
    conn.execute(
        f"insert into {entity} (id{', ' if shown else ''}{names}) values (?{', ' if shown else ''}{marks})"
        f" on conflict (id) do update set {updates}",
        (entity_id, *shown.values()),
    )
    if entity == "participant" and "merged_into" in shown:
        conn.execute(
            "update attendance_event set person_id = coalesce(nullif(?, ''), participant_id)"
            " where participant_id = ?",
            (shown["merged_into"], entity_id),
        )


def _can_show(entity: str, field: str, value: object) -> bool:
    """Whether the entity's table can hold the value."""
    if (entity, field) in _WORDS:
        return value in _WORDS[entity, field]
    if value is None:
        return (entity, field) in _MAY_BE_NULL
    if field.endswith("_at"):
        return is_moment(value)
    if field == "capacity":
        return type(value) is int and 0 <= value <= MOST_PLACES
    return isinstance(value, str) and _UNSHOWABLE.search(value) is None


def body_of(text: str) -> dict[str, Any] | None:
    """What the body of a row says; ``None`` where this version cannot read it."""
    try:
        body = json.loads(text)
        if "\\u" in text and "\\ud" in text.casefold():
            # Half of a sign is no text that a table could hold.
            json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # an encoding that fails is a ``ValueError``
        return None
    return body if isinstance(body, dict) else None


def rebuild(conn: Connection) -> int:
    """Empty every projection and make it anew from the log; returns how many rows were replayed."""
    for table in TABLES:
        conn.execute(f"delete from {table}")
    count = 0
    columns = ", ".join(Entry._fields)
    log = conn.execute(f"select body, {columns} from change where redacted = 0 order by n")
    for body, *values in log:
        count += 1
        if (said := body_of(body)) is not None:
            project(conn, Entry(*values), said)
    return count
