"""What is odd before a half-day is closed: each found, each settled, none asked twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from closings import START, Team, histories, played
from hypothesis import given, settings
from hypothesis import strategies as st

from models.exceptions import OPENS, REMEDIES, STANDS, Case, Remedy, exceptions_of
from models.ledger import events_of, standing
from models.marking import Mark, MarkPerson, Refused
from models.reckoning import Odd
from models.remedies import SettleExceptions
from models.roster import roster_of
from models.undoing import UndoLast
from models.walk_in import Guest, walk_in
from models.words import CORRECTIONS, EXCUSES, Event

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
        done = settle(
            team, half_day, remedy, *cases, when=now, reason=data.draw(st.sampled_from(CORRECTIONS)),
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
