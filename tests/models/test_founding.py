"""A founding that broke off goes on; one that somebody lives with is left alone."""

from __future__ import annotations

import pytest

from assets.facts import corners
from models import founding
from models.pins import answer_pin


def found_again(corner, name="Awa"):
    """Found what is founded already; gives the names of the accounts."""
    with corner.transaction():
        founding.found(corner.conn, corners()["charleroi"], name, "a hash", corner.at("09:00"))
    return [name for (name,) in corner.ask("select name from staff_member order by id")]


def tried(corner, *, right: bool) -> None:
    ((sam,),) = corner.ask("select id from staff_member")
    with corner.transaction():
        answer_pin(corner.conn, corner.kiosk_id, sam, corner.desk.policy, right, corner.at("08:00"))


def test_a_founding_that_broke_off_has_one_account(corner):
    """Whoever begins again gives another name and another PIN to the same account."""
    assert found_again(corner) == ["Awa"]
    assert corner.ask("select pin, role from staff_member") == [("a hash", "staff")]


@pytest.mark.parametrize(("right", "names"), [(False, ["Awa"]), (True, ["Sam", "Awa"])])
def test_only_a_right_pin_says_that_somebody_has_the_account(corner, right, names):
    """A wrong one proves nothing: nobody has got in with it."""
    tried(corner, right=right)
    assert founding.used(corner.conn) is right
    assert found_again(corner) == names


def test_a_kiosk_where_somebody_is_booked_is_used(corner):
    assert not founding.used(corner.conn)
    corner.book("Binta")
    assert founding.used(corner.conn)
