"""What waits for the team: every call and walk-in of today, and what a decision does."""

from dataclasses import replace

import pytest
from colleagues import asks, hire

from models.arrival import Wish
from models.help import SAME_NAME, call_help
from models.marking import Refused
from models.requests import NotAllowed
from models.rights import RIGHTS, Action
from models.team_list import Decide, Decision, team_list
from models.walk_in import Guest, walk_in
from models.words import PARTICIPANT


def listed(corner, when="08:30"):
    return team_list(corner.conn, "charleroi", corner.at(when))


def decides(corner, line, decision, when="08:31", reason=None):
    """Do it as a facilitator; what became of it."""
    return asks(corner, "facilitator", Decide(line, decision, reason), when)


def decided(corner, line, decision, when="08:31"):
    """What is left after a decision, with a reason where it needs one."""
    reason = "wrong_person" if decision is Decision.TAKE_BACK else None
    assert decides(corner, line, decision, when, reason).refused is None
    return listed(corner, when)


@pytest.fixture
def busy(corner):
    """A full half-day: somebody waits, somebody called, two people read the same."""
    corner.book("Hoa", "Heike", capacity=2)
    with corner.transaction():
        walk_in(corner.conn, corner.desk, Guest("Ama", "student", "nl"), corner.at("08:20"), Wish())
        author = corner.author("08:21", PARTICIPANT)
        call_help(corner.conn, author, "asked", "code", (corner.person("Hoa"),))
        people = (corner.person("Hoa"), corner.person("Heike"))
        call_help(corner.conn, corner.author("08:22", PARTICIPANT), SAME_NAME, "name", people)
    return corner


def test_the_oldest_comes_first_and_names_are_short_but_for_those_who_read_the_same(busy):
    """P-01 holds here too; only behind the PIN is told what tells two people apart."""
    told = [(line.why, line.name) for line in listed(busy)]
    assert told == [
        ("waiting", "Ama"),
        ("asked", "Hoa N."),
        ("same_name", "Hoa Nguyễn FX-005"),
        ("same_name", "Heike Schyns FX-009"),
    ]


def test_a_place_is_given_by_a_person_even_beyond_the_capacity(busy):
    left = decided(busy, listed(busy)[0], Decision.PLACE)
    assert "waiting" not in [line.why for line in left]
    assert busy.ask("select actor, way from attendance_event") == [("facilitator", "facilitator")]


def test_the_right_one_of_two_is_noted_and_the_call_is_over(busy):
    heike = next(line for line in listed(busy) if line.name.startswith("Heike"))
    left = decided(busy, heike, Decision.ARRIVED)
    assert [line.why for line in left] == ["waiting", "asked"]
    assert busy.ask("select participant_id from attendance_event") == [(busy.person("Heike"),)]


def test_everything_can_be_seen_to(busy):
    """The list reaches zero, and every decision is in the log with its author (P-24)."""
    wanted = {"waiting": Decision.TAKE_BACK, "asked": Decision.SETTLE, "same_name": Decision.ARRIVED}
    hire(busy, "facilitator")
    before = len(busy.log())
    while lines := listed(busy):
        decided(busy, lines[0], wanted[lines[0].why])
    actors = busy.ask("select distinct actor from change where n > ?", before)
    assert actors == [("facilitator",)]


def test_who_is_taken_off_the_list_is_so_for_a_reason(busy):
    """P-26: what was noted is annulled, and says why."""
    waiting = listed(busy)[0]
    log = busy.log()
    for reason in (None, "", "because"):
        marked = decides(busy, waiting, Decision.TAKE_BACK, reason=reason)
        assert (marked.refused, listed(busy)[0]) == (Refused.NEEDS_REASON, waiting)
    assert busy.log()[len(log) :] == ["staff_member.set"]
    assert decides(busy, waiting, Decision.TAKE_BACK, reason="wrong_key").people == (waiting.person_id,)
    assert waiting not in listed(busy)


def test_after_closing_a_place_needs_a_reason(busy):
    """P-26."""
    waiting = listed(busy)[0]
    busy.conn.execute(
        "insert into settlement (id, half_day_id, at, actor, figures, hash) values"
        " ('s', ?, '2022-11-03 07:25:00.000000', 'sam', '{}', '')",
        (waiting.half_day.id,),
    )
    assert decides(busy, waiting, Decision.PLACE).refused is Refused.NEEDS_REASON
    assert decides(busy, waiting, Decision.PLACE, reason="told_later").act


def test_what_is_not_on_the_list_is_let_be(busy):
    """A booking by its id: of a known person, of somebody seen to meanwhile, of a call that is over."""
    waiting, asked, *_ = listed(busy)
    ((of_hoa,),) = busy.ask("select id from booking where participant_id = ?", busy.person("Hoa"))
    decided(busy, asked, Decision.SETTLE)
    log = busy.log()
    for line, decision in (
        (replace(waiting, id=of_hoa, person_id=busy.person("Hoa")), Decision.TAKE_BACK),
        (replace(waiting, id=of_hoa), Decision.TAKE_BACK),
        (waiting, Decision.ARRIVED),
        (asked, Decision.SETTLE),
    ):
        assert decides(busy, line, decision, reason="wrong_person").refused is Refused.GONE
    assert busy.log() == log


@pytest.mark.parametrize("more", [{"start": "2022-10-03 08:30"}, {"place": "mons"}])
def test_a_half_day_out_of_reach_is_not_decided_about(busy, more):
    """P-20: by the half-day that the line names, and by the list, whatever the line names."""
    far = busy.book("Kofi", **more)
    ((booking,),) = busy.ask("select id from booking where half_day_id = ?", far)
    near = listed(busy)[0]
    line = replace(near, id=booking, person_id=busy.person("Kofi"))
    with pytest.raises(NotAllowed):
        there = replace(near.half_day, id=far)
        decides(busy, replace(line, half_day=there), Decision.TAKE_BACK, reason="wrong_person")
    for half_day in (None, near.half_day):
        claimed = replace(line, half_day=half_day)
        answer = decides(busy, claimed, Decision.TAKE_BACK, reason="wrong_person")
        assert answer.refused is Refused.GONE


@pytest.mark.parametrize(
    ("decision", "action"),
    [
        (Decision.SETTLE, Action.SEE_TO_CALLS),
        (Decision.ARRIVED, Action.MARK),
        (Decision.PLACE, Action.ADMIT),
        (Decision.TAKE_BACK, Action.ADMIT),
    ],
)
def test_each_decision_asks_for_its_own_right(busy, monkeypatch, decision, action):
    """P-19: whoever may see to calls may not for that give a place or note a presence."""
    line = next(line for line in listed(busy) if decision in line.decisions)
    hire(busy, "facilitator")
    log = busy.log()
    with monkeypatch.context() as changed:
        changed.setitem(RIGHTS, action, frozenset())
        with pytest.raises(NotAllowed):
            decides(busy, line, decision, reason="wrong_person")
    assert busy.log() == log
    for other in {Action.MARK, Action.ADMIT} - {action}:
        monkeypatch.setitem(RIGHTS, other, frozenset())
    assert decides(busy, line, decision, reason="wrong_person").refused is None
