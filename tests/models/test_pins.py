"""PINs of the staff side: hashed well, and not to be guessed, not even with the plug in one's hand."""

from datetime import timedelta

import pytest

from models.pins import LENGTH, accounts, answer_pin, delayed_until, hash_pin, matching, new_pin


def tries(corner, found, *moments):
    """What each try answers: ``open``, ``wrong``, or until when none is looked at."""
    told = []
    for when in moments:
        answer = answer_pin(corner.conn, corner.kiosk_id, corner.desk.policy, found, corner.at(when))
        told.append("open" if answer.staff_id else answer.until or "wrong")
    return told


@pytest.fixture(scope="module")
def kept():
    """Two accounts: a hash costs a tenth of a second, so they are made once."""
    return {"sam": hash_pin("271828"), "aïcha": hash_pin("314159")}


def test_a_pin_is_kept_as_argon2id_with_its_stated_cost(kept):
    """P-16: RFC 9106, 64 MiB, 3 passes; salted, so equal PINs look different."""
    for pin in kept.values():
        assert pin.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert "271828" not in pin
    assert hash_pin("271828") != kept["sam"]


@pytest.mark.parametrize(
    ("pin", "staff"), [("271828", "sam"), ("314159", "aïcha"), ("271829", None), ("", None)]
)
def test_a_pin_opens_its_own_account_and_no_other(kept, pin, staff):
    assert matching(kept, pin) == staff


def test_an_account_with_a_broken_hash_locks_nobody_else_out(kept):
    assert matching({"broken": "no hash", **kept}, "271828") == "sam"


def test_only_accounts_with_a_pin_are_tried(corner):
    """The first account of these tests was founded without one."""
    assert accounts(corner.conn) == {}


def test_new_pins_are_six_digits_and_differ():
    made = {new_pin() for _ in range(200)}
    assert {len(pin) for pin in made} == {LENGTH}
    assert all(pin.isdigit() for pin in made)
    assert len(made) > 190


def test_five_wrong_pins_start_the_delay(corner):
    """P-17"""
    until = corner.at("08:05")
    assert tries(corner, None, "08:00", "08:01", "08:02", "08:03", "08:04") == ["wrong"] * 4 + [until]
    assert tries(corner, "sam", "08:04:59.999999") == [until]
    assert tries(corner, "sam", "08:05") == ["open"]


def test_each_further_wrong_pin_doubles_the_delay_up_to_an_hour(corner):
    """P-17"""
    tries(corner, None, *["08:00"] * 4)
    now, waits = corner.at("08:00"), []
    for _ in range(9):
        (until,) = tries(corner, None, now)
        waits.append((until - now) // timedelta(minutes=1))
        now = until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_right_pin_ends_the_count(corner):
    assert tries(corner, None, *["08:00"] * 4) == ["wrong"] * 4
    assert tries(corner, "sam", "08:01") == ["open"]
    assert tries(corner, None, *["08:02"] * 4) == ["wrong"] * 4
    assert tries(corner, "sam", "08:03") == ["open"]


def test_no_pin_is_tried_during_the_delay(corner):
    """P-17: neither a right nor a wrong one, and trying makes it no longer."""
    tries(corner, None, *["08:00"] * 5)
    before = corner.log()
    assert tries(corner, "sam", "08:00:30") == [corner.at("08:01")]
    assert tries(corner, None, "08:00:31", "08:00:32") == [corner.at("08:01")] * 2
    assert corner.log() == before
    assert tries(corner, "sam", "08:01") == ["open"]


def test_a_power_cycle_does_not_clear_the_delay(corner_on_disk):
    """P-17"""
    kiosk = corner_on_disk
    tries(kiosk, None, *["08:00"] * 4)
    kiosk = kiosk.reopened()
    assert tries(kiosk, None, "08:00:10") == [kiosk.at("08:01:10")]
    kiosk = kiosk.reopened()
    assert tries(kiosk, "sam", "08:01") == [kiosk.at("08:01:10")]
    assert tries(kiosk, "sam", "08:01:10") == ["open"]
    kiosk.conn.close()


def test_each_kiosk_delays_for_itself(corner):
    tries(corner, None, *["08:00"] * 5)
    assert delayed_until(corner.conn, "e" * 32, corner.desk.policy, corner.at("08:00:30")) is None


def test_a_corner_sets_its_own_patience(new_corner):
    corner = new_corner(wrong_pins=2, pin_delay=10)
    assert tries(corner, None, "08:00", "08:00") == ["wrong", corner.at("08:10")]
    corner.conn.close()


def test_each_try_is_in_the_log_without_the_pin(corner):
    """P-24, P-32"""
    tries(corner, None, "08:00")
    tries(corner, "sam", "08:01")
    assert corner.ask("select actor, body from change where kind = 'pin.tried' order by n") == [
        ("system", '{"at":"2022-11-03T07:00:00.000000Z","right":false}'),
        ("sam", '{"at":"2022-11-03T07:01:00.000000Z","right":true,"staff":"sam"}'),
    ]
