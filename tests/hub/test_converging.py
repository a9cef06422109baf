"""Whatever happens between kiosks and hub, all end with the same; and a test that this test would notice."""

import os

import psycopg
import pysqlite3
import pytest
from mistakes import MISTAKES, functions
from world import START, Kiosk, World

from assets.facts import corners
from kiosk.home import Home
from kiosk.sync import hub_admin
from kiosk.sync.link import Hub, connect
from kiosk.sync.trouble import HubTrouble
from models.founding import found

WORLDS = int(os.environ.get("KIOSK_WORLDS", "30"))
STEPS = 40
KIOSKS = 3


@pytest.fixture(scope="module")
def lines(server, tmp_path_factory):
    """Three places at one hub that lives for all programs of this file."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("create database world template made")
    address, office = server.url("world"), Home(tmp_path_factory.mktemp("office"))
    with psycopg.connect(address, autocommit=True) as admin:
        # The world's own time, and nobody waits long for a lock that is held by a commit of the same thread.
        admin.execute("create table world_clock as select 0::bigint as ms")
        admin.execute(
            "create or replace function hub.now_ms() returns bigint language sql"
            " as 'select ms from public.world_clock'"
        )
        admin.execute("alter database world set lock_timeout = '30ms'")
    hubs = [
        connect(hub_admin.enrol(address, office, "charleroi", f"k{number}"), office.hub_ca_file)
        for number in range(KIOSKS)
    ]
    yield address, hubs
    for hub in hubs:
        hub.close()
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("drop database world with (force)")


@pytest.fixture
def world(lines, blank):
    """Makes a world for a seed."""
    address, hubs = lines
    source = pysqlite3.connect(str(blank))
    made = []

    def new(seed: int) -> World:
        with psycopg.connect(address, autocommit=True) as admin:
            admin.execute("truncate hub.change, hub.erased, hub.quarantine")
            admin.execute("update hub.feed set head = 0")
            admin.execute("update hub.node set kiosk_id = null, pulled = 0")
        one = World([_kiosk(source, hub, number) for number, hub in enumerate(hubs)], address, seed)
        one.begin_new_life()
        made.append(one)
        return one

    yield new
    for one in made:
        one.close()
        for kiosk in one.kiosks:
            kiosk.conn.close()
    source.close()


def _kiosk(source, hub: Hub, number: int) -> Kiosk:
    conn = pysqlite3.connect(":memory:", isolation_level=None)
    source.backup(conn)
    conn.execute("begin")
    found(conn, corners()["charleroi"], f"Équipe {number}", "no hash", START)
    conn.execute("commit")
    return Kiosk(conn, hub, number)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_everybody_ends_with_the_same(world, seed):
    one = world(seed)
    one.play(STEPS)
    one.converged()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_a_mistake_put_in_on_purpose_is_noticed(world, lines, monkeypatch, mistake):
    address, _ = lines
    with psycopg.connect(address, autocommit=True) as admin:
        before = functions(admin)
        mistake(monkeypatch, admin)
        try:
            assert any(_fails(world(seed)) for seed in range(60))
        finally:
            for source in before:
                admin.execute(source)


def _fails(one: World) -> bool:
    try:
        one.play(STEPS)
        one.converged()
    except (AssertionError, HubTrouble, psycopg.Error, pysqlite3.Error):
        return True
    return False
