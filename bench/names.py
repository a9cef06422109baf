"""Finding one's name among 2,000 people of one half-day, through the thread that also writes arrivals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, OPEN_AT, Home, Person, bookings, first_name
from bench.stats import percentile
from kiosk.clock import parse_at
from kiosk.database import Database
from kiosk.home import Home as KioskHome
from models.arrival import Desk, arrive
from models.founding import kiosk_id
from models.names import Found, find_names
from models.policy import Policy
from models.words import Way

if TYPE_CHECKING:
    from models.connection import Connection

PEOPLE = 2000

NOW = parse_at(OPEN_AT)

AT_MOST = Limit(20, unit=" ms")

NOBODY = ("x", "qz", "Łw")
"""No invented name begins so; the last one has to be folded first."""


def measure(bench: Bench) -> list[Figure]:
    """Before anybody has come, and when half of them are there."""
    home = _crowd(bench.home.path.with_name("names"))
    database = Database(home.database)
    database.open().result()
    try:
        desk = database.write(_desk, home.path).result()
        empty = _searched(database, desk, bench.rounds)
        bench.say(f"names: {PEOPLE // 2} people arrive")
        database.write(_half_arrive, desk).result()
        crowded = _searched(database, desk, bench.rounds)
    finally:
        database.close()
    return [*_figures("nobody there yet", empty), *_figures("half of them there", crowded)]


def _crowd(folder: Path) -> Home:
    folder.mkdir()
    home = Home(folder / "home", [Person(first_name(number), "") for number in range(PEOPLE)])
    home.fill(bookings(PEOPLE, each=PEOPLE))
    return home


def _desk(conn: Connection, home: Path) -> Desk:
    return Desk(kiosk_id(conn) or "", CORNER, KioskHome(home).key(), Policy())


def _half_arrive(conn: Connection, desk: Desk) -> None:
    found = conn.execute("select id from participant order by id limit ?", (PEOPLE // 2,)).fetchall()
    for (person_id,) in found:
        arrive(conn, desk, person_id, Way.NAME, NOW, None)


def _searched(database: Database, desk: Desk, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each search, by how many letters were typed."""
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        for kind, letters, least in _asked():
            begun = time.perf_counter()
            found = database.write(find_names, desk.corner_id, desk.policy, letters, NOW).result()
            times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
            if _count(found) < least or (kind == "nobody" and _count(found)):
                raise RuntimeError(f"a search for {letters!r} found {_count(found)} names")
    return times


def _asked() -> Iterator[tuple[str, str, int]]:
    """Kind, letters, and how many names there are at least."""
    names = [first_name(number) for number in range(0, PEOPLE, 67)]
    for count, kind in ((1, "one letter"), (2, "two letters"), (3, "three letters")):
        yield from ((kind, name[:count], 1 if count < 3 else 0) for name in names)
    yield from (("nobody", letters, 0) for letters in NOBODY * (len(names) // len(NOBODY)))


def _count(found: Found) -> int:
    return 7 if found.too_many else len(found.names)


def _figures(when: str, times: dict[str, list[float]]) -> Iterator[Figure]:
    for kind, measured in times.items():
        what = f"{PEOPLE} people, {when}: {kind}, p95"
        yield Figure("names", what, "ms", percentile(measured, 95), must=AT_MOST)
