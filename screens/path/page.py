"""The small steps towards the page on the Forem site: one a screen, done or not yet; nothing else is kept."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.page_steps import at_hand, page_steps
from screens.messages import BackWanted, Finished
from screens.path.messages import StepSaid
from screens.path.wording import STEPS_DONE
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone

DONE, OPEN = "●", "○"


class PageScreen(PublicScreen):
    """Goes from step to step; a step that was ticked before can be opened again."""

    stays = 60
    called = "page"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]

    def __init__(self, place: str, language: str, banner: str, ticked: Iterable[str]) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._ticked = set(ticked)
        self._page = self._next_open(0) % len(page_steps())
        """Of the step that is shown; past the last one, how far they are."""
        self._poster = Poster()
        self._yes = Key(self.translate("C'est fait"), id="yes")
        self._no = Key(self.translate("Pas encore"), id="no")
        self._keys = Grid(self._yes, self._no, classes="choices")

    def parts(self) -> Iterable[Widget]:
        """The step, two keys, and the foot."""
        yield self._poster
        yield self._keys
        done = Key(self.translate("Terminé"), id="done")
        yield Foot(self.translate, right=self.back_key(), middle=done)

    def on_mount(self) -> None:
        """Show the first step that is open."""
        self._show()

    def _next_open(self, number: int) -> int:
        """The next step that is not ticked, from this one on; past the last one where there is none."""
        steps = page_steps()
        still = (n for n in range(number, len(steps)) if steps[n].id not in self._ticked)
        return next(still, len(steps))

    def _show(self) -> None:
        self.settling.renewed()
        self._keys.display = self._page < len(page_steps())
        self._poster.show(self._plan())

    def _plan(self) -> Plan:
        translate, steps = self.translate, page_steps()
        dots = " ".join(DONE if step.id in self._ticked else OPEN for step in steps)
        if self._page >= len(steps):
            many = len(self._ticked)
            title = translate(STEPS_DONE, n=many, all=len(steps))
            told = (
                translate("Tout est prêt. Appelez l'équipe.")
                if many == len(steps)
                else translate("Vous continuerez une autre fois.")
            )
            tone = Tone.GOOD if many == len(steps) else Tone.CALM
            return Plan(tone, title, lines=[Line(dots), Line(), Line(told, strong=True)])
        where = translate("Étape {number} sur {all}", number=self._page + 1, all=len(steps))
        step = steps[self._page]
        lines = [Line(dots), Line(), Line(step.say[self.language], strong=True)]
        if self._page == 0:
            lines += [Line(), Line(at_hand()[self.language], quiet=True)]
        return Plan(title=where, lines=lines)

    @on(Key.Pressed, "#yes")
    def _is_done(self, event: Key.Pressed) -> None:
        event.stop()
        self._said(done=True)

    @on(Key.Pressed, "#no")
    def _is_open(self, event: Key.Pressed) -> None:
        event.stop()
        self._said(done=False)

    def _said(self, *, done: bool) -> None:
        if self.settling.fresh() or self._page >= len(page_steps()):
            return
        step = page_steps()[self._page].id
        (self._ticked.add if done else self._ticked.discard)(step)
        self.post_message(StepSaid(step, done=done))
        self._page = self._next_open(self._page + 1)
        self._show()

    @on(Key.Pressed, "#done")
    def _finished(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())

    def go_back(self) -> None:
        """To the step before; from the first one, to where they came from."""
        if self.settling.fresh():
            return
        if self._page:
            self._page -= 1
            self._show()
        else:
            self.post_message(BackWanted())

    def wipe(self) -> None:
        """Forget what was ticked."""
        self._ticked = set()
        self._poster.show(Plan())
