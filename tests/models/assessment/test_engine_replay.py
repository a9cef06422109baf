"""The same answers come to the same result: in any order, any language, anywhere, and again from the log."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from answering import ALL, SAID, carry_on, core_in_part, in_part, outcomes, some, whole_core
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.assessment import bank, framework, thresholds
from models.assessment import asking
from models.assessment.checks import Check, Done
from models.assessment.draft import Part, new_draft
from models.assessment.levels import Span
from models.assessment.result import result
from models.assessment.signs import answers_of, signs_of
from models.assessment.status import Status, Step
from models.assessment.taking import first_answers, take, taken_by
from models.log import record
from models.projections import rebuild

HOUSE = Path(asking.__file__).parents[2]
ENGINE = ("levels", "asking", "checks", "status", "comparing", "result", "draft", "signs")
"""What is a pure function of answers and numbers."""

MAY_IMPORT = {
    *("__future__", "collections.abc", "dataclasses", "enum", "functools", "json", "typing"),
    *("assets.assessment", "models.words"),
    *(f"models.assessment.{module}" for module in ENGINE),
}
"""No clock, no locale, no chance, no language, no disk, no environment."""


def tree(module):
    return ast.parse((HOUSE / f"{module.replace('.', '/')}.py").read_text("utf-8"))


def imported(module):
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


# ---- property 7


@some
@given(in_part | whole_core, outcomes, st.randoms(use_true_random=False))
def test_property_07_determinism(answers, checks, random):
    """Byte for byte the same, again and in whatever order the answers were given."""
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    others = list(checks.items())
    random.shuffle(others)
    found = result(answers, checks, thresholds())
    assert repr(result(answers, checks, thresholds())) == repr(found)
    assert repr(result(dict(shuffled), dict(others), thresholds())) == repr(found)


PROGRAM = """
import hashlib
from random import Random
from assets.assessment import bank, thresholds
from models.assessment.checks import Check, Done
from models.assessment.comparing import compare, is_progress
from models.assessment.result import result

random, said = Random(5), []
for _ in range(150):
    one, other = ({item: random.choice([None, 0, 1, 2]) for item in bank().items} for _ in range(2))
    checks = {check: random.choice(list(Done)) for check in Check}
    said.append(repr(result(one, checks, thresholds(), further=other)))
    compared = compare(one, other, thresholds(), versions=("1", "1"))
    said += [repr(compared), repr(is_progress(compared, thresholds()))]
print(hashlib.sha256("".join(said).encode()).hexdigest())
"""


def test_property_07_the_same_in_every_process():
    """Whatever the seed of hashes, the language, the time zone: each process says the same bytes."""
    said = set()
    for seed, language, zone in (("0", "C", "UTC"), ("1", "fr_BE.UTF-8", "Asia/Tokyo")):
        env = os.environ | {"PYTHONHASHSEED": seed, "LANG": language, "LC_ALL": language, "TZ": zone}
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=HOUSE, env=env, capture_output=True, text=True, check=True
        )
        said.add(ran.stdout)
    assert len(said) == 1


@pytest.mark.parametrize("module", [*(f"models.assessment.{one}" for one in ENGINE), "assets.assessment"])
def test_property_07_no_clock_locale_or_chance(module):
    """By what each module imports, and by what it calls."""
    allowed = MAY_IMPORT | ({"assets.facts"} if module == "assets.assessment" else set())
    assert set(imported(module)) <= allowed
    called = {node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)}
    names = {func.id for func in called if isinstance(func, ast.Name)}
    assert names.isdisjoint({"open", "input", "hash", "id", "eval", "exec", "__import__", "print"})


@pytest.mark.parametrize("module", ["taking", "unfinished", "shown"])
def test_property_07_the_rules_around_it_are_told_the_time(module):
    called = {
        node.func.attr
        for node in ast.walk(tree(f"models.assessment.{module}"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called.isdisjoint({"now", "today", "utcnow", "time", "monotonic", "choice", "random", "getlocale"})
    assert set(imported(f"models.assessment.{module}")).isdisjoint(
        {"time", "random", "secrets", "locale", "os"}
    )


def test_the_engine_is_named_whole():
    """A module that is added is held to it too, unless it knows more than the engine may."""
    there = {file.stem for file in (HOUSE / "models/assessment").glob("*.py")} - {"__init__"}
    pure = {one for one in there if set(imported(f"models.assessment.{one}")) <= MAY_IMPORT}
    assert pure == set(ENGINE)


@pytest.fixture(scope="module")
def keeping(new_corner):
    """A corner that keeps one sitting of a person at a time."""
    corner = new_corner()

    def keep(name, draft, when):
        with corner.transaction():
            return take(corner.conn, corner.author(when), "charleroi", corner.person(name), draft)

    corner.keep = keep
    yield corner
    corner.conn.close()


@settings(some, max_examples=60)
@given(core_in_part.filter(bool) | whole_core, outcomes)
def test_property_07_replay(keeping, answers, checks):
    """From the draft, the table, the log's own row, and after everything was made anew: the same."""
    draft = new_draft(Part.CORE)
    for item, value in answers.items():
        draft = draft.answer(item, value)
    for check, done in checks.items():
        draft = draft.done(check, done)
    at_once = repr(result(draft.answers, draft.checks, thresholds()))
    kept = keeping.keep("Binta", draft, "09:00")

    (read,) = (one for one in taken_by(keeping.conn, keeping.person("Binta")) if one.id == kept)
    assert repr(read.result(thresholds())) == at_once
    assert (read.part, read.framework, read.bank) == (Part.CORE, "3.0", bank().version)
    assert read.answers == draft.answers
    assert read.checks == draft.checks

    ((body,),) = keeping.ask("select body from change where id = ?", kept)
    logged = json.loads(body)
    stored = {Check(check): Done(done) for check, done in logged["checks"].items()}
    assert repr(result(logged["answers"], stored, thresholds())) == at_once

    before = keeping.projections()
    rebuild(keeping.conn)
    assert keeping.projections() == before
    (again,) = (one for one in taken_by(keeping.conn, keeping.person("Binta")) if one.id == kept)
    assert repr(again.result(thresholds())) == at_once


