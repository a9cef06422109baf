"""How strongly every cell that is drawn stands out, from the colours the terminal is sent."""

from __future__ import annotations

from functools import cache

TEXT = 7.0
BORDER = 3.0


@cache
def luminance(colour) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
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
            for sign in dict.fromkeys(segment.text.strip()):
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
