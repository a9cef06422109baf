"""Hubs to play with: one server a run, one database a test, kiosks with homes of their own."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import psycopg
import pytest
from hubs import TEMPLATE, with_hub

from assets.facts import corners
from kiosk.database import Database
from kiosk.home import Home
from kiosk.sync import hub_admin
from kiosk.sync.cycle import PAGE, Cycle, Round
from kiosk.sync.enrolment import Enrolment, enrolment_of
from kiosk.sync.greeting import Here
from kiosk.sync.joined import Joined, join, join_unmet
from kiosk.sync.link import Hub, connect
from models.founding import found, kiosk_here
from models.log import Author, record
from models.policy import Policy
from models.projections import TABLES
from models.verify import Verdict, verify

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
"""Thursday 3 November 2022, 8:30 in Wallonia."""


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """One server for the run of this process."""
    with with_hub() as one:
        yield one


@pytest.fixture
def address(server: postgres.Server) -> Iterator[str]:
    """A hub of the test's own."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"create database {name} template {TEMPLATE}")
        # What a database allows does not come with its copy.
        admin.execute(f"revoke connect, temporary on database {name} from public")
        yield server.url(name)
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk's file with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("blank") / "kiosk.db"
    database = Database(path)
    database.open(create=True).result()
    database.close()
    return path


def settle(home: Home, blank: Path, corner: str, now: datetime) -> None:
    """What ``kiosk init`` makes, without the time that it takes."""
    home.make()
    home.new_key()
    shutil.copy(blank, home.database)
    home.settings_file.write_text(f'corner = "{corner}"\n')
    database = Database(home.database)
    database.open().result()
    database.write(found, corners()[corner], "Équipe", "no hash", now).result()
    database.close()


class Ticking:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class Station:
    """A kiosk with its home, its file and its place at the hub."""

    home: Home
    database: Database
    enrolment: Enrolment
    kiosk_id: str
    now: Callable[[], datetime]

    @property
    def joined(self) -> Joined:
        return Joined(self.home, self.database, self.enrolment, self.kiosk_id, Policy())

    def connect(self) -> Hub:
        return connect(self.enrolment, self.home.hub_ca_file)

    def sync(self, *, page: int = PAGE) -> Round:
        """One round over a connection of its own."""
        hub = self.connect()
        try:
            return self.joined.round(hub, self.now, page=page)
        finally:
            hub.close()

    def cycle(self, hub, *, page: int = PAGE) -> Cycle:
        """Rounds with another hub than the real one."""
        return Cycle(
            self.database, hub, Here(self.kiosk_id, self.enrolment.corner, Policy()), self.now, page=page
        )

    def ask(self, sql: str, *values):
        """What the file says."""
        return self.database.read(lambda conn: conn.execute(sql, values).fetchall()).result()

    def write(self, rule, *arguments, **named):
        """Run a rule in a transaction."""
        return self.database.write(rule, *arguments, **named).result()

    @property
    def author(self) -> Author:
        return Author(self.kiosk_id, "system", self.now())

    def note(self, number: int = 1) -> list[str]:
        """Rows that no table keeps; their ids."""
        return [
            self.write(record, self.author, "test.done", "kiosk", self.kiosk_id, {"at": n}).id
            for n in range(number)
        ]

    def state(self) -> dict[str, list[tuple]]:
        """Everything that the screens read."""
        return {table: self.ask(f"select * from {table} order by 1, 2") for table in TABLES}

    def log(self) -> dict[str, tuple]:
        """The log by id, without what is this file's own."""
        return {
            row[0]: row
            for row in self.ask("select id, origin, seq, hlc, kind, body, chain, stamp, hub_seq from change")
        }

    def verify(self) -> Verdict:
        copy = self.database.copy_in_memory()
        try:
            return verify(copy)
        finally:
            copy.close()


@pytest.fixture
def stations(address: str, blank: Path, tmp_path: Path) -> Iterator[Callable[..., Station]]:
    """Makes kiosks that are enrolled at the test's hub."""
    made: list[Database] = []

    def station(name: str = "tablette", corner: str = "charleroi", *, met: bool = True) -> Station:
        now = Ticking()
        home = Home(tmp_path / f"{name}-{len(made)}")
        settle(home, blank, corner, now())
        database = Database(home.database)
        database.open().result()
        made.append(database)
        kiosk_id = database.write(kiosk_here, now()).result()
        file = tmp_path / f"{name}-{len(made)}.json"
        file.write_text(hub_admin.enrol(address, Home(tmp_path / "office"), corner, name).text)

        def greet(enrolment: Enrolment) -> Hub:
            hub = connect(enrolment, home.hub_ca_file)
            Cycle(database, hub, Here(kiosk_id, corner, Policy()), now).greet()
            return hub

        if met:
            join(home, file, corner, greet)
        else:
            join_unmet(home, file, corner)
        enrolment = enrolment_of(home)
        assert enrolment is not None
        return Station(home, database, enrolment, kiosk_id, now)

    yield station
    for database in made:
        database.close()
