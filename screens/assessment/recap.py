"""The end of the questions: each answer can be looked at and changed before anything comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.languages import Counted, translator
from screens.assessment.answers import GIVEN
from screens.assessment.messages import ChangeWanted, ExercisesWanted, ReviewWanted
from screens.public import PublicScreen
from screens.said_by_page import SaidByPage
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


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


class ReviewScreen(SaidByPage):
    """The answers, three a page; a touch asks one of them again."""

    called = "point"

    def __init__(self, place: str, language: str, banner: str, given: Sequence[Given]) -> None:
        translate = translator(language)
        keys = [
            (f"{one.short} · {translate(GIVEN[one.value])}", partial(ChangeWanted, one.item)) for one in given
        ]
        hint = translate("Touchez une réponse pour la changer.")
        super().__init__(place, language, banner, hint, keys, ExercisesWanted)
