"""What staff review: the day beside plain SQL, a year's report out of a million, the first screen."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pysqlite3

from bench.drawn import periods_drawn
from bench.figures import Bench, Figure, Limit
from bench.hand import ENTER, PREVIOUS, Hand
from bench.home import CORNER, WELCOME, Home
from bench.review_sql import DayByHand, day_by_hand
from bench.stats import of_rounds, percentile
from bench.terminal import Terminal
from bench.years import Corners, fill, working_days
from models.connection import db_time
from models.policy import Policy
from models.review.attendances import first_moment
from models.review.day import Day, day_of
from models.review.masking import masked_report
from models.review.period import Kind, period_of
from models.review.report import report_of

if TYPE_CHECKING:
    from models.connection import Connection

YEAR = 2026
NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
OPENED_AT = "2026-11-03T16:45"
"""A Tuesday, when both half-days are over."""

IDS = (CORNER, *(f"corner-{number:02}" for number in range(2, 32)))
ONE_YEAR = Corners(IDS, (YEAR,), days=250, a_day=2)
"""124 000 attendances."""
NINE_YEARS = Corners(IDS, tuple(range(YEAR - 8, YEAR + 1)), days=224, a_day=2)
"""A million."""
BUSIEST = Corners(("busiest",), (YEAR,), days=250, a_day=50)
"""100 000 more, in one year of one corner."""

AS_BY_HAND = Limit(2.0)
YEAR_WITHIN = Limit(3, unit=" s")
TOLD_WITHIN = Limit(0.5, unit=" s")
OPENED = Limit(600, unit=" ms")
DRAWN = Limit(300, unit=" ms")
NO_SCAN = Limit(0)

DOWN, UP = "\x1b[6~", "\x1b[5~"
LANDED, ON_DAY = "Terminé", "Réservations"
SILENT = 0.4
"""Seconds without output after which the first screen is taken for whole: its answers come one by one."""


def measure(bench: Bench) -> list[Figure]:
    """A home with a year of 31 corners, then one with nine."""
    home, pin = _founded(bench, "review", ONE_YEAR)
    figures = [*_day(bench, home), *_screens(bench, home, pin)]
    home.drop()
    home, _ = _founded(bench, "review-million", NINE_YEARS, BUSIEST)
    figures += _reports(bench, home)
    home.drop()
    return figures


def _founded(bench: Bench, name: str, *wanted: Corners) -> tuple[Home, str]:
    """A kiosk with so many attendances, and the PIN of its staff."""
    bench.say(f"review: {sum(one.attendances for one in wanted)} attendances")
    folder: Path = bench.home.path.with_name(name)
    folder.mkdir()
    home = Home(folder / "home", ())
    pin = json.loads(home.command("init", "--corner", CORNER, "--yes", "--json"))["pin"]
    with closing(_connect(home)) as conn:
        fill(conn, Random(YEAR), *wanted)
    return home, pin


def _connect(home: Home) -> Connection:
    return pysqlite3.connect(str(home.database), isolation_level=None)


# ---- the day, in this process


def _day(bench: Bench, home: Home) -> Iterator[Figure]:
    """Other corners and days in each round; both sides must come to the same."""
    chance = Random(YEAR)
    days = working_days(YEAR, ONE_YEAR.days)
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    with closing(_connect(home)) as conn:
        for _ in range(bench.rounds):
            asked = [(chance.choice(IDS), chance.choice(days)) for _ in range(100)]
            ours.append([_timed(lambda one=one: day_of(conn, *one, Policy(), NOW)) for one in asked])
            theirs.append([_timed(lambda one=one: _by_hand(conn, *one)) for one in asked])
            for corner, on in asked:
                _compare(day_of(conn, corner, on, Policy(), NOW), conn)
        scans = list(_scans(conn, lambda: day_of(conn, CORNER, days[0], Policy(), NOW)))
    for rank in (50, 95):
        mine, other, ratio = of_rounds(ours, theirs, rank)
        what = f"one day of {ONE_YEAR.attendances} attendances, p{rank} / plain SQL"
        yield Figure("review", what, "ms", mine, other, ratio, AS_BY_HAND)
    yield Figure("review", "tables read from end to end for a day", "", len(scans), must=NO_SCAN)


def _compare(day: Day, conn: Connection) -> None:
    corner = day.half_days[0].half_day.corner_id
    by_hand = _by_hand(conn, corner, day.on).figures
    ours = [
        (
            one.places, one.booked, one.walk_ins, one.came, one.excused, one.absent, one.unknown, one.minutes,
        )
        for one in day.tallies
    ]  # fmt: skip
    if ours != by_hand:
        raise RuntimeError(f"the day and plain SQL differ: {ours} and {by_hand}")


def _by_hand(conn: Connection, corner: str, on: date) -> DayByHand:
    start, end = first_moment(on), first_moment(on + timedelta(days=1))
    return day_by_hand(conn, corner, db_time(start), db_time(end))


def _scans(conn: Connection, work: Callable[[], object]) -> Iterator[str]:
    """Steps of what is asked that read a whole table, or a whole index."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    work()
    conn.set_trace_callback(None)
    for statement in asked:
        for *_, step in conn.execute(f"explain query plan {statement}"):
            if step.startswith("SCAN") and "VIRTUAL TABLE" not in step and "CONSTANT ROW" not in step:
                yield step


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of something."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


