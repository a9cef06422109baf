"""What waits for somebody of the team: calls for help, walk-ins, people who read the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.answers import Sitting
from models.arrival import arrive
from models.help import SAME_NAME, open_calls, settle_call
from models.marking import Marked, Refused
from models.names import shown_name
from models.requests import At, NotAllowed, Request
from models.rights import Action, may
from models.walk_in import give_place, take_back, walk_ins
from models.words import CORRECTIONS, Way

if TYPE_CHECKING:
    from models.connection import Connection

_PERSON = (
    "select k.id, k.first_name, k.last_name, k.reference from participant p"
    " join participant k on k.id = coalesce(nullif(p.merged_into, ''), p.id) where p.id = ?"
)


class Decision(StrEnum):
    """What somebody of the team can do with a line."""

    SETTLE = "settle"
    ARRIVED = "arrived"
    """This one of several people who read the same has come."""
    PLACE = "place"
    """A place for who waits, or a word that a walk-in is right."""
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One thing to see to."""

    id: str
    """Of the call or of the booking."""
    at: datetime
    why: str
    """Why the team was called, or ``waiting``, or ``walk_in``."""
    decisions: tuple[Decision, ...]
    name: str = ""
    person_id: str = ""
    half_day: Sitting | None = None
    screen: str = ""
    """On which screen help was asked for."""


def team_list(conn: Connection, corner_id: str, now: datetime) -> tuple[TeamLine, ...]:
    """Everything of today that nobody has seen to, the oldest first."""
    lines: list[TeamLine] = []
    for call in open_calls(conn, now):
        people = [row for person in call.people if (row := conn.execute(_PERSON, (person,)).fetchone())]
        if call.why == SAME_NAME and people:
            # Only here, behind the PIN: what tells two people apart.
            lines += [
                TeamLine(
                    call.id,
                    call.at,
                    call.why,
                    (Decision.ARRIVED,),
                    " ".join(part for part in (first, last, reference) if part),
                    person,
                )
                for person, first, last, reference in people
            ]
        else:
            name = ", ".join(shown_name(first, last) for _, first, last, _ in people)
            lines.append(TeamLine(call.id, call.at, call.why, (Decision.SETTLE,), name, screen=call.screen))
    lines += [
        TeamLine(
            one.booking_id,
            one.asked_at,
            "waiting" if one.waiting else "walk_in",
            (Decision.PLACE, Decision.TAKE_BACK),
            one.name,
            one.participant_id,
            one.half_day,
        )
        for one in walk_ins(conn, corner_id, now)
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, line.id)))


@dataclass(frozen=True, slots=True)
class SeeTeamList(Request[tuple[TeamLine, ...]]):
    """What waits for the team."""

    action: ClassVar[Action] = Action.SEE_TO_CALLS
    writes: ClassVar[bool] = False

    def do(self, at: At) -> tuple[TeamLine, ...]:
        """See ``team_list``."""
        return team_list(at.conn, at.desk.corner_id, at.now)


_ACTIONS = {
    Decision.SETTLE: Action.SEE_TO_CALLS,
    Decision.ARRIVED: Action.MARK,
    Decision.PLACE: Action.ADMIT,
    Decision.TAKE_BACK: Action.ADMIT,
}


@dataclass(frozen=True, slots=True)
class Decide(Request[Marked]):
    """Do what somebody of the team decided about a line."""

    # Whoever decides anything sees the list; the decision's own action is asked for in ``do``.
    action: ClassVar[Action] = Action.SEE_TO_CALLS
    line: TeamLine
    decision: Decision
    reason: str | None = None
    """A word of ``models.words.CORRECTIONS``: taking back annuls what was noted (P-26)."""

    @property
    def reaches(self) -> str:
        """The half-day of a booking; a call is about none."""
        return self.line.half_day.id if self.line.half_day else ""

    def do(self, at: At) -> Marked:
        """See to a call, note who has come, give a place or take one back; only of what is on the list."""
        action = _ACTIONS[self.decision]
        if not may(at.colleague.role, action):
            raise NotAllowed(action)
        listed = team_list(at.conn, at.desk.corner_id, at.now)
        named = (self.line.id, self.line.person_id)
        line = next((one for one in listed if (one.id, one.person_id) == named), None)
        if line is None or self.decision not in line.decisions:
            return Marked(refused=Refused.GONE)
        if self.decision is Decision.PLACE:
            return give_place(at, line.id, self.reason)
        if self.decision is Decision.TAKE_BACK:
            return self._take_back(at, line)
        if self.decision is Decision.ARRIVED:
            arrive(at.conn, at.desk, line.person_id, Way.FACILITATOR, at.now)
        settle_call(at.conn, at.author, line.id)
        return Marked(people=(line.person_id,) if line.person_id else ())

    def _take_back(self, at: At, line: TeamLine) -> Marked:
        if self.reason not in CORRECTIONS:
            return Marked(refused=Refused.NEEDS_REASON)
        take_back(at.conn, at.desk, at.colleague.id, line.id, at.now, self.reason)
        return Marked(people=(line.person_id,))
