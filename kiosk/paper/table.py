"""Tables of figures: columns as wide as their words need, a head on every page, shares as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.paper.flow import LEFT, Flow
from kiosk.paper.page import ACCENT, RULE, TINT, WHITE, Colour, Style

_CELL = Style(8.5)
_HEAD = Style(7, bold=True)
_AIR = 1.4
"""Between what stands in a cell and its edge, in mm."""

_ROW = _CELL.line + _AIR
_SHADES: tuple[Colour | None, ...] = (TINT, (0x9C, 0xC0, 0xC6), ACCENT, None)
"""One a level, from the lightest on, and a stroke for what is none: told apart without colours too."""

_SQUARE, _GAP = 2.0, 1.0
"""A shade beside its word in the head, and the gap between them, in mm."""


@dataclass(frozen=True, slots=True)
class Table:
    """Names and figures, as they are read."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    named: float
    """Width of the names, in mm."""
    shares: Sequence[Sequence[int | None]] | None = None
    """What the figures of each row are, where each row is drawn as the shares of its figures as well."""
    drawn: float = 0.0
    """Width of that drawing."""


def draw_table(flow: Flow, table: Table) -> None:
    """Down the page, and on to the next with the same head."""
    columns = _Columns(flow, table)
    columns.draw_head()
    for number in range(len(table.rows)):
        if flow.y + _ROW > flow.bottom:
            flow.turn(landscape=flow.landscape)
            columns.draw_head()
        columns.draw_row(number)


class _Columns:
    """Where each column of a table ends."""

    def __init__(self, flow: Flow, table: Table) -> None:
        self._flow = flow
        self._table = table
        room = flow.width - table.named - table.drawn
        needed = [self._needed(place) for place in range(1, len(table.head))]
        spare = room - sum(needed)
        if spare < 0:
            self._widths = [room * width / sum(needed) for width in needed]
        else:
            self._widths = [width + spare / len(needed) for width in needed]
        square = 0.0 if table.shares is None else _SQUARE + _GAP
        words = [width - square for width in self._widths]
        heads = zip(table.head, (table.named, *words), strict=True)
        self._heads = [self._fitted(text, width) for text, width in heads]
        self._height = max(len(lines) * style.line for lines, style in self._heads) + _AIR

    def _needed(self, place: int) -> float:
        """The widest word of the head, or the widest figure under it."""
        paper = self._flow.paper
        words = [paper.width_of(word, _HEAD) for word in paper.printable(self._table.head[place]).split()]
        if self._table.shares is not None:
            words = [width + _SQUARE + _GAP for width in words]
        cells = [paper.width_of(paper.printable(row[place]), _CELL) for row in self._table.rows]
        return max(words + cells, default=0.0) + _AIR

    def _fitted(self, text: str, width: float) -> tuple[list[str], Style]:
        return self._flow.paper.fitted(text, width - _AIR / 2, 4 * _HEAD.line, _HEAD, least=5)

    def draw_head(self) -> None:
        """The words of the columns over their figures; beside a level its shade."""
        flow, paper = self._flow, self._flow.paper
        with paper.drawn():
            paper.set_fill_color(*TINT)
            paper.rect(LEFT, flow.y, flow.width, self._height, style="F")
        names, *others = self._heads
        paper.write_lines(names[0], LEFT + _AIR / 2, flow.y + _AIR / 2, names[1])
        right = LEFT + self._table.named
        for place, (width, (lines, style)) in enumerate(zip(self._widths, others, strict=True)):
            right += width
            y, widest = flow.y + _AIR / 2, 0.0
            for line in lines:
                wide = paper.width_of(line, style)
                paper.write_lines([line], right - _AIR / 2 - wide, y, style)
                y, widest = y + style.line, max(widest, wide)
            if self._table.shares is not None:
                x = right - _AIR / 2 - widest - _GAP - _SQUARE
                self._shade(x, flow.y + _AIR / 2 + 0.5, _SQUARE, _SQUARE, _SHADES[place])
        flow.y += self._height

    def draw_row(self, number: int) -> None:
        """A name, its figures at the right edge of their columns, their shares, and a line below."""
        flow, paper, row = self._flow, self._flow.paper, self._table.rows[number]
        names, style = paper.fitted(row[0], self._table.named - _AIR, _CELL.line, _CELL, least=5.5)
        paper.write_lines(names, LEFT + _AIR / 2, flow.y + _AIR / 2, style)
        right = LEFT + self._table.named
        for width, text in zip(self._widths, row[1:], strict=True):
            right += width
            shown, style = paper.fitted(text, width - _AIR / 2, _CELL.line, _CELL, least=5)
            x = right - _AIR / 2 - paper.width_of(shown[0], style)
            paper.write_lines(shown, x, flow.y + _AIR / 2, style)
        if self._table.shares is not None:
            self._draw_shares(self._table.shares[number], right + 3)
        flow.y += _ROW
        with paper.drawn():
            paper.set_draw_color(*RULE)
            paper.set_line_width(0.2)
            paper.line(LEFT, flow.y, LEFT + flow.width, flow.y)

    def _draw_shares(self, counts: Sequence[int | None], x: float) -> None:
        """Nothing where one of them is hidden: a length would tell it."""
        known = [count for count in counts if count is not None]
        if len(known) < len(counts) or not sum(known):
            return
        room = self._table.drawn - 3 - _AIR / 2
        for count, shade in zip(known, _SHADES, strict=True):
            width = room * count / sum(known)
            if width:
                self._shade(x, self._flow.y + 0.9, width, _ROW - 1.8, shade)
            x += width

    def _shade(self, x: float, y: float, width: float, height: float, shade: Colour | None) -> None:
        paper = self._flow.paper
        with paper.drawn():
            paper.set_fill_color(*(shade or WHITE))
            paper.set_draw_color(*ACCENT)
            paper.set_line_width(0.2)
            paper.rect(x, y, width, height, style="DF")
            if shade is None:
                paper.line(x, y + height, x + width, y)
