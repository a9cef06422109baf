"""The paper sheet typed in afterwards: one act a person, and then exactly what the sheet says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from colleagues import asks, undo
from hypothesis import given, settings
from hypothesis import strategies as st

from models.log import record
from models.marking import Refused
from models.paper_entry import EnterFromPaper, SeeSheet
from models.projections import rebuild
from models.reckoning import Odd
from models.registers import set_fields
from models.requests import NotAllowed
from models.roster import roster_of

some = settings(derandomize=True, deadline=None, max_examples=120)


@pytest.fixture
def half_day(corner):
    return corner.book("Binta", "Łukasz", "Zoé")


def enter(corner, half_day, name="Binta", arrived=None, left=None, when="12:30", role="facilitator", **more):
    """Type a line of the sheet in."""
    times = {"arrived": arrived and corner.at(arrived), "left": left and corner.at(left)}
    return asks(corner, role, EnterFromPaper(half_day, corner.person(name), **times, **more), when)


def known(corner, half_day, name="Binta", when="13:00"):
    """What the roster says of somebody."""
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
    return next(one for one in found.people if one.person_id == corner.person(name)).reckoning


def standing(corner):
    """The events that stand, as ``arrived 08:27 paper``."""
    found = corner.ask(
        "select kind, time(at, '+1 hour'), way from attendance_event e where kind <> 'annulled' and not"
        " exists (select 1 from attendance_event a where a.annuls = e.id) order by at, id"
    )
    return [f"{kind} {at[:5]} {way}" for kind, at, way in found]


minutes = st.integers(-59, 260)
ledgers = st.lists(
    st.tuples(
        st.sampled_from(["arrived", "left", "excused", "absent", "annulled"]),
        minutes | st.sampled_from([0, 27, 28]),
        st.sampled_from([0, 0, 43, 59]),
    ),
    max_size=6,
)
"""What was noted before: kind, minutes after half past eight, seconds."""
times = st.tuples(st.integers(-60, 209) | st.sampled_from([27, 28]), st.none() | st.integers(0, 200))
sheets = st.one_of(
    times, st.just("absent"), st.sampled_from(["announced", "work", "transport"]).map(lambda why: (why,))
)
"""A line of the sheet: arrival with the length of the stay, or none came."""


def told(corner, half_day, ledger):
    for kind, after, seconds in ledger:
        when = corner.at("08:30") + timedelta(minutes=after, seconds=seconds)
        more = {"reason": "work"}
        if kind == "annulled":
            found = corner.ask("select id from attendance_event where kind <> 'annulled' order by id limit 1")
            if not found:
                continue
            more = {"annuls": found[0][0]}
        corner.note(kind, "Binta", half_day, when, **more)


def line_of(corner, half_day, sheet):
    person, start = corner.person("Binta"), corner.at("08:30")
    match sheet:
        case "absent":
            return EnterFromPaper(half_day, person, absent=True)
        case (str() as why,):
            return EnterFromPaper(half_day, person, excuse=why)
        case (after, stay):
            arrived = start + timedelta(minutes=after)
            left = None if stay is None else arrived + timedelta(minutes=stay)
            return EnterFromPaper(half_day, person, arrived, left)


@some
@given(ledgers, sheets)
def test_whatever_was_noted_the_minutes_are_those_of_the_sheet(new_corner, ledger, sheet):
    corner = new_corner()
    half_day = corner.book("Binta")
    told(corner, half_day, ledger)
    line = line_of(corner, half_day, sheet)
    answer = asks(corner, "facilitator", line, "16:00")
    assert answer.refused in (None, Refused.ALREADY)
    found = known(corner, half_day, when="16:00")
    start, end = corner.at("08:30"), corner.at("12:00")
    if line.arrived is None:
        assert (found.minutes, found.arrived_at) == (0, None)
        assert (found.state, found.excuse) == ("excused" if line.excuse else "absent", line.excuse)
    else:
        stay = min(line.left or end, end) - max(line.arrived, start)
        assert found.minutes == max(0, stay // timedelta(minutes=1))
        assert (found.left_at is None) == (line.left is None)
        assert set(found.odd) <= {Odd.NO_DEPARTURE}
    # Twice the same changes nothing.
    log = corner.log()
    assert asks(corner, "facilitator", line, "16:05").refused is Refused.ALREADY
    assert corner.log() == log
    before = corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    assert corner.projections() == before
    corner.conn.close()


@some
@given(ledgers, sheets)
def test_one_touch_takes_a_line_back(new_corner, ledger, sheet):
    corner = new_corner()
    half_day = corner.book("Binta")
    told(corner, half_day, ledger)
    before = standing(corner)
    asks(corner, "facilitator", line_of(corner, half_day, sheet), "16:00")
    if corner.ask("select 1 from attendance_event where act is not null"):
        undo(corner, "facilitator", "16:01")
    assert sorted(standing(corner)) == sorted(before)
    corner.conn.close()


def test_arrival_and_departure_are_noted_from_paper_in_one_act(corner, half_day):
    answer = enter(corner, half_day, arrived="08:27", left="12:00")
    assert answer.people == (corner.person("Binta"),)
    assert standing(corner) == ["arrived 08:27 paper", "left 12:00 paper"]
    assert corner.ask("select distinct act, way from attendance_event") == [(answer.act, "paper")]
    assert known(corner, half_day).minutes == 210


def test_undo_takes_both_back(corner, half_day):
    enter(corner, half_day, arrived="08:27", left="12:00")
    undo(corner, "facilitator", "12:31")
    assert (standing(corner), known(corner, half_day).state) == ([], "expected")


def test_what_the_card_has_noted_to_the_same_minute_is_not_noted_twice(corner, half_day):
    corner.note("arrived", "Binta", half_day, "08:27:43", way="card")
    enter(corner, half_day, arrived="08:27", left="12:00")
    assert standing(corner) == ["arrived 08:27 card", "left 12:00 paper"]
    assert "annulled" not in str(corner.log())


def test_what_contradicts_the_sheet_is_annulled_with_its_reason_in_the_same_act(corner, half_day):
    """P-26: the old value stays, and says why it does not count."""
    corner.note("excused", "Binta", half_day, "08:10", reason="work")
    corner.note("arrived", "Binta", half_day, "08:50")
    answer = enter(corner, half_day, arrived="08:31", left="11:45")
    assert standing(corner) == ["arrived 08:31 paper", "left 11:45 paper"]
    annulled = corner.ask("select act, reason, way from attendance_event where kind = 'annulled'")
    assert annulled == [(answer.act, "from_paper", "paper")] * 2
    assert known(corner, half_day).minutes == 194


def test_a_departure_that_the_sheet_does_not_hold_does_not_stand(corner, half_day):
    corner.note("arrived", "Binta", half_day, "08:27")
    corner.note("left", "Binta", half_day, "10:00")
    enter(corner, half_day, arrived="08:27")
    assert standing(corner) == ["arrived 08:27 facilitator"]
    assert known(corner, half_day).minutes == 210


def test_arrived_and_gone_in_one_minute_counts_nought(corner, half_day):
    corner.note("arrived", "Binta", half_day, "09:00:43")
    enter(corner, half_day, arrived="09:00", left="09:00")
    assert (known(corner, half_day).minutes, known(corner, half_day).state) == (0, "left_early")


def test_nobody_came(corner, half_day):
    corner.note("arrived", "Binta", half_day, "08:27")
    enter(corner, half_day, absent=True)
    assert known(corner, half_day).state == "absent"
    enter(corner, half_day, excuse="transport")
    assert (known(corner, half_day).state, known(corner, half_day).excuse) == ("excused", "transport")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"arrived": "07:29"}, Refused.WRONG_TIME),
        ({"arrived": "12:00"}, Refused.WRONG_TIME),
        ({"arrived": "08:30", "left": "08:29"}, Refused.WRONG_TIME),
        ({"arrived": "08:30", "left": "12:31"}, Refused.WRONG_TIME),
        ({"arrived": "08:30", "absent": True}, Refused.WRONG_TIME),
        ({"left": "12:00"}, Refused.NOT_THERE),
        ({"excuse": "headache"}, Refused.NEEDS_EXCUSE),
        ({}, Refused.NEEDS_TIME),
        ({"name": "Kofi", "arrived": "08:30"}, Refused.GONE),
    ],
)
def test_a_line_that_cannot_be_right_changes_nothing(corner, half_day, line, why):
    corner.note("arrived", "Binta", half_day, "08:50")
    log = corner.log()
    assert enter(corner, half_day, **line).refused is why
    assert [kind for kind in corner.log() if kind.startswith("attendance")] == ["attendance.arrived"]
    assert corner.log()[: len(log)] == log


def test_a_departure_on_another_day_is_refused_as_it_is_for_a_mark(corner, half_day):
    """Twenty-four hours of presence are a slip of the fingers."""
    line = {"arrived": "08:27", "when": "2022-11-04 12:30"}
    assert enter(corner, half_day, left="2022-11-04 12:00", **line).refused is Refused.WRONG_TIME
    assert enter(corner, half_day, left="12:00", **line).refused is None


@pytest.mark.parametrize("line", [{"arrived": "08:27", "left": "12:00"}, {"absent": True}])
def test_what_the_sheet_says_does_not_come_from_a_doubtful_clock(corner, half_day, line):
    """P-38."""
    corner.desk = replace(corner.desk, clock_sure=False)
    enter(corner, half_day, **line)
    assert known(corner, half_day).odd == ()


def test_the_sheet_clears_the_doubt_about_an_hour_that_it_confirms(corner, half_day):
    """P-38."""
    corner.note("arrived", "Binta", half_day, "08:27:43", clock_sure=False)
    enter(corner, half_day, arrived="08:27", left="12:00")
    assert known(corner, half_day).odd == ()
    assert standing(corner) == ["arrived 08:27 paper", "left 12:00 paper"]


@pytest.mark.parametrize(("arrived", "left"), [("07:30", "12:30"), ("11:59", "11:59")])
def test_the_edges_of_a_half_day_are_inside(corner, half_day, arrived, left):
    assert enter(corner, half_day, arrived=arrived, left=left).refused is None


def test_a_half_day_that_is_closed_takes_the_sheet_as_a_correction(corner, half_day):
    with corner.transaction():
        body = {"at": "2022-11-03T11:10:00.000000Z", "figures": "{}", "hash": "0"}
        record(corner.conn, corner.author("12:10", "sam"), "attendance.settled", "attendance", half_day, body)
    assert enter(corner, half_day, arrived="08:27", left="12:00").refused is None
    reasons = corner.ask("select distinct reason from attendance_event")
    assert reasons == [("from_paper",)]


def test_yesterdays_sheet_is_in_a_facilitators_reach_and_an_older_one_is_not(corner, half_day):
    """P-20."""
    assert enter(corner, half_day, arrived="08:27", when="2022-11-04 09:00").refused is None
    with pytest.raises(NotAllowed):
        enter(corner, half_day, arrived="08:28", when="2022-11-05 09:00")
    assert enter(corner, half_day, arrived="08:28", when="2022-11-05 09:00", role="staff").refused is None


def test_only_the_team_types_the_sheet_in(corner, half_day):
    """P-19."""
    for role in ("coordinator", "technician"):
        for request in (
            EnterFromPaper(half_day, corner.person("Binta"), absent=True), SeeSheet(half_day)
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                asks(corner, role, request, "12:30")


def test_who_has_signed_without_a_booking_has_a_place(corner, half_day):
    with corner.transaction():
        known_ = {"first_name": "Bin", "reference": "", "language": "fr", "merged_into": ""}
        set_fields(corner.conn, corner.author(), "participant", "w1", known_, new=True, subject="w1")
        booking = {"participant_id": "w1", "half_day_id": half_day, "source": "walk_in", "status": "waiting"}
        set_fields(corner.conn, corner.author(), "booking", "wb", booking, new=True, subject="w1")
    line = EnterFromPaper(half_day, "w1", corner.at("08:30"), corner.at("12:00"))
    asks(corner, "facilitator", line, "12:30")
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at("13:00"))
    person = next(one for one in found.people if one.person_id == "w1")
    assert (person.status, person.confirmed, person.reckoning.minutes) == ("booked", True, 210)
    assert asks(corner, "facilitator", line, "12:31").refused is Refused.ALREADY


def test_the_sheet_has_its_people_in_order_and_knows_what_was_typed_in(corner, half_day):
    corner.arrive("Łukasz", "08:25")
    enter(corner, half_day, arrived="08:27", left="12:00")
    sheet = asks(corner, "facilitator", SeeSheet(half_day), "12:35")
    assert [(line.name, line.from_paper) for line in sheet.lines] == [
        ("Zoé D.", False), ("Binta O.", True), ("Łukasz W.", False),
    ]  # fmt: skip
    assert sheet.half_day.id == half_day
    undo(corner, "facilitator", "12:36")
    assert not any(line.from_paper for line in asks(corner, "facilitator", SeeSheet(half_day), "12:37").lines)
