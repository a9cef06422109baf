"""Figures by name, one a line, in as many columns as help, or each with a bar that is as long as it is large.

It draws itself line by line, and only what is seen: a list of hundreds costs no more than one of ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

TALLEST, TALLEST_BAR = 2, 3
"""Rows of a line where there is room, without a bar and with one."""

INDENT, GAP, APART = 2, 2, 3
"""Cells before a name, between it and what follows, and between two columns."""

EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A name and its figure as it is said."""

    name: str
    says: str
    share: float | None = None
    """How long its bar is, of the longest that may be; ``None`` where it has none."""
    first: bool = False
    """Whether it is one of those to be read first."""


class FigureTable(Widget):
    """With a line picked it keeps that in sight; else it is turned page by page."""

    DEFAULT_CSS = """
    FigureTable { width: 100%; height: 1fr; }
    """

    class Picked(Message):
        """A finger picked a line."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[FigureLine, ...] = ()
        self._picked: int | None = None
        self._bars = False
        self._first = 0
        self._widest = (0, 0)

    def show(self, lines: Sequence[FigureLine], picked: int | None = None, *, bars: bool = False) -> None:
        """Show lines, with bars or without; the same ones stay where they were turned to."""
        if [one.name for one in lines] != [one.name for one in self._lines]:
            self._first = 0
        self._lines, self._picked, self._bars = tuple(lines), picked, bars
        # Once for all of them, not for each row that is drawn.
        self._widest = (
            max((cell_len(one.name) for one in lines), default=0),
            max((cell_len(one.says) for one in lines), default=0),
        )
        self.refresh()

    @property
    def natural(self) -> int:
        """Cells that one column of it takes."""
        return INDENT + sum(self._widest) + GAP + 1

    def rows_in(self, width: int) -> int:
        """Rows that all of it takes in so many cells."""
        return ceil(len(self._lines) / max(1, (width + APART) // (self.natural + APART)))

    @property
    def overflows(self) -> bool:
        """Whether there is more than can be seen at once."""
        return self._fit < len(self._lines)

    def turn(self, step: int) -> None:
        """On by so many pages; after the last one comes the first."""
        if self.overflows:
            pages = ceil(len(self._lines) / self._fit)
            self._first = (self._first // self._fit + step) % pages * self._fit
            self.refresh()

    # ---- where things stand

    @property
    def _columns(self) -> int:
        """As many as are needed and fit."""
        if self._bars:
            return 1
        needed = ceil(len(self._lines) * TALLEST / max(1, self.size.height))
        return max(1, min(needed, (self.size.width + APART) // (self.natural + APART)))

    @property
    def _rows(self) -> int:
        """Lines below each other; the last row says how many more there are, where there are any."""
        rows = ceil(len(self._lines) / self._columns)
        return rows if rows <= self.size.height else max(1, self.size.height - 1)

    @property
    def _fit(self) -> int:
        return max(1, self._rows * self._columns)

    @property
    def _height(self) -> int:
        """Rows of one line: as tall as all of them fit."""
        most = TALLEST_BAR if self._bars else TALLEST
        return max(1, min(most, self.size.height // max(1, self._rows)))

    def _window(self) -> range:
        """The lines that can be seen; the picked one is among them."""
        fit, picked = self._fit, self._picked
        if picked is not None and picked not in range(self._first, self._first + fit):
            self._first = picked // fit * fit
        return range(self._first, min(len(self._lines), self._first + fit))

    def on_click(self, event: events.Click) -> None:
        """A touch on a line, or on what says that there are more."""
        event.stop()
        window, row = self._window(), event.y // self._height
        column = event.x * self._columns // max(1, self.size.width)
        number = window.start + column * self._rows + row
        if row >= self._rows and self.overflows:
            self.turn(1)
        elif self._picked is not None and row < self._rows and number in window:
            self.post_message(self.Picked(number))

    def on_mouse_scroll_down(self) -> None:
        """A wheel turns pages."""
        self.turn(1)

    def on_mouse_scroll_up(self) -> None:
        """A wheel turns pages."""
        self.turn(-1)

    # ---- drawing

    def render_line(self, y: int) -> Strip:
        """A row of the lines beside each other, or what says how many more there are."""
        width, window = self.size.width, self._window()
        row, within = divmod(y, self._height)
        if row >= self._rows:
            text = self._more(window) if self.overflows and y == self.size.height - 1 else ""
            return Strip([Segment(set_cell_size(" " * INDENT + text, width), self._style("quiet"))], width)
        columns = self._columns
        wide = (width - APART * (columns - 1)) // columns
        segments: list[Segment] = []
        for column in range(columns):
            number = window.start + column * self._rows + row
            if number in window:
                segments += self._line(number, within, wide)
            else:
                segments.append(Segment(" " * wide, self.rich_style))
            segments.append(Segment(" " * APART, self.rich_style))
        return Strip(segments[:-1]).adjust_cell_length(width, self.rich_style)

    def _more(self, window: range) -> str:
        above, below = window.start, len(self._lines) - window.stop
        return "   ".join(f"{sign} {n}" for sign, n in (("↑", above), ("↓", below)) if n)

    def _line(self, number: int, within: int, wide: int) -> list[Segment]:
        line, picked = self._lines[number], number == self._picked
        if self._bars:
            return self._bar(line, within, wide)
        if within:
            return [Segment(" " * wide, self.rich_style)]
        style = self.rich_style + Style(bold=True) if line.first else self.rich_style
        if picked:
            colours = self.app.theme_variables
            style = Style.parse(f"bold {colours['accent-ink']} on {colours['accent']}")
        said = min(self._widest[1], wide - INDENT - GAP)
        named = min(self._widest[0], wide - INDENT - GAP - said)
        text = f"{'▸ ' if picked else '  '}{_cut(line.name, named)}{' ' * GAP}{line.says:>{said}} "
        marked = set_cell_size(text, min(cell_len(text), wide))
        return [Segment(marked, style), Segment(" " * (wide - cell_len(marked)), self.rich_style)]

    def _bar(self, line: FigureLine, within: int, wide: int) -> list[Segment]:
        """The name before the bar and the number after it; a tall line has a bar of two rows, and air."""
        named = min(self._widest[0], wide // 2)
        room = max(0, wide - INDENT - named - 2 * GAP - self._widest[1])
        text = " " * INDENT + _cut(line.name if within == 0 else "", named) + " " * GAP
        thick = max(1, self._height - 1)
        bar = bar_of(line.share, room) if within < thick else ""
        says = line.says if within == 0 else ""
        after = f" {says}" if bar else says
        style = self.rich_style + Style(bold=True)
        pieces = [Segment(text, self.rich_style), Segment(bar, self._style("accent")), Segment(after, style)]
        return list(Strip(pieces).adjust_cell_length(wide, self.rich_style))

    def _style(self, colour: str) -> Style:
        return self.rich_style + Style.parse(self.app.theme_variables[colour])


def bar_of(share: float | None, room: int) -> str:
    """A bar in whole cells and a last one of eighths; what is anything at all can be seen."""
    if not share:
        return ""
    eighths = max(1, round(share * room * 8))
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _cut(text: str, wide: int) -> str:
    """As wide as that; what does not fit ends in dots."""
    if cell_len(text) <= wide:
        return set_cell_size(text, wide)
    return set_cell_size(text, max(0, wide - 1)) + "…"
