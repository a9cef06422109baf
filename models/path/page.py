"""The page on the Forem site: ten small steps that its person ticks, and the team's word that it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from assets.page_steps import page_steps
from models.attended import OWN
from models.connection import body_time, from_db_time
from models.ids import named_id
from models.log import Author, record
from models.registers import set_fields
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

_TICKED = f"select distinct step from tick where participant_id {OWN} and state = 'done'"
_ROWS = f"select id, state from tick where participant_id {OWN} and step = ?2"
# In the common order: the last word counts, on every kiosk the same one.
_MADE = (
    f"select p.kind, p.at from page_made p join change c on c.id = p.id where p.participant_id {OWN}"
    " order by coalesce(c.stamp, c.hlc) desc, c.hlc desc, c.origin desc, c.id desc limit 1"
)
_SOMEBODY = "select 1 from participant where id = ?"


@dataclass(frozen=True, slots=True)
class Page:
    """How far somebody is with their page."""

    ticked: frozenset[str] = frozenset()
    """Steps of ``assets/page_steps.json`` that they have ticked."""
    made_at: datetime | None = None
    """When the team said that it is made; ``None`` as long as nobody has, or took it back."""


@dataclass(frozen=True, slots=True)
class NotePage(Request[bool]):
    """Say that somebody's page is made, or that it is not."""

    action: ClassVar[Action] = Action.NOTE_PAGE
    person_id: str
    made: bool

    def do(self, at: At) -> bool:
        """See ``note_page``."""
        return note_page(at, self.person_id, made=self.made)


def page_of(conn: Connection, person_id: str) -> Page:
    """How far somebody is; steps that this version does not know are left out."""
    known = {step.id for step in page_steps()}
    ticked = frozenset(row[0] for row in conn.execute(_TICKED, (person_id,))) & known
    return Page(ticked, made_at(conn, person_id))


def made_at(conn: Connection, person_id: str) -> datetime | None:
    """When the team said that the page is made; ``None`` where that does not stand."""
    row = conn.execute(_MADE, (person_id,)).fetchone()
    return from_db_time(row[1]) if row and row[0] == "made" else None


def tick(conn: Connection, author: Author, person_id: str, step: str, *, done: bool) -> None:
    """Tick a step, or open it again, also one that was ticked as a walk-in; the same twice writes nothing.

    Raises:
        ValueError: there is no such step.
    """
    if step not in {one.id for one in page_steps()}:
        raise ValueError(step)
    known = dict(conn.execute(_ROWS, (person_id, step)).fetchall())
    ticked = [tick_id for tick_id, state in known.items() if state == "done"]
    for tick_id in () if done else ticked:
        set_fields(conn, author, "tick", tick_id, {"state": "open"}, new=False, subject=person_id)
    if done and not ticked:
        own = named_id("tick", person_id, step)
        values = {"state": "done"}
        if own not in known:
            values |= {"participant_id": person_id, "step": step}
        set_fields(conn, author, "tick", own, values, new=own not in known, subject=person_id)


def note_page(at: At, person_id: str, *, made: bool) -> bool:
    """Keep what the team says of somebody's page; returns whether that was news."""
    if at.conn.execute(_SOMEBODY, (person_id,)).fetchone() is None:
        return False
    if (made_at(at.conn, person_id) is not None) is made:
        return False
    kind, body = "page.made" if made else "page.withdrawn", {"at": body_time(at.now)}
    record(at.conn, at.author, kind, "participant", person_id, body, subject=person_id)
    return True
