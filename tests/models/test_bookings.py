"""Bookings in: the same file twice changes nothing, what changed is said, nothing goes by being absent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bookings import Changed, Contradiction

lines = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from([None, "Binta", "Łukasz", "Zoé"]),
            "start": st.sampled_from(["08:30", "13:00", "2022-11-04 08:30"]),
            "hours": st.sampled_from([3.5, 3.5, 4]),
        },
        optional={
            "place": st.sampled_from(["charleroi", "mons"]),
            "programme": st.sampled_from(["awareness", "video-cv"]),
            "workshop": st.sampled_from(["Groupe A", "Groupe B"]),
            "room": st.sampled_from(["1", "2"]),
            "capacity": st.integers(5, 8),
            "status": st.sampled_from(["booked", "cancelled", "waiting"]),
            "booked_by": st.sampled_from(["Mme Lecomte", "M. Özdemir"]),
        },
    ),
    max_size=12,
)


def as_file(corner, dictionaries):
    return [corner.line(**{"line": number, **told}) for number, told in enumerate(dictionaries, 2)]


def tables(corner):
    return {
        table: sorted(corner.ask(f"select * from {table}"), key=repr)
        for table in ("workshop", "half_day", "participant", "booking")
    }


@settings(derandomize=True, deadline=None, max_examples=150)
@given(lines, st.booleans())
def test_the_same_file_twice_changes_nothing(new_corner, dictionaries, line_by_line):
    """Contradictions included: what was refused is refused again, and the log stays as it is."""
    corner = new_corner()
    lines = as_file(corner, dictionaries)
    first = corner.take(*lines)
    assert first.added + first.changed_lines + first.unchanged + len(first.contradictions) == len(lines)
    log, before = corner.log(), tables(corner)
    second = corner.take(*lines, when="2022-11-02 17:00")
    assert (second.added, second.changed, second.contradictions) == (0, [], first.contradictions)
    assert second.unchanged == len(lines) - len(first.contradictions)
    assert (corner.log(), tables(corner)) == (log, before)
    corner.conn.close()


@settings(derandomize=True, deadline=None, max_examples=80)
@given(lines)
def test_the_same_file_on_two_kiosks_makes_the_same_rows(new_corner, dictionaries):
    """Ids come from the file's own references, so that meeting in the hub makes no doubles."""
    east, west = new_corner(kiosk_id="e" * 32), new_corner(kiosk_id="f" * 32)
    for kiosk in (east, west):
        kiosk.take(*as_file(kiosk, dictionaries))
    assert tables(east) == tables(west)
    east.conn.close()
    west.conn.close()


def test_a_line_makes_a_workshop_a_half_day_a_person_and_a_booking(corner):
    applied = corner.take(corner.line("Łukasz", room="2", capacity=6, booked_by="Mme Lecomte", language="de"))
    assert (applied.added, applied.changed, applied.unchanged) == (1, [], 0)
    assert corner.ask("select name, programme from workshop") == [("awareness 2022-11-03", "awareness")]
    assert corner.ask("select room, capacity, status from half_day") == [("2", 6, "planned")]
    assert corner.ask("select reference, first_name, last_name, language, audience from participant") == [
        (corner.reference("Łukasz"), "Łukasz", "Wiśniewski", "de", "jobseeker")
    ]
    assert corner.ask("select source, booked_by, status from booking") == [
        ("counsellor", "Mme Lecomte", "booked")
    ]


def test_a_half_day_without_people(corner):
    corner.take(corner.line(room="2"))
    assert corner.ask("select capacity, status from half_day") == [(8, "planned")]
    assert corner.ask("select count(*) from booking") == [(0,)]


@pytest.mark.parametrize(
    ("before", "after", "entity", "columns"),
    [
        ({"room": "1"}, {"room": "2"}, "half_day", ("room",)),
        ({}, {"room": "2"}, "half_day", ("room",)),
        ({"capacity": 8}, {"capacity": 6, "room": "2"}, "half_day", ("room", "capacity")),
        ({"hours": 3.5}, {"hours": 4}, "half_day", ("end",)),
        ({}, {"status": "cancelled"}, "booking", ("status",)),
        ({"status": "cancelled"}, {"status": "booked"}, "booking", ("status",)),
        ({}, {"booked_by": "M. Özdemir", "source": "call_centre"}, "booking", ("source", "booked_by")),
        ({}, {"language": "nl"}, "participant", ("language",)),
        ({}, {"first_name": "Luc"}, "participant", ("first_name",)),
        ({}, {"last_name": "Wiśniewska"}, "participant", ("last_name",)),
        ({}, {"audience": "student"}, "participant", ("audience",)),
    ],
)
def test_a_line_that_changes_something_says_what(corner, before, after, entity, columns):
    corner.take(corner.line("Łukasz", **before))
    applied = corner.take(corner.line("Łukasz", line=7, **after))
    assert applied.changed == [Changed(7, entity, columns)]
    assert (applied.added, applied.changed_lines, applied.unchanged) == (0, 1, 0)


