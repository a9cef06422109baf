"""Six boxes that fill up with the letters of a short code."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from models.codes import SHORT_LENGTH


class CodeBoxes(Widget):
    """Shows the letters typed so far; longer codes push the first letters out to the left."""

    DEFAULT_CSS = f"""
    CodeBoxes {{
        width: {SHORT_LENGTH * 5};
        height: 3;
        color: $ink;
        background: $ground;
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._letters = ""

    def show(self, letters: str) -> None:
        """Show these letters."""
        self._letters = letters
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the three rows of the boxes."""
        shown = self._letters[-SHORT_LENGTH:].ljust(SHORT_LENGTH)
        width = self.size.width // SHORT_LENGTH
        inside = width - 2
        if y == 0:
            row = f"╭{'─' * inside}╮" * SHORT_LENGTH
        elif y == 1:
            row = "".join(f"│{letter:^{inside}}│" for letter in shown)
        else:
            row = f"╰{'─' * inside}╯" * SHORT_LENGTH
        return Strip([Segment(row, self.rich_style)], width * SHORT_LENGTH)
