"""Follow-up: who is to be called back, who has reached the first level, and numbers that open their lists."""

from datetime import timedelta

import pytest
from closings import Team
from hypothesis import given, settings
from hypothesis import strategies as st
from sittings import draft
from team_desk import come

from models.assessment.taking import take
from models.equipment import Lend, add_piece
from models.marking import Mark, MarkPerson
from models.merging import Merge
from models.path.path import path_of
from models.path.readiness import SeeReady
from models.projections import rebuild
from models.requests import NotAllowed
from models.review.follow_up import LEVELS, NoteCall, SeeAbsent, SeeFirstLevels, SeeFollowUp

WEEK = ("2022-10-31", "2022-11-01", "2022-11-02", "2022-11-03")
LATER = "2022-11-03 18:00"


@pytest.fixture
def team(corner):
    return Team(corner)


def held(corner, *words, name="Binta"):
    """One half-day a day, and what was noted in each: ``absent``, ``arrived``, ``excused`` or nothing."""
    half_days = []
    for on, word in zip(WEEK, words, strict=False):
        half_day = corner.book(name, start=f"{on} 08:30")
        if word:
            corner.note(word, name, half_day, f"{on} 08:40")
        half_days.append(half_day)
    return half_days


def to_call(team, when=LATER):
    return [(one.name, one.half_day.id, one.in_a_row) for one in team.does(SeeAbsent(), when)]


# ---- whom to call


def test_who_is_to_be_called_stands_there_with_reference_and_absences_in_a_row(team, corner):
    *_, last = held(corner, "arrived", "absent", "absent")
    (line,) = team.does(SeeAbsent(), LATER)
    assert (line.name, line.reference, line.half_day.id) == ("Binta O.", "FX-000", last)
    assert line.in_a_row == 2


@pytest.mark.parametrize("since", ["arrived", "excused"])
def test_whoever_was_heard_of_since_is_not_called(team, corner, since):
    """Whoever has come need not be asked where they were, and whoever gave notice has told."""
    held(corner, "absent", since)
    assert to_call(team) == []


def test_a_half_day_without_a_word_is_no_absence_and_no_sign_of_life(team, corner):
    first, _ = held(corner, "absent", "")
    assert to_call(team) == [("Binta O.", first, 1)]


def test_whoever_was_absent_in_one_half_day_and_there_in_another_at_that_time_is_not_called(team, corner):
    held(corner, "absent")
    beside = corner.book("Binta", start=f"{WEEK[0]} 08:30", programme="video-cv")
    corner.note("arrived", "Binta", beside, f"{WEEK[0]} 08:30")
    assert to_call(team) == []


def test_an_absence_of_long_ago_or_of_another_corner_is_not_called_about(team, corner):
    old = corner.book("Zoé", start="2022-09-20 08:30")
    corner.note("absent", "Zoé", old, "2022-09-20 09:00")
    far = corner.book("Kofi", start=f"{WEEK[0]} 08:30", place="mons")
    corner.note("absent", "Kofi", far, f"{WEEK[0]} 09:00")
    assert to_call(team) == []


def test_an_absence_that_was_annulled_is_none(team, corner):
    half_day = corner.book("Binta")
    row = corner.note("absent", "Binta", half_day, "09:00")
    assert len(to_call(team)) == 1
    corner.note("annulled", "Binta", half_day, "09:05", annuls=row.id)
    assert to_call(team) == []


def test_an_excuse_that_comes_later_takes_the_line_away(team, corner):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    person = corner.person("Binta")
    team.does(MarkPerson(half_day, person, Mark.EXCUSED, excuse="work"), LATER)
    assert to_call(team) == []


# ---- the call


def test_a_call_takes_the_line_away_until_the_next_absence(team, corner):
    first, second, *_ = held(corner, "absent", "")
    person = corner.person("Binta")
    assert team.does(NoteCall(first, person, called=True), LATER) is True
    assert team.does(NoteCall(first, person, called=True), LATER) is False
    assert to_call(team) == []
    corner.note("absent", "Binta", second, f"{WEEK[1]} 08:40")
    assert to_call(team) == [("Binta O.", second, 2)]


def test_a_call_is_taken_back_and_both_stay_in_the_log(team, corner):
    (half_day,) = held(corner, "absent")
    person = corner.person("Binta")
    assert team.does(NoteCall(half_day, person, called=False), LATER) is False
    team.does(NoteCall(half_day, person, called=True), LATER)
    assert team.does(NoteCall(half_day, person, called=False), LATER) is True
    assert to_call(team) == [("Binta O.", half_day, 1)]
    assert [kind for kind in corner.log() if kind.startswith("absence.")] == [
        "absence.called",
        "absence.withdrawn",
    ]
    actors = corner.ask("select distinct actor, subject from change where kind like 'absence.%'")
    assert actors == [(team.id, person)]


