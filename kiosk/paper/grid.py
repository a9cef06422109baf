"""A table on paper: columns with heads, rows ruled for a pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.paper.page import INK, RULE, TINT, Paper, Style

HEAD = 7.5
"""Height of the row of heads in mm."""

PADDING = 2.0
"""Between a rule and the words beside it, in mm."""

_LABEL = Style(9, bold=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head; ``width`` in mm."""

    label: str
    width: float
    right: bool = False
    """Whether its words stand at its right edge, as figures do."""


class Grid:
    """Columns side by side from ``x`` on."""

    def __init__(self, paper: Paper, x: float, columns: Sequence[Column]) -> None:
        self._paper = paper
        self._x = x
        self._columns = columns
        self.width = sum(column.width for column in columns)

    def draw_head(self, y: float) -> float:
        """The heads on a tinted ground; the bottom is given back."""
        paper = self._paper
        with paper.drawn():
            paper.set_fill_color(*TINT)
            paper.rect(self._x, y, self.width, HEAD, style="F")
            paper.set_draw_color(*INK)
            paper.set_line_width(0.4)
            paper.line(self._x, y + HEAD, self._x + self.width, y + HEAD)
        for number, column in enumerate(self._columns):
            self.write(number, column.label, y, HEAD, _LABEL, least=7)
        return y + HEAD

    def draw_rules(self, y: float, rows: int, height: float, *, boxed: bool = False) -> None:
        """A line under each row, and where a pen will write also beside each column."""
        paper, bottom = self._paper, y + rows * height
        with paper.drawn():
            paper.set_draw_color(*RULE)
            paper.set_line_width(0.2)
            for row in range(1, rows + 1):
                at = y + row * height
                paper.line(self._x, at, self._x + self.width, at)
            for edge in self._edges() if boxed else ():
                paper.line(edge, y, edge, bottom)

    def write(
        self,
        number: int,
        text: str,
        y: float,
        height: float,
        style: Style,
        *,
        least: float = 7.5,
    ) -> None:
        """Words in the middle of a cell, shrunk where they must be; ``y`` and ``height`` are its row's."""
        if not text:
            return
        paper, column = self._paper, self._columns[number]
        left, width = self.inside(number)
        lines, fitting = paper.fitted(text, width, height, style, least=least)
        if column.right:
            left += width - max(paper.width_of(line, fitting) for line in lines)
        paper.write_lines(lines, left, y + (height - len(lines) * fitting.line) / 2, fitting)

    def inside(self, number: int) -> tuple[float, float]:
        """Left edge and width of where a column's words may stand."""
        left = self._x + sum(column.width for column in self._columns[:number])
        return left + PADDING, self._columns[number].width - 2 * PADDING

    def _edges(self) -> Iterator[float]:
        edge = self._x
        yield edge
        for column in self._columns:
            edge += column.width
            yield edge
