"""Whoever has sent something tells for all who have, and nobody is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
from mistakes import change_sql

from kiosk.sync.cycle import Cycle
from kiosk.sync.greeting import Here
from kiosk.sync.link import Hub
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.policy import Policy

TURN = 7310579660
"""The lock of whoever tells: see ``h0004.sql``."""

PATIENCE = 20.0
"""Seconds that something may take on a busy machine."""


LAST = "the last word"


class Listening:
    """A kiosk's line that is told of its corner."""

    def __init__(self, station, address) -> None:
        self.address = address
        self.hub = station.connect()
        self.hub.listen()
        here = Here(station.kiosk_id, station.enrolment.corner, Policy())
        Cycle(station.database, self.hub, here, station.now).greet()

    def told(self) -> list[int]:
        """All that it was told since it was last asked: what comes before a word of the hub's keeper."""
        with psycopg.connect(self.address, autocommit=True) as admin:
            admin.execute("select pg_notify(%s, %s)", (self.hub._channel, LAST))
        found: list[str] = []
        for one in self.hub._connection.notifies(timeout=PATIENCE):
            if one.payload == LAST:
                return [int(number) for number in found]
            found.append(one.payload)
        raise AssertionError("never told")


@pytest.fixture
def listening(stations, address):
    made: list[Listening] = []

    def listener(name: str, corner: str) -> Listening:
        made.append(Listening(stations(name, corner), address))
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
    assert here.told()[-1] == head_of(address, "charleroi")
    assert there.told()[-1] == head_of(address, "mons")


def test_who_has_the_turn_tells_for_all_and_once(stations, listening, address):
    one = listening("ordinateur", "charleroi")
    senders = [stations(f"tablette-{number}") for number in range(3)]
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("alter table hub.feed disable trigger grow")
        admin.execute("update hub.feed set grown_at = clock_timestamp() + interval '1 minute'")
        admin.execute("select pg_advisory_lock(%s), setval('hub.told_at', hub.now_ms() + 60000)", (TURN,))
        for station in senders:
            station.note()
            station.sync()
        assert one.told() == []
        admin.execute("select pg_advisory_unlock(%s), setval('hub.told_at', 1)", (TURN,))
        senders[0].note()
        senders[0].sync()
    assert one.told() == [head_of(address, "charleroi")]


@pytest.fixture
def held(address):
    """Somebody has the turn, and began it just now; the feeds' times are set by hand."""
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute("alter table hub.feed disable trigger grow")
        admin.execute("select pg_advisory_lock(%s), setval('hub.told_at', hub.now_ms())", (TURN,))
        yield admin


def grown(admin, corner: str, ago: str) -> None:
    admin.execute(
        "update hub.feed set grown_at = clock_timestamp() - %s::interval where corner = %s", (ago, corner)
    )


def test_who_has_the_turn_tells_other_corners_too_whose_feed_has_just_grown(
    stations, listening, address, held
):
    """Also what grew a moment before the turn began: its greeting came after it."""
    there, mons, tablet = listening("ordinateur", "mons"), stations("borne", "mons"), stations()
    grown(held, "mons", "-1 minute")
    mons.note()
    mons.sync()
    assert there.told() == []
    held.execute("select pg_advisory_unlock(%s), setval('hub.told_at', hub.now_ms() + 60000)", (TURN,))
    grown(held, "mons", "-59.9 seconds")
    tablet.note()
    tablet.sync()
    assert there.told() == [head_of(address, "mons")]


def test_who_greets_long_after_their_page_tells_themselves(stations, listening, address, held):
    """Whoever has the turn would not look so far back."""
    one, tablet = listening("ordinateur", "charleroi"), stations()
    grown(held, "charleroi", "1 second")
    tablet.note()
    tablet.sync()
    assert one.told() == [head_of(address, "charleroi")]


def test_who_keeps_the_turn_is_not_waited_for(stations, listening, address):
    """Where nobody could take the locks from everybody, a stolen kiosk may, and not give this one back."""
    one, tablet = listening("ordinateur", "charleroi"), stations()
    with psycopg.connect(address) as admin:
        admin.execute("select pg_advisory_lock(%s), setval('hub.told_at', hub.now_ms() - 5000)", (TURN,))
        tablet.note()
        tablet.sync()
        assert one.told() == [head_of(address, "charleroi")]


def test_who_hangs_up_while_waiting_leaves_the_turn_to_the_next(stations, address):
    tablet = stations()
    tablet.note()
    tablet.sync()
    with psycopg.connect(address, autocommit=True) as admin, closing(tablet.connect()) as hub:
        change_sql(admin, "hub.tell_all(text)", ("greatest(20", "greatest(500"))
        admin.execute("select setval('hub.told_at', hub.now_ms() + 60000)")
        hub._connection.execute("set statement_timeout = 25")
        with pytest.raises(HubTrouble) as told:
            hub.hello({"kiosk": tablet.kiosk_id, "now": 0, "sent": 1})
        assert told.value.problem == HubProblem.SLOW
        assert admin.execute("select pg_try_advisory_lock(%s)", (TURN,)).fetchone() == (True,)


def test_whoever_takes_their_word_back_silences_nobody(stations, listening, address):
    """A hostile kiosk may call as it likes, in a transaction that it never ends."""
    one, tablet, thief = listening("ordinateur", "charleroi"), stations(), stations("volée", "mons")
    with closing(thief.connect()) as hub:
        hub._connection.execute("begin")
        hub.hello({"kiosk": thief.kiosk_id, "now": 0, "sent": 1})
        tablet.note()
        tablet.sync()
        assert one.told()[-1] == head_of(address, "charleroi")
        hub._connection.execute("rollback")
    tablet.note()
    tablet.sync()
    assert one.told()[-1] == head_of(address, "charleroi")


def test_what_comes_between_the_greeting_and_listening_is_known_at_once(stations, monkeypatch):
    one, tablet = stations("ordinateur"), stations()
    listens, noted = Hub._hear, []

    def late(hub, channel: str) -> bool:
        if hub is line and not noted:
            noted.extend(tablet.note())
            tablet.sync()
        return listens(hub, channel)

    for station in (tablet, one):
        station.sync()
    monkeypatch.setattr(Hub, "_hear", late)
    with closing(one.connect()) as line:
        line.listen()
        one.joined.round(line, one.now)
    assert one.log().keys() >= set(noted) != set()


def test_nobody_s_greeting_fails_while_words_are_held_back(stations, address):
    """Who listens within a transaction that never ends keeps every word, until there is no place for more."""
    one, tablet = stations("ordinateur"), stations()
    with psycopg.connect(address, autocommit=True) as admin:
        change_sql(
            admin,
            "hub.tell_all(text)",
            ("pg_notification_queue_usage() > 0.5", "true"),
            ("return;", "return; perform 1 / 0;"),
        )
    noted = tablet.note()
    tablet.sync()
    one.sync()
    assert one.log().keys() >= set(noted)
