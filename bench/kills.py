"""``python -m bench.kills``: whatever is killed at whatever moment, every arrival is everywhere, and once.

Three kiosks in processes of their own take arrivals through the rule and share them with one hub, each by a
road of its own. A kiosk, the hub, one of its processes or a road is killed, over and over; then all are left
in peace, and their files and the hub are compared row by row.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import psycopg

from bench import sharing
from bench.home import first_name
from bench.living import NOBODY_LEFT
from bench.road import Road
from bench.sharing import postgres
from bench.terminal import ROOT, environment
from kiosk.home import Home
from models import bookings, issuing
from models.codes import Form
from models.lines import BookingLine
from models.log import Author, Row
from models.projections import TABLES
from models.verify import verify
from models.words import SYSTEM

KIOSKS = 3
CORNER = "charleroi"
EACH = 36
"""People for each kill: some are left when it is over."""

SEATS = 100
PATIENCE = 60.0
"""Seconds in which something has to happen that must happen."""

GRACE = 5.0
"""Seconds in which processes that a hub has left behind notice that it is gone."""

ROUNDS = 6
"""Rounds in turn after which nobody can have anything new."""

WHAT = {"kiosk": 10, "hub": 2, "backend": 3, "road": 4, "closed": 1}
"""What is killed, and how often among so many."""


@dataclass(slots=True)
class Found:
    """What the kills have come to."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    confirmed: int = 0
    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    """What must not be, in words; empty where all is well."""


@dataclass(slots=True)
class Living:
    """A kiosk that lives in a process of its own."""

    home: Home
    road: Road
    pace: float
    process: subprocess.Popen[str] = field(init=False)
    confirmed: dict[str, str] = field(default_factory=dict)
    """Ids of the arrivals that it has confirmed, by person, over all its lives."""
    doubled: list[str] = field(default_factory=list)
    """People whose arrival was confirmed twice."""
    _nobody_left: bool = False
    _readers: list[threading.Thread] = field(default_factory=list)

    @property
    def _errors(self) -> Path:
        return self.home.path / "errors"

    def start(self) -> None:
        """Begin another life."""
        command = [sys.executable, "-m", "bench.living", str(self.home.path), "--pace", str(self.pace)]
        with self._errors.open("ab") as errors:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        reader.start()
        self._readers.append(reader)

    def kill(self) -> None:
        """End this life in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def wait_for_one(self) -> None:
        """Until it has confirmed somebody in this life."""
        before, end = len(self.confirmed), time.monotonic() + PATIENCE
        while len(self.confirmed) == before and not self._nobody_left:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"a kiosk does not live: {self._errors.read_text()[-2000:]}")
            time.sleep(0.005)

    def stop(self) -> None:
        """End its last life, and hear what it has said to the end."""
        self.kill()
        for reader in self._readers:
            reader.join()

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout:
            if line.strip() == NOBODY_LEFT:
                self._nobody_left = True
            elif line.endswith("\n"):
                person, event = line.split()
                if person in self.confirmed:
                    self.doubled.append(person)
                self.confirmed[person] = event
        process.stdout.close()


def run(folder: Path, kills: int, seed: int, say: Callable[[str], None], *, pace: float = 0.25) -> Found:
    """So many kills, and what they have come to."""
    chance, found = Random(seed), Found(seed)
    with ExitStack() as stack:
        server = stack.enter_context(sharing.server())
        address = sharing.new_hub(server, "hub")
        socket = f"{server.folder}/.s.PGSQL.5432"
        roads = [stack.enter_context(Road(socket)) for _ in range(KIOSKS)]
        homes = _homes(folder, kills * EACH)
        for home, road in zip(homes, roads, strict=True):
            sharing.enrol(address, home, CORNER, host="127.0.0.1", port=road.port)
        kiosks = [Living(home, road, pace) for home, road in zip(homes, roads, strict=True)]
        try:
            for kiosk in kiosks:
                kiosk.start()
            for number in range(kills):
                what = chance.choices(tuple(WHAT), tuple(WHAT.values()))[0]
                one = chance.choice(kiosks)
                if chance.random() < 0.8:
                    one.wait_for_one()
                time.sleep(chance.uniform(0, 0.3))
                _kill(what, one, server, chance)
                found.kills[what] += 1
                if number % 10 == 9:
                    say(f"{number + 1} of {kills}: {sum(len(k.confirmed) for k in kiosks)} confirmed")
        finally:
            for kiosk in kiosks:
                kiosk.stop()
        for kiosk in kiosks:
            kiosk.road.open()
        server.wait()
        say("peace: the last rounds, and what is where")
        _compare(found, kiosks, address)
    return found


def _homes(folder: Path, people: int) -> list[Home]:
    """Kiosks out of one image, each with people of its own who are booked for now, and their cards."""
    image, now = sharing.new_home(folder / "image", CORNER), sharing.now()
    lines = [_line(number, now) for number in range(people)]
    with sharing.opened(image) as database:
        author = Author(database.read(sharing.kiosk_id).result(), SYSTEM, now)
        database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
        ids = [issuing.participant_id(line.reference) for line in lines]
        cards = database.write(issuing.issue, author, image.key(), Form.CARD, ids).result()
    homes = [sharing.copy_home(image, folder / f"kiosk-{number}") for number in range(KIOSKS)]
    for number, home in enumerate(homes):
        own = [(id_, card.letters) for id_, card in zip(ids, cards, strict=True)][number::KIOSKS]
        (home.path / "cards.json").write_text(json.dumps(own), "utf-8")
    return homes


def _line(number: int, now) -> BookingLine:
    return BookingLine(
        line=number + 1,
        corner=CORNER,
        programme="awareness",
        workshop=f"Banc {number // SEATS}",
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=4),
        room="2",
        capacity=SEATS,
        reference=f"K-{number:06}",
        first_name=first_name(number),
        last_name="Verhaegen",
        language="fr",
        status="booked",
    )


def _kill(what: str, kiosk: Living, server: postgres.Server, chance: Random) -> None:
    """One of them ends as if the power went; what does not come back by itself is started again."""
    if what == "kiosk":
        kiosk.kill()
        kiosk.start()
    elif what == "hub":
        server.stop("kill")
        time.sleep(chance.uniform(0, 0.3))
        _start_again(server)
    elif what == "backend":
        # In recovery after the last one it lets nobody in: then this was one kill at a bad moment more.
        with suppress(psycopg.OperationalError), psycopg.connect(server.url("postgres")) as admin:
            asked = "select pid from pg_stat_activity where usename like 'kiosk%'"
            for (pid,) in admin.execute(asked).fetchall()[:1]:
                os.kill(pid, signal.SIGKILL)
    elif what == "road":
        kiosk.road.cut_after(chance.choice((0, 10, 300, 3000, 30_000)))
    else:
        kiosk.road.close()
        time.sleep(chance.uniform(0, 0.5))
        kiosk.road.open()


def _start_again(server: postgres.Server) -> None:
    """Start the hub; processes that it has left behind hold its memory until they have noticed.

    One that waits for what a killed one held never does: whatever looks after services ends those.
    """
    end = time.monotonic() + GRACE
    while True:
        try:
            server.start()
        except AssertionError:
            if time.monotonic() < end:
                continue
            for pid in _left_behind(server.data):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            end = time.monotonic() + GRACE
        else:
            return


def _left_behind(data: Path) -> Iterator[int]:
    """Every process of PostgreSQL works in the folder of its data."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (folder / "cwd").readlink() == data:
                yield int(folder.name)


