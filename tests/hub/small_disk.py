"""A disk of the hub that is full, and has room again: a small one of its own, or a limit set on the server.

Not every machine lets a test mount anything; a quota is refused in the same place and with other words.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
from postgres import Server
from psycopg.conninfo import conninfo_to_dict

ROOM = 12 * 1024 * 1024
LIMIT = 18 * 1024 * 1024
"""More than any file of the server has but one: a file of its own log has 16 MiB."""

_FILL = (
    "insert into hub.change (corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, body,"
    " actor, schema_v, redacted, salt, digest, chain, sent_by)"
    " select 'other', nextval('filling'), gen_random_uuid(), '', 0, 0, 0, '', '', '', repeat('x', 1000),"
    " '', 1, 0, '', '', '', '' from generate_series(1, %s)"
)


def _may_mount() -> bool:
    if os.geteuid() or not shutil.which("unshare"):
        return False
    tried = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


WAYS = ["quota", "disk"] if _may_mount() else ["quota"]


@contextmanager
def full(server: Server, address: str, way: str) -> Iterator[Callable[[], None]]:
    """The hub at this address has no room left; gives what makes room for it."""
    with (_small_disk if way == "disk" else _quota)(server, address) as make_room:
        with psycopg.connect(address, autocommit=True) as admin:
            admin.execute("create sequence filling")
            for rows in (2000, 200, 20, 1):
                with suppress(psycopg.Error):
                    while True:
                        admin.execute(_FILL, (rows,))
        yield make_room


@contextmanager
def _quota(server: Server, address: str) -> Iterator[Callable[[], None]]:
    """Processes that the server starts from now on write no file beyond the limit."""

    def limit(most: int | str) -> None:
        set_ = ["prlimit", "--pid", str(server.pid), f"--fsize={most}:"]
        subprocess.run(set_, user=server.user, check=True)

    limit(LIMIT)
    try:
        yield lambda: limit("unlimited")
    finally:
        limit("unlimited")


@contextmanager
def _small_disk(server: Server, address: str) -> Iterator[Callable[[], None]]:
    """The hub's tables lie on a disk of a few megabytes."""
    place, name = server.folder / "small", conninfo_to_dict(address)["dbname"]
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o"]
    subprocess.run([*mount, f"size={ROOM}", "tmpfs", place], check=True)
    shutil.chown(place, server.user)
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            admin.execute(f"create tablespace small location '{place}'")
            admin.execute(f"alter database {name} set tablespace small")
            yield lambda: subprocess.run([*mount, f"remount,size={8 * ROOM}", place], check=True)
            admin.execute(f"alter database {name} set tablespace pg_default")
            admin.execute("drop tablespace small")
    finally:
        subprocess.run(["umount", place], check=True)
        place.rmdir()
