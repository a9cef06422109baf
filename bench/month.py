"""The months of a busy corner, lived through the kiosk's own rules: ``python -m bench.month HOME``.

440 half-days a year for eight people each, with all that goes wrong in them. The home is one that
``kiosk init`` has made. The same seed gives the same story; ids, cards and salts are chance, as everywhere.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from assets.languages import BRUSSELS
from bench import closing
from bench.agenda import Agenda
from bench.attending import Attending, Codes
from bench.timetable import planned
from kiosk.database import Database
from kiosk.home import Home
from kiosk.settings import load_settings
from models.accounts import accounts
from models.arrival import Desk
from models.bookings import Applied, apply_lines
from models.codes import Form
from models.equipment import add_piece, pieces_of
from models.founding import kiosk_id
from models.issuing import issue, participant_id
from models.lines import BookingLine
from models.review.period import Kind, period_of
from models.roster import rosters
from models.words import SYSTEM, Role

if TYPE_CHECKING:
    from models.connection import Connection

SEED = 20261001
AHEAD = timedelta(days=14)
"""How long before its first half-day an edition is known here."""

_PIECES = ("tablet",) * 6 + ("smartphone", "smartphone", "television", "camera")


@dataclass
class Month:
    """Some months of a corner; its days are lived in their order, each in a transaction of the caller's."""

    desk: Desk
    staff_id: str
    first: date
    last: date
    seed: int = SEED
    done: Counter[str] = field(default_factory=Counter)
    """How often each thing happened."""

    def __post_init__(self) -> None:
        self._plans = planned(self.first, self.last + 2 * AHEAD, self.seed)
        self._codes: Codes = {}
        self._known: set[str] = set()
        """Editions that have come from the booking office."""

    @property
    def days(self) -> list[date]:
        """From the first to the last, also those on which the corner is closed."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def live(self, conn: Connection, day: date) -> None:
        """One day, from the bookings of the morning to the signatures of the evening."""
        chance = Random(f"{self.seed} {day}")
        morning = datetime.combine(day, time(7), BRUSSELS)
        agenda = Agenda(conn, self.desk, self.staff_id, chance, self.done, morning)
        self._take_bookings(agenda, day)
        if not any(plan.on == day for plan in self._plans):
            return
        if not pieces_of(conn, self.desk.corner_id):
            for kind in _PIECES:
                add_piece(conn, agenda.author(SYSTEM), self.desk.corner_id, kind)
        closing.in_the_morning(agenda)
        self._yesterday(agenda, day)
        listed = rosters(conn, self.desk.corner_id, day, self.desk.policy, morning)
        by_place = {(roster.half_day.programme, roster.half_day.starts_at): roster for roster in listed}
        for plan in self._plans:
            if plan.on == day:
                roster = by_place[plan.programme, plan.start]
                Attending(agenda, plan, roster, self._codes, self.seed).plan_people()
                after = timedelta(minutes=chance.uniform(14, 40))
                agenda.at(plan.end + after, lambda roster=roster: closing.at_the_end(agenda, roster))
        for _ in range(chance.choices((0, 1, 2), (60, 30, 10))[0]):
            moment = morning + timedelta(minutes=chance.uniform(60, 500))
            agenda.at(moment, lambda: closing.at_the_door(agenda))
        agenda.pass_by()

    def _take_bookings(self, agenda: Agenda, day: date) -> None:
        """What the booking office knows of the two weeks ahead, with cards and codes for whoever is new."""
        lines: list[BookingLine] = []
        for plan in self._plans:
            if plan.on <= day + AHEAD and plan.edition not in self._known:
                self._known.add(plan.edition)
                lines += self._lines_of(plan.edition)
        apply_lines(agenda.conn, agenda.author(SYSTEM), lines, Applied())
        references = {line.reference for line in lines if line.reference}
        new = [id_ for id_ in map(participant_id, sorted(references)) if id_ not in self._codes]
        for form in Form if new else ():
            issued = issue(agenda.conn, agenda.author(SYSTEM), self.desk.key, form, new)
            for id_, code in zip(new, issued, strict=True):
                self._codes.setdefault(id_, {})[form] = code.letters
        agenda.done["booked"] += len(lines)

    def _lines_of(self, edition: str) -> Iterator[BookingLine]:
        """A file of the booking office; a few have changed their minds."""
        chance = Random(f"{self.seed} file {edition}")
        for plan in self._plans:
            if plan.edition == edition:
                yield plan.line()
                for number in plan.people:
                    yield plan.booking(number, self.seed, "cancelled" if chance.random() < 0.03 else "booked")

    def _yesterday(self, agenda: Agenda, day: date) -> None:
        before, policy = day - timedelta(days=1), self.desk.policy
        for roster in rosters(agenda.conn, self.desk.corner_id, before, policy, agenda.now):
            if roster.signed is not None and agenda.maybe(0.06):
                closing.corrected_afterwards(agenda, roster)


def month_of(conn: Connection, desk: Desk, first: date, last: date, seed: int = SEED) -> Month:
    """Some months of a corner, seen to by its first member of staff."""
    staff = next(one for one in accounts(conn) if one.role == Role.STAFF)
    return Month(desk, staff.id, first, last, seed)


def fill(home: Home, first: date, last: date, seed: int = SEED) -> Counter[str]:
    """Let the months happen in a home; how often each thing did."""
    database = Database(home.database)
    database.open().result()
    try:
        settings = load_settings(home)
        kiosk = database.read(kiosk_id).result() or ""
        desk = Desk(kiosk, settings.corner, home.key(), settings.policy)
        month = database.read(month_of, desk, first, last, seed).result()
        for day in month.days:
            database.write(month.live, day).result()
    finally:
        database.close()
    return month.done


def main() -> None:
    """Fill the home that is named."""
    parser = argparse.ArgumentParser(prog="python -m bench.month", description=__doc__)
    parser.add_argument("home", type=Path, help="a folder that `kiosk init` has made")
    parser.add_argument("--first", type=date.fromisoformat, required=True, help="first day")
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    period = period_of(Kind.MONTH, given.first)
    for _ in range(given.months - 1):
        period = period.after
    done = fill(Home(given.home), given.first, period.last, given.seed)
    for doing, times in sorted(done.items()):
        print(f"{times:6}  {doing}")


if __name__ == "__main__":
    main()
