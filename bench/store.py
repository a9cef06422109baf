"""The durable check-in without a screen, beside the same statements on a raw connection."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import pysqlite3

from bench import raw
from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, OPEN_AT, Home, Person
from bench.stats import of_pairs, of_rounds
from kiosk.clock import parse_at
from kiosk.database import Database
from kiosk.home import Home as KioskHome
from models.arrival import Desk, check_in
from models.founding import kiosk_id
from models.policy import Policy
from models.words import Way

Statements = list[tuple[str, Sequence[Any]]]

NOW = parse_at(OPEN_AT)

PRAGMAS = ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "wal_autocheckpoint = 0")
"""As the kiosk's own, so that neither side pays for what the other does not do."""


def measure(bench: Bench) -> list[Figure]:
    """Call, rule alone and raw statements, person by person; then as many a second as go."""
    each = 40 if bench.quick else 100
    times: dict[str, list[list[float]]] = {}
    speeds: dict[str, list[float]] = {}
    with _Sides(bench.home) as sides:
        people = iter(sides.people[: 2 * each * bench.rounds + each])
        for _ in range(each):  # fills caches
            sides.answer_each(next(people))
        for number in range(bench.rounds):
            bench.say(f"store: round {number + 1} of {bench.rounds}")
            measured = [sides.answer_each(next(people)) for _ in range(each)]
            for side in measured[0]:
                times.setdefault(side, []).append([one[side] for one in measured])
            for side, speed in sides.speeds([next(people) for _ in range(each)]).items():
                speeds.setdefault(side, []).append(speed)
    figures = []
    must, aim = Limit(2.0), Limit(1.3)
    for what, side, reference, rank, held in (
        ("durable call / same statements raw", "call", "replay", 50, True),
        ("durable call / same statements raw", "call", "replay", 95, False),
        ("rule in one transaction / same statements raw", "rule", "replay", 50, True),
        ("durable call / least check-in raw", "call", "least", 50, False),
    ):
        mine, other, ratio = of_rounds(times[side], times[reference], rank)
        limits = (must, aim) if held else (None, None)
        figures.append(Figure("store", f"{what}, p{rank}", "ms", mine, other, ratio, *limits))
    mine, other, ratio = of_rounds(times["again"], times["call"], 95)
    figures.append(
        Figure("store", "second scan / first scan, p95", "ms", mine, other, ratio, Limit(1.0), Limit(0.8))
    )
    for what, side in (("calls", "call"), ("rules", "rule")):
        mine, other, ratio = of_pairs(speeds[side], speeds["replay"])
        least = (Limit(0.5, True), Limit(0.75, True)) if side == "call" else (None, None)
        figures.append(
            Figure("store", f"{what} a second / same statements raw", "", mine, other, ratio, *least)
        )
    return figures


class _Sides:
    """The same people on five copies of one file, each answered in another way."""

    def __init__(self, home: Home) -> None:
        self.people = home.people
        self._homes = [home.copy() for _ in range(4)]
        recorded, replayed, ruled, called = self._homes
        self._desk = _desk(called)
        self._recorded = _Recorder(_connect(recorded))
        self._replayed, self._ruled = _connect(replayed), _connect(ruled)
        self._least = raw.connect(home.floor_file())
        self._database = Database(called.database)
        self._database.open().result()
        self._turn = 0

    def __enter__(self) -> _Sides:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        for conn in (self._recorded.conn, self._replayed, self._ruled, self._least):
            conn.close()
        for home in self._homes:
            home.drop()

    def answer_each(self, person: Person) -> dict[str, float]:
        """Milliseconds of one person's check-in on each side, in an order that changes."""
        statements = self._statements(person)
        sides: list[tuple[str, Callable[[], object]]] = [
            ("replay", lambda: _replay(self._replayed, statements)),
            ("rule", lambda: self._rule(person)),
            ("call", lambda: self._call(person).result()),
            ("least", lambda: raw.check_in(self._least, person.card, "2026-11-03T08:20:00")),
        ]
        self._turn += 1
        turn = self._turn % len(sides)
        found = {name: _timed(answer) for name, answer in sides[turn:] + sides[:turn]}
        return found | {"again": _timed(lambda: self._call(person).result())}

    def speeds(self, people: Sequence[Person]) -> dict[str, float]:
        """Check-ins a second: the calls are all in the queue at once."""
        prepared = [self._statements(person) for person in people]

        def replay() -> None:
            for statements in prepared:
                _replay(self._replayed, statements)

        def rule() -> None:
            for person in people:
                self._rule(person)

        def call() -> None:
            for future in [self._call(person) for person in people]:
                future.result()

        ways = {"replay": replay, "rule": rule, "call": call}
        return {name: len(people) * 1000 / _timed(way) for name, way in ways.items()}

    def _statements(self, person: Person) -> Statements:
        """What the rule asks of the database for a person, taken down on a copy of its own."""
        with self._recorded.taking_down() as statements:
            outcome = check_in(self._recorded, self._desk, person.card, Way.CARD, NOW)
        if not outcome.present:
            raise RuntimeError(f"store: {outcome.answer} instead of a welcome")
        return statements

    def _rule(self, person: Person) -> None:
        self._ruled.execute("begin immediate")
        check_in(self._ruled, self._desk, person.card, Way.CARD, NOW)
        self._ruled.execute("commit")

    def _call(self, person: Person):
        return self._database.write(check_in, self._desk, person.card, Way.CARD, NOW)


class _Recorder:
    """A connection that takes down what it is asked."""

    def __init__(self, conn: pysqlite3.Connection) -> None:
        self.conn = conn
        self._taken: Statements = []

    def execute(self, sql: str, values: Sequence[Any] = ()) -> pysqlite3.Cursor:
        """Execute, and take down."""
        self._taken.append((sql, values))
        return self.conn.execute(sql, values)

    @contextmanager
    def taking_down(self) -> Iterator[Statements]:
        """One transaction; its statements."""
        self._taken = []
        self.conn.execute("begin immediate")
        yield self._taken
        self.conn.execute("commit")


def _replay(conn: pysqlite3.Connection, statements: Statements) -> None:
    conn.execute("begin immediate")
    for sql, values in statements:
        conn.execute(sql, values).fetchall()
    conn.execute("commit")


def _connect(home: Home) -> pysqlite3.Connection:
    conn = pysqlite3.connect(str(home.database), isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        conn.execute(f"pragma {pragma}")
    return conn


def _desk(home: Home) -> Desk:
    with closing(_connect(home)) as conn:
        return Desk(kiosk_id(conn), CORNER, KioskHome(home.path).key(), Policy())


def _timed(answer: Callable[[], object]) -> float:
    begun = time.perf_counter()
    answer()
    return (time.perf_counter() - begun) * 1000
