"""Closing a half-day: figures that somebody stands for, and corrections that stay beside them."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from closings import NAMES, START, Team, histories, noted, played
from colleagues import undo
from hypothesis import given, settings
from hypothesis import strategies as st

from models.connection import body_time
from models.exceptions import OPENS, Remedy
from models.figures import Standing, figures_of, hash_of
from models.log import record
from models.marking import Mark, MarkPerson, Refused
from models.merging import Merge
from models.policy import Policy
from models.projections import rebuild
from models.remedies import SettleExceptions
from models.requests import NotAllowed
from models.roster import roster_of
from models.settling import Hindrance, Settle, closings_of
from models.unsettled import UnsettledHalfDays
from models.walk_in import Guest, walk_in
from models.words import Event

some = settings(derandomize=True, deadline=None, max_examples=100)

AFTER = START + timedelta(hours=5)

FULL = '{"capacity":8,"booked":1,"walk_ins":0,"came":0,"excused":0,"absent":1,"unknown":0,"minutes":0,%s}'


def signed_elsewhere(corner, half_day, figures, when="12:05"):
    """A settlement as another version of the program writes it."""
    body = {"half_day": half_day, "at": body_time(corner.at(when)), "figures": figures}
    body["hash"] = hash_of(figures)
    with corner.transaction():
        author = corner.author(when, "sam")
        record(corner.conn, author, "attendance.settled", "attendance", half_day, body)


@pytest.fixture
def team(corner):
    return Team(corner)


def roster(corner, half_day, when="13:00"):
    return roster_of(corner.conn, half_day, corner.desk.policy, corner.at(when))


def cleared(team, half_day, when=AFTER):
    """Settle whatever is odd with the first remedy that is at hand."""
    while (review := team.review(half_day, when)) and review.exceptions:
        one = review.exceptions[0]
        remedy = next(remedy for remedy in one.remedies if remedy not in OPENS)
        team.does(SettleExceptions(half_day, remedy, (one.case,), "other", "other"), when)
    return review


@pytest.fixture
def closed(team, corner):
    """A half-day with one who came, one who was excused and one who did not come, closed at 12:05."""
    half_day = corner.book("Binta", "Zoé", "Kofi")
    corner.arrive("Binta", "08:20")
    corner.note("left", "Binta", half_day, "12:00")
    corner.note("excused", "Zoé", half_day, "08:00", reason="work")
    corner.note("absent", "Kofi", half_day, "09:00")
    assert team.settle(half_day, "12:05").refused is None
    return half_day


# ---- properties


@some
@given(histories)
def test_figures_are_sums_over_the_people_of_the_roster(new_corner, history):
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    if cleared(team, half_day) is None:
        return
    found = roster(corner, half_day, AFTER)
    figures = figures_of(found)
    people = {one["id"]: one for one in figures.people}
    assert list(people) == sorted(people)
    assert figures.came + figures.excused + figures.absent == len(people)
    assert figures.minutes == sum(one["minutes"] for one in people.values())
    assert figures.minutes == sum(one.reckoning.minutes for one in found.people)
    assert figures.came == sum(one.reckoning.arrived_at is not None for one in found.people)
    assert figures.unknown == sum(one["arrived"] is not None and not one["left"] for one in people.values())
    assert all(0 <= one["minutes"] <= 210 for one in people.values())
    assert json.loads(figures.text)["people"] == list(figures.people)
    corner.conn.close()


@some
@given(histories, st.randoms())
def test_the_order_in_which_rows_came_changes_neither_figures_nor_hash(new_corner, history, random):
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    if cleared(team, half_day) is None:
        return
    before = figures_of(roster(corner, half_day, AFTER))
    for table in ("attendance_event", "booking", "participant"):
        rows = corner.ask(f"select * from {table}")
        random.shuffle(rows)
        corner.conn.execute(f"delete from {table}")
        for row in rows:
            corner.conn.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)
    assert figures_of(roster(corner, half_day, AFTER)).text == before.text
    corner.conn.close()


@some
@given(histories, st.lists(noted, min_size=1, max_size=3))
def test_whatever_comes_after_the_signature_is_shown_with_what_was_signed(new_corner, history, later):
    """P-26: the old figure stays readable, the new one stands beside it, and it can be closed again."""
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    if cleared(team, half_day) is None:
        return
    signed = team.settle(half_day, AFTER).hash
    before = {one["id"]: one for one in figures_of(roster(corner, half_day, AFTER)).people}
    for kind, name, moment, sure, _ in later:
        if kind is Event.ANNULLED:
            stands = corner.ask("select id from attendance_event where person_id = ?", corner.person(name))
            more = {"annuls": stands[0][0]} if stands else {}
        else:
            more = {} if sure else {"clock_sure": False}
        corner.note(kind, name, half_day, moment, **more)
    after = {one["id"]: one for one in figures_of(roster(corner, half_day, AFTER)).people}
    review = team.review(half_day, AFTER)
    differing = {person for person in before.keys() | after.keys() if before.get(person) != after.get(person)}
    assert {one.person_id for one in review.corrections} == differing
    for one in review.corrections:
        assert (one.before == Standing()) == (one.person_id not in before)
        assert one.before.minutes == before.get(one.person_id, {"minutes": 0})["minutes"]
        assert one.after.minutes == after.get(one.person_id, {"minutes": 0})["minutes"]
    cleared(team, half_day)
    again = team.settle(half_day, AFTER + timedelta(minutes=1))
    changed = figures_of(roster(corner, half_day, AFTER)).hash != signed
    assert again.refused is (None if changed else Hindrance.ALREADY)
    closings = closings_of(corner.conn, half_day)
    assert [one.hash for one in closings] == [signed, again.hash][: 1 + changed]
    assert all(one.figures.hash == one.hash for one in closings)
    assert team.review(half_day, AFTER + timedelta(minutes=1)).corrections == ()
    corner.conn.close()


@settings(some, max_examples=40)
@given(histories)
def test_everything_about_a_closing_can_be_made_anew_from_the_log(new_corner, history):
    corner = new_corner()
    team = Team(corner)
    half_day = played(corner, history)
    corner.conn.execute("update staff_member set role = 'staff'")
    before_roles = corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    assert corner.projections() == before_roles
    team = Team(corner)
    if cleared(team, half_day) is None:
        return
    team.settle(half_day, AFTER)
    review, tables = team.review(half_day, AFTER), corner.projections()
    with corner.transaction():
        rebuild(corner.conn)
    for table in ("settlement", "exception_settled", "attendance_event", "booking"):
        assert corner.projections()[table] == tables[table]
    Team(corner)
    assert team.review(half_day, AFTER) == review
    corner.conn.close()


# ---- signing


def test_the_figures_and_their_hash_are_in_the_log(team, corner, closed):
    ((body, subject),) = corner.ask("select body, subject from change where kind = 'attendance.settled'")
    told = json.loads(body)
    assert told["hash"] == sha256(told["figures"].encode()).hexdigest()
    figures = json.loads(told["figures"])
    people = figures.pop("people")
    assert figures == {
        "capacity": 8,
        "booked": 3,
        "walk_ins": 0,
        "came": 1,
        "excused": 1,
        "absent": 1,
        "unknown": 0,
        "minutes": 210,
    }
    assert {one["state"] for one in people} == {"left", "excused", "absent"}
    assert subject is None
    assert not any(name in body for name in NAMES)


def test_it_is_closed_by_whoever_signed(team, corner, closed):
    (closing,) = team.review(closed).closings
    assert (closing.name, closing.at) == ("Sam", corner.at("12:05"))


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("08:00", Hindrance.NOT_BEGUN),
        ("11:00", Hindrance.STILL_THERE),
        ("12:00", Hindrance.EXCEPTIONS),
    ],
)
def test_what_cannot_be_closed_yet_says_why(team, corner, when, why):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:00")
    before = corner.log()
    assert team.settle(half_day, when).refused is why
    assert team.review(half_day, when).hindrance is why
    assert corner.log() == before


def test_a_half_day_from_which_everybody_has_gone_may_be_closed_before_its_end(team, corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:20")
    corner.note("left", "Binta", half_day, "10:00")
    signed = team.settle(half_day, "10:05")
    assert signed.refused is None
    assert team.review(half_day, "15:00").corrections == ()


def test_the_same_figures_are_signed_once(team, corner, closed):
    assert team.settle(closed, "12:06").refused is Hindrance.ALREADY
    assert len(closings_of(corner.conn, closed)) == 1


def test_figures_that_nobody_has_seen_are_not_signed(team, corner):
    """P-26: a colleague corrects while the PIN is typed; what was shown is not what would be signed."""
    half_day = corner.book("Binta", "Zoé")
    for name in ("Binta", "Zoé"):
        team.does(MarkPerson(half_day, corner.person(name), Mark.ABSENT), "12:00")
    seen = team.review(half_day, "12:01").figures.hash
    late = MarkPerson(half_day, corner.person("Zoé"), Mark.EXCUSED, "work", "told_later")
    assert team.does(late, "12:02").refused is None
    before = corner.log()
    assert team.does(Settle(half_day, seen), "12:03").refused is Hindrance.CHANGED
    assert corner.log() == before
    assert team.settle(half_day, "12:04").refused is None


def test_another_tolerance_corrects_nothing(team, corner):
    """A setting that is changed later does not touch what was signed."""
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:40")
    cleared(team, half_day)
    team.settle(half_day)
    corner.desk = replace(corner.desk, policy=Policy(tolerance=5))
    assert team.settle(half_day, "13:01").refused is Hindrance.ALREADY
    assert team.review(half_day, "13:01").corrections == ()


def test_after_closing_a_mark_needs_a_reason_and_is_a_correction(team, corner, closed):
    """P-26: nothing is reopened in silence; old and new stand side by side, and both closings stay."""
    kofi = corner.person("Kofi")
    mark = MarkPerson(closed, kofi, Mark.PRESENT, moment=corner.at("09:00"))
    assert team.does(mark, "12:30").refused is Refused.NEEDS_REASON
    told = MarkPerson(closed, kofi, Mark.PRESENT, reason="from_paper", moment=corner.at("09:00"))
    assert team.does(told, "12:30").refused is None
    review = team.review(closed)
    (one,) = review.corrections
    assert (one.name, one.before.state, one.before.minutes) == ("Kofi A.", "absent", 0)
    assert (one.after.state, one.after.minutes) == ("present", 180)
    assert review.hindrance is Hindrance.EXCEPTIONS
    cleared(team, closed)
    assert team.settle(closed, "13:05").refused is None
    assert len(team.review(closed).closings) == 2


def test_a_plain_remedy_after_closing_needs_a_reason_too(team, corner, closed):
    corner.book("Hoa")
    (one,) = team.review(closed).exceptions
    plain = SettleExceptions(closed, Remedy.ABSENT, (one.case,))
    assert team.does(plain, "13:10").refused is Refused.NEEDS_REASON


def test_what_was_done_before_a_closing_is_not_taken_back_after_it(team, corner):
    half_day = corner.book("Binta")
    team.does(MarkPerson(half_day, corner.person("Binta"), Mark.ABSENT), "12:00")
    team.settle(half_day, "12:01")
    assert undo(corner, team.id, "12:02") is None


def test_somebody_who_is_taken_from_the_list_afterwards_is_named_with_what_was_signed(team, corner, closed):
    corner.book("Kofi", status="cancelled")
    corner.conn.execute("delete from attendance_event where kind = 'absent'")
    (one,) = team.review(closed).corrections
    assert (one.name, one.before.state, one.after) == ("Kofi A.", "absent", Standing())


@pytest.mark.parametrize(
    "figures",
    [
        "not json",
        "[]",
        "{}",
        '{"capacity":8,"people":[]}',
        FULL % '"people":{}',
        FULL % '"people":["ID"]',
        FULL % '"people":[{"id":"ID","minutes":0}]',
        FULL % '"people":[{"id":"ID","state":"absent","minutes":0,"arrived":"noon"}]',
    ],
)
def test_figures_of_another_version_are_named_by_their_hash_and_it_can_be_closed_again(team, corner, figures):
    """P-26: what this version cannot read stays, and stops nobody."""
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "09:00")
    written = figures.replace("ID", corner.person("Binta"))
    signed_elsewhere(corner, half_day, written)
    review = team.review(half_day, "12:10")
    assert (review.closings[-1].figures, review.closings[-1].hash) == (None, hash_of(written))
    assert (review.corrections, review.hindrance) == ((), None)
    assert team.settle(half_day, "12:10").refused is None


def test_what_a_newer_version_says_besides_does_not_matter(team, corner):
    half_day = corner.book("Binta")
    line = '{"id":"ID","state":"absent","minutes":0,"arrived":null,"left":null,"more":1}'
    written = (FULL % f'"people":[{line}],"more":[]').replace("ID", corner.person("Binta"))
    signed_elsewhere(corner, half_day, written)
    corner.note("excused", "Binta", half_day, "09:00", reason="work")
    review = team.review(half_day, "12:10")
    assert review.closings[-1].figures.absent == 1
    assert [(one.name, one.before.state, one.after.state) for one in review.corrections] == [
        ("Binta O.", "absent", "excused")
    ]


def found_again(team, corner, half_day, *, known_came):
    """A walk-in signed as somebody else, and found among the known people after it."""
    corner.book("Zoé", start="2022-11-10 08:30")
    with corner.transaction():
        guest = walk_in(corner.conn, corner.desk, Guest("Zo", "jobseeker", "fr"), corner.at("08:40"))
    if known_came:
        corner.book("Zoé")
        corner.arrive("Zoé", "09:40")
    cleared(team, half_day)
    assert team.settle(half_day, "13:00").refused is None
    assert team.does(Merge(half_day, guest.person.id, corner.person("Zoé")), "13:05") is None


def test_a_walk_in_who_is_found_again_after_the_signature_is_no_correction(team, corner):
    """Two ids, one person, the same hours: there is nothing to sign once more."""
    half_day = corner.book("Binta")
    found_again(team, corner, half_day, known_came=False)
    review = team.review(half_day, "13:10")
    assert (review.exceptions, review.corrections) == ((), ())
    assert review.hindrance is Hindrance.ALREADY


def test_hours_that_counted_for_two_and_are_one_persons_are_one_correction(team, corner):
    half_day = corner.book("Binta")
    found_again(team, corner, half_day, known_came=True)
    (one,) = team.review(half_day, "13:10").corrections
    assert (one.name, one.before.minutes, one.after.minutes) == ("Zoé D.", 200 + 140, 200)
    assert one.before.arrived == one.after.arrived == corner.at("08:40")


# ---- what is not closed


def unsettled(team, when="13:00"):
    found = team.does(UnsettledHalfDays(), when)
    return [one.id for one in found.half_days], found.beyond


def test_half_days_that_are_over_and_not_closed_are_listed_the_oldest_first(team, corner, closed):
    corner.book("Binta", start="2022-10-01 08:30")
    old = corner.book("Binta", start="2022-10-20 08:30")
    afternoon = corner.book("Binta", start="13:00")
    corner.book("Binta", start="2022-11-04 08:30")
    assert unsettled(team) == ([old], 0)
    assert unsettled(team, "17:00") == ([old, afternoon], 0)


def test_the_list_reaches_zero(team, corner):
    days = [corner.book("Binta", "Zoé", start=f"2022-11-0{day} 08:30") for day in (1, 2, 3)]
    assert unsettled(team) == (days, 0)
    for half_day in days:
        cleared(team, half_day, corner.at("13:00"))
        assert team.settle(half_day).refused is None
    assert unsettled(team) == ([], 0)


def test_a_half_day_for_which_nobody_was_expected_and_nothing_noted_needs_no_closing(team, corner):
    corner.book()
    corner.book("Binta", start="2022-11-02 08:30")
    corner.book("Binta", start="2022-11-02 08:30", status="cancelled")
    corner.book("Zoé", start="2022-11-01 08:30")
    corner.book(start="2022-11-01 08:30", status="cancelled")
    corner.book("Zoé", start="2022-11-01 13:30", place="mons")
    assert unsettled(team) == ([], 0)


def test_a_walk_in_who_turned_out_to_be_somebody_else_keeps_no_half_day_open(team, corner):
    """Whoever stands on no list any more is not expected."""
    corner.book("Binta", start="2022-11-02 08:30")
    corner.conn.execute("update participant set merged_into = 'x'")
    assert unsettled(team) == ([], 0)


def test_a_cancelled_half_day_to_which_somebody_came_is_closed_too(team, corner):
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:20")
    corner.book(status="cancelled")
    assert unsettled(team) == ([half_day], 0)


def test_a_facilitator_sees_those_in_reach_and_how_many_more_there_are(corner):
    """P-20: other days are closed by staff."""
    team = Team(corner, "facilitator")
    old = corner.book("Binta", start="2022-10-31 08:30")
    yesterday = corner.book("Binta", start="2022-11-02 08:30")
    today = corner.book("Binta")
    assert unsettled(team) == ([yesterday, today], 1)
    assert team.review(today) is not None
    with pytest.raises(NotAllowed):
        team.review(old)


@pytest.mark.parametrize("role", ["coordinator", "technician"])
def test_only_the_team_closes(corner, role):
    """P-19."""
    team = Team(corner, role)
    half_day = corner.book("Binta")
    with pytest.raises(NotAllowed):
        team.settle(half_day)
    with pytest.raises(NotAllowed):
        team.does(UnsettledHalfDays())


# ---- a hand in the file


@pytest.fixture
def signed(corner):
    """A closed half-day on whose file somebody lays hands."""
    corner.conn.execute("update staff_member set role = 'staff'")
    team = Team(corner)
    half_day = corner.book("Binta")
    corner.arrive("Binta", "08:20")
    cleared(team, half_day, corner.at("12:01"))
    assert team.settle(half_day, "12:05").refused is None
    corner.conn.execute("update staff_member set role = 'staff'")
    assert corner.flaws() == []
    return corner


def test_a_changed_body_of_a_settlement_is_named(signed):
    """P-25: the row of the log by its number."""
    ((n,),) = signed.ask("select n from change where kind = 'attendance.settled'")
    signed.drop_guards()
    signed.conn.execute("update change set body = replace(body, '210', '240') where n = ?", (n,))
    assert signed.flaws() == [("body", "change", str(n))]


def test_figures_changed_beside_the_log_are_named(signed):
    """P-25: the settlement by its id, as one whose hash is not that of its figures."""
    ((id_,),) = signed.ask("select id from settlement")
    signed.conn.execute("update settlement set figures = replace(figures, '210', '240')")
    assert signed.flaws() == [
        ("figures", "settlement", id_),
        ("extra", "settlement", id_),
        ("missing", "settlement", id_),
    ]


def test_figures_changed_together_with_their_hash_do_not_come_from_the_log(signed):
    ((id_, figures),) = signed.ask("select id, figures from settlement")
    forged = figures.replace("210", "240")
    signed.conn.execute("update settlement set figures = ?, hash = ?", (forged, hash_of(forged)))
    assert signed.flaws() == [("extra", "settlement", id_), ("missing", "settlement", id_)]


def test_figures_that_were_signed_with_another_hash_are_named(signed):
    """Whoever forges the whole chain still has to keep to the figures."""
    ((body, half_day),) = signed.ask("select body, entity_id from change where kind = 'attendance.settled'")
    told = json.loads(body)
    with signed.transaction():
        row = record(
            signed.conn, signed.author("12:10"), "attendance.settled", "attendance", half_day,
            told | {"figures": told["figures"].replace("210", "240")},
        )  # fmt: skip
    assert signed.flaws() == [("figures", "settlement", row.id)]


@pytest.mark.parametrize(
    "by_hand",
    [
        "update attendance_event set at = '2022-11-03 09:00:00.000000' where kind = 'arrived'",
        "update attendance_event set kind = 'absent' where kind = 'arrived'",
    ],
)
def test_a_changed_attendance_is_named(signed, by_hand):
    ((id_,),) = signed.ask("select id from attendance_event where kind = 'arrived'")
    signed.conn.execute(by_hand)
    assert signed.flaws() == [("extra", "attendance_event", id_), ("missing", "attendance_event", id_)]


def test_an_exception_settled_by_hand_is_named(signed):
    signed.conn.execute("update exception_settled set reason = 'clock'")
    ((id_,),) = signed.ask("select id from exception_settled")
    assert ("extra", "exception_settled", id_) in signed.flaws()
