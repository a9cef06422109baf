"""Erasing one person: their name, cards and notes go here and everywhere, and no total becomes another.

The row that says so travels as all others; whoever takes it in empties what it knows of the person
(``empty_bodies``) and does what only it can know of (``follow``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from models.answers import Sitting
from models.attended import OWN
from models.connection import body_time, db_time
from models.erased import ERASED, STAYS, is_erased, show_erased
from models.event_rows import Entry
from models.half_days import SITTING, sitting_of
from models.ledger import stands_sql
from models.log import Author, record
from models.names import shown_name
from models.projections import REGISTERS, body_of, project
from models.registers import set_fields
from models.requests import At, NotAllowed, Request
from models.rights import Action
from models.sync.state import may_erase
from models.words import ERASURES, Event

if TYPE_CHECKING:
    from models.connection import Connection

# Whose a row is, as ``models.log.whose`` says it.
_BODIES = (
    "select id, kind, entity, entity_id, body from change where redacted = 0"
    " and (subject in ({0}) or (subject is null and entity = 'participant' and entity_id in ({0})))"
)
_EMPTY = "update change set body = '', salt = '', redacted = 1 where id = ?"
_LEFT = (
    "select id, origin, kind, entity, entity_id, actor, body from change where redacted = 0"
    " and substr(kind, -4) = '.set' and entity_id in ({0}) order by n"
)
_TABLES = {
    "orientation": "orientation",
    "page": "page_made",
    "absence": "absence_call",
    "document": "document",
}
"""Where rows of a kind that goes have been put, by the first word of the kind; the id is the row's own."""

_PERSON = (
    "select k.id, k.first_name, k.last_name, k.reference from participant p"
    " join participant k on k.id = coalesce(nullif(p.merged_into, ''), p.id) where p.id = ?"
)
_WALK_INS = "select id from participant where merged_into = ? order by id"
_KEPT_OF = "select audience, merged_into from participant where id = ?"
_FOLLOWERS = (
    "select p.id from participant p where p.merged_into <> ''"
    " and p.merged_into in (select participant_id from erased)"
    " and p.id not in (select participant_id from erased) order by p.id"
)
_TO_COME = (
    # The few who were erased first: else every booking is looked at whenever a page comes.
    "select distinct b.id, b.participant_id from erased e"
    " cross join booking b on b.participant_id = e.participant_id join half_day h on h.id = b.half_day_id"
    " where b.status <> 'cancelled' and h.starts_at > ? order by b.id"
)
_UNDER_WAY = (
    "select distinct e.half_day_id from attendance_event e join half_day h on h.id = e.half_day_id"
    f" where e.kind = '{Event.ARRIVED}' and e.person_id = ? and h.ends_at > ? and {stands_sql('e')}"
    " order by e.half_day_id"
)
_SHEETS = (
    f"select {SITTING} from half_day h where h.starts_at is not null and h.id in"
    " (select half_day_id from booking where participant_id in ({0})) order by h.starts_at, h.id"
)
_NUMBERS = {
    "walk_ins": "select count(*) from participant where merged_into = ?1",
    "codes": f"select count(*) from code where participant_id {OWN} and revoked_at is null",
    "advice": f"select count(*) from orientation where participant_id {OWN}",
    "steps": f"select count(*) from tick where participant_id {OWN}",
    "to_come": (
        "select count(distinct b.half_day_id) from booking b join half_day h on h.id = b.half_day_id"
        f" where b.status <> 'cancelled' and h.starts_at > ?2 and b.participant_id {OWN}"
    ),
    "half_days": (
        "select count(distinct half_day_id) from attendance_event where kind = 'arrived' and person_id = ?1"
    ),
    "assessments": f"select count(*) from assessment where participant_id {OWN}",
}
"""How much there is of each, in the order of ``Erasure``."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure does: what goes, and what stays without a name."""

    person_id: str
    name: str
    """``Binta O.``"""
    reference: str
    walk_ins: int
    """Names under which they had come without a booking."""
    codes: int
    """Cards and short codes that work."""
    advice: int
    """What was advised, with its notes."""
    steps: int
    """Small steps that they have ticked."""
    to_come: int
    """Half-days to come, whose places are free again."""
    half_days: int
    """Half-days to which they came: they stay in every total."""
    assessments: int
    """Self-assessments: they stay in every total."""


@dataclass(frozen=True, slots=True)
class SeeErasure(Request["Erasure | None"]):
    """What would go with somebody, and what would stay."""

    action: ClassVar[Action] = Action.ERASE
    writes: ClassVar[bool] = False
    person_id: str

    def do(self, at: At) -> Erasure | None:
        """See ``what_goes``."""
        return what_goes(at.conn, self.person_id, at.now)


@dataclass(frozen=True, slots=True)
class ErasePerson(Request[tuple[str, ...]]):
    """Erase somebody; whoever asks has just given their PIN."""

    action: ClassVar[Action] = Action.ERASE
    person_id: str
    reason: str

    def do(self, at: At) -> tuple[str, ...]:
        """See ``erase``.

        Raises:
            NotAllowed: the hub takes no erasure from this kiosk.
        """
        if not may_erase(at.conn):
            raise NotAllowed(Action.ERASE)
        return erase(at.conn, at.author, self.person_id, self.reason)