# ---- afterwards


def _compare(found: Found, kiosks: list[Living], address: str) -> None:
    """Everything that must be: nothing is put right in silence, what is wrong is said."""
    with ExitStack() as stack:
        ends = [stack.enter_context(sharing.running(kiosk.home)) for kiosk in kiosks]
        for _ in range(ROUNDS):
            left = [sharing.once(end) for end in ends]
            if not any(done.sent or done.taken or done.left.number for done in left):
                break
        else:
            found.wrong.append("they never come to an end")
        logs = [end.database.read(_log).result() for end in ends]
        tables = [end.database.read(_tables).result() for end in ends]
        flaws = [_flaws(end) for end in ends]
    with psycopg.connect(address) as admin:
        hub = admin.execute(f"select hub_seq, stamp, {_COLUMNS} from hub.change order by hub_seq").fetchall()
        quarantined = admin.execute("select count(*) from hub.quarantine").fetchone()
    found.rows = len(hub)
    if [row[0] for row in hub] != list(range(1, len(hub) + 1)):
        found.wrong.append("the numbers of the hub have holes")
    for number, (log, said, flaw) in enumerate(zip(logs, tables, flaws, strict=True)):
        if log != hub:
            found.wrong.append(f"kiosk {number} and the hub differ")
        if said != tables[0]:
            found.wrong.append(f"kiosk {number} shows something else than the first")
        if flaw:
            found.wrong.append(f"kiosk {number}: {flaw}")
    if quarantined != (0,):
        found.wrong.append(f"{quarantined} rows in quarantine")
    _count(found, kiosks, hub)


_COLUMNS = ", ".join(Row._fields)
_ID, _KIND, _SUBJECT = (2 + Row._fields.index(name) for name in ("id", "kind", "subject"))


def _count(found: Found, kiosks: list[Living], hub: list[tuple]) -> None:
    """Each confirmed arrival once, and nobody has arrived twice."""
    arrived = [row for row in hub if row[_KIND] == "attendance.arrived"]
    by_person, ids = Counter(row[_SUBJECT] for row in arrived), Counter(row[_ID] for row in hub)
    for kiosk in kiosks:
        found.confirmed += len(kiosk.confirmed)
        lost = [event for event in kiosk.confirmed.values() if ids[event] != 1]
        if lost:
            found.wrong.append(f"{len(lost)} confirmed arrivals are not there once")
        if kiosk.doubled:
            found.wrong.append(f"{len(kiosk.doubled)} people were confirmed twice")
    if twice := [person for person, times in by_person.items() if times > 1]:
        found.wrong.append(f"{len(twice)} people have arrived twice")


def _log(conn) -> list[tuple]:
    return conn.execute(f"select hub_seq, stamp, {_COLUMNS} from change order by hub_seq").fetchall()


def _tables(conn) -> dict[str, list[tuple]]:
    return {table: conn.execute(f"select * from {table} order by 1, 2").fetchall() for table in TABLES}


def _flaws(kiosk: sharing.Kiosk) -> str:
    copy = kiosk.database.copy_in_memory()
    try:
        return ", ".join(f"{flaw.kind} {flaw.table} {flaw.row}" for flaw in verify(copy).flaws)
    finally:
        copy.close()


def main() -> int:
    """Kill, compare, tell; 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    begun = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - begun:5.0f} s] {text}", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="kiosk-kills-") as folder:
        found = run(Path(folder), given.kills, given.seed, say)
    killed = ", ".join(f"{times} x {what}" for what, times in sorted(found.kills.items()))
    print(f"{killed}; {found.confirmed} arrivals confirmed, {found.rows} rows in the hub and on each kiosk")
    for wrong in found.wrong:
        print(f"wrong: {wrong}")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
