"""Half-days that a calendar names by its own ids: moved, cancelled, side by side."""

import pytest


def half_days(corner):
    return corner.ask("select uid, starts_at, status from half_day order by starts_at, uid")


def test_a_half_day_that_the_calendar_moved_keeps_its_people(corner):
    corner.take(corner.line(uid="u1"))
    half_day = corner.book("Binta")
    applied = corner.take(corner.line(uid="u1", start="09:00"))
    assert {column for changed in applied.changed for column in changed.columns} == {"start", "end"}
    assert half_days(corner) == [("u1", "2022-11-03 08:00:00.000000", "planned")]
    assert corner.arrive("Binta", "08:20").half_day.id == half_day


def test_a_half_day_that_the_calendar_cancelled(corner):
    half_day = corner.book("Binta", uid="u1")
    corner.take(corner.line(uid="u1", status="cancelled"))
    assert corner.ask("select status from half_day where id = ?", half_day) == [("cancelled",)]
    assert corner.ask("select status from booking") == [("booked",)]
    corner.take(corner.line(uid="u1", status="booked"))
    assert corner.arrive("Binta", "08:20").answer == "welcome"


def test_the_same_calendar_twice_changes_nothing(corner):
    lines = [corner.line(uid="u1"), corner.line(uid="u2", start="13:00", line=2)]
    corner.take(*lines)
    before = corner.log()
    assert corner.take(*lines).unchanged == 2
    assert corner.log() == before


@pytest.mark.parametrize("order", [1, -1], ids=["the moved one first", "the new one first"])
def test_a_new_half_day_at_the_hour_that_another_has_left(corner, order):
    """The morning went to the afternoon and something else took its hour: two half-days, nobody mixed up."""
    corner.take(corner.line(uid="u1"))
    moved = corner.book("Binta")
    new_calendar = [corner.line(uid="u1", start="13:00", line=1), corner.line(uid="u2", line=2)]
    applied = corner.take(*new_calendar[::order])
    assert applied.contradictions == []
    assert [(uid, at[11:16]) for uid, at, _ in half_days(corner)] == [("u2", "07:30"), ("u1", "12:00")]
    outcome = corner.arrive("Binta", "12:50")
    assert (outcome.answer, outcome.half_day.id) == ("welcome", moved)


def test_two_half_days_of_one_programme_side_by_side(corner):
    """A calendar has no column for the group: its own id tells them apart."""
    applied = corner.take(corner.line(uid="u1", room="1"), corner.line(uid="u2", room="2", line=2))
    assert (applied.added, applied.contradictions) == (2, [])
    assert len(half_days(corner)) == 2


def test_bookings_find_a_half_day_where_the_calendar_has_moved_it(corner):
    """Office and calendar agree on nine o'clock: one half-day, not a second one with eight free places."""
    corner.take(corner.line(uid="u1"))
    corner.take(corner.line(uid="u1", start="09:00"))
    corner.take(corner.line("Binta", start="09:00"))
    assert len(half_days(corner)) == 1


def test_bookings_find_a_half_day_that_the_calendar_has_moved_to_another_day(corner):
    """The default name of a workshop holds the day; half-day and workshop are one all the same."""
    corner.take(corner.line(uid="u1"))
    first = corner.book("Binta")
    corner.take(corner.line(uid="u1", start="2022-11-04 08:30"))
    lines = [
        corner.line("Binta", start="2022-11-04 08:30"),
        corner.line("Zoé", start="2022-11-04 08:30", line=3),
    ]
    applied = corner.take(*lines)
    assert (applied.added, applied.unchanged, applied.contradictions) == (1, 1, [])
    assert half_days(corner) == [("u1", "2022-11-04 07:30:00.000000", "planned")]
    assert corner.ask("select name from workshop") == [("awareness 2022-11-03",)]
    assert corner.arrive("Zoé", "2022-11-04 08:20").half_day.id == first
    before = corner.log()
    assert corner.take(*lines).unchanged == 2
    assert corner.log() == before


def test_a_calendar_that_moves_half_days_leaves_no_workshop_without_one(corner):
    corner.take(corner.line(uid="u1"), corner.line(uid="u2", start="13:00", line=2))
    corner.take(corner.line(uid="u1", start="2022-11-07 08:30"), corner.line(uid="u2", start="13:00", line=2))
    assert corner.ask("select count(*) from workshop") == [(1,)]


@pytest.mark.parametrize(
    "other", [{"programme": "video-cv"}, {"place": "mons"}, {"start": "2022-11-04 09:00"}, {"workshop": "A"}]
)
def test_only_the_same_half_day_is_found_on_another_day(corner, other):
    corner.take(corner.line(uid="u1"))
    corner.take(corner.line(uid="u1", start="2022-11-04 08:30"))
    corner.take(corner.line("Binta", **{"start": "2022-11-04 08:30"} | other))
    assert corner.ask("select count(*) from half_day") == [(2,)]


def test_a_half_day_of_a_named_group_is_not_that_of_a_line_without_one(corner):
    corner.take(corner.line("Binta", workshop="Groupe A"), corner.line("Zoé", line=3))
    assert corner.ask("select count(*) from half_day") == [(2,)]