def test_one_line_may_change_several_things_and_counts_once(corner):
    corner.take(corner.line("Łukasz"))
    applied = corner.take(corner.line("Łukasz", room="2", language="nl", status="waiting"))
    assert [changed.entity for changed in applied.changed] == ["half_day", "participant", "booking"]
    assert applied.changed_lines == 1


def test_another_programme_is_another_programme_for_everybody(corner):
    """What a line says it changed is what the door and the roster then show."""
    corner.take(corner.line("Łukasz", workshop="Groupe A"))
    applied = corner.take(corner.line("Łukasz", workshop="Groupe A", programme="video-cv"))
    assert {column for changed in applied.changed for column in changed.columns} == {"programme"}
    assert corner.arrive("Łukasz", "08:20").half_day.programme == "video-cv"


def test_a_line_that_disappears_cancels_nothing(corner):
    corner.take(corner.line("Łukasz"), corner.line("Zoé"))
    corner.take(corner.line("Zoé"))
    assert corner.ask("select status from booking") == [("booked",), ("booked",)]


def test_what_a_file_does_not_say_overwrites_nothing(corner):
    told = {"room": "2", "capacity": 6, "language": "de", "audience": "student", "source": "corner"}
    corner.take(corner.line("Łukasz", **told, status="waiting", booked_by="Mme Lecomte"))
    before, log = tables(corner), corner.log()
    applied = corner.take(corner.line("Łukasz", last_name=None))
    assert (applied.unchanged, applied.changed) == (1, [])
    assert (tables(corner), corner.log()) == (before, log)


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ({"room": "1"}, {"room": "2"}, "room"),
        ({"capacity": 5}, {"capacity": 8}, "capacity"),
        ({}, {"hours": 4}, "end"),
        ({"status": "booked"}, {"status": "cancelled"}, "status"),
        ({}, {"first_name": "Luc"}, "first_name"),
        ({"language": "fr"}, {"language": "de"}, "language"),
        ({"workshop": "A"}, {"workshop": "A", "programme": "video-cv"}, "programme"),
    ],
)
def test_lines_that_contradict_each_other_are_named_and_the_later_is_not_taken(corner, first, second, column):
    lines = [
        corner.line("Łukasz", line=2, **first),
        corner.line("Zoé", line=3),
        corner.line("Łukasz", line=4, **second),
    ]
    applied = corner.take(*lines)
    assert applied.contradictions == [Contradiction(4, column, 2)]
    assert (applied.added, applied.changed) == (2, [])
    before = corner.log()
    assert corner.take(*lines).contradictions == applied.contradictions
    assert corner.log() == before


def test_two_people_of_one_line_each_share_the_half_day(corner):
    """What the first line says of the room holds for the second, which says nothing."""
    applied = corner.take(corner.line("Łukasz", room="2"), corner.line("Zoé", line=3))
    assert (applied.added, applied.contradictions) == (2, [])
    assert corner.ask("select room from half_day") == [("2",)]


def test_parallel_groups_are_told_apart_by_their_workshops_name(corner):
    corner.take(
        corner.line("Łukasz", workshop="Groupe A", room="1"),
        corner.line("Zoé", workshop="Groupe B", room="2", line=3),
    )
    assert corner.ask("select room from half_day order by room") == [("1",), ("2",)]


def test_the_same_edition_at_two_corners_is_two_workshops(corner):
    corner.take(corner.line("Łukasz"), corner.line("Łukasz", place="mons", line=3))
    assert corner.ask("select corner_id from half_day order by corner_id") == [("charleroi",), ("mons",)]
    assert corner.ask("select count(*) from participant") == [(1,)]


def test_a_half_day_after_midnight_belongs_to_the_day_on_the_wall(corner):
    corner.take(corner.line("Łukasz", start="2022-11-04 00:30"))
    assert corner.ask("select name from workshop") == [("awareness 2022-11-04",)]


def test_the_half_day_around_the_change_of_the_clock_is_one(corner):
    """The hour that comes twice is two moments, hence two half-days."""
    first = corner.line("Łukasz", start=corner.at("2022-10-30 02:30", fold=0))
    second = corner.line("Łukasz", start=corner.at("2022-10-30 02:30", fold=1), line=3)
    assert corner.take(first, second).added == 2
    assert corner.ask("select count(*) from half_day") == [(2,)]


def test_a_place_that_a_walk_in_took_stays_theirs_when_the_file_names_them_later(corner):
    corner.book("Giuseppe", start="2022-09-20 08:30")
    half_day = corner.book("Binta")
    corner.arrive("Giuseppe", "08:20", join=True)
    applied = corner.take(corner.line("Giuseppe"))
    assert (applied.unchanged, applied.changed) == (1, [])
    assert corner.presence("Giuseppe", half_day).present
