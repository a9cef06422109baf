"""What every public screen has in common: the header, movement by keys, and nothing that scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from assets.languages import Translate, translator
from screens.messages import BackWanted
from screens.widgets.header import Header
from screens.widgets.key import Key


class PublicScreen(Screen[None], inherit_bindings=False):
    """A screen of the public side."""

    # Nothing is focused by itself: a scanner's Enter must not press a key.
    AUTO_FOCUS = ""
    # Textual's own bindings (copy) go; moving and leaving focus stay.
    BINDINGS = [
        ("tab,down,right", "next_key"),
        ("shift+tab,up,left", "previous_key"),
        ("escape", "back"),
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
    PublicScreen .choices {
        grid-size: 2; grid-rows: 3; grid-gutter: 1 2; height: auto; width: 100%; padding: 0 1 1 1;
    }
    PublicScreen .choices Key { width: 100%; padding: 0; }
    PublicScreen .choices > .-wide { column-span: 2; }
    PublicScreen .entry { width: 100%; height: 1fr; align: center middle; }
    PublicScreen .entry > Static { width: 100%; text-align: center; height: 1; }
    PublicScreen .entry > #letters { text-style: bold; color: $accent; }
    PublicScreen.-tall .entry > Static { margin: 0 0 1 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]

    called = ""
    """The screen's name in a call for help."""
    warns = True
    """Whether somebody is asked before the screen goes."""
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
        self._fit()
        yield self._header
        yield from self.parts()

    def parts(self) -> Iterable[Widget]:
        """The widgets below the header."""
        return ()

    def _fit(self) -> None:
        """Take the size's classes before the first paint.

        Textual does it after that: keys would stand somewhere else for a moment, and a finger that
        comes down just then would press another one.
        """
        size = self.app.size
        for given, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in sorted(breakpoints or ()) if given >= least]
            self.add_class(*fitting[-1:])

    def wipe(self) -> None:
        """Forget the person: called before the screen goes, and when somebody else shows a card."""

    # ---- movement by keys

    def action_next_key(self) -> None:
        """Go to the next key; from nowhere to the first one that is not "Aide"."""
        if self.focused is None:
            chain = [key for key in self.focus_chain if key.id != "help"]
            self.set_focus(chain[0] if chain else None)
        else:
            self.focus_next()

    def action_previous_key(self) -> None:
        """Go to the key before; from nowhere to the last one."""
        if self.focused is None:
            self.set_focus(self.focus_chain[-1] if self.focus_chain else None)
        else:
            self.focus_previous()

    # ---- the way back

    def back_key(self) -> Key:
        """The key at the right of the foot."""
        return Key(self.translate("Retour"), id="back")

    def action_back(self) -> None:
        """Escape."""
        self.go_back()

    def go_back(self) -> None:
        """One screen back."""
        self.post_message(BackWanted())

    @on(Key.Pressed, "#back")
    def _back_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self.go_back()