def test_property_07_replay_of_a_whole_life(corner):
    """Before, optional part, after, and what a trainer ticked and took back; two people, then made anew."""
    random = Random(7)
    people = ("Łukasz", "Oksana")
    for name in people:
        truth = {item: random.choice(SAID[1:]) for item in ALL}
        first = carry_on(new_draft(Part.CORE), truth).done(Check.COPY, Done.PASSED)
        further = carry_on(new_draft(Part.FURTHER, core=first.answers), truth)
        again = carry_on(new_draft(Part.CORE, before=first.answers), dict.fromkeys(ALL, 2))
        kept = []
        for draft, when in ((first, "09:00"), (further, "09:10"), (again, "2022-11-24 09:00")):
            with corner.transaction():
                person = corner.person(name)
                kept.append(take(corner.conn, corner.author(when), "charleroi", person, draft))
        for kind, when in (("confirmed", "2022-11-24 10:00"), ("withdrawn", "2022-11-24 10:05"))[
            : 1 + (name == "Oksana")
        ]:
            with corner.transaction():
                author = corner.author(when, "sam")
                body = {"at": corner.at(when).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
                record(
                    corner.conn, author, f"observation.{kind}", "assessment", kept[2], body, subject=person
                )

    def life():
        return [taken_by(corner.conn, corner.person(name)) for name in people]

    told = life()
    assert [[one.part for one in sittings] for sittings in told] == [["core", "further", "core"]] * 2
    steps = [sittings[2].result(thresholds()).status.step for sittings in told]
    assert steps == [Step.CONFIRMED, Step.DECLARED]
    for name, sittings in zip(people, told, strict=True):
        assert first_answers(corner.conn, corner.person(name)) == sittings[0].answers.keys()
        assert sittings[0].answers.keys() <= sittings[2].answers.keys()
    rebuild(corner.conn)
    assert repr(life()) == repr(told)
    assert corner.flaws() == []


def test_what_was_not_understood_the_first_time_is_no_pair(corner):
    """Only what was answered is asked again, and only what the first sitting of the core held."""
    sittings = (
        new_draft(Part.CORE).answer("2.1S", None).answer("2.2S", 1),
        new_draft(Part.CORE).answer("1.1S", 2),
    )
    for draft, when in zip(sittings, ("09:00", "10:00"), strict=True):
        with corner.transaction():
            take(corner.conn, corner.author(when), "charleroi", corner.person("Zoé"), draft)
    assert first_answers(corner.conn, corner.person("Zoé")) == {"2.2S"}
    assert first_answers(corner.conn, corner.person("Hoa")) == frozenset()


def test_a_sitting_without_an_answer_is_not_kept(corner):
    with corner.transaction(), pytest.raises(ValueError, match="nothing"):
        take(corner.conn, corner.author(), "charleroi", corner.person("Hoa"), new_draft(Part.CORE))
    assert "assessment.taken" not in corner.log()


@some
@given(in_part)
def test_answers_and_their_signs_are_the_same(answers):
    signs = signs_of(answers)
    assert [len(one) for one in signs] == [21, 21]
    assert answers_of(*signs) == answers


# ---- property 14


def test_property_14_no_language_reaches_a_result():
    """A result is numbers and ids: no text of any language is read by what makes it."""
    texts = {"ask", "plainly", "short", "starters", "titles", "bands"}
    for module in (*ENGINE, "taking"):
        read = {
            node.attr
            for node in ast.walk(tree(f"models.assessment.{module}"))
            if isinstance(node, ast.Attribute)
        }
        assert read.isdisjoint(texts), module
        words = {
            node.arg for node in ast.walk(tree(f"models.assessment.{module}")) if isinstance(node, ast.arg)
        }
        assert words.isdisjoint({"language", "translate", "locale", "theme", "keyboard", "sound"}), module


@some
@given(core_in_part, outcomes)
def test_property_14_a_result_holds_no_text(answers, checks):
    """Nothing that would have to be said in a language; every id is one of the framework's."""
    found = result(answers, checks, thresholds())
    assert found.competences.keys() == set(framework().ids)
    assert found.flags.keys() <= set(framework().ids)
    assert found.areas.keys() == set(framework().competences)
    assert all(isinstance(span, Span) for span in found.areas.values())
    assert isinstance(found.status, Status)
    for text in (text for item in bank().items.values() for text in item.short.values()):
        assert text not in repr(found)
