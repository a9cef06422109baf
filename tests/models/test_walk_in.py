"""People who come without a booking: a place, a turn, or the next dates; nothing half done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from colleagues import Colleague, unhurt
from hypothesis import given, settings
from hypothesis import strategies as st

from models.arrival import Wish, arrive
from models.connection import body_time
from models.ledger import events_of, standing
from models.log import record
from models.marking import Refused
from models.registers import set_fields
from models.requests import At
from models.requests import Colleague as Signed
from models.roster import roster_of, rosters
from models.team_list import team_list
from models.walk_in import Guest, first_name_of, give_place, take_back, walk_in, walk_ins
from models.words import Answer, Way


def come(corner, name="Ama", when="08:20", language="fr", **wish):
    with corner.transaction():
        return walk_in(
            corner.conn, corner.desk, Guest(name, "jobseeker", language), corner.at(when), Wish(**wish)
        )


def listed(corner, when="08:25"):
    return walk_ins(corner.conn, "charleroi", corner.at(when))


def gives(corner, one, when, reason=None):
    """Sam gives the place, or confirms."""
    who = Signed("sam", "Sam", "facilitator")
    with corner.transaction():
        at = At(corner.conn, replace(corner.desk, actor="sam"), who, corner.at(when))
        return give_place(at, one.booking_id, reason)


def moves(corner, half_day, one, *events):
    """Arrivals and departures of a walk-in, by the facilitator's hand."""
    for kind, when in events:
        moment = body_time(corner.at(when))
        body = {"participant": one.participant_id, "half_day": half_day, "at": moment, "stored": moment}
        with corner.transaction():
            author = corner.author(when, "sam")
            record(
                corner.conn, author, f"attendance.{kind}", "attendance", half_day,
                body | {"way": Way.FACILITATOR}, subject=one.participant_id,
            )  # fmt: skip


def line(corner, half_day, name, when):
    """A line of the roster."""
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
    return next((one for one in found.people if one.name == name), None)


def test_a_free_place_is_given_at_once_and_waits_for_a_person(corner):
    half_day = corner.book("Hoa")
    outcome = come(corner, " ama ")
    assert (outcome.answer, outcome.person.name, outcome.half_day.id) == (Answer.WELCOME, "ama", half_day)
    (one,) = listed(corner)
    assert (one.name, one.waiting, one.asked_at) == ("ama", False, corner.at("08:20"))
    assert corner.ask(
        "select reference, last_name, audience from participant where id = ?", one.participant_id
    )[0] == ("", None, "jobseeker")


def test_without_a_place_there_is_a_turn(corner):
    corner.book("Hoa", capacity=1)
    assert [come(corner, name, when).answer for name, when in (("Ama", "08:20"), ("Bo", "08:21"))] == [
        "full"
    ] * 2
    assert [(one.name, one.waiting) for one in listed(corner)] == [("Ama", True), ("Bo", True)]


def test_with_nothing_open_nothing_is_kept(corner):
    """The next dates are told; no name stays behind."""
    later = corner.book(start="2022-11-08 08:30")
    before = corner.log()
    outcome = come(corner)
    assert outcome.answer == Answer.NOT_BOOKED
    assert [sitting.id for sitting in outcome.next_dates] == [later]
    assert corner.log() == before


def test_two_open_workshops_are_a_choice_and_nothing_is_kept_before_it(corner):
    first = corner.book("Hoa")
    second = corner.book("Kofi", programme="digital-skills")
    before = corner.log()
    outcome = come(corner)
    assert outcome.answer == Answer.CHOOSE
    assert {sitting.id for sitting in outcome.choices} == {first, second}
    assert corner.log() == before
    assert come(corner, half_day_id=second).half_day.id == second


def test_the_places_of_those_who_wait_are_not_given_to_who_comes_later(corner):
    corner.book("Hoa", capacity=1)
    come(corner, "Ama", "08:20")
    corner.book("Hoa", status="cancelled", capacity=1)
    assert come(corner, "Bo", "08:21").answer == Answer.FULL


def test_a_person_of_the_team_gives_the_place(corner):
    corner.book("Hoa", capacity=1)
    come(corner)
    (one,) = listed(corner)
    assert gives(corner, one, "08:40").act
    assert listed(corner, "08:41") == ()
    assert corner.ask("select actor, way from attendance_event") == [("sam", "facilitator")]


