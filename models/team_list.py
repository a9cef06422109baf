"""What waits for somebody of the team: calls for help, walk-ins, people who read the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from models.answers import Sitting
from models.arrival import arrive
from models.help import SAME_NAME, open_calls, settle_call
from models.names import shown_name
from models.requests import At, Request
from models.rights import Action
from models.walk_in import give_place, take_back, walk_ins
from models.words import Way

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


@dataclass(frozen=True, slots=True)
class Decide(Request[None]):
    """Do what somebody of the team decided about a line; what is gone meanwhile is let be."""

    action: ClassVar[Action] = Action.ADMIT
    line: TeamLine
    decision: Decision

    def do(self, at: At) -> None:
        """See to a call, note who has come, give a place or take one back."""
        desk, line, who = at.desk, self.line, at.colleague.id
        if self.decision is Decision.ARRIVED:
            arrive(at.conn, desk, line.person_id, Way.FACILITATOR, at.now)
        if self.decision in (Decision.ARRIVED, Decision.SETTLE):
            settle_call(at.conn, at.author, line.id)
        elif self.decision is Decision.PLACE:
            give_place(at.conn, desk, who, line.id, at.now)
        elif self.decision is Decision.TAKE_BACK:
            take_back(at.conn, desk, who, line.id, at.now)
