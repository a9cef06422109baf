"""A server with a hub on it, and what a test asks of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import postgres
import psycopg
import pytest

from kiosk.sync import hub_database
from kiosk.sync.trouble import HubProblem, HubTrouble

TEMPLATE = "made"


@contextmanager
def with_hub(*settings: str, binaries: Path | None = None) -> Iterator[postgres.Server]:
    """A server with a hub that others are copied from."""
    with postgres.server(*settings, binaries=binaries) as one:
        with psycopg.connect(one.url("postgres"), autocommit=True) as admin:
            admin.execute(f"create database {TEMPLATE}")
        hub_database.make_hub(one.url(TEMPLATE))
        yield one


def trouble_of(station, **named) -> HubProblem:
    """What a round comes to that does not come to its end; staff are shown the sentence of this word."""
    with pytest.raises(HubTrouble) as caught:
        station.sync(**named)
    return caught.value.problem


def feed(address: str) -> list[tuple[int, str]]:
    """Numbers and ids of the corner at the hub, in their order."""
    with psycopg.connect(address) as admin:
        return admin.execute(
            "select hub_seq, id from hub.change where corner = 'charleroi' order by hub_seq"
        ).fetchall()


def assert_all_is_there(station, address: str) -> None:
    """The hub has every row of the kiosk once, its numbers have no hole, and nothing waits."""
    rows = feed(address)
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    assert {id_ for _, id_ in rows} == set(station.log())
    assert len({id_ for _, id_ in rows}) == len(rows)
    assert station.ask("select count(*) from change where hub_seq is null") == [(0,)]
    assert station.verify().flaws == ()
