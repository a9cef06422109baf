"""Figures by name and by column: one of them is picked, by touch or by the keys of its screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

INDENT = 2
TALLEST = 3
"""Rows of a figure where there is room: as much as a key."""

HEAD = 2
"""Rows of the head: what a column is, in two lines."""

NARROWEST, WIDEST = 11, 32
"""Columns of one column of figures."""

ENDING = 5
"""Cells of the end that stay where a head is cut: "24 heures" and "40 heures" begin alike."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is, in two short lines, and its figures as they are said."""

    head: str
    under: str
    figures: Sequence[str]


class FigureGrid(Widget):
    """Names at the left, the first column beside them always, the others as far as there is room."""

    DEFAULT_CSS = """
    FigureGrid { width: 100%; height: 1fr; }
    """

    class Chosen(Message):
        """A finger chose the figure that is picked now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._row = self._column = 0

    def show(self, names: Sequence[str], columns: Sequence[Column]) -> None:
        """Show figures, each column one for each name; what was picked stays picked."""
        self._names, self._columns = tuple(names), tuple(columns)
        self.move(0, 0)

    @property
    def picked(self) -> tuple[int, int]:
        """Row and column of the figure that is picked."""
        return self._row, self._column

    def move(self, across: int, down: int) -> None:
        """Pick another figure; at the edge it stays."""
        self._row = max(0, min(self._row + down, len(self._names) - 1))
        self._column = max(0, min(self._column + across, len(self._columns) - 1))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A touch on a figure."""
        row = (event.y - HEAD) // self._height
        for number, start in self._places():
            if start <= event.x < start + self._wide and 0 <= row < len(self._names) and event.y >= HEAD:
                event.stop()
                self._row, self._column = row, number
                self.refresh()
                self.post_message(self.Chosen())

    # ---- where things stand

    @property
    def _height(self) -> int:
        """Rows of one figure: as tall as all of them fit."""
        return max(1, min(TALLEST, (self.size.height - HEAD) // max(1, len(self._names))))

    @property
    def _named(self) -> int:
        """Columns of the names."""
        return INDENT + max((cell_len(name) for name in self._names), default=0) + 1

    @property
    def _room(self) -> int:
        """Columns for figures."""
        return max(NARROWEST, self.size.width - self._named)

    @property
    def _fit(self) -> int:
        """How many columns of figures can be seen, the first included."""
        return max(1, min(len(self._columns), self._room // NARROWEST))

    @property
    def _wide(self) -> int:
        return min(WIDEST, self._room // self._fit)

    def _places(self) -> list[tuple[int, int]]:
        """The columns that can be seen, each with where it begins; the picked one is among them."""
        others = self._fit - 1
        first = max(1, min(self._column - others + 1, len(self._columns) - others))
        shown = [0, *range(first, first + others)] if self._columns else []
        return [(number, self._named + place * self._wide) for place, number in enumerate(shown)]

    # ---- drawing

    def render_line(self, y: int) -> Strip:
        """A row of the head, of a figure, or an empty one."""
        width = self.size.width
        if y < HEAD:
            return self._head_line(y, width)
        row, within = divmod(y - HEAD, self._height)
        if row >= len(self._names) or within != (self._height - 1) // 2:
            return Strip([Segment(" " * width, self.rich_style)], width)
        bold = self.rich_style + Style(bold=True)
        name = set_cell_size(" " * INDENT + self._names[row], self._named)
        segments = [Segment(name, bold if row == self._row else self.rich_style)]
        for number, _ in self._places():
            picked = (row, number) == (self._row, self._column)
            text = (
                f"▸ {self._columns[number].figures[row]} "
                if picked
                else f"{self._columns[number].figures[row]} "
            )
            style = self._picked_style() if picked else bold if number == 0 else self.rich_style
            segments.append(Segment(text.rjust(self._wide), style))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _head_line(self, y: int, width: int) -> Strip:
        colours = self.app.theme_variables
        style = self.rich_style + Style.parse(f"bold {colours['accent']}" if y == 0 else colours["quiet"])
        segments = [Segment(" " * self._named, self.rich_style)]
        for number, _ in self._places():
            column = self._columns[number]
            text = column.under if y else column.head
            cut = _cut(text, self._wide - 2)
            segments.append(Segment(" " * (self._wide - 1 - cell_len(cut)) + f"{cut} ", style))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _picked_style(self) -> Style:
        colours = self.app.theme_variables
        return Style.parse(f"bold {colours['accent-ink']} on {colours['accent']}")


def _cut(text: str, room: int) -> str:
    """A head in so many cells; where it is longer, its beginning and its end."""
    if cell_len(text) <= room:
        return text
    if room < 3 * ENDING:
        return f"{set_cell_size(text, room - 1)}…"
    return f"{set_cell_size(text, room - 1 - ENDING)}…{text[-ENDING:]}"
