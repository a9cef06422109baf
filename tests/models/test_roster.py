"""State, lateness and minutes: derived from all events of the ledger, in whatever order they came."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.answers import Sitting
from models.connection import db_time
from models.half_days import overbooked
from models.ledger import LedgerEvent, presence, present_sql
from models.names import NAMELESS
from models.policy import Policy
from models.reckoning import reckon
from models.roster import rosters
from models.words import Event

START = datetime(2022, 11, 3, 7, 30, tzinfo=UTC)
MORNING = Sitting("h", "awareness", "charleroi", START, START + timedelta(hours=3.5), None)
"""Half past eight to noon in Charleroi."""


@pytest.fixture
def state(corner):
    """The state at a moment after events like ``"arrived 08:20"``; ``annulled 08:31 0`` names the first."""

    def state(*told, now="13:00"):
        events = []
        for number, one in enumerate(told):
            kind, when, *annuls = one.split()
            annulled = f"e{annuls[0]}" if annuls else None
            events.append(LedgerEvent(f"e{number}", kind, corner.at(when), annulled))
        return reckon(events, MORNING, Policy(), corner.at(now))

    return state


@pytest.mark.parametrize(
    ("events", "now", "expected", "minutes"),
    [
        ([], "08:00", "expected", 0),
        ([], "13:00", "expected", 0),
        (["arrived 08:20"], "08:21", "present", 0),
        (["arrived 08:20"], "09:00", "present", 30),
        (["arrived 08:45"], "12:00", "present", 195),
        (["arrived 08:45:59"], "12:00", "present", 195),
        (["arrived 08:46"], "12:00", "late", 194),
        (["arrived 09:12"], "13:00", "late", 168),
        (["arrived 08:20"], "13:00", "present", 210),
        (["arrived 08:20", "left 12:00"], "13:00", "left", 210),
        (["arrived 08:20", "left 12:30"], "13:00", "left", 210),
        (["arrived 08:20", "left 11:59:59"], "13:00", "left_early", 209),
        (["arrived 08:20", "left 08:25"], "13:00", "left_early", 0),
        (["arrived 09:12", "left 10:00"], "13:00", "left_early", 48),
        (["arrived 08:30", "left 09:30", "arrived 10:00"], "13:00", "present", 180),
        (["arrived 08:30", "left 09:30", "arrived 10:00", "left 12:00"], "13:00", "left", 180),
        (["arrived 08:30", "arrived 09:00"], "13:00", "present", 210),
        (["arrived 08:30", "left 10:00", "left 11:00"], "13:00", "left_early", 90),
        (["left 10:00"], "13:00", "expected", 0),
        (["excused 08:00"], "13:00", "excused", 0),
        (["absent 08:45"], "13:00", "absent", 0),
        (["absent 08:45", "excused 09:00"], "13:00", "excused", 0),
        (["excused 08:00", "arrived 08:30"], "13:00", "present", 210),
        (["arrived 08:30", "annulled 08:31 0"], "13:00", "expected", 0),
        (["arrived 08:30", "left 09:30", "annulled 09:31 1"], "13:00", "present", 210),
        (["arrived 08:30", "annulled 08:31 0", "arrived 09:12"], "13:00", "late", 168),
        (["absent 08:45", "annulled 08:50 0"], "13:00", "expected", 0),
        (["settled 12:10"], "13:00", "expected", 0),
        (["arrived 12:30"], "13:00", "late", 0),
    ],
)
def test_state_and_minutes(state, events, now, expected, minutes):
    found = state(*events, now=now)
    assert (found.state, found.minutes) == (expected, minutes)


def test_the_derivation_keeps_the_first_arrival_and_the_last_departure(state, corner):
    found = state("arrived 08:40", "left 09:30", "arrived 10:00", "left 11:15")
    assert (found.arrived_at, found.left_at) == (corner.at("08:40"), corner.at("11:15"))
    assert found.minutes == 50 + 75


minutes = st.integers(-120, 300) | st.sampled_from([0, 15, 16, 210])
moments = st.builds(timedelta, minutes=minutes, seconds=st.sampled_from([0, 0, 59])).map(lambda t: START + t)


@st.composite
def ledgers(draw):
    """Any events of one person on one half-day, some of which annul others."""
    return [
        LedgerEvent(
            f"e{number}",
            draw(st.sampled_from(Event)),
            draw(moments),
            draw(st.none() | st.sampled_from([f"e{other}" for other in range(9)])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


def derived(events, now):
    return reckon(events, MORNING, Policy(), now), presence(events)


some = settings(derandomize=True, deadline=None, max_examples=300)


@some
@given(ledgers(), moments, st.data())
def test_any_order_of_the_same_events_gives_the_same_state(events, now, data):
    assert derived(data.draw(st.permutations(events)), now) == derived(events, now)


@some
@given(ledgers(), moments, st.timedeltas(timedelta(0), timedelta(hours=5)))
def test_minutes_lie_inside_the_half_day_and_never_shrink_while_it_runs(events, now, later):
    found = reckon(events, MORNING, Policy(), now).minutes
    assert 0 <= found <= 210
    assert reckon(events, MORNING, Policy(), now + later).minutes >= found


@some
@given(ledgers(), moments)
def test_the_door_and_the_roster_agree_on_who_is_there(events, now):
    """One truth: whom the kiosk answers "already here" is present on the list, and nobody else."""
    state, there = derived(events, now)
    assert state.present == there.present
    assert (state.arrived_at, state.left_at) == (there.arrived_at, there.left_at)


@settings(some, max_examples=150)
@given(ledgers())
def test_the_places_and_the_list_agree_on_who_is_there(new_corner, events):
    """The condition that counts places is the derivation, in the database's words."""
    corner = new_corner()
    corner.conn.executemany(
        "insert into attendance_event (id, kiosk_id, participant_id, half_day_id, kind, at, stored_at, way,"
        " actor, annuls, person_id) values (?, 'k', 'p', 'h', ?, ?, '', 'card', 'sam', ?, 'p')",
        [(event.id, event.kind, db_time(event.at), event.annuls) for event in events],
    )
    row = f"select {present_sql('b')} from (select 'p' as participant_id, 'h' as half_day_id) b"
    assert corner.ask(row) == [(presence(events).present,)]
    corner.conn.close()


