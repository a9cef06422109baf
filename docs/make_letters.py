"""Make ``assets/letters.json``: the big letters of the screens, drawn from Roboto Bold.

Run it only to change their look: ``.venv/bin/python docs/make_letters.py``. Each glyph is ten rows of
quarter cells, so that a letter is five terminal rows high. Roboto is under the SIL Open Font License.
"""

import json
import unicodedata
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROWS = 10
SCALE = 16
CAP = 0.70
"""Height of a capital as a share of the ten rows; the rest holds accents and descenders."""
BASELINE = 9
"""A whole number of rows: feet stand level, and the dot of an i stands apart from it."""
THRESHOLD = 0.44

LETTERS = (
    "".join(chr(c) for c in (*range(0x21, 0x7F), *range(0xA1, 0x180)) if chr(c).isprintable()) + "ȘșȚțẞ’–—…"
)

_LOOP = {4: 0b011111111, 5: 0b111000111, 6: 0b111000111, 7: 0b011111111, 8: 0b000000111, 9: 0b011111110}

BY_HAND = {
    "-": (6, [0, 0, 0, 0, 0, 0, 0b111111, 0, 0, 0]),
    "g": _LOOP,
    "ģ": _LOOP,
    "j": (4, [0, 0, 0b0111, 0, 0b0111, 0b0111, 0b0111, 0b0111, 0b0111, 0b1110]),
    ",": (3, [0, 0, 0, 0, 0, 0, 0, 0, 0b111, 0b110]),
}
"""What one row more or less makes another letter; a dictionary changes single rows."""

MARKS = {
    "\N{COMBINING ACUTE ACCENT}": ("..##", "##.."),
    "\N{COMBINING GRAVE ACCENT}": ("##..", "..##"),
    "\N{COMBINING CIRCUMFLEX ACCENT}": (".##.", "#..#"),
    "\N{COMBINING CARON}": ("#..#", ".##."),
    "\N{COMBINING BREVE}": ("##..##", ".####."),
    "\N{COMBINING TILDE}": (".##..#", "#..##."),
    "\N{COMBINING DIAERESIS}": ("......", "##..##"),
    "\N{COMBINING DOUBLE ACUTE ACCENT}": (".##.##", "##.##."),
    "\N{COMBINING RING ABOVE}": (".##.", ".##."),
    "\N{COMBINING DOT ABOVE}": ("..", "##"),
    "\N{COMBINING MACRON}": ("......", "######"),
}
"""Marks over small letters: the two rows above them are too few for a font's own."""


def marked(letter: str, glyphs: dict[str, tuple[int, list[int]]]) -> tuple[int, list[int]] | None:
    """A small letter with a mark over it, made of the two; ``None`` where it is another kind of letter."""
    base, mark = (*unicodedata.normalize("NFD", letter), "", "")[:2]
    if mark not in MARKS or base not in "aceginorsuyz":
        return None
    width, rows = glyphs["ı" if base == "i" else base]
    drawn = [int(row.replace("#", "1").replace(".", "0"), 2) for row in MARKS[mark]]
    across = len(MARKS[mark][0])
    wide = max(width, across)
    rows = [row << (wide - width) // 2 for row in rows]
    return wide, [0, *(row << (wide - across) // 2 for row in drawn), *rows[3:]]


def glyph(font: ImageFont.FreeTypeFont, letter: str) -> tuple[int, list[int]]:
    """Width in quarter cells and the ten rows as bit fields, leftmost bit highest."""
    width = int(font.getlength(letter)) + 4 * SCALE
    canvas = Image.new("L", (width // SCALE * SCALE + SCALE, ROWS * SCALE), 0)
    ImageDraw.Draw(canvas).text((SCALE, BASELINE * SCALE), letter, font=font, fill=255, anchor="ls")
    small = canvas.resize((canvas.width * 2 // SCALE, ROWS), Image.Resampling.BOX)
    grid = [[small.getpixel((x, y)) >= 255 * THRESHOLD for x in range(small.width)] for y in range(ROWS)]
    inked = [x for x in range(small.width) if any(row[x] for row in grid)]
    if not inked:
        return 2, [0] * ROWS
    left, right = inked[0], inked[-1] + 1
    return right - left, [int("".join("1" if bit else "0" for bit in row[left:right]), 2) for row in grid]


def main() -> None:
    """Write the asset."""
    file = files("font_roboto") / "files" / "Roboto-Bold.ttf"
    font = ImageFont.truetype(str(file), int(SCALE * ROWS * CAP / 0.711))
    letters = {letter: glyph(font, letter) for letter in LETTERS}
    for letter, change in BY_HAND.items():
        if isinstance(change, dict):
            width, rows = letters[letter]
            change = width, [change.get(number, row) for number, row in enumerate(rows)]
        letters[letter] = change
    letters |= {letter: made for letter in LETTERS if (made := marked(letter, letters))}
    target = Path(__file__).parent.parent / "assets" / "letters.json"
    lines = (
        f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps([w, r], separators=(',', ':'))}"
        for k, (w, r) in letters.items()
    )
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
