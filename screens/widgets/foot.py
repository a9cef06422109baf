"""The foot of every public screen: "Aide" at the left, the way back at the right (A-11, A-35)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from assets.languages import Translate
from screens.messages import HelpWanted
from screens.widgets.key import Key


class Foot(Horizontal):
    """One row of at most three keys, at the same place everywhere."""

    DEFAULT_CSS = """
    Foot { width: 100%; height: 3; padding: 0 1; }
    Foot .gap { width: 1fr; height: 3; }
    Foot Key { min-width: 16; padding: 0; }
    Foot > Key:last-child { padding: 0 1; }
    """

    def __init__(self, translate: Translate, *, right: Key, middle: Key | None = None) -> None:
        super().__init__()
        self._help = Key(translate("Aide"), id="help")
        self._middle = middle
        self._right = right

    def compose(self) -> ComposeResult:
        """Help, what the screen itself needs, the way back."""
        yield self._help
        yield Static(classes="gap")
        if self._middle is not None:
            yield self._middle
            yield Static(classes="gap")
        yield self._right

    def speak(self, translate: Translate) -> None:
        """Say the key in another language."""
        self._help.say(translate("Aide"))

    @on(Key.Pressed, "#help")
    def _help_wanted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(HelpWanted())
