"""Sharing inside a running kiosk: at once, without holding anybody up, and through whatever goes wrong."""

import threading
from contextlib import contextmanager
from random import Random
from types import SimpleNamespace

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import Clock, monotonic
from kiosk.sync import worker as sharing
from kiosk.sync.back_off import LONGEST, pause_after
from kiosk.sync.link import Hub
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.sync.worker import Worker
from models.policy import Policy

PATIENCE = 20.0
"""Seconds that something may take on a busy machine."""


def worker_at(station, **told) -> Worker:
    return Worker(station.home, station.database, station.kiosk_id, Policy(), Clock().now, **told)


@contextmanager
def sharing_at(station, withdrawn=None):
    """A worker at a kiosk, and an event that is set whenever rows of others have come."""
    came = threading.Event()
    worker = worker_at(
        station,
        told=lambda done: came.set() if done.taken else None,
        withdrawn=withdrawn or (lambda: None),
    )
    worker.start()
    try:
        yield worker, came
    finally:
        worker.close()


def until_here(station, came: threading.Event, wanted: str) -> None:
    """Wait until a row of another kiosk is here."""
    end = monotonic() + PATIENCE
    while wanted not in station.log():
        came.clear()
        assert monotonic() < end, "never came"
        if wanted not in station.log():
            came.wait(1.0)


# ---- at once


def test_who_stays_with_the_hub_does_not_greet_it_for_every_arrival(stations, monkeypatch):
    """Two greetings open the line, before and after it listens; after a page one tells the others."""
    greetings, honest = {}, Hub.hello

    def hello(hub, said):
        greetings[said["kiosk"]] = greetings.get(said["kiosk"], 0) + 1
        return honest(hub, said)

    monkeypatch.setattr(sharing, "POLL", 10 * PATIENCE)
    monkeypatch.setattr("kiosk.sync.joined.GREETS_EVERY", 10 * PATIENCE)
    tablet, desk = stations("tablette"), stations("ordinateur")
    for station in (tablet, desk, tablet, desk):
        station.sync()
    monkeypatch.setattr(Hub, "hello", hello)
    with sharing_at(tablet), sharing_at(desk) as (_, came):
        for _ in range(5):
            (row,) = tablet.note()
            until_here(desk, came, row)
    # What comes in its first round ends with another; and two of them may have gone in one page.
    assert greetings[tablet.kiosk_id] <= 3 + 5
    assert greetings[desk.kiosk_id] <= 3


def test_what_is_written_at_one_kiosk_is_at_the_other_at_once(stations, monkeypatch):
    """The database tells the one, the hub the other: nobody looks from time to time."""
    monkeypatch.setattr(sharing, "POLL", 10 * PATIENCE)
    tablet, desk = stations("tablette"), stations("ordinateur")
    with sharing_at(tablet), sharing_at(desk) as (_, came):
        (first,) = tablet.note()
        until_here(desk, came, first)
        (second,) = tablet.note()
        until_here(desk, came, second)


def test_where_the_hub_tells_nobody_it_is_looked_at(stations, monkeypatch):
    """Behind a pooler."""
    monkeypatch.setattr(sharing, "POLL", 0.05)
    monkeypatch.setattr("kiosk.sync.link.Hub.listen", lambda *_: None)
    tablet, desk = stations("tablette"), stations("ordinateur")
    with sharing_at(tablet), sharing_at(desk) as (_, came):
        (row,) = tablet.note()
        until_here(desk, came, row)


def test_a_kiosk_goes_on_when_its_connection_is_cut(stations, address, monkeypatch):
    monkeypatch.setattr(sharing, "pause_after", lambda *_: 0.01)
    tablet, desk = stations("tablette"), stations("ordinateur")
    with (
        sharing_at(tablet),
        sharing_at(desk) as (_, came),
        psycopg.connect(address, autocommit=True) as admin,
    ):
        for _ in range(3):
            (row,) = tablet.note()
            until_here(desk, came, row)
            admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'kiosk' and datname = current_database()"
            )


def test_a_kiosk_that_does_not_come_in_says_so_and_does_not_end(stations, address, monkeypatch):
    """The team reads it; whoever arrives notices nothing."""
    from kiosk.sync import hub_admin

    monkeypatch.setattr(sharing, "pause_after", lambda *_: 0.01)
    tablet = stations()
    hub_admin.revoke(address, tablet.enrolment.node, at_once=True)
    end = monotonic() + PATIENCE
    with sharing_at(tablet) as (worker, _):
        while tablet.ask("select trouble from sync_state") != [(str(HubProblem.NO_ENTRY),)]:
            assert monotonic() < end
        tablet.note()
        assert worker._thread.is_alive()


