"""What is odd before a half-day is closed: each found, each settled, none asked twice."""

import json
from datetime import timedelta

import pytest
from closings import START, Team, histories, played
from colleagues import undo
from hypothesis import given, settings
from hypothesis import strategies as st

from models.equipment import Lend, OpenLoan, Return, add_piece
from models.exceptions import OPENS, REMEDIES, STANDS, Remedy, exceptions_of
from models.ledger import events_of, standing
from models.log import rows
from models.marking import Refused
from models.merging import Merge
from models.projections import project
from models.reckoning import Odd
from models.remedies import SettleExceptions
from models.roster import roster_of
from models.settling import open_exceptions
from models.walk_in import Guest, walk_in
from models.words import CORRECTIONS, EXCUSES, LOOKED_AT

some = settings(derandomize=True, deadline=None, max_examples=120)


@pytest.fixture
def team(corner):
    return Team(corner)


def settle(team, half_day, remedy, *exceptions, when="13:00", reason="told_later", **more):
    """Do the same about these exceptions."""
    cases = tuple(one.case for one in exceptions)
    return team.does(SettleExceptions(half_day, remedy, cases, reason, **more), when)


def guest(corner, name="Ana", when="08:40"):
    with corner.transaction():
        return walk_in(corner.conn, corner.desk, Guest(name, "jobseeker", "fr"), corner.at(when))


def states(corner, half_day, when="13:00"):
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))
    return {person.name: person.reckoning.state for person in found.people}


# ---- the list reaches zero


@some
@given(histories, st.data())
def test_whatever_is_decided_the_list_reaches_zero_and_the_half_day_is_closed(new_corner, history, data):
    """P-26: whichever remedy is taken of those that are offered, for one or for all, there is an end."""
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    now = START + timedelta(hours=5)
    review = team.review(half_day, now)
    if review is None:  # cancelled, and nobody came
        return
    for _ in range(40):
        review = team.review(half_day, now)
        if not review.exceptions:
            break
        chosen = data.draw(st.sampled_from(review.exceptions))
        remedy = data.draw(st.sampled_from([one for one in chosen.remedies if one not in OPENS]))
        alike = [one for one in review.exceptions if one.case.what is chosen.case.what]
        alike = [one for one in alike if remedy in one.remedies]
        cases = alike if data.draw(st.booleans()) else [chosen]
        moment = START + timedelta(minutes=data.draw(st.integers(0, 209)))
        reason = data.draw(st.sampled_from([word for word in CORRECTIONS if word in LOOKED_AT]))
        done = settle(
            team, half_day, remedy, *cases, when=now, reason=reason,
            excuse=data.draw(st.sampled_from(EXCUSES)), moment=moment,
        )  # fmt: skip
        assert done.people or (done.refused is Refused.WRONG_TIME and remedy is Remedy.LEFT_AT)
        now += timedelta(minutes=1)
    assert team.review(half_day, now).exceptions == ()
    assert team.settle(half_day, now).refused is None
    corner.conn.close()


@some
@given(histories, st.randoms())
def test_the_order_of_what_was_noted_does_not_matter(new_corner, history, random):
    """A ledger that came in any order shows the same exceptions."""
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    before = team.review(half_day)
    rows = corner.ask("select * from attendance_event")
    random.shuffle(rows)
    corner.conn.execute("delete from attendance_event")
    for row in rows:
        corner.conn.execute(f"insert into attendance_event values ({', '.join('?' * len(row))})", row)
    assert team.review(half_day) == before
    corner.conn.close()


@some
@given(histories)
def test_what_stands_is_not_asked_again_until_the_ledger_says_something_else(new_corner, history):
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    review = team.review(half_day)
    for one in review.exceptions if review else ():
        for remedy in set(one.remedies) & STANDS:
            settle(team, half_day, remedy, one)
    if review is None:
        return
    left = {one.case for one in team.review(half_day).exceptions}
    stood = [one for one in review.exceptions if set(one.remedies) & STANDS]
    assert not left & {one.case for one in stood}
    corner.conn.close()


# ---- what is odd