# ---- the list of a day


def lists(corner, on="2022-11-03", now="13:00"):
    return rosters(corner.conn, "charleroi", date.fromisoformat(on), corner.desk.policy, corner.at(now))


def test_the_list_of_a_day_names_people_by_first_name_and_initial(corner):
    """P-01: no family name leaves the rule."""
    corner.book("Tenzin", "Zoé", "Binta", booked_by="Mme Lecomte")
    corner.arrive("Zoé", "08:20")
    (one,) = lists(corner)
    assert [person.name for person in one.people] == ["Binta O.", "Tenzin", "Zoé D."]
    assert {person.booked_by for person in one.people} == {"Mme Lecomte"}
    assert [person.reckoning.state for person in one.people] == ["expected", "expected", "present"]


def test_half_days_come_in_the_order_of_the_clock_and_only_those_of_the_day_and_corner(corner):
    corner.book("Binta", start="13:00", room="1")
    corner.book("Binta", start="08:30", room="2")
    corner.book("Kofi", start="08:30", room="1", programme="job-search")
    corner.book("Zoé", start="10:00", place="mons")
    corner.book("Zoé", start="2022-11-02 23:59")
    corner.book("Zoé", start="2022-11-04 00:00")
    corner.book(start="17:00", status="cancelled")
    found = [(one.half_day.starts_at, one.half_day.room) for one in lists(corner)]
    assert found == [(corner.at("08:30"), "1"), (corner.at("08:30"), "2"), (corner.at("13:00"), "1")]