def test_a_walk_in_is_confirmed_once_and_arrives_once(corner):
    corner.book("Hoa")
    come(corner)
    (one,) = listed(corner)
    assert gives(corner, one, "08:40").people == (one.participant_id,)
    assert listed(corner, "08:41") == ()
    assert corner.log().count("attendance.arrived") == 1


def test_a_walk_in_who_has_left_is_confirmed_and_does_not_come_back(corner):
    half_day = corner.book("Hoa")
    come(corner)
    (one,) = listed(corner)
    moves(corner, half_day, one, ("left", "10:00"))
    assert gives(corner, one, "10:05").refused is None
    assert listed(corner, "10:06") == ()
    assert line(corner, half_day, "Ama", "10:06").reckoning.state == "left_early"
    assert corner.log().count("attendance.arrived") == 1


def test_before_the_doors_open_a_place_is_given_and_no_arrival_noted(corner):
    half_day = corner.book("Hoa", start="13:00", capacity=1)
    come(corner, when="12:05")
    (one,) = listed(corner, "12:06")
    corner.take(corner.line("Hoa", start="14:30", capacity=1), when="12:07")
    corner.conn.execute(
        "update half_day set starts_at = '2022-11-03 13:30:00.000000' where id = ?", (half_day,)
    )
    assert gives(corner, one, "12:08").people == (one.participant_id,)
    assert listed(corner, "12:09") == ()
    assert corner.ask("select * from attendance_event") == []
    assert corner.ask("select status from booking where id = ?", one.booking_id) == [("booked",)]


def test_a_walk_in_can_be_taken_back_with_its_trace(corner):
    half_day = corner.book("Hoa", capacity=2)
    come(corner)
    (one,) = listed(corner)
    with corner.transaction():
        assert take_back(corner.conn, corner.desk, "sam", one.booking_id, corner.at("08:40"))
    with corner.transaction():
        assert not take_back(corner.conn, corner.desk, "sam", one.booking_id, corner.at("08:41"))
    assert gives(corner, one, "08:41").refused is Refused.GONE
    assert listed(corner, "08:42") == ()
    assert corner.log()[-1] == "attendance.annulled"
    assert come(corner, "Bo", "08:43").half_day.id == half_day


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.dictionaries(st.integers(0, 90), st.sampled_from(["left", "arrived", "excused"]), max_size=6))
def test_whatever_was_noted_nothing_of_it_stands_and_one_undo_brings_all_of_it_back(new_corner, events):
    """P-26: every time that stood stands again, and so does the place; redo takes all of it off again."""

    def noted():
        return [(one.kind, one.at) for one in standing(events_of(corner.conn, half_day, ama.participant_id))]

    corner = new_corner()
    half_day = corner.book("Hoa")
    come(corner)
    (ama,) = listed(corner)
    sam = Colleague(corner, "Sam")
    moves(
        corner,
        half_day,
        ama,
        *((kind, corner.at("08:30") + timedelta(minutes=m)) for m, kind in events.items()),
    )
    before = noted()
    with corner.transaction():
        at = corner.at("10:05")
        take_back(corner.conn, corner.desk, sam.id, ama.booking_id, at, "wrong_person")
    assert (noted(), line(corner, half_day, "Ama", "10:06")) == ([], None)
    sam.undoes("10:06")
    assert (noted(), line(corner, half_day, "Ama", "10:06").status) == (before, "booked")
    sam.redoes("10:07")
    assert (noted(), line(corner, half_day, "Ama", "10:07")) == ([], None)
    corner.conn.close()


def test_all_that_stands_of_somebody_is_annulled_in_amaact_with_its_reason(corner):
    """P-26: came, left, came back, and was somebody else all the time."""
    half_day = corner.book("Hoa")
    come(corner)
    (one,) = listed(corner)
    moves(corner, half_day, one, ("left", "09:00"), ("arrived", "09:30"))
    with corner.transaction():
        at = corner.at("10:00")
        take_back(corner.conn, corner.desk, "sam", one.booking_id, at, "wrong_person", "one-act")
    assert line(corner, half_day, "Ama", "10:01") is None
    assert standing(events_of(corner.conn, half_day, one.participant_id)) == []
    assert (
        corner.ask("select act, reason, actor from attendance_event where kind = 'annulled'")
        == [("one-act", "wrong_person", "sam")] * 3
    )
    assert corner.flaws() == []


