"""Accounts of the team: told apart by name, never without somebody who can run a half-day."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import accounts
from models.accounts import LONGEST_NAME, AccountError, Problem
from models.projections import rebuild
from models.registers import set_fields
from models.rights import Action, may
from models.words import ROLES, SYSTEM, Role


def known(corner, *, opened=True):
    """The names and roles of accounts that are open, or closed."""
    return [(a.name, a.role) for a in accounts.accounts(corner.conn) if (a.closed_at is None) is opened]


def add(corner, name, role=Role.FACILITATOR, pin="a hash", when="09:00"):
    with corner.transaction():
        return accounts.add(corner.conn, corner.author(when), name, role, pin)


def change(corner, how, *given, when="10:00"):
    with corner.transaction():
        return how(corner.conn, corner.author(when), *given)


def problem(corner, how, *given):
    """Why nothing was changed; and nothing was."""
    before = corner.projections()
    with pytest.raises(AccountError) as told:
        change(corner, how, *given)
    assert corner.projections() == before
    return told.value.problem


def test_the_first_account_may_run_a_half_day(corner):
    """A coordinator would see figures alone, and nobody could note a presence."""
    assert known(corner) == [("Sam", "staff")]


def test_an_account_is_added_by_a_row_of_the_log(corner):
    """P-24: by the system, at that moment; the tables can be made anew from it."""
    added = add(corner, "  Aïcha   B. ")
    assert added.name == "Aïcha B."
    assert known(corner) == [("Aïcha B.", "facilitator"), ("Sam", "staff")]
    (row,) = corner.ask("select kind, entity_id, actor from change order by n desc limit 1")
    assert row == ("staff_member.set", added.id, SYSTEM)
    before = corner.projections()
    rebuild(corner.conn)
    assert corner.projections() == before


@pytest.mark.parametrize("name", ["sam", "SAM", " Sam ", "Sam"])
def test_the_name_of_an_open_account_is_taken(corner, name):
    """The sign-in shows names, and nothing else tells two people apart."""
    assert problem(corner, accounts.add, name, Role.STAFF, "a hash") is Problem.NAME_TAKEN


@pytest.mark.parametrize("name", ["Sam B.", "Sâm", "Sam 2", "O'Sam", "Łukasz", "李", "أمل"])
def test_another_name_is_free(corner, name):
    assert add(corner, name).name == name


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "A\x1b[31m", "A\u202eB", "A\x00", "\ud800"])
def test_what_cannot_be_shown_is_no_name(corner, name):
    assert problem(corner, accounts.add, name, Role.STAFF, "a hash") is Problem.NO_NAME


def test_a_name_may_be_forty_signs_long(corner):
    assert add(corner, "x" * LONGEST_NAME).name == "x" * 40


def test_a_new_pin_replaces_the_one_before(corner):
    sam = accounts.account_named(corner.conn, "sam")
    change(corner, accounts.give_pin, "sam", "first")
    change(corner, accounts.give_pin, "Sam", "second")
    assert corner.ask("select pin from staff_member where id = ?", sam.id) == [("second",)]
    assert accounts.taken_pins(corner.conn) == ("second",)


def test_a_closed_account_signs_in_no_more_and_comes_back_with_a_new_pin(corner):
    """Its old PIN may be somebody else's by now: nobody could tell."""
    change(corner, accounts.give_pin, "Sam", "sam's")
    added = add(corner, "Aïcha")
    change(corner, accounts.close, "Aïcha")
    assert known(corner, opened=False) == [("Aïcha", "facilitator")]
    assert [account.name for account in accounts.who_may_sign_in(corner.conn)] == ["Sam"]
    assert accounts.taken_pins(corner.conn) == ("sam's",)
    assert problem(corner, accounts.close, "Aïcha") is Problem.CLOSED
    assert problem(corner, accounts.give_pin, "Aïcha", "x") is Problem.CLOSED
    assert problem(corner, accounts.give_role, "Aïcha", Role.STAFF) is Problem.CLOSED
    change(corner, accounts.reopen, "aïcha", "another")
    assert set(accounts.taken_pins(corner.conn)) == {"another", "sam's"}
    assert added in accounts.who_may_sign_in(corner.conn)
    assert problem(corner, accounts.reopen, "Aïcha", "x") is Problem.OPEN


