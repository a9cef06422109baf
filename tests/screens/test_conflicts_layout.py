"""Disagreements of two kiosks at every grid: both sides can be read, no key is cut, nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from stage import AT, GRIDS, THEMES, sitting, stage
from test_assessment_layout import flaws
from test_odd_layout import put

from models.names import NAMELESS
from models.review.apart.facts import Apart, Conflict, Fact
from models.review.apart.fields import FIELDS
from models.review.conflicts import Conflicts, SeeConflicts
from models.words import IMPORT, PARTICIPANT, Role
from screens.staff.conflict_words import Reader, fact_words, head_of
from screens.staff.conflicts import ConflictsScreen

HERE, THERE = "a" * 32, "b" * 32
NAME = "Marie-Laure D."
HALF_DAY = sitting(7, "course-24", days=-11)
START = HALF_DAY.starts_at


def at(minutes: int):
    return START + timedelta(minutes=minutes)


def fact(kiosk: str, minutes: int, *said, actor: str = PARTICIPANT, by: str = "", name: str = "") -> Fact:
    return Fact(kiosk, at(minutes), actor, by, said, name)


def about(what: Apart, *facts: Fact, **more) -> Conflict:
    more = {"half_day": HALF_DAY, "person_id": "p", "name": NAME} | more
    return Conflict(what, "seen", facts, **more)


def fields(entity: str, here: dict, there: dict, **more) -> Conflict:
    facts = (
        fact(HERE, 70, *here.items(), actor="s", by="Aïssata"),
        fact(THERE, 75, *there.items(), actor=IMPORT),
    )
    return about(Apart.TWO_VALUES, *facts, entity=entity, entity_id=entity, **more)


CAME = fact(HERE, 10, ("arrived", at(10)))
CONFLICTS = (
    about(Apart.TWO_ARRIVALS, fact(THERE, 5, ("arrived", at(5))), CAME),
    about(
        Apart.OVERBOOKED, fact(HERE, 10, ("arrived", at(10)), name="Ana"),
        fact(THERE, 11, ("arrived", at(11)), name="Jean-Baptiste"), person_id="", name="", taken=9, places=8,
    ),
    about(Apart.CANCELLED, CAME, fact(THERE, 12, ("booking", "cancelled"), actor="s", by="Aïssata")),
    about(
        Apart.TWO_CORRECTIONS, fact(HERE, 40, ("arrived", at(15)), actor="s", by="Aïssata"),
        fact(THERE, 45, actor="s", by="Leïla"),
    ),
    about(Apart.ERASED, CAME, fact(THERE, 20, ("erased", None), actor="s", by="Aïssata"), name=NAMELESS),
    about(Apart.MERGED, CAME, fact(THERE, 8, ("merged_into", "p"), actor="s", by="Leïla")),
    about(Apart.NO_BOOKING, CAME),
    fields("half_day", {"room": "2"}, {"room": "B12"}, person_id="", name=""),
    fields(
        "half_day", {"starts_at": "2022-10-23T06:30:00.000000Z", "ends_at": "2022-10-23T10:00:00.000000Z"},
        {"starts_at": "2022-10-23T07:30:00.000000Z", "ends_at": "2022-10-23T11:00:00.000000Z"},
        person_id="", name="",
    ),
    fields("booking", {"status": "cancelled"}, {"status": "waiting"}),
    fields("participant", {"language": "nl"}, {"language": "de"}, half_day=None),
    fields("staff_member", {"role": "facilitator"}, {"role": "coordinator"}, half_day=None, person_id="",
           name="Aïcha"),
    about(
        Apart.TWO_VALUES, *(fact(kiosk * 32, 70, ("room", kiosk), actor="s", by="Noor") for kiosk in "abc"),
        entity="half_day", entity_id="h", person_id="", name="",
    ),
)  # fmt: skip
"""One of each, and some of what can be written twice."""


async def shown(stage, language: str) -> ConflictsScreen:
    screen = ConflictsScreen(("SmartCorner de Charleroi", language, ""))
    await put(stage, screen, lambda one: one.answered(SeeConflicts(), Conflicts(CONFLICTS, HERE, AT)))
    return screen


@pytest.mark.parametrize(("size", "theme"), list(zip(GRIDS[:3], reversed(THEMES), strict=True)))
async def test_both_sides_can_be_read(size, theme):
    """A-08, A-09, A-10"""
    async with stage(size, theme) as on_stage:
        await shown(on_stage, "fr")
        assert flaws(on_stage) == [], on_stage.text


@pytest.mark.parametrize(("size", "language"), [(GRIDS[1], "fr"), (GRIDS[1], "nl"), (GRIDS[1], "de")])
async def test_nothing_is_cut_from_80_columns_on(size, language):
    """On all pages, where words are longest."""
    async with stage(size, language=language) as on_stage:
        screen = await shown(on_stage, language)
        seen = ""
        for _ in range(4):
            assert flaws(on_stage) == [], on_stage.text
            assert [line for line in on_stage.text.splitlines() if "…" in line] == []
            seen += on_stage.text
            screen._page += 1
            await screen._draw()
            await on_stage.settled()
        for one in CONFLICTS:
            assert head_of(one, AT, language) in seen


async def test_on_the_smallest_grid_what_each_side_says_is_whole():
    """Who, when and by whom is on a larger one; what, and on which kiosk, is everywhere."""
    async with stage(GRIDS[0]) as on_stage:
        screen = await shown(on_stage, "fr")
        seen = ""
        for _ in range(len(CONFLICTS)):
            seen += on_stage.text
            screen._page += 1
            await screen._draw()
            await on_stage.settled()
        sides = ("arrivée 9 h 40 · cette borne", "ne compte pas · l'autre borne", "Jean-Baptiste · 9 h 41")
        for words in (*sides, "Marie-Laure D. · Deux corrections", "salle 2"):
            assert words in seen


# ---- words


def test_every_field_that_can_be_chosen_has_its_words():
    """And a value of each is said in words, also one that is not there."""
    values = {"closed_at": "2022-10-23T06:30:00.000000Z", "capacity": 8, "role": Role.STAFF, "kind": "tablet"}
    for entity, names in FIELDS.items():
        for name in names:
            for value in (values.get(name, "x"), None):
                one = fields(entity, {name: value}, {name: value})
                for language in ("fr", "en"):
                    assert head_of(one, AT, language)
                    assert fact_words(one, one.facts[0], Reader(HERE, AT, language)).count(" · ") >= 2
                said = fact_words(one, one.facts[0], Reader(HERE, AT, "fr"), short=True)
                assert "None" not in said


def test_a_pin_is_not_shown():
    """P-16"""
    one = fields("staff_member", {"pin": None}, {"pin": None}, half_day=None)
    assert fact_words(one, one.facts[0], Reader(HERE, AT, "fr"), short=True) == "un code · cette borne"
