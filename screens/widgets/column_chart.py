"""Figures along time as columns on one line, each with its number above it where all of them fit."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.figure_table import FigureLine

NARROWEST, WIDEST = 3, 14
"""Cells of a column with the gap before it."""

FEET = 2
"""Rows of the line that the columns stand on, and of their names."""

EIGHTHS = " ▁▂▃▄▅▆▇"


class ColumnChart(Widget):
    """Drawn line by line; nothing, nought and what is hidden differ by what stands there."""

    DEFAULT_CSS = """
    ColumnChart { width: 100%; height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[FigureLine, ...] = ()
        self._longest = 0
        """Cells of the longest number."""

    def show(self, lines: Sequence[FigureLine]) -> None:
        """Show columns, the names as short as they stand below them."""
        self._lines = tuple(lines)
        self._longest = max((cell_len(one.says) for one in lines if one.share is not None), default=0)
        self.refresh()

    @staticmethod
    def fits(lines: Sequence[FigureLine], width: int) -> bool:
        """Whether so many columns can be told apart."""
        return len(lines) * NARROWEST <= width

    @property
    def _step(self) -> int:
        return min(WIDEST, self.size.width // max(1, len(self._lines)))

    def render_line(self, y: int) -> Strip:
        """A row of the columns, the line that they stand on, or their names."""
        width, high = self.size
        up = high - 1 - y
        if up == 0:
            pieces = [Segment(self._names(), self._style("quiet"))]
        elif up == 1:
            pieces = [Segment("─" * (self._step * len(self._lines)), self._style("line"))]
        else:
            pieces = [self._cell(line, up - FEET, high - FEET - 1) for line in self._lines]
        return Strip(pieces).adjust_cell_length(width, self.rich_style)

    def _cell(self, line: FigureLine, up: int, room: int) -> Segment:
        """What a column shows so many rows above the line."""
        wide = self._step - 1
        eighths = max(1, round(line.share * room * 8)) if line.share else 0
        here = min(8, eighths - 8 * up)
        if here > 0:
            sign = "█" if here == 8 else EIGHTHS[here]
            return Segment(" " + sign * wide, self._style("accent"))
        above = up - ceil(eighths / 8)
        text = ""
        if not above and (eighths == 0 or self._longest <= wide):
            text = line.says
        if cell_len(line.says) > wide and not eighths:
            # A word in place of a column goes down it, letter by letter; of nought its first sign is enough.
            letters = line.says if line.share is None and len(line.says) <= room + 1 else line.says[0]
            text = letters[::-1][above] if above < len(letters) else ""
        return Segment(" " + _centred(text, wide), self.rich_style + Style(bold=True))

    def _names(self) -> str:
        """Every name, or every second, third: as many as can be read."""
        every = ceil((max((cell_len(one.name) for one in self._lines), default=0) + 1) / max(1, self._step))
        room = self._step * every
        return "".join(" " + _centred(one.name, room - 1) for one in self._lines[::every])

    def _style(self, colour: str) -> Style:
        return self.rich_style + Style.parse(self.app.theme_variables[colour])


def _centred(text: str, wide: int) -> str:
    before = max(0, wide - cell_len(text)) // 2
    return set_cell_size(" " * before + text, wide)
