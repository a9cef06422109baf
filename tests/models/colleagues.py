"""Somebody of the team at a kiosk, and what they do there."""

from __future__ import annotations

from dataclasses import replace

from models.correcting import AnnulEvent, CorrectTime
from models.figures import figures_of, hash_of
from models.ids import named_id
from models.log import record
from models.marking import Mark, MarkEverybody, MarkPerson
from models.person import PersonPage, SeePerson
from models.projections import rebuild
from models.registers import set_fields
from models.requests import At, Request, colleague, run
from models.roster import Attendee, roster_of
from models.undoing import Act, RedoLast, Steps, UndoLast, steps
from models.words import Role


class Colleague:
    """A facilitator, unless said otherwise, at one kiosk."""

    def __init__(self, corner, name: str = "Leïla", role: Role = Role.FACILITATOR) -> None:
        self.corner = corner
        self.id = named_id("staff_member", name)
        values = {"name": name, "role": role, "pin": ""}
        with corner.transaction():
            set_fields(corner.conn, corner.author(), "staff_member", self.id, values, new=True)

    def at_kiosk(self, kiosk_id: str) -> Colleague:
        """The same person at another kiosk on the same database."""
        other = object.__new__(Colleague)
        other.corner = type(self.corner)(self.corner.conn, kiosk_id=kiosk_id)
        other.id = self.id
        return other

    def asks(self, request: Request, when: str, **desk: object):
        """Do a request as the app does."""
        corner = self.corner
        with corner.transaction():
            return run(
                corner.conn,
                replace(corner.desk, actor=self.id, **desk),
                self.id,
                corner.at(when),
                request,
            )

    def marks(self, name: str, mark: Mark, half_day: str, when: str, moment: str | None = None, **more):
        at = self.corner.at(moment) if moment else None
        person = self.corner.person(name) if name[0].isupper() else name
        return self.asks(MarkPerson(half_day, person, mark, moment=at, **more), when)

    def marks_everybody(self, mark: Mark, half_day: str, when: str, **more):
        return self.asks(MarkEverybody(half_day, mark, **more), when)

    def undoes(self, when: str) -> Act | None:
        """Take back what is offered; returns it, ``None`` where nothing is."""
        return undo(self.corner, self.id, when)

    def redoes(self, when: str) -> Act | None:
        """Do again what is offered."""
        offered = offered_to(self.corner, self.id, when).redo
        return self.asks(RedoLast(offered.half_day_id, offered.id), when).act if offered else None

    def corrects(self, event: str, moment: str, half_day: str, when: str, reason: str = "told_later"):
        return self.asks(CorrectTime(half_day, event, self.corner.at(moment), reason), when)

    def annuls(self, event: str, half_day: str, when: str, reason: str = "wrong_person"):
        return self.asks(AnnulEvent(half_day, event, reason), when)

    def sees(self, name: str, half_day: str, when: str = "13:00") -> PersonPage | None:
        person = self.corner.person(name) if name[0].isupper() else name
        return self.asks(SeePerson(half_day, person), when)

    def closes(self, half_day: str, when: str, figures: str = "") -> None:
        """Write that the half-day is closed, as closing does; with other figures, as another version does."""
        corner = self.corner
        if not figures:
            roster = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
            figures = figures_of(roster).text
        stamp = f"{corner.at(when).replace(tzinfo=None).isoformat('T', 'microseconds')}Z"
        body = {"at": stamp, "figures": figures, "hash": hash_of(figures)}
        with corner.transaction():
            record(
                corner.conn,
                corner.author(when, self.id),
                "attendance.settled",
                "attendance",
                half_day,
                body,
            )

    def line(self, name: str, half_day: str, when: str = "13:00") -> Attendee | None:
        """One line of the roster."""
        found = roster_of(self.corner.conn, half_day, self.corner.desk.policy, self.corner.at(when))
        people = found.people if found else ()
        return next((one for one in people if one.name.startswith(name)), None)

    def state(self, name: str, half_day: str, when: str = "13:00") -> tuple[str, int]:
        """State and minutes."""
        reckoning = self.line(name, half_day, when).reckoning
        return reckoning.state, reckoning.minutes


def unhurt(corner) -> bool:
    """The log is whole, and every table is what the log makes."""
    noted = corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    return corner.projections() == noted and corner.flaws() == []


def offered_to(corner, staff_id: str, when: str) -> Steps:
    """What somebody can take back and do again, as the roster of their last half-day offers it."""
    desk = replace(corner.desk, actor=staff_id)
    last = corner.ask(
        "select half_day_id from attendance_event where actor = ? order by rowid desc limit 1", staff_id
    )
    at = At(corner.conn, desk, colleague(corner.conn, staff_id), corner.at(when))
    return steps(at, last[0][0] if last else "")


def undo(corner, staff_id: str, when: str) -> Act | None:
    """Take back what is offered to somebody; returns it, ``None`` where nothing is."""
    offered = offered_to(corner, staff_id, when).undo
    if offered is None:
        return None
    with corner.transaction():
        request = UndoLast(offered.half_day_id, offered.id)
        return run(corner.conn, replace(corner.desk, actor=staff_id), staff_id, corner.at(when), request).act


def hire(corner, role: str) -> str:
    """Open an account of a role; returns its id, which is the role's name."""
    with corner.transaction():
        values = {"name": "Noor", "role": role, "pin": ""}
        set_fields(corner.conn, corner.author(), "staff_member", role, values, new=True)
    return role


def asks(corner, role: str, request: Request, when: str):
    """What a request of somebody of this role answers at a moment."""
    if not corner.ask("select 1 from staff_member where id = ?", role):
        hire(corner, role)
    with corner.transaction():
        return run(corner.conn, replace(corner.desk, actor=role), role, corner.at(when), request)
