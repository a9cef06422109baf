"""The rehearsal: an invented day around the present hour, in a database that is thrown away."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assets.assessment import thresholds
from assets.facts import corners, read_asset
from assets.languages import N_, Translate, local
from kiosk.clock import Clock
from kiosk.database import Database
from kiosk.home import Home
from kiosk.rehearsed_path import edition_lines, live
from models import accounts, bookings, equipment, founding, issuing, pins
from models.arrival import Desk
from models.assessment import taking
from models.assessment.draft import Draft, Part, new_draft
from models.codes import Form
from models.lines import BookingLine
from models.log import Author
from models.policy import Policy
from models.words import PARTICIPANT, SYSTEM, Role

CORNER = "charleroi"
ELSEWHERE = "mons"

FIRST, SECOND = "Sam", "Aïcha"
"""Who works in the invented corner: an account of staff, and one of a facilitator."""

A_WHILE = timedelta(minutes=30)
"""How long somebody may play before the doors of the later half-day open."""

CASES = {
    "now": N_("a une place maintenant"),
    "later": N_("a une place plus tard aujourd'hui"),
    "tomorrow": N_("a une place demain"),
    "elsewhere": N_("a une place à Mons aujourd'hui"),
    "cancelled": N_("a une réservation annulée"),
    "two": N_("a une place dans deux ateliers"),
}


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person with what they hold."""

    name: str
    case: str
    code: str
    token: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal that is ready to be played."""

    database: Database
    desk: Desk
    pins: dict[str, str]
    """The PIN of each invented account, by its name."""
    people: tuple[Invented, ...]

    @property
    def pin(self) -> str:
        """The PIN of the first account."""
        return self.pins[FIRST]

    def sheet(self, translate: Translate) -> str:
        """What is printed before the screen starts: who holds which code, and the way out."""
        lines = [translate("Démonstration : une journée inventée. Codes à essayer :"), ""]
        lines += [
            f"{person.code}  {person.name:<15} {translate(CASES[person.case])}" for person in self.people
        ]
        lines += [
            "",
            translate("Une carte à taper ou à passer : {token}", token=self.people[1].token),
            translate("Pour l'équipe, et pour sortir : « Équipe », un prénom, puis son code :"),
            *(f"{pin}  {name}" for name, pin in self.pins.items()),
            "",
        ]
        return "\n".join(lines)

    def banner(self, translate: Translate) -> str:
        """What the screen says all the time."""
        first, _, _, fourth, *_ = self.people
        return translate("Démonstration · codes à essayer : {one} {two}", one=first.code, two=fourth.code)


@contextmanager
def rehearse(clock: Clock, *, past: bool = True) -> Iterator[Rehearsal]:
    """Make the invented day; it is deleted at the end.

    Args:
        past: whether somebody has half-days behind them; without, the day is all there is.
    """
    folder = Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    try:
        home = Home(folder)
        home.make()
        database = Database(home.database)
        database.open(create=True).result()
        try:
            yield _invent(database, home.new_key(), clock.now(), past=past)
        finally:
            database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _invent(database: Database, key: bytes, now: datetime, *, past: bool) -> Rehearsal:
    before = now - timedelta(days=2)
    codes = {name: pins.new_pin() for name in (FIRST, SECOND)}
    kept = {name: pins.hash_pin(pin) for name, pin in codes.items()}
    database.write(founding.found, corners()[CORNER], FIRST, kept[FIRST], before).result()
    kiosk_id = database.write(founding.kiosk_id).result() or ""
    author = Author(kiosk_id, SYSTEM, before)
    database.write(accounts.add, author, SECOND, Role.FACILITATOR, kept[SECOND]).result()
    start, later, tomorrow = _starts(now)
    invented_day = json.loads(read_asset("rehearsal.json"))
    people, facilitators = invented_day["people"], invented_day["facilitators"]
    if later is None:
        # Too late in the evening for anything later: no promise that the day cannot keep.
        people = [person | {"case": "tomorrow"} if person["case"] == "later" else person for person in people]
    starts = {"later": later or tomorrow, "tomorrow": tomorrow}
    lines = [
        line
        for number, person in enumerate(people)
        for line in _lines(number, person, starts.get(person["case"], start), facilitators)
    ]
    lines += edition_lines(CORNER, invented_day["editions"], now)
    database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
    ids = [issuing.participant_id(f"DEMO-{number:02d}") for number in range(len(people))]
    issued = {
        form: database.write(issuing.issue, author, key, form, ids).result()
        for form in (Form.SHORT, Form.CARD)
    }
    invented = tuple(
        Invented(code.name, person["case"], code.letters, card.letters)
        for person, code, card in zip(people, issued[Form.SHORT], issued[Form.CARD], strict=True)
    )
    for id_, person in zip(ids, people, strict=True):
        for ago, said in enumerate(reversed(person.get("said", ()))):
            then = Author(kiosk_id, PARTICIPANT, now - timedelta(days=1 + 30 * ago))
            database.write(taking.take, then, CORNER, id_, _said(said)).result()
    desk = Desk(kiosk_id, CORNER, key, Policy())
    team = database.read(accounts.accounts).result()[0].id
    for number, (id_, person) in enumerate(zip(ids, people, strict=True)):
        whose = (id_, f"DEMO-{number:02d}")
        told = person if past else {**person, "before": ()}
        if told.get("before") or told.get("to_come"):
            database.write(live, desk, team, told, whose, now).result()
    for kind, number in invented_day["equipment"].items():
        for _ in range(number):
            database.write(equipment.add_piece, author, CORNER, kind).result()
    return Rehearsal(database, desk, codes, invented)


def _starts(now: datetime) -> tuple[datetime, datetime | None, datetime]:
    """When half-days start: at the next half hour, later today where the day is long enough, tomorrow.

    Today's all start on the local day of ``now``, however late it is.
    """
    last = local(now).replace(hour=23, minute=30, second=0, microsecond=0).astimezone(UTC)
    half_hour = now.replace(minute=30 if now.minute < 30 else 0, second=0, microsecond=0)
    start = min(half_hour if now.minute < 30 else half_hour + timedelta(hours=1), last)
    later = min(start + timedelta(hours=4), last)
    soonest = now + Policy().doors + A_WHILE
    tomorrow = (local(start) + timedelta(days=1)).astimezone(UTC)
    return start, later if later >= soonest else None, tomorrow


def _said(values: str) -> Draft:
    """What somebody has answered, as far as they were asked."""
    numbers = thresholds()
    items = [f"{competence}S" for area in numbers.order for competence in numbers.core[area]]
    given = dict(zip(items, map(int, values), strict=True))
    draft = new_draft(Part.CORE)
    while (item := draft.next_item(numbers)) is not None:
        draft = draft.answer(item, given[item])
    return draft


def _lines(number: int, person: dict[str, str], start: datetime, facilitators: str) -> Iterator[BookingLine]:
    """The bookings of one invented person, all from the same moment on."""
    case = person["case"]
    sittings = {
        "now": [("awareness", "2", CORNER)],
        "later": [("video-cv", "1", CORNER)],
        "tomorrow": [("awareness", "2", CORNER)],
        "elsewhere": [("job-search", "3", ELSEWHERE)],
        "cancelled": [("awareness", "2", CORNER)],
        "two": [("awareness", "2", CORNER), ("digital-skills", "1", CORNER)],
    }[case]
    for programme, room, corner in sittings:
        yield BookingLine(
            line=number + 1,
            corner=corner,
            programme=programme,
            starts_at=start,
            ends_at=start + timedelta(hours=3, minutes=30),
            room=room,
            facilitators=facilitators if corner == CORNER else None,
            reference=f"DEMO-{number:02d}",
            first_name=person["first_name"],
            last_name=person["last_name"],
            language=person["language"],
            status="cancelled" if case == "cancelled" else "booked",
        )
