"""The self-assessment: what its rules cost."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

from assets.assessment import bank, thresholds
from bench.figures import Bench, Figure, Limit
from bench.stats import percentile
from models.assessment.asking import next_item
from models.assessment.checks import Check, Done
from models.assessment.result import result

if TYPE_CHECKING:
    from models.assessment.levels import Answers

PEOPLE = 2000

SCORED = Limit(1, unit=" ms")


def measure(bench: Bench) -> list[Figure]:
    """Everything that the self-assessment is held to."""
    return _scored(bench)


def _scored(bench: Bench) -> list[Figure]:
    """Levels, status and flags of people who have answered everything that there is to answer."""
    random = Random(5)
    people = [
        (_answers(random), {check: random.choice(list(Done)) for check in Check}) for _ in range(PEOPLE)
    ]
    times: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"point: scoring {PEOPLE} people, round {number + 1} of {bench.rounds}")
        for answers, checks in people:
            begun = time.perf_counter()
            found = result(answers, checks, thresholds(), further=answers)
            times.append((time.perf_counter() - begun) * 1000)
            if not found.complete or found.status.step is None or len(found.flags) != 3:
                raise RuntimeError("a whole assessment was not scored as one")
    what = "result, status and flags of a whole assessment"
    return [
        Figure("point", f"{what}, p50", "ms", percentile(times, 50)),
        Figure("point", f"{what}, p95", "ms", percentile(times, 95), must=SCORED),
        Figure("point", "the same, the slowest of all", "ms", max(times)),
        Figure("point", "which question is next, p95", "ms", _asked(people[0][0], bench.rounds), must=SCORED),
    ]


def _answers(random: Random) -> Answers:
    return {item: random.choice((0, 1, 2)) for item in bank().items}


def _asked(answers: Answers, rounds: int) -> float:
    """Milliseconds to find the next question anywhere in a sitting."""
    times = []
    for _ in range(PEOPLE * rounds // 10):
        given: dict[str, int | None] = {}
        while True:
            begun = time.perf_counter()
            item = next_item(given, thresholds())
            times.append((time.perf_counter() - begun) * 1000)
            if item is None:
                break
            given[item] = answers[item]
    return percentile(times, 95)
