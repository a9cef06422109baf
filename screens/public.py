"""What every public screen has in common: the header, movement by keys, and nothing that scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from assets.languages import Translate, translator
from screens.widgets.header import Header


class PublicScreen(Screen[None], inherit_bindings=False):
    """A screen of the public side."""

    # Nothing is focused by itself: a scanner's Enter must not press a key.
    AUTO_FOCUS = ""
    # Textual's own bindings (copy) go; moving and leaving focus stay.
    BINDINGS = [
        ("tab,down,right", "app.focus_next"),
        ("shift+tab,up,left", "app.focus_previous"),
    ]
    DEFAULT_CSS = """
    PublicScreen {
        background: $ground;
        color: $ink;
        overflow: hidden hidden;
    }
    PublicScreen .actions {
        dock: bottom;
        width: 100%;
        height: 3;
        padding: 0 2;
    }
    PublicScreen .actions > Key { margin: 0 0 0 2; }
    PublicScreen .actions > Key:first-child { margin: 0; }
    PublicScreen .actions > .gap { width: 1fr; height: 3; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]

    stays: float | None = None
    """Seconds without a touch until the app goes back to the welcome; ``None`` is for ever."""

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__()
        self.language = language
        self._header = Header(place, banner)

    @property
    def translate(self) -> Translate:
        """The translating function of this screen's language."""
        return translator(self.language)

    def show_moment(self, moment: str) -> None:
        """Show day and hour in the header."""
        self._header.show_moment(moment)

    def compose(self) -> ComposeResult:
        """The header, then what the screen itself is made of."""
        yield self._header
        yield from self.parts()

    def parts(self) -> Iterable[Widget]:
        """The widgets below the header."""
        return ()

    def wipe(self) -> None:
        """Forget the person: called before the screen goes, and when somebody else shows a card."""
