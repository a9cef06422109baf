"""The result to take along: what any phone reads from the screen is the text itself, on every grid."""

from __future__ import annotations

import json
import re
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from photographed import picture
from PIL import Image
from stage import GRIDS, PLACE, THEMES, shown_of, stage
from zxingcpp import read_barcodes

from assets.assessment import bank
from assets.facts import read_asset
from assets.languages import LANGUAGES
from kiosk.text_code import largest_that_fits, text_modules
from models.assessment.levels import Span
from screens.assessment.take_away import TakeAwayScreen
from screens.assessment.take_away_text import SHORTEST, shortest_text, take_away_texts

AREAS = tuple(bank().areas)

ALPHANUMERIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
"""Of the mode that takes half the room, without its figures."""

LEVELS = "LMQH"

SPANS = [Span(low, high) for low in range(3) for high in range(low, 3)]


def level_of(code) -> str:
    """How much of a code may be lost, as a reader sees it."""
    side = len(code) + 8
    seen = Image.new("L", (side * 4, side * 4), 255)
    for y, row in enumerate(code):
        for x, dark in enumerate(row):
            if dark:
                seen.paste(0, ((x + 4) * 4, (y + 4) * 4, (x + 5) * 4, (y + 5) * 4))
    (found,) = read_barcodes(seen)
    return found.ec_level


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_code_on_the_screen_holds_the_result_text_itself(size, language):
    """Read from the drawn screen in all three themes, in a black frame; the longest text that fits."""
    told = shown_of("2112221011?2000")
    texts = take_away_texts(told, language)
    for theme in THEMES:
        async with stage(size, theme, language) as stood:
            screen = TakeAwayScreen(PLACE, language, "", partial(largest_that_fits, texts), can_print=True)
            await stood.app.push_screen(screen)
            await stood.settled()
            (found,) = read_barcodes(picture(stood))
            assert found.text in texts
            assert texts.index(found.text) <= {56: 3, 80: 2, 100: 1, 132: 0}[size[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shortest_text_always_fits_sixteen_rows(language):
    """Every result there can be: whole words and no figure, in a code of 29 modules."""
    longest = ""
    for spans in product(SPANS, repeat=len(AREAS)):
        text = shortest_text(dict(zip(AREAS, spans, strict=True)), language)
        assert len(text) <= SHORTEST
        assert set(text) <= ALPHANUMERIC
        assert not any(sign.isdigit() for sign in text)
        longest = max(longest, text, key=len)
    assert len(text_modules(longest, 30)) == 29
    assert len(text_modules("X" * SHORTEST, 30)) == 29
    assert text_modules("X" * (SHORTEST + 1), 30) is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.permutations(AREAS), st.lists(st.sampled_from(SPANS), min_size=5, max_size=5))
def test_the_shortest_text_says_every_area_under_its_level(language, areas, spans):
    """Who has the text has the result: each area stands once, after the word of its own level."""
    words = json.loads(read_asset("short_result.json"))[language]
    told = dict(zip(areas, spans, strict=True))
    groups: dict[int | None, set[str]] = {}
    for area, span in told.items():
        groups.setdefault(span.level, set()).add(words["areas"][area])
    known = {
        words[f"{kind}levels"][level] if level is not None else words[f"{kind}together"]: level
        for level in (0, 1, 2, None)
        for kind in ("", "short_")
    }
    assert len(set(known.values())) == 4
    read = re.findall(
        r"([A-Z ]+?): ?(.+?)(?= - |(?<=[A-Z]) (?=(?:" + "|".join(known) + r"):)|$)",
        shortest_text(told, language),
    )
    assert {
        known[level.strip()]: {name.strip() for name in names.split("/")} for level, names in read
    } == groups


@given(st.text(min_size=1, max_size=300), st.integers(0, 80))
def test_a_code_is_never_larger_than_asked_and_as_robust_as_fits(text, most):
    """A larger grid never gives a weaker code, and a code that is given keeps to the room."""
    code, larger = text_modules(text, most), text_modules(text, most + 4)
    if code is not None:
        assert {len(code), *map(len, code)} == {len(code)}
        assert len(code) <= most
        assert larger is not None
        assert LEVELS.index(level_of(larger)) >= LEVELS.index(level_of(code))


@settings(deadline=None, max_examples=30, derandomize=True)
@given(st.text("012?-", min_size=15, max_size=15), st.sampled_from(LANGUAGES))
def test_whatever_was_answered_every_text_is_read_back(values, language):
    """The modules alone, with the white that a grid leaves: what goes in comes out."""
    for text in take_away_texts(shown_of(values), language):
        code = text_modules(text, 177)
        side = len(code) + 2
        seen = Image.new("L", (side * 8, side * 8), 255)
        for y, row in enumerate(code):
            for x, dark in enumerate(row):
                if dark:
                    seen.paste(0, ((x + 1) * 8, (y + 1) * 8, (x + 2) * 8, (y + 2) * 8))
        (found,) = read_barcodes(seen)
        assert found.text == text


def test_nobody_is_named_and_nothing_is_counted():
    """No name, no percentage, no address: a picture on a phone may be seen by anybody."""
    told = shown_of("2" * 15)
    assert told.name
    for text in take_away_texts(told, "fr"):
        assert told.name.partition(" ")[0] not in text
        assert "%" not in text
        assert "http" not in text