def test_a_half_day_without_anything_odd_has_an_empty_list(team, corner):
    half_day = corner.book("Binta", "Zoé", "Kofi")
    corner.arrive("Binta", "08:20")
    corner.note("left", "Binta", half_day, "12:00")
    corner.note("excused", "Zoé", half_day, "08:00", reason="work")
    corner.note("absent", "Kofi", half_day, "09:00")
    assert team.odd(half_day) == []


def test_nobody_marked_is_asked_for_and_a_waiting_person_is_not_expected(team, corner):
    half_day = corner.book("Binta")
    corner.book("Zoé", status="waiting")
    assert team.odd(half_day) == [("waiting", "Zoé D."), ("unmarked", "Binta O.")]


def test_a_departure_without_arrival_still_leaves_open_whether_somebody_came(team, corner):
    half_day = corner.book("Binta")
    corner.note("left", "Binta", half_day, "10:00")
    assert team.odd(half_day) == [("unmarked", "Binta O."), ("left_before_arrival", "Binta O.")]
    settle(team, half_day, Remedy.ABSENT, team.review(half_day).exceptions[0], reason="told_later")
    assert team.odd(half_day) == []


def test_each_kind_of_exception_is_found(team, corner):
    """A full half-day in which everything has happened, in the order in which a half-day goes."""
    half_day = corner.book("Binta", "Zoé", "Kofi", "Hoa", "Mehdi", "Oksana", capacity=5)
    corner.book("Heike", status="waiting", capacity=5)
    corner.note("arrived", "Binta", half_day, "08:20")
    corner.note("excused", "Binta", half_day, "08:00", reason="work")
    corner.note("arrived", "Kofi", half_day, "07:00", clock_sure=False)
    corner.note("left", "Kofi", half_day, "12:00")
    corner.note("left", "Hoa", half_day, "08:00")
    corner.note("arrived", "Hoa", half_day, "09:00")
    corner.note("left", "Hoa", half_day, "11:00")
    corner.note("left", "Hoa", half_day, "11:30")
    corner.note("arrived", "Mehdi", half_day, "08:30")
    corner.note("left", "Mehdi", half_day, "12:00")
    corner.book("Mehdi", status="cancelled", capacity=5)
    corner.note("absent", "Oksana", half_day, "09:00")
    corner.book("Joris", capacity=4)
    guest(corner)
    assert team.odd(half_day) == [
        ("waiting", "Heike S."),
        ("waiting", "Ana"),
        ("unmarked", "Joris P."),
        ("unmarked", "Zoé D."),
        ("cancelled", "Mehdi B."),
        ("arrived_and_excused", "Binta O."),
        ("outside", "Kofi A."),
        ("doubtful_clock", "Kofi A."),
        ("left_before_arrival", "Hoa N."),
        ("left_twice", "Hoa N."),
        ("no_departure", "Binta O."),
        ("overbooked", ""),
    ]


def test_every_word_for_something_odd_has_its_remedies(corner):
    assert set(REMEDIES) == set(Odd)
    assert all(REMEDIES.values())


def test_what_is_still_out_is_asked_for_by_the_name_of_the_piece(team, corner):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at("13:00"))
    since = corner.at("09:00")
    loans = (
        OpenLoan("e3", "Tablette 3", corner.person("Binta"), "Binta O.", since, half_day),
        OpenLoan("e9", "Caméra", "", "", since, half_day),
    )
    both = exceptions_of(found, (), loans)
    assert [(one.case.what, one.name, one.holder) for one in both] == [
        (Odd.EQUIPMENT_OUT, "Tablette 3", "Binta O."),
        (Odd.EQUIPMENT_OUT, "Caméra", ""),
    ]
    assert exceptions_of(found, {both[0].case}, loans) == both[1:]


