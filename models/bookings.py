"""Bringing booking lines into the log: new things are added, changes said, nothing cancelled by absence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assets.facts import programmes
from assets.languages import local
from models.connection import body_time
from models.erased import is_erased
from models.ids import named_id
from models.issuing import participant_id as participant_of
from models.lines import BookingLine
from models.log import Author
from models.policy import USUAL_CAPACITY
from models.projections import REGISTERS
from models.registers import set_fields
from models.words import IMPORT

if TYPE_CHECKING:
    from models.connection import Connection


@dataclass(frozen=True, slots=True)
class Changed:
    """A known thing that a line changed: which line, whose, and the columns."""

    line: int
    entity: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A line that says otherwise than an earlier line of the same file; it was not taken."""

    line: int
    column: str
    earlier: int


@dataclass(slots=True)
class Applied:
    """What an import did, line by line."""

    added: int = 0
    unchanged: int = 0
    changed: list[Changed] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    """Lines of people who have been erased; they were not taken."""
    changed_lines: int = 0
    said: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    """What earlier lines of the file have stated: (entity, field) -> (line, value)."""


@dataclass(frozen=True, slots=True)
class _Write:
    """One entity as a line states it; ``stated`` maps each field to the file's column."""

    entity: str
    id: str
    always: Mapping[str, Any]
    """Fields that make the entity what it is; written when it is new."""
    stated: Mapping[str, tuple[str, Any]]
    """field -> (column, value), only where the file says something."""
    subject: str | None = None
    """The person whom it is about."""


def apply_lines(
    conn: Connection,
    author: Author,
    lines: Iterable[BookingLine],
    result: Applied,
    capacity: int = USUAL_CAPACITY,
    again: Collection[str] = (),
) -> None:
    """Apply some lines of a file in one open transaction, adding to ``result``.

    A long file is applied in several transactions, so that nobody at the kiosk waits for it; each
    line is whole or not there.

    The ids come from the file's own references, so the same file on two kiosks makes no doubles and
    the same file twice changes nothing. Two lines of one file that contradict each other would never
    settle: the later is not taken.

    Args:
        capacity: places of a half-day for which neither the file nor the corner's catalogue names any.
        again: references of people who have been erased and whom the office wants to be known anew, as
            somebody of whom nothing was known; a line of any other of them is not taken.
    """
    said = result.said
    author = replace(author, actor=IMPORT)
    for line in lines:
        person = _person_of(conn, line.reference, again)
        if line.reference is not None and person is None:
            result.erased.append(line.line)
            continue
        writes = list(_writes(conn, line, person, capacity))
        clash = _contradiction(said, writes, line.line)
        if clash:
            result.contradictions.append(clash)
            continue
        for write in writes:
            for name, (_, value) in write.stated.items():
                said.setdefault((write.id, name), (line.line, value))
        added = changed = False
        for write in writes:
            state, columns = _apply(conn, author, write)
            added |= state == "added"
            if columns:
                changed = True
                result.changed.append(Changed(line.line, write.entity, columns))
        if changed:
            result.changed_lines += 1
        elif added:
            result.added += 1
        else:
            result.unchanged += 1


def _contradiction(
    said: Mapping[tuple[str, str], tuple[int, Any]], writes: list[_Write], line: int
) -> Contradiction | None:
    for write in writes:
        for name, (column, value) in write.stated.items():
            earlier = said.get((write.id, name))
            if earlier and earlier[1] != value:
                return Contradiction(line, column, earlier[0])
    return None


def _person_of(conn: Connection, reference: str | None, again: Collection[str]) -> str | None:
    """Whom a line is about: each erasure ends an id, and whoever is named again gets the next one.

    ``None`` where nobody has said that they may be known again, or where it is about nobody.
    """
    if reference is None:
        return None
    person_id, lives = participant_of(reference), 1
    while is_erased(conn, person_id):
        lives += 1
        person_id = named_id("participant", reference, str(lives))
    known = lives == 1 or reference in again or conn.execute(_KNOWN, (person_id,)).fetchone()
    return person_id if known else None


_KNOWN = "select 1 from participant where id = ?"


