"""What the database knows before the doors open: how many are expected, and whether a card was read."""

import pytest
from closings import Team

from models.codes import new_short_code, new_token
from models.review.prepared import Prepared, SeePrepared


@pytest.fixture
def team(corner):
    return Team(corner, "technician")


def test_whoever_has_a_place_today_is_expected_once(team, corner):
    """Nobody who waits, was cancelled, is elsewhere, comes tomorrow, or turned out to be somebody else."""
    corner.book("Binta", "Zoé")
    corner.book("Binta", start="13:00")
    corner.book("Kofi", status="waiting")
    corner.book("Hoa", status="cancelled")
    corner.book("Mehdi", place="mons")
    corner.book("Oksana", start="2022-11-04 08:30")
    corner.book("Heike")
    corner.conn.execute("update participant set merged_into = 'x' where id = ?", (corner.person("Heike"),))
    assert team.does(SeePrepared(), "07:45") == Prepared(2, 2, None)


def test_a_half_day_that_was_cancelled_is_none(team, corner):
    corner.book("Binta", status="cancelled")
    corner.conn.execute("update half_day set status = 'cancelled'")
    assert team.does(SeePrepared(), "07:45") == Prepared(0, 0, None)


def test_a_card_of_today_was_read_whether_it_opened_anything_or_not(team, corner):
    """A typed code says nothing of the scanner; nor does yesterday, nor another kiosk."""
    corner.book("Binta")
    corner.show(new_token(), "2022-11-02 08:20")
    corner.type(new_short_code(), "07:50")
    assert team.does(SeePrepared(), "07:55").card_at is None
    corner.show(new_token(), "07:58")
    assert team.does(SeePrepared(), "08:00").card_at == corner.at("07:58")
    corner.show(corner.issue("Binta"), "08:05")
    assert team.does(SeePrepared(), "08:10").card_at == corner.at("08:05")
    corner.conn.execute("update code_refusal set kiosk_id = 'k'")
    corner.conn.execute("update attendance_event set kiosk_id = 'k'")
    assert team.does(SeePrepared(), "08:10").card_at is None