def test_the_name_of_a_closed_account_is_free_and_then_it_cannot_come_back(corner):
    change(corner, accounts.give_pin, "Sam", "a hash")
    add(corner, "Aïcha")
    change(corner, accounts.close, "Aïcha")
    add(corner, "Aïcha", Role.STAFF)
    assert problem(corner, accounts.reopen, "Aïcha", "x") is Problem.NAME_TAKEN
    change(corner, accounts.close, "Aïcha", when="11:00")
    assert change(corner, accounts.reopen, "Aïcha", "x").role == "staff", "the one that was closed last"


def test_who_is_not_known_is_told(corner):
    for how, given_ in ((accounts.close, ()), (accounts.give_pin, ("x",)), (accounts.reopen, ("x",))):
        assert problem(corner, how, "Nobody", *given_) is Problem.UNKNOWN


def test_two_accounts_of_two_kiosks_may_have_one_name_and_are_told_apart_by_their_ids(corner):
    """Cut off from each other, each has made its own; never a guess which one is meant."""
    first, second = add(corner, "Aïcha"), "e" * 32
    values = {"name": "Aïcha", "role": Role.STAFF, "pin": "b"}
    set_fields(corner.conn, corner.author("09:30"), "staff_member", second, values, new=True)
    assert problem(corner, accounts.close, "Aïcha") is Problem.SEVERAL
    change(corner, accounts.close, second)
    assert accounts.account_named(corner.conn, "Aïcha").id == first.id


@pytest.mark.parametrize("role", ROLES)
def test_the_last_one_who_can_note_presences_stays(corner, role):
    """Somebody must be left to run a half-day: a technician and a coordinator cannot."""
    change(corner, accounts.give_pin, "Sam", "a hash")
    add(corner, "Tech", Role.TECHNICIAN)
    add(corner, "Coord", Role.COORDINATOR)
    assert problem(corner, accounts.close, "Sam") is Problem.LAST
    if may(role, Action.MARK):
        change(corner, accounts.give_role, "Sam", role)
    else:
        assert problem(corner, accounts.give_role, "Sam", role) is Problem.LAST
    change(corner, accounts.close, "Tech")


def test_one_without_a_pin_is_nobody_who_is_left(corner):
    """The account of these tests was founded without one: nobody can sign in with it."""
    add(corner, "Aïcha")
    assert problem(corner, accounts.close, "Aïcha") is Problem.LAST
    change(corner, accounts.give_pin, "Sam", "a hash")
    change(corner, accounts.close, "Aïcha")


def test_the_role_that_somebody_has_already_is_no_change(corner):
    before = corner.log()
    change(corner, accounts.give_role, "Sam", Role.STAFF)
    assert corner.log() == before


NAMES = st.sampled_from(["Sam", "Aïcha", "Noor", "Yves"])
CHANGES = st.one_of(
    st.tuples(st.just(accounts.add), NAMES, st.sampled_from(Role), st.just("h")),
    st.tuples(st.just(accounts.give_role), NAMES, st.sampled_from(Role)),
    st.tuples(st.just(accounts.close), NAMES),
    st.tuples(st.just(accounts.reopen), NAMES, st.just("h")),
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(CHANGES, max_size=25))
def test_whatever_is_done_somebody_can_run_a_half_day_and_no_two_have_one_name(new_corner, changes):
    corner = new_corner()
    change(corner, accounts.give_pin, "Sam", "h")
    for how, *given_ in changes:
        try:
            change(corner, how, *given_)
        except AccountError:
            continue
    able = accounts.who_may_sign_in(corner.conn)
    assert any(may(account.role, Action.MARK) for account in able)
    assert len({account.name for account in able}) == len(able)
    before = corner.projections()
    rebuild(corner.conn)
    assert corner.projections() == before
    corner.conn.close()


def test_a_name_outlives_the_account(corner):
    """What somebody signed stays theirs."""
    iva, _ = add(corner, "Iva"), add(corner, "Noé")
    change(corner, accounts.close, "Iva")
    assert accounts.staff_name(corner.conn, iva.id) == "Iva"
    assert accounts.staff_name(corner.conn, "participant") == ""
