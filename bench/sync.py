"""Sharing with the hub: pages beside raw COPY, corners that come back, arrivals meanwhile, a day of many sites."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench import crowd, sharing
from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, OPEN_AT
from bench.sharing import Kiosk
from bench.stats import of_pairs, percentile
from bench.terminal import ROOT, environment
from kiosk.clock import parse_at
from kiosk.home import Home
from kiosk.sync.cycle import BACKLOG, Cycle, Here, Round
from kiosk.sync.enrolment import Enrolment, enrolment_of
from kiosk.sync.hub_admin import enrol
from kiosk.sync.link import connect
from models.arrival import Desk, check_in
from models.log import SCHEMA_VERSION, Author
from models.policy import Policy
from models.sync.outbox import unsent
from models.sync.rows import SharedRow
from models.words import PARTICIPANT, Way

if TYPE_CHECKING:
    from bench.sharing import postgres

ROWS = 100_000
CORNERS, KIOSKS = 31, 4
OFFLINE = 7_750
"""Events of 31 corners on five working days, fifty a day."""

RATE = 300.0
"""Events a second that are offered: more than what must go through."""

SECONDS = 20.0
SITES, A_DAY, AT_ONCE = 1000, 50, 16
PATIENCE = 300.0

BESIDE_COPY, AIM = Limit(0.2, True), Limit(0.3, True)
PROJECTED = Limit(20_000, True)
BACK_WITHIN = Limit(60, unit=" s")
SUSTAINED = Limit(200, True)
ARRIVED_WITHIN = Limit(100, unit=" ms")

_ARRIVED = "select count(*) from hub.change where kind = 'attendance.arrived'"


def measure(bench: Bench) -> list[Figure]:
    """A hub of its own for each, on one server that keeps what it confirms."""
    folder = bench.home.path.with_name("sync")
    folder.mkdir()
    with sharing.server() as server:
        return [
            *_pages(bench, server, folder),
            *_corners(bench, server, folder),
            *_sites(bench, server, folder),
        ]


# ---- pages


def _pages(bench: Bench, server: postgres.Server, folder: Path) -> Iterator[Figure]:
    """One kiosk sends everything; the same rows by COPY; another kiosk takes everything in."""
    bench.say(f"sync: {ROWS} attendances")
    image = sharing.new_home(folder / "image", CORNER)
    full = sharing.copy_home(image, folder / "full")
    with sharing.opened(full) as database:
        author = Author(database.read(sharing.kiosk_id).result() or "", PARTICIPANT, sharing.now())
        database.write(sharing.attend, author, CORNER, ROWS).result()
    pushed, copied, pulled = [], [], []
    for number in range(bench.rounds):
        bench.say(f"sync: pages {number + 1} of {bench.rounds}")
        address = sharing.new_hub(server, "pages")
        pushed.append(ROWS / _pushed(address, full))
        copied.append(ROWS / _copied(address))
        empty = sharing.copy_home(image, folder / f"empty-{number}")
        pulled.append(ROWS / _pulled(address, empty))
    mine, other, ratio = of_pairs(pushed, copied)
    what = f"push of {ROWS} rows / COPY of the same into a like table, rows a second"
    yield Figure("sync", what, "", mine, other, ratio, BESIDE_COPY, AIM)
    yield Figure("sync", "pull and project, rows a second", "", percentile(pulled, 50), must=PROJECTED)


def _pushed(address: str, home: Home) -> float:
    """Seconds until the answer to the last page."""
    sharing.enrol(address, home, CORNER)
    at: list[float] = []

    def told(round_: Round) -> None:
        if round_.sent >= ROWS:
            at.append(time.perf_counter())

    with _line(home) as (kiosk, cycle):
        cycle(lambda _: None).greet()  # another hub than in the round before: all is unsent again
        begun = time.perf_counter()
        cycle(told).run()
    return at[0] - begun


def _copied(address: str) -> float:
    """Seconds for the rows that have just come, out of memory and in one transaction: the least there is."""
    columns = (
        "corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor, schema_v,"
        " redacted, salt, digest, chain, sent_by"
    )
    with psycopg.connect(address) as admin:
        only = f"select {columns} from hub.change where kind = 'attendance.arrived'"
        with admin.cursor().copy(f"copy ({only}) to stdout") as out:
            rows = b"".join(map(bytes, out))
        admin.execute("create table like_it (like hub.change including all)")
        admin.commit()
        begun = time.perf_counter()
        with admin.cursor().copy(f"copy like_it ({columns}) from stdin") as into:
            into.write(rows)
        admin.commit()
        return time.perf_counter() - begun


def _pulled(address: str, home: Home) -> float:
    """Seconds until everything is on another kiosk, log and tables."""
    sharing.enrol(address, home, CORNER)
    with _line(home) as (_, cycle):
        begun = time.perf_counter()
        done = cycle(lambda _: None).run()
        seconds = time.perf_counter() - begun
    if done.taken < ROWS:
        raise RuntimeError(f"{done.taken} rows came")
    return seconds


@contextmanager
def _line(home: Home):
    """A kiosk with a line to its hub, and what makes rounds over it, as ``kiosk sync`` does."""
    with sharing.running(home) as kiosk:
        hub = kiosk.connect()
        here = Here(kiosk.kiosk_id, CORNER, Policy())
        try:
            yield (
                kiosk,
                lambda told: Cycle(kiosk.database, hub, here, sharing.now, page=BACKLOG, told=told),
            )
        finally:
            hub.close()


# ---- corners


def _corners(bench: Bench, server: postgres.Server, folder: Path) -> Iterator[Figure]:
    """124 kiosks come back after five days, and go on; at one of them people arrive meanwhile."""
    bench.say(f"sync: {CORNERS} corners of {KIOSKS} kiosks")
    address = sharing.new_hub(server, "corners")
    image = Home(folder / "image")
    homes = folder / "kiosks"
    homes.mkdir()
    for number in range(CORNERS * KIOSKS):
        corner = f"corner-{number // KIOSKS:02}"
        home = sharing.copy_home(image, homes / f"kiosk-{number:03}")
        sharing.enrol(address, home, corner)
        # 62 and 63 in turn: 250 a corner.
        with sharing.running(home) as kiosk:
            author = Author(kiosk.kiosk_id, PARTICIPANT, sharing.now() - timedelta(days=3))
            kiosk.database.write(sharing.attend, author, corner, 62 + number % 2).result()
    busy = bench.home.copy()
    sharing.enrol(address, Home(busy.path), "corner-00")
    with sharing.running(Home(busy.path)) as kiosk, psycopg.connect(address, autocommit=True) as admin:
        arrivals = _Arrivals(kiosk, [person.card for person in busy.people])
        with _crowd(homes, RATE, SECONDS) as go:
            sharing_ = crowd.worker(kiosk)
            sharing_.start()
            begun = time.monotonic()
            go()
            back = arrivals.until(lambda: _count(admin) >= OFFLINE + arrivals.shared)
            seconds = time.monotonic() - begun
            bench.say(f"sync: {OFFLINE} events in {seconds:.1f} s")