def test_nobody_is_called_who_is_not_known(team, corner):
    (half_day,) = held(corner, "absent")
    assert team.does(NoteCall(half_day, "x" * 32, called=True), LATER) is False


def test_a_call_to_a_walk_in_is_one_to_whom_they_turned_out_to_be(team, corner):
    half_day = corner.book("Kofi")
    guest = come(corner)
    corner.conn.execute("update booking set status = 'booked' where participant_id = ?", (guest,))
    team.does(MarkPerson(half_day, guest, Mark.ABSENT, reason="other"), LATER)
    assert [one.person_id for one in team.does(SeeAbsent(), LATER)] == [guest]
    team.does(NoteCall(half_day, guest, called=True), LATER)
    assert team.does(Merge(half_day, guest, corner.person("Kofi")), LATER) is None
    assert to_call(team) == []


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["absent", "arrived", "excused", ""]), min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=5),
)
def test_whoever_is_listed_was_absent_last_and_every_call_empties_the_list(new_corner, words, calls):
    """And the tables made anew from the log say the same."""
    corner = new_corner()
    team = Team(corner)
    half_days = held(corner, *words)
    person = corner.person("Binta")
    for number, called in calls:
        team.does(NoteCall(half_days[number], person, called=called), LATER)
    last = next((word for word in reversed(words) if word), "")
    lines = team.does(SeeAbsent(), LATER)
    assert not lines or last == "absent"
    if last == "absent" and not calls:
        assert len(lines) == 1
    for line in lines:
        assert team.does(NoteCall(line.half_day.id, line.person_id, called=True), LATER)
    assert to_call(team) == []
    before = corner.projections()
    rebuild(corner.conn)
    assert corner.projections() == before
    corner.conn.close()


# ---- the first level


def taken(corner, name, level, when):
    person = corner.person(name)
    with corner.transaction():
        take(corner.conn, corner.author(when, person), "charleroi", person, draft(level))


def test_the_first_level_is_reached_since_the_first_assessment_that_says_so_to_the_last(team, corner):
    corner.book("Binta", "Zoé", "Kofi")
    for level, when in ((2, "2022-10-01 09:00"), (0, "2022-10-05 09:00"), (2, "2022-10-10 09:00")):
        taken(corner, "Binta", level, when)
    taken(corner, "Binta", 2, "2022-10-20 09:00")
    taken(corner, "Zoé", 2, "2022-10-12 09:00")
    taken(corner, "Zoé", 0, "2022-10-13 09:00")
    taken(corner, "Kofi", 2, "2022-10-22 09:00")
    reached = team.does(SeeFirstLevels(), LATER)
    assert [(one.name, one.since) for one in reached] == [
        ("Kofi A.", corner.at("2022-10-22 09:00")),
        ("Binta O.", corner.at("2022-10-10 09:00")),
    ]
    for one in reached:
        path = path_of(corner.conn, one.person_id, corner.desk.policy, corner.at(LATER))
        assert path.level.reached


def test_a_level_of_long_ago_is_no_news(team, corner):
    corner.book("Binta")
    taken(corner, "Binta", 2, "2022-06-01 09:00")
    taken(corner, "Binta", 2, "2022-10-20 09:00")
    assert team.does(SeeFirstLevels(), LATER) == ()
    assert corner.at(LATER) - corner.at("2022-06-01 09:00") > LEVELS > timedelta(days=60)


# ---- the numbers


def test_every_number_is_the_length_of_its_list(team, corner):
    half_day, *_ = held(corner, "arrived", "absent")
    taken(corner, "Binta", 2, "2022-10-20 09:00")
    with corner.transaction():
        piece = add_piece(corner.conn, corner.author(), "charleroi", "tablet").id
    team.does(Lend(piece, corner.person("Binta"), half_day), f"{WEEK[0]} 09:00")
    found = team.does(SeeFollowUp(), LATER)
    assert (found.absent, found.levels, found.out, found.waiting) == (1, 1, 1, 0)
    assert found.ready == len(team.does(SeeReady(), LATER)) == 1


def test_only_staff_follow_up(corner):
    """P-19, P-20"""
    half_day = corner.book("Binta")
    requests = (
        SeeFollowUp(),
        SeeAbsent(),
        SeeFirstLevels(),
        NoteCall(half_day, corner.person("Binta"), called=True),
    )
    for role in ("facilitator", "coordinator", "technician"):
        team = Team(corner, role)
        for request in requests:
            with pytest.raises(NotAllowed):
                team.does(request)
