"""Between the questions and the exercises: what comes, and that nobody has to."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.assessment.messages import ExercisesBegun, ResultWanted, Spoken
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class AnnounceScreen(PublicScreen):
    """Two small exercises follow, and they are no exam."""

    stays = 120
    called = "point"

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        translate = self.translate
        self._title = translate("À vous !")
        self._what = translate("Deux petits exercices. Ce n'est pas un examen.")

    def parts(self) -> Iterable[Widget]:
        """What comes, and two ways on."""
        translate = self.translate
        yield Poster(Plan(big=self._title, lines=[Line(), Line(self._what, strong=True)]))
        yield Grid(
            Key(translate("Commencer"), id="begin", main=True),
            Key(translate("Passer"), id="skip"),
            classes="choices",
        )
        yield Foot(translate, right=self.back_key())

    def on_mount(self) -> None:
        """Say what comes."""
        self.post_message(Spoken(f"{self._title} {self._what}"))

    def on_screen_resume(self) -> None:
        """Hear nothing for a moment."""
        self.settling.renewed()

    @on(Key.Pressed, "#begin")
    def _begin(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(ExercisesBegun())

    @on(Key.Pressed, "#skip")
    def _skip(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(ResultWanted())

    def go_back(self) -> None:
        """To the answers."""
        if not self.settling.fresh():
            super().go_back()