def test_a_cancelled_booking_is_on_the_list_only_where_the_person_came(corner):
    """Present stays present, and keeps the place."""
    corner.book("Binta", "Zoé")
    corner.arrive("Zoé", "08:20")
    corner.book("Binta", "Zoé", status="cancelled")
    (one,) = lists(corner)
    assert [(person.name, person.reckoning.state) for person in one.people] == [("Zoé D.", "present")]
    assert one.booked == 1


def test_a_cancelled_half_day_stays_on_the_list_where_somebody_came(corner):
    """What the ledger holds is never out of sight; the list says that it was cancelled."""
    corner.book("Binta", "Zoé")
    corner.book("Kofi", start="13:00")
    corner.arrive("Zoé", "08:20")
    corner.book(status="cancelled")
    corner.book(start="13:00", status="cancelled")
    (one,) = lists(corner)
    assert one.cancelled
    assert [(person.name, person.reckoning.minutes) for person in one.people] == [
        ("Binta O.", 0),
        ("Zoé D.", 210),
    ]
    corner.book(status="booked")
    assert [one.cancelled for one in lists(corner)] == [False]


def test_marks_of_the_list(corner):
    corner.book("Giuseppe", "Hoa", start="2022-09-20 08:30")
    corner.book("Binta", capacity=2)
    corner.book("Kofi", status="waiting")
    corner.arrive("Giuseppe", "08:20", join=True)
    corner.arrive("Hoa", "08:21", join=True)
    (one,) = lists(corner)
    assert {person.name: (person.walk_in, person.waiting) for person in one.people} == {
        "Binta O.": (False, False),
        "Giuseppe L.": (True, False),
        "Hoa N.": (True, True),
        "Kofi A.": (False, True),
    }
    assert (one.booked, one.capacity) == (2, 2)


@pytest.mark.parametrize("day", ["2022-10-30", "2023-03-26"])
def test_the_days_of_25_and_of_23_hours_hold_all_their_half_days(corner, day):
    corner.book("Binta", start=f"{day} 00:00")
    corner.book("Binta", start=f"{day} 23:30", programme="video-cv")
    assert len(lists(corner, day, now=f"{day} 12:00")) == 2
    (night, _) = lists(corner, day, now=f"{day} 12:00")
    assert night.half_day.ends_at - night.half_day.starts_at == timedelta(hours=3.5)


@pytest.mark.parametrize("night", ["2022-10-30 00:30", "2023-03-26 00:30"])
def test_three_and_a_half_hours_count_as_that_when_the_clock_changes(corner, night):
    corner.book("Binta", start=night)
    corner.arrive("Binta", night)
    (one,) = lists(corner, night[:10], now=f"{night[:10]} 12:00")
    assert one.people[0].reckoning.minutes == 210


def test_whoever_was_noted_without_any_booking_is_on_the_list(corner):
    """Noted on a kiosk that knew of a place, or of a person, that this one does not know (yet)."""
    half_day = corner.book("Binta", capacity=1)
    corner.book("Zoé", start="2022-11-04 08:30")
    corner.note("arrived", "Zoé", half_day, "08:20")
    corner.note("arrived", "Kofi", half_day, "08:25")
    corner.note(
        "annulled", "Hoa", half_day, "08:31", annuls=corner.note("absent", "Hoa", half_day, "08:30").id
    )
    (one,) = lists(corner)
    told = {(person.name, person.booking_id, person.reckoning.state) for person in one.people}
    assert {(name, state) for name, _, state in told} == {
        ("Binta O.", "expected"),
        ("Zoé D.", "present"),
        (NAMELESS, "present"),
    }
    assert [booking for name, booking, _ in told if not name.startswith("Binta")] == ["", ""]
    assert (one.booked, one.capacity) == (3, 1)
    (full,) = overbooked(corner.conn, "charleroi", corner.at("09:00"))
    assert (full.booked, full.capacity) == (3, 1)
