"""Where somebody stands: five rows, the strongest first. A beginning, and never a mark."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from models.assessment.shown import Shown
from screens.assessment.messages import NextStepWanted
from screens.assessment.wording import step_rows, strongest
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.widgets.steps import StepRows


class ResultScreen(PublicScreen):
    """Shows the picture; what comes next is on the screen after it."""

    stays = 120
    called = "point"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (40, "-grand")]
    DEFAULT_CSS = """
    ResultScreen #title { height: 2; }
    ResultScreen #strongest { height: 3; }
    ResultScreen.-tall #title { height: 4; }
    ResultScreen.-tall #strongest { height: 5; }
    ResultScreen.-grand #title { height: 9; }
    ResultScreen.-grand #strongest { height: 4; }
    """

    def __init__(self, place: str, language: str, banner: str, shown: Shown) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        translate = self.translate
        title = translate("Voici où vous en êtes")
        if not shown.result.complete:
            title = translate("Un premier aperçu")
        self._title = Poster(Plan(big=title), id="title")
        self._rows = StepRows(step_rows(shown, language))
        lines = [
            Line(strongest(shown, language), strong=True),
            Line(translate("Auto-évaluation, pas un diplôme."), quiet=True),
        ]
        self._strongest = Poster(Plan(lines=lines), id="strongest")

    def parts(self) -> Iterable[Widget]:
        """The picture, one sentence, the way on."""
        translate = self.translate
        yield self._title
        yield self._rows
        yield self._strongest
        on_key = Key(translate("Voir la suite"), id="more", main=True)
        yield Foot(translate, right=self.back_key(), middle=on_key)

    def on_mount(self) -> None:
        """Hear nothing for a moment: a second touch of the key before must not skip the picture."""
        self.settling.renewed()

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(NextStepWanted())

    def go_back(self) -> None:
        """One screen back, unless the touch was meant for the screen before."""
        if not self.settling.fresh():
            super().go_back()

    def wipe(self) -> None:
        """Forget the result."""
        self._rows.forget()
        for poster in (self._title, self._strongest):
            poster.show(Plan())
