"""``kiosk hub watch``: near days again and again, everything from time to time; a hub that is away."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.commands import network
from kiosk.sync import fold, hub_database
from kiosk.sync.trouble import FOR_THE_KEEPER, HubProblem, HubTrouble

EVENING = datetime(2022, 11, 3, 22, 30, tzinfo=UTC)
"""Half an hour before midnight in Brussels."""


class Over(Exception):
    """Enough looks."""


@pytest.fixture
def watched(monkeypatch, tmp_path):
    """Looks at these moments, with the hub away at some; whether each was of everything."""
    monkeypatch.setenv("KIOSK_HOME", str(tmp_path))

    def look(moments, away=()) -> list[bool]:
        left, done = list(moments), []

        @contextmanager
        def opened(address):
            if now_at[0] in away:
                raise HubTrouble(HubProblem.AWAY)
            yield object()

        now_at = [None]

        def now():
            if not left:
                raise Over
            now_at[0] = left.pop(0)
            return now_at[0]

        monkeypatch.setattr(hub_database, "opened", opened)
        monkeypatch.setattr(fold, "fold", lambda hub, home, now, *, whole: done.append(whole))
        with pytest.raises(Over):
            network.keep_up("postgresql://hub", now, lambda seconds: None)
        return done

    return look


def after(*minutes: float) -> list[datetime]:
    return [EVENING + timedelta(minutes=number) for number in minutes]


def test_everything_is_worked_out_at_first_each_hour_and_after_midnight(watched):
    assert watched(after(0, 1, 2)) == [True, False, False]
    assert watched(after(0, 29, 30, 31)) == [True, False, True, False]
    assert watched(after(60, 90, 119, 120, 121)) == [True, False, False, True, False]


def test_a_hub_that_is_away_is_said_once_and_waited_for(watched, capsys):
    times = after(0, 1, 2, 3, 4, 5)
    assert watched(times, away=times[1:4]) == [True, True, False]
    assert capsys.readouterr().err.count(FOR_THE_KEEPER[HubProblem.AWAY]) == 1


def test_what_could_not_be_worked_out_is_worked_out_when_the_hub_is_back(watched):
    times = after(0, 1, 2)
    assert watched(times, away=times[:1]) == [True, False]
