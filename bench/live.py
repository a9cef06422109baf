"""From the scanner's Enter at one kiosk to the arrival in the file of another, with a hub between them."""

from __future__ import annotations

import time
from contextlib import closing
from itertools import count

import pysqlite3

from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, Home, Person, found
from bench.hub import KEEPS, server
from bench.scan import Scanner
from bench.stats import percentile
from bench.terminal import Terminal

LOOK = 0.001
"""Seconds between two looks at the other kiosk's file."""

PATIENCE = 10.0
BREATH = 0.1
"""Seconds between an arrival that has come and the next card."""

_HERE = (
    "select count(*) from attendance_event a join participant p on p.id = a.participant_id"
    " where a.kind = 'arrived' and p.first_name = ?"
)
_SERIAL = count()


def measure(bench: Bench) -> list[Figure]:
    """Two full-screen kiosks with homes of their own, enrolled by their own commands."""
    cards = 40 if bench.quick else 200
    folder = bench.home.path.with_name(f"live-{next(_SERIAL)}")
    folder.mkdir()
    tablet, _ = found(folder, cards)
    desk = Home(folder / "desk", ())
    desk.command("init", "--corner", CORNER, "--yes")
    with server(*KEEPS) as hub:
        _enrol(hub.url("postgres"), tablet, desk)
        with tablet.ready_kiosk() as one, desk.ready_kiosk() as other:
            bench.say(f"live: {cards} cards")
            scanner, look = Scanner(), f"file:{desk.database}?mode=ro"
            with closing(pysqlite3.connect(look, uri=True, isolation_level=None)) as file:
                took = [_reached(one, other, file, person, scanner.gap()) for person in tablet.people]
    what = "Enter at one kiosk to the arrival in the file of another"
    return [
        Figure("live", f"{what}, p50", "ms", percentile(took, 50), must=Limit(100), aim=Limit(50)),
        Figure("live", f"{what}, p99", "ms", percentile(took, 99), aim=Limit(100)),
    ]


def _enrol(address: str, *homes: Home) -> None:
    """Make the hub and enrol kiosks, each of which sends and takes in what there is so far."""
    first = homes[0]
    first.command("hub", "init", address)
    for home in homes:
        file = str(home.path.with_suffix(".json"))
        first.command(
            *("hub", "enrol", "--corner", CORNER, "--name", home.path.name, "-o", file, "--hub", address)
        )
        home.command("sync", "--join", file)


def _reached(one: Terminal, other: Terminal, file: pysqlite3.Connection, person: Person, gap: float) -> float:
    """Show a card; milliseconds until its holder's arrival is in the other kiosk's file."""
    one.type(person.card, gap)
    entered = one.put("\r")
    while not file.execute(_HERE, (person.name,)).fetchone()[0]:
        if time.monotonic() > entered + PATIENCE:
            raise RuntimeError("an arrival never came")
        time.sleep(LOOK)
    seen = time.monotonic()
    one.wait_for(person.name)
    for terminal in (one, other):
        terminal.pump(BREATH / 2)
    return (seen - entered) * 1000
