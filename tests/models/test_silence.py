"""A kiosk that has not heard of its hub for a month shows no names until it has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from team_desk import ask

from models.connection import db_time
from models.equipment import SeeEquipment
from models.requests import NotAllowed, Silent
from models.rights import PERSONAL, Action
from models.seeing import SeeRoster
from models.sync.state import heard
from models.words import Role


def hear(corner, when: str) -> None:
    with corner.transaction():
        heard(corner.conn, corner.at(when), timedelta(), revoked=False)


@pytest.mark.parametrize(
    ("last", "locked"), [("2022-10-04 10:00", False), ("2022-10-04 09:59", True), ("2022-11-03 10:00", False)]
)
def test_names_are_locked_after_thirty_days_and_come_back_with_the_next_round(corner, last, locked):
    """Also by a clock that went back: the hub was heard in the future."""
    corner.book("Binta")
    hear(corner, last)
    if locked:
        with pytest.raises(Silent):
            ask(corner, SeeRoster(), "09:00")
        hear(corner, "08:59")
    assert "Binta" in str(ask(corner, SeeRoster(), "09:00"))


def test_a_kiosk_that_knows_of_no_hub_is_never_locked(corner):
    corner.book("Binta", start="2032-11-03 08:30")
    assert "Binta" in str(ask(corner, SeeRoster(), "2032-11-03 09:00"))
    assert corner.ask("select heard_at from sync_state") == [(None,)]


def test_how_many_days_is_a_setting(new_corner):
    corner = new_corner(silent_days=2)
    hear(corner, "2022-10-31 09:00")
    with pytest.raises(Silent):
        ask(corner, SeeRoster(), "09:30")
    corner.conn.execute("update sync_state set heard_at = ?", (db_time(corner.at("2022-11-02 09:00")),))
    ask(corner, SeeRoster(), "09:30")
    corner.conn.close()


def test_whoever_may_not_is_told_so_first(corner):
    """It is no way to learn how things stand with the hub."""
    hear(corner, "2022-01-01 09:00")
    with pytest.raises(NotAllowed) as refused:
        ask(corner, SeeRoster(), "09:00", Role.COORDINATOR)
    assert not isinstance(refused.value, Silent)


def test_what_names_nobody_stays_open(corner):
    """The pieces of the corner, without who has them."""
    corner.book("Binta")
    hear(corner, "2022-01-01 09:00")
    assert ask(corner, SeeEquipment(), "09:00").borrowers == ()
    assert Action.SEE_REPORT not in PERSONAL
    assert Action.CLOSE_KIOSK not in PERSONAL