# ---- a year, in this process


def _reports(bench: Bench, home: Home) -> Iterator[Figure]:
    year = period_of(Kind.YEAR, date(YEAR, 1, 1))
    number = NINE_YEARS.attendances + BUSIEST.attendances
    with closing(_connect(home)) as conn:
        for corner, report, what, must in (
            (CORNER, report_of, f"year of one corner, out of {number}", YEAR_WITHIN),
            (CORNER, masked_report, "the same without small groups", YEAR_WITHIN),
            ("busiest", report_of, f"year of a corner with {BUSIEST.attendances} in it", None),
        ):
            bench.say(f"review: {what}")
            rounds = [_reported(report, conn, corner, year) for _ in range(bench.rounds)]
            whole, first = zip(*rounds, strict=True)
            yield Figure("review", f"{what}, p95", "s", percentile(whole, 95), must=must)
            told = TOLD_WITHIN if must else None
            yield Figure("review", "first told, p95", "s", percentile(first, 95), must=told)
        scans = list(_scans(conn, lambda: report_of(conn, CORNER, year, Policy(), NOW)))
    yield Figure("review", "tables read from end to end for a year", "", len(scans), must=NO_SCAN)


def _reported(report, conn: Connection, corner: str, year) -> tuple[float, float]:
    """Seconds of a report, and until something was told of it for the first time."""
    told: list[float] = []
    gc.collect()
    begun = time.perf_counter()
    found = report(conn, corner, year, Policy(), NOW, lambda *_: told.append(time.perf_counter() - begun))
    seconds = time.perf_counter() - begun
    if found is None or not found.whole.came:
        raise RuntimeError("a year without anybody")
    return seconds, told[0]


# ---- in a terminal


def _screens(bench: Bench, home: Home, pin: str) -> Iterator[Figure]:
    """The first thing that staff see after a start; then the days, one after the other."""
    opened: list[float] = []
    drawn: list[float] = []
    periods: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"review: kiosk {number + 1} of {bench.rounds}")
        with home.kiosk(OPENED_AT) as kiosk:
            kiosk.wait_for(WELCOME)
            kiosk.settle()
            opened.append(_signed_in(kiosk, pin))
            drawn += _days_drawn(kiosk)
            periods += periods_drawn(Hand(kiosk))
    yield Figure(
        "review", "last key of the PIN to the first screen, p95", "ms", percentile(opened, 95), must=OPENED
    )
    yield Figure("review", "the same, p50", "ms", percentile(opened, 50))
    yield Figure("review", "key to another day on the screen, p95", "ms", percentile(drawn, 95), must=DRAWN)
    yield Figure("review", "the same, p50", "ms", percentile(drawn, 50))
    what = "key to another month on the screen, worked out and drawn, p95"
    yield Figure("review", what, "ms", percentile(periods, 95), must=DRAWN)
    yield Figure("review", "the same, p50", "ms", percentile(periods, 50))


def _signed_in(kiosk: Terminal, pin: str) -> float:
    """Milliseconds until the last byte of whatever staff land on, for the first time after the start."""
    kiosk.put(PREVIOUS)
    kiosk.settle()
    kiosk.put(ENTER)
    kiosk.wait_for("Effacer")
    kiosk.settle()
    kiosk.type(pin, 0.2)
    kiosk.pump(0.2)
    begun = kiosk.put(ENTER)
    kiosk.wait_for(LANDED)
    while time.monotonic() < kiosk.last_at + SILENT:
        kiosk.pump(0.05)
    return (kiosk.last_at - begun) * 1000


def _days_drawn(kiosk: Terminal) -> Iterator[float]:
    """Milliseconds of each step from a Tuesday to the Mondays before and back."""
    hand = Hand(kiosk)
    if ON_DAY not in kiosk.text:
        hand.letter("m", "Retour")
        hand.letter("j", ON_DAY)
    for key, shown in ((UP, "lundi 2 novembre"), (DOWN, "mardi 3 novembre")) * 4:
        yield hand.show(key, shown, ON_DAY)
