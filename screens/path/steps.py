"""Mon parcours: four steps on a rail, the hours as a bar; what is before somebody, never what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from models.path.path import Path
from screens.path.messages import NextWanted
from screens.path.wording import path_rows
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.path_rows import PathRows
from screens.widgets.poster import Line, Plan, Poster


class PathScreen(PublicScreen):
    """Shows the path; what comes next is on the screen after it."""

    stays = 60
    called = "path"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (40, "-grand")]
    DEFAULT_CSS = """
    PathScreen #title { height: 3; }
    PathScreen.-tall #title { height: 4; }
    PathScreen.-grand #title { height: 9; }
    """

    def __init__(self, place: str, language: str, banner: str, path: Path) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        title = self.translate("Mon parcours")
        self._title = Poster(Plan(big=title, lines=[Line(path.person.name, quiet=True)]), id="title")
        self._rows = PathRows(path_rows(path, language))

    def parts(self) -> Iterable[Widget]:
        """The picture, and the way on."""
        translate = self.translate
        yield self._title
        yield self._rows
        on_key = Key(translate("Voir la suite"), id="more", main=True)
        yield Foot(translate, right=self.back_key(), middle=on_key)

    def show(self, path: Path) -> None:
        """Show the same path as it is now."""
        self._rows.show(path_rows(path, self.language))

    def on_mount(self) -> None:
        """Hear nothing for a moment: a second touch of the key before must not skip the picture."""
        self.settling.renewed()

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(NextWanted())

    def go_back(self) -> None:
        """One screen back, unless the touch was meant for the screen before."""
        if not self.settling.fresh():
            super().go_back()

    def wipe(self) -> None:
        """Forget the path."""
        self._rows.forget()
        self._title.show(Plan())
