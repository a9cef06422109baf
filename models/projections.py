"""Projections: every table that screens read is a pure function of the log, kept row by row.

Two mechanisms, both independent of the order in which rows arrive:

- **events** are inserted once under the id of their row;
- **registers** (kinds that end in ``.set``) keep every write that no other write has replaced. One
  is the value; several are a conflict, and the last in the common order is the value meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Any

from models.codes import Form
from models.words import (
    AUDIENCES,
    BOOKING_STATUSES,
    EVENT_KINDS,
    HALF_DAY_STATUSES,
    REFUSALS,
    ROLES,
    SOURCES,
    WAYS,
)

if TYPE_CHECKING:
    from models.connection import Connection

REGISTERS: dict[str, tuple[str, ...]] = {
    "corner": ("name",),
    "participant": ("reference", "first_name", "last_name", "language", "audience"),
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
    "staff_member": ("name", "role", "pin"),
}
"""Entities whose fields are registers, with their columns. The keys are table names."""

TABLES = (
    *REGISTERS,
    *("register", "replaced", "attendance_event", "code_refusal", "code_pause", "pin_attempt"),
    *("help_call", "help_settled"),
)
"""Every projection; ``rebuild`` empties and refills exactly these."""

_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("participant", "audience"): AUDIENCES,
    ("half_day", "status"): HALF_DAY_STATUSES,
    ("booking", "source"): SOURCES,
    ("booking", "status"): BOOKING_STATUSES,
    ("code", "form"): tuple(Form),
    ("staff_member", "role"): ROLES,
}
"""Fields that hold one of a list of words, as the tables check them."""

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
}
"""Fields that the tables let be null."""

_ATTENDANCE = (
    "insert into attendance_event (id, kiosk_id, participant_id, half_day_id, kind, at, stored_at, way,"
    " actor, reason, annuls, clock_sure) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def _moment(text: str) -> str:
    """A body's time (``...T...Z``) as the database keeps it."""
    return text[:-1].replace("T", " ")


def project(
    conn: Connection,
    change_id: str,
    origin: str,
    kind: str,
    entity: str,
    entity_id: str,
    actor: str,
    body: Mapping[str, Any],
) -> None:
    """Bring the projections up to date with one row of the log.

    What a newer version has written and this one cannot place changes nothing: a kind, a word, or a
    body without what it should hold. It is kept in the log and projected after the upgrade.
    """
    if entity == "attendance":
        if _is_event(kind, body):
            conn.execute(
                _ATTENDANCE,
                (
                    change_id,
                    origin,
                    body["participant"],
                    body["half_day"],
                    kind.partition(".")[2],
                    _moment(body["at"]),
                    _moment(body["stored"]),
                    body["way"],
                    actor,
                    body.get("reason"),
                    body.get("annuls"),
                    body.get("clock_sure", True),
                ),
            )
    elif kind.endswith(".set") and entity in REGISTERS:
        if _is_write(body):
            _project_set(conn, change_id, entity, entity_id, body)
    elif kind == "code.refused" and _is_refusal(body):
        conn.execute(
            "insert into code_refusal (id, kiosk_id, at, form, why) values (?, ?, ?, ?, ?)",
            (change_id, origin, _moment(body["at"]), body["form"], body["why"]),
        )
    elif kind == "code.paused" and _holds_moments(body, "at", "until") and _holds(body, str, "why"):
        conn.execute(
            "insert into code_pause (id, kiosk_id, at, until, why) values (?, ?, ?, ?, ?)",
            (change_id, origin, _moment(body["at"]), _moment(body["until"]), body["why"]),
        )
    elif kind == "pin.tried" and _is_try(body):
        conn.execute(
            'insert into pin_attempt (id, kiosk_id, at, "right", staff_id) values (?, ?, ?, ?, ?)',
            (change_id, origin, _moment(body["at"]), body["right"], body.get("staff")),
        )
    elif kind == "help.called" and _is_call(body):
        conn.execute(
            "insert into help_call (id, kiosk_id, at, why, screen, people) values (?, ?, ?, ?, ?, ?)",
            (
                change_id,
                origin,
                _moment(body["at"]),
                body["why"],
                body.get("screen") or "",
                " ".join(body.get("people", ())),
            ),
        )
    elif kind == "help.settled" and _holds_moments(body, "at"):
        conn.execute(
            "insert into help_settled (id, call_id, at, actor) values (?, ?, ?, ?)",
            (change_id, entity_id, _moment(body["at"]), actor),
        )


