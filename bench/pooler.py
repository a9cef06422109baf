"""The same hub behind PgBouncer, where that is installed: who calls is known, and waiting costs little."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from bench.figures import Figure
from bench.sharing import postgres
from bench.stats import percentile
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.link import Hub, connect

TIMES = 50
IDLE = 1
"""Seconds after which a connection to the server that nobody uses is given up."""

_SETTINGS = """\
[databases]
{name} = host={socket} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
max_client_conn = 2000
default_pool_size = 2
max_db_connections = 20
server_idle_timeout = {idle}
ignore_startup_parameters = extra_float_digits, options
"""


def measure(
    server: postgres.Server,
    address: str,
    sites: Sequence[Enrolment],
    greet: Callable[[Hub, Enrolment], str],
    memory: Callable[[int], float],
) -> Iterator[Figure]:
    """Nothing where there is none."""
    if shutil.which("pgbouncer") is None:
        return
    with _running(server, address) as (port, pid), psycopg.connect(address, autocommit=True) as admin:
        behind = [replace(site, host="127.0.0.1", port=port) for site in sites]
        begun = time.perf_counter()
        hubs = [connect(site, Path()) for site in behind]
        connected = (time.perf_counter() - begun) * 1000 / len(hubs)
        for hub, site in zip(hubs, behind, strict=True):
            greet(hub, site)
        yield Figure("pooler", f"{len(hubs)} kiosks: one more", "ms", connected)
        yield Figure("pooler", "one greeting, p50", "ms", percentile(_times(greet, hubs[0], behind[0]), 50))
        yield Figure("pooler", "connections to the server, all having greeted", "", _connections(admin))
        while _connections(admin):
            time.sleep(IDLE / 10)
        yield Figure("pooler", f"the same, {IDLE} s later", "", _connections(admin))
        yield Figure("pooler", "memory of the pooler", "MiB", memory(pid))
        for hub in hubs:
            hub.close()


def _times(greet: Callable[[Hub, Enrolment], str], hub: Hub, site: Enrolment) -> Iterator[float]:
    for _ in range(TIMES):
        begun = time.perf_counter()
        greet(hub, site)
        yield (time.perf_counter() - begun) * 1000


def _connections(admin: psycopg.Connection) -> int:
    asked = "select count(*) from pg_stat_activity where usename like 'kiosk%'"
    return admin.execute(asked).fetchone()[0]


@contextmanager
def _running(server: postgres.Server, address: str) -> Iterator[tuple[int, int]]:
    """Its port and its process; it lets in whoever the server lets in, as whom they are."""
    with psycopg.connect(address) as admin:
        name = admin.info.dbname
        asked = "select rolname, rolpassword from pg_authid where rolname like 'kiosk%'"
        users = "".join(f'"{role}" "{secret}"\n' for role, secret in admin.execute(asked))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="pooler-", dir="/tmp") as kept:
        folder = Path(kept)
        said = _SETTINGS.format(name=name, socket=server.folder, port=port, folder=folder, idle=IDLE)
        (folder / "pgbouncer.ini").write_text(said)
        (folder / "users.txt").write_text(users)
        folder.chmod(0o755)
        process = subprocess.Popen(
            ["pgbouncer", "-q", str(folder / "pgbouncer.ini")], user=server.user, stderr=subprocess.DEVNULL
        )
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                except OSError:
                    if process.poll() is not None:
                        raise RuntimeError("the pooler does not run") from None
                    continue
                break
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()
