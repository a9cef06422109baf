"""People as tiles: each a touch target of three rows or more, drawn as a whole; a cursor for the keys.

One widget, not one a person: thirty widgets would be laid out and styled again at every change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

NARROWEST = 34
"""Columns of a tile at least: a first name as long as they get, and since when."""

GAP = 2
"""Columns between two tiles."""

TALLEST = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One person, as the roster shows them."""

    id: str
    name: str
    state: str
    """Sign and words."""
    short: str = ""
    """The same in fewer signs, where the name would be cut."""
    tone: str = ""
    """A colour pair of the theme (``good``, ``wait``, ``note``); empty for the ground."""
    detail: str = ""
    """A second line, where the grid has room."""


class Tiles(Widget):
    """Shows as many tiles as fit; the rest is on further pages."""

    DEFAULT_CSS = "Tiles { width: 100%; height: 1fr; }"

    class Chosen(Message):
        """A tile was touched."""

        def __init__(self, tile: Tile) -> None:
            super().__init__()
            self.tile = tile

    class Moved(Message):
        """The cursor, or the page, is another one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tiles: Sequence[Tile] = ()
        self._at = 0
        self._empty = ""
        self._began_on: int | None = None

    # ---- what is shown

    def show(self, tiles: Sequence[Tile], empty: str = "") -> None:
        """Show these; the cursor stays on who it was on, else it goes to the first."""
        before = self.current
        ids = [tile.id for tile in tiles]
        at = ids.index(before.id) if before is not None and before.id in ids else 0
        shown = (list(tiles), empty, at)
        # Looked at from time to time: what is the same is not drawn again.
        if shown != (list(self._tiles), self._empty, self._at):
            self._tiles, self._empty, self._at = shown
            self.refresh()

    def wipe(self) -> None:
        """Forget everybody."""
        self._tiles, self._empty, self._at = (), "", 0
        self.refresh()

    @property
    def current(self) -> Tile | None:
        """The tile under the cursor."""
        return self._tiles[self._at] if self._at < len(self._tiles) else None

    @property
    def page(self) -> tuple[int, int]:
        """This page, from 1, and how many there are."""
        per_page = self._columns * self._rows
        return self._at // per_page + 1, max(1, -(-len(self._tiles) // per_page))

    # ---- the cursor

    def move(self, across: int, down: int) -> None:
        """Move the cursor by columns and rows; at an edge it stays."""
        self.put(self._at + across + down * self._columns)

    def put(self, at: int, *, by_itself: bool = False) -> None:
        """Put the cursor on a tile of all, from 0; where there is none it stays.

        ``by_itself``: nobody has moved it, and nobody is told.
        """
        if 0 <= at < len(self._tiles) and at != self._at:
            self._at = at
            self.refresh()
            if not by_itself:
                self.post_message(self.Moved())

    def put_on_page(self, at: int) -> None:
        """Put the cursor on a tile of this page, from 0."""
        first = self._first
        if at < self._columns * self._rows:
            self.put(first + at)

    def turn(self, pages: int) -> None:
        """Turn to another page, round and round."""
        page, number = self.page
        self.put((page - 1 + pages) % number * self._columns * self._rows)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Where a touch begins: whoever slides off has meant nobody (A-26)."""
        self._began_on = self._tile_at(event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """A touch that began and ended on the same tile."""
        event.stop()
        at = self._tile_at(event.x, event.y)
        if at is not None and at == self._began_on:
            self.put(at)
            self.post_message(self.Chosen(self._tiles[at]))

    def _tile_at(self, x: int, y: int) -> int | None:
        column, left = divmod(x - 1, self._width + GAP)
        row = y // self._height
        at = self._first + row * self._columns + column
        inside = 0 <= column < self._columns and left < self._width and row < self._rows
        return at if inside and at < len(self._tiles) else None

    # ---- measures

    @property
    def _columns(self) -> int:
        return max(1, (self.size.width - 2 + GAP) // (NARROWEST + GAP))

    @property
    def _width(self) -> int:
        return (self.size.width - 2 - (self._columns - 1) * GAP) // self._columns

    @property
    def _height(self) -> int:
        """Rows of a tile: as many as let everybody stand on one page."""
        rows = max(1, -(-len(self._tiles) // self._columns))
        return max(3, min(TALLEST, self.size.height // rows))

    @property
    def _rows(self) -> int:
        return max(1, self.size.height // self._height)

    @property
    def _first(self) -> int:
        per_page = self._columns * self._rows
        return self._at // per_page * per_page

    # ---- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """All rows at once: Textual would pass each through its cache of borders and paddings."""
        drawn = self._draw()[crop.y : crop.bottom]
        if crop.x == 0 and crop.width == self.size.width:
            return drawn
        return [strip.crop(crop.x, crop.right) for strip in drawn]

    def _draw(self) -> list[Strip]:
        width, height = self.size
        colours = self.app.theme_variables
        ground = Style.parse(f"{colours['ink']} on {colours['ground']}")
        if not self._tiles:
            said = set_cell_size(self._empty, min(width, cell_len(self._empty)))
            left = (width - cell_len(said)) // 2
            middle = Strip(
                [Segment(" " * left + said + " " * (width - left - cell_len(said)), ground)], width
            )
            blank = Strip([Segment(" " * width, ground)], width)
            return [middle if y == height // 2 else blank for y in range(height)]
        styles = {tone: self._styles(tone) for tone in {tile.tone for tile in self._tiles}}
        columns, tall = self._columns, self._height
        rows: list[list[Segment]] = []
        first = self._first
        for row in range(self._rows):
            lines: list[list[Segment]] = [[Segment(" ", ground)] for _ in range(tall)]
            used = 1
            for column in range(columns):
                number = row * columns + column
                at = first + number
                if at >= len(self._tiles):
                    break
                tile = self._tiles[at]
                gap = GAP if column else 0
                for line, segments in zip(
                    lines, self._tile(number, tile, styles[tile.tone], at), strict=True
                ):
                    line.append(Segment(" " * gap, ground))
                    line.extend(segments)
                used += gap + self._width
            for line in lines:
                line.append(Segment(" " * (width - used), ground))
            rows += lines
        blank_row = [Segment(" " * width, ground)]
        rows += [blank_row] * (height - len(rows))
        return [Strip(row, width) for row in rows[:height]]

    def _styles(self, tone: str) -> tuple[Style, Style, Style, Style]:
        colours = self.app.theme_variables
        ink, ground = (colours[f"{tone}-ink"], colours[tone]) if tone else (colours["ink"], colours["ground"])
        quiet = ink if tone else colours["quiet"]
        line = ink if tone else colours["line"]
        return (
            Style.parse(f"bold {ink} on {ground}"),
            Style.parse(f"{quiet} on {ground}"),
            Style.parse(f"{line} on {ground}"),
            Style.parse(f"bold {colours['focus'] if not tone else ink} on {ground}"),
        )

    def _tile(
        self, number: int, tile: Tile, styles: tuple[Style, Style, Style, Style], at: int
    ) -> list[list[Segment]]:
        strong, quiet, line, focus = styles
        chosen = at == self._at
        edge = focus if chosen else line
        corners, level, side = ("┏┓┗┛", "━", "┃") if chosen else ("╭╮╰╯", "─", "│")
        inner = self._width - 4
        label = f"{number + 1:>2}  " if number < 9 else "    "
        room = inner - cell_len(label) - 1
        state = tile.state if cell_len(tile.name) + cell_len(tile.state) <= room else tile.short or tile.state
        state = set_cell_size(state, min(cell_len(state), inner - 8))
        room -= cell_len(state)
        name = tile.name
        if cell_len(name) > room:
            name = set_cell_size(name, room - 1).rstrip() + "…"
        name = set_cell_size(name, room)
        content = [
            Segment(f"{side} ", edge),
            Segment(label, quiet),
            Segment(name, strong),
            Segment(f" {state}", quiet if not tile.tone else strong),
            Segment(f" {side}", edge),
        ]
        rows = [[Segment(corners[0] + level * (self._width - 2) + corners[1], edge)], content]
        if self._height > 3:
            detail = set_cell_size(" " * cell_len(label) + tile.detail, inner)
            rows.append([Segment(f"{side} ", edge), Segment(detail, quiet), Segment(f" {side}", edge)])
        rows.append([Segment(corners[2] + level * (self._width - 2) + corners[3], edge)])
        return rows