def test_a_kiosk_that_is_withdrawn_ends_once_everything_is_delivered(stations, address, monkeypatch):
    """Not before, and not where a row was refused that somebody has to look at."""
    from kiosk.sync import hub_admin
    from models.sync.outbox import Answer, sent

    monkeypatch.setattr(sharing, "pause_after", lambda *_: 0.01)
    tablet, desk = stations("tablette"), stations("ordinateur")
    refused, (mine,) = tablet.note(), tablet.note()
    tablet.write(sent, [Answer(refused[0], None, None, "changed")], tablet.now())
    for station in (tablet, desk):
        hub_admin.revoke(address, station.enrolment.node, at_once=False)
    ended = {name: threading.Event() for name in ("tablet", "desk")}
    with sharing_at(tablet, ended["tablet"].set), sharing_at(desk, ended["desk"].set):
        assert ended["desk"].wait(PATIENCE)
        end = monotonic() + PATIENCE
        while tablet.ask("select hub_seq from change where id = ?", mine) == [(None,)]:
            assert monotonic() < end
    assert not ended["tablet"].is_set()


def test_it_ends_before_the_database_does(stations):
    tablet = stations()
    with sharing_at(tablet) as (worker, _):
        pass
    assert not worker._thread.is_alive()
    tablet.note()


# ---- what it waits for


class Scripted:
    """A hub that tells what it is made to tell, and the clock of whoever waits for it."""

    def __init__(self, worker: Worker, monkeypatch, *happens) -> None:
        self.now, self.slept, self.number = 0.0, [], 0
        self._happens = list(happens)
        self._worker = worker
        monkeypatch.setattr(sharing, "monotonic", lambda: self.now)
        monkeypatch.setattr(sharing, "select", SimpleNamespace(select=self._select))

    def fileno(self) -> int:
        return 0

    def told(self) -> int:
        return self.number

    def _select(self, _reading, _writing, _odd, seconds) -> None:
        """Something happens after a part of the time, or nothing in all of it."""
        after, what = self._happens.pop(0) if self._happens else (seconds, lambda: None)
        after = min(after, seconds)
        self.now += after
        self.slept.append(after)
        what()


@pytest.fixture
def idle(stations):
    """A kiosk that has sent everything, and its worker before it has begun."""
    station = stations()
    station.sync()
    worker = worker_at(station)
    yield station, worker
    worker.close()


def test_what_a_round_writes_itself_does_not_begin_another(idle, monkeypatch):
    """Else two kiosks would keep each other awake all night."""
    station, worker = idle
    cursor = station.ask("select cursor from sync_state")[0][0]
    hub = Scripted(worker, monkeypatch, (1.0, worker._wake), (1.0, worker._wake))
    hub.number = cursor
    worker._wait(hub)
    assert hub.now == sharing.POLL


def test_what_was_told_during_a_round_begins_the_next_at_once(idle, monkeypatch):
    _, worker = idle
    hub = Scripted(worker, monkeypatch)
    hub.number = 10**6
    worker._wait(hub)
    assert hub.slept == []


def test_a_pause_ends_when_somebody_does_something_but_not_before_a_second(idle, monkeypatch):
    """Whoever arrives wakes it; and many who arrive do not make it knock without end."""
    station, worker = idle

    def somebody_comes() -> None:
        station.note()
        worker._wake()

    hub = Scripted(worker, monkeypatch, (0.2, somebody_comes), (0.3, worker._wake))
    worker._pause(240.0)
    assert hub.now == 1.0
    hub = Scripted(worker, monkeypatch, (1.0, worker._wake), (99.0, worker._wake), (20.0, somebody_comes))
    worker._pause(240.0)
    assert hub.now == 120.0
    hub = Scripted(worker, monkeypatch)
    worker._pause(240.0)
    assert hub.now == 240.0


def test_a_hub_that_is_away_is_kept_as_a_word_and_the_pauses_grow(idle, monkeypatch):
    station, worker = idle
    failures = []

    def away(_self):
        raise HubTrouble(HubProblem.AWAY)

    def pause(number, _chance):
        failures.append(number)
        worker._closing = number == 5
        return 0.0

    monkeypatch.setattr(Worker, "_share", away)
    monkeypatch.setattr(sharing, "pause_after", pause)
    worker._run()
    assert failures == [1, 2, 3, 4, 5]
    assert station.ask("select trouble from sync_state") == [("away",)]


# ---- the writer is not held up


def test_the_database_tells_only_of_what_has_changed_something(stations):
    station, told = stations(), []
    station.database.changed = lambda: told.append(1)
    station.write(lambda conn: conn.execute("select 1").fetchall())
    assert told == []
    station.note()
    station.write(lambda _: None)
    assert told == [1]
    with pytest.raises(ZeroDivisionError):
        station.write(lambda _: 1 / 0)
    assert told == [1]


def test_a_worker_that_is_awake_is_not_waited_for(idle):
    """However often it is woken before it looks."""
    _, worker = idle
    for _ in range(100_000):
        worker._wake()


# ---- the rule of the pauses


@given(st.integers(1, 10**6), st.floats(0, 1, exclude_max=True))
def test_a_pause_is_anywhere_below_a_limit_that_doubles(failures, chance):
    limit = pause_after(failures, 1.0)
    assert pause_after(failures, chance) == pytest.approx(chance * limit)
    assert limit == min(LONGEST, 2.0 ** min(failures - 1, 99))


def test_kiosks_that_a_hub_has_left_at_one_moment_come_back_apart():
    """124 of them after an outage of an hour: no second sees more than a few."""
    chance = Random(8)
    back = [int(pause_after(20, chance.random())) for _ in range(124)]
    assert max(map(back.count, back)) <= 8
    assert max(back) < LONGEST
