"""Cards without any pause between them: all are stored, in order; and what they cost in memory."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench import raw
from bench.figures import Bench, Figure, Limit, shown
from bench.home import Person, bare, floor
from bench.stats import of_pairs
from bench.terminal import Terminal, Unexpected

CARDS = 200
AT_ONCE = 100
"""Cards that are typed before the name of the last one is waited for, where memory is measured."""

PATIENCE = 10.0


def flood(terminal: Terminal, people: Sequence[Person], gap: float) -> float:
    """Type all cards; seconds from the first key to the last name, or to the end of patience."""
    begun = time.monotonic()
    for person in people:
        terminal.type(f"{person.card}\r", gap)
        terminal.pump(0, parse=False)
        if gap:
            time.sleep(gap)
    try:
        return terminal.wait_for_bytes(people[-1].name, PATIENCE) - begun
    except Unexpected:  # lost: the log is asked afterwards who is not in it
        return time.monotonic() - begun


def measure(bench: Bench) -> list[Figure]:
    """200 cards at 0 and at 2 ms a key, kiosk and floor in turn."""
    figures = []
    for milliseconds in (0, 2):
        ours, theirs, stored = [], [], []
        for number in range(bench.rounds):
            bench.say(f"burst: {milliseconds} ms a key, round {number + 1} of {bench.rounds}")
            home, file = bench.home.copy(), bench.home.floor_file()
            people = home.people[number * CARDS :][:CARDS]
            with floor(file) as reference:
                theirs.append(CARDS / flood(reference, people, milliseconds / 1000))
            with home.ready_kiosk() as kiosk:
                ours.append(CARDS / flood(kiosk, people, milliseconds / 1000))
            stored.append(_in_order(home.arrivals(), people))
            if raw.stored(file) != [person.name for person in people]:
                bench.say("burst: the floor program itself lost cards")
            home.drop()
        mine, other, ratio = of_pairs(ours, theirs)
        what = f"{CARDS} cards, {milliseconds} ms a key"
        least = Limit(CARDS, least=True)
        figures += [
            Figure("burst", f"{what}: stored in order, worst round", "", min(stored), must=least, aim=least),
            Figure("burst", f"{what}: a second", "", mine, other, ratio, Limit(0.3, True), Limit(0.7, True)),
        ]
    return figures


def _in_order(names: Sequence[str], people: Sequence[Person]) -> int:
    """How many people stand in the log in their turn."""
    waiting = iter(people)
    return sum(any(person.name == name for person in waiting) for name in names)


def measure_memory(bench: Bench) -> list[Figure]:
    """Memory after many cards, beside a bare program; then after ten times as many."""
    some, many = (300, 1200) if bench.quick else (1000, 10_000)
    ours, theirs = [], []
    lost = cards = 0
    rounds = bench.rounds
    for number in range(rounds):
        bench.say(f"memory: round {number + 1} of {rounds}")
        home = bench.home.copy()
        with bare() as reference:
            theirs.append(reference.memory())
        with home.ready_kiosk() as kiosk:
            _show_cards(kiosk, home.people[:some])
            ours.append(kiosk.memory())
            if number == rounds - 1:
                bench.say(f"memory: {many} cards")
                _show_cards(kiosk, home.people[some:many])
                later = kiosk.memory()
        wanted = many if number == rounds - 1 else some
        cards += wanted
        lost += wanted - len(home.arrivals())
        home.drop()
    what = f"cards lost of {shown(cards)}, 0 ms a key"
    figures = [Figure("memory", what, "", lost, must=Limit(0))]
    for kind in ("rss", "pss"):
        mine, other, ratio = of_pairs([one[kind] for one in ours], [one[kind] for one in theirs])
        what = f"{kind.upper()} after {shown(some)} cards"
        figures.append(Figure("memory", what, "MiB", mine, other, ratio, Limit(2.5), Limit(2.0)))
    for kind in ("rss", "pss"):
        before, after = ours[-1][kind], later[kind]
        percent = (after / before - 1) * 100
        what = f"{kind.upper()} after {shown(many)} cards, beside {shown(some)}"
        figures.append(
            Figure(
                "memory",
                what,
                "MiB",
                after,
                before,
                after / before,
                Limit(3, unit=" %"),
                Limit(0.5, unit=" %"),
                judged=percent,
            )
        )
    return figures


def _show_cards(kiosk: Terminal, people: Sequence[Person]) -> None:
    for first in range(0, len(people), AT_ONCE):
        flood(kiosk, people[first : first + AT_ONCE], 0)
    kiosk.settle()
    kiosk.pump(3, parse=False)  # until the file has taken in its log
