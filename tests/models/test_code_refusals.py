"""Codes that open nothing: trying through is stopped, a slip of the finger is not, nothing typed is kept."""

import pytest

from models.codes import Form, checks, new_short_code, new_token
from models.refusals import paused_until

MISTYPED = "HJKNPP"


@pytest.fixture
def code(corner):
    """A right short code of somebody who is expected this morning."""
    corner.book("Zoé")
    return corner.issue("Zoé", Form.SHORT)


def unknown(corner, *moments):
    return [corner.type(new_short_code(), when).answer for when in moments]


def test_the_mistyped_code_of_these_tests_is_one():
    assert not checks(MISTYPED)


def test_after_five_unknown_codes_even_a_right_one_waits(corner, code):
    assert unknown(corner, "08:20", "08:21", "08:22", "08:23", "08:24") == ["unknown"] * 5
    sixth = corner.type(code, "08:24:30")
    assert (sixth.answer, sixth.until, sixth.person) == ("pause", corner.at("08:27"), None)
    assert not corner.ask("select * from attendance_event")


def test_four_unknown_codes_are_not_five(corner, code):
    unknown(corner, "08:20", "08:20", "08:20", "08:20")
    assert corner.type(code, "08:20:01").answer == "welcome"


def test_five_unknown_codes_over_more_than_five_minutes_are_no_attack(corner, code):
    unknown(corner, "08:20", "08:21:30", "08:22:30", "08:23:30", "08:25:00.000001")
    assert corner.type(code, "08:25:10").answer == "welcome"


def test_the_pause_lasts_three_minutes_and_ends_by_itself(corner, code):
    unknown(corner, *["08:20"] * 5)
    assert corner.type(code, "08:22:59.999999").answer == "pause"
    assert corner.type(code, "08:23").answer == "welcome"


def test_after_a_pause_the_count_begins_anew(corner, code):
    unknown(corner, *["08:20"] * 5)
    assert unknown(corner, *["08:23:01"] * 4) == ["unknown"] * 4
    assert corner.type(code, "08:23:02").answer == "welcome"
    assert unknown(corner, "08:23:03") == ["unknown"]
    assert corner.type(code, "08:23:04").answer == "pause"


def test_nobody_can_make_a_pause_longer_by_trying_on(corner, code):
    unknown(corner, *["08:20"] * 5)
    assert unknown(corner, *["08:22"] * 20) == ["pause"] * 20
    assert corner.type(code, "08:23").answer == "welcome"


def test_cards_work_during_a_pause(corner, code):
    card = corner.issue("Zoé")
    unknown(corner, *["08:20"] * 5)
    assert corner.type(code, "08:21").answer == "pause"
    assert corner.show(card, "08:21").answer == "welcome"


def test_a_card_number_typed_by_hand_works_during_a_pause(corner, code):
    card = corner.issue("Zoé")
    unknown(corner, *["08:20"] * 5)
    assert corner.type(card, "08:21").answer == "welcome"


def test_unknown_cards_do_not_pause_typed_codes(corner, code):
    """A card's 80 bits cannot be tried through."""
    for _ in range(10):
        assert corner.show(new_token(), "08:20").answer == "unknown"
    assert unknown(corner, "08:20:05") == ["unknown"]
    assert corner.type(code, "08:20:10").answer == "welcome"


def test_unknown_cards_do_not_count_to_the_tries_a_minute(corner, code):
    """A drawer of old cards held up one after the other stops nobody who types."""
    for second in range(30):
        assert corner.show(new_token(), f"08:20:{second:02}").answer == "unknown"
    assert corner.type(MISTYPED, "08:20:31").answer == "mistyped"
    assert corner.type(code, "08:20:32").answer == "welcome"
    assert "code.paused" not in corner.log()


def test_refusals_during_a_pause_begin_no_other(corner, code):
    """Cards are written down, slips no more: held down, they would fill the log. One pause runs."""
    for second in range(20):
        corner.type(MISTYPED, f"08:20:{second:02}")
        corner.show(new_token(), f"08:20:{second:02}")
    assert [corner.log().count(kind) for kind in ("code.refused", "code.paused")] == [36, 1]
    assert corner.type(code, "08:21").answer == "welcome"


def test_slips_of_the_finger_never_count_towards_the_pause(corner, code):
    for _ in range(15):
        assert corner.type(MISTYPED, "08:20").answer == "mistyped"
    unknown(corner, "08:21:01", "08:21:02", "08:21:03", "08:21:04")
    assert corner.type(code, "08:21:05").answer == "welcome"


