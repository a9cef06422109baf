"""Cold start: from the start of the process to the first text; and a card shown before that."""

from __future__ import annotations

from bench import READY
from bench.figures import Bench, Figure, Limit
from bench.home import WELCOME
from bench.stats import of_pairs
from bench.terminal import Terminal, Unexpected, sleep_until


def measure(bench: Bench) -> list[Figure]:
    """Starts in turn; then cards typed at moments before the first paint."""
    starts = 7 if bench.quick else 21
    home = bench.home.copy()
    ours, theirs = [], []
    for number in range(starts + 1):
        bench.say(f"start: {number} of {starts}")
        with Terminal("bench.programs", "bare") as reference:
            bare_ms = _shown(reference, READY)
        with Terminal("kiosk", env=home.environment()) as kiosk:
            kiosk_ms = _shown(kiosk, WELCOME)
        if number:  # the first of each only fills caches
            theirs.append(bare_ms)
            ours.append(kiosk_ms)
    mine, other, ratio = of_pairs(ours, theirs)
    lost, tried = _lost_cards(bench, mine / 1000, starts)
    return [
        Figure("start", "cold start to the welcome", "ms", mine, other, ratio, Limit(1.35), Limit(1.2)),
        Figure("start", f"cards lost of {tried} typed before the first paint", "", lost, must=Limit(0)),
    ]


def _shown(terminal: Terminal, text: str) -> float:
    at = terminal.wait_for(text)
    terminal.settle()
    return (at - terminal.started_at) * 1000


def _lost_cards(bench: Bench, seconds: float, tries: int) -> tuple[int, int]:
    """Show one card at each of many moments, from the start of the process to just before the paint."""
    home = bench.home.copy()
    lost = early = 0
    for number, person in enumerate(home.people[:tries]):
        bench.say(f"start: early card {number + 1} of {tries}")
        with home.kiosk() as kiosk:
            sleep_until(kiosk.started_at + seconds * 0.9 * number / tries)
            kiosk.pump(0)
            early += WELCOME not in kiosk.text
            kiosk.type(f"{person.card}\r")
            try:
                kiosk.wait_for(person.name, timeout=8)
            except Unexpected:
                lost += 1
    arrived = set(home.arrivals())
    missing = sum(person.name not in arrived for person in home.people[:tries])
    return max(lost, missing), early
