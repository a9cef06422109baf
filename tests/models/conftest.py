"""A corner to play with: a copy of one migrated database, and sentences that move it.

Moments are written as people write them: ``"08:25"`` is Thursday 3 November 2022 in Wallonia,
``"2022-11-05 08:25"`` is any other day there. People are called by their first names.
"""

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysqlite3
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from assets.facts import corners
from assets.languages import BRUSSELS
from kiosk.database import Database
from models import bookings, erasing, founding, issuing
from models.answers import Outcome
from models.arrival import Desk, Wish, arrive, check_in
from models.codes import Form
from models.help import ASKED, call_help, settle_call
from models.ledger import events_of, presence
from models.lines import BookingLine
from models.log import Author, Row, record
from models.policy import Policy
from models.projections import TABLES
from models.verify import Verdict, verify
from models.words import PARTICIPANT, SYSTEM, Way

KEY = bytes(range(32))

PEOPLE = {
    "Binta": "Ouédraogo",
    "Ștefan": "Ionescu",
    "Marie-Laure": "Delvaux",
    "Çağla": "Yıldız",
    "Łukasz": "Wiśniewski",
    "Hoa": "Nguyễn",
    "Mehdi": "Benali",
    "Giuseppe": "Lombardo",
    "Oksana": "Kovalenko",
    "Heike": "Schyns",
    "Joris": "Peeters",
    "Kofi": "Adjei",
    "Rachida": "El Amrani",
    "Jean-Marie": "Wauters",
    "Tenzin": None,
    "Zoé": "D'Hondt",
}
"""Invented, as varied as Wallonia's public. Any likeness is chance."""


def _moment(when: str | datetime, fold: int = 0) -> datetime:
    if isinstance(when, datetime):
        return when
    text = when if "-" in when else f"2022-11-03 {when}"
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold).astimezone(UTC)


class Corner:
    """One kiosk of one corner on an open database."""

    def __init__(self, conn, *, kiosk_id: str | None = None, path: Path | None = None, **policy: int) -> None:
        self.conn = conn
        self.path = path
        self.kiosk_id = kiosk_id or founding.kiosk_id(conn)
        self.desk = Desk(self.kiosk_id, "charleroi", KEY, Policy(**policy))
        self._dropped: list[str] = []

    # ---- moments, people, and the transaction that a kiosk puts around every rule

    at = staticmethod(_moment)

    @staticmethod
    def reference(name: str) -> str:
        return f"FX-{list(PEOPLE).index(name):03}"

    @classmethod
    def person(cls, name: str) -> str:
        return issuing.participant_id(cls.reference(name))

    def author(self, when: str | datetime = "2022-11-02 16:00", actor: str = SYSTEM) -> Author:
        return Author(self.kiosk_id, actor, _moment(when))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.conn.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.conn.execute("rollback")
            raise
        self.conn.execute("commit")

    # ---- what is done before people come

    @staticmethod
    def line(
        name: str | None = None, start: str = "08:30", hours: float = 3.5, place: str = "charleroi", **more
    ) -> BookingLine:
        """A line of a booking file; without a name, a half-day without people."""
        starts_at = _moment(start)
        told = {"line": 2, "corner": place, "programme": "awareness", "starts_at": starts_at}
        told["ends_at"] = starts_at + timedelta(hours=hours)
        if name:
            told |= {"reference": Corner.reference(name), "first_name": name, "last_name": PEOPLE[name]}
        return BookingLine(**told | more)

    def take(
        self, *lines: BookingLine, when: str = "2022-11-02 16:00", again: Collection[str] = ()
    ) -> bookings.Applied:
        """Import lines as one file."""
        applied = bookings.Applied()
        with self.transaction():
            bookings.apply_lines(self.conn, self.author(when), lines, applied, again=again)
        return applied

    def book(self, *names: str, start: str = "08:30", place: str = "charleroi", **more) -> str:
        """Book people for one half-day (or plan it without people); returns its id."""
        self.take(*(self.line(name, start, place=place, **more) for name in names or (None,)))
        found = self.conn.execute(
            "select h.id from half_day h join workshop w on w.id = h.workshop_id"
            " where h.corner_id = ? and h.starts_at = ? and h.programme = ? and (? is null or w.name = ?)",
            (
                place,
                f"{_moment(start).replace(tzinfo=None).isoformat(' ', 'microseconds')}",
                more.get("programme", "awareness"),
                more.get("workshop"),
                more.get("workshop"),
            ),
        )
        return found.fetchone()[0]

    def issue(self, name: str, form: Form = Form.CARD, when: str = "2022-11-02 16:30") -> str:
        """Issue a card (or a short code) and revoke the one before; returns its letters."""
        with self.transaction():
            (code,) = issuing.issue(self.conn, self.author(when), KEY, form, [self.person(name)])
            issuing.revoke(self.conn, self.author(when), code.earlier)
        return code.letters

    # ---- what happens at the door

    def show(self, card: str, when: str | datetime, *, way: Way = Way.CARD, **wish) -> Outcome:
        """Hold a card under the scanner."""
        with self.transaction():
            return check_in(self.conn, self.desk, card, way, _moment(when), Wish(**wish))

    def type(self, code: str, when: str | datetime, **wish) -> Outcome:
        """Type a code on the sixteen letters."""
        return self.show(code, when, way=Way.CODE, **wish)

    def arrive(self, name: str, when: str | datetime, **wish) -> Outcome:
        """Arrive by name, as the facilitator's key does."""
        with self.transaction():
            return arrive(
                self.conn, self.desk, self.person(name), Way.FACILITATOR, _moment(when), Wish(**wish)
            )

    def note(self, kind: str, name: str, half_day: str, when: str | datetime, **more) -> Row:
        """Write an event into the ledger by the facilitator's hand: ``left``, ``annulled``, …"""
        stamp = f"{_moment(when).replace(tzinfo=None).isoformat('T', 'microseconds')}Z"
        body = {"participant": self.person(name), "half_day": half_day, "at": stamp, "stored": stamp}
        body |= {"way": Way.FACILITATOR, **more}
        with self.transaction():
            return record(
                self.conn,
                self.author(when, "sam"),
                f"attendance.{kind}",
                "attendance",
                half_day,
                body,
                subject=self.person(name),
            )

    def erase(self, name: str, when: str = "12:00", reason: str = "asked") -> tuple[str, ...]:
        """Erase a person (P-29)."""
        with self.transaction():
            return erasing.erase(self.conn, self.author(when), self.person(name), reason)

    # ---- what can be looked at afterwards

    def presence(self, name: str, half_day: str):
        return presence(events_of(self.conn, half_day, self.person(name)))

    def ask(self, sql: str, *values) -> list[tuple]:
        return self.conn.execute(sql, values).fetchall()

    def log(self) -> list[str]:
        """The kinds of all rows of the log, in order."""
        return [kind for (kind,) in self.conn.execute("select kind from change order by n")]

    def projections(self) -> dict[str, list[tuple]]:
        """Every row of every table that is made from the log."""
        return {table: sorted(self.ask(f"select * from {table}"), key=repr) for table in TABLES}

    def verify(self) -> Verdict:
        copy = _copy(self.conn)
        for guard in self._dropped:
            copy.execute(guard)
        try:
            return verify(copy)
        finally:
            copy.close()

    def flaws(self) -> list[tuple[str, str, str]]:
        return [(flaw.kind, flaw.table, flaw.row) for flaw in self.verify().flaws]

    def drop_guards(self) -> None:
        """What somebody can do who holds the file and knows SQLite, and puts the guards back afterwards."""
        for name, sql in self.ask("select name, sql from sqlite_master where type = 'trigger'"):
            self._dropped.append(sql)
            self.conn.execute(f"drop trigger {name}")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A SQLModel session that reads this corner's database."""
        engine = create_engine("sqlite://", creator=lambda: self.conn, poolclass=StaticPool, module=pysqlite3)
        with Session(engine) as session:
            yield session

    def bytes(self) -> bytes:
        """Every byte that stands on the disk: the file and its WAL."""
        return b"".join(file.read_bytes() for file in sorted(self.path.parent.iterdir()))

    def reopened(self) -> "Corner":
        """The same database after a power cycle."""
        self.conn.close()
        return Corner(_connect(self.path), path=self.path)


