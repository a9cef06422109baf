"""A corner's world in small: kiosks in memory, one real hub, and everything that can go wrong between them.

A program is a list of steps; ``play`` does them and then lets everybody talk in peace. What must hold at the
end is in ``converged``.
"""

import random
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pysqlite3

from kiosk.sync.cycle import Cycle
from kiosk.sync.greeting import Here
from kiosk.sync.link import Hub
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.bookings import Applied, apply_lines
from models.connection import body_time
from models.erased import STAYS
from models.erasing import erase
from models.founding import kiosk_here, was_called
from models.lines import BookingLine
from models.log import Author, Row, record
from models.policy import Policy
from models.projections import TABLES, open_writes, rebuild
from models.registers import set_fields
from models.sync import outbox, taking
from models.sync.rows import COLUMNS, shared_of
from models.verify import verify

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
PAGE = 4
"""Small, so that a little program has many pages."""

PEOPLE = [f"{number:032x}" for number in range(1, 4)]
HALF_DAYS = [f"{number:032x}" for number in range(101, 103)]
FIELDS = {"first_name": ["Binta", "Hoa", "Zoé\u0000", "Łukasz"], "language": ["fr", "nl", "tlh"]}
"""A name with a sign that databases trip over, and a word that only a newer version knows."""


def copy_of(conn):
    """A file's copy in memory."""
    copy = pysqlite3.connect(":memory:", isolation_level=None)
    conn.backup(copy)
    return copy


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


class Crash(Exception):
    """The power went."""


class Memory:
    """What a round needs of a database, on a connection in memory; every job is done at once."""

    def __init__(self, conn) -> None:
        self.conn = conn
        self.crash_at = 0
        """The write at which the power goes: counted down; 0 is never."""

    def write(self, rule, *args, **named) -> Future:
        future: Future = Future()
        self.conn.execute("begin immediate")
        try:
            result = rule(self.conn, *args, **named)
            self.crash_at -= 1
            if self.crash_at == 0:
                raise Crash
        except BaseException:
            self.conn.execute("rollback")
            raise
        self.conn.execute("commit")
        future.set_result(result)
        return future

    path = Path("in memory")

    def scrub(self) -> Future:
        """There is no disk."""
        future: Future = Future()
        future.set_result(True)
        return future

    def read(self, rule, *args, **named) -> Future:
        future: Future = Future()
        future.set_result(rule(self.conn, *args, **named))
        return future


class Line:
    """The way to the hub, with what can happen on it."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.fault = ""
        self.heard = None
        """The last greeting, where the line has stood since."""
        self.meanwhile: Callable[[], None] = lambda: None
        """What others do between the hub's answer and its commit."""

    def hello(self, said):
        self.heard = self.hub.hello(said)
        return self.heard

    def push(self, timeline, rows):
        if self.fault == "unsent":
            raise HubTrouble(HubProblem.AWAY)
        if self.fault == "slow commit":
            with self.hub._connection.transaction():
                answer = self.hub.push(timeline, rows)
                meanwhile, self.meanwhile = self.meanwhile, lambda: None
                meanwhile()
            return answer
        answer = self.hub.push(timeline, rows)
        if self.fault == "twice":
            assert self.hub.push(timeline, rows) == answer
        if self.fault == "unanswered":
            raise HubTrouble(HubProblem.AWAY)
        return answer

    def pull(self, timeline, after, most):
        rows = self.hub.pull(timeline, after, most)
        if self.fault == "cut" and rows:
            raise HubTrouble(HubProblem.NOT_OURS)
        return rows


