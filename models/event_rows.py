"""How an event of the log becomes a row of its table: what its body must hold, and what is kept of it.

A kind that is not here, or a body without what it should hold, comes from a newer version: it stays in
the log and is projected after the upgrade.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import TYPE_CHECKING, Any, NamedTuple

from models.assessment.signs import are_checks, are_known_answers, signs_of
from models.codes import Form
from models.erased import ERASED
from models.words import (
    CALLS,
    DOCUMENTS,
    EVENT_KINDS,
    LOANS,
    OBSERVED,
    PAGE_MADE,
    PARTS,
    REFUSALS,
    WAYS,
    Event,
)

if TYPE_CHECKING:
    from models.log import Row

Body = Mapping[str, Any]

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Entry(NamedTuple):
    """A row of the log, as far as a table needs it beside its body."""

    id: str
    origin: str
    kind: str
    entity: str
    entity_id: str
    actor: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the events of a kind go."""

    insert: str
    fits: Callable[[Body], bool]
    values: Callable[[Entry | Row, Body], tuple[object, ...]]


def keeping_of(kind: str, body: Body) -> Keeping | None:
    """Where an event goes, ``None`` where this version keeps nothing of it beside the log."""
    keeping = _KEEPINGS.get(kind)
    return keeping if keeping is not None and keeping.fits(body) else None


def moment(text: str) -> str:
    """A body's time (``...T...Z``) as the database keeps it."""
    return text[:-1].replace("T", " ")


