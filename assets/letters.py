"""Big letters, five rows high, made of quarter blocks: the name on the welcome and the greeting."""

from __future__ import annotations

import json
import unicodedata
from functools import cache

from assets.facts import read_asset

ROWS = 5
"""Terminal rows of a line of big letters."""

_PIXELS = 10
_GAP = 2
_SPACE = 5
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


@cache
def _glyphs() -> dict[str, tuple[int, list[int]]]:
    return {letter: (width, rows) for letter, (width, rows) in json.loads(read_asset("letters.json")).items()}


def _glyph(letter: str) -> tuple[int, list[int]] | None:
    """The drawing of a letter, of its base letter where the accent is not drawn, else nothing."""
    glyphs = _glyphs()
    if letter in glyphs:
        return glyphs[letter]
    return glyphs.get(unicodedata.normalize("NFD", letter)[0])


def big(text: str, width: int, scale: int = 1) -> tuple[str, ...] | None:
    """A text as ``ROWS * scale`` rows of quarter blocks.

    ``None`` where it is wider than ``width`` cells or a letter has no drawing: the plain text serves.
    Not cached: a name must not stay in memory after its screen.
    """
    rows = [0] * _PIXELS
    used = 0
    for letter in text:
        drawn = (_SPACE, [0] * _PIXELS) if letter in " \u00a0" else _glyph(letter)
        if drawn is None:
            return None
        step, pixels = drawn
        rows = [(row << (_GAP + step)) | pixel for row, pixel in zip(rows, pixels, strict=True)]
        used += _GAP + step
        if (used - _GAP) * scale > 2 * width:
            return None
    used -= _GAP
    if used <= 0:
        return None
    if scale > 1:
        rows = [_stretched(row, used, scale) for row in rows for _ in range(scale)]
        used *= scale
    if used % 2:
        rows, used = [row << 1 for row in rows], used + 1
    if used > 2 * width:
        return None
    lines = []
    for y in range(0, len(rows), 2):
        upper, lower = rows[y], rows[y + 1]
        cells = []
        for x in range(used - 2, -1, -2):
            high, low = upper >> x & 3, lower >> x & 3
            cells.append(_QUARTERS[(high >> 1) | (high & 1) << 1 | (low >> 1) << 2 | (low & 1) << 3])
        lines.append("".join(cells))
    return tuple(lines)


def _stretched(row: int, width: int, scale: int) -> int:
    """A row of bits with each bit repeated."""
    wide = 0
    for place in range(width - 1, -1, -1):
        bit = row >> place & 1
        wide = wide << scale | (bit * (2**scale - 1))
    return wide
