"""Whoever has sent something tells for all who have, and nobody is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from kiosk.sync.cycle import Cycle, Here
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.policy import Policy

TURN = 7310579660
"""The lock of whoever tells: see ``h0003.sql``."""

PATIENCE = 20.0
"""Seconds that something may take on a busy machine."""


class Listening:
    """A kiosk's line that is told of its corner."""

    def __init__(self, station) -> None:
        self.station = station
        self.hub = station.connect()
        self.hub.listen()
        self.here = Here(station.kiosk_id, station.enrolment.corner, Policy())
        Cycle(station.database, self.hub, self.here, station.now).greet()

    def heads(self) -> list[int]:
        """What it is told of, once it is told anything."""
        told = self.hub._connection.notifies(timeout=PATIENCE, stop_after=1)
        return [int(one.payload) for one in told]

    def left(self) -> list[int]:
        return [int(one.payload) for one in self.hub._connection.notifies(timeout=0)]


@pytest.fixture
def listening(stations):
    made: list[Listening] = []

    def listener(name: str, corner: str) -> Listening:
        made.append(Listening(stations(name, corner)))
        return made[-1]

    yield listener
    for one in made:
        one.hub.close()


def head_of(address, corner: str) -> int:
    with psycopg.connect(address) as admin:
        return admin.execute("select head from hub.feed where corner = %s", (corner,)).fetchone()[0]


def test_both_corners_are_told_whoever_tells(stations, listening, address):
    here, there = listening("ordinateur", "charleroi"), listening("ordinateur", "mons")
    senders = [stations("tablette", "charleroi"), stations("tablette", "mons")]
    for station in senders:
        station.note()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda station: station.sync(), senders))
    for one, corner in ((here, "charleroi"), (there, "mons")):
        told = one.heads()
        while told[-1] < head_of(address, corner):
            told += one.heads()


def test_who_has_the_turn_tells_for_all_and_once(stations, listening, address):
    one = listening("ordinateur", "charleroi")
    senders = [stations(f"tablette-{number}") for number in range(3)]
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(%s), setval('hub.told_at', hub.now_ms() + 60000)", (TURN,))
        for station in senders:
            station.note()
            station.sync()
        assert one.left() == []
        admin.execute("select pg_advisory_unlock(%s), setval('hub.told_at', 1)", (TURN,))
        senders[0].note()
        senders[0].sync()
    assert one.heads() + one.left() == [head_of(address, "charleroi")]


def test_who_keeps_the_turn_is_not_waited_for(stations, listening, address):
    """A kiosk that was stolen may take it and not give it back."""
    one, tablet = listening("ordinateur", "charleroi"), stations()
    with psycopg.connect(address) as admin:
        admin.execute("select pg_advisory_lock(%s), setval('hub.told_at', hub.now_ms() - 5000)", (TURN,))
        tablet.note()
        tablet.sync()
        assert one.heads() == [head_of(address, "charleroi")]


def test_who_hangs_up_while_waiting_leaves_the_turn_to_the_next(stations, address):
    tablet = stations()
    tablet.note()
    tablet.sync()
    with psycopg.connect(address, autocommit=True) as admin, closing(tablet.connect()) as hub:
        admin.execute("select setval('hub.told_at', hub.now_ms() + 60000)")
        hub._connection.execute("set statement_timeout = 25")
        with pytest.raises(HubTrouble) as told:
            hub.hello({"kiosk": tablet.kiosk_id, "now": 0, "sent": 1})
        assert told.value.problem == HubProblem.SLOW
        assert admin.execute("select pg_try_advisory_lock(%s)", (TURN,)).fetchone() == (True,)


def test_where_nothing_is_new_nobody_is_told(listening, stations):
    one, tablet = listening("ordinateur", "charleroi"), stations()
    tablet.sync()
    assert one.heads()
    hub = tablet.connect()
    hub.hello({"kiosk": tablet.kiosk_id, "now": 0, "sent": 1})
    hub.close()
    assert one.left() == []
