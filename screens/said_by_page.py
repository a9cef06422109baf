"""What somebody has said, three a page; a touch on one asks for it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on
from textual.containers import Grid, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

A_PAGE = 3
"""Things on one screen, each in a key as wide as the screen."""


class SaidByPage(PublicScreen):
    """Page after page, and on from the last one."""

    stays = 120
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    SaidByPage .question > Poster { height: 1fr; min-height: 2; }
    SaidByPage .said { grid-size: 1; grid-rows: 3; grid-gutter: 0; height: 9; width: 100%; padding: 0 1; }
    SaidByPage .said Key { width: 100%; padding: 0; }
    SaidByPage.-tall .question > Poster { height: 5; }
    SaidByPage.-tall .said { grid-gutter: 1 0; height: 11; margin: 0 0 1 0; }
    """

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        hint: str,
        said: Sequence[tuple[str, Callable[[], Message]]],
        end: Callable[[], Message],
    ) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._hint = hint
        """What a touch does."""
        self._said = list(said)
        """What stands on each key, and what a touch on it asks for."""
        self._end = end
        """What is asked for after the last page."""
        self._page = 0
        self._poster = Poster()
        self._keys = [Key("", id=f"said-{place}") for place in range(A_PAGE)]

    def parts(self) -> Iterable[Widget]:
        """A page."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._keys, classes="said")
        more = Key(translate("Continuer"), id="more", main=True)
        yield Foot(translate, right=self.back_key(), middle=more)

    def on_mount(self) -> None:
        """Show the first page."""
        self.show_page()

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._said) // A_PAGE))

    def show_page(self, hint: str = "") -> None:
        """Show the present page; another hint says what is missing."""
        page = self.translate("Page {number} sur {all}", number=self._page + 1, all=self._pages)
        self._poster.show(Plan(lines=[Line(hint or self._hint, strong=True), Line(page, quiet=True)]))
        shown = self._said[self._page * A_PAGE :][:A_PAGE]
        for number, key in enumerate(self._keys):
            key.display = number < len(shown)
            if key.display:
                key.say(shown[number][0])
        self.set_focus(None)
        self.settling.renewed()

    def finish(self) -> None:
        """On from the last page."""
        self.settling.renewed()
        self.post_message(self._end())

    @on(Key.Pressed, ".said Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        number = self._page * A_PAGE + self._keys.index(event.key)
        if not self.settling.fresh() and number < len(self._said):
            self.settling.renewed()
            self.post_message(self._said[number][1]())

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        if self.settling.fresh():
            return
        if self._page + 1 < self._pages:
            self._page += 1
            self.show_page()
        else:
            self.finish()

    def go_back(self) -> None:
        """A page back, then to where this was asked for."""
        if self._page:
            self._page -= 1
            self.show_page()
        else:
            super().go_back()

    def wipe(self) -> None:
        """Forget what was said."""
        self._said = []
        for key in self._keys:
            key.say("")
        self._poster.show(Plan())