def test_who_is_off_the_list_and_still_noted_is_taken_back_too(corner):
    """The booking was cancelled elsewhere, and what was noted stood."""
    half_day = corner.book("Hoa")
    come(corner)
    (one,) = listed(corner)
    with corner.transaction():
        author = corner.author("08:30")
        set_fields(corner.conn, author, "booking", one.booking_id, {"status": "cancelled"}, new=False)
        at = corner.at("08:40")
        assert take_back(corner.conn, corner.desk, "sam", one.booking_id, at, "wrong_person")
    assert standing(events_of(corner.conn, half_day, one.participant_id)) == []


def test_one_undo_brings_somebody_back_with_the_place_and_all_that_was_noted(corner):
    half_day = corner.book("Hoa")
    come(corner)
    (one,) = listed(corner)
    sam = Colleague(corner, "Sam")
    moves(corner, half_day, one, ("left", "09:00"), ("arrived", "09:30"))
    before = line(corner, half_day, "Ama", "10:05")
    for _ in range(2):
        with corner.transaction():
            at = corner.at("10:00")
            take_back(corner.conn, corner.desk, sam.id, one.booking_id, at, "wrong_person")
        assert sam.undoes("10:01").names == ("Ama",)
        after = line(corner, half_day, "Ama", "10:05")
        assert replace(after, reckoning=replace(after.reckoning, seen=before.reckoning.seen)) == before
    sam.redoes("10:02")
    assert line(corner, half_day, "Ama", "10:05") is None
    assert unhurt(corner)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("  Jean   Pierre ", "Jean Pierre"),
        ("N'Golo", "N'Golo"),
        ("Ştefan", "Ştefan"),
        ("a" * 99, "a" * 30),
        ("[b]Zoé[/b]", "b Zoé b"),
        ("Li\x1b[31m", "Li m"),
    ],
)
def test_a_first_name_is_letters(given_name, kept):
    assert first_name_of(given_name) == kept


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_none(text):
    """Never a control character, a digit or a sign; never longer than it may be."""
    try:
        name = first_name_of(text)
    except ValueError:
        return
    assert 0 < len(name) <= 30
    assert first_name_of(name) == name
    assert not any(sign.isdigit() or ord(sign) < 32 for sign in name if not sign.isalpha())


@pytest.mark.parametrize("guest", [Guest("", "jobseeker", "fr"), Guest("Ama", "king", "fr")])
def test_what_is_no_guest_is_a_mistake_of_the_program(corner, guest):
    with pytest.raises(ValueError, match=r"\w"):
        walk_in(corner.conn, corner.desk, guest, corner.at("08:20"))


def test_junk_takes_no_more_places_than_the_team_can_look_at(corner):
    """So many wait for somebody of the team that the next are sent there: nothing of them is stored."""
    corner.book(capacity=500)
    for number in range(corner.desk.policy.walk_ins):
        assert come(corner, "Zoé", f"08:{number + 10}").answer == "welcome"
    before = corner.ask("select count(*) from participant")
    late = come(corner, "Reelle", "08:40")
    assert (late.answer, corner.ask("select count(*) from participant")) == ("not_booked", before)
    (line,) = [line for line in team_list(corner.conn, "charleroi", corner.at("08:41")) if line.why == "many"]
    assert line.name == ""


def test_whoever_was_taken_back_never_had_a_booking(corner):
    """Neither a cancelled reservation at the next scan, nor a line on the roster of somebody expected."""
    half_day = corner.book("Hoa")
    somebody = come(corner).person.id
    (one,) = listed(corner)
    with corner.transaction():
        assert take_back(corner.conn, corner.desk, "sam", one.booking_id, corner.at("08:40"))
        again = arrive(corner.conn, corner.desk, somebody, Way.NAME, corner.at("08:45"))
    assert (again.answer, [sitting.id for sitting in again.can_join]) == ("not_booked", [half_day])
    (roster,) = rosters(corner.conn, "charleroi", date(2022, 11, 3), corner.desk.policy, corner.at("09:00"))
    assert [attendee.name for attendee in roster.people] == ["Hoa N."]
