"""A few figures side by side: each in words, and large above them where the grid has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from assets.letters import ROWS, big

INDENT = 2
GAP = 3
ROOMY = ROWS + 1
"""Rows from which the figures are drawn large."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: as it is drawn, and as it is said."""

    drawn: str
    says: str


class FiguresLine(Widget):
    """Figures in one line of words, or as columns of large numbers with their words below."""

    DEFAULT_CSS = """
    FiguresLine { width: 100%; height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figures: tuple[Figure, ...] = ()

    def show(self, figures: Sequence[Figure]) -> None:
        """Show these figures."""
        self._figures = tuple(figures)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of all columns."""
        width = self.size.width
        columns = [self._column(figure, width) for figure in self._figures]
        needed = INDENT + sum(cell_len(column[-1]) + GAP for column in columns)
        if self.size.height < ROOMY or needed > width:
            said = " · ".join(figure.says for figure in self._figures) if y == 0 else ""
            return Strip([Segment(set_cell_size(" " * INDENT + said, width), self.rich_style)], width)
        row = "".join(column[y] + " " * GAP for column in columns) if y < ROWS + 1 else ""
        style = self.rich_style
        if y < ROWS:
            style = style + Style.parse(self.app.theme_variables["accent"])
        return Strip([Segment(set_cell_size(" " * INDENT + row, width), style)], width)

    @staticmethod
    def _column(figure: Figure, width: int) -> tuple[str, ...]:
        """The rows of a column, all of one width: the large number, then the words."""
        drawn = big(figure.drawn, width) or ("",) * ROWS
        wide = max(cell_len(figure.says), max(map(cell_len, drawn)))
        return tuple(set_cell_size(row, wide) for row in (*drawn, figure.says))
