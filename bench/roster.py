"""The team's roster: another group drawn beside a ``DataTable`` of the same rows; a person marked."""

from __future__ import annotations

import json
from pathlib import Path

from bench.figures import Bench, Figure, Limit
from bench.hand import PREVIOUS, Hand
from bench.home import BEFORE, CORNER, Home, bookings, first_name
from bench.stats import of_rounds, percentile
from bench.terminal import Terminal

GROUP = 8
DOWN, UP = "\x1b[6~", "\x1b[5~"

DRAWN = Limit(1.5)
MARKED = Limit(100, unit=" ms")
SEEN = Limit(1000, unit=" ms")
"""For the roster of a second kiosk on the same database."""


def measure(bench: Bench) -> list[Figure]:
    """Both programs in turn, switch by switch; then everybody of both groups is marked."""
    home, pin = _corner(bench.home.path.with_name("roster"))
    groups = [[first_name(n) for n in range(start, start + GROUP)] for start in (0, GROUP)]
    file = home.path.with_name("rows.json")
    file.write_text(json.dumps([_rows(group) for group in groups]), "utf-8")
    switches = 10 if bench.quick else 30
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    marked: list[float] = []
    seen: list[float] = []
    for number in range(bench.rounds):
        bench.say(f"roster: round {number + 1} of {bench.rounds}")
        day = home.copy()
        table = Terminal("bench.programs", "table", str(file))
        with day.ready_kiosk() as kiosk, table:
            _sign_in(kiosk, pin, groups[0])
            table.wait_for(*groups[0])
            table.settle()
            switched = [_switched(kiosk, table, groups, n) for n in range(2 * switches)]
            ours.append([mine for mine, _ in switched])
            theirs.append([other for _, other in switched])
            marked += [time for group in groups for time in _marked(kiosk, group)]
        day.drop()
        seen += _seen_elsewhere(home, pin, groups[0])
    figures = []
    for rank in (50, 95):
        mine, other, ratio = of_rounds(ours, theirs, rank)
        what = f"another group of {GROUP} from the database, p{rank} / DataTable"
        figures.append(Figure("roster", what, "ms", mine, other, ratio, DRAWN))
    what = "key to the marked person on the screen, on the disk, p95"
    figures.append(Figure("roster", what, "ms", percentile(marked, 95), must=MARKED))
    figures.append(Figure("roster", "the same, p50", "ms", percentile(marked, 50)))
    what = "key on one kiosk to the roster of another, p95"
    figures.append(Figure("roster", what, "ms", percentile(seen, 95), must=SEEN))
    return figures


def _corner(folder: Path) -> tuple[Home, str]:
    folder.mkdir()
    home = Home(folder / "home", ())
    pin = json.loads(home.command("init", "--corner", CORNER, "--yes", "--json"))["pin"]
    file = home.path.with_name("bookings.csv")
    file.write_text(bookings(2 * GROUP, GROUP), "utf-8")
    home.command("import", str(file), "--at", BEFORE)
    return home, pin


def _rows(group: list[str]) -> list[list[str]]:
    return [[str(n), f"{name} T.", "○ à venir", f"R{n:06} · conseil"] for n, name in enumerate(group, 1)]


def _sign_in(kiosk: Terminal, pin: str, group: list[str]) -> None:
    kiosk.put(PREVIOUS)
    kiosk.settle()
    kiosk.put("\r")
    kiosk.wait_for("Effacer")
    kiosk.settle()
    kiosk.type(pin, 0.2)
    kiosk.pump(0.2)
    kiosk.put("\r")
    kiosk.wait_for(*group)
    kiosk.settle()


def _switched(kiosk: Terminal, table: Terminal, groups: list[list[str]], number: int) -> tuple[float, float]:
    """Milliseconds of the kiosk and of the table to the other group."""
    to = (number + 1) % 2
    key, wanted = (DOWN, UP)[1 - to], groups[to]
    return Hand(kiosk).show(key, *wanted), Hand(table).show(key, *wanted)


def _seen_elsewhere(home: Home, pin: str, group: list[str]) -> list[float]:
    """Milliseconds from a mark on one kiosk until another one shows it."""
    day = home.copy("several_kiosks = true")
    times = []
    with day.ready_kiosk() as here, day.ready_kiosk() as there:
        for kiosk in (here, there):
            _sign_in(kiosk, pin, group)
        for number in range(1, len(group) + 1):
            begun = here.put("p")
            times.append((there.wait_for(f"{number} là") - begun) * 1000)
            here.settle()
    day.drop()
    return times


def _marked(kiosk: Terminal, group: list[str]) -> list[float]:
    """Milliseconds of each mark of a group, from the letter to the last byte of the changed screen."""
    hand = Hand(kiosk)
    for key in (DOWN, UP):
        if group[0] not in kiosk.text:
            hand.show(key)
    return [hand.letter("p", f"{name} T. : présence notée.")[1] for name in sorted(group)]