def _connect(path: Path | str):
    return pysqlite3.connect(str(path), isolation_level=None)


def _copy(conn):
    copy = _connect(":memory:")
    conn.backup(copy)
    return copy


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the program itself makes on an empty disk, founded for Charleroi."""
    database = Database(tmp_path_factory.mktemp("template") / "kiosk.db")
    database.open(create=True).result()
    database.write(founding.found, corners()["charleroi"], "Sam", "", _moment("2022-09-01 09:00")).result()
    database.close()
    return database.path


@pytest.fixture(scope="session")
def new_corner(template: Path) -> Iterator[Callable[..., Corner]]:
    """Make a fresh corner in memory in less than a millisecond: for properties, and for several kiosks."""
    source = _connect(template)
    yield lambda **given: Corner(_copy(source), **given)
    source.close()


@pytest.fixture
def corner(new_corner: Callable[..., Corner]) -> Iterator[Corner]:
    """A fresh corner in memory."""
    made = new_corner()
    yield made
    made.conn.close()


@pytest.fixture
def corner_on_disk(template: Path, tmp_path: Path) -> Corner:
    """A fresh corner in a file of its own folder, with everything still in the WAL."""
    path = tmp_path / "disk" / "kiosk.db"
    path.parent.mkdir()
    shutil.copy(template, path)
    return Corner(_connect(path), path=path)


@pytest.fixture
def morning(corner: Corner) -> Corner:
    """A corner whose log holds a little of everything."""
    half_day = corner.book("Binta", "Łukasz", "Zoé")
    card = corner.issue("Binta")
    corner.issue("Binta")
    corner.show(card, "08:20")
    corner.type("BBBBBB", "08:21")
    corner.arrive("Łukasz", "08:25")
    corner.note("left", "Łukasz", half_day, "10:00")
    corner.book("Zoé", status="cancelled")
    with corner.transaction():
        call = call_help(corner.conn, corner.author("09:00", PARTICIPANT), ASKED, "welcome")
        settle_call(corner.conn, corner.author("09:05", "sam"), call)
    return corner
