"""A walk-in who turns out to be a known person: counted once, in any order, and taken back whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from team_desk import ask, come

from models.arrival import Wish, arrive
from models.codes import Form
from models.connection import body_time
from models.half_days import open_now
from models.help import ASKED, call_help, open_calls
from models.ids import named_id
from models.issuing import issue
from models.ledger import LedgerEvent, events_of
from models.log import record
from models.merging import Merge, NotMerged, Separate
from models.names import find_names
from models.policy import Policy
from models.projections import rebuild
from models.reckoning import reckon
from models.registers import set_fields
from models.requests import NotAllowed
from models.roster import roster_of
from models.team_list import team_list
from models.walk_in import walk_ins
from models.words import Answer, Role, Way

KNOWN = "Zoé"
MINUTES = [f"{at // 60:02}:{at % 60:02}" for at in range(8 * 60, 12 * 60 + 30, 15)]


def merge(corner, half_day, walk_in_id, known=KNOWN, when="09:00", reason="told_later"):
    return ask(corner, Merge(half_day, walk_in_id, corner.person(known), reason), when)


def note(corner, kind, person, half_day, when, **more):
    """Write an event of anybody, noted when it happened; returns its id."""
    stamp = body_time(corner.at(when))
    body = {"participant": person, "half_day": half_day, "at": stamp, "stored": stamp}
    body |= {"way": Way.FACILITATOR, **more}
    with corner.transaction():
        author = corner.author(when, "sam")
        return record(corner.conn, author, f"attendance.{kind}", "attendance", half_day, body).id


def set_booking(corner, person, half_day, status, **more):
    with corner.transaction():
        booking = named_id("booking", person, half_day)
        new = not corner.ask("select 1 from booking where id = ?", booking)
        values = {"participant_id": person, "half_day_id": half_day, "status": status, **more}
        set_fields(corner.conn, corner.author("08:00"), "booking", booking, values, new=new)


def left(corner, when="09:00"):
    """Places left in what is open."""
    found = open_now(corner.conn, "charleroi", "", corner.desk.policy.doors, corner.at(when))
    return [(sitting.id, places) for sitting, places in found]


def line_of(corner, half_day, name=KNOWN, when="12:30"):
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
    lines = [one for one in found.people if one.person_id == corner.person(name)]
    assert len(lines) == 1
    return lines[0]


def state(corner):
    """What is true of bookings, people and events, whatever the log says of how it came about."""
    return (
        corner.ask("select id, status, asked_at from booking where status <> 'cancelled' order by id"),
        corner.ask("select * from participant order by id"),
        corner.ask("select id, person_id, kind from attendance_event order by id"),
    )


moves = st.lists(st.tuples(st.sampled_from(["arrived", "left"]), st.sampled_from(MINUTES)), max_size=5)
quick = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)


# ---- properties


@quick
@given(moves, moves, st.sampled_from([None, "booked", "waiting", "cancelled"]), st.booleans())
def test_hours_count_once_and_places_too(new_corner, theirs, ours, status, annuls):
    """The minutes are those of the union of the events; a place is freed only where both held one."""
    corner = new_corner()
    try:
        half_day = corner.book("Hoa", "Kofi")
        known = corner.person(KNOWN)
        corner.book(KNOWN, start="2022-11-20 08:30")
        if status:
            set_booking(corner, known, half_day, status)
        guest = come(corner)
        before_moves = [note(corner, kind, guest, half_day, at) for kind, at in theirs]
        for kind, at in ours:
            if status:
                note(corner, kind, known, half_day, at)
        if annuls and before_moves:
            note(corner, "annulled", guest, half_day, "12:20", annuls=before_moves[0])
        both = events_of(corner.conn, half_day, guest) + events_of(corner.conn, half_day, known)
        found = roster_of(corner.conn, half_day, Policy(), corner.at("12:30"))
        union = reckon(both, found.half_day, Policy(), corner.at("12:30"))
        held = [one.takes_a_place for one in found.people if one.person_id in (guest, known)]
        places = left(corner)

        assert merge(corner, half_day, guest, when="12:25") is None

        line = line_of(corner, half_day)
        assert (line.reckoning.minutes, line.reckoning.parts) == (union.minutes, union.parts)
        assert line.reckoning.minutes <= 210
        freed = 1 if held.count(True) == 2 else 0
        assert left(corner) == [(half_day, places[0][1] + freed)]
        assert guest not in [one.person_id for one in roster_of(
            corner.conn, half_day, Policy(), corner.at("12:30")).people]  # fmt: skip
        assert corner.flaws() == []
    finally:
        corner.conn.close()


@quick
@given(moves, st.sampled_from([None, "booked", "waiting", "cancelled"]), st.booleans())
def test_to_separate_gives_back_what_was_before(new_corner, theirs, status, full):
    corner = new_corner()
    try:
        half_day = corner.book("Hoa", capacity=1 if full else 8)
        corner.book(KNOWN, start="2022-11-20 08:30")
        if status:
            set_booking(
                corner, corner.person(KNOWN), half_day, status, asked_at=body_time(corner.at("08:10"))
            )
        guest = come(corner)
        for kind, at in theirs:
            note(corner, kind, guest, half_day, at)
        before, places = state(corner), left(corner)
        assert merge(corner, half_day, guest) is None
        assert state(corner) != before
        assert ask(corner, Separate(guest, "wrong_person"), "09:30") is None
        assert state(corner) == before
        assert left(corner) == places
        assert corner.flaws() == []
    finally:
        corner.conn.close()


noted = st.lists(
    st.tuples(st.sampled_from(MINUTES), st.sampled_from(["arrived", "left"]), st.booleans()),
    max_size=6,
    unique_by=lambda one: one[0],
)


@quick
@given(noted, st.randoms(use_true_random=False))
def test_any_order_of_merge_and_events_gives_the_same(new_corner, events, random):
    """What another kiosk noted of the walk-in may come before the merge or after it; so may a replay."""

    def played(steps):
        corner = new_corner()
        half_day = corner.book("Hoa")
        corner.book(KNOWN, start="2022-11-20 08:30")
        guest = come(corner, when="07:50")
        for step in steps:
            if step is None:
                assert merge(corner, half_day, guest) is None
            else:
                at, kind, of_guest = step
                note(corner, kind, guest if of_guest else corner.person(KNOWN), half_day, at)
        line = line_of(corner, half_day)
        shown = corner.projections()
        with corner.transaction():
            rebuild(corner.conn)
        assert corner.projections() == shown
        corner.conn.close()
        reckoning = line.reckoning
        return line.status, reckoning.state, reckoning.minutes, reckoning.parts, reckoning.odd

    steps = [*events, None]
    random.shuffle(steps)
    assert played(steps) == played([None, *events]) == played([*events, None])


# ---- what is true after a merge


def test_the_place_is_handed_over_with_its_times(corner):
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    found = corner.ask(
        "select source, status, asked_at, confirmed_at from booking where id = ?",
        named_id("booking", corner.person(KNOWN), half_day),
    )
    assert found == [("walk_in", "booked", "2022-11-03 07:20:00.000000", None)]
    assert line_of(corner, half_day).walk_in


def test_a_place_of_their_own_stays_as_it_was(corner):
    """Who booked it and when is not changed by somebody who came without."""
    half_day = corner.book("Hoa", KNOWN)
    guest = come(corner)
    own = "select * from booking where id = ?"
    booking = named_id("booking", corner.person(KNOWN), half_day)
    before = corner.ask(own, booking)
    merge(corner, half_day, guest)
    assert corner.ask(own, booking) == before
    assert left(corner) == [(half_day, 6)]


def test_the_earlier_of_two_turns_stands(corner):
    half_day = corner.book("Hoa", capacity=1)
    corner.book(KNOWN, start="2022-11-20 08:30")
    set_booking(corner, corner.person(KNOWN), half_day, "waiting", asked_at=body_time(corner.at("08:40")))
    guest = come(corner, when="08:20")
    merge(corner, half_day, guest)
    (line,) = walk_ins(corner.conn, "charleroi", corner.at("09:00"))
    assert (line.participant_id, line.asked_at) == (corner.person(KNOWN), corner.at("08:20"))


def test_a_card_of_the_walk_in_is_revoked_and_one_of_another_kiosk_is_the_known_persons(corner):
    """P-10, P-24: refused at once, with a row of its own; what comes later belongs to the known person."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    with corner.transaction():
        (card,) = issue(corner.conn, corner.author("08:30"), corner.desk.key, Form.CARD, [guest])
    merge(corner, half_day, guest)
    assert corner.show(card.letters, "09:05").answer == Answer.UNKNOWN
    with corner.transaction():
        (late,) = issue(corner.conn, corner.author("08:30"), corner.desk.key, Form.CARD, [guest])
    outcome = corner.show(late.letters, "09:06")
    assert (outcome.answer, outcome.person.id) == (Answer.ALREADY_HERE, corner.person(KNOWN))


