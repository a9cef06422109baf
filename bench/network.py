"""What a coordinator looks at: a year of 31 corners out of a real PostgreSQL, beside one day of them.

The year is worked out of tables as big as a corner's own (``bench.years``), by the fold itself.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

import pysqlite3

from bench.figures import Bench, Figure, Limit
from bench.hub import server
from bench.review import IDS, NOW, ONE_YEAR, YEAR
from bench.years import fill
from kiosk.database import Database
from kiosk.home import Home
from kiosk.sync.coordinator import ask_network, enrol_coordinator, join_network
from kiosk.sync.fold import put, work_out
from kiosk.sync.hub_admin import enrol
from kiosk.sync.hub_database import make_hub, opened
from models.network.reading import KioskTold
from models.network.report import report_of_network
from models.policy import Policy
from models.review.period import Kind, period_of

if TYPE_CHECKING:
    from models.network.view import Network

YEAR_WITHIN = Limit(1, unit=" s")
WHOLE_YEAR = period_of(Kind.YEAR, date(YEAR, 1, 1))
A_DAY = date(YEAR, 11, 3)


def measure(bench: Bench) -> list[Figure]:
    """A hub of its own with a year of 31 corners."""
    folder: Path = bench.home.path.with_name("network")
    folder.mkdir()
    with server() as one:
        address = one.url("postgres")
        make_hub(address)
        bench.say(f"network: {ONE_YEAR.attendances} attendances")
        worked = _fill(folder, address)
        desk = Home(folder / "desk")
        file = folder / "desk.json"
        file.write_text(enrol_coordinator(address, "bench").text)
        join_network(desk, file)
        year = [_seconds(desk, WHOLE_YEAR.first, WHOLE_YEAR.last) for _ in range(bench.rounds)]
        day = [_seconds(desk, A_DAY, A_DAY) for _ in range(bench.rounds)]
    return [
        Figure(
            "network",
            "a year of 31 corners by day, as asked for",
            "s",
            median(year),
            must=YEAR_WITHIN,
        ),
        Figure("network", "a day of 31 corners, as asked for", "s", median(day)),
        Figure("network", "working out a year of one corner", "s", median(worked)),
    ]


def _seconds(desk: Home, first: date, last: date) -> float:
    """From the touch to figures: the connection, the hub's answer, its reading, and the sums."""
    begun = time.perf_counter()
    found = ask_network(desk, first, last)
    report_of_network(found, WHOLE_YEAR)
    took = time.perf_counter() - begun
    _check(found, first, last)
    return took


def _check(found: Network, first: date, last: date) -> None:
    """A measure of nothing would be fast."""
    days = {day for corner in found.corners for day in corner.days}
    wanted = 1 if first == last else ONE_YEAR.days
    if len(found.corners) != len(IDS) or len(days) != wanted:
        raise RuntimeError(f"{len(found.corners)} corners, {len(days)} days")


def _fill(folder: Path, address: str) -> list[float]:
    """Put the year into the hub; how long each corner took to be worked out."""
    database = Database(folder / "year.db")
    database.open(create=True).result()
    with closing(pysqlite3.connect(str(database.path), isolation_level=None)) as conn:
        fill(conn, Random(YEAR), ONE_YEAR)
    told = [KioskTold(datetime(YEAR - 1, 1, 1, tzinfo=UTC), None, None, NOW, None)]
    took = []
    try:
        for corner in IDS:
            enrol(address, Home(folder / "office"), corner, "bench")
        with opened(address) as hub:
            for corner in IDS:
                begun = time.perf_counter()
                found = database.read(partial(work_out, corner, told, Policy(), NOW, whole=True)).result()
                took.append(time.perf_counter() - begun)
                put(hub, corner, found, NOW)
            hub.execute("update hub.node set last_seen = %s", (NOW - timedelta(minutes=5),))
    finally:
        database.close()
    return took
