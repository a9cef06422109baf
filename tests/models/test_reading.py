"""What the team reads of a person's self-assessments, and what they say that they have seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from colleagues import asks, unhurt
from hypothesis import given
from hypothesis import strategies as st
from sittings import BOTH, CORE, draft, keep
from team_desk import ask, come

from assets.assessment import bank, thresholds
from models.assessment.checks import Check, Done, Flag
from models.assessment.comparing import compare, is_progress, paired
from models.assessment.draft import Part
from models.assessment.levels import area_spans
from models.assessment.observing import NotObserved, Observe
from models.assessment.reading import AssessmentsOf, ResultFor
from models.assessment.status import Step
from models.merging import Merge, Separate
from models.person_file import person_file
from models.requests import NotAllowed


@pytest.fixture
def binta(corner) -> str:
    corner.book("Binta", "Łukasz")
    return corner.person("Binta")


def read(corner, person: str, when: str = "09:30"):
    return ask(corner, AssessmentsOf(person), when)


def test_nobody_is_read_as_nobody_and_whoever_has_kept_nothing_has_an_empty_list(corner, binta):
    assert asks(corner, "staff", AssessmentsOf("x" * 32), "09:00") is None
    found = read(corner, binta)
    assert (found.name, found.listed, found.change) == ("Binta O.", (), None)


def test_every_sitting_is_read_with_its_result_the_newest_first(corner, binta):
    first = keep(corner, binta, draft(1, {Check.SPOT: Done.PASSED, Check.COPY: Done.FAILED}))
    half = keep(corner, binta, draft({"2.1S": 2}), "09:10")
    found = read(corner, binta)
    assert [one.id for one in found.listed] == [half, first]
    newest, oldest = found.listed
    assert (newest.complete, oldest.complete) == (False, True)
    assert newest.result.status.word == "together"
    assert oldest.result.status.step is Step.ON_THE_WAY
    assert oldest.result.flags == {"4.2": Flag.UNDERRATED, "1.3": Flag.AGREES, "3.1": Flag.AGREES}
    assert set(newest.result.flags.values()) == {Flag.NOT_MEASURED}
    assert oldest.answers == draft(1).answers


def test_the_optional_part_is_read_over_the_core_before_it(corner, binta):
    """Its levels of areas and its status are those of the core."""
    core = draft(2, BOTH)
    keep(corner, binta, 0, "08:50")
    keep(corner, binta, core)
    further = keep(corner, binta, draft(2, part=Part.FURTHER, core=core.answers), "09:05")
    keep(corner, binta, draft(0), "09:10")
    found = next(one for one in read(corner, binta).listed if one.id == further)
    assert found.result.status.step is Step.CONFIRMED
    assert found.result.competences["2.1"] == 3
    assert found.result.competences["2.4"] == 3
    assert found.answers["2.1S"] == 2
    assert not found.can_be_observed
    assert ask(corner, Observe(further, binta, seen=True)) is NotObserved.OPTIONAL


def test_an_optional_part_alone_says_nothing_of_areas(corner, binta):
    keep(corner, binta, draft({"2.4S": 2}, part=Part.FURTHER))
    (found,) = read(corner, binta).listed
    assert found.result.status.word == "together"
    assert found.result.competences["2.4"] == 2


# ---- before and after


ANSWERS = st.dictionaries(st.sampled_from(CORE), st.sampled_from([None, 0, 1, 2]), min_size=1)


@given(st.lists(ANSWERS, min_size=2, max_size=4))
def test_the_first_sitting_is_compared_with_the_latest(new_corner, several):
    corner = new_corner()
    corner.book("Binta")
    for minute, answers in enumerate(several):
        keep(corner, corner.person("Binta"), draft(answers), f"09:{minute:02}")
    change = read(corner, corner.person("Binta")).change
    versions = (bank().version, bank().version)
    expected = compare(several[0], several[-1], thresholds(), versions=versions)
    assert change.compared == expected
    assert change.progress is is_progress(expected, thresholds())
    before, after = paired(several[0], several[-1])
    assert (change.before, change.after) == (
        area_spans(before, thresholds()),
        area_spans(after, thresholds()),
    )
    for area, steps in expected.areas.items():
        levels = change.before[area].level, change.after[area].level
        assert steps == (None if None in levels else levels[1] - levels[0])
    corner.conn.close()


def test_one_sitting_is_compared_with_nothing_nor_with_an_optional_part(corner, binta):
    keep(corner, binta, 1)
    keep(corner, binta, draft({"2.4S": 2}, part=Part.FURTHER), "09:10")
    assert read(corner, binta).change is None


def test_sittings_in_other_words_are_not_compared(corner, binta):
    keep(corner, binta, replace(draft(0), bank="2020-01"))
    keep(corner, binta, 2, "09:10")
    change = read(corner, binta).change
    assert (change.compared, change.progress) == (None, False)


# ---- what a trainer has seen


def test_what_was_seen_makes_declared_into_confirmed_and_says_by_whom(corner, binta):
    taken = keep(corner, binta, 2)
    assert read(corner, binta).listed[0].result.status.step is Step.DECLARED
    assert ask(corner, Observe(taken, binta, seen=True), "09:15") is None
    (found,) = read(corner, binta).listed
    assert found.result.status.step is Step.CONFIRMED
    assert (found.observed.by, found.observed.at) == ("Facilitator", corner.at("09:15"))
    assert ask(corner, Observe(taken, binta, seen=False), "09:20") is None
    (found,) = read(corner, binta).listed
    assert (found.observed, found.result.status.step) == (None, Step.DECLARED)
    rows = corner.ask("select kind, entity, entity_id, subject from change where kind like 'observation.%'")
    kinds = ("observation.confirmed", "observation.withdrawn")
    assert rows == [(kind, "assessment", taken, binta) for kind in kinds]
    assert unhurt(corner)


@pytest.mark.parametrize("seen", [True, False])
def test_a_second_tick_changes_nothing(corner, binta, seen):
    taken = keep(corner, binta, 2)
    ask(corner, Observe(taken, binta, seen=True))
    if not seen:
        ask(corner, Observe(taken, binta, seen=False))
    before = corner.log()
    assert ask(corner, Observe(taken, binta, seen=seen)) is None
    assert corner.log() == before


def test_a_sitting_of_somebody_else_or_of_nobody_is_refused(corner, binta):
    theirs = keep(corner, corner.person("Łukasz"), 2)
    for unknown in (theirs, "x" * 32):
        assert ask(corner, Observe(unknown, binta, seen=True)) is NotObserved.UNKNOWN
    assert not any(kind.startswith("observation") for kind in corner.log())


@given(st.lists(st.booleans(), max_size=6))
def test_the_last_word_counts(new_corner, words):
    corner = new_corner()
    corner.book("Binta")
    binta = corner.person("Binta")
    taken = keep(corner, binta, 2)
    for minute, seen in enumerate(words):
        ask(corner, Observe(taken, binta, seen=seen), f"09:{minute + 1:02}")
    (found,) = read(corner, binta).listed
    assert (found.observed is not None) is bool(words and words[-1])
    corner.conn.close()


def test_of_a_walk_in_who_turned_out_to_be_somebody_everything_is_read(corner, binta):
    """And goes with them again when both are separated."""
    guest = come(corner)
    (half_day,) = corner.ask("select half_day_id from booking where participant_id = ?", guest)[0]
    taken = keep(corner, guest, 2)
    keep(corner, binta, 0, "09:10")
    ask(corner, Merge(half_day, guest, binta))
    for person in (guest, binta):
        found = read(corner, person)
        assert (found.person_id, len(found.listed)) == (binta, 2)
    assert ask(corner, Observe(taken, binta, seen=True)) is None
    assert corner.ask("select subject from change where kind = 'observation.confirmed'") == [(guest,)]
    ask(corner, Separate(guest, "wrong_person"))
    assert [one.observed is not None for one in read(corner, guest).listed] == [True]
    assert [one.observed for one in read(corner, binta).listed] == [None]


# ---- for paper, and on file


def test_a_result_is_given_as_its_person_sees_it_with_what_the_corner_offers(corner, binta):
    corner.book(start="2022-11-08 08:30", programme="digital-skills")
    taken = keep(corner, binta, draft({**draft(2).answers, "1.1S": 0, "1.3S": 0}, BOTH))
    shown = ask(corner, ResultFor(binta, taken))
    assert (shown.name, shown.at, shown.checks) == ("Binta O.", corner.at("09:00"), BOTH)
    assert shown.result.weakest == "1"
    assert shown.proposal.programme == "digital-skills"
    assert ask(corner, ResultFor(binta, "x" * 32)) is None
    assert ask(corner, ResultFor(corner.person("Łukasz"), taken)) is None


@pytest.mark.parametrize("role", ["coordinator", "technician"])
def test_nobody_else_reads_them(corner, binta, role):
    taken = keep(corner, binta, 2)
    for request in (AssessmentsOf(binta), ResultFor(binta, taken), Observe(taken, binta, seen=True)):
        with pytest.raises(NotAllowed):
            asks(corner, role, request, "09:30")


def test_all_of_it_is_on_file(corner, binta):
    """Answers by item, what the team is shown, and who has seen it."""
    from models.assessment.unfinished import keep_unfinished

    taken = keep(corner, binta, draft(2, BOTH))
    ask(corner, Observe(taken, binta, seen=True))
    begun = draft({"2.1S": 1})
    with corner.transaction():
        keep_unfinished(corner.conn, binta, begun, corner.at("10:00"))
    told = (corner.desk.policy, corner.at("11:00"))
    kept = person_file(corner.conn, binta, *told, notes=False)
    (sitting,) = kept.tables["assessments"]
    assert sitting["answers"] == draft(2).answers
    assert (sitting["status"], sitting["spotted"], sitting["at"]) == (
        "confirmed",
        "passed",
        corner.at("09:00"),
    )
    (seen,) = kept.tables["observations"]
    assert (seen["assessment"], seen["kind"], seen["actor"]) == (taken, "confirmed", "facilitator")
    (unfinished,) = kept.tables["unfinished"]
    assert unfinished["draft"]["answers"] == begun.answers
    other = person_file(
        corner.conn, corner.person("Łukasz"), corner.desk.policy, corner.at("11:00"), notes=False
    )
    assert not any(other.tables[name] for name in ("assessments", "observations", "unfinished"))
