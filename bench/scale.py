"""``python -m bench.scale``: what one hub pays for what, as ``docs/scale.md`` has it; without limits."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import psycopg

from bench import pooler, sharing
from bench.figures import Figure
from bench.home import CORNER
from bench.report import table
from bench.sharing import postgres
from bench.stats import percentile
from kiosk.home import Home
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.hub_admin import enrol
from kiosk.sync.link import Hub, connect
from models.ids import uuid7
from models.log import SCHEMA_VERSION, Author
from models.sync.outbox import unsent
from models.sync.rows import SharedRow
from models.words import PARTICIPANT

ROWS, PAGE = 20_000, 500
SITES, LINES = 200, 8
SECONDS = 4.0
CORNERS, MONTHS, PARTS = 100, 12, 16
MANY = 500_000

_COPY = (
    "insert into {} (corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body,"
    " actor, schema_v, redacted, salt, digest, chain, sent_by, received_at)"
    " select 'c' || (n % {corners}), n / {corners} + 1, {id}, repeat('0', 32), n, n, n,"
    " 'attendance.arrived', 'attendance', md5((n / 8)::text), md5(n::text), repeat('x', 190), 'participant',"
    " 1, 0, repeat('0', 32), repeat('0', 64), repeat('0', 64), repeat('0', 16), now()"
    " from generate_series({first}, {last}) n"
)


def measure(server: postgres.Server, folder: Path) -> Iterator[Figure]:
    """Everything, on hubs of their own."""
    address = sharing.new_hub(server, "scale")
    rows = _rows(folder)
    begun = time.perf_counter()
    sites = [enrol(address, Home(folder / "office"), f"site-{number:03}", "borne") for number in range(SITES)]
    yield Figure("enrolling", "kiosks a second", "", SITES / (time.perf_counter() - begun))
    yield from _connections(address, sites)
    yield from pooler.measure(server, address, sites, _greet, _own_memory)
    yield from _pushes(address, sites, rows)
    yield from _bytes(address)
    yield from _partitions(address)


def _rows(folder: Path) -> list[SharedRow]:
    """Attendances of one kiosk."""
    home = sharing.new_home(folder / "image", CORNER)
    with sharing.opened(home) as database:
        author = Author(database.read(sharing.kiosk_id).result() or "", PARTICIPANT, sharing.now())
        database.write(sharing.attend, author, CORNER, ROWS).result()
        return [shared for _, shared in database.read(unsent, 2 * ROWS).result()][-ROWS:]


# ---- connections


def _connections(address: str, sites: Sequence[Enrolment]) -> Iterator[Figure]:
    times: list[float] = []
    hubs: list[Hub] = []
    for site in sites:
        begun = time.perf_counter()
        hubs.append(connect(site, Path()))
        times.append((time.perf_counter() - begun) * 1000)
        _greet(hubs[-1], site)
    yield Figure("connections", "one more, on a socket, with its password, p50", "ms", percentile(times, 50))
    with psycopg.connect(address) as admin:
        asked = "select pid from pg_stat_activity where usename like 'kiosk%'"
        sizes = [_own_memory(pid) for (pid,) in admin.execute(asked)]
    yield Figure("connections", "memory of one that waits", "MiB", sum(sizes) / len(sizes))
    for hub in hubs:
        hub.close()


def _own_memory(pid: int) -> float:
    """MiB that belong to a process alone, and its share of what it shares."""
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("Pss:")) / 1024


def _greet(hub: Hub, site: Enrolment) -> str:
    said = {"kiosk": site.node, "app": "bench", "schema": SCHEMA_VERSION, "now": 0, "pending": 0}
    return hub.hello(said).timeline


# ---- pushes


def _pushes(address: str, sites: Sequence[Enrolment], rows: list[SharedRow]) -> Iterator[Figure]:
    """Fresh ids each time: the hub numbers them all."""
    for number, page in ((1, 1), (LINES, 1), (1, PAGE), (LINES, PAGE)):
        what = f"events a second, {page} a page, {number} {'corner' if number == 1 else 'corners'} at once"
        yield Figure("pushes", what, "", _events(sites[:number], rows, page))
    yield Figure("pushes", f"greetings a second, {LINES} at once", "", _greetings(sites[:LINES]))
    listening = [connect(site, Path()) for site in sites[LINES:]]
    for hub, site in zip(listening, sites[LINES:], strict=True):
        hub.listen()
        hub.hello({"kiosk": site.node})
    what = f"events a second, 1 a page, {LINES} corners, while {len(listening)} others listen"
    yield Figure("pushes", what, "", _events(sites[:LINES], rows, 1))
    for hub in listening:
        hub.close()
    with psycopg.connect(address, autocommit=True) as admin:
        (body,) = admin.execute("select pg_get_functiondef('hub.put'::regproc)").fetchone()
        tell = "perform pg_notify('hub_' || corner_, '');"
        admin.execute(body.replace("perform hub.erase_in", f"{tell} perform hub.erase_in"))
        what = f"events a second, 1 a page, {LINES} corners, were the others told with the page"
        yield Figure("pushes", what, "", _events(sites[:LINES], rows, 1))
        admin.execute(body)


def _events(sites: Sequence[Enrolment], rows: list[SharedRow], page: int) -> float:
    """How many go through a second, with one line for each corner."""
    lines = [(connect(site, Path()), site) for site in sites]

    def push(line: tuple[Hub, Enrolment]) -> int:
        hub, site = line
        timeline, sent, end = _greet(hub, site), 0, time.monotonic() + SECONDS
        while time.monotonic() < end:
            start = sent % (len(rows) - page)
            hub.push(timeline, [_fresh(one) for one in rows[start : start + page]])
            sent += page
        return sent

    with ThreadPoolExecutor(len(lines)) as pool:
        total = sum(pool.map(push, lines))
    for hub, _ in lines:
        hub.close()
    return total / SECONDS


def _fresh(shared: SharedRow) -> SharedRow:
    return shared._replace(row=shared.row._replace(id=uuid7(shared.row.hlc >> 16)))


def _greetings(sites: Sequence[Enrolment]) -> float:
    lines = [(connect(site, Path()), site) for site in sites]

    def greet(line: tuple[Hub, Enrolment]) -> int:
        number, end = 0, time.monotonic() + SECONDS
        while time.monotonic() < end:
            _greet(*line)
            number += 1
        return number

    with ThreadPoolExecutor(len(lines)) as pool:
        total = sum(pool.map(greet, lines))
    for hub, _ in lines:
        hub.close()
    return total / SECONDS


def _bytes(address: str) -> Iterator[Figure]:
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("vacuum hub.change")
        asked = "select pg_table_size('hub.change'), pg_indexes_size('hub.change'), count(*) from hub.change"
        heap, indexes, number = admin.execute(asked).fetchone()
    yield Figure("room", "one event: its row", "bytes", heap / number)
    yield Figure("room", "one event: its place in the indexes", "bytes", indexes / number)


# ---- partitions


def _partitions(address: str) -> Iterator[Figure]:
    """One table, the same by corner, the same by corner and month: what comes in, and what is asked for."""
    with psycopg.connect(address, autocommit=True) as admin:
        for name, make, what in (
            ("hub.one", _one, "one table"),
            ("hub.by_corner", _by_corner, f"{PARTS} parts"),
            ("hub.by_both", _by_both, f"{PARTS} x {MONTHS} parts"),
        ):
            make(admin, name)
            admin.execute(_copy(name, 1, MANY))
            admin.execute(f"analyze {name}")
            yield Figure("partitions", f"{what}: rows a second in", "", _in(admin, name))
            some, none = _out(admin, name), _out(admin, name, after=MANY)
            yield Figure("partitions", f"{what}: {PAGE} rows after a number, p50", "ms", percentile(some, 50))
            yield Figure("partitions", f"{what}: nothing after a number, p50", "ms", percentile(none, 50))


def _one(admin: psycopg.Connection, name: str) -> None:
    admin.execute(f"create table {name} (like hub.change including all)")


def _by_corner(admin: psycopg.Connection, name: str) -> None:
    admin.execute(f"create table {name} (like hub.change including all) partition by hash (corner)")
    for part in range(PARTS):
        admin.execute(f"create table {name}_{part} partition of {name} {_hashed(part)}")


def _by_both(admin: psycopg.Connection, name: str) -> None:
    """An id begins with its time: its month is in it, and an id is looked for in one part only."""
    admin.execute(f"create table {name} (like hub.change including defaults) partition by hash (corner)")
    for columns in ("corner, id", "corner, hub_seq, id"):
        admin.execute(f"create unique index on {name} ({columns})")
    for part in range(PARTS):
        admin.execute(
            f"create table {name}_{part} partition of {name} {_hashed(part)} partition by range (id)"
        )
        for month in range(MONTHS):
            first, last = _begin(month), _begin(month + 1)
            admin.execute(
                f"create table {name}_{part}_{month} partition of {name}_{part}"
                f" for values from ('{first:012x}') to ('{last:012x}')"
            )


def _begin(month: int) -> int:
    """Milliseconds at which a month begins, counted from January 2026."""
    return int(datetime(2026 + month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp() * 1000)


def _hashed(part: int) -> str:
    return f"for values with (modulus {PARTS}, remainder {part})"


def _copy(name: str, first: int, last: int) -> str:
    each = (_begin(MONTHS) - _begin(0)) // (MANY + 20 * PAGE + 1)
    id_ = f"lpad(to_hex({_begin(0)} + n::bigint * {each}), 12, '0') || substr(md5(n::text), 13)"
    return _COPY.format(name, id=id_, corners=CORNERS, first=first, last=last)


def _in(admin: psycopg.Connection, name: str) -> float:
    """Pages of 500, each in a transaction of its own."""
    begun = time.perf_counter()
    for page in range(20):
        first = MANY + page * PAGE + 1
        admin.execute(_copy(name, first, first + PAGE - 1))
    return 20 * PAGE / (time.perf_counter() - begun)


def _out(admin: psycopg.Connection, name: str, after: int | None = None) -> list[float]:
    """Milliseconds of a page of a corner, from anywhere in its feed."""
    chance, times = Random(1), []
    asked = f"select * from {name} where corner = %s and hub_seq > %s order by hub_seq limit {PAGE}"
    for _ in range(60):
        corner = f"c{chance.randrange(CORNERS)}"
        since = after if after is not None else chance.randrange(MANY // CORNERS - PAGE)
        begun = time.perf_counter()
        admin.execute(asked, (corner, since)).fetchall()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__).parse_args()
    with sharing.server() as server, tempfile.TemporaryDirectory(prefix="kiosk-scale-") as folder:
        print(table(list(measure(server, Path(folder)))))


if __name__ == "__main__":
    main()
