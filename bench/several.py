"""Two kiosks on one file, cards shown at both at the same moment, beside one kiosk alone."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from random import Random

from bench.figures import Bench, Figure, Limit
from bench.home import Home, Person
from bench.scan import Scanner
from bench.stats import percentile
from bench.terminal import Terminal, Unexpected, sleep_until

PATIENCE = 5.0
BREATH = 0.03
"""Seconds between an answer and the next card."""


def measure(bench: Bench) -> list[Figure]:
    """One alone and two together, in turn, card by card."""
    each = 300 if bench.quick else 1000
    pair = bench.home.copy("several_kiosks = true")
    single = bench.home.copy()
    alone: list[float] = []
    together: list[float] = []
    refused = 0
    scanner, chance = Scanner(), Random(7)
    with pair.ready_kiosk() as one, pair.ready_kiosk() as other, single.ready_kiosk() as lonely:
        for number in range(each):
            if number % 100 == 0:
                bench.say(f"several: {number} of {each} cards each")
            first, second = pair.people[2 * number : 2 * number + 2]
            shown, missed = _show([(lonely, first)], scanner.gap(), chance)
            alone += shown
            refused += missed
            both = [(one, first), (other, second)]
            chance.shuffle(both)
            shown, missed = _show(both, scanner.gap(), chance)
            together += shown
            refused += missed
    lost, doubled = _compared(pair, pair.people[: 2 * each])
    lost_alone, _ = _compared(single, pair.people[: 2 * each : 2])
    figures = [
        Figure("several", f"two kiosks, {each} cards each: {what}", "", count, must=Limit(0))
        for what, count in (("lost", lost + lost_alone), ("doubled", doubled), ("refused", refused))
    ]
    for rank, aim in ((50, None), (99, Limit(2.0))):
        mine, reference = percentile(together, rank), percentile(alone, rank)
        what = f"Enter to name, two kiosks beside one, p{rank}"
        figures.append(Figure("several", what, "ms", mine, reference, mine / reference, aim=aim))
    return figures


def _show(shown: Sequence[tuple[Terminal, Person]], gap: float, chance: Random) -> tuple[list[float], int]:
    """Type cards at the same time, the Enters at most two milliseconds apart; times and missing answers."""
    begun = time.monotonic()
    for place in range(len(shown[0][1].card)):
        sleep_until(begun + place * gap)
        for terminal, person in shown:
            terminal.put(person.card[place])
    sleep_until(begun + len(shown[0][1].card) * gap)
    entered = []
    for terminal, _ in shown:
        entered.append(terminal.put("\r"))
        sleep_until(entered[-1] + chance.uniform(0, 0.002))
    times, missing = [], 0
    for (terminal, person), at in zip(shown, entered, strict=True):
        try:
            times.append((terminal.wait_for(person.name, timeout=PATIENCE) - at) * 1000)
        except Unexpected:
            missing += 1
    for terminal, _ in shown:
        terminal.pump(BREATH)
    return times, missing


def _compared(home: Home, people: Sequence[Person]) -> tuple[int, int]:
    """How many people are not in the log, and how many stand there more than once."""
    counted = Counter(home.arrivals())
    return sum(person.name not in counted for person in people), sum(n > 1 for n in counted.values())
