"""The steps of a path: derived from what was noted, answered and decided; nothing is stored twice."""

from __future__ import annotations

import pytest
from sittings import BOTH, draft, keep
from team_desk import ask, come

from assets.page_steps import page_steps
from models.assessment.observing import Observe
from models.assessment.status import Step as LevelStep
from models.log import Author
from models.merging import Merge
from models.path.page import NotePage, page_of, tick
from models.path.path import PathOf, Step, path_of
from models.person_file import person_file
from models.policy import Policy
from models.projections import rebuild
from models.requests import NotAllowed
from models.words import PARTICIPANT

POLICY = Policy()


@pytest.fixture
def binta(corner) -> str:
    corner.book("Binta")
    return corner.person("Binta")


def path(corner, now="18:00", name="Binta"):
    return path_of(corner.conn, corner.person(name), POLICY, corner.at(now))


def ticks(corner, person, step, *, done=True, when="13:00"):
    with corner.transaction():
        tick(corner.conn, Author(corner.kiosk_id, PARTICIPANT, corner.at(when)), person, step, done=done)


def test_nobody_has_no_path(corner):
    assert path_of(corner.conn, "x" * 32, POLICY, corner.at("09:00")) is None


def test_whoever_has_only_a_place_has_everything_before_them(corner, binta):
    found = path(corner, "2022-11-02 17:00")
    assert (found.person.name, found.done, found.present_step) == ("Binta O.", frozenset(), Step.AWARENESS)
    assert (found.minutes, found.course, found.asked) == (0, None, ())
    assert found.next.starts_at == corner.at("08:30")


def test_the_first_morning_is_done_when_it_is_over_and_they_were_there(corner, binta):
    corner.arrive("Binta", "08:25")
    assert path(corner, "11:59").awareness_at is None
    found = path(corner, "12:00")
    assert (found.awareness_at, found.present_step) == (corner.at("08:30"), Step.COURSE)


def test_whoever_is_there_already_has_that_date_no_more_before_them(corner, binta):
    later = corner.book("Binta", start="2022-11-10 08:30", programme="course-24")
    corner.arrive("Binta", "08:10")
    assert [one.id for one in path(corner, "08:15").coming] == [later]


def test_whoever_has_come_to_a_course_before_it_begins_follows_it(corner):
    corner.book("Binta", programme="course-24")
    corner.arrive("Binta", "08:10")
    found = path(corner, "08:15").course
    assert (found.programme, found.minutes, found.to_come) == ("course-24", 0, 0)


def test_whoever_did_not_come_has_not_done_it(corner, binta):
    half_day = corner.book("Binta")
    corner.note("absent", "Binta", half_day, "10:00")
    assert path(corner).awareness_at is None


def test_whoever_is_in_a_course_has_the_first_morning_behind_them_and_nobody_says_it_was_here(corner):
    half_day = corner.book("Binta", programme="course-24")
    corner.arrive("Binta", "08:30")
    found = path(corner)
    assert (found.awareness_at, found.present_step) == (None, Step.COURSE)
    assert Step.AWARENESS not in found.done
    assert half_day


# ---- the first level


@pytest.mark.parametrize(
    ("given", "step", "reached"),
    [
        (draft(0), LevelStep.NOT_YET, False),
        (draft(1), LevelStep.ON_THE_WAY, False),
        (draft(2), LevelStep.DECLARED, True),
        (draft(2, BOTH), LevelStep.CONFIRMED, True),
    ],
)
def test_the_first_level_is_what_the_latest_whole_assessment_says(corner, binta, given, step, reached):
    keep(corner, binta, given, "10:00")
    found = path(corner).level
    assert (found.step, found.at, found.reached) == (step, corner.at("10:00"), reached)


def test_an_assessment_that_was_broken_off_says_nothing(corner, binta):
    keep(corner, binta, 2, "10:00")
    keep(corner, binta, draft({"2.1S": 0}), "11:00")
    assert path(corner).level.step is LevelStep.DECLARED


def test_what_a_trainer_has_seen_confirms_the_level(corner, binta):
    kept = keep(corner, binta, 2, "10:00")
    ask(corner, Observe(kept, binta, seen=True), "10:30")
    assert path(corner).level.step is LevelStep.CONFIRMED


def test_a_level_without_any_course_is_a_level(corner, binta):
    """Whoever comes and can do it all need not sit through a course: no step is a gate."""
    keep(corner, binta, 2, "10:00")
    found = path(corner)
    assert found.done == {Step.LEVEL}


# ---- the page on the Forem site


