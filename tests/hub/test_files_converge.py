"""Files that are duplicated, reordered, lost or forged, mixed with rounds over the network: the same end."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stick_kiosks import KEY, PEOPLE, START, carrier, keep_keys_of_the_hub

from kiosk.home import Home
from kiosk.sync.bundle import Heading, Page, pieces_of
from kiosk.sync.by_file import write_sealed
from kiosk.sync.cycle import Cycle
from kiosk.sync.greeting import Here
from kiosk.sync.hub_file import exchange
from kiosk.sync.link import Hub
from kiosk.sync.sealed import new_salt, seal
from models.policy import Policy
from models.sync.outbox import Answer, logged
from models.sync.rows import SharedRow
from models.sync.state import state_of

CLOCKS = (START, START - timedelta(hours=5), datetime(2099, 1, 1, tzinfo=UTC))
"""Hours apart, and one so far ahead that the hub takes it back."""

KIOSKS = st.integers(0, len(CLOCKS) - 1)
FILES = st.integers(0, 30)

DONE = st.one_of(
    st.tuples(st.just("call"), KIOSKS, st.sampled_from("pq"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("erase"), KIOSKS, st.sampled_from("pq")),
    st.tuples(st.just("come"), KIOSKS, st.sampled_from("pq")),
    st.tuples(st.just("write"), KIOSKS, st.booleans()),
    st.tuples(st.just("take"), KIOSKS, FILES),
    st.tuples(st.just("forge"), KIOSKS, st.integers(0, 2**62)),
)
OR_WITH_THE_HUB = st.one_of(
    DONE,
    st.tuples(st.just("round"), KIOSKS),
    st.tuples(st.just("exchange"), FILES),
    st.tuples(st.just("new life")),
)


class Corner:
    """Three kiosks, the files that lie around, and perhaps a hub."""

    def __init__(self, blank: Path, folder: Path, address: str = "") -> None:
        self.folder = folder
        self.address = address
        self.kiosks = [carrier(blank, f"node{n}", at, folder) for n, at in enumerate(CLOCKS)]
        self.files: list[Path] = []
        self.office = Home(folder / "office")
        if address:
            keep_keys_of_the_hub(self.office, "charleroi")
            with psycopg.connect(address) as admin:
                admin.execute("truncate hub.change, hub.node, hub.feed, hub.quarantine, hub.erased cascade")
                admin.execute("insert into hub.feed (corner) values ('charleroi')")
                for one in self.kiosks:
                    admin.execute(
                        "insert into hub.node (id, corner, role, name) values (%s, 'charleroi', %s, '')",
                        (one.node, f"kiosk_{one.node}"),
                    )

    def do(self, what: str, *how) -> None:
        if what == "exchange":
            self.exchange(*how)
        elif what == "new life":
            with psycopg.connect(self.address) as admin:
                admin.execute("update hub.about set timeline = md5(timeline)")
                admin.execute("delete from hub.change where hub_seq > 4")
                admin.execute("update hub.feed set head = least(head, 4)")
        else:
            getattr(self, f"_{what}")(self.kiosks[how[0]], *how[1:])

    def _call(self, kiosk, person: str, name: str) -> None:
        kiosk.call(person, name)

    def _erase(self, kiosk, person: str) -> None:
        kiosk.erase(person)

    def _come(self, kiosk, person: str) -> None:
        kiosk.come(person)

    def _write(self, kiosk, everything: bool) -> None:
        self.files.append(kiosk.write(everything=everything))

    def _forge(self, kiosk, number: int) -> None:
        """Whoever has stolen a kiosk claims what they like of rows that they have read on a stick."""
        found = [row.row for _, row in logged(kiosk.conn, 999)]
        rows = tuple(SharedRow(row, number, number) for row in found)
        claim = Page(rows, tuple(Answer(row.id, number, number) for row in found), after=0)
        timeline = state_of(kiosk.conn).timeline or "none"
        heading = Heading("stolen", kiosk.now(), timeline, answer=True, trouble="revoked")
        path = self.folder / f"answer-forged-{len(self.files)}.sync"
        pieces = pieces_of(heading, [claim], KEY)
        write_sealed(path, seal(KEY, "charleroi", new_salt(), pieces))
        self.files.append(path)

    def _take(self, kiosk, file: int) -> None:
        if self.files:
            kiosk.take(self.files[file % len(self.files)])

    def _round(self, kiosk) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"set hub.carried_from = 'kiosk_{kiosk.node}'")
            here = Here(kiosk.kiosk_id, "charleroi", Policy())
            Cycle(kiosk.database, Hub(connection), here, kiosk.now, page=7).run()

    def exchange(self, file: int) -> None:
        """Bring a kiosk's file to the hub; the answer joins what lies around."""
        asked = [one for one in self.files if not one.name.startswith("answer")]
        if asked:
            out = self.folder / f"answer-{len(self.files)}.sync"
            exchange(self.address, self.office, asked[file % len(asked)], out)
            self.files.append(out)

    def close(self) -> None:
        for one in self.kiosks:
            one.conn.close()
        shutil.rmtree(self.folder)


def same(kiosks) -> None:
    """All have the same log and the same tables, and it is whole."""
    first = kiosks[0]
    for other in kiosks[1:]:
        assert other.log() == first.log()
        assert other.tables() == first.tables()
    assert first.flaws() == ()


@pytest.fixture(scope="module")
def hub_address(server) -> str:
    """One hub for all examples; each empties it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("create database carried template made")
    return server.url("carried")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DONE, max_size=25))
def test_kiosks_that_only_exchange_files_end_the_same(blank, done):
    corner = Corner(blank, Path(tempfile.mkdtemp()))
    try:
        for what in done:
            corner.do(*what)
        last = [one.write() for one in corner.kiosks]
        for one in corner.kiosks:
            for file in last:
                one.take(file)
        same(corner.kiosks)
    finally:
        corner.close()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OR_WITH_THE_HUB, max_size=25))
def test_kiosks_with_files_and_a_network_and_a_hub_that_is_restored_end_the_same(blank, hub_address, done):
    corner = Corner(blank, Path(tempfile.mkdtemp()), hub_address)
    try:
        for what in done:
            corner.do(*what)
        # By stick only: one brings everything again once all have brought what they have.
        last = [one.write(everything=True) for one in corner.kiosks]
        for one in corner.kiosks:
            # Set right, as its clock is to be where an answer comes from a time that is still to come there.
            one.at = max(one.at, datetime.now(UTC))
        for _ in range(2):
            for number, (one, file) in enumerate(zip(corner.kiosks, last, strict=True)):
                answer = corner.folder / f"last-{number}.sync"
                exchange(hub_address, corner.office, file, answer)
                one.take(answer)
        same(corner.kiosks)
        with psycopg.connect(hub_address) as admin:
            found = admin.execute("select id, stamp, hub_seq from hub.change").fetchall()
        assert {row[0]: row[-2:] for row in corner.kiosks[0].log().values()} == {
            id_: (stamp, number) for id_, stamp, number in found
        }
        assert all(one.stands()[-1].number == 0 for one in corner.kiosks)
    finally:
        corner.close()
