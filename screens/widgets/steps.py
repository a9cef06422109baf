"""Five rows of three steps: where somebody stands, in dots and in words. No number, no score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

STEPS = 3

FULL, PERHAPS, EMPTY = ("●",), ("◐",), ("○",)

BIG_FULL = ("▗▄▄▄▄▄▖", "▐█████▌", "▝▀▀▀▀▀▘")
BIG_PERHAPS = ("▗▄▄▄──╮", "▐███  │", "▝▀▀▀──╯")
BIG_EMPTY = ("╭─────╮", "│     │", "╰─────╯")
"""The same in three lines, for grids with that much room: full, half full, a frame."""

BIG_APART, APART = 4, 5
"""Lines from row to row: from so many on the steps are drawn big, and no row stands further from the next."""

SHORTEST, LONGEST = 2, 18
"""Columns between two steps."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One row: what, how far at least and at most (0 to 2), and the same in words."""

    name: str
    low: int
    high: int
    words: str


class StepRows(Widget):
    """Draws the rows as large and as far apart as the grid allows."""

    DEFAULT_CSS = """
    StepRows { width: 100%; height: 1fr; }
    """

    def __init__(self, rows: Sequence[StepRow] = ()) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def forget(self) -> None:
        """Show nothing any more."""
        self._rows = ()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line: the middle of a row, the upper or lower line of big steps, or the air between."""
        width, height = self.size
        ground = Style.parse(f"on {self.app.theme_variables['ground']}")
        blank = Strip([Segment(" " * width, ground)], width)
        count = len(self._rows)
        if not count:
            return blank
        apart = max(1, min(APART, height // count))
        reach = len(BIG_FULL) // 2 if apart >= BIG_APART else 0
        first = (height - (apart * (count - 1) + 1)) // 2
        number, line = divmod(y - first + reach, apart)
        if line > 2 * reach or not 0 <= number < count:
            return blank
        return Strip(self._line(self._rows[number], line - reach, reach)).adjust_cell_length(width, ground)

    def _line(self, row: StepRow, line: int, reach: int) -> Iterator[Segment]:
        """A line of a row; the one in its middle has the words."""
        colours = self.app.theme_variables
        ground = colours["ground"]
        strong = Style.parse(f"bold {colours['ink']} on {ground}")
        plain = Style.parse(f"{colours['ink']} on {ground}")
        indent = max(3, self.size.width // 12)
        names = max(cell_len(one.name) for one in self._rows) + 2
        words = max(cell_len(one.words) for one in self._rows)
        full, perhaps, empty = (BIG_FULL, BIG_PERHAPS, BIG_EMPTY) if reach else (FULL, PERHAPS, EMPTY)
        gap = 3 + reach
        room = self.size.width - 2 * indent - names - gap - words - STEPS * len(full[0])
        link = max(SHORTEST, min(LONGEST, room // (STEPS - 1)))
        name = "" if line else row.name
        yield Segment(" " * indent + name + " " * (names - cell_len(name)), strong)
        loud = Style.parse(f"{colours['accent']} on {ground}")
        quiet = Style.parse(f"{colours['line']} on {ground}")
        for step in range(STEPS):
            reached = step <= row.low
            if step:
                rail = " " if line else "━" if reached else "─"
                yield Segment(rail * link, loud if reached else quiet)
            drawn = full if reached else perhaps if step <= row.high else empty
            yield Segment(drawn[line + reach], loud if step <= row.high else quiet)
        yield Segment(" " * gap + ("" if line else row.words), plain)
