"""What people do on one half-day: come, stay away, come late, go early, walk in, forget to say goodbye."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bench.agenda import Agenda, taken_stock
from bench.public import first_name, reference_of, somebody
from bench.timetable import Planned
from models.answers import Outcome
from models.arrival import Desk, Wish, arrive, check_in
from models.assessment.taking import take
from models.bookings import Applied, apply_lines
from models.codes import Form
from models.correcting import AnnulEvent, CorrectTime
from models.equipment import Lend, pieces_of
from models.issuing import participant_id
from models.marking import Mark, MarkEverybody, MarkPerson
from models.merging import Merge
from models.orientation import Orient
from models.places import ask_for_place, open_to
from models.roster import Attendee, HalfDayRoster
from models.team_list import Decide, Decision, SeeTeamList
from models.walk_in import Guest, walk_in
from models.words import AUDIENCES, EXCUSES, IMPORT, PARTICIPANT, Answer, Way

Codes = dict[str, dict[Form, str]]
"""What each person holds, by their id."""

_WALK_IN_TO = ("awareness", "digital-skills", "job-search")
_NEXT = ("course-24", "course-24", "course-40", "digital-skills", "job-search")

_ELSEWHERE = (
    "select id from participant where reference <> '' and merged_into = '' and id not in"
    " (select participant_id from booking where half_day_id = ?) order by reference desc limit 30"
)


@dataclass
class Attending:
    """One half-day, as people live it."""

    agenda: Agenda
    plan: Planned
    roster: HalfDayRoster
    """As it is in the morning."""
    codes: Codes
    seed: int

    def __post_init__(self) -> None:
        self._id = self.roster.half_day.id
        self._start, self._end = self.roster.half_day.starts_at, self.roster.half_day.ends_at
        sure = not self.agenda.maybe(0.04)
        self._desk: Desk = replace(self.agenda.desk, clock_sure=sure)
        self._one_touch = self.agenda.maybe(0.4)
        """Whether the departure of everybody is noted at once."""
        self._forgotten = self.agenda.maybe(0.05)
        """Whether nobody thinks of departures at all."""

    def plan_people(self) -> None:
        """Say of everybody what will happen."""
        agenda = self.agenda
        for person in sorted(self.roster.people, key=lambda one: one.reference):
            drawn = agenda.chance.random()
            if drawn < 0.06:
                self._at(self._start, -50, self._excused, person)
            elif drawn < 0.155:
                self._at(self._start, agenda.chance.uniform(25, 45), self._absent, person)
            else:
                between = (17, 70) if agenda.maybe(0.11) else (-30, 12)
                self._at(self._start, agenda.chance.uniform(*between), self._comes, person)
        if self.plan.programme in _WALK_IN_TO:
            for _ in range(agenda.chance.choices((0, 1, 2), (45, 37, 18))[0]):
                self._at(self._start, agenda.chance.uniform(-10, 20), self._walks_in)
        if self.plan.programme.startswith("video"):
            self._at(self._start, 30, self._borrows)
        if self._one_touch and not self._forgotten:
            self._at(self._end, agenda.chance.uniform(-2, 10), self._all_leave)

    def _at(self, moment: datetime, minutes: float, does, *whom: Attendee) -> None:
        seconds = round(minutes * 60)
        self.agenda.at(moment + timedelta(seconds=seconds), lambda: does(*whom))

    # ---- who was expected

    def _excused(self, person: Attendee) -> None:
        self._mark(person.person_id, Mark.EXCUSED, "excused", excuse=self.agenda.chance.choice(EXCUSES))
        if self.agenda.maybe(0.04):
            self._at(self._start, 20, self._comes, person)

    def _absent(self, person: Attendee) -> None:
        if not self.agenda.maybe(0.75):
            return
        self._mark(person.person_id, Mark.ABSENT, "absent")
        if self.agenda.maybe(0.12):
            self._at(self._end, -30, self._told_later, person)

    def _told_later(self, person: Attendee) -> None:
        self._mark(person.person_id, Mark.EXCUSED, "absence excused later", excuse="other")

    def _comes(self, person: Attendee) -> None:
        outcome = self._arrives(person.person_id)
        if outcome.answer is Answer.CHOOSE:
            outcome = self._arrives(person.person_id, Wish(half_day_id=self._id))
        here = outcome.half_day is not None and outcome.half_day.id == self._id
        if outcome.answer not in (Answer.WELCOME, Answer.WELCOME_LATE) or not here or not outcome.event_id:
            self._mark(person.person_id, Mark.PRESENT, "noted by the team")
        else:
            self.agenda.done[str(outcome.answer)] += 1
            if self._put_right(person.person_id, outcome.event_id):
                return
        self._stays(person.person_id)

    def _arrives(self, person_id: str, wish: Wish | None = None) -> Outcome:
        conn, now = self.agenda.conn, self.agenda.now
        held = self.codes.get(person_id, {})
        drawn = self.agenda.chance.random()
        if held and drawn < 0.6:
            return check_in(conn, self._desk, held[Form.CARD], Way.CARD, now, wish)
        if held and drawn < 0.85:
            return check_in(conn, self._desk, held[Form.SHORT], Way.CODE, now, wish)
        return arrive(conn, self._desk, person_id, Way.NAME, now, wish)

    def _put_right(self, person_id: str, event_id: str) -> bool:
        """Some arrivals were not so; whether this one does not count any more."""
        agenda = self.agenda
        drawn = agenda.chance.random()
        if drawn < 0.02:
            agenda.after(4, lambda: agenda.ask(AnnulEvent(self._id, event_id, "wrong_person"), "annulled"))
            if agenda.maybe(0.6):
                agenda.after(12, lambda: self._mark(person_id, Mark.PRESENT, "noted by the team"))
                agenda.after(13, lambda: self._stays(person_id))
            return True
        if drawn < 0.07:
            earlier = max(agenda.now - timedelta(minutes=6), self._start - self._desk.policy.doors)
            request = CorrectTime(self._id, event_id, earlier, "told_later")
            agenda.after(9, lambda: agenda.ask(request, "corrected"))
        return False

    def _stays(self, person_id: str) -> None:
        """What somebody does who is there, and when they go."""
        agenda = self.agenda
        if (self.plan.programme == "awareness" or self.plan.last) and agenda.maybe(0.65):
            self._at(self._start, agenda.chance.uniform(75, 150), lambda: self._takes_stock(person_id))
        if self._number(person_id) and agenda.maybe(0.015):
            self._at(self._start, 60, lambda: self._is_cancelled(person_id))
        if self.plan.programme == "awareness":
            self._at(self._end, -8, lambda: self._is_oriented(person_id))
        if agenda.maybe(0.07):
            before = agenda.chance.uniform(15, 100)
            self._at(self._end, -before, lambda: self._leaves(person_id, "left early"))
        elif not (self._one_touch or self._forgotten or agenda.maybe(0.04)):
            self._at(self._end, agenda.chance.uniform(-4, 12), lambda: self._leaves(person_id, "left"))

    def _leaves(self, person_id: str, doing: str) -> None:
        if self.agenda.there(self._id, person_id):
            self._mark(person_id, Mark.LEFT, doing)

    def _all_leave(self) -> None:
        self.agenda.ask(MarkEverybody(self._id, Mark.LEFT), "everybody left")

    def _is_cancelled(self, person_id: str) -> None:
        """The booking office takes back the booking of somebody who is there already."""
        agenda = self.agenda
        line = self.plan.booking(self._number(person_id), self.seed, "cancelled")
        apply_lines(agenda.conn, agenda.author(IMPORT), [line], Applied())
        agenda.done["cancelled too late"] += 1

    # ---- who was not

    def _walks_in(self) -> None:
        agenda = self.agenda
        guest = Guest(first_name(agenda.chance), agenda.chance.choice(AUDIENCES), "fr")
        wish = Wish(half_day_id=self._id, join=True)
        outcome = walk_in(agenda.conn, self._desk, guest, agenda.now, wish)
        if outcome.person is None or not outcome.person.id:
            return
        person_id = outcome.person.id
        agenda.done["walk-in"] += 1
        if outcome.answer is Answer.FULL:
            if agenda.maybe(0.45):
                agenda.after(12, lambda: self._decided(person_id, "let in beyond the places"))
            return
        drawn = agenda.chance.random()
        if drawn < 0.3:
            agenda.after(30, lambda: self._is_known(person_id))
        elif drawn < 0.9:
            agenda.after(10, lambda: self._decided(person_id, "walk-in confirmed"))
        self._stays(person_id)

    def _decided(self, person_id: str, doing: str) -> None:
        agenda = self.agenda
        for line in agenda.ask(SeeTeamList()):
            if line.person_id == person_id and Decision.PLACE in line.decisions:
                agenda.ask(Decide(line, Decision.PLACE), doing)
                self._stays(person_id)

    def _is_known(self, walk_in_id: str) -> None:
        """The walk-in turns out to be somebody whom the booking office knows."""
        agenda = self.agenda
        known = [row[0] for row in agenda.conn.execute(_ELSEWHERE, (self._id,))]
        if known:
            person_id = agenda.chance.choice(known)
            if agenda.ask(Merge(self._id, walk_in_id, person_id)) is None:
                agenda.done["merged"] += 1
                self._stays(person_id)

    # ---- what else happens

    def _takes_stock(self, person_id: str) -> None:
        agenda = self.agenda
        if agenda.there(self._id, person_id):
            able = somebody(self._number(person_id), self.seed).able
            able += 0 if self.plan.programme == "awareness" else 0.6
            draft = taken_stock(agenda.chance, able)
            take(agenda.conn, agenda.author(PARTICIPANT), self._desk.corner_id, person_id, draft)
            agenda.done["assessment"] += 1

    def _number(self, person_id: str) -> int:
        """Of whoever is in no file for this half-day nought."""
        known = {participant_id(reference_of(number)): number for number in self.plan.people}
        return known.get(person_id, 0)

    def _is_oriented(self, person_id: str) -> None:
        agenda = self.agenda
        if not agenda.there(self._id, person_id):
            return
        if agenda.maybe(0.5):
            agenda.ask(Orient(person_id, agenda.chance.choice(_NEXT)))
            agenda.done["oriented"] += 1
        offered = open_to(agenda.conn, self._desk, person_id, agenda.now)
        if offered and agenda.maybe(0.3):
            wanted = agenda.chance.choice(offered).first.id
            asked = ask_for_place(agenda.conn, self._desk, person_id, wanted, agenda.now)
            agenda.done["asked for a place"] += asked.refused is None

    def _borrows(self) -> None:
        agenda = self.agenda
        there = [one.person_id for one in self.roster.people if agenda.there(self._id, one.person_id)]
        for piece in pieces_of(agenda.conn, self._desk.corner_id):
            if there and piece.loan is None and agenda.maybe(0.5):
                agenda.ask(Lend(piece.id, agenda.chance.choice(there), self._id), "lent")

    def _mark(self, person_id: str, mark: Mark, doing: str, excuse: str | None = None) -> None:
        self.agenda.ask(MarkPerson(self._id, person_id, mark, excuse=excuse), doing)
