"""Draw every way of arriving as a real terminal shows it: one sheet a grid, by ``make pictures``.

The same walks as in ``tests/terminal``, and therefore with the same assertions; what stands in the
terminal at each stop becomes a tile. Frames and blocks are drawn as shapes, so that the picture shows
the cells and not the gaps of a font; the words need DejaVu Sans Mono on the machine.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from PIL import Image
from pyte.screens import Char

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "terminal"))

from driver import Terminal
from journeys import GRIDS, LANGUAGE, MORNING, corner_of, walk

FOLDER = Path(__file__).parent / "pictures"
ADVANCE = 0.602
"""Width of a letter of DejaVu Sans Mono for one unit of its size."""

CELL = {56: 9.0, 80: 8.0, 100: 7.0, 132: 6.0}
"""Width of a cell in pixels for each number of columns; a cell is twice as high."""

ABREAST = 4
"""Tiles in a row of a sheet; every way begins a new one."""

GAP, CAPTION = 20, 30
COLOURS = 48
"""Enough for three surfaces and the edges of their letters."""

SEEN_BEFORE = ("welcome", "the language chosen", "ways")
"""Steps that look the same for everybody: drawn once."""

QUADRANTS = dict(zip("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", range(1, 16), strict=True))
"""Blocks by their quarters: 1 upper left, 2 upper right, 4 lower left, 8 lower right."""

LINES = {
    "─": "M0,1H1", "━": "M0,1H1", "│": "M.5,0V2", "┃": "M.5,0V2",
    "╭": "M1,1Q.5,1 .5,2", "╮": "M0,1Q.5,1 .5,2", "╰": "M.5,0Q.5,1 1,1", "╯": "M.5,0Q.5,1 0,1",
    "┏": "M1,1H.5V2", "┓": "M0,1H.5V2", "┗": "M.5,0V1H1", "┛": "M.5,0V1H0",
}  # fmt: skip
"""Frames as paths in a cell one wide and two high."""

HEAVY = "━┃┏┓┗┛"


@dataclass(frozen=True)
class Tile:
    """What stood in the terminal at one stop."""

    way: str
    step: str
    rows: list[list[Char]]


def tiles(grid: tuple[int, int], folder: Path) -> list[Tile]:
    """Walk all the ways at one grid; fails where a text or a key is not whole."""
    corner = corner_of(folder / f"{grid[0]}")
    taken: dict[tuple[str, str], Tile] = {}
    with Terminal(home=corner.path, columns=grid[0], rows=grid[1], program=MORNING).ready() as term:

        def look(way: str, step: str) -> None:
            if way == "card" or step not in SEEN_BEFORE or (way, step) == ("code", "ways"):
                rows = [[term.screen.buffer[y][x] for x in range(grid[0])] for y in range(grid[1])]
                taken[way, step] = Tile(way, step, rows)  # the last look at a step is the fullest

        walk(term, corner.guests, look)
    return list(taken.values())


def colours(cell: Char) -> tuple[str, str]:
    """Ink and ground of a cell."""
    ink, ground = (f"#{c}" if len(c) == 6 and c != "yellow" else "#888888" for c in (cell.fg, cell.bg))
    return (ground, ink) if cell.reverse else (ink, ground)


def drawn(rows: Sequence[Sequence[Char]], width: float) -> Iterator[str]:
    """The cells of a terminal as SVG, with the upper left corner at 0."""
    high, size = 2 * width, width / ADVANCE
    for y, row in enumerate(rows):
        for ground, cells in groupby(enumerate(row), lambda cell: colours(cell[1])[1]):
            run = [x for x, _ in cells]
            yield (
                f'<rect x="{run[0] * width}" y="{y * high}" width="{len(run) * width}" height="{high}"'
                f' fill="{ground}" shape-rendering="crispEdges"/>'
            )
        for x, cell in enumerate(row):
            yield from shape(cell, x * width, y * high, width)
        for (ink, bold, words), cells in groupby(
            enumerate(row), lambda cell: (colours(cell[1])[0], cell[1].bold, is_letter(cell[1]))
        ):
            if words:
                run = list(cells)
                left = run[0][0] * width
                text = "".join(cell.data for _, cell in run).replace(" ", "\xa0")
                weight = ' font-weight="bold"' if bold else ""
                yield (
                    f'<text x="{left}" y="{(y + 0.74) * high}" font-size="{size}" fill="{ink}"{weight}>'
                    f"{escape(text)}</text>"
                )


def is_letter(cell: Char) -> bool:
    """Whether a cell is written, and not blank or drawn."""
    return cell.data.strip() != "" and cell.data not in QUADRANTS and cell.data not in {*LINES, "▔"}


def shape(cell: Char, x: float, y: float, width: float) -> Iterator[str]:
    """A block or a piece of a frame."""
    ink = colours(cell)[0]
    if cell.data in LINES:
        stroke = 0.2 if cell.data in HEAVY else 0.1
        yield (
            f'<path d="{LINES[cell.data]}" transform="translate({x},{y}) scale({width})" fill="none"'
            f' stroke="{ink}" stroke-width="{stroke}"/>'
        )
    box = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" shape-rendering="crispEdges"/>'
    if cell.data == "▔":
        yield box.format(x, y, width, width / 4, ink)
    quarters = QUADRANTS.get(cell.data, 0)
    for bit in range(4):
        if quarters >> bit & 1:
            yield box.format(x + bit % 2 * width / 2, y + bit // 2 * width, width / 2, width, ink)


def sheet(shown: Sequence[Tile], width: float) -> str:
    """All tiles as one SVG, each way in rows of its own."""
    wide = len(shown[0].rows[0]) * width
    high = len(shown[0].rows) * 2 * width
    parts: list[str] = []
    line = 0
    for way, group in groupby(shown, lambda tile: tile.way):
        for number, tile in enumerate(group):
            column, down = number % ABREAST, line + number // ABREAST
            x = GAP + column * (wide + GAP)
            y = GAP + down * (high + GAP + CAPTION)
            caption = f"<tspan font-weight='bold'>{escape(way)}</tspan>  {escape(tile.step)}"
            parts.append(f'<text x="{x}" y="{y + 18}" font-size="18" fill="#333333">{caption}</text>')
            parts.append(
                f'<g transform="translate({x},{y + CAPTION})">{"".join(drawn(tile.rows, width))}</g>'
            )
        line = down + 1
    full, deep = ABREAST * (wide + GAP) + GAP, line * (high + GAP + CAPTION) + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{full}" height="{deep}"'
        f' font-family="DejaVu Sans Mono"><rect width="100%" height="100%" fill="#d9d9d9"/>'
        f"{''.join(parts)}</svg>"
    )


def save(svg: str, name: str) -> None:
    """Write a sheet as a PNG of few colours."""
    import resvg_py

    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGB")
    FOLDER.mkdir(exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Draw the sheets of the grids that the arguments name (``80x24``), or of all four."""
    for grid in GRIDS:
        name = f"{grid[0]}x{grid[1]}"
        if name in sys.argv[1:] or len(sys.argv) == 1:
            with tempfile.TemporaryDirectory() as folder:
                shown = tiles(grid, Path(folder))
            save(sheet(shown, CELL[grid[0]]), f"ways-{name}-{LANGUAGE}")


if __name__ == "__main__":
    main()