def is_moment(value: object) -> bool:
    """Whether a value is a time as this program writes it: others would not sort among its own."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


def holds(body: Body, kind: type | UnionType, *names: str) -> bool:
    """Whether a body holds something of a type under each name; what is missing is ``None``."""
    return all(isinstance(body.get(name), kind) for name in names)


def _holds_moments(body: Body, *names: str) -> bool:
    return all(is_moment(body.get(name)) for name in names)


def _holds_words(body: Body, **known: tuple[str, ...]) -> bool:
    return all(body.get(name) in words for name, words in known.items())


def _holds_days(body: Body, *names: str) -> bool:
    """Days may be missing; what is there must be one."""
    for name in names:
        try:
            if body.get(name) is not None:
                date.fromisoformat(body[name])
        except (TypeError, ValueError):
            return False
    return True


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _insert(table: str, *columns: str) -> str:
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"


_TEXT_OR_NOT = (str, type(None))


def _is_attendance(body: Body) -> bool:
    """Told one by one: of these there are many, and a kiosk that comes back takes in days of them."""
    get = body.get
    return (
        get("way") in WAYS
        and isinstance(get("participant"), str)
        and isinstance(get("half_day"), str)
        and is_moment(get("at"))
        and is_moment(get("stored"))
        and isinstance(get("clock_sure", True), bool)
        and isinstance(get("reason"), _TEXT_OR_NOT)
        and isinstance(get("annuls"), _TEXT_OR_NOT)
        and isinstance(get("act"), _TEXT_OR_NOT)
        and isinstance(get("undoes"), _TEXT_OR_NOT)
    )


# Whose events they are is looked up at once: readers count by the person, not by the walk-in of that day.
_ATTENDANCE = Keeping(
    "insert into attendance_event (id, kiosk_id, participant_id, half_day_id, kind, at, stored_at, way,"
    " actor, reason, annuls, clock_sure, act, undoes, person_id)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    " coalesce((select nullif(merged_into, '') from participant where id = ?3), ?3))",
    _is_attendance,
    lambda entry, body: (
        entry.id,
        entry.origin,
        body["participant"],
        body["half_day"],
        entry.kind.partition(".")[2],
        moment(body["at"]),
        moment(body["stored"]),
        body["way"],
        entry.actor,
        body.get("reason"),
        body.get("annuls"),
        body.get("clock_sure", True),
        body.get("act"),
        body.get("undoes"),
    ),
)

_LOAN = Keeping(
    _insert("loan", "id", "equipment_id", "kind", "participant_id", "half_day_id", "at", "actor"),
    lambda body: _holds_moments(body, "at") and holds(body, str | None, "participant", "half_day"),
    lambda entry, body: (
        entry.id,
        entry.entity_id,
        entry.kind.partition(".")[2],
        body.get("participant") or "",
        body.get("half_day") or "",
        moment(body["at"]),
        entry.actor,
    ),
)

_OBSERVATION = Keeping(
    _insert("observation", "id", "assessment_id", "kind", "at", "actor"),
    lambda body: _holds_moments(body, "at"),
    lambda entry, body: (
        entry.id,
        entry.entity_id,
        entry.kind.partition(".")[2],
        moment(body["at"]),
        entry.actor,
    ),
)

_PAGE_MADE = Keeping(
    _insert("page_made", "id", "participant_id", "kind", "at", "actor"),
    lambda body: _holds_moments(body, "at"),
    lambda entry, body: (
        entry.id,
        entry.entity_id,
        entry.kind.partition(".")[2],
        moment(body["at"]),
        entry.actor,
    ),
)

_ABSENCE_CALL = Keeping(
    _insert("absence_call", "id", "participant_id", "half_day_id", "kind", "at", "actor"),
    lambda body: _holds_moments(body, "at") and holds(body, str, "half_day"),
    lambda entry, body: (
        entry.id,
        entry.entity_id,
        body["half_day"],
        entry.kind.partition(".")[2],
        moment(body["at"]),
        entry.actor,
    ),
)

_SAID_OF_ERASED = ("reason", "audience", "merged_into")
_LONG_AGO = "1970-01-01 00:00:00.000000"

_KEEPINGS: dict[str, Keeping] = {
    ERASED: Keeping(
        # Nobody has no id: else everybody who was merged into nobody would go with them.
        f"insert into erased (id, participant_id, at, actor, {', '.join(_SAID_OF_ERASED)})"
        " select ?1, ?2, ?3, ?4, ?5, ?6, ?7 where ?2 <> ''",
        # Whatever else a newer version says: this one names somebody who is erased.
        lambda _: True,
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            moment(body["at"]) if _holds_moments(body, "at") else _LONG_AGO,
            entry.actor,
            *(body[name] if holds(body, str, name) else "" for name in _SAID_OF_ERASED),
        ),
    ),
    **{f"attendance.{kind}": _ATTENDANCE for kind in EVENT_KINDS if kind != Event.SETTLED},
    **{f"equipment.{kind}": _LOAN for kind in LOANS},
    **{f"observation.{kind}": _OBSERVATION for kind in OBSERVED},
    **{f"page.{kind}": _PAGE_MADE for kind in PAGE_MADE},
    **{f"absence.{kind}": _ABSENCE_CALL for kind in CALLS},
    "assessment.taken": Keeping(
        _insert(
            "assessment",
            *("id", "participant_id", "corner_id", "at", "part", "framework", "bank", "simple", "defined"),
            *("spotted", "copied"),
        ),
        lambda body: (
            _holds_moments(body, "at")
            and holds(body, str, "corner", "framework", "bank")
            and _holds_words(body, part=PARTS)
            and are_known_answers(body.get("answers"))
            and are_checks(body.get("checks"))
        ),
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            body["corner"],
            moment(body["at"]),
            body["part"],
            body["framework"],
            body["bank"],
            *signs_of(body["answers"]),
            body["checks"].get("spot"),
            body["checks"].get("copy"),
        ),
    ),
    "attendance.settled": Keeping(
        _insert("settlement", "id", "half_day_id", "at", "actor", "figures", "hash"),
        lambda body: _holds_moments(body, "at") and holds(body, str, "figures", "hash"),
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            moment(body["at"]),
            entry.actor,
            body["figures"],
            body["hash"],
        ),
    ),
    "exception.settled": Keeping(
        _insert(
            "exception_settled", *("id", "half_day_id", "person_id", "what", "seen", "reason", "at", "actor")
        ),
        lambda body: (
            _holds_moments(body, "at")
            and holds(body, str, "what", "reason")
            and holds(body, str | None, "person", "seen")
        ),
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            body.get("person") or "",
            body["what"],
            body.get("seen") or "",
            body["reason"],
            moment(body["at"]),
            entry.actor,
        ),
    ),
    "orientation.decided": Keeping(
        _insert("orientation", "id", "participant_id", "programme", "note", "at", "actor"),
        lambda body: (
            _holds_moments(body, "at") and holds(body, str, "programme") and holds(body, str | None, "note")
        ),
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            body["programme"],
            body.get("note") or "",
            moment(body["at"]),
            entry.actor,
        ),
    ),
    "document.made": Keeping(
        _insert("document", *("id", "kind", "subject_id", "first_day", "last_day", "at", "actor", "hash")),
        lambda body: (
            _holds_moments(body, "at")
            and holds(body, str, "hash")
            and _holds_words(body, what=DOCUMENTS)
            and _holds_days(body, "first", "last")
        ),
        lambda entry, body: (
            entry.id,
            body["what"],
            entry.entity_id,
            body.get("first"),
            body.get("last"),
            moment(body["at"]),
            entry.actor,
            body["hash"],
        ),
    ),
    "code.refused": Keeping(
        _insert("code_refusal", "id", "kiosk_id", "at", "form", "why"),
        lambda body: _holds_moments(body, "at") and _holds_words(body, form=tuple(Form), why=REFUSALS),
        lambda entry, body: (
            entry.id,
            entry.origin,
            moment(body["at"]),
            body["form"],
            body["why"],
        ),
    ),
    "codes.seen": Keeping(
        _insert("codes_seen", "id", "kiosk_id", "since", "until", "at", "actor"),
        lambda body: _holds_moments(body, "at", "since", "until"),
        lambda entry, body: (
            entry.id,
            entry.entity_id,
            moment(body["since"]),
            moment(body["until"]),
            moment(body["at"]),
            entry.actor,
        ),
    ),
    "refusal.seen": Keeping(
        _insert("refusal_seen", "id", "change_id", "at", "actor"),
        lambda body: _holds_moments(body, "at"),
        lambda entry, body: (entry.id, entry.entity_id, moment(body["at"]), entry.actor),
    ),
    "code.paused": Keeping(
        _insert("code_pause", "id", "kiosk_id", "at", "until", "why"),
        lambda body: _holds_moments(body, "at", "until") and holds(body, str, "why"),
        lambda entry, body: (
            entry.id,
            entry.origin,
            moment(body["at"]),
            moment(body["until"]),
            body["why"],
        ),
    ),
    "pin.tried": Keeping(
        _insert("pin_attempt", "id", "kiosk_id", "at", '"right"', "staff_id"),
        lambda body: (
            _holds_moments(body, "at") and holds(body, bool, "right") and holds(body, str | None, "staff")
        ),
        lambda entry, body: (
            entry.id,
            entry.origin,
            moment(body["at"]),
            body["right"],
            body.get("staff"),
        ),
    ),
    "help.called": Keeping(
        _insert("help_call", "id", "kiosk_id", "at", "why", "screen", "people"),
        lambda body: (
            _holds_moments(body, "at")
            and holds(body, str, "why")
            and holds(body, str | None, "screen")
            and _is_list_of_text(body.get("people", []))
        ),
        lambda entry, body: (
            entry.id,
            entry.origin,
            moment(body["at"]),
            body["why"],
            body.get("screen") or "",
            " ".join(body.get("people", ())),
        ),
    ),
    "help.settled": Keeping(
        _insert("help_settled", "id", "call_id", "at", "actor"),
        lambda body: _holds_moments(body, "at"),
        lambda entry, body: (entry.id, entry.entity_id, moment(body["at"]), entry.actor),
    ),
}