def test_a_piece_that_came_back_and_went_out_again_is_asked_for_again(team, corner):
    """What was let stand is that loan, not whatever becomes of the piece."""
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    with corner.transaction():
        tablet = add_piece(corner.conn, corner.author(), "charleroi", "tablet").id
    team.does(Lend(tablet, corner.person("Binta"), half_day), "09:00")
    settle(team, half_day, Remedy.SEEN, *team.review(half_day).exceptions)
    assert team.odd(half_day) == []
    team.does(Return(tablet), "13:01")
    team.does(Lend(tablet, corner.person("Binta"), half_day), "13:02")
    assert team.odd(half_day) == [("equipment_out", "Tablette 1")]


def test_a_cancelled_half_day_asks_only_about_those_who_came(team, corner):
    half_day = corner.book("Binta", "Zoé")
    corner.arrive("Zoé", "08:20")
    corner.note("left", "Zoé", half_day, "09:00")
    corner.book(status="cancelled")
    assert team.odd(half_day) == [("cancelled", "Zoé D.")]


def test_somebody_whose_place_was_given_away_and_who_then_came_is_seen_with_the_places(team, corner):
    """Both facts stay visible: two people came for one place, and nobody is dropped."""
    half_day = corner.book("Binta", capacity=1)
    guest(corner, when="08:46")
    waiting = team.review(half_day, "09:00").exceptions[0]
    settle(team, half_day, Remedy.GIVE_PLACE, waiting, when="09:00")
    corner.arrive("Binta", "09:10")
    assert ("overbooked", "") in team.odd(half_day)


# ---- what the remedies do


def test_eight_forgotten_departures_are_one_decision(team, corner):
    names = ("Binta", "Zoé", "Kofi", "Hoa", "Mehdi", "Oksana", "Heike", "Joris")
    half_day = corner.book(*names)
    for name in names:
        corner.arrive(name, "08:20")
    review = team.review(half_day)
    assert [one.case.what for one in review.exceptions] == [Odd.NO_DEPARTURE] * 8
    assert len(settle(team, half_day, Remedy.UNTIL_END, *review.exceptions).people) == 8
    review = team.review(half_day)
    assert review.exceptions == ()
    assert (review.figures.unknown, review.figures.minutes) == (8, 8 * 210)


def test_one_departure_for_all_is_taken_back_in_one(team, corner):
    """The act of a remedy is an act like any other."""
    half_day = corner.book("Binta", "Zoé")
    corner.arrive("Binta", "08:20")
    corner.arrive("Zoé", "08:25")
    settle(team, half_day, Remedy.LEFT_AT, *team.review(half_day).exceptions, moment=corner.at("11:00"))
    assert states(corner, half_day) == {"Binta O.": "left_early", "Zoé D.": "left_early"}
    undo(corner, team.id, "13:01")
    assert states(corner, half_day) == {"Binta O.": "present", "Zoé D.": "present"}


def test_a_departure_before_the_last_arrival_is_refused(team, corner):
    """It would leave the question as open as it was."""
    half_day = corner.book("Binta")
    for kind, when in (("arrived", "08:30"), ("left", "09:30"), ("arrived", "10:00:40")):
        corner.note(kind, "Binta", half_day, when)
    (one,) = team.review(half_day).exceptions
    refused = settle(team, half_day, Remedy.LEFT_AT, one, moment=corner.at("09:45"))
    assert (refused.refused, refused.people) == (Refused.WRONG_TIME, ())
    assert settle(team, half_day, Remedy.LEFT_AT, one, moment=corner.at("10:00")).refused is None
    assert team.odd(half_day) == []


def test_of_somebody_who_came_and_was_excused_one_of_the_two_is_kept(team, corner):
    """P-26: what does not count any more is annulled with a reason; both stay in the ledger."""
    half_day = corner.book("Binta", "Zoé")
    for name in ("Binta", "Zoé"):
        corner.note("excused", name, half_day, "08:00", reason="work")
        corner.arrive(name, "08:20")
        corner.note("left", name, half_day, "12:00")
    for_binta, for_zoe = team.review(half_day).exceptions
    settle(team, half_day, Remedy.KEEP_PRESENCE, for_binta)
    settle(team, half_day, Remedy.KEEP_EXCUSE, for_zoe, reason="wrong_person")
    assert states(corner, half_day) == {"Binta O.": "left", "Zoé D.": "excused"}
    assert corner.ask("select distinct reason from attendance_event where kind = 'annulled'") == [
        ("told_later",),
        ("wrong_person",),
    ]
    assert len(events_of(corner.conn, half_day, corner.person("Zoé"))) == 5
    undo(corner, team.id, "13:01")
    assert states(corner, half_day)["Zoé D."] == "left"