def test_a_name_confirmed_late_is_the_known_persons(corner):
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    with corner.transaction():
        outcome = arrive(corner.conn, corner.desk, guest, Way.NAME, corner.at("09:10"), Wish())
    assert (outcome.answer, outcome.person.name) == (Answer.ALREADY_HERE, "Zoé D.")


def test_a_booking_that_another_kiosk_gave_meanwhile_counts_nothing(corner):
    """It was cut off and gave the walk-in a place again: nobody is offered or counted twice."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    places = left(corner)
    set_booking(corner, guest, half_day, "booked", source="walk_in")
    assert left(corner) == places
    note(
        corner,
        "annulled",
        guest,
        half_day,
        "09:00",
        annuls=corner.ask("select id from attendance_event")[0][0],
    )
    found = find_names(corner.conn, "charleroi", Policy(), "Z", corner.at("09:05"))
    assert [name.people for name in found.names] == [(corner.person(KNOWN),)]
    waiting = [one.participant_id for one in walk_ins(corner.conn, "charleroi", corner.at("09:05"))]
    assert waiting == [corner.person(KNOWN)]


def test_a_call_for_help_stays_open_under_the_known_name(corner):
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    with corner.transaction():
        call_help(corner.conn, corner.author("08:50", "participant"), ASKED, "name", [guest])
    merge(corner, half_day, guest)
    assert len(open_calls(corner.conn, corner.at("09:00"))) == 1
    assert "Zoé D." in [line.name for line in team_list(corner.conn, "charleroi", corner.at("09:00"))]


def test_what_was_annulled_meanwhile_stays_annulled(corner):
    """A correction made while they were one is one of that event, whoever it belongs to."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    (arrival,) = corner.ask("select id from attendance_event where kind = 'arrived'")[0]
    note(corner, "annulled", corner.person(KNOWN), half_day, "09:10", annuls=arrival)
    ask(corner, Separate(guest, "wrong_person"), "09:30")
    events = [LedgerEvent(e.id, e.kind, e.at, e.annuls) for e in events_of(corner.conn, half_day, guest)]
    assert arrival in [event.annuls for event in events]


