"""Kiosks in memory whose files are carried from hand to hand: many are made in a second."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pysqlite3

from assets.facts import corners
from kiosk.home import Home
from kiosk.sync.by_file import Received, take_file, write_file
from kiosk.sync.hub_keys import derived_node_key
from models import erasing
from models.connection import body_time
from models.founding import found, kiosk_id
from models.log import Author, record
from models.policy import Policy
from models.projections import TABLES
from models.registers import set_fields
from models.sync.outbox import pending
from models.sync.state import state_of
from models.verify import verify

KEY = bytes(range(32))
MASTER = bytes(range(64, 96))
"""What whoever looks after the hub derives every kiosk's own key from."""
START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
PEOPLE = ("Ouarda", "Wivine", "Thibault", "Ngozi")


class Instant:
    """A kiosk's database that answers at once, on an open connection."""

    def __init__(self, conn, path: Path) -> None:
        self.conn = conn
        self.path = path
        self.writes_left = -1
        """After so many writes the power goes."""

    def write(self, rule, *args, **kwargs) -> Future:
        if self.writes_left == 0:
            raise OSError("the power is gone")
        self.writes_left -= 1
        self.conn.execute("begin immediate")
        try:
            result = rule(self.conn, *args, **kwargs)
        except BaseException:
            self.conn.execute("rollback")
            raise
        self.conn.execute("commit")
        return _done(result)

    def scrub(self) -> Future:
        return _done(True)

    def read(self, rule, *args, **kwargs) -> Future:
        return _done(rule(self.conn, *args, **kwargs))


def _done(result) -> Future:
    future: Future = Future()
    future.set_result(result)
    return future


@dataclass
class Carrier:
    """One kiosk, and its hands for files."""

    conn: object
    node: str
    at: datetime
    folder: Path
    corner: str = "charleroi"
    key: bytes = KEY
    _number: object = field(default_factory=count)

    def __post_init__(self) -> None:
        self.database = Instant(self.conn, self.folder / self.node / "kiosk.db")
        self.kiosk_id = kiosk_id(self.conn)

    @property
    def node_key(self) -> bytes:
        return derived_node_key(MASTER, self.node)

    @property
    def joined(self) -> SimpleNamespace:
        return SimpleNamespace(
            home=SimpleNamespace(key=lambda: self.key),
            database=self.database,
            enrolment=SimpleNamespace(
                node=self.node,
                corner=self.corner,
                corner_key=self.key.hex(),
                node_key=self.node_key.hex(),
            ),
            kiosk_id=self.kiosk_id,
            policy=Policy(),
            keep_keys=lambda: None,
        )

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    @property
    def author(self) -> Author:
        return Author(self.kiosk_id, "system", self.now())

    # ---- what people do

    def call(self, person: str, name: str) -> None:
        """Say what a person is called."""
        known = self.conn.execute("select 1 from participant where id = ?", (person,)).fetchone()
        values = {"first_name": name, "language": "fr"}
        self._do(set_fields, self.author, "participant", person, values, new=known is None, subject=person)

    def come(self, person: str) -> None:
        """A person arrives."""
        at = body_time(self.now())
        body = {"participant": person, "half_day": "h", "at": at, "stored": at, "way": "card"}
        self._do(record, self.author, "attendance.arrived", "attendance", "h", body, subject=person)

    def erase(self, person: str) -> None:
        """Somebody asks for it."""
        self._do(erasing.erase, self.author, person, "asked")

    def note(self, number: int = 1) -> None:
        """Rows that no table keeps."""
        for n in range(number):
            self._do(record, self.author, "test.done", "kiosk", self.kiosk_id, {"at": n})

    def _do(self, rule, *args, **kwargs) -> None:
        self.database.write(rule, *args, **kwargs).result()

    # ---- what is carried

    def write(self, *, everything: bool = False) -> Path:
        path = self.folder / f"{self.node}-{next(self._number)}.sync"
        write_file(self.joined, path, self.now(), everything=everything)
        return path

    def take(self, path: Path) -> Received:
        return take_file(self.joined, path, self.now())

    # ---- what can be looked at

    def log(self) -> dict[str, tuple]:
        """The log by id, without what is this file's own."""
        columns = "id, origin, seq, hlc, kind, subject, body, salt, chain, stamp, hub_seq"
        return {row[0]: row for row in self.conn.execute(f"select {columns} from change")}

    def tables(self) -> dict[str, list[tuple]]:
        """Everything that screens read."""
        return {
            table: sorted(self.conn.execute(f"select * from {table}").fetchall(), key=repr)
            for table in TABLES
        }

    def stands(self) -> tuple:
        """Everything: nothing may have changed where nothing was taken."""
        return self.log(), self.tables(), state_of(self.conn), pending(self.conn)

    def flaws(self):
        copy = pysqlite3.connect(":memory:", isolation_level=None)
        self.conn.backup(copy)
        try:
            return verify(copy).flaws
        finally:
            copy.close()


def keep_keys_of_the_hub(office: Home, *corners_: str) -> None:
    """The keys of the kiosks above, as whoever looks after the hub keeps them."""
    folder = office.path / "hub"
    folder.mkdir(parents=True)
    for name, key in (("_hub", MASTER), *((corner, KEY) for corner in corners_)):
        (folder / f"{name}.key").write_text(key.hex())


def carrier(blank: Path, node: str, at: datetime, folder: Path, **more) -> Carrier:
    """A kiosk of its own, founded at a time by its own clock."""
    conn = pysqlite3.connect(":memory:", isolation_level=None)
    source = pysqlite3.connect(str(blank))
    source.backup(conn)
    source.close()
    conn.execute("begin")
    found(conn, corners()[more.get("corner", "charleroi")], "Équipe", "no hash", at)
    conn.execute("commit")
    return Carrier(conn, node, at, folder, **more)