def test_a_walk_in_may_stay_without_a_file_and_is_then_confirmed(team, corner):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    guest(corner)
    one, _ = team.review(half_day).exceptions
    assert one.remedies == (Remedy.STAYS, Remedy.MERGE, Remedy.TAKE_OFF)
    settle(team, half_day, Remedy.STAYS, one)
    assert team.odd(half_day) == [("no_departure", "Ana")]
    settle(team, half_day, Remedy.LEFT_AT, *team.review(half_day).exceptions, moment=corner.at("12:00"))
    assert team.odd(half_day) == []
    assert corner.ask("select confirmed_at is not null from booking where source = 'walk_in'") == [(1,)]


def test_a_known_person_without_a_booking_is_only_to_be_confirmed(team, corner):
    half_day = corner.book("Binta")
    corner.book("Zoé", start="2022-11-10 08:30")
    corner.note("absent", "Binta", half_day, "09:00")
    corner.arrive("Zoé", "08:40", join=True)
    one, _ = team.review(half_day).exceptions
    assert (one.case.what, one.remedies) == (Odd.NO_FILE, (Remedy.STAYS, Remedy.TAKE_OFF))


def test_a_walk_in_that_is_taken_off_the_list_is_in_no_figure(team, corner):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    guest(corner)
    settle(team, half_day, Remedy.TAKE_OFF, team.review(half_day).exceptions[0], reason="wrong_key")
    review = team.review(half_day)
    assert (review.exceptions, review.figures.came, len(review.figures.people)) == ((), 0, 1)


def bookings(corner, name):
    return corner.ask("select status from booking where participant_id = ?", corner.person(name))


def test_who_was_taken_off_the_list_is_put_back_with_their_place(team, corner):
    """One touch, taken back in one: the presence and the place."""
    half_day = corner.book("Binta")
    corner.book("Zoé", start="2022-11-10 08:30")
    corner.note("absent", "Binta", half_day, "09:00")
    corner.arrive("Zoé", "08:40", join=True)
    corner.note("left", "Zoé", half_day, "12:00")
    settle(team, half_day, Remedy.TAKE_OFF, team.review(half_day).exceptions[0], reason="wrong_person")
    assert sorted(bookings(corner, "Zoé")) == [("booked",), ("cancelled",)]
    assert undo(corner, team.id, "13:01") is not None
    assert bookings(corner, "Zoé") == [("booked",), ("booked",)]
    assert states(corner, half_day)["Zoé D."] == "left"


def test_why_somebody_who_waited_was_taken_off_is_kept(team, corner):
    """P-26: a reason that is asked for is written, though there is no event to annul."""
    half_day = corner.book("Binta")
    corner.book("Zoé", status="waiting")
    waiting = team.review(half_day).exceptions[0]
    settle(team, half_day, Remedy.TAKE_OFF, waiting, reason="told_later")
    assert corner.ask("select person_id, what, reason from exception_settled") == [
        (corner.person("Zoé"), "waiting", "told_later")
    ]
    corner.conn.execute(
        "update booking set status = 'waiting' where participant_id = ?", (waiting.case.person_id,)
    )
    assert ("waiting", "Zoé D.") in team.odd(half_day), "who waits once more is asked about once more"


def test_why_a_place_was_given_after_the_signature_is_kept(team, corner):
    """P-26."""
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    assert team.settle(half_day).refused is None
    corner.book("Zoé", status="waiting")
    settle(team, half_day, Remedy.GIVE_PLACE, team.review(half_day).exceptions[0], reason="from_paper")
    assert corner.ask("select what, reason from exception_settled") == [("waiting", "from_paper")]


