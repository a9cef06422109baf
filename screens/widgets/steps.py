"""Five rows of three steps: where somebody stands, in dots and in words. No number, no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

STEPS = 3

FULL, PERHAPS, EMPTY = "●", "◐", "○"

SHORTEST, LONGEST = 2, 12
"""Columns between two dots."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One row: what, how far at least and at most (0 to 2), and the same in words."""

    name: str
    low: int
    high: int
    words: str


class StepRows(Widget):
    """Draws the rows as far apart as the grid allows."""

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
        """One line: a row, or the air between two."""
        width, height = self.size
        colours = self.app.theme_variables
        ground = colours["ground"]
        blank = Strip([Segment(" " * width, Style.parse(f"on {ground}"))], width)
        count = len(self._rows)
        if not count:
            return blank
        apart = max(1, min(4, height // count))
        top = (height - (apart * (count - 1) + 1)) // 2
        number, between = divmod(y - top, apart)
        if between or not 0 <= number < count:
            return blank
        row = self._rows[number]
        strong, plain = (
            Style.parse(f"bold {colours['ink']} on {ground}"),
            Style.parse(f"{colours['ink']} on {ground}"),
        )
        loud, quiet = (
            Style.parse(f"bold {colours['accent']} on {ground}"),
            Style.parse(f"{colours['line']} on {ground}"),
        )
        indent = max(3, width // 12)
        names = max(cell_len(one.name) for one in self._rows) + 2
        words = max(cell_len(one.words) for one in self._rows)
        room = width - 2 * indent - names - words - 3 - STEPS
        link = max(SHORTEST, min(LONGEST, room // (STEPS - 1)))
        segments = [
            Segment(" " * indent + row.name + " " * (names - cell_len(row.name)), strong),
            *self._steps(row, link, loud, quiet),
            Segment("   " + row.words, plain),
        ]
        return Strip(segments).adjust_cell_length(width, Style.parse(f"on {ground}"))

    def _steps(self, row: StepRow, link: int, loud: Style, quiet: Style) -> list[Segment]:
        segments = []
        for step in range(STEPS):
            reached = step <= row.low
            if step:
                segments.append(Segment("━" * link if reached else "─" * link, loud if reached else quiet))
            if reached:
                segments.append(Segment(FULL, loud))
            else:
                segments.append(Segment(PERHAPS if step <= row.high else EMPTY, quiet))
        return segments
