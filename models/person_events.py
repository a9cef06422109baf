"""The events of one person as the team reads them: what, when, by whom, where, whether they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.connection import from_db_time
from models.requests import At
from models.words import PARTICIPANT, SYSTEM, Event, Way

LATER = timedelta(minutes=5)
"""What is noted so long after it happened says when it was noted."""

_EVENTS = (
    "select e.id, e.kind, e.at, e.stored_at, e.way, e.actor, s.name, e.kiosk_id, e.reason, e.clock_sure,"
    " e.annuls, e.participant_id from attendance_event e join change c on c.id = e.id"
    " left join staff_member s on s.id = e.actor where e.half_day_id = ? and e.person_id = ?"
    # What was annulled and noted again stands in the order in which that was done.
    " order by e.at, c.n"
)


@dataclass(frozen=True, slots=True)
class Annulled:
    """Who said that an event does not count, when, and why."""

    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """One event of the ledger, also one that does not count any more."""

    id: str
    kind: str
    at: datetime
    stored_at: datetime
    way: str
    actor: str
    """``participant``, ``system``, or the id of an account."""
    by: str
    """Name of the account; empty for whoever has none."""
    here: bool
    """Noted at this kiosk."""
    reason: str | None
    clock_sure: bool
    annulled: Annulled | None = None
    annuls: str | None = None
    """The kind of the event that this one annuls, where that event is known."""
    as_walk_in: str = ""
    """The name under which it was noted, where the person was not known yet."""

    @property
    def by_the_person(self) -> bool:
        """What the person did at the kiosk."""
        return self.actor == PARTICIPANT

    @property
    def by_command(self) -> bool:
        """What a command or the kiosk did by itself."""
        return self.actor == SYSTEM

    @property
    def from_paper(self) -> bool:
        """Typed in from a sheet."""
        return self.way == Way.PAPER

    @property
    def later(self) -> bool:
        """Noted well after it happened, by whatever way; nothing is refused for that."""
        return self.stored_at - self.at >= LATER

    @property
    def can_be_corrected(self) -> bool:
        """It stands, and is not itself an annulment."""
        return self.annulled is None and self.kind != Event.ANNULLED


def person_events(
    at: At, half_day_id: str, person_id: str, aliases: Mapping[str, str]
) -> tuple[PersonEvent, ...]:
    """The ledger of one person on one half-day; ``aliases`` names the walk-ins they turned out to be."""
    rows = at.conn.execute(_EVENTS, (half_day_id, person_id)).fetchall()
    kinds = {row[0]: row[1] for row in rows}
    annulled = {
        row[10]: Annulled(row[6] or "", from_db_time(row[2]), row[8])
        for row in reversed(rows)  # the first one stays where several say the same
        if row[1] == Event.ANNULLED
    }
    return tuple(
        PersonEvent(
            id=row[0],
            kind=row[1],
            at=from_db_time(row[2]),
            stored_at=from_db_time(row[3]),
            way=row[4],
            actor=row[5],
            by=row[6] or "",
            here=row[7] == at.desk.kiosk_id,
            reason=row[8],
            clock_sure=bool(row[9]),
            annulled=annulled.get(row[0]),
            annuls=kinds.get(row[10]),
            as_walk_in=aliases.get(row[11], ""),
        )
        for row in rows
    )
