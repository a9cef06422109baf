"""A key of the team's side that a letter of the keyboard presses as well: it is underlined in the label."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from screens.widgets.key import SAME_TOUCH, Key

AFTER = 4
"""Cells of a letter after its label."""


class LetteredKey(Key):
    """Shows its letter underlined, in the label or, where there is room, after it; its screen presses it."""

    def __init__(self, label: str, letter: str, *, id: str | None = None, main: bool = False) -> None:
        super().__init__(label, id=id, main=main)
        self.letter = letter

    def render(self) -> Content:
        """The words as plain content, the letter underlined."""
        at = self.label.casefold().find(self.letter.casefold())
        room = self.content_size.width
        if at < 0 and (self.screen.has_class("-narrow") or 0 < room < cell_len(self.label) + AFTER):
            return Content(self.label)
        if at < 0:
            shown = Content(f"{self.label} ({self.letter})")
            at = len(self.label) + 2
        else:
            shown = Content(self.label)
        return shown.stylize("underline", at, at + 1)

    def typed(self, time: float) -> None:
        """The letter was typed; held down for however long, it is one touch."""
        if time - self._last_press < SAME_TOUCH:
            self._last_press = time
        else:
            self._press(time)
