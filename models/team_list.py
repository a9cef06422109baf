"""What waits for somebody of the team: calls for help, walk-ins, people who read the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from models.answers import Sitting
from models.arrival import Desk, arrive
from models.help import SAME_NAME, open_calls, settle_call
from models.log import Author
from models.names import shown_name
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
            lines.append(TeamLine(call.id, call.at, call.why, (Decision.SETTLE,), name))
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


def decide(
    conn: Connection, desk: Desk, staff_id: str, line: TeamLine, decision: Decision, now: datetime
) -> tuple[TeamLine, ...]:
    """Do what somebody of the team decided, and say what is left."""
    author = Author(desk.kiosk_id, staff_id, now)
    if decision is Decision.ARRIVED:
        arrive(conn, replace(desk, actor=staff_id), line.person_id, Way.FACILITATOR, now)
    if decision in (Decision.ARRIVED, Decision.SETTLE):
        settle_call(conn, author, line.id)
    elif decision is Decision.PLACE:
        give_place(conn, desk, staff_id, line.id, now)
    elif decision is Decision.TAKE_BACK:
        take_back(conn, desk, staff_id, line.id, now)
    return team_list(conn, desk.corner_id, now)