def test_what_changed_meanwhile_is_not_settled(team, corner):
    """A colleague has noted the departure while this one was still reading."""
    half_day = corner.book("Binta", "Zoé")
    corner.arrive("Binta", "08:20")
    corner.arrive("Zoé", "08:20")
    shown = team.review(half_day).exceptions
    corner.note("left", "Binta", half_day, "11:00")
    done = settle(team, half_day, Remedy.UNTIL_END, *shown)
    assert (done.refused, done.people) == (Refused.GONE, (corner.person("Zoé"),))
    assert states(corner, half_day)["Binta O."] == "left_early"


@pytest.mark.parametrize("reason", [None, "", "because", "work"])
def test_nothing_stands_without_a_reason_of_the_list(team, corner, reason):
    """P-26."""
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:20")
    before = corner.log()
    done = settle(team, half_day, Remedy.UNTIL_END, *team.review(half_day).exceptions, reason=reason)
    assert (done.refused, corner.log()) == (Refused.NEEDS_REASON, before)


def test_a_remedy_that_was_not_offered_does_nothing(team, corner):
    half_day = corner.book("Binta")
    before = corner.log()
    done = settle(team, half_day, Remedy.UNTIL_END, *team.review(half_day).exceptions)
    assert (done.refused, corner.log()) == (Refused.GONE, before)


def test_what_stands_is_asked_again_when_the_ledger_says_something_else(team, corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:20")
    settle(team, half_day, Remedy.UNTIL_END, *team.review(half_day).exceptions)
    assert team.odd(half_day) == []
    corner.note("arrived", "Binta", half_day, "08:40")
    assert team.odd(half_day) == [("no_departure", "Binta O.")]


def test_what_stands_of_a_walk_in_stands_of_the_person_they_turned_out_to_be(team, corner):
    """To find somebody again asks nothing twice; what the two have together is new."""
    half_day = corner.book("Binta", "Kofi")
    ana = guest(corner).person.id
    bea = guest(corner, "Béa", "08:50").person.id
    corner.arrive("Kofi", "09:00")
    odd = {(one.case.what, one.name): one for one in team.review(half_day).exceptions}
    settle(team, half_day, Remedy.UNTIL_END, odd[Odd.NO_DEPARTURE, "Ana"])
    settle(team, half_day, Remedy.UNTIL_END, odd[Odd.NO_DEPARTURE, "Béa"])
    settle(team, half_day, Remedy.UNTIL_END, odd[Odd.NO_DEPARTURE, "Kofi A."])
    for walk_in_id, name in ((ana, "Binta"), (bea, "Kofi")):
        assert team.does(Merge(half_day, walk_in_id, corner.person(name))) is None
    assert team.odd(half_day) == [("no_departure", "Kofi A.")]


def test_what_one_kiosk_has_settled_is_gone_on_the_other(new_corner, team, corner):
    """Rows of one log in the other: the same questions are closed, whoever closed them."""
    half_day = corner.book("Binta", "Zoé")
    corner.arrive("Binta", "08:20")
    settle(team, half_day, Remedy.UNTIL_END, team.review(half_day).exceptions[1])
    other = new_corner()
    known = {row.id for _, row in rows(other.conn)}
    for row in (row for _, row in rows(corner.conn) if row.id not in known):
        project(other.conn, row, json.loads(row.body))
    found = roster_of(other.conn, half_day, other.desk.policy, other.at("13:00"))
    assert [one.case.what for one in open_exceptions(other.conn, found, other.at("13:00"))] == [Odd.UNMARKED]


def test_the_seen_names_exactly_the_events(corner):
    """One event more and another less is not the same, though it be as many and the last is the same."""
    half_day = corner.book("Binta")
    first = corner.note("arrived", "Binta", half_day, "08:20")
    corner.note("arrived", "Binta", half_day, "08:40")

    def seen():
        found = roster_of(corner.conn, half_day, corner.desk.policy, corner.at("13:00"))
        return found.people[0].reckoning.seen

    before = seen()
    corner.conn.execute("update attendance_event set id = ? where id = ?", ("0" * 32, first.id))
    assert len(standing(events_of(corner.conn, half_day, corner.person("Binta")))) == 2
    assert seen() != before
