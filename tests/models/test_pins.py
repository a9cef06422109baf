"""PINs of the staff side: hashed well, and not to be guessed, not even with the plug in one's hand."""

from datetime import timedelta

import argon2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.log import record
from models.pins import (
    LONGEST_DELAY,
    NOBODYS,
    SHORTEST,
    answer_pin,
    delayed_until,
    hash_pin,
    is_pin,
    kept_hash,
    new_pin,
)
from models.policy import Policy
from models.registers import set_fields

WRONG, RIGHT = False, True


def tries(corner, right, *moments, who="sam"):
    """What each try answers: ``open``, ``wrong``, or until when none is looked at."""
    told = []
    for when in moments:
        now = corner.at(when)
        answer = answer_pin(corner.conn, corner.kiosk_id, who, corner.desk.policy, right, now)
        told.append("open" if answer.staff_id == who else answer.until or "wrong")
    return told


def delay(corner, when, who="sam", kiosk=None):
    return delayed_until(corner.conn, kiosk or corner.kiosk_id, who, corner.desk.policy, corner.at(when))


@pytest.fixture(scope="module")
def kept():
    """A hash costs a tenth of a second, so it is made once."""
    return hash_pin("271828")


@pytest.fixture
def verified(monkeypatch):
    """The hashes that Argon2 is really asked to compare with, in order; ``verified.right`` matches all."""
    seen = []

    def verify(self, hashed, pin):
        seen.append(hashed)
        if not hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$"):
            raise argon2.exceptions.InvalidHashError
        raise argon2.exceptions.VerifyMismatchError

    monkeypatch.setattr(argon2.PasswordHasher, "verify", verify)
    return seen


# ---- how they are kept


def test_a_pin_is_kept_as_argon2id_with_its_stated_cost(kept):
    """P-16: RFC 9106, 64 MiB, 3 passes; salted, so equal PINs look different."""
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "271828" not in kept
    assert hash_pin("271828") != kept


@pytest.mark.parametrize(("pin", "right"), [("271828", True), ("271829", False), ("", False)])
def test_a_pin_is_right_or_wrong(kept, pin, right):
    assert is_pin(kept, pin) is right


@pytest.mark.parametrize("pin", ["271828", "271829", "000000", ""])
def test_a_right_and_a_wrong_pin_cost_the_same_work(verified, kept, pin):
    """P-16: one comparison of the stated cost, whatever the digits."""
    is_pin(kept, pin)
    assert verified == [kept]


@pytest.mark.parametrize("broken", ["", "no hash", "$argon2id$v=19$m=65536,t=3,p=4$broken"])
def test_where_there_is_no_pin_as_much_work_is_done_for_nothing(broken, monkeypatch):
    """The time to answer does not tell that an account is gone."""
    verify, seen = argon2.PasswordHasher.verify, []
    monkeypatch.setattr(
        argon2.PasswordHasher, "verify", lambda self, kept, pin: seen.append(kept) or verify(self, kept, pin)
    )
    assert not is_pin(broken, "271828")
    assert seen == [broken, NOBODYS]


def test_what_nobody_has_is_no_pin_and_costs_as_much_as_any():
    assert NOBODYS.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not is_pin(NOBODYS, "000000")


def test_only_an_open_account_with_a_pin_has_one_to_compare(corner):
    """The first account of these tests was founded without one."""
    ((sam,),) = corner.ask("select id from staff_member")
    assert kept_hash(corner.conn, sam) == NOBODYS
    set_fields(corner.conn, corner.author(), "staff_member", sam, {"pin": "a hash"}, new=False)
    assert kept_hash(corner.conn, sam) == "a hash"
    closed = {"closed_at": "2022-11-02T16:00:00.000000Z"}
    set_fields(corner.conn, corner.author(), "staff_member", sam, closed, new=False)
    assert kept_hash(corner.conn, sam) == NOBODYS
    assert kept_hash(corner.conn, "nobody") == NOBODYS


def test_new_pins_are_six_digits_and_differ():
    made = {new_pin() for _ in range(200)}
    assert {len(pin) for pin in made} == {SHORTEST}
    assert all(pin.isdigit() for pin in made)
    assert len(made) > 190


def test_a_new_pin_may_be_longer():
    assert len(new_pin(12)) == 12


def test_a_new_pin_is_nobody_elses(kept, monkeypatch):
    digits = iter([2, 7, 1, 8, 2, 8, 3, 1, 4, 1, 5, 9])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(digits))
    assert new_pin(taken=[kept]) == "314159"


# ---- the delay


def test_five_wrong_pins_start_the_delay(corner):
    """P-17"""
    until = corner.at("08:05")
    assert tries(corner, WRONG, "08:00", "08:01", "08:02", "08:03", "08:04") == ["wrong"] * 4 + [until]
    assert tries(corner, RIGHT, "08:04:59.999999") == [until]
    assert tries(corner, RIGHT, "08:05") == ["open"]


def test_the_delay_of_one_account_is_nobody_elses(corner):
    """P-17: other accounts still work, here and at once; and the others cannot end it either."""
    tries(corner, WRONG, *["08:00"] * 5)
    assert tries(corner, RIGHT, "08:00:30", who="aïcha") == ["open"]
    assert tries(corner, WRONG, *["08:00:30"] * 4, who="aïcha") == ["wrong"] * 4
    assert tries(corner, RIGHT, "08:00:30") == [corner.at("08:01")]


