"""The group picture: the same as counting one by one, and nothing small can be told from what is shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sittings import CORE, draft, keep
from team_desk import ask, come

from assets.assessment import framework, thresholds
from models.assessment.comparing import compare, is_progress
from models.assessment.draft import Part
from models.assessment.group import (
    TOGETHER,
    GroupPicture,
    GroupPictureOf,
    Side,
    Signs,
    picture,
)
from models.assessment.levels import area_spans
from models.assessment.masking import masked, masked_row
from models.assessment.signs import answers_of, signs_of
from models.merging import Merge
from models.words import Role

SMALLEST = thresholds().smallest_count
AREAS = tuple(framework().competences)

ITEMS = (*CORE, "2.4S", "3.4S", "5.3S")
ANSWERS = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from([None, 0, 1, 2]))
SITTINGS = st.lists(
    st.builds(
        lambda person, bank, answers: Signs(person, bank, signs_of(answers)[0]),
        st.sampled_from("abcde"),
        st.sampled_from(["2026-11", "2026-11", "2020-01"]),
        ANSWERS,
    ),
    max_size=14,
)


def one_by_one(sittings: list[Signs]) -> GroupPicture:
    """The same without any shortcut: each person's first and latest, level by level."""
    of_person: dict[str, list[Signs]] = {}
    for one in sittings:
        of_person.setdefault(one.person, []).append(one)
    before = [each[0] for each in of_person.values()]
    pairs = [(each[0], each[-1]) for each in of_person.values() if len(each) > 1]
    pairs = [(first, latest) for first, latest in pairs if first.bank == latest.bank]

    def side(some: list[Signs]) -> Side:
        rows = {area: [0, 0, 0, 0] for area in AREAS}
        for one in some:
            for area, span in area_spans(answers_of(one.simple, "-" * 21), thresholds()).items():
                rows[area][TOGETHER if span.level is None else span.level] += 1
        return Side(len(some), {area: tuple(row) for area, row in rows.items()})

    progress = sum(
        is_progress(
            compare(
                *(answers_of(one.simple, "-" * 21) for one in pair), thresholds(), versions=("same", "same")
            ),
            thresholds(),
        )
        for pair in pairs
    )
    return GroupPicture(side(before), side([latest for _, latest in pairs]), progress)


@settings(max_examples=300)
@given(SITTINGS)
def test_the_picture_is_what_counting_one_by_one_gives(sittings):
    assert picture(sittings, thresholds()) == one_by_one(sittings)


def test_steps_of_progress_are_counted():
    """So that the property above does not hold for a picture in which nobody ever makes any."""
    low, high = (signs_of(dict.fromkeys(CORE, value))[0] for value in (0, 2))
    found = picture([Signs("a", "x", low), Signs("b", "x", high), Signs("a", "x", high)], thresholds())
    assert (found.before.people, found.after.people, found.progress) == (2, 1, 1)
    assert found.after.areas["3"] == (0, 0, 1, 0)


# ---- who is counted


def test_a_half_day_is_its_people_and_the_corner_is_everybody(corner):
    half_day = corner.book("Binta", "Łukasz", "Hoa")
    corner.book("Joris", start="13:30")
    corner.book("Zoé", status="cancelled")
    for name in ("Binta", "Joris", "Zoé"):
        keep(corner, corner.person(name), 1)
    keep(corner, corner.person("Hoa"), 2, place="mons")
    keep(corner, corner.person("Binta"), 2, "09:10")
    keep(corner, corner.person("Binta"), draft({"2.4S": 2}, part=Part.FURTHER), "09:20")
    group = ask(corner, GroupPictureOf(half_day))
    assert group.half_day.id == half_day
    assert (group.before.people, group.after.people, group.progress) == (2, 1, 1)
    assert set(group.before.areas.values()) == {(0, 1, 1, 0)}
    everybody = ask(corner, GroupPictureOf())
    assert (everybody.before.people, everybody.after.people, everybody.half_day) == (3, 1, None)


def test_whoever_came_without_a_place_is_in_the_group(corner):
    half_day = corner.book("Binta", status="cancelled")
    keep(corner, corner.person("Binta"), 1)
    assert ask(corner, GroupPictureOf(half_day)).before.people == 0
    corner.note("arrived", "Binta", half_day, "08:30")
    assert ask(corner, GroupPictureOf(half_day)).before.people == 1


def test_a_walk_in_who_turned_out_to_be_somebody_is_one_person(corner):
    half_day = corner.book("Binta")
    binta, guest = corner.person("Binta"), come(corner)
    keep(corner, guest, 0)
    keep(corner, binta, 2, "09:10")
    assert ask(corner, GroupPictureOf()).before.people == 2
    ask(corner, Merge(half_day, guest, binta))
    for request in (GroupPictureOf(half_day), GroupPictureOf()):
        found = ask(corner, request)
        assert (found.before.people, found.after.people, found.progress) == (1, 1, 1)
        assert set(found.before.areas.values()) == {(1, 0, 0, 0)}


def test_small_counts_are_for_the_team_alone_and_not_for_the_projector(corner):
    """P-23"""
    half_day = corner.book("Binta")
    keep(corner, corner.person("Binta"), 1)
    for place in (half_day, ""):
        for role in (Role.FACILITATOR, Role.STAFF):
            assert ask(corner, GroupPictureOf(place), role=role).before.people == 1
            assert ask(corner, GroupPictureOf(place, projected=True), role=role).before.people is None
        found = ask(corner, GroupPictureOf(place, projected=True))
        assert found.masked
        assert counts(found) == {None}


# ---- nothing small is told


def counts(found: GroupPicture) -> set[int | None]:
    sides = (found.before, found.after)
    rows = {count for side in sides for row in side.areas.values() for count in row}
    return rows | {found.progress, *(side.people for side in sides)}


