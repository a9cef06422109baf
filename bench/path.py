"""The path: one person's, after five years of half-days; who is ready for what, among a thousand people."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pysqlite3

from assets.assessment import bank
from bench.figures import Bench, Figure, Limit
from bench.point import drawn_answers
from bench.stats import percentile
from models.assessment.signs import signs_of
from models.connection import db_time
from models.path.path import path_of
from models.path.readiness import ready_people
from models.policy import Policy

if TYPE_CHECKING:
    from models.connection import Connection

PEOPLE = 1_000
EACH = 20
"""Half-days of each of them, with an arrival and a departure."""
YEARS = 5
WEEKLY = 2
"""Half-days a week of the one person whose path is drawn."""

BESIDE, ALONE = "mons", "libramont"
"""Other corners than the home's: of the people who are listed, and of the one whose path is drawn."""
ONE = UUID(int=2**64).hex
NOW = datetime(2026, 11, 3, 8, 20, tzinfo=UTC)

DRAWN = Limit(50, unit=" ms")
LISTED = Limit(300, unit=" ms")

_HALF_DAY = (
    "insert into half_day (id, workshop_id, corner_id, programme, starts_at, ends_at, capacity)"
    " values (?, '', ?, ?, ?, ?, 8)"
)
_PERSON = "insert into participant (id, reference, first_name, last_name) values (?, ?, ?, 'Test')"
_BOOKING = "insert into booking (id, participant_id, half_day_id) values (?, ?, ?)"
_EVENT = (
    "insert into attendance_event (id, kiosk_id, participant_id, person_id, half_day_id, kind, at, stored_at,"
    " way, actor, annuls) values (?, 'bench', ?, ?, ?, ?, ?, ?, 'card', 'participant', ?)"
)
_SITTING = (
    "insert into assessment (id, participant_id, corner_id, at, part, framework, bank, simple, defined)"
    " values (?, ?, ?, ?, 'core', '3.0', ?, ?, ?)"
)
_DECIDED = (
    "insert into orientation (id, participant_id, programme, at, actor) values (?, ?, 'course-24', ?, 'b')"
)


def measure(bench: Bench) -> list[Figure]:
    """Both in this process, on a copy of the home with so many people more."""
    home = bench.home.copy()
    conn = pysqlite3.connect(str(home.database))
    bench.say(f"path: {PEOPLE} people with {EACH} half-days each")
    _fill(conn, random.Random(20261126))
    drawn = [_timed(lambda: path_of(conn, ONE, Policy(), NOW)) for _ in range(20 * bench.rounds)]
    listed = [_timed(lambda: ready_people(conn, BESIDE, NOW)) for _ in range(3 * bench.rounds)]
    conn.close()
    home.drop()
    years = f"path drawn from {YEARS} years of one person, p95"
    ready = f"who of {PEOPLE} people is ready for what, p95"
    return [
        Figure("path", years, "ms", percentile(drawn, 95), must=DRAWN),
        Figure("path", "the same, p50", "ms", percentile(drawn, 50)),
        Figure("path", ready, "ms", percentile(listed, 95), must=LISTED),
        Figure("path", "the same, p50", "ms", percentile(listed, 50)),
    ]


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of something."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _fill(conn: Connection, chance: random.Random) -> None:
    """A corner beside that of the home, with half-days of eight people, and one person of five years."""
    groups = PEOPLE // 8
    mornings = [NOW.replace(hour=7, minute=30) - timedelta(days=day) for day in range(1, 1 + EACH)][::-1]
    half_days = {
        (group, number): (UUID(int=2**65 + group * EACH + number).hex, start)
        for group in range(groups)
        for number, start in enumerate(mornings)
    }
    for (_, number), (half_day, start) in half_days.items():
        programme = "awareness" if number == 0 else "course-24"
        _plan(conn, half_day, BESIDE, programme, start)
    for person in range(PEOPLE):
        id_ = UUID(int=2**66 + person).hex
        conn.execute(_PERSON, (id_, f"P{person:06}", f"Personne{person}"))
        for number in range(EACH):
            half_day, start = half_days[person % groups, number]
            _attend(conn, chance, id_, half_day, start)
        _decide(conn, chance, id_, person)
    conn.execute(_PERSON, (ONE, "P-ONE", "Seule"))
    start = NOW.replace(hour=7, minute=30) - timedelta(days=365 * YEARS)
    for number in range(52 * YEARS * WEEKLY):
        half_day = UUID(int=2**67 + number).hex
        at = start + timedelta(days=7 * (number // WEEKLY) + number % WEEKLY)
        _plan(conn, half_day, ALONE, chance.choice(("course-24", "course-40", "job-search")), at)
        _attend(conn, chance, ONE, half_day, at)
    conn.commit()


def _plan(conn: Connection, half_day: str, corner: str, programme: str, start: datetime) -> None:
    span = db_time(start), db_time(start + timedelta(hours=3, minutes=30))
    conn.execute(_HALF_DAY, (half_day, corner, programme, *span))


def _attend(conn: Connection, chance: random.Random, person: str, half_day: str, start: datetime) -> None:
    """A place, an arrival and a departure; of every twentieth the arrival was annulled and noted again."""
    conn.execute(_BOOKING, (_id(chance), person, half_day))
    arrived, left = start + timedelta(minutes=chance.randrange(-20, 30)), start + timedelta(minutes=205)
    events: list[tuple[str, datetime, str | None]] = [("arrived", arrived, None), ("left", left, None)]
    first = _id(chance)
    if chance.random() < 0.05:
        events += [("annulled", left, first), ("arrived", arrived, None)]
    for number, (kind, at, annuls) in enumerate(events):
        id_ = _id(chance) if number else first
        conn.execute(_EVENT, (id_, person, person, half_day, kind, db_time(at), db_time(at), annuls))


def _decide(conn: Connection, chance: random.Random, person: str, number: int) -> None:
    """Of some it is decided; all have taken stock."""
    at = db_time(NOW - timedelta(days=2))
    simple, defined = signs_of(drawn_answers(chance))
    conn.execute(_SITTING, (_id(chance), person, BESIDE, at, bank().version, simple, defined))
    if number % 3 == 0:
        conn.execute(_DECIDED, (_id(chance), person, at))


def _id(chance: random.Random) -> str:
    return UUID(int=chance.getrandbits(128)).hex