def test_both_leave_a_trace_with_who_and_why(corner):
    """P-24: one row for the merge and one for its end, each with a reason."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    ask(corner, Separate(guest, "wrong_person"), "09:30")
    rows = corner.ask(
        "select kind, actor, entity_id, json_extract(body, '$.reason') from change"
        " where kind in ('participant.merged', 'participant.separated') order by n"
    )
    assert rows == [
        ("participant.merged", "facilitator", guest, "told_later"),
        ("participant.separated", "facilitator", guest, "wrong_person"),
    ]


def test_merged_separated_and_merged_again_is_merged(corner):
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    once = state(corner)
    ask(corner, Separate(guest, "wrong_person"), "09:30")
    assert merge(corner, half_day, guest, when="09:40") is None
    assert state(corner) == once


def test_what_the_office_has_booked_since_stays_booked(corner):
    """Two people again: the known one keeps the place that the office gave them meanwhile."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, start="2022-11-20 08:30")
    guest = come(corner)
    merge(corner, half_day, guest)
    corner.book(KNOWN, source="counsellor", status="booked")
    ask(corner, Separate(guest, "wrong_person"), "09:30")
    assert line_of(corner, half_day).status == "booked"
    assert left(corner) == [(half_day, 5)]


def test_a_booking_that_was_cancelled_stays_the_counsellors(corner):
    """Who came all the same has the place again, and whoever booked it has still done so."""
    half_day = corner.book("Hoa")
    corner.book(KNOWN, status="cancelled", source="counsellor", booked_by="Luc")
    guest = come(corner)
    merge(corner, half_day, guest)
    line = line_of(corner, half_day)
    assert (line.status, line.source, line.booked_by) == ("booked", "counsellor", "Luc")


# ---- what is refused


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TECHNICIAN])
def test_who_may_not_merges_nobody(corner, role):
    """P-19."""
    half_day = corner.book("Hoa", KNOWN)
    guest = come(corner)
    for request in (Merge(half_day, guest, corner.person(KNOWN)), Separate(guest, "wrong_person")):
        with pytest.raises(NotAllowed):
            ask(corner, request, role=role)


def test_a_half_day_out_of_reach_is_not_merged_in(corner):
    """P-20."""
    far = corner.book("Hoa", start="2022-11-08 08:30")
    corner.book("Hoa", KNOWN)
    guest = come(corner)
    with pytest.raises(NotAllowed):
        merge(corner, far, guest)
    near = corner.book("Hoa", start="2022-11-04 08:30")
    assert merge(corner, near, guest) == NotMerged.NOT_A_WALK_IN


def test_what_makes_no_sense_is_refused_and_changes_nothing(corner):
    half_day = corner.book("Hoa", KNOWN)
    guest, other = come(corner), come(corner, "Ama", "08:21")
    known, hoa = corner.person(KNOWN), corner.person("Hoa")
    ask(corner, Separate(guest, "wrong_person"))
    before = corner.log()
    for walked_in, whom, why in (
        (known, known, NotMerged.SAME),
        (guest, guest, NotMerged.SAME),
        (hoa, known, NotMerged.NOT_A_WALK_IN),
        ("0" * 32, known, NotMerged.NOT_A_WALK_IN),
        (guest, other, NotMerged.NOT_KNOWN),
        (guest, "0" * 32, NotMerged.NOT_KNOWN),
    ):
        assert ask(corner, Merge(half_day, walked_in, whom)) == why
    assert ask(corner, Merge(half_day, guest, known, "because")) == NotMerged.NEEDS_REASON
    assert ask(corner, Separate(guest, "wrong_person")) == NotMerged.NOT_YET
    assert corner.log() == before
    assert ask(corner, Merge(half_day, guest, known)) is None
    assert ask(corner, Merge(half_day, guest, known)) == NotMerged.SAME
    assert ask(corner, Merge(half_day, guest, hoa)) == NotMerged.MERGED
    assert ask(corner, Merge(half_day, other, guest)) == NotMerged.MERGED
    assert ask(corner, Separate(guest, "because")) == NotMerged.NEEDS_REASON
