"""Make ``assets/letters.json``: the big letters of the screens, drawn from Roboto Bold.

Run it only to change their look: ``.venv/bin/python docs/make_letters.py``. Each glyph is ten rows of
quarter cells, so that a letter is five terminal rows high. Roboto is under the SIL Open Font License.
"""

import json
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROWS = 10
SCALE = 16
CAP = 0.70
"""Height of a capital as a share of the ten rows; the rest holds accents and descenders."""
THRESHOLD = 0.44

LETTERS = (
    "".join(chr(c) for c in (*range(0x21, 0x7F), *range(0xA1, 0x180)) if chr(c).isprintable()) + "ȘșȚțẞ’–—…"
)


def glyph(font: ImageFont.FreeTypeFont, letter: str) -> tuple[int, list[int]]:
    """Width in quarter cells and the ten rows as bit fields, leftmost bit highest."""
    width = int(font.getlength(letter)) + 4 * SCALE
    canvas = Image.new("L", (width // SCALE * SCALE + SCALE, ROWS * SCALE), 0)
    baseline = ROWS * SCALE - int(SCALE * ROWS * (1 - CAP) * 0.52)
    ImageDraw.Draw(canvas).text((SCALE, baseline), letter, font=font, fill=255, anchor="ls")
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
    target = Path(__file__).parent.parent / "assets" / "letters.json"
    lines = (
        f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps([w, r], separators=(',', ':'))}"
        for k, (w, r) in letters.items()
    )
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
