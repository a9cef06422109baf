"""The sixteen properties of the self-assessment's engine, each under its number and name."""

from __future__ import annotations

import ast
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.assessment import bank, framework, thresholds
from models import assessment
from models.assessment.asking import next_further, next_item
from models.assessment.checks import Check, Done
from models.assessment.comparing import OtherWording, compare
from models.assessment.draft import Part, from_text, new_draft, to_text
from models.assessment.levels import area_span, area_spans, competence_level, defined, simple
from models.assessment.result import result
from models.assessment.signs import answers_of, signs_of
from models.assessment.status import Status, Step, status
from models.assessment.taking import take, taken_by
from models.log import Author
from models.projections import rebuild
from models.words import PARTICIPANT

T = thresholds()
CORE = tuple(simple(one) for area in T.order for one in T.core[area])
ALL_SIMPLE = tuple(simple(one) for one in framework().ids)
ALL_ITEMS = (*ALL_SIMPLE, *(defined(one) for one in framework().ids))
VALUES = st.sampled_from((0, 1, 2, None))
FULL = st.fixed_dictionaries({item: st.sampled_from((0, 1, 2)) for item in CORE})
"""Everything of the core, and all of it understood."""
SOME = st.dictionaries(st.sampled_from(CORE), VALUES)
_SCATTERED = st.dictionaries(st.sampled_from(ALL_ITEMS), VALUES)
ANY = _SCATTERED | st.builds(
    lambda level, others: dict.fromkeys(CORE, level) | others, st.sampled_from((1, 2)), _SCATTERED
)
"""Chance alone hardly ever takes somebody to the first level, so some start near it."""
CHECKS = st.dictionaries(st.sampled_from(list(Check)), st.sampled_from(list(Done)))


def asked_in_turn(truth: dict[str, int | None], before=(), rules=T) -> dict[str, int | None]:
    """What somebody answers, asked as the kiosk asks; asking twice fails here, and so it always ends."""
    given_so_far: dict[str, int | None] = {}
    while (item := next_item(given_so_far, rules, before)) is not None:
        assert item not in given_so_far, "asked twice"
        given_so_far[item] = truth[item]
    return given_so_far


@given(ANY)
def test_property_01_bounds(answers):
    """Every competence is 0 to 3 or unknown; every area 0 to 2, or an interval inside it."""
    for one in framework().ids:
        assert competence_level(answers, one) in (0, 1, 2, 3, None)
    for span in area_spans(answers, T).values():
        assert 0 <= span.low <= span.high <= 2


@pytest.mark.parametrize(("task", "further"), [*product((0, 1, 2, None), repeat=2)])
def test_property_01_three_only_where_both_tasks_are_done_alone(task, further):
    level = competence_level({"2.1S": task, "2.1W": further}, "2.1")
    assert level == (3 if task == further == 2 else task)


@given(ANY, st.sampled_from(ALL_ITEMS), st.booleans(), CHECKS)
def test_property_02_monotone(answers, item, observed, checks):
    """Raising one answer never lowers any level, bound or status."""
    if answers.get(item) in (None, 2):
        answers = {**answers, item: 0}
    higher = {**answers, item: answers[item] + 1}
    before = result(answers, checks, T, observed=observed)
    after = result(higher, checks, T, observed=observed)
    for area in T.order:
        assert after.areas[area] >= before.areas[area]
        assert after.areas[area].high >= before.areas[area].high
    for one, level in before.competences.items():
        assert level is None or after.competences[one] >= level
    assert (after.status.low, after.status.high) >= (before.status.low, before.status.high)
    assert after.status.high >= before.status.high


@given(ANY, st.sampled_from(ALL_ITEMS), VALUES)
def test_property_03_locality(answers, item, value):
    """An answer in one area never changes another area, nor a competence another one."""
    before, after = area_spans(answers, T), area_spans({**answers, item: value}, T)
    touched = framework().area_of(bank().items[item].competence)
    assert all(before[area] == after[area] for area in T.order if area != touched)
    for one in framework().ids:
        if one != bank().items[item].competence:
            assert competence_level(answers, one) == competence_level({**answers, item: value}, one)


