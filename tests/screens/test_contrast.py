"""Contrast of every cell that is drawn, computed from the colours the terminal is sent."""

from __future__ import annotations

import pytest
from stage import SCREENS, THEMES, stage

from screens.widgets.key import Key

TEXT = 7.0
BORDER = 3.0


def luminance(colour) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_drawing(sign: str) -> bool:
    """Box drawing, blocks, and the signs of the pad's dots: lines and shapes, not letters."""
    return "\u2500" <= sign <= "\u25ff"


def weak_cells(strips) -> list[str]:
    """Every text cell under 7:1 and every drawn line under 3:1, with its colours."""
    found = []
    for y, strip in enumerate(strips):
        for segment in strip:
            style = segment.style
            for sign in segment.text.strip():
                if sign == " ":
                    continue
                assert style and style.color and style.bgcolor, f"no colour at line {y}: {segment.text!r}"
                assert not style.dim, f"dim at line {y}: {segment.text!r}"
                ink, ground = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
                ratio = contrast(ink, ground)
                if is_drawing(sign) and ratio == 1:
                    continue  # the frame of a filled key is part of its filling
                if ratio < (BORDER if is_drawing(sign) else TEXT):
                    found.append(f"line {y} {sign!r} {ink.name} on {ground.name}: {ratio:.1f}")
                    break
    return found


@pytest.mark.parametrize("size", [(56, 16), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
async def test_everything_drawn_can_be_read(size, theme):
    """A-08: text at least 7:1. A-09: lines at least 3:1."""
    weak: dict[str, list[str]] = {}
    async with stage(size, theme) as shown:
        for name in SCREENS:
            await shown.show(name)
            weak[name] = weak_cells(shown.strips)
    assert {name: cells for name, cells in weak.items() if cells} == {}


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
