"""Fields that two kiosks have written without having seen each other's word: each has several open writes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.log import Author, moment_of
from models.merging import choose
from models.names import NAMELESS
from models.projections import open_writes
from models.registers import set_fields
from models.review.apart.facts import (
    Apart,
    Conflict,
    Fact,
    names_of,
    sittings_of,
)

if TYPE_CHECKING:
    from models.connection import Connection

FIELDS: dict[str, tuple[str, ...]] = {
    "participant": ("reference", "first_name", "last_name", "language", "audience", "merged_into"),
    "half_day": ("programme", "starts_at", "ends_at", "room", "capacity", "status", "facilitators"),
    "booking": ("status", "booked_by"),
    "staff_member": ("name", "role", "pin", "closed_at"),
    "equipment": ("kind", "name", "retired_at"),
    "workshop": ("name",),
    "corner": ("name",),
    "tick": ("state",),
}
"""What somebody can decide about. Of the rest two writes say the same thing, each with its moment (a code was
revoked), or there is nothing to choose (whose booking it is)."""

_ONCE = frozenset({"closed_at", "retired_at"})
"""Moments of which two say the same: it is closed."""

# What two kiosks have imported from one file is the same text twice: only the others are taken apart.
_WRITTEN = (
    "select distinct entity_id from (select r.entity_id, f.key from (select entity_id from register"
    " group by entity_id having count(*) > 1 and min(fields) < max(fields)) k"
    " join register r on r.entity_id = k.entity_id join json_each(r.fields) f"
    " group by r.entity_id, f.key having count(*) > 1"
    " and (min(f.value) < max(f.value) or count(f.value) < count(*))) order by entity_id"
)
_ENTITIES = (
    "select distinct c.entity from register r join change c on c.id = r.change_id"
    " where r.entity_id = ? and c.kind = c.entity || '.set'"
)
_WRITE = "select origin, hlc, actor from change where id = ?"
_ABOUT = {
    "booking": "select participant_id, half_day_id from booking where id = ?",
    "tick": "select participant_id, '' from tick where id = ?",
}
_NAME = {
    "staff_member": "select name from staff_member where id = ?",
    "equipment": "select name from equipment where id = ?",
    "workshop": "select name from workshop where id = ?",
    "corner": "select name from corner where id = ?",
}
_CORNER = {
    "half_day": "select corner_id from half_day where id = ?",
    "booking": "select corner_id from booking b join half_day h on h.id = b.half_day_id where b.id = ?",
    "equipment": "select corner_id from equipment where id = ?",
    "workshop": "select corner_id from workshop where id = ?",
}
"""What belongs to a corner; the rest is everybody's."""


@dataclass(frozen=True, slots=True)
class Writes:
    """Fields of one thing that the same writes have left open, and what each write says."""

    entity: str
    entity_id: str
    fields: tuple[str, ...]
    sides: tuple[tuple[str, tuple[Any, ...]], ...]
    """Each write with its values; of those that say the same the last one."""

    @property
    def seen(self) -> str:
        """Names exactly these writes."""
        return " ".join((*self.fields, *(change for change, _ in self.sides)))

    def conflict(self, conn: Connection, accounts: Mapping[str, str]) -> Conflict:
        """As it is shown."""
        person, half_day, name = _about(conn, self.entity, self.entity_id)
        return Conflict(
            Apart.TWO_VALUES, self.seen, tuple(self._facts(conn, accounts)),
            half_day=sittings_of(conn, [half_day]).get(half_day), person_id=person, name=name,
            entity=self.entity, entity_id=self.entity_id,
        )  # fmt: skip

    def _facts(self, conn: Connection, accounts: Mapping[str, str]) -> Iterator[Fact]:
        for change, values in self.sides:
            origin, hlc, actor = conn.execute(_WRITE, (change,)).fetchone()
            said = tuple(zip(self.fields, self._shown(conn, values), strict=True))
            yield Fact(origin, moment_of(hlc), actor, accounts.get(actor, ""), said)

    def _shown(self, conn: Connection, values: Sequence[Any]) -> Iterator[Any]:
        """The values, without what nobody may see, and with the name of whom one names."""
        for name, value in zip(self.fields, values, strict=True):
            if name == "pin":
                yield None
            elif name == "merged_into":
                yield names_of(conn, [value]).get(value, "")
            else:
                yield value

    def settle(self, conn: Connection, author: Author, chosen: int, reason: str) -> None:
        """Write what one side says, over all that is open."""
        person, _, _ = _about(conn, self.entity, self.entity_id)
        values = dict(zip(self.fields, self.sides[chosen][1], strict=True))
        if (into := values.pop("merged_into", None)) is not None:
            choose(conn, author, self.entity_id, into, reason)
        if not values:
            return
        set_fields(conn, author, self.entity, self.entity_id, values, new=False, subject=person or None)


def open_fields(conn: Connection, corner_id: str) -> Iterator[Writes]:
    """Every disagreement about a field of something of this corner, or of nobody's."""
    for (entity_id,) in conn.execute(_WRITTEN).fetchall():
        leaves = {name: writes for name, writes in open_writes(conn, entity_id).items() if len(writes) > 1}
        if not leaves:
            continue
        for (entity,) in conn.execute(_ENTITIES, (entity_id,)).fetchall():
            if _is_here(conn, corner_id, entity, entity_id):
                yield from _apart(entity, entity_id, leaves)


def _apart(entity: str, entity_id: str, leaves: Mapping[str, Sequence[tuple[str, Any]]]) -> Iterator[Writes]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in FIELDS.get(entity, ()):
        if name in leaves and _differ(name, [value for _, value in leaves[name]]):
            groups[tuple(change for change, _ in leaves[name])].append(name)
    for changes, names in groups.items():
        sides = {
            tuple(leaves[name][number][1] for name in names): change for number, change in enumerate(changes)
        }
        yield Writes(
            entity, entity_id, tuple(names), tuple((change, values) for values, change in sides.items())
        )


def _differ(name: str, values: Sequence[Any]) -> bool:
    """Whether a choice has to be made."""
    if name in _ONCE:
        return len({value is None for value in values}) > 1
    return len({json.dumps(value) for value in values}) > 1


def _is_here(conn: Connection, corner_id: str, entity: str, entity_id: str) -> bool:
    if entity not in FIELDS:
        return False
    if entity not in _CORNER:
        return True
    row = conn.execute(_CORNER[entity], (entity_id,)).fetchone()
    return row is not None and row[0] == corner_id


def _about(conn: Connection, entity: str, entity_id: str) -> tuple[str, str, str]:
    """The person, the half-day and the name of what was written; empty where there is none."""
    person = entity_id if entity == "participant" else ""
    half_day = entity_id if entity == "half_day" else ""
    if entity in _ABOUT:
        person, half_day = conn.execute(_ABOUT[entity], (entity_id,)).fetchone() or ("", "")
    name = names_of(conn, [person]).get(person, NAMELESS) if person else ""
    if entity in _NAME:
        (name,) = conn.execute(_NAME[entity], (entity_id,)).fetchone() or ("",)
    return person, half_day, name
