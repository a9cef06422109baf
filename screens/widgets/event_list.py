"""Lines of a ledger, one of which is chosen: by the arrows, or by a touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Line:
    """What happened at an hour."""

    hour: str
    text: str
    counts: bool = True
    """Quieter where it does not count any more."""


class EventList(Widget):
    """As many lines as fit, the rest on further pages; two rows each where there is room for a finger."""

    DEFAULT_CSS = """
    EventList { width: 100%; height: 1fr; padding: 0 2; }
    """

    class Chosen(Message):
        """Another line is chosen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []
        self.chosen = 0
        """Number of the chosen line."""

    def show(self, lines: Sequence[Line], chosen: int) -> None:
        """Show these lines."""
        self._lines = list(lines)
        self.chosen = max(0, min(chosen, len(self._lines) - 1))
        self.refresh()

    @property
    def fit(self) -> int:
        """Lines of a page."""
        return max(1, self.content_size.height // self._pitch)

    @property
    def _pitch(self) -> int:
        """Rows of a line."""
        return 2 if 0 < len(self._lines) * 2 - 1 <= self.content_size.height else 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._lines) // self.fit))

    def move(self, by: int) -> None:
        """Choose another line, not beyond the first and the last."""
        self._choose(self.chosen + by)

    def next_page(self) -> None:
        """Choose the first line of the next page; after the last page the first one again."""
        page = (self.chosen // self.fit + 1) % self.pages
        self._choose(page * self.fit)

    def _choose(self, number: int) -> None:
        number = max(0, min(number, len(self._lines) - 1))
        if number != self.chosen:
            self.chosen = number
            self.refresh()
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """A finger chooses the line that it touched."""
        event.stop()
        first = self.chosen // self.fit * self.fit
        number = first + event.get_content_offset_capture(self).y // self._pitch
        if first <= number < min(first + self.fit, len(self._lines)):
            self._choose(number)

    def render(self) -> Content:
        """The page of the chosen line; as plain content, for a name may be in it."""
        first = self.chosen // self.fit * self.fit
        shown = self._lines[first : first + self.fit]
        width = self.content_size.width
        column = max((len(line.hour) for line in self._lines), default=0)
        rows: list[Content] = []
        for number, line in enumerate(shown, first):
            text = f" {line.hour:>{column}}   {line.text}"
            if len(text) > width:
                text = f"{text[: width - 1]}…"
            row = Content(text.ljust(width))
            if number == self.chosen:
                row = row.stylize("bold $accent-ink on $accent")
            elif not line.counts:
                row = row.stylize("$quiet")
            rows.append(row)
        return Content("\n" * self._pitch).join(rows)
