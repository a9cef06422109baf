"""Screens of Textual's own buttons: the least that any touch or key of a Textual program costs.

Each number on the first screen opens a screen with so many buttons; there "say" changes a text in its
place and "back" closes the screen. A letter changes a text too.
"""

from __future__ import annotations

from itertools import count

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.screen import Screen
from textual.widgets import Button, Static

from bench import READY

SIZES = (4, 8, 20, 32)
"""How many buttons the screens have."""


class Plain(Button):
    """A button without its effect, which ends a fifth of a second after the change that is measured."""

    def __init__(self, label: str, id: str) -> None:
        super().__init__(label, id=id)
        self.active_effect_duration = 0


class Buttons(Screen[None]):
    """A text and buttons."""

    AUTO_FOCUS = ""

    def __init__(self, title: str, labels: list[str]) -> None:
        super().__init__()
        self._title, self._labels = title, labels
        self._said = count(1)

    def compose(self) -> ComposeResult:
        """The text above, the buttons below."""
        yield Static(self._title, id="text")
        yield Grid(
            *(Plain(label, f"b-{number}") for number, label in enumerate(self._labels)),
            classes="many" if len(self._labels) > SIZES[1] else "",
        )

    def on_key(self, event) -> None:
        """A letter."""
        if event.is_printable:
            self._say()

    def _say(self) -> None:
        self.query_one("#text", Static).update(f"said {next(self._said)} times")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        label = str(event.button.label)
        if label.isdecimal():
            size = int(label)
            more = [f"+{number}" for number in range(size - 2)]
            self.app.push_screen(Buttons(f"open {size}", ["say", *more, "back"]))
        elif label == "back":
            self.app.pop_screen()
        else:
            self._say()


class PlainApp(App[None]):
    """Opens the first screen; its frames are the kiosk's, so that one hand finds its way on both."""

    CSS = """
    Grid { grid-size: 4; grid-rows: 3; }
    Grid.many { grid-size: 8; }
    Plain { width: 100%; min-width: 4; height: 3; border: round $primary; }
    Plain:focus { border: heavy $primary; }
    """

    def on_mount(self) -> None:
        """A screen like the others."""
        self.push_screen(Buttons(READY, ["say", *map(str, SIZES)]))
