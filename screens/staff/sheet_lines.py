"""The group as lines, one of them active; a finger on a line makes it the active one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

TALLEST = 3
"""Rows that a line has at most."""


MARK = 24
"""Columns for what became of a line."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What stands on a line."""

    name: str
    known: str = ""
    """What is noted, or typed and not yet noted."""
    mark: str = ""
    """What became of it."""
    again: bool = False
    """Whether somebody must look at it again."""


class SheetLines(Widget):
    """Lines as high as there is room for; where there is too little, those around the active one."""

    DEFAULT_CSS = """
    SheetLines { width: 100%; height: 1fr; min-height: 2; background: $ground; color: $ink; }
    """

    class Picked(Message):
        """Somebody touched a line."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__(id="sheet-lines")
        self._rows: list[SheetRow] = []
        self._active = 0

    def show(self, rows: Sequence[SheetRow], active: int) -> None:
        """Show these lines."""
        self._rows, self._active = list(rows), active
        self.refresh()

    @property
    def _tall(self) -> int:
        """Rows of one line."""
        return max(1, min(TALLEST, self.size.height // max(1, len(self._rows))))

    @property
    def _first(self) -> int:
        """The first line that is seen."""
        fit = max(1, self.size.height // self._tall)
        return max(0, min(self._active - fit // 2, len(self._rows) - fit))

    def render_line(self, y: int) -> Strip:
        """A row of a line: its words stand in the middle one."""
        width = self.size.width
        number = self._first + y // self._tall
        if number >= len(self._rows):
            return Strip([Segment(" " * width, self.rich_style)], width)
        row, active = self._rows[number], number == self._active
        colours = self.app.theme_variables
        style = self.rich_style
        if active:
            style = Style.parse(f"bold {colours['accent-ink']} on {colours['accent']}")
        if y % self._tall != self._tall // 2:
            return Strip([Segment(" " * width, style)], width)
        beside = style
        if row.again and not active:
            beside = Style.parse(f"{colours['wait-ink']} on {colours['wait']}")
        name = max(18, width // 4)
        known = max(18, width - name - MARK)
        segments = [
            Segment(set_cell_size(f" {'▸' if active else ' '} {row.name}", name), style),
            Segment(set_cell_size(f" {row.known}", known), style),
            Segment(set_cell_size(row.mark, max(0, width - name - known)), beside),
        ]
        return Strip(segments).adjust_cell_length(width, style)

    def on_click(self, event: events.Click) -> None:
        """Which line was it?"""
        event.stop()
        number = self._first + event.y // self._tall
        if number < len(self._rows):
            self.post_message(self.Picked(number))
