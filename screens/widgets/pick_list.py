"""A list of lines of which one is picked: by touch, or by the keys of the screen that shows it.

It draws itself line by line, so that a list that changes under somebody's eyes needs no new widgets.
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

TALLEST = 3
"""Rows of a line where there is room: as much as a key."""

GAP = 2


@dataclass(frozen=True, slots=True)
class Pick:
    """One line: whom or what, what is said of it, and more where the grid is wide."""

    name: str
    says: str = ""
    more: str = ""


class PickList(Widget):
    """Lines with one picked; with ``picked`` of ``None`` nothing can be picked."""

    DEFAULT_CSS = """
    PickList { width: 100%; height: 1fr; }
    """

    class Picked(Message):
        """A finger picked a line."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Pick, ...] = ()
        self._picked: int | None = None
        self._with: frozenset[int] = frozenset()
        self._first = 0

    def show(self, lines: Sequence[Pick], picked: int | None = None, beside: Sequence[int] = ()) -> None:
        """Show lines, one of them picked, and with it those ``beside``."""
        self._lines, self._picked, self._with = tuple(lines), picked, frozenset(beside)
        self.refresh()

    def pick(self, number: int) -> None:
        """Pick another of the same lines."""
        self._picked = number
        self.refresh()

    def wipe(self) -> None:
        """Forget the lines: they may name somebody."""
        self.show(())

    @property
    def _height(self) -> int:
        """Rows of one line: as tall as all of them fit."""
        return max(1, min(TALLEST, self.size.height // max(1, len(self._lines))))

    def _window(self) -> range:
        """The lines that can be seen; the picked one is among them."""
        fit = max(1, self.size.height // self._height)
        picked = self._picked or 0
        self._first = max(0, min(max(self._first, picked - fit + 1), picked, len(self._lines) - fit))
        return range(self._first, min(len(self._lines), self._first + fit))

    def on_click(self, event: events.Click) -> None:
        """A touch on a line."""
        window = self._window()
        number = window.start + event.y // self._height
        if self._picked is not None and number in window:
            event.stop()
            self.post_message(self.Picked(number))

    def render_line(self, y: int) -> Strip:
        """A row of a line, or an empty one."""
        width, window = self.size.width, self._window()
        number = window.start + y // self._height
        if number not in window:
            return Strip([Segment(" " * width, self.rich_style)], width)
        text = ""
        if y % self._height == (self._height - 1) // 2:
            text = self._told(self._lines[number], width - 2 * GAP)
            unseen = len(self._lines) - window.stop
            if number == window.stop - 1 and unseen:
                text = f"{set_cell_size(text, width - 2 * GAP - 5)} ↓ {unseen}"
        picked = number == self._picked or number in self._with
        mark = "▸ " if picked and text else "  "
        return Strip([Segment(set_cell_size(f"{mark}{text}", width), self._style(number))], width)

    def _style(self, number: int) -> Style:
        colours = self.app.theme_variables
        if number == self._picked:
            return Style.parse(f"bold {colours['accent-ink']} on {colours['accent']}")
        if number in self._with:
            return Style.parse(f"bold {colours['note-ink']} on {colours['note']}")
        return self.rich_style

    def _told(self, line: Pick, width: int) -> str:
        """The columns of a line: names stand under names."""
        widest, said, more = (
            max(cell_len(told) for told in column)
            for column in zip(*((one.name, one.says, one.more) for one in self._lines), strict=True)
        )
        named = min(widest, width // 3)
        if not line.says:
            return line.name
        text = set_cell_size(line.name, named) + " " * GAP + line.says
        if named + said + more + 2 * GAP <= width:
            text = set_cell_size(text, named + GAP + said)
        if line.more and cell_len(text) + GAP + cell_len(line.more) <= width:
            text += " " * GAP + line.more
        return text