def test_ticks_are_kept_each_once_and_can_be_opened_again(corner, binta):
    first, second = page_steps()[:2]
    for _ in range(2):
        ticks(corner, binta, first.id)
    ticks(corner, binta, second.id)
    assert corner.log().count("tick.set") == 2
    assert path(corner).page.ticked == {first.id, second.id}
    ticks(corner, binta, first.id, done=False)
    assert path(corner).page.ticked == {second.id}
    ticks(corner, binta, "reread", done=False)
    assert corner.log().count("tick.set") == 3
    assert corner.verify().flaws == ()


def test_a_step_that_there_is_not_cannot_be_ticked(corner, binta):
    with pytest.raises(ValueError, match="shoe-size"):
        ticks(corner, binta, "shoe-size")


def test_there_are_ten_steps_and_nothing_but_ticks_is_kept(corner, binta):
    assert len({step.id for step in page_steps()}) == len(page_steps()) == 10
    ticks(corner, binta, "job")
    (body,) = corner.ask("select body from change where kind = 'tick.set'")[0]
    assert body == f'{{"set":{{"participant_id":"{binta}","state":"done","step":"job"}}}}'


def test_only_the_team_says_that_the_page_is_made_and_may_take_it_back(corner, binta):
    for step in page_steps():
        ticks(corner, binta, step.id)
    assert Step.PAGE not in path(corner).done
    assert ask(corner, NotePage(binta, made=True), "13:00") is True
    assert ask(corner, NotePage(binta, made=True), "13:01") is False
    assert path(corner).page.made_at == corner.at("13:00")
    assert Step.PAGE in path(corner).done
    ask(corner, NotePage(binta, made=False), "13:05")
    assert path(corner).page.made_at is None
    with pytest.raises(NotAllowed):
        ask(corner, NotePage(binta, made=True), "13:10", role="technician")


def test_the_page_of_nobody_is_not_noted(corner):
    assert ask(corner, NotePage("x" * 32, made=True), "13:00", role="staff") is False


def test_everything_of_a_path_comes_from_the_log(corner, binta):
    ticks(corner, binta, "job")
    ask(corner, NotePage(binta, made=True), "13:00")
    before = path(corner)
    rebuild(corner.conn)
    assert path(corner) == before


# ---- people who turn out to be known


def test_a_walk_in_who_is_found_brings_their_steps_along(corner):
    corner.book("Zoé", start="2022-11-10 08:30")
    half_day = corner.book("Binta")
    guest = come(corner, "Zo")
    ticks(corner, guest, "job", when="09:00")
    keep(corner, guest, 2, "09:30")
    merged = ask(corner, Merge(half_day, guest, corner.person("Zoé")), "09:40")
    assert merged is None
    found = path(corner, name="Zoé")
    assert (found.page.ticked, found.level.step) == ({"job"}, LevelStep.DECLARED)
    assert found.awareness_at == corner.at("08:30")
    assert path_of(corner.conn, guest, POLICY, corner.at("18:00")) == found
    assert page_of(corner.conn, guest).ticked == {"job"}


# ---- who may see it


def test_the_team_sees_the_path_of_whom_it_meets_and_nobody_else(corner, binta):
    assert ask(corner, PathOf(binta), "09:00") == path(corner, "09:00")
    with pytest.raises(NotAllowed):
        ask(corner, PathOf(binta), "2022-12-24 09:00")
    with pytest.raises(NotAllowed):
        ask(corner, PathOf(binta), "09:00", role="coordinator")


def test_steps_that_a_newer_version_knows_are_left_out(corner, binta):
    ticks(corner, binta, "job")
    with corner.transaction():
        corner.conn.execute("update tick set step = 'hologram'")
    assert path(corner).page.ticked == frozenset()
    assert person_file(corner.conn, binta, POLICY, corner.at("18:00"), notes=False) is not None


def test_a_step_that_was_ticked_as_a_walk_in_can_be_opened_again(corner):
    corner.book("Zoé", start="2022-11-10 08:30")
    half_day = corner.book("Binta")
    guest, zoe = come(corner, "Zo"), corner.person("Zoé")
    ticks(corner, guest, "job", when="09:00")
    ask(corner, Merge(half_day, guest, zoe), "09:40")
    ticks(corner, zoe, "job", when="09:50")
    ticks(corner, zoe, "job", done=False, when="10:00")
    assert page_of(corner.conn, zoe).ticked == frozenset()
    ticks(corner, zoe, "job", when="10:10")
    assert page_of(corner.conn, zoe).ticked == {"job"}
