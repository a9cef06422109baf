"""A hub that keeps what it is told and kiosks that are enrolled at it: to be measured, and to be killed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from kiosk.database import Database
from kiosk.home import Home
from kiosk.installing import install
from kiosk.sync import hub_admin, hub_database
from kiosk.sync.cycle import PAGE, Round
from kiosk.sync.enrolment import Enrolment, enrolment_of, keep_prepared, prepare_enrolment
from kiosk.sync.joined import Joined
from kiosk.sync.link import Hub, connect
from models.connection import body_time
from models.founding import kiosk_here, kiosk_id
from models.ids import named_id
from models.log import Author, record
from models.policy import Policy
from models.sync.state import renew
from models.words import Way

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "hub"))

import postgres

if TYPE_CHECKING:
    from models.connection import Connection

KEEPS = (
    "fsync = on",
    "full_page_writes = on",
    "synchronous_commit = on",
    "shared_buffers = '128MB'",
    "max_wal_size = '1GB'",
    "max_connections = 300",
)
"""As Debian's server comes, but for the connections: 124 kiosks come back at once."""

PEOPLE = 8
"""People of a half-day."""

COURSE = 10
"""Half-days for which they come: 40 hours."""


@contextmanager
def server(*settings: str) -> Iterator[postgres.Server]:
    """A server of this run."""
    with postgres.server(*KEEPS, *settings) as one:
        yield one


def new_hub(server: postgres.Server, name: str) -> str:
    """The address of a new hub on a server."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name}")
    address = server.url(name)
    hub_database.make_hub(address)
    return address


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk that is enrolled, with its file open."""

    home: Home
    database: Database
    enrolment: Enrolment
    kiosk_id: str

    @property
    def joined(self) -> Joined:
        """As its rounds want it."""
        return Joined(self.home, self.database, self.enrolment, self.kiosk_id, Policy())

    def connect(self) -> Hub:
        """A line to its hub."""
        return connect(self.enrolment, self.home.hub_ca_file)

    def round(self, hub: Hub, page: int = PAGE) -> Round:
        """One round, with the keys of the other kiosks."""
        return self.joined.round(hub, now, page=page)


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def new_home(path: Path, corner: str) -> Home:
    """A kiosk nobody has been at yet."""
    home = Home(path)
    install(home, corner, "Équipe", "246813", "fr", now())
    return home


def copy_home(home: Home, path: Path) -> Home:
    """Another kiosk out of the same image: it takes an id of its own."""
    shutil.copytree(home.path, path)
    with opened(Home(path)) as database:
        database.write(renew).result()
        database.write(kiosk_here, now()).result()
    return Home(path)


def enrol(address: str, home: Home, corner: str, *, host: str = "", port: int = 5432) -> None:
    """Enrol a kiosk, which reaches the hub on its socket, or at a port of this machine."""
    made = hub_admin.enrol(address, Home(home.path.parent / "office"), corner, home.path.name)
    prepare_enrolment(home, replace(made, host=host or made.host, port=port))
    keep_prepared(home)


@contextmanager
def opened(home: Home) -> Iterator[Database]:
    """The file of a kiosk."""
    database = Database(home.database)
    database.open().result()
    try:
        yield database
    finally:
        database.close()


@contextmanager
def running(home: Home) -> Iterator[Kiosk]:
    """A kiosk that is enrolled."""
    with opened(home) as database:
        enrolment, own = enrolment_of(home), database.read(kiosk_id).result()
        if enrolment is None or own is None:
            raise RuntimeError(f"{home.path} is not enrolled")
        yield Kiosk(home, database, enrolment, own)


def once(kiosk: Kiosk, page: int = PAGE) -> Round:
    """One round over a line of its own."""
    hub = kiosk.connect()
    try:
        return kiosk.round(hub, page)
    finally:
        hub.close()


def attend(conn: Connection, author: Author, corner: str, number: int) -> None:
    """So many arrivals, eight to a half-day, of groups who come for a course."""
    at = body_time(author.now)
    for place in range(number):
        half_day = named_id("half_day", corner, author.kiosk_id, str(place // PEOPLE))
        group = str(place // (PEOPLE * COURSE))
        person = named_id("participant", corner, author.kiosk_id, group, str(place % PEOPLE))
        body = {"participant": person, "half_day": half_day, "at": at, "stored": at, "way": Way.CARD}
        record(conn, author, "attendance.arrived", "attendance", half_day, body, subject=person)