def what_goes(conn: Connection, person_id: str, now: datetime) -> Erasure | None:
    """What an erasure of somebody would do now; ``None`` for whom nobody knows, or not any more."""
    row = conn.execute(_PERSON, (person_id,)).fetchone()
    if row is None or is_erased(conn, row[0]):
        return None
    person = row[0]
    told = {
        name: conn.execute(sql, (person, db_time(now)) if "?2" in sql else (person,)).fetchone()[0]
        for name, sql in _NUMBERS.items()
    }
    return Erasure(person, shown_name(row[1], row[2]), row[3], **told)


def erase(conn: Connection, author: Author, person_id: str, reason: str) -> tuple[str, ...]:
    """Erase a person, and every walk-in who turned out to be them; their ids, none where nobody was left.

    Their name, reference, language, cards, notes, ticks and papers go. What they did stays under an id that
    says nothing: every total, every figure that was signed and every hash is as it was. Places to come are
    free again. What comes later of them, by the hub or by a file, comes empty.
    """
    row = conn.execute(_PERSON, (person_id,)).fetchone()
    if row is None or reason not in ERASURES or is_erased(conn, row[0]) or not may_erase(conn):
        return ()
    walk_ins = [one for (one,) in conn.execute(_WALK_INS, (row[0],)).fetchall() if not is_erased(conn, one)]
    people = (row[0], *walk_ins)
    _say(conn, author, people, reason)
    follow(conn, author)
    return people


def follow(conn: Connection, author: Author) -> tuple[str, ...]:
    """Do what an erasure asks of whoever learns of it, wherever it was said.

    A walk-in who turned out to be that person meanwhile, or elsewhere, goes as well; and a place to come is
    nobody's any more. Twice is once.

    Returns:
        Who was erased besides.
    """
    followers = tuple(one for (one,) in conn.execute(_FOLLOWERS).fetchall()) if may_erase(conn) else ()
    if followers:
        _say(conn, author, followers, ERASURES[-1])
    for booking_id, person_id in conn.execute(_TO_COME, (db_time(author.now),)).fetchall():
        off = {"status": "cancelled"}
        set_fields(conn, author, "booking", booking_id, off, new=False, subject=person_id)
    return followers


def half_days_of(conn: Connection, people: Collection[str]) -> list[Sitting]:
    """Every half-day on whose sheet somebody of these people stands or stood."""
    listed = tuple(people)
    found = conn.execute(_SHEETS.format(_marks(listed)), listed)
    return [sitting_of(row) for row in found]


def _say(conn: Connection, author: Author, people: Collection[str], reason: str) -> None:
    for person in people:
        audience, merged_into = conn.execute(_KEPT_OF, (person,)).fetchone()
        body = {
            "at": body_time(author.now),
            "audience": audience,
            "merged_into": merged_into,
            "reason": reason,
        }
        # Whoever erases somebody who sits there knows it; another kiosk cannot see that from here.
        under_way = conn.execute(_UNDER_WAY, (person, db_time(author.now))).fetchall()
        if under_way:
            body["present"] = [half_day for (half_day,) in under_way]
        record(conn, author, ERASED, "participant", person, body, subject=person)
    empty_bodies(conn, people)


def empty_bodies(conn: Connection, people: Collection[str]) -> int:
    """Empty what is kept of people who have been erased, and take what came from it out of the tables.

    One look through the log for all of them. Returns how many bodies have gone.
    """
    listed = tuple(people)
    found = conn.execute(_BODIES.format(_marks(listed)), (*listed, *listed)).fetchall()
    gone = [row for row in found if row[1] not in STAYS]
    written: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change_id, kind, entity, entity_id, body in gone:
        conn.execute(_EMPTY, (change_id,))
        if kind.endswith(".set"):
            written[entity, entity_id].append(body)
        elif table := _TABLES.get(kind.partition(".")[0]):
            conn.execute(f"delete from {table} where id = ?", (change_id,))
    _take_out(conn, written)
    for person in listed:
        # What was drafted is in no log, and of this kiosk alone.
        conn.execute("delete from unfinished where participant_id = ?", (person,))
        show_erased(conn, person)
    return len(gone)


def _take_out(conn: Connection, written: dict[tuple[str, str], list[str]]) -> None:
    """Make registers anew as if what was written in these bodies had never been."""
    for (entity, entity_id), bodies in written.items():
        for body in bodies:
            _forget_base(conn, body)
        conn.execute("delete from register where entity_id = ?", (entity_id,))
        if entity in REGISTERS:
            conn.execute(f"delete from {entity} where id = ?", (entity_id,))
    ids = tuple(entity_id for _, entity_id in written)
    # Something that was a walk-in's and a known person's may be left to the other.
    left = conn.execute(_LEFT.format(_marks(ids)), ids).fetchall()
    for *values, body in left:
        entry = Entry(*values)
        if (entry.entity, entry.entity_id) in written and (said := body_of(body)) is not None:
            project(conn, entry, said)


def _forget_base(conn: Connection, body: str) -> None:
    """What a write had replaced, it replaces no more."""
    base = (body_of(body) or {}).get("base")
    for field, seen in base.items() if isinstance(base, dict) else ():
        for earlier in seen if isinstance(seen, list) else ():
            if isinstance(earlier, str):
                conn.execute("delete from replaced where change_id = ? and field = ?", (earlier, field))


def _marks(listed: Collection[str]) -> str:
    return ", ".join("?" * len(listed))