class Kiosk:
    """One kiosk of the corner."""

    def __init__(self, conn, hub: Hub, number: int) -> None:
        self.number = number
        self.memory = Memory(conn)
        self.line = Line(hub)
        self.ahead = timedelta()
        self.kept = None
        self.latest = START
        """The latest that its own clock ever said."""
        self.confirmed: set[str] = set()
        """Rows whose commit this kiosk has told somebody of, and that no disk has lost since."""
        self.start()

    @property
    def conn(self):
        return self.memory.conn

    def start(self) -> None:
        self.line.heard = None
        self.id = self.memory.write(kiosk_here, START).result()

    def record(self, now: datetime, rule: Callable, *args, **named) -> Row:
        row = self.memory.write(rule, Author(self.id, "sam", now + self.ahead), *args, **named).result()
        self.confirmed.add(row.id)
        # Its own clock, now or ever, or the hub's with what it allows: no other clock pulls it along.
        self.latest = max(self.latest, now + self.ahead)
        assert row.hlc >> 16 <= milliseconds(max(self.latest, now + taking.AHEAD)) + 1
        return row

    def round(self, now: datetime, *, stays: bool = False) -> None:
        """One round; whoever stays has greeted a moment ago, where the line has stood since."""
        was = was_called(self.conn, self.id)
        here = Here(self.id, "charleroi", Policy(), was)
        before, self.line.heard = self.line.heard if stays else None, None
        Cycle(self.memory, self.line, here, lambda: now + self.ahead, page=PAGE, before=before).run()
        self.line.heard = self.line.heard or before

    def keep(self) -> None:
        """A copy of the file, as a backup makes it."""
        self.kept = copy_of(self.conn)

    def lose(self) -> None:
        """The disk has died; last night's copy goes on."""
        if self.kept is not None:
            conn = self.memory.conn = copy_of(self.kept)
            self.confirmed &= {row[0] for row in conn.execute("select id from change")}
            self.start()

    def rows(self, unsent_only: bool = False) -> list:
        """What a file takes along: without the hub's numbers, which are of one life of the hub."""
        where = "where hub_seq is null" if unsent_only else ""
        found = self.conn.execute(f"select {', '.join(COLUMNS)} from change {where} order by n")
        return [shared_of([*values[:-1], None]) for values in found]

    def state(self) -> dict[str, list[tuple]]:
        return {table: sorted(self.conn.execute(f"select * from {table}"), key=repr) for table in TABLES}

    def log(self) -> dict[str, tuple]:
        columns = ", ".join(COLUMNS)
        return {row[0]: row for row in self.conn.execute(f"select {columns} from change")}


