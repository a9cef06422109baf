"""What is kept of a self-assessment: one row of the log, and until then only for its own person."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sittings import BOTH, draft, keep

from assets.assessment import bank, thresholds
from models.assessment.draft import Part, from_text, to_text
from models.assessment.shown import shown
from models.assessment.taking import first_answers, take, taken_by
from models.assessment.unfinished import find_unfinished, forget_old, forget_unfinished, keep_unfinished
from models.half_days import day_bounds
from models.log import record
from models.projections import rebuild

SECOND = timedelta(seconds=1)
KEYS = st.sampled_from(("part", "bank", "answers", "checks", "again", "core", "2.1S"))
JSON = st.none() | st.booleans() | st.integers(-1, 4) | st.floats(0, 2) | st.text(max_size=6)


@pytest.fixture
def binta(corner):
    corner.book("Binta")
    return corner.person("Binta")


def test_one_row_holds_it_all_and_ends_what_was_unfinished(corner, binta):
    made = draft({"2.1S": 2, "2.2S": None, "3.4S": 1}, BOTH)
    with corner.transaction():
        keep_unfinished(corner.conn, binta, made, corner.at("08:50"))
    before = len(corner.log())
    keep(corner, binta, made)
    assert len(corner.log()) == before + 1
    (kept,) = taken_by(corner.conn, binta)
    assert (kept.answers, kept.checks, kept.part) == (made.answers, BOTH, Part.CORE)
    assert (kept.framework, kept.bank) == ("3.0", bank().version)
    assert corner.ask("select subject from change where kind = 'assessment.taken'") == [(binta,)]
    assert find_unfinished(corner.conn, binta, corner.at("09:00")) is None
    rebuild(corner.conn)
    assert taken_by(corner.conn, binta) == (kept,)
    assert corner.flaws() == []


def test_nothing_answered_is_nothing_kept(corner, binta):
    with pytest.raises(ValueError, match="nothing"):
        take(corner.conn, corner.author("09:00"), "charleroi", binta, draft({}))


def test_the_first_one_decides_what_is_asked_again(corner, binta):
    """Not what was not understood, and not the optional part."""
    assert first_answers(corner.conn, binta) == frozenset()
    keep(corner, binta, draft({"2.4S": 2}, part=Part.FURTHER, core={"2.1S": 2}), when="08:40")
    keep(corner, binta, draft({"2.1S": 2, "2.2S": None, "1.1S": 0}), when="08:45")
    keep(corner, binta, draft(2), when="08:50")
    assert first_answers(corner.conn, binta) == {"2.1S", "1.1S"}


def test_a_walk_in_who_turns_out_to_be_somebody_brings_theirs_along(corner, binta):
    corner.book("Zoé")
    zoe = corner.person("Zoé")
    keep(corner, zoe, 1, when="08:40")
    keep(corner, binta, 2, when="08:50")
    with corner.transaction():
        body = {"set": {"merged_into": binta}, "base": {}}
        record(corner.conn, corner.author("09:00"), "participant.set", "participant", zoe, body)
    assert [one.result(thresholds()).status.low for one in taken_by(corner.conn, binta)] == [1, 2]


def test_what_is_unfinished_is_found_by_its_own_person_on_its_own_day(corner, binta):
    corner.book("Joris")
    made = draft({"2.1S": 1})
    with corner.transaction():
        keep_unfinished(corner.conn, binta, draft({"2.1S": 0}), corner.at("08:40"))
        keep_unfinished(corner.conn, binta, made, corner.at("23:50"))
    assert find_unfinished(corner.conn, binta, corner.at("23:59")) == made
    assert find_unfinished(corner.conn, corner.person("Joris"), corner.at("23:59")) is None
    assert find_unfinished(corner.conn, binta, corner.at("2022-11-04 00:01")) is None
    with corner.transaction():
        forget_old(corner.conn, corner.at("23:59"))
    assert corner.ask("select count(*) from unfinished") == [(1,)]
    with corner.transaction():
        forget_old(corner.conn, corner.at("2022-11-04 00:01"))
    assert corner.ask("select count(*) from unfinished") == [(0,)]


def test_the_day_of_25_hours_is_one_day(corner, binta):
    with corner.transaction():
        keep_unfinished(corner.conn, binta, draft({"2.1S": 1}), corner.at("2022-10-30 00:10"))
    assert find_unfinished(corner.conn, binta, corner.at("2022-10-30 23:50")) is not None


@pytest.mark.parametrize("day", ["2022-03-27", "2022-10-30", "2022-11-03"])
def test_a_day_ends_at_its_own_midnight_whatever_the_clock_does(corner, binta, day):
    """Days of 23, 25 and 24 hours, by the clock of the corner and not of UTC."""
    midnight = corner.at(f"{day} 00:00")
    end = day_bounds(midnight)[1]
    for first, last, there in (
        (midnight, end - SECOND, True),
        (midnight - SECOND, midnight, False),
        (end - SECOND, end, False),
        (end, end + SECOND, True),
    ):
        with corner.transaction():
            keep_unfinished(corner.conn, binta, draft({"2.1S": 1}), first)
        assert (find_unfinished(corner.conn, binta, last) is not None) == there, (first, last)
        with corner.transaction():
            forget_old(corner.conn, last)
        assert corner.ask("select count(*) from unfinished") == [(int(there),)], (first, last)


def test_forgetting_one_leaves_the_others(corner, binta):
    """What one person finishes or cancels takes nothing away from another."""
    corner.book("Joris")
    joris = corner.person("Joris")
    with corner.transaction():
        for person, value in ((binta, 0), (joris, 2)):
            keep_unfinished(corner.conn, person, draft({"2.1S": value}), corner.at("08:40"))
        forget_unfinished(corner.conn, binta)
    assert find_unfinished(corner.conn, binta, corner.at("08:45")) is None
    assert find_unfinished(corner.conn, joris, corner.at("08:45")) == draft({"2.1S": 2})
    keep(corner, binta, 1)
    assert find_unfinished(corner.conn, joris, corner.at("09:05")) == draft({"2.1S": 2})


def test_an_unfinished_sitting_is_no_row_of_the_log_and_outlives_a_rebuild(corner, binta):
    before = corner.log()
    with corner.transaction():
        keep_unfinished(corner.conn, binta, draft({"2.1S": 1}), corner.at("08:40"))
    rebuild(corner.conn)
    assert corner.log() == before
    assert find_unfinished(corner.conn, binta, corner.at("08:45")) == draft({"2.1S": 1})


@given(st.recursive(JSON, lambda inside: st.lists(inside) | st.dictionaries(KEYS, inside), max_leaves=8))
def test_whatever_json_is_read_is_a_draft_or_none(found):
    """And a draft that is read can go on: its next question and its text are there."""
    read = from_text(json.dumps(found))
    assert read is None or from_text(to_text(read)) == read


@given(st.sampled_from(("part", "bank", "answers", "checks", "again", "core")), JSON | st.lists(JSON))
def test_a_draft_with_one_thing_wrong_is_none_or_goes_on(key, value):
    good = json.loads(to_text(draft({"2.1S": 1}, BOTH)))
    read = from_text(json.dumps(good | {key: value}))
    assert from_text(json.dumps({name: one for name, one in good.items() if name != key})) is None
    if read is not None:
        assert read.next_item(thresholds()) in bank().items
        assert from_text(to_text(read)) == read


@pytest.mark.parametrize(
    "answers", [{"2.1S": 3}, {"2.1S": -1}, {"2.1S": "1"}, {"2.1S": True}, {"2.1S": 1.5}, [1], 7]
)
@pytest.mark.parametrize("place", ["answers", "core"])
def test_a_draft_with_answers_that_nobody_can_give_is_none(place, answers):
    good = json.loads(to_text(draft({"2.1S": 1})))
    assert from_text(json.dumps(good)) == draft({"2.1S": 1})
    assert from_text(json.dumps(good | {place: answers})) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        to_text(draft({"2.1S": 1})).replace("2.1S", "9.9S"),
        to_text(draft({"2.1S": 1})).replace(bank().version, "2099-01"),
        to_text(draft({"2.1S": 1})).replace('"core"', '"other"', 1),
    ],
)
def test_a_draft_that_this_version_cannot_read_is_none(text):
    assert from_text(text) is None


@pytest.mark.parametrize(
    "change",
    [
        {"part": "other"},
        {"answers": {"2.1S": 3}},
        {"answers": {"6.1S": 1}},
        {"answers": [1]},
        {"answers": {"2.1S": True}},
        {"checks": {"spot": "perhaps"}},
        {"checks": None},
        {"at": "yesterday"},
    ],
)
def test_what_a_newer_version_has_written_changes_nothing(corner, binta, change):
    """It stays in the log, and the table is as before."""
    good = {
        "at": "2022-11-03T08:00:00.000000Z",
        **{"corner": "charleroi", "part": "core", "framework": "3.0", "bank": "x"},
        **{"answers": {"2.1S": 1}, "checks": {}},
    }
    with corner.transaction():
        record(
            corner.conn, corner.author("09:00"), "assessment.taken", "participant", binta, {**good, **change}
        )
    assert taken_by(corner.conn, binta) == ()
    assert corner.flaws() == []


@pytest.mark.parametrize("kind", ["assessment.reviewed", "assessment.withdrawn", "observation.doubted"])
def test_a_kind_of_row_that_only_a_newer_version_knows_changes_nothing(corner, binta, kind):
    """It stays in the log and in the chain; tables are made anew around it."""
    kept = keep(corner, binta, 1)
    before = taken_by(corner.conn, binta)
    with corner.transaction():
        body = {"at": "2022-11-03T08:30:00.000000Z", "corner": "charleroi", "assessment": kept}
        record(corner.conn, corner.author("09:30"), kind, "participant", binta, body, subject=binta)
    assert taken_by(corner.conn, binta) == before
    rebuild(corner.conn)
    assert taken_by(corner.conn, binta) == before
    assert corner.log()[-1] == kind
    assert corner.flaws() == []


def test_only_a_half_day_with_a_place_is_proposed(corner, binta):
    """A programme that is on the list and really comes: the next one that has a place."""
    corner.book("Kofi", start="2022-11-05 08:30", programme="digital-skills")
    corner.book("Hoa", start="2022-11-04 08:30", programme="digital-skills", capacity=1)
    found = shown(corner.conn, "charleroi", "Binta O.", draft(0), thresholds(), corner.at("2022-11-03 09:00"))
    assert found.proposal is not None
    assert found.proposal.programme == "digital-skills"
    assert found.proposal.starts_at == corner.at("2022-11-05 08:30")
    nothing = shown(corner.conn, "mons", "", draft(0), thresholds(), corner.at("09:00"))
    assert nothing.proposal is None
