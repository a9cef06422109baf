"""Corners that come back after five days without a network; meanwhile people arrive at one kiosk."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench import crowd, sharing
from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, OPEN_AT
from bench.sharing import Kiosk
from bench.stats import percentile
from bench.terminal import ROOT, environment
from kiosk.clock import parse_at
from kiosk.home import Home
from models.arrival import Desk, check_in
from models.log import Author
from models.policy import Policy
from models.words import PARTICIPANT, Way

if TYPE_CHECKING:
    from bench.sharing import postgres

CORNERS, KIOSKS = 31, 4
OFFLINE = 7_750
"""Events of 31 corners on five working days, fifty a day."""

RATE, SECONDS = 300.0, 20.0
"""Events a second that are offered, for how long: more than what must go through."""

MEMORY = Path("/dev/shm")
"""Where the files of the many kiosks lie: 124 disks are not one."""

PATIENCE = 120.0
BETWEEN = 0.05
"""Seconds between two arrivals."""

BACK_WITHIN = Limit(60, unit=" s")
SUSTAINED = Limit(200, True)
ARRIVED_WITHIN = Limit(100, unit=" ms")


def measure(bench: Bench, server: postgres.Server, folder: Path) -> Iterator[Figure]:
    """Other processes hold the 124 kiosks, and their lines; this one the kiosk where people arrive."""
    bench.say(f"sync: {CORNERS} corners of {KIOSKS} kiosks")
    address = sharing.new_hub(server, "corners")
    busy = bench.home.copy()
    sharing.enrol(address, Home(busy.path), _corner(0))
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-crowd-", dir=MEMORY if MEMORY.exists() else None) as homes,
        sharing.running(Home(busy.path)) as kiosk,
    ):
        _make(address, Home(folder / "image"), Path(homes))
        yield from _figures(bench, address, kiosk, Path(homes), [person.card for person in busy.people])
    busy.drop()


def _figures(bench: Bench, address: str, kiosk: Kiosk, homes: Path, cards: Sequence[str]) -> Iterator[Figure]:
    hub, arrivals = _Hub(address, kiosk.kiosk_id), _Arrivals(kiosk, cards)
    alone = arrivals.take(100)
    arrivals.start()
    crowd.worker(kiosk).start()
    with _program("bench.crowd", homes) as line:
        line.say()
        back = _until(lambda: hub.arrived() >= OFFLINE)
    bench.say(f"sync: {OFFLINE} events in {back:.1f} s")
    with _program("bench.lines", homes, "--rate", str(RATE), "--seconds", str(SECONDS)) as line:
        begun, before = time.monotonic(), hub.arrived()
        line.say()
        _until(lambda: hub.arrived() >= before + RATE * SECONDS)
        sustained = RATE * SECONDS / (time.monotonic() - begun)
    meanwhile = arrivals.stop()
    bench.say(f"sync: {sustained:.0f} events a second")
    what = f"{CORNERS} x {KIOSKS} kiosks after 5 days: {OFFLINE} events in the hub"
    yield Figure("sync", what, "s", back, must=BACK_WITHIN)
    what = f"over {CORNERS * KIOSKS} lines, {RATE:.0f} events a second offered: a second in the hub"
    yield Figure("sync", what, "", sustained, must=SUSTAINED)
    mine, reference = percentile(meanwhile, 99), percentile(alone, 99)
    what = "arrival on a kiosk meanwhile / before, p99"
    yield Figure("sync", what, "ms", mine, reference, mine / reference, ARRIVED_WITHIN, judged=mine)
    yield Figure("sync", "the slowest of them", "ms", max(meanwhile), max(alone))


def _corner(number: int) -> str:
    return f"corner-{number:02}" if number else CORNER


def _make(address: str, image: Home, homes: Path) -> None:
    """Kiosks with five days of events: 62 and 63 in turn, 250 a corner."""
    for number in range(CORNERS * KIOSKS):
        corner = _corner(number // KIOSKS)
        home = sharing.copy_home(image, homes / f"kiosk-{number:03}")
        sharing.enrol(address, home, corner)
        with sharing.running(home) as kiosk:
            author = Author(kiosk.kiosk_id, PARTICIPANT, sharing.now() - timedelta(days=3))
            kiosk.database.write(sharing.attend, author, corner, 62 + number % 2).result()


class _Hub:
    """How many events have come to it, but for those of one kiosk."""

    def __init__(self, address: str, without: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._without = without

    def arrived(self) -> int:
        asked = "select count(*) from hub.change where kind = 'attendance.arrived' and origin <> %s"
        return self._connection.execute(asked, (self._without,)).fetchone()[0]


class _Line:
    """What is said to another program, and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def say(self) -> None:
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def hear(self, word: str) -> None:
        if self._process.stdout.readline().strip() != word:
            raise RuntimeError(f"nobody said {word}")


@contextmanager
def _program(module: str, *arguments: object) -> Iterator[_Line]:
    """Another program, ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    line = _Line(process)
    try:
        line.hear(crowd.READY)
        yield line
    finally:
        process.kill()
        process.communicate()


def _until(is_so: Callable[[], bool]) -> float:
    """Seconds until something is so."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > PATIENCE:
            raise RuntimeError("it is never so")
        time.sleep(0.1)
    return time.monotonic() - begun


class _Arrivals:
    """People who show their cards at one kiosk, one after the other."""

    def __init__(self, kiosk: Kiosk, cards: Sequence[str]) -> None:
        self._kiosk = kiosk
        self._cards = iter(cards)
        self._desk = Desk(kiosk.kiosk_id, kiosk.enrolment.corner, kiosk.home.key(), Policy())
        self._ending = threading.Event()
        self._taken: list[float] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def take(self, number: int) -> list[float]:
        """Milliseconds of each of so many."""
        return [self._one() for _ in range(number)]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> list[float]:
        """Milliseconds of each since the start."""
        self._ending.set()
        self._thread.join()
        return self._taken

    def _run(self) -> None:
        while not self._ending.wait(BETWEEN):
            self._taken.append(self._one())

    def _one(self) -> float:
        begun = time.perf_counter()
        now = parse_at(OPEN_AT)
        outcome = self._kiosk.database.write(check_in, self._desk, next(self._cards), Way.CARD, now).result()
        if not outcome.present:
            raise RuntimeError(f"{outcome.answer} instead of a welcome")
        return (time.perf_counter() - begun) * 1000
