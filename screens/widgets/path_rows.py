"""The steps of a path, one below the other on a rail, with words and the hours as a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

APART = 5
"""Lines from row to row at most."""

BIG_APART = 4
"""Lines from row to row from which the signs are drawn big."""

LONGEST_BAR = 36
"""Columns of the bar at most."""


FULL, EMPTY = "▀", "▔"
"""The bar: what is done is higher than what is not, so that it can be told without colour (A-10)."""


class Stand(StrEnum):
    """Where a step stands; said in words beside its sign (A-10)."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


SIGNS = {Stand.DONE: ("✓",), Stand.NOW: ("●",), Stand.LATER: ("○",)}

BIG_SIGNS = {
    Stand.DONE: ("▗▄▄▄▄▄▖", "▐██✓██▌", "▝▀▀▀▀▀▘"),
    Stand.NOW: ("╭─────╮", "│  ●  │", "╰─────╯"),
    Stand.LATER: ("╭─────╮", "│     │", "╰─────╯"),
}
"""The same in three lines, for grids with that much room."""


@dataclass(frozen=True, slots=True)
class PathRow:
    """One step: its name, where it stands, and the same in words."""

    name: str
    stand: Stand
    words: str
    share: float | None = None
    """How much of it is done, drawn as a bar; ``None`` for a step without hours."""


class PathRows(Widget):
    """Draws the rows as large and as far apart as the grid allows."""

    DEFAULT_CSS = """
    PathRows { width: 100%; height: 1fr; }
    """

    def __init__(self, rows: Sequence[PathRow] = ()) -> None:
        super().__init__()
        self._rows = tuple(rows)

    def show(self, rows: Sequence[PathRow]) -> None:
        """Show these rows."""
        self._rows = tuple(rows)
        self.refresh()

    def forget(self) -> None:
        """Show nothing any more."""
        self.show(())

    def render_line(self, y: int) -> Strip:
        """One line: the middle of a row, a line of a big sign, or the rail with the bar beside it."""
        width, height = self.size
        ground = Style.parse(f"on {self.app.theme_variables['ground']}")
        blank = Strip([Segment(" " * width, ground)], width)
        count = len(self._rows)
        if not count:
            return blank
        apart = max(1, min(APART, height // count))
        reach = len(BIG_SIGNS[Stand.DONE]) // 2 if apart >= BIG_APART else 0
        first = (height - (apart * (count - 1) + 1)) // 2
        number, line = divmod(y - first + reach, apart)
        line -= reach
        if not 0 <= number < count or (number == count - 1 and line > reach):
            return blank
        return Strip(self._line(number, line, reach)).adjust_cell_length(width, ground)

    def _line(self, number: int, line: int, reach: int) -> Iterator[Segment]:
        """A line of a row, counted from its middle."""
        row = self._rows[number]
        styles = self._styles()
        signs = BIG_SIGNS if reach else SIGNS
        wide = len(signs[Stand.DONE][0])
        indent, gap = max(3, self.size.width // 12), 2 + 2 * reach
        names = max(cell_len(one.name) for one in self._rows)
        words = max(cell_len(one.words) for one in self._rows)
        room = self.size.width - 2 * indent - wide - gap
        between = min(3 + 2 * reach, max(2, room - names - words))
        names = min(names, room - between - words)
        loud, quiet = styles["loud"], styles["line"]
        yield Segment(" " * indent, styles["plain"])
        if abs(line) <= reach:
            drawn = signs[row.stand][line + reach]
            before, tick, after = drawn.partition(SIGNS[Stand.DONE][0])
            yield Segment(before, quiet if row.stand is Stand.LATER else loud)
            # Inside a full field the sign is cut out of it.
            yield Segment(tick, styles["cut"] if reach else loud)
            yield Segment(after, loud)
        else:
            rail = "┃" if row.stand is Stand.DONE else "│"
            yield Segment(rail.center(wide), loud if row.stand is Stand.DONE else quiet)
        yield Segment(" " * gap, styles["plain"])
        if line == 0:
            yield Segment(set_cell_size(row.name, names), styles["strong"])
            yield Segment(" " * between + row.words, styles["plain"])
        elif line == 1 and row.share is not None:
            long = min(LONGEST_BAR, room - names - between)
            done = round(row.share * long)
            # A minute is something, and one that is missing too.
            done = max(done, row.share > 0) if row.share < 1 else long
            done = min(done, long - 1) if row.share < 1 else done
            yield Segment(" " * (names + between), styles["plain"])
            yield Segment(FULL * done, loud)
            yield Segment(EMPTY * (long - done), quiet)

    def _styles(self) -> dict[str, Style]:
        colours = self.app.theme_variables
        ground = colours["ground"]
        return {
            "strong": Style.parse(f"bold {colours['ink']} on {ground}"),
            "plain": Style.parse(f"{colours['ink']} on {ground}"),
            "loud": Style.parse(f"{colours['accent']} on {ground}"),
            "cut": Style.parse(f"bold {ground} on {colours['accent']}"),
            "line": Style.parse(f"{colours['line']} on {ground}"),
        }
