"""From the scanner's Enter to the name on the screen, with the arrival on the disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from bench.figures import Bench, Figure, Limit
from bench.home import WELCOME, Person, floor
from bench.stats import of_rounds
from bench.terminal import Terminal, sleep_until

KEY_GAP = 0.002
"""Seconds between two keys of a scanner, give or take a fifth for each card."""

STALL = 0.04
"""A card whose keys were written with a longer gap was spoilt by this driver, not by the program."""

WARM_UP = 3
AFTERMATH = 0.14
"""Seconds after a scan in which Tab and Enter may still be the scanner's."""

SAME_TOUCH = 0.55
"""Seconds between two touches of a key that count as two."""


class Scanner:
    """Types cards as a scanner does and times them."""

    def __init__(self) -> None:
        self._random = Random(20)
        self.spoilt = 0

    def gap(self) -> float:
        """Seconds a key, for one card: a steady gap would meet a 60 Hz program always in the same phase."""
        return KEY_GAP * self._random.uniform(0.8, 1.2)

    def scan(self, terminal: Terminal, person: Person) -> float:
        """Show a card; milliseconds from Enter to the name."""
        gap = self.gap()
        begun = time.monotonic()
        entered = terminal.type(f"{person.card}\r", gap)
        seen = terminal.wait_for(person.name)
        terminal.settle()
        self.spoilt += entered - begun > len(person.card) * gap + STALL
        return (seen - entered) * 1000


def go_home(terminal: Terminal, scanned_at: float, pressed_at: float) -> float:
    """Press the key "Terminé" by keys, as early as it counts; the moment of it."""
    sleep_until(max(scanned_at + AFTERMATH, pressed_at + SAME_TOUCH))
    terminal.type("\x1b[Z")
    terminal.pump(0.03)
    at = terminal.type("\r")
    terminal.wait_for(WELCOME)
    terminal.settle()
    return at


def measure(bench: Bench) -> list[Figure]:
    """Outcome after outcome, then from the welcome each time; kiosk and floor in turn, card by card."""
    ours: dict[str, list[list[float]]] = {"outcome": [], "welcome": []}
    theirs: dict[str, list[list[float]]] = {"outcome": [], "welcome": []}
    scanner = Scanner()
    home, file = bench.home.copy(), bench.home.floor_file()
    people = iter(home.people)
    each = {"outcome": 20, "welcome": 8} if bench.quick else {"outcome": 60, "welcome": 25}
    for number in range(bench.rounds):
        bench.say(f"scan: round {number + 1} of {bench.rounds}")
        with home.ready_kiosk() as kiosk, floor(file) as reference:
            for _ in range(WARM_UP):
                _pair(scanner, kiosk, reference, people)
            pairs = [_pair(scanner, kiosk, reference, people) for _ in range(each["outcome"])]
            ours["outcome"].append([a for a, _ in pairs])
            theirs["outcome"].append([b for _, b in pairs])
            pairs = []
            pressed = 0.0
            for _ in range(each["welcome"]):
                pressed = go_home(kiosk, time.monotonic(), pressed)
                pairs.append(_pair(scanner, kiosk, reference, people))
            ours["welcome"].append([a for a, _ in pairs])
            theirs["welcome"].append([b for _, b in pairs])
    if scanner.spoilt:
        bench.say(f"scan: {scanner.spoilt} cards were typed with a stall of this driver")
    must, aim = Limit(2.0), Limit(1.3)
    figures = []
    for way, words in (("outcome", "after another outcome"), ("welcome", "from the welcome")):
        for rank in (50, 95):
            mine, other, ratio = of_rounds(ours[way], theirs[way], rank)
            what = f"Enter to name, {words}, p{rank}"
            figures.append(Figure("scan", what, "ms", mine, other, ratio, must, aim))
    slowest = max(max(one) for rounds in ours.values() for one in rounds)
    other = max(max(one) for rounds in theirs.values() for one in rounds)
    figures.append(
        Figure(
            "scan", "Enter to name, the slowest of all", "ms", slowest, other, None, Limit(100, unit=" ms")
        )
    )
    return figures


def _pair(
    scanner: Scanner, kiosk: Terminal, reference: Terminal, people: Iterator[Person]
) -> tuple[float, float]:
    """One card at either, one right after the other."""
    person = next(people)
    return scanner.scan(kiosk, person), scanner.scan(reference, person)
