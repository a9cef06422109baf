"""The self-assessment: a result worked out, the next question on the screen, a group of thousands counted."""

from __future__ import annotations

import gc
import random
import time
from uuid import UUID

import pysqlite3

from assets.assessment import bank, thresholds
from bench.figures import Bench, Figure, Limit
from bench.hand import ENTER, Hand
from bench.home import CORNER, Home
from bench.stats import percentile
from bench.terminal import Terminal
from models.assessment.asking import next_item
from models.assessment.checks import Check, Done
from models.assessment.group import picture_of_corner
from models.assessment.levels import simple
from models.assessment.result import result
from models.assessment.signs import signs_of

SITTINGS = 10_000
PEOPLE = 5_000

SCORED = Limit(1, unit=" ms")
NEXT = Limit(100, unit=" ms")
COUNTED = Limit(200, unit=" ms")

FRESH = 0.55
"""Seconds that a new question hears nothing."""

_INSERT = (
    "insert into assessment (id, participant_id, corner_id, at, part, framework, bank, simple, defined)"
    " values (?, ?, ?, ?, 'core', '3.0', ?, ?, ?)"
)


def measure(bench: Bench) -> list[Figure]:
    """Everything of the engine in this process; the questions in a terminal."""
    chance = random.Random(20261126)
    scored = _scored(chance, 500 if bench.quick else 3000)
    counted = _counted(bench, chance)
    asked: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"point: round {number + 1} of {bench.rounds}")
        asked += _asked(bench.home)
    return [
        Figure("point", "a full assessment scored, p95", "ms", percentile(scored, 95), must=SCORED),
        Figure("point", "the same, p50", "ms", percentile(scored, 50)),
        Figure("point", "answer to the next question, p95", "ms", percentile(asked, 95), must=NEXT),
        Figure("point", "the same, p50", "ms", percentile(asked, 50)),
        Figure(
            "point",
            f"group picture of {SITTINGS} assessments, p95",
            "ms",
            percentile(counted, 95),
            must=COUNTED,
        ),
        Figure("point", "the same, p50", "ms", percentile(counted, 50)),
    ]


def drawn_answers(chance: random.Random) -> dict[str, int | None]:
    """Somebody's answers, asked as the kiosk asks."""
    ability = chance.uniform(0, 2)
    given: dict[str, int | None] = {}
    while (item := next_item(given, thresholds())) is not None:
        drawn = max(0, min(2, round(ability + chance.gauss(0, 0.6))))
        given[item] = None if chance.random() < 0.04 else drawn
    return given


def _scored(chance: random.Random, people: int) -> list[float]:
    """Milliseconds of the whole result of each of so many people."""
    checks = dict.fromkeys(Check, Done.PASSED)
    times = []
    for _ in range(people):
        answers = drawn_answers(chance)
        begun = time.perf_counter()
        result(answers, checks, thresholds())
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _counted(bench: Bench, chance: random.Random) -> list[float]:
    """Milliseconds of the picture of a whole corner, the query included."""
    home = bench.home.copy()
    conn = pysqlite3.connect(str(home.database))
    rows = []
    for number in range(SITTINGS):
        person = UUID(int=number % PEOPLE + 1).hex
        signs = signs_of(drawn_answers(chance))
        at = f"2022-{number // PEOPLE + 1:02}-01 08:{number % 60:02}:00.000000"
        rows.append((UUID(int=number + 1).hex, person, CORNER, at, bank().version, *signs))
    chance.shuffle(rows)
    conn.executemany(_INSERT, rows)
    conn.commit()
    times = []
    for _ in range(3 * bench.rounds):
        gc.collect()
        begun = time.perf_counter()
        picture_of_corner(conn, CORNER)
        times.append((time.perf_counter() - begun) * 1000)
    conn.close()
    home.drop()
    return times


def _asked(home: Home) -> list[float]:
    """Milliseconds from each confirmed answer to the next question, through a whole core."""
    with home.ready_kiosk() as kiosk:
        hand = Hand(kiosk)
        hand.touch("Faire le point", "Commencer")
        hand.touch("Commencer", bank().starters[0].ask["fr"])
        nexts = [starter.ask["fr"] for starter in bank().starters[1:]]
        items = [simple(one) for area in thresholds().order for one in thresholds().core[area][:2]]
        nexts += [bank().items[item].ask["fr"] for item in items]
        return [_answered(kiosk, hand, text) for text in nexts]


def _answered(kiosk: Terminal, hand: Hand, text: str) -> float:
    kiosk.pump(FRESH)
    kiosk.put("1")
    kiosk.wait_for("✓")
    kiosk.settle()
    return hand.show(ENTER, text)