class World:
    """The kiosks and their hub."""

    def __init__(self, kiosks: list[Kiosk], address: str, seed: int) -> None:
        self.kiosks = kiosks
        self.chance = random.Random(seed)
        self.now = START
        self.admin = psycopg.connect(address, autocommit=True)
        self.backup: list[tuple] | None = None
        self.ledger: list[tuple] = []
        self.seen: dict[str, tuple[str, str, set[str]]] = {}
        """Of each write of a field: whose, which, and the writes of it that its author had seen."""

    def close(self) -> None:
        self.admin.close()

    # ---- steps

    def step(self) -> None:
        self.now += timedelta(seconds=self.chance.randrange(1, 4000))
        self.admin.execute("update world_clock set ms = %s", (milliseconds(self.now),))
        steps = [
            *[self.write_event] * 4,
            *[self.write_register] * 6,
            *[self.talk] * 6,
            self.import_file,
            self.import_file,
            self.erase,
            self.overlap,
            self.talk_badly,
            self.talk_badly,
            self.crash,
            self.carry,
            self.turn_clock,
            self.keep,
            self.lose,
            self.back_up_hub,
            self.restore_hub,
        ]
        self.chance.choice(steps)()

    @property
    def somebody(self) -> Kiosk:
        return self.chance.choice(self.kiosks)

    def write_event(self) -> None:
        kiosk, at = self.somebody, body_time(self.now)
        body = {
            "participant": self.chance.choice(PEOPLE),
            "half_day": self.chance.choice(HALF_DAYS),
            "at": at,
        }
        body |= {"stored": at, "way": "card"}
        kind = self.chance.choice(["attendance.arrived", "attendance.left", "attendance.dreamt"])
        kiosk.record(self.now, record, kind, "half_day", body["half_day"], body, subject=body["participant"])

    def write_register(self) -> None:
        field = self.chance.choice([*FIELDS, "merged_into"])
        person = self.chance.choice(PEOPLE)
        value = self.chance.choice(FIELDS.get(field, ["", *PEOPLE]))
        kiosk = self.somebody
        before = {
            change
            for change, (whose, which, _) in self.seen.items()
            if (whose, which) == (person, field)
            and kiosk.conn.execute("select 1 from change where id = ?", (change,)).fetchone()
        }
        row = kiosk.record(
            self.now, set_fields, "participant", person, {field: value}, new=False, subject=person
        )
        self.seen[row.id] = (person, field, before)

    def import_file(self) -> None:
        """The office's file, read at one kiosk or at several."""
        starts = datetime(2022, 11, 4, 7, 30, tzinfo=UTC)
        line = BookingLine(
            line=2,
            corner="charleroi",
            programme="awareness",
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            reference=f"FX-{self.chance.randrange(3)}",
            first_name="Oksana",
        )
        kiosk = self.somebody
        author = Author(kiosk.id, "import", self.now + kiosk.ahead)
        kiosk.memory.write(apply_lines, author, [line], Applied())

    def erase(self) -> None:
        """Somebody of the team erases a person, if their kiosk knows of one."""
        kiosk = self.somebody
        known = kiosk.conn.execute("select id from participant where first_name <> '' order by id").fetchall()
        if known:
            (person,) = self.chance.choice(known)
            author = Author(kiosk.id, "sam", self.now + kiosk.ahead)
            kiosk.memory.write(erase, author, person, "asked")

    def overlap(self) -> None:
        """Two send at once, and a third receives, before the first one's page is there for all."""
        slow, *others = self.chance.sample(self.kiosks, len(self.kiosks))
        slow.line.fault = "slow commit"

        def meanwhile() -> None:
            for other in others:
                self._talk(other)

        slow.line.meanwhile = meanwhile
        self._talk(slow)
        slow.line.fault, slow.line.meanwhile = "", lambda: None

    def talk(self) -> None:
        self._talk(self.somebody)

    def _talk(self, kiosk: Kiosk) -> None:
        try:
            kiosk.round(self.now, stays=self.chance.random() < 0.4)
        except HubTrouble as trouble:
            kiosk.line.heard = None
            assert trouble.problem in (HubProblem.AWAY, HubProblem.NOT_OURS, HubProblem.TIMELINE), trouble
        except Crash:
            pass

    def talk_badly(self) -> None:
        kiosk = self.somebody
        kiosk.line.fault = self.chance.choice(["unsent", "unanswered", "twice", "cut"])
        self._talk(kiosk)
        kiosk.line.fault = ""

    def crash(self) -> None:
        kiosk = self.somebody
        kiosk.memory.crash_at = self.chance.randrange(1, 9)
        self._talk(kiosk)
        kiosk.memory.crash_at = 0
        kiosk.start()

    def carry(self) -> None:
        """A stick from one to another: some rows, in any order, some of them twice."""
        one, other = self.chance.sample(self.kiosks, 2)
        rows = one.rows(unsent_only=self.chance.random() < 0.5)
        rows = self.chance.sample(rows, self.chance.randrange(len(rows) + 1))
        rows += rows[: len(rows) // 3]
        other.memory.write(taking.take_in, rows, self.now + other.ahead)
        # Within one page an id is there once.

    def turn_clock(self) -> None:
        hours = self.chance.choice([-30, -2, 0, 0, 1, 9, 24 * 400])
        self.somebody.ahead = timedelta(hours=hours)

    def keep(self) -> None:
        self.somebody.keep()

    def lose(self) -> None:
        self.somebody.lose()

    def back_up_hub(self) -> None:
        self.backup = self.admin.execute("select * from hub.change").fetchall()
        self.ledger = self.admin.execute("select * from hub.erased").fetchall()

    def restore_hub(self) -> None:
        if self.backup is None:
            return
        for kiosk in self.kiosks:
            kiosk.line.heard = None
        self.admin.execute("truncate hub.change, hub.erased")
        self.admin.execute("update hub.feed set head = %s", (len(self.backup),))
        with self.admin.cursor() as cursor:
            marks = ", ".join(["%s"] * 20)
            if self.backup:
                cursor.executemany(f"insert into hub.change values ({marks})", self.backup)
            if self.ledger:
                cursor.executemany("insert into hub.erased values (%s, %s, %s, %s)", self.ledger)
        if self.chance.random() < 0.5:
            self.restored()
        # Else nobody says a word, and the kiosks have to find out.

    def restored(self) -> None:
        """What has to be said after a restore."""
        self.begin_new_life()

    def begin_new_life(self) -> None:
        life = f"{self.chance.getrandbits(64):016x}"
        self.admin.execute("update hub.about set timeline = %s", (life,))

    # ---- the end

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self.step()
        self.peace()

    def peace(self) -> None:
        """Everybody talks until nobody has anything to say, and starts anew in between."""
        for _ in range(4):
            for kiosk in self.kiosks:
                kiosk.start()
                try:
                    kiosk.round(self.now)
                except HubTrouble as trouble:
                    if trouble.problem != HubProblem.TIMELINE:
                        raise
                    kiosk.round(self.now)

    def converged(self) -> None:
        """All replicas and the hub are the same to the byte, nothing is lost, every chain is whole."""
        first = self.kiosks[0]
        log, state = first.log(), first.state()
        for kiosk in self.kiosks:
            assert kiosk.log() == log
            assert kiosk.state() == state
            assert kiosk.confirmed <= log.keys()
            assert outbox.pending(kiosk.conn) == outbox.Pending(0, None, 0)
            copy = copy_of(kiosk.conn)
            rebuild(copy)
            assert {
                table: sorted(copy.execute(f"select * from {table}"), key=repr) for table in TABLES
            } == state
            flaws = verify(copy).flaws
            # What died with a disk before anybody else had it is nowhere: then the row after it says so.
            assert not flaws or (flaws[0].kind == "gap" and self._followed_nowhere(log, flaws[0].row, kiosk))
            copy.close()
            self._nothing_is_left_of_whoever_was_erased(kiosk)
        columns = ", ".join(COLUMNS)
        hub = self.admin.execute(f"select {columns} from hub.change order by hub_seq").fetchall()
        assert {row[0]: row for row in hub} == log
        self.numbered_without_holes([row[-1] for row in hub])
        assert self.admin.execute("select count(*) from hub.quarantine").fetchone() == (0,)
        self._nothing_loses_to_what_it_has_seen(first)
        twice = (
            "select 1 from booking b join half_day h on h.id = b.half_day_id"
            " group by b.participant_id, h.starts_at having count(*) > 1"
        )
        assert first.conn.execute(twice).fetchone() is None

    @staticmethod
    def _nothing_is_left_of_whoever_was_erased(kiosk: Kiosk) -> None:
        """No body that names or describes them, and no walk-in who turned out to be them (P-29)."""
        gone = {person for (person,) in kiosk.conn.execute("select participant_id from erased")}
        left = "select subject, kind from change where redacted = 0 and subject is not null"
        assert not [row for row in kiosk.conn.execute(left) if row[0] in gone and row[1] not in STAYS]
        named = "select merged_into from participant where first_name <> ''"
        assert not gone & {known for (known,) in kiosk.conn.execute(named)}

    @staticmethod
    def _followed_nowhere(log: dict[str, tuple], n: str, kiosk: Kiosk) -> bool:
        ((origin, seq),) = kiosk.conn.execute("select origin, seq from change where n = ?", (n,))
        return not any(row[1:3] == (origin, seq - 1) for row in log.values())

    @staticmethod
    def numbered_without_holes(numbers: list[int]) -> None:
        assert numbers == list(range(1, len(numbers) + 1))

    def _nothing_loses_to_what_it_has_seen(self, kiosk: Kiosk) -> None:
        """No write is open that the author of another one of its field had seen, whatever the clocks said."""
        leaves = {
            (entity, field): {change for change, _ in writes}
            for entity in PEOPLE
            for field, writes in open_writes(kiosk.conn, entity).items()
        }
        log = kiosk.log()
        for change, (person, field, before) in self.seen.items():
            if change in log:
                assert not leaves.get((person, field), set()) & before