def rows_of(people: int) -> list[tuple[int, ...]]:
    """Every row of four counts of so many people."""
    some = range(people + 1)
    return [(*three, people - sum(three)) for three in product(some, some, some) if sum(three) <= people]


@pytest.mark.parametrize("people", range(SMALLEST, 24))
def test_nobody_can_tell_a_hidden_count_of_a_row_even_who_knows_the_rules(people):
    """Each hidden count may be two things at least, with everything shown as it is."""
    behind: dict[tuple, list[tuple[int, ...]]] = {}
    for row in rows_of(people):
        shown = masked_row(row, SMALLEST)
        assert all(count is None or count >= SMALLEST for count in shown)
        hidden = [count for count, seen in zip(row, shown, strict=True) if seen is None]
        assert not hidden or sum(hidden) >= SMALLEST, "their sum is a small count"
        behind.setdefault(shown, []).append(row)
    for shown, rows in behind.items():
        for place, count in enumerate(shown):
            if count is None:
                assert len({row[place] for row in rows}) > 1, (shown, rows)


def test_a_row_without_small_counts_is_shown_whole():
    assert masked_row((5, 6, 7, 8), SMALLEST) == (5, 6, 7, 8)
    assert masked_row((50, 60, 3, 2), SMALLEST) == (50, 60, None, None)
    assert masked_row((50, 60, 70, 4), SMALLEST) == (None, 60, 70, None)


ROW = st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20]), min_size=4, max_size=4)


def spread(people: int, wishes: list[int]) -> tuple[int, ...]:
    """A row of so many people, about as wished."""
    row, left = [], people
    for wish in wishes[:3]:
        row.append(min(wish, left))
        left -= row[-1]
    return (*row, left)


@st.composite
def pictures(draw) -> tuple[GroupPicture, GroupPicture]:
    """A group and the corner around it."""

    def make(before: int, after: int) -> GroupPicture:
        sides = [
            Side(people, {area: spread(people, draw(ROW)) for area in AREAS}) for people in (before, after)
        ]
        return GroupPicture(*sides, draw(st.integers(0, after)))

    before = draw(st.integers(0, 40))
    group = make(before, draw(st.integers(0, before)))
    came = draw(st.integers(0, 40))
    rest = make(came, draw(st.integers(0, came)))
    return group, added(group, rest)


def added(one: GroupPicture, other: GroupPicture) -> GroupPicture:
    sides = [
        Side(
            mine.people + theirs.people,
            {area: tuple(map(sum, zip(mine.areas[area], theirs.areas[area], strict=True))) for area in AREAS},
        )
        for mine, theirs in ((one.before, other.before), (one.after, other.after))
    ]
    return GroupPicture(*sides, one.progress + other.progress)


@settings(max_examples=400)
@given(pictures())
def test_no_subtraction_gives_a_small_count(both):
    """P-23: between the counts of a row, before and after, progress, and the group and its corner."""
    group, corner = both
    seen, around = masked(group, SMALLEST, beside=corner), masked(corner, SMALLEST)
    for whole, shown in ((group, seen), (corner, around)):
        assert all(count is None or count >= SMALLEST for count in counts(shown))
        sides = ((whole.before, shown.before), (whole.after, shown.after))
        for all_of_it, told in sides:
            for area, row in told.areas.items():
                if told.people is None:
                    assert set(row) == {None}
                assert_told_nothing_small(all_of_it.areas[area], row)
        if shown.after.people is not None and shown.before.people is not None:
            assert not 0 < shown.before.people - shown.after.people < SMALLEST
        if shown.progress is not None:
            assert shown.after.people - shown.progress >= SMALLEST
    for mine, theirs in ((seen.before, around.before), (seen.after, around.after)):
        if mine.people is None or theirs.people is None or mine.people == theirs.people:
            continue
        assert theirs.people - mine.people >= SMALLEST
        for area, row in mine.areas.items():
            if set(row) == {None}:
                continue
            pairs = list(zip(row, theirs.areas[area], strict=True))
            whole = [pair for pair in pairs if None not in pair]
            assert all(other - count >= SMALLEST for count, other in whole)
            if len(whole) < len(pairs):
                left = theirs.people - mine.people - sum(other - count for count, other in whole)
                assert left >= SMALLEST


def assert_told_nothing_small(row: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    hidden = [count for count, seen in zip(row, shown, strict=True) if seen is None]
    assert [seen for seen in shown if seen is not None] == [
        count for count, seen in zip(row, shown, strict=True) if seen is not None
    ]
    assert len(hidden) != 1
    assert not hidden or len(hidden) == len(row) or sum(hidden) >= SMALLEST


def test_a_large_group_is_shown():
    """Hiding everything would hold every property above."""
    half = dict.fromkeys(AREAS, (30, 40, 20, 10))
    corner = GroupPicture(
        Side(300, dict.fromkeys(AREAS, (90, 120, 60, 30))),
        Side(200, dict.fromkeys(AREAS, (40, 60, 80, 20))),
        60,
    )
    group = GroupPicture(Side(100, half), Side(90, dict.fromkeys(AREAS, (10, 20, 50, 10))), 30)
    seen = masked(group, SMALLEST, beside=corner)
    assert (seen.before, seen.after, seen.progress) == (group.before, group.after, 30)
    assert masked(corner, SMALLEST).before == corner.before
    few = dict.fromkeys(AREAS, (3, 40, 37, 20))
    group = replace(group, before=Side(100, few))
    corner = replace(corner, before=Side(300, dict.fromkeys(AREAS, (4, 140, 76, 80))))
    assert set(masked(group, SMALLEST, beside=corner).before.areas.values()) == {(None, 40, 37, None)}
