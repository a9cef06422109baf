"""The five areas with their levels, one of which is chosen: by the arrows, or by a touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import set_cell_size
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area as it is listed."""

    id: str
    name: str
    level: str
    """Steps and words."""


class AreaList(Widget):
    """Name and level of each area, with air between them where there is room."""

    DEFAULT_CSS = "AreaList { width: 28; height: 100%; }"

    class Chosen(Message):
        """Another area is chosen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[AreaLine] = ()
        self._at = 0
        self.choosing = True
        """Whether one is chosen at all; where everything is shown at once none is."""

    @property
    def chosen(self) -> str:
        """Id of the chosen area; empty where there is none."""
        return self._lines[self._at].id if self._lines else ""

    def show(self, lines: Sequence[AreaLine]) -> None:
        """Show these; the same one stays chosen."""
        self._lines = tuple(lines)
        self.refresh()

    def move(self, by: int, *, around: bool = False) -> None:
        """Choose another area; beyond the last one only where it goes around."""
        number = len(self._lines)
        if number:
            self._choose((self._at + by) % number if around else max(0, min(self._at + by, number - 1)))

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.refresh()
            self.post_message(self.Chosen())

    @property
    def _pitch(self) -> int:
        """Rows of an area and of the air below it."""
        return 3 if self.content_size.height >= 3 * len(self._lines) - 1 else 2

    def on_click(self, event: events.Click) -> None:
        """A finger chooses the area that it touched."""
        event.stop()
        at = event.get_content_offset_capture(self).y // self._pitch
        if 0 <= at < len(self._lines):
            self._choose(at)

    def render(self) -> Content:
        """Two lines an area, the chosen one as a bar."""
        width = self.content_size.width
        rows: list[Content] = []
        for number, line in enumerate(self._lines):
            chosen = self.choosing and number == self._at
            for text, style in ((line.name, "bold"), (line.level, "")):
                row = Content(set_cell_size(f" {text}", width))
                rows.append(row.stylize("bold $accent-ink on $accent" if chosen else style))
            rows += [Content("")] * (self._pitch - 2)
        return Content("\n").join(rows)