def test_revoked_and_expired_codes_count_as_unknown_ones(corner, code):
    """P-10: else the pause would tell them apart."""
    corner.book("Kofi", start="2022-09-20 08:30")
    expired = corner.issue("Kofi", Form.SHORT)
    corner.issue("Zoé", Form.SHORT)
    for tried in (code, code, expired, expired, code):
        assert corner.type(tried, "08:20").answer == "unknown"
    assert corner.type(new_short_code(), "08:21").answer == "pause"


def test_more_than_fifteen_refused_codes_in_a_minute_slow_the_kiosk_down(corner, code):
    """Unknown or mistyped; typed codes wait until the minute is over."""
    for second in range(15):
        corner.type(MISTYPED, f"08:20:{second:02}")
    assert paused_until(corner.conn, corner.kiosk_id, corner.at("08:20:20")) is None
    corner.type(MISTYPED, "08:20:20")
    outcome = corner.type(code, "08:20:21")
    assert (outcome.answer, outcome.until) == ("pause", corner.at("08:21"))
    assert corner.type(code, "08:21").answer == "welcome"


def test_fifteen_in_a_minute_are_still_a_group_of_slow_readers(corner, code):
    for second in range(0, 60, 4):
        corner.type(MISTYPED, f"08:20:{second:02}")
    assert corner.type(code, "08:20:59").answer == "welcome"


def test_the_slowing_down_does_not_forget_the_unknown_codes(corner, code):
    """Four guesses, then slips until the minute is full, must not buy four more guesses."""
    unknown(corner, *["08:20"] * 4)
    for _ in range(12):
        corner.type(MISTYPED, "08:20")
    assert corner.type(code, "08:20:30").answer == "pause"
    assert unknown(corner, "08:21:01") == ["unknown"]
    outcome = corner.type(code, "08:21:02")
    assert (outcome.answer, outcome.until) == ("pause", corner.at("08:24:01"))


def test_each_kiosk_counts_for_itself(corner, code):
    unknown(corner, *["08:20"] * 5)
    assert paused_until(corner.conn, "e" * 32, corner.at("08:21")) is None


def test_a_clock_that_is_set_back_does_not_make_a_pause_of_days(corner, code):
    unknown(corner, *["2022-11-05 08:20"] * 5)
    assert corner.type(code, "08:20").answer == "welcome"


def test_each_refusal_and_each_pause_is_in_the_log(corner, code):
    """P-24"""
    before = len(corner.log())
    corner.type(MISTYPED, "08:20")
    unknown(corner, *["08:20"] * 5)
    corner.type(MISTYPED, "08:20")
    assert corner.log()[before:] == ["code.refused"] * 6 + ["code.paused"]
    assert corner.ask("select distinct form, why from code_refusal order by why") == [
        ("short", "mistyped"),
        ("short", "unknown"),
    ]


def test_the_pause_survives_a_power_cycle(corner_on_disk):
    kiosk = corner_on_disk
    kiosk.book("Zoé")
    code = kiosk.issue("Zoé", Form.SHORT)
    unknown(kiosk, *["08:20"] * 3)
    kiosk = kiosk.reopened()
    unknown(kiosk, *["08:21"] * 2)
    kiosk = kiosk.reopened()
    assert kiosk.type(code, "08:22").answer == "pause"
    assert kiosk.type(code, "08:24").answer == "welcome"


@pytest.mark.parametrize("step", ["in the WAL", "in the file"])
def test_nothing_that_was_typed_stands_anywhere_on_the_disk(corner_on_disk, step):
    """P-07, P-09: searched byte by byte, the WAL included; a first name shows that the search finds."""
    kiosk = corner_on_disk
    kiosk.book("Binta")
    typed = [new_short_code() for _ in range(4)] + [new_token(), MISTYPED, "SCHNXRTVBJKP"]
    typed += ["85073003328", "MOTDEPASSE", "secret-écrit", "592-1234567-89"]
    for text in typed:
        kiosk.type(text, "08:20")
        kiosk.show(text, "08:20")
    if step == "in the file":
        kiosk.conn.execute("pragma wal_checkpoint(truncate)")
    found = kiosk.bytes()
    kiosk.conn.close()
    assert b"Binta" in found
    assert [text for text in typed if text.encode() in found or text.lower().encode() in found] == []