@given(ANY, st.sampled_from(ALL_ITEMS), VALUES, CHECKS)
def test_property_03_locality_of_status_and_flags(answers, item, value, checks):
    """What the other areas give to the status stays, and so do the flags of other competences."""
    told, other = result(answers, checks, T), result({**answers, item: value}, checks, T)
    touched = bank().items[item].competence
    assert len({_status_without(framework().area_of(touched), one) for one in (told, other)}) == 1
    for one, raised in told.flags.items():
        assert one == touched or other.flags[one] is raised


def _status_without(area: str, told):
    spans = {one: span for one, span in told.areas.items() if one != area}
    return status(spans, T, confirmed=False)


@pytest.mark.parametrize("area", T.order)
def test_property_04_order_invariance(area):
    """Any order of the items of an area gives the same level, also with answers missing."""
    for values in product((0, 1, 2, None), repeat=3):
        answers = dict(zip(map(simple, T.core[area]), values, strict=True))
        spans = {
            area_span(answers, area, replace(T, core={**T.core, area: order}))
            for order in permutations(T.core[area])
        }
        assert len(spans) == 1, values


@pytest.mark.parametrize("area", T.order)
def test_property_05_curtailment_equals_full(area):
    """All 27 triples in all 6 orders: stopping early gives exactly the level of asking all three."""
    for order in permutations(T.core[area]):
        rules = replace(T, order=(area,), core={area: order})
        for values in product((0, 1, 2), repeat=3):
            full = dict(zip(map(simple, order), values, strict=True))
            short = asked_in_turn(full, rules=rules)
            assert area_span(short, area, rules) == area_span(full, area, rules), values
            assert area_span(full, area, rules).level == sorted(values)[1], "the median"
            assert len(short) == (2 if values[0] == values[1] else 3), values


@pytest.mark.parametrize("area", T.order)
def test_property_05_curtailment_equals_full_with_answers_missing(area):
    """All 64 triples in all 6 orders: also what is not known is exactly as wide."""
    for order in permutations(T.core[area]):
        rules = replace(T, order=(area,), core={area: order})
        for values in product((0, 1, 2, None), repeat=3):
            full = dict(zip(map(simple, order), values, strict=True))
            short = asked_in_turn(full, rules=rules)
            assert area_span(short, area, rules) == area_span(full, area, rules), values
            assert len(short) == 3 or None not in short.values(), "only a level that is known ends an area"


@given(FULL)
def test_property_06_length(truth):
    """At most 15, at least 10 where nothing is missing, nothing twice, and always an end."""
    assert 10 <= len(asked_in_turn(truth)) <= 15


@given(st.fixed_dictionaries(dict.fromkeys(CORE, VALUES)))
def test_property_06_a_sitting_is_complete_with_its_last_answer_and_not_before(truth):
    """What is left in the middle is shown as partial."""
    asked = asked_in_turn(truth)
    for end in range(len(asked)):
        assert not result({item: asked[item] for item in list(asked)[:end]}, {}, T).complete
    assert result(asked, {}, T).complete


@given(SOME, st.frozensets(st.sampled_from(CORE)))
def test_property_06_length_with_answers_missing_and_a_second_time(some, before):
    """Also where nothing is understood, and where the first sitting decides what is asked."""
    asked = asked_in_turn({item: some.get(item) for item in CORE}, before)
    assert len(asked) <= 15
    assert before <= asked.keys()


@given(FULL)
def test_property_06_a_second_time_asks_what_was_answered_the_first(truth):
    """So that there are pairs; whatever is answered now."""
    first = asked_in_turn(truth)
    second = asked_in_turn(dict.fromkeys(CORE, 2), first.keys())
    assert first.keys() <= second.keys()


PURE = ("levels", "asking", "checks", "status", "comparing", "result", "draft", "signs")


