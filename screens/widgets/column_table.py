"""Lines with columns of figures under heads of two rows: one line and one column are picked.

It draws itself line by line. Where not all columns fit, those around the picked one are seen.
"""

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

HEAD = 2
"""Rows of the heads."""

TALLEST = 2
"""Rows of a line where there is room."""

INDENT, GAP = 2, 2

NAMED, SAID = 13, 12
"""Cells that a name and what is said beside it have at least, where columns want the room."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A name, what is said of it, and a figure for each column."""

    name: str
    says: str
    figures: tuple[str, ...]
    quiet: bool = False
    """Whether there is nothing to read in it."""


class ColumnTable(Widget):
    """The first line is that of all; it stays above the others, and cannot be picked."""

    DEFAULT_CSS = """
    ColumnTable { width: 100%; height: 1fr; }
    """

    class Picked(Message):
        """A finger picked a line."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class ColumnPicked(Message):
        """A finger picked a column by its head."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heads: tuple[tuple[str, str], ...] = ()
        self._whole: ColumnLine | None = None
        self._lines: tuple[ColumnLine, ...] = ()
        self._picked = self._column = self._first = 0

    def show(
        self, heads: Sequence[str], whole: ColumnLine, lines: Sequence[ColumnLine], picked: int, column: int
    ) -> None:
        """Show lines under the one of all.

        Args:
            heads: the name of each column.
        """
        self._heads = tuple(map(in_two, heads))
        self._whole, self._lines = whole, tuple(lines)
        self._picked, self._column = picked, column
        self.refresh()

    def wipe(self) -> None:
        """Forget the figures."""
        self._heads, self._whole, self._lines = (), None, ()
        self.refresh()

    # ---- where things stand

    @property
    def _room(self) -> int:
        """Rows below the heads and the line of all."""
        return max(1, self.size.height - HEAD - 1)

    @property
    def _height(self) -> int:
        """Rows of one line: as tall as all of them fit."""
        return max(1, min(TALLEST, self._room // max(1, len(self._lines))))

    def _window(self) -> range:
        """The lines that can be seen; the picked one is among them."""
        fit = max(1, self._room // self._height)
        self._first = max(
            0, min(max(self._first, self._picked - fit + 1), self._picked, len(self._lines) - fit)
        )
        return range(self._first, min(len(self._lines), self._first + fit))

    def _widths(self) -> tuple[int, int, dict[int, int]]:
        """Cells of the names, of what is said, and of each column that can be seen."""
        every = [one for one in (self._whole, *self._lines) if one is not None]
        name = max((cell_len(one.name) for one in every), default=0)
        said = max((cell_len(one.says) for one in every), default=0)
        columns = [
            max(*map(cell_len, head), *(cell_len(one.figures[number]) for one in every))
            for number, head in enumerate(self._heads)
        ]
        room = self.size.width - INDENT - 1
        if name + said + GAP + sum(columns) + GAP * len(columns) > room:
            # The columns first: names and what is said may end in dots, but a figure never.
            wanted = min(room // 2, sum(columns) + GAP * len(columns))
            said = max(min(said, room - wanted - GAP - min(name, NAMED)), min(said, SAID))
            name = max(min(name, room - wanted - GAP - said), min(name, NAMED))
        left = room - name - GAP - said
        seen: dict[int, int] = {}
        for number in (*range(self._column, -1, -1), *range(self._column + 1, len(columns))):
            if left >= columns[number] + GAP or not seen:
                left -= columns[number] + GAP
                seen[number] = columns[number]
            elif number > self._column:
                break
        return name, said, dict(sorted(_together(seen, self._column).items()))

    # ---- fingers

    def on_click(self, event: events.Click) -> None:
        """A touch on a line, or on the head of a column."""
        event.stop()
        if event.y < HEAD:
            name, said, columns = self._widths()
            at = INDENT + name + GAP + said
            for number, wide in columns.items():
                at += GAP + wide
                if event.x < at + 1 and event.x >= at - wide:
                    self.post_message(self.ColumnPicked(number))
            return
        number = self._window().start + (event.y - HEAD - 1) // self._height
        if event.y > HEAD and number in self._window():
            self.post_message(self.Picked(number))

    def on_mouse_scroll_down(self) -> None:
        """A wheel goes down the lines."""
        self.post_message(self.Picked(min(self._picked + 1, len(self._lines) - 1)))

    def on_mouse_scroll_up(self) -> None:
        """A wheel goes up the lines."""
        self.post_message(self.Picked(max(self._picked - 1, 0)))

    # ---- drawing

    def render_line(self, y: int) -> Strip:
        """A row of the heads, of all, or of a line."""
        width, window = self.size.width, self._window()
        if self._whole is None:
            return Strip([Segment(" " * width, self.rich_style)], width)
        if y < HEAD:
            return self._head(y)
        if y == HEAD:
            return self._line(self._whole, self.rich_style + Style(bold=True))
        row, within = divmod(y - HEAD - 1, self._height)
        number = window.start + row
        if number not in window or within:
            style = self._style(number) if number in window else self.rich_style
            return Strip([Segment(" " * width, style)], width)
        return self._line(self._lines[number], self._style(number), number == self._picked)

    def _head(self, y: int) -> Strip:
        name, said, columns = self._widths()
        colours = self.app.theme_variables
        quiet = self.rich_style + Style.parse(colours["quiet"])
        picked = self.rich_style + Style.parse(f"bold {colours['accent']}")
        left = " " * INDENT + (self._more() if y else "")
        pieces = [Segment(set_cell_size(left, INDENT + name + GAP + said), quiet)]
        for number, wide in columns.items():
            text = f"{self._heads[number][y]:>{wide}}"
            pieces += [
                Segment(" " * GAP, quiet),
                Segment(text, picked if number == self._column else quiet),
            ]
        more = " ›" if columns and max(columns) < len(self._heads) - 1 and y else ""
        pieces.append(Segment(more, quiet))
        if columns and min(columns) > 0 and y:
            pieces[1] = Segment(" ‹", quiet)
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)

    def _more(self) -> str:
        """How many lines stand above and below those that can be seen."""
        window = self._window()
        unseen = (("↑", window.start), ("↓", len(self._lines) - window.stop))
        return "   ".join(f"{sign} {number}" for sign, number in unseen if number)

    def _line(self, line: ColumnLine, style: Style, picked: bool = False) -> Strip:
        name, said, columns = self._widths()
        text = f"{'▸ ' if picked else '  '}{_cut(line.name, name)}{' ' * GAP}{_cut(line.says, said)}"
        for number, wide in columns.items():
            text += " " * GAP + f"{line.figures[number]:>{wide}}"
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

    def _style(self, number: int) -> Style:
        colours = self.app.theme_variables
        if number == self._picked:
            return Style.parse(f"bold {colours['accent-ink']} on {colours['accent']}")
        if self._lines[number].quiet:
            return self.rich_style + Style.parse(colours["quiet"])
        return self.rich_style


def _together(seen: dict[int, int], column: int) -> dict[int, int]:
    """Those without a gap around the picked one."""
    first = last = column
    while first - 1 in seen:
        first -= 1
    while last + 1 in seen:
        last += 1
    return {number: wide for number, wide in seen.items() if first <= number <= last}


def in_two(name: str) -> tuple[str, str]:
    """A name in two rows, as narrow as its words allow; of one word the lower one."""
    words = name.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(len(words))]
    return min(cuts, key=lambda rows: (max(map(cell_len, rows)), -cell_len(rows[0])), default=("", ""))


def _cut(text: str, wide: int) -> str:
    """As wide as that; what does not fit ends in dots."""
    if cell_len(text) <= wide:
        return set_cell_size(text, wide)
    return set_cell_size(text, max(0, wide - 1)) + "…"
