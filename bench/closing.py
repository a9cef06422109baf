"""What the team does around the half-days: places in the morning, what is odd, the signature at the end."""

from __future__ import annotations

from datetime import timedelta

from bench.agenda import Agenda
from models.arrival import check_in
from models.codes import new_token
from models.correcting import CorrectTime
from models.equipment import Return, ReturnAll, everything_out
from models.exceptions import Exceptional, Remedy
from models.ledger import events_of, standing
from models.marking import moves_of
from models.placing import DeclinePlace, GivePlace, SeePlaceRequests
from models.reckoning import Odd
from models.remedies import SettleExceptions
from models.roster import HalfDayRoster
from models.settling import ReviewHalfDay, Settle
from models.words import Way

_REMEDIED = {
    Odd.WAITING: (Remedy.TAKE_OFF, "other"),
    Odd.NO_FILE: (Remedy.STAYS, "checked"),
    Odd.UNMARKED: (Remedy.ABSENT, None),
    Odd.ARRIVED_AND_EXCUSED: (Remedy.KEEP_PRESENCE, "told_later"),
    Odd.DOUBTFUL_CLOCK: (Remedy.HOUR_RIGHT, "checked"),
    Odd.NO_DEPARTURE: (Remedy.UNTIL_END, "checked"),
}
"""What the team does about odd things, and the reason that it gives; the others it has seen."""


def in_the_morning(agenda: Agenda) -> None:
    """Places are given or declined, and what was out over night comes back."""
    for line in agenda.ask(SeePlaceRequests()):
        drawn = agenda.chance.random()
        asked = (line.person_id, line.edition.first.id)
        if line.waiting and drawn < 0.6:
            agenda.ask(GivePlace(*asked), "place given")
        elif line.waiting and drawn < 0.75:
            agenda.ask(DeclinePlace(*asked, "other"), "place declined")
    for loan in everything_out(agenda.conn, agenda.desk.corner_id):
        agenda.ask(Return(loan.equipment_id), "returned late")


def at_the_door(agenda: Agenda) -> None:
    """Somebody shows a card that nobody knows, or types letters that are none."""
    code, way = agenda.chance.choice(((new_token(), Way.CARD), ("BCDFGB", Way.CODE)))
    check_in(agenda.conn, agenda.desk, code, way, agenda.now)
    agenda.done["code refused"] += 1


def at_the_end(agenda: Agenda, roster: HalfDayRoster) -> None:
    """What was lent comes back, mostly; then the half-day is closed, mostly."""
    half_day = roster.half_day
    if agenda.maybe(0.85):
        agenda.ask(ReturnAll(half_day.id))
    if not agenda.maybe(0.87):
        return
    for _ in range(3):
        review = agenda.ask(ReviewHalfDay(half_day.id))
        if review is None or not review.exceptions:
            break
        for one in review.exceptions:
            _settled(agenda, half_day.id, one)
    review = agenda.ask(ReviewHalfDay(half_day.id))
    if review is not None:
        agenda.ask(Settle(half_day.id, review.figures.hash), "closed")


def _settled(agenda: Agenda, half_day_id: str, one: Exceptional) -> None:
    remedy, reason = _REMEDIED.get(one.case.what, (Remedy.SEEN, "checked"))
    moment = None
    if one.case.what is Odd.NO_DEPARTURE and one.arrived_at is not None and agenda.maybe(0.3):
        remedy, reason = Remedy.LEFT_AT, "told_later"
        moment = max(agenda.now - timedelta(minutes=50), one.arrived_at + timedelta(minutes=1))
    request = SettleExceptions(half_day_id, remedy, (one.case,), reason=reason, moment=moment)
    agenda.ask(request, f"odd: {one.case.what}")


def corrected_afterwards(agenda: Agenda, roster: HalfDayRoster) -> None:
    """On the next day somebody says that they had come earlier: the half-day was closed already."""
    for person in roster.people:
        moves = moves_of(standing(events_of(agenda.conn, roster.half_day.id, person.person_id)))
        if moves:
            earlier = moves[0].at - timedelta(minutes=5)
            request = CorrectTime(roster.half_day.id, moves[0].id, earlier, "told_later")
            agenda.ask(request, "corrected after closing")
            return