@pytest.mark.parametrize("name", PURE)
def test_property_07_determinism_no_clock_locale_or_chance(name):
    """No module of the engine can reach a clock, a locale, a random source or a screen."""
    tree = ast.parse((Path(assessment.__file__).parent / f"{name}.py").read_text("utf-8"))
    found = {
        alias.name.partition(".")[0] if isinstance(node, ast.Import) else (node.module or "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    allowed = {"__future__", "collections.abc", "dataclasses", "enum", "functools", "json", "typing"}
    assert all(
        name in allowed or name.startswith(("models.assessment", "assets.assessment", "models.words"))
        for name in found
    ), found


@settings(deadline=None, max_examples=40)
@given(answers=SOME.filter(bool), checks=CHECKS)
def test_property_07_replay(new_corner, answers, checks):
    """The same answers give the same bytes; what the log holds rebuilds them."""
    corner = new_corner()
    corner.book("Çağla")
    person = corner.person("Çağla")
    draft = new_draft(Part.CORE)
    for item, value in answers.items():
        draft = draft.answer(item, value)
    for check, done in checks.items():
        draft = draft.done(check, done)
    author = Author(corner.kiosk_id, PARTICIPANT, corner.at("09:00"))
    take(corner.conn, author, "charleroi", person, draft)
    told = [repr(one.result(T)) for one in taken_by(corner.conn, person)]
    rebuild(corner.conn)
    assert [repr(one.result(T)) for one in taken_by(corner.conn, person)] == told
    assert told == [repr(result(answers, checks, T))]
    assert corner.flaws() == []
    corner.conn.close()


@given(FULL, st.sets(st.sampled_from(CORE)))
def test_property_08_missing_is_not_zero(truth, missing):
    """What is not understood leaves an interval that holds the level; all missing is everything."""
    spans, open_spans = area_spans(truth, T), area_spans({**truth, **dict.fromkeys(missing)}, T)
    for area in T.order:
        assert open_spans[area].low <= spans[area].level <= open_spans[area].high
    known, unsure = status(spans, T, confirmed=False), status(open_spans, T, confirmed=False)
    assert unsure.low <= known.step <= unsure.high


def test_property_08_all_missing():
    for nothing in (result(dict.fromkeys(CORE), {}, T), result({}, {}, T)):
        assert all(span == (0, 2) for span in nothing.areas.values())
        assert nothing.status == Status(Step.NOT_YET, Step.DECLARED)
        assert nothing.status.step is None
        assert nothing.status.word == "together"


@given(ANY)
def test_property_09_checks_do_not_rewrite(answers):
    """Whatever comes of the exercises, levels are the same; only flags and "confirmed" change."""
    told = result(answers, {}, T)
    for spot, copy in product((*Done, None), repeat=2):
        checks = {check: done for check, done in ((Check.SPOT, spot), (Check.COPY, copy)) if done is not None}
        other = result(answers, checks, T)
        assert (other.areas, other.competences, other.complete) == (
            told.areas,
            told.competences,
            told.complete,
        )
        both = spot is Done.PASSED and copy is Done.PASSED
        assert other.status == (_confirmed(told.status) if both else told.status)
        assert result(answers, checks, T, observed=True).status == _confirmed(told.status)


def _confirmed(told: Status) -> Status:
    """What exercises or a trainer can change: "declared" becomes "confirmed", and nothing else moves."""
    return Status(*(Step.CONFIRMED if step is Step.DECLARED else step for step in (told.low, told.high)))


@given(ANY, CHECKS, st.booleans())
def test_property_10_status_lattice(answers, checks, observed):
    """Confirmed is declared is on the way; what is partial never reaches the level."""
    told = result(answers, checks, T, observed=observed)
    lowest = [span.low for span in told.areas.values()]
    if told.status.low >= Step.DECLARED:
        assert min(lowest) == 2
    if told.status.low >= Step.ON_THE_WAY:
        assert min(lowest) >= 1
    if told.status.low is Step.CONFIRMED:
        assert observed or all(checks.get(check) is Done.PASSED for check in Check)
    known = [sum(answers.get(simple(one)) is not None for one in T.core[area]) for area in T.order]
    if not told.complete or min(known) < T.needed:
        assert told.status.low < Step.DECLARED


@given(st.lists(st.tuples(st.sampled_from(CORE), VALUES), min_size=1), VALUES)
def test_property_11_undo(said, other):
    """Answer, back, other answer is answering that directly; and a draft reads back as it was."""
    draft = new_draft(Part.CORE)
    for item, value in said:
        draft = draft.answer(item, value)
    last = said[-1][0]
    direct = new_draft(Part.CORE)
    for item, value in [*said[:-1], (last, other)]:
        direct = direct.answer(item, value)
    assert to_text(draft.answer(last, other)) == to_text(direct), "also in their order"
    assert draft.answer(last, other).next_item(T) == direct.next_item(T)
    assert draft.answer(last, other).answer(last, said[-1][1]) == draft
    assert from_text(to_text(draft)) == draft
    given_items = list(draft.answers)
    for item in given_items:
        assert list(draft.answer(item, other).answers) == given_items, "it keeps its place on the way back"
    assert draft.item_before(None) == given_items[-1]
    assert draft.item_before(given_items[0]) is None


@given(FULL, st.sampled_from(CORE), VALUES)
def test_property_11_undo_after_the_end(truth, item, other):
    """Somebody changes an answer in the overview: what is then asked ends as if it had been said at once."""
    changed = {**truth, item: other}
    now = {one: changed[one] for one in asked_in_turn(truth)}
    while (more := next_item(now, T)) is not None:
        assert more not in now
        now[more] = changed[more]
    assert area_spans(now, T) == area_spans(asked_in_turn(changed), T)


@given(st.sampled_from(Part), ANY, st.none() | SOME, st.frozensets(st.sampled_from(CORE)), CHECKS)
def test_property_11_a_draft_read_back_goes_on_as_it_was(part, answers, core, before, checks):
    """With what is asked again, what was said before and what the exercises came to."""
    draft = new_draft(part, before=before, core=core)
    for item, value in answers.items():
        draft = draft.answer(item, value)
    for check, done in checks.items():
        draft = draft.done(check, done)
    back = from_text(to_text(draft))
    assert back == draft
    assert to_text(back) == to_text(draft)
    assert back.next_item(T) == draft.next_item(T)
    if part is Part.CORE:
        assert draft.next_item(T) == next_item(draft.answers, T, before)


@pytest.mark.parametrize(("item", "value"), [("2.1S", 3), ("2.1S", -1), ("6.1S", 1), ("2.1", 1)])
def test_property_11_what_is_no_answer_is_refused(item, value):
    with pytest.raises(ValueError, match="no such answer"):
        new_draft(Part.CORE).answer(item, value)


@given(ANY, ANY)
def test_property_12_antisymmetric_change(one, other):
    """Forth and back cancel out; from one to itself nothing changes; what was answered once is ignored."""
    same = ("v", "v")
    there, back = compare(one, other, T, versions=same), compare(other, one, T, versions=same)
    assert (there.up, there.down, there.net) == (back.down, back.up, -back.net)
    for area in T.order:
        assert (there.areas[area] is None) == (back.areas[area] is None)
        assert there.areas[area] is None or there.areas[area] == -back.areas[area]
    still = compare(one, one, T, versions=same)
    assert (still.up, still.down, still.net) == (0, 0, 0)
    both = {item: value for item, value in one.items() if other.get(item) is not None}
    assert compare(both, other, T, versions=same) == there
    with pytest.raises(OtherWording):
        compare(one, other, T, versions=("v", "w"))


def test_property_12_only_what_was_answered_both_times_moves_an_area():
    """Every way to answer the three items of an area twice, against medians of what they may have been."""
    area = T.order[0]
    items = [simple(one) for one in T.core[area]]
    for values in product((0, 1, 2, None), repeat=6):
        first, second = values[:3], values[3:]
        both = [None not in pair for pair in zip(first, second, strict=True)]
        levels = [
            {
                sorted(filled)[1]
                for filled in product(
                    *((value,) if known else (0, 1, 2) for value, known in zip(said, both, strict=True))
                )
            }
            for said in (first, second)
        ]
        steps = levels[1].pop() - levels[0].pop() if all(len(found) == 1 for found in levels) else None
        compared = compare(
            dict(zip(items, first, strict=True)),
            {item: value for item, value in zip(items, second, strict=True) if value is not None},
            T,
            versions=("v", "v"),
        )
        assert compared.areas == dict.fromkeys(T.order) | {area: steps}, values
        assert compared.net == (steps or 0)


@given(SOME, ANY, CHECKS)
def test_property_13_extension_invariance(core, more, checks):
    """The optional part never changes the level of an area or the status."""
    plain, extended = result(core, checks, T), result(core, checks, T, further=more)
    assert (plain.areas, plain.status, plain.flags) == (extended.areas, extended.status, extended.flags)
    assert plain.complete == extended.complete
    for one, level in extended.competences.items():
        assert level == competence_level({**more, **core}, one), "it does say more of a competence"


@given(ANY)
def test_property_13_the_optional_part_ends_and_asks_nothing_twice(answers):
    """At most 27 more: six competences, and a well-defined task for each that is done alone."""
    core = {item: value for item, value in answers.items() if item in CORE}
    given_so_far, asked = dict(core), []
    while (item := next_further(given_so_far, T)) is not None:
        asked.append(item)
        given_so_far[item] = answers.get(item, 2)
        assert len(asked) <= 27
    assert len(asked) == len(set(asked))
    beside = {one for one in ALL_SIMPLE if one not in CORE}
    assert set(asked) == beside | {
        defined(one) for one in framework().ids if given_so_far.get(simple(one)) == 2
    }


@given(SOME, ANY)
def test_property_13_the_optional_part_goes_on_from_the_core(core, more):
    """A draft of it asks what the core leaves open, and keeps the core's answers apart."""
    draft = new_draft(Part.FURTHER, core=core)
    while (item := draft.next_item(T)) is not None:
        assert item == next_further({**core, **draft.answers}, T)
        assert item not in core
        assert item not in draft.answers
        draft = draft.answer(item, more.get(item, 2))
    assert draft.core == core
    assert not draft.answers.keys() & core.keys()


@given(ANY, CHECKS)
def test_property_14_translation_invariance(answers, checks):
    """Whatever language an answer was given in, it is kept and read as the same."""
    assert answers_of(*signs_of(answers)) == answers
    assert result(answers_of(*signs_of(answers)), checks, T) == result(answers, checks, T)


WITHOUT = ("language", "translate", "audio", "voice", "theme", "contrast", "layout", "keys", "screen")


@pytest.mark.parametrize("name", PURE)
def test_property_14_no_function_is_told_a_language_a_voice_or_a_layout(name):
    """So none of them can change a result; the texts of the bank are not read either."""
    tree = ast.parse((Path(assessment.__file__).parent / f"{name}.py").read_text("utf-8"))
    taken = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    assert taken.isdisjoint(WITHOUT)
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert read.isdisjoint({"ask", "plainly", "short", "starters"})


def test_property_14_the_mapping_is_total_in_both_versions():
    """21 ids in five areas, with a title in either version, and a band for each of eight levels."""
    assert len(framework().ids) == 21
    assert len(framework().competences) == 5
    for version in ("2.2", "3.0"):
        assert framework().titles[version].keys() == {*framework().ids, *framework().competences}
        assert set(framework().bands[version]) == set(range(1, 9))
    basic = [level for level, band in framework().bands["3.0"].items() if band == "Basic"]
    assert basic == [1, 2]


PAIRS = [st.tuples(st.integers(low, high), st.integers(low, high)) for low, high in ((1, 3), (0, 2), (0, 2))]


@given(ANY, CHECKS, *PAIRS)
def test_property_15_threshold_monotonicity(answers, checks, needed, on_the_way, reached):
    """Whichever are made stricter, and by how much: no level or status is raised by that."""
    mild, strict = (
        replace(T, needed=pick(needed), on_the_way=pick(on_the_way), reached=pick(reached))
        for pick in (min, max)
    )
    for area in T.order:
        assert area_span(answers, area, strict).low <= area_span(answers, area, mild).low
        assert area_span(answers, area, strict).high <= area_span(answers, area, mild).high
    before, after = result(answers, checks, mild).status, result(answers, checks, strict).status
    if before.high is Step.NOT_YET:
        assert after.high is Step.NOT_YET
    assert after.high <= before.high
    assert after.low <= before.low


def test_property_16_bank_lint_is_in_tests_assets():
    """Twenty-one ids, one simple and one well-defined item each; the wording is read in ``test_bank``."""
    assert set(bank().items) == set(ALL_ITEMS)
    assert set(CORE) <= set(bank().items)