def test_each_further_wrong_pin_doubles_the_delay_up_to_an_hour(corner):
    """P-17"""
    tries(corner, WRONG, *["08:00"] * 4)
    now, waits = corner.at("08:00"), []
    for _ in range(9):
        (until,) = tries(corner, WRONG, now)
        waits.append((until - now) // timedelta(minutes=1))
        now = until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_right_pin_ends_the_count(corner):
    assert tries(corner, WRONG, *["08:00"] * 4) == ["wrong"] * 4
    assert tries(corner, RIGHT, "08:01") == ["open"]
    assert tries(corner, WRONG, *["08:02"] * 4) == ["wrong"] * 4
    assert tries(corner, RIGHT, "08:03") == ["open"]


def test_no_pin_is_tried_during_the_delay(corner):
    """P-17: neither a right nor a wrong one, and trying makes it no longer."""
    tries(corner, WRONG, *["08:00"] * 5)
    before = corner.log()
    assert tries(corner, RIGHT, "08:00:30") == [corner.at("08:01")]
    assert tries(corner, WRONG, "08:00:31", "08:00:32") == [corner.at("08:01")] * 2
    assert corner.log() == before
    assert tries(corner, RIGHT, "08:01") == ["open"]


def test_a_power_cycle_does_not_clear_the_delay(corner_on_disk):
    """P-17"""
    kiosk = corner_on_disk
    tries(kiosk, WRONG, *["08:00"] * 4)
    kiosk = kiosk.reopened()
    assert tries(kiosk, WRONG, "08:00:10") == [kiosk.at("08:01:10")]
    kiosk = kiosk.reopened()
    assert tries(kiosk, RIGHT, "08:01") == [kiosk.at("08:01:10")]
    assert tries(kiosk, RIGHT, "08:01:10") == ["open"]
    kiosk.conn.close()


def test_each_kiosk_delays_for_itself(corner):
    tries(corner, WRONG, *["08:00"] * 5)
    assert delay(corner, "08:00:30")
    assert delay(corner, "08:00:30", kiosk="e" * 32) is None


def test_tries_of_before_accounts_had_their_own_count_for_nobody(corner):
    """Rows of an older program name no account."""
    for _ in range(6):
        body = {"at": "2022-11-03T07:00:00.000000Z", "right": False}
        record(corner.conn, corner.author("08:00"), "pin.tried", "kiosk", corner.kiosk_id, body)
    assert corner.ask("select count(*) from pin_attempt") == [(6,)]
    assert tries(corner, WRONG, "08:00") == ["wrong"]


def test_a_corner_sets_its_own_patience(new_corner):
    corner = new_corner(wrong_pins=2, pin_delay=10)
    assert tries(corner, WRONG, "08:00", "08:00") == ["wrong", corner.at("08:10")]
    corner.conn.close()


# ---- the clock


def test_a_clock_put_back_a_little_does_not_lift_the_delay(corner):
    tries(corner, WRONG, *["08:00"] * 5)
    assert delay(corner, "07:00") == corner.at("08:01")


def test_a_clock_put_back_far_opens_one_try_and_not_five(corner):
    """Nobody can say how long ago the last try was; the count goes on, and so does the doubling."""
    tries(corner, WRONG, *["08:00"] * 5)
    assert tries(corner, WRONG, "06:00") == [corner.at("06:02")]
    assert tries(corner, WRONG, "04:00") == [corner.at("04:04")]
    assert tries(corner, RIGHT, "04:04") == ["open"]


def test_a_clock_that_was_years_ahead_for_a_day_locks_nobody_for_years(corner):
    tries(corner, WRONG, *["2031-01-01 08:00"] * 5)
    assert tries(corner, RIGHT, "08:00") == ["open"]


def test_a_right_pin_before_the_clock_went_back_is_still_before_the_wrong_ones(corner):
    """By time it would be the last, and end the count each time."""
    assert tries(corner, RIGHT, "08:30") == ["open"]
    assert tries(corner, WRONG, *["08:00"] * 5)[-1] == corner.at("08:01")


steps = st.lists(
    st.tuples(st.sampled_from(["sam", "aïcha"]), st.booleans(), st.integers(-7200, 7200)), max_size=40
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(steps)
def test_whatever_the_clock_does_wrong_pins_are_counted_in_the_order_in_which_they_were_tried(
    new_corner, history
):
    """P-17: a delay is over by an hour at the latest, and belongs to one account alone."""
    corner, policy = new_corner(), Policy()
    now = corner.at("08:00")
    wrong = {"sam": 0, "aïcha": 0}
    for who, right, moves in history:
        now += timedelta(seconds=moves)
        delayed = delayed_until(corner.conn, corner.kiosk_id, who, policy, now)
        if delayed:
            assert wrong[who] >= policy.wrong_pins
            assert now < delayed <= now + 2 * LONGEST_DELAY
        answer = answer_pin(corner.conn, corner.kiosk_id, who, policy, right, now)
        assert (answer.staff_id == who) is (right and not delayed)
        if not delayed:
            wrong[who] = 0 if right else wrong[who] + 1
            assert (answer.until is not None) is (wrong[who] >= policy.wrong_pins)
    corner.conn.close()


def test_each_try_is_in_the_log_with_its_account_and_without_the_pin(corner):
    """P-24, P-32"""
    tries(corner, WRONG, "08:00")
    tries(corner, RIGHT, "08:01")
    assert corner.ask("select actor, body from change where kind = 'pin.tried' order by n") == [
        ("system", '{"at":"2022-11-03T07:00:00.000000Z","right":false,"staff":"sam"}'),
        ("sam", '{"at":"2022-11-03T07:01:00.000000Z","right":true,"staff":"sam"}'),
    ]
