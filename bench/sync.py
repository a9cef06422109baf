"""Sharing with the hub: pages beside raw COPY, a new kiosk, corners that come back, a day of many sites."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench import corners, sharing
from bench.figures import Bench, Figure, Limit
from bench.home import CORNER
from bench.stats import of_pairs, percentile
from kiosk.home import Home
from kiosk.sync.cycle import BACKLOG, Cycle, Round, unhurried
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.greeting import Here
from kiosk.sync.hub_admin import enrol
from kiosk.sync.link import connect
from models.log import SCHEMA_VERSION, Author
from models.policy import Policy
from models.sync.outbox import unsent
from models.sync.rows import SharedRow
from models.words import PARTICIPANT

if TYPE_CHECKING:
    from bench.sharing import postgres

ROWS = 100_000
SITES, A_DAY, AT_ONCE = 1000, 50, 16

BESIDE_COPY, AIM = Limit(0.2, True), Limit(0.3, True)
PROJECTED = Limit(20_000, True)
ARRIVED = "select count(*) from hub.change where kind = 'attendance.arrived'"


def measure(bench: Bench) -> list[Figure]:
    """A hub of its own for each, on one server that keeps what it confirms."""
    folder = bench.home.path.with_name("sync")
    folder.mkdir()
    with sharing.server() as server:
        return [
            *_pages(bench, server, folder),
            *corners.measure(bench, server, folder),
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

    with _line(home) as cycle:
        cycle(lambda _: None).greet()  # another hub than in the round before: all is unsent again
        begun = time.perf_counter()
        cycle(told).run()
    return at[0] - begun


def _copied(address: str) -> float:
    """Seconds for the rows that have just come, out of memory and in one transaction: the least there is."""
    columns = (
        "corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor,"
        " schema_v, redacted, salt, digest, chain, sent_by"
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
    with _line(home) as cycle:
        begun = time.perf_counter()
        done = cycle(lambda _: None).run()
        seconds = time.perf_counter() - begun
    if done.taken < ROWS:
        raise RuntimeError(f"{done.taken} rows came")
    return seconds


@contextmanager
def _line(home: Home):
    """What makes rounds of a kiosk over one line to its hub, as ``kiosk sync`` does."""
    with sharing.running(home) as kiosk:
        hub = kiosk.connect()
        here = Here(kiosk.kiosk_id, CORNER, Policy())
        try:
            with unhurried(kiosk.database):
                yield lambda told: Cycle(kiosk.database, hub, here, sharing.now, page=BACKLOG, told=told)
        finally:
            hub.close()


# ---- sites


def _sites(bench: Bench, server: postgres.Server, folder: Path) -> Iterator[Figure]:
    """Each comes once, in the evening, with its day: connects, greets, sends a page, takes what is new."""
    bench.say(f"sync: {SITES} sites are enrolled")
    address = sharing.new_hub(server, "sites")
    office = Home(folder / "office")
    sites = [enrol(address, office, f"site-{number:04}", "tablette") for number in range(SITES)]
    page = _day(Home(folder / "image"), folder)
    bench.say(f"sync: {SITES} sites push a day")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = time.monotonic()
        each = list(pool.map(lambda site: _evening(site, page), sites))
        seconds = time.monotonic() - begun
    with psycopg.connect(address) as admin:
        (stored,) = admin.execute(ARRIVED).fetchone()
    what = f"{SITES} sites push a day of {A_DAY} events, {AT_ONCE} at a time"
    yield Figure("sync", what, "s", seconds)
    yield Figure("sync", "the same, events a second", "", SITES * A_DAY / seconds)
    yield Figure("sync", "one site, from connecting to the end, p95", "ms", percentile(each, 95))
    yield Figure("sync", "events that are not in the hub", "", SITES * A_DAY - stored, must=Limit(0))


def _day(image: Home, folder: Path) -> list[SharedRow]:
    """A day of one site. Every site sends the same: ids must differ within a corner only."""
    home = sharing.copy_home(image, folder / "a-day")
    with sharing.opened(home) as database:
        author = Author(database.read(sharing.kiosk_id).result() or "", PARTICIPANT, sharing.now())
        database.write(sharing.attend, author, CORNER, A_DAY).result()
        rows = [shared for _, shared in database.read(unsent, ROWS).result()]
    return rows[-A_DAY:]


def _evening(site: Enrolment, page: list[SharedRow]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    hub = connect(site, Path())
    said = {"kiosk": site.node, "app": "bench", "schema": SCHEMA_VERSION, "now": 0, "pending": len(page)}
    heard = hub.hello(said)
    hub.push(heard.timeline, page)
    hub.pull(heard.timeline, len(page), BACKLOG)
    hub.close()
    return (time.perf_counter() - begun) * 1000
