"""The whole text of a video CV, three sentences a page; a touch asks for another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from screens.booth.messages import PartWanted, ScriptDone
from screens.booth.sentence import sentence_label
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

A_PAGE = 3
"""Sentences on one screen, each in a key as wide as the screen."""


@dataclass(frozen=True, slots=True)
class PartSaid:
    """A part with what was chosen for it; empty where it is passed over."""

    id: str
    sentence: str


class ScriptScreen(PublicScreen):
    """The text as it will be read."""

    stays = 120
    called = "booth"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    ScriptScreen .question > Poster { height: 1fr; min-height: 2; }
    ScriptScreen .said {
        grid-size: 1; grid-rows: 3; grid-gutter: 0; height: 9; width: 100%; padding: 0 1;
    }
    ScriptScreen .said Key { width: 100%; padding: 0; }
    ScriptScreen.-tall .question > Poster { height: 5; }
    ScriptScreen.-tall .said { grid-gutter: 1 0; height: 11; margin: 0 0 1 0; }
    """

    def __init__(self, place: str, language: str, banner: str, said: Sequence[PartSaid]) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._said = list(said)
        self._page = 0
        self._poster = Poster()
        self._keys = [Key("", id=f"said-{place}") for place in range(A_PAGE)]

    def parts(self) -> Iterable[Widget]:
        """A page of the text."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._keys, classes="said")
        more = Key(translate("Continuer"), id="more", main=True)
        yield Foot(translate, right=self.back_key(), middle=more)

    def on_mount(self) -> None:
        """Show the first page."""
        self._show()

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._said) // A_PAGE))

    def _show(self, hint: str = "") -> None:
        translate = self.translate
        page = translate("Page {number} sur {all}", number=self._page + 1, all=self._pages)
        hint = hint or translate("Touchez une phrase pour la changer.")
        self._poster.show(Plan(lines=[Line(hint, strong=True), Line(page, quiet=True)]))
        first = self._page * A_PAGE
        shown = self._said[first : first + A_PAGE]
        for number, key in enumerate(self._keys):
            key.display = number < len(shown)
            if key.display:
                sentence = shown[number].sentence or translate("Ici, je ne dis rien.")
                key.say(sentence_label(first + number, sentence))
        self.set_focus(None)
        self.settling.renewed()

    @on(Key.Pressed, ".said Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        number = self._page * A_PAGE + self._keys.index(event.key)
        if not self.settling.fresh() and number < len(self._said):
            self.settling.renewed()
            self.post_message(PartWanted(self._said[number].id))

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        if self.settling.fresh():
            return
        if self._page + 1 < self._pages:
            self._page += 1
            self._show()
        elif any(one.sentence for one in self._said):
            self.settling.renewed()
            self.post_message(ScriptDone())
        else:
            self._page = 0
            self._show(self.translate("Choisissez d'abord une phrase."))

    def go_back(self) -> None:
        """A page back, then to where this was asked for."""
        if self._page:
            self._page -= 1
            self._show()
        else:
            super().go_back()

    def wipe(self) -> None:
        """Forget the text."""
        self._said = []
        for key in self._keys:
            key.say("")
        self._poster.show(Plan())
