"""The end of the questions: each answer can be looked at and changed before anything comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from assets.languages import Counted
from screens.assessment.answers import GIVEN
from screens.assessment.messages import ChangeWanted, ExercisesWanted, ReviewWanted
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

A_PAGE = 3
"""Answers on one screen, each in a key as wide as the screen."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is looked at again."""

    item: str
    short: str
    """What was asked, in four words."""
    value: int | None


class RecapScreen(PublicScreen):
    """How many answers there are: go on, or look at them."""

    stays = 120
    called = "point"

    def __init__(self, place: str, language: str, banner: str, number: int) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._number = number
        self._poster = Poster(self._plan())

    def parts(self) -> Iterable[Widget]:
        """What was done, and two ways on."""
        translate = self.translate
        yield self._poster
        yield Grid(
            Key(translate("Continuer"), id="go-on", main=True),
            Key(translate("Revoir mes réponses"), id="review"),
            classes="choices",
        )
        yield Foot(translate, right=self.back_key())

    def on_mount(self) -> None:
        """Hear nothing for a moment."""
        self.settling.renewed()

    def _plan(self) -> Plan:
        translate = self.translate
        counted = Counted("Vous avez répondu à {n} question.", "Vous avez répondu à {n} questions.")
        lines = [
            Line(),
            Line(translate(counted, n=self._number), strong=True),
            Line(translate("Vous pouvez encore tout changer.")),
        ]
        return Plan(big=translate("Merci !"), lines=lines)

    @on(Key.Pressed, "#go-on")
    def _go_on(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(ExercisesWanted())

    @on(Key.Pressed, "#review")
    def _review(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(ReviewWanted())

    def wipe(self) -> None:
        """Forget the number."""
        self._poster.show(Plan())


class ReviewScreen(PublicScreen):
    """The answers, three a page; a touch asks one of them again."""

    stays = 120
    called = "point"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    ReviewScreen .question > Poster { height: 1fr; min-height: 2; }
    ReviewScreen .given { grid-size: 1; grid-rows: 3; grid-gutter: 0; height: 9; width: 100%; padding: 0 1; }
    ReviewScreen .given Key { width: 100%; padding: 0; }
    ReviewScreen.-tall .question > Poster { height: 5; }
    ReviewScreen.-tall .given { grid-gutter: 1 0; height: 11; margin: 0 0 1 0; }
    """

    def __init__(self, place: str, language: str, banner: str, given: Sequence[Given]) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._given = list(given)
        self._page = 0
        self._poster = Poster()
        self._keys = [Key("", id=f"given-{place}") for place in range(A_PAGE)]

    def parts(self) -> Iterable[Widget]:
        """A page of answers."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._keys, classes="given")
        more = Key(translate("Continuer"), id="more", main=True)
        yield Foot(translate, right=self.back_key(), middle=more)

    def on_mount(self) -> None:
        """Show the first page."""
        self._show()

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._given) // A_PAGE))

    def _show(self) -> None:
        translate = self.translate
        page = translate("Page {number} sur {all}", number=self._page + 1, all=self._pages)
        lines = [Line(translate("Touchez une réponse pour la changer."), strong=True), Line(page, quiet=True)]
        self._poster.show(Plan(lines=lines))
        shown = self._given[self._page * A_PAGE :][:A_PAGE]
        for number, key in enumerate(self._keys):
            key.display = number < len(shown)
            if key.display:
                key.say(f"{shown[number].short} · {translate(GIVEN[shown[number].value])}")
        self.set_focus(None)
        self.settling.renewed()

    @on(Key.Pressed, ".given Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        number = self._page * A_PAGE + self._keys.index(event.key)
        if not self.settling.fresh() and number < len(self._given):
            self.settling.renewed()
            self.post_message(ChangeWanted(self._given[number].item))

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        if self.settling.fresh():
            return
        if self._page + 1 < self._pages:
            self._page += 1
            self._show()
        else:
            self.settling.renewed()
            self.post_message(ExercisesWanted())

    def go_back(self) -> None:
        """A page back, then to where this was asked for."""
        if self._page:
            self._page -= 1
            self._show()
        else:
            super().go_back()

    def wipe(self) -> None:
        """Forget the answers."""
        self._given = []
        for key in self._keys:
            key.say("")
        self._poster.show(Plan())