def _writes(
    conn: Connection, line: BookingLine, participant_id: str | None, capacity: int
) -> Iterator[_Write]:
    """The entities that one line states, in the order in which they need each other."""
    start, end = body_time(line.starts_at), body_time(line.ends_at)
    edition = line.workshop or f"{line.programme} {local(line.starts_at).date().isoformat()}"
    workshop_id = named_id("workshop", line.corner, edition)
    half_day_id, hours_kept = _half_day_id(conn, line, workshop_id)
    kept_in = conn.execute("select workshop_id from half_day where id = ?", (half_day_id,)).fetchone()
    if line.workshop or kept_in is None or kept_in[0] == workshop_id:
        yield _Write(
            "workshop",
            workshop_id,
            {"corner_id": line.corner, "programme": line.programme, "name": edition},
            {"programme": ("programme", line.programme)},
        )
    # Else a calendar has moved the half-day, which stays in the edition of the day where it began.
    stated: dict[str, tuple[str, Any]] = {"programme": ("programme", line.programme)}
    if not hours_kept:
        stated |= {"starts_at": ("start", start), "ends_at": ("end", end)}
    for name, column, value in (
        ("room", "room", line.room),
        ("capacity", "capacity", line.capacity),
        ("facilitators", "facilitators", line.facilitators),
        ("uid", "uid", line.uid),
        ("status", "status", _half_day_status(line)),
    ):
        if value is not None:
            stated[name] = (column, value)
    programme = programmes().get(line.programme)
    yield _Write(
        "half_day",
        half_day_id,
        {
            "workshop_id": workshop_id,
            "corner_id": line.corner,
            "capacity": programme.places if programme and programme.places else capacity,
        },
        stated,
    )
    if participant_id is None:
        return
    yield _Write(
        "participant",
        participant_id,
        {"reference": line.reference},
        _said(line, "first_name", "last_name", "language", "audience"),
        participant_id,
    )
    yield _Write(
        "booking",
        named_id("booking", participant_id, half_day_id),
        {"participant_id": participant_id, "half_day_id": half_day_id},
        _said(line, "source", "booked_by", "status"),
        participant_id,
    )


def _said(line: BookingLine, *names: str) -> dict[str, tuple[str, Any]]:
    return {name: (name, value) for name in names if (value := getattr(line, name)) is not None}


def _half_day_status(line: BookingLine) -> str | None:
    """A line without a person speaks of the half-day itself."""
    if line.reference is not None or line.status is None:
        return None
    return "cancelled" if line.status == "cancelled" else "planned"


_MOVED = (
    "select id from half_day where corner_id = ? and programme = ? and starts_at = ? and uid is not null"
    " order by status = 'cancelled', id"
)


def _half_day_id(conn: Connection, line: BookingLine, workshop_id: str) -> tuple[str, bool]:
    """Which half-day a line means, and whether a calendar keeps its hours.

    Workshop and start name it, so that the same file on two kiosks makes no doubles. A calendar's own
    id comes first: it may have moved the half-day, or hold two side by side. A booking finds its
    half-day where the calendar has moved it: on another day too, whose default name of a workshop is
    another. Only a calendar's half-days are found so; those of a group that a file names are the group's.
    """
    start = body_time(line.starts_at)
    named = named_id("half_day", workshop_id, start)
    at_start = conn.execute(
        "select id, uid from half_day where workshop_id = ? and starts_at = ? order by id <> ?, id",
        (workshop_id, _as_stored("starts_at", start), named),
    ).fetchall()
    if line.uid is None:
        if at_start:
            return at_start[0][0], at_start[0][1] is not None
        moved_here = conn.execute(_MOVED, (line.corner, line.programme, _as_stored("starts_at", start)))
        if line.workshop is None and (row := moved_here.fetchone()):
            return row[0], True
        row = conn.execute("select uid from half_day where id = ?", (named,)).fetchone()
        return named, bool(row and row[0])
    row = conn.execute("select id from half_day where uid = ? order by id", (line.uid,)).fetchone()
    if row:
        return row[0], False
    free = next((half_day_id for half_day_id, uid in at_start if uid is None), None)
    if free is not None:
        return free, False
    taken = conn.execute("select 1 from half_day where id = ?", (named,)).fetchone()
    return (named_id("half_day", line.corner, line.uid) if taken else named), False


def _apply(conn: Connection, author: Author, write: _Write) -> tuple[str, tuple[str, ...]]:
    """Write what is new or different; the state of the entity and the columns that changed."""
    names = REGISTERS[write.entity]
    row = conn.execute(f"select {', '.join(names)} from {write.entity} where id = ?", (write.id,)).fetchone()
    if row is None:
        values = {**write.always, **{name: value for name, (_, value) in write.stated.items()}}
        set_fields(conn, author, write.entity, write.id, values, new=True, subject=write.subject)
        return "added", ()
    known = dict(zip(names, row, strict=True))
    different = {
        name: (column, value)
        for name, (column, value) in write.stated.items()
        if known[name] != _as_stored(name, value)
    }
    if different:
        said = _last_said(conn, write.id)
        # The same words again are no news: what somebody here has changed since stays changed.
        different = {name: new for name, new in different.items() if said.get(name, _NOTHING) != new[1]}
    if not different:
        return "unchanged", ()
    values = {name: value for name, (_, value) in different.items()}
    set_fields(conn, author, write.entity, write.id, values, new=False, subject=write.subject)
    return "changed", tuple(column for column, _ in different.values())


_NOTHING = object()


def _last_said(conn: Connection, entity_id: str) -> dict[str, Any]:
    """What files have said of a thing, the newest word for each field."""
    said: dict[str, Any] = {}
    for (body,) in conn.execute(
        "select body from change where entity_id = ? and actor = 'import' and redacted = 0 order by n",
        (entity_id,),
    ):
        said |= json.loads(body)["set"]
    return said


def _as_stored(name: str, value: object) -> object:
    if name.endswith("_at") and isinstance(value, str):
        return value[:-1].replace("T", " ")
    return value
