"""Contrast of every cell that is drawn, computed from the colours the terminal is sent."""

from __future__ import annotations

import pytest
from readable import contrast, weak_cells
from stage import THEMES, stage
from walk import together, walked

from screens.widgets.key import Key

DRAWN = [
    ((56, 16), "jour", "fr"),
    ((132, 43), "jour", "fr"),
    ((80, 24), "soir", "de"),
    ((100, 30), "contraste", "de"),
]
"""Walks that ``test_layout.py`` takes too: what a colour is read on depends on no language."""


def test_every_theme_is_looked_at_on_a_walk():
    assert {theme for _, theme, _ in DRAWN} == set(THEMES)


@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [pytest.param(*one, id=f"{one[1]}-{one[0][0]}x{one[0][1]}", marks=together(*one)) for one in DRAWN],
)
async def test_everything_drawn_can_be_read(size, theme, language):
    """A-08: text at least 7:1. A-09: lines at least 3:1."""
    seen = await walked(size, theme, language)
    assert {name: one.weak for name, one in seen.items() if one.weak} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["greeting", "pin", "leave", "choose", "not_booked, one free"])
async def test_the_focus_is_seen(theme, name):
    """A-09, A-22: every focused key has a heavy frame, at least 3:1 against what is around it."""
    weak: dict[str, list[str]] = {}
    async with stage((80, 24), theme) as shown:
        await shown.show(name)
        for key in [
            key for key in shown.screen.query(Key) if all(above.display for above in key.ancestors_with_self)
        ]:
            key.focus()
            await shown.settled()
            assert "┏" in shown.text
            weak[key.label] = weak_cells(shown.strips)
    assert {label: cells for label, cells in weak.items() if cells} == {}


def test_the_measure_itself():
    """Black on white is 21, and the pair that every guide names as too weak is found."""
    from rich.color import Color
    from rich.segment import Segment
    from rich.style import Style
    from textual.strip import Strip

    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert weak_cells([Strip([Segment("word", Style.parse("#777777 on #ffffff"))])])
    assert not weak_cells([Strip([Segment("┃", Style.parse("#777777 on #ffffff"))])])
