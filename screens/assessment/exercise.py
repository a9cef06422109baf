"""What both exercises have in common: steps one after the other, a way past, and a way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from models.assessment.checks import RULES, Check, Done
from screens.assessment.messages import CheckDone, Spoken
from screens.public import PublicScreen
from screens.settling import Settling


class ExerciseScreen(PublicScreen):
    """A few steps, each right or not; which of them were is never said.

    All that is known is the tuple of steps. "Retour" takes the last one back, as an answer is taken back,
    also when what came after the exercise is left again.
    """

    stays = 120
    called = "point"
    check: ClassVar[Check]

    def __init__(self, place: str, language: str, banner: str = "", steps: Sequence[bool] = ()) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._steps = tuple(steps)

    def came_to(self) -> Done | None:
        """What the steps so far come to by the rule, ``None`` while there is one to make."""
        return RULES[self.check](self._steps)

    def show(self) -> str:
        """Show the step that is to be made; returns what is read aloud of it, nothing where there is none."""
        return ""

    @property
    def over(self) -> bool:
        """Whether every step has been made."""
        return self.came_to() is not None

    def on_mount(self) -> None:
        """Show the first step."""
        self._renew()

    def on_screen_resume(self) -> None:
        """What stood above has gone: hear nothing for a moment."""
        if self.over:
            self._take_back()
        else:
            self.settling.renewed()

    def take(self, *, right: bool) -> None:
        """A step is made."""
        if self.settling.fresh() or self.over:
            return
        self._steps = (*self._steps, right)
        done = self.came_to()
        if done is None:
            self._renew()
        else:
            self.post_message(CheckDone(self.check, done))

    def skip(self) -> None:
        """Past the exercise: nothing is measured."""
        if not self.settling.fresh() and not self.over:
            self.post_message(CheckDone(self.check, Done.SKIPPED))

    def go_back(self) -> None:
        """To the step before; from the first one to the screen before."""
        if self.settling.fresh():
            return
        if self._steps:
            self._take_back()
        else:
            super().go_back()

    def wipe(self) -> None:
        """Forget what was right."""
        self._steps = ()

    def _take_back(self) -> None:
        self._steps = self._steps[:-1]
        self._renew()

    def _renew(self) -> None:
        # Enter belongs to the step before: it must not make the next one.
        self.set_focus(None)
        said = self.show()
        self.settling.renewed()
        self.post_message(Spoken(said))
