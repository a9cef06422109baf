"""Arriving twice, going away, being corrected: no toggle, and nothing is ever taken back by itself."""

import pytest


@pytest.fixture
def binta(corner):
    """Binta's card; her half-day is this morning's."""
    corner.half_day = corner.book("Binta")
    return corner.issue("Binta")


def kinds(corner):
    return [kind for (kind,) in corner.ask("select kind from attendance_event order by at, id")]


def test_no_number_of_scans_ever_checks_anybody_out(corner, binta):
    answers = [corner.show(binta, f"08:{minute}").answer for minute in range(20, 60)]
    assert answers == ["welcome"] + ["already_here"] * 39
    assert kinds(corner) == ["arrived"]
    assert corner.presence("Binta", corner.half_day).present


def test_yesterdays_forgotten_departure_does_not_end_todays_presence(corner, binta):
    friday = corner.book("Binta", start="2022-11-04 08:30")
    corner.show(binta, "08:20")
    assert corner.show(binta, "2022-11-04 08:20").answer == "welcome"
    assert kinds(corner) == ["arrived", "arrived"]
    assert corner.presence("Binta", friday).present


def test_whoever_left_and_comes_back_is_welcome_again(corner, binta):
    corner.show(binta, "08:20")
    corner.note("left", "Binta", corner.half_day, "09:30")
    assert not corner.presence("Binta", corner.half_day).present
    assert corner.show(binta, "10:05").answer == "welcome_late"
    assert corner.show(binta, "10:06").arrived_at == corner.at("08:20")
    assert kinds(corner) == ["arrived", "left", "arrived"]


def test_an_annulled_arrival_was_none(corner, binta):
    """P-04: a wrong choice is undone with trace, and the right person can still arrive."""
    wrong = corner.show(binta, "08:20")
    corner.note("annulled", "Binta", corner.half_day, "08:22", annuls=wrong.event_id, reason="wrong name")
    assert not corner.presence("Binta", corner.half_day).present
    again = corner.show(binta, "08:40")
    assert (again.answer, again.arrived_at) == ("welcome", corner.at("08:40"))
    assert kinds(corner) == ["arrived", "annulled", "arrived"]


def test_an_annulled_departure_was_none(corner, binta):
    corner.show(binta, "08:20")
    left = corner.note("left", "Binta", corner.half_day, "09:30")
    corner.note("annulled", "Binta", corner.half_day, "09:31", annuls=left.id, reason="wrong line")
    assert corner.show(binta, "09:32").answer == "already_here"


def test_excused_or_absent_and_then_there_after_all(corner, binta):
    """Both facts stay visible; the door stays open."""
    corner.note("excused", "Binta", corner.half_day, "08:00", reason="transport")
    corner.note("absent", "Binta", corner.half_day, "08:45")
    assert corner.show(binta, "09:10").answer == "welcome_late"
    assert corner.ask("select kind, reason, actor from attendance_event order by at") == [
        ("excused", "transport", "sam"),
        ("absent", None, "sam"),
        ("arrived", None, "participant"),
    ]


def test_a_booking_cancelled_while_the_person_is_present_leaves_them_present(corner, binta):
    corner.show(binta, "08:20")
    corner.book("Binta", status="cancelled")
    assert corner.show(binta, "09:00").answer == "already_here"
    assert corner.presence("Binta", corner.half_day).present


def test_a_half_day_cancelled_while_the_person_is_present_leaves_them_present(corner, binta):
    corner.show(binta, "08:20")
    corner.book(status="cancelled")
    assert corner.show(binta, "09:00").answer == "already_here"


def test_whoever_left_after_the_booking_was_cancelled_is_told_so(corner, binta):
    corner.show(binta, "08:20")
    corner.note("left", "Binta", corner.half_day, "08:50")
    corner.book("Binta", status="cancelled")
    assert corner.show(binta, "09:00").answer == "cancelled"
    assert kinds(corner) == ["arrived", "left"]


def test_one_person_at_two_kiosks_that_cannot_see_each_other(new_corner):
    """Both arrivals are kept, the earliest counts."""
    east, west = new_corner(kiosk_id="e" * 32), new_corner(kiosk_id="f" * 32)
    for kiosk, when in ((east, "08:31"), (west, "08:25")):
        half_day = kiosk.book("Binta")
        assert kiosk.arrive("Binta", when).answer == "welcome"
    rows = west.ask("select * from attendance_event")
    east.conn.executemany(f"insert into attendance_event values ({', '.join('?' * len(rows[0]))})", rows)
    assert len(kinds(east)) == 2
    assert east.arrive("Binta", "08:40").arrived_at == east.at("08:25")
    assert east.presence("Binta", half_day).present


def test_present_in_the_morning_and_back_after_noon(corner, binta):
    """The morning's presence ends with the morning; the afternoon has its own arrival."""
    afternoon = corner.book("Binta", start="13:00", programme="video-cv")
    corner.show(binta, "08:20")
    assert corner.show(binta, "11:59:59").answer == "already_here"
    after = corner.show(binta, "12:00")
    assert (after.answer, after.half_day.id) == ("welcome", afternoon)