def _is_event(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether this is an event of the attendance ledger with all that it needs."""
    return (
        kind.partition(".")[2] in EVENT_KINDS
        and body.get("way") in WAYS
        and _holds(body, str, "participant", "half_day")
        and _holds(body, str | None, "reason", "annuls")
        and _holds_moments(body, "at", "stored")
        and isinstance(body.get("clock_sure", True), bool)
    )


def _is_write(body: Mapping[str, Any]) -> bool:
    """Whether this says which fields it sets and, by their ids, which writes it has seen of each."""
    base = body.get("base", {})
    return (
        _holds(body, dict, "set")
        and isinstance(base, dict)
        and all(
            isinstance(seen, list) and all(isinstance(id_, str) for id_ in seen) for seen in base.values()
        )
    )


def _is_refusal(body: Mapping[str, Any]) -> bool:
    return _holds_moments(body, "at") and body.get("form") in tuple(Form) and body.get("why") in REFUSALS


def _is_call(body: Mapping[str, Any]) -> bool:
    people = body.get("people", [])
    return (
        _holds_moments(body, "at")
        and _holds(body, str, "why")
        and _holds(body, str | None, "screen")
        and isinstance(people, list)
        and all(isinstance(one, str) for one in people)
    )


def _is_try(body: Mapping[str, Any]) -> bool:
    return _holds_moments(body, "at") and _holds(body, bool, "right") and _holds(body, str | None, "staff")


def _holds(body: Mapping[str, Any], kind: type | UnionType, *names: str) -> bool:
    """Whether a body holds something of a type under each name; what is missing is ``None``."""
    return all(isinstance(body.get(name), kind) for name in names)


def _holds_moments(body: Mapping[str, Any], *names: str) -> bool:
    return all(_is_moment(body.get(name)) for name in names)


def _is_moment(value: object) -> bool:
    """Whether a value is a time as this program writes it: others would not sort among its own."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


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
    shown = kept if not base and not gone and _is_new(conn, entity, entity_id) else None
    if shown is None:
        leaves = open_writes(conn, entity_id)
        shown = {field: leaves[field][-1][1] for field in {**fields, **base} if field in leaves}
    _show(conn, entity, entity_id, shown)


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
        field: _moment(value) if value is not None and field.endswith("_at") else value
        for field, value in values.items()
        # A word of a newer version stays in the register and is shown after the upgrade.
        if _can_show(entity, field, value)
    }
    names = ", ".join(shown)
    marks = ", ".join("?" * len(shown))
    updates = ", ".join(f"{name} = excluded.{name}" for name in shown) or "id = excluded.id"
    conn.execute(
        f"insert into {entity} (id{', ' if shown else ''}{names}) values (?{', ' if shown else ''}{marks})"
        f" on conflict (id) do update set {updates}",
        (entity_id, *shown.values()),
    )


def _can_show(entity: str, field: str, value: object) -> bool:
    """Whether the entity's table can hold the value."""
    if (entity, field) in _WORDS:
        return value in _WORDS[entity, field]
    if value is None:
        return (entity, field) in _MAY_BE_NULL
    if field.endswith("_at"):
        return _is_moment(value)
    return isinstance(value, int if field == "capacity" else str)


def rebuild(conn: Connection) -> int:
    """Empty every projection and make it anew from the log; returns how many rows were replayed."""
    for table in TABLES:
        conn.execute(f"delete from {table}")
    count = 0
    log = conn.execute(
        "select id, origin, kind, entity, entity_id, actor, body from change where redacted = 0 order by n"
    )
    for change_id, origin, kind, entity, entity_id, actor, body in log:
        project(conn, change_id, origin, kind, entity, entity_id, actor, json.loads(body))
        count += 1
    return count
