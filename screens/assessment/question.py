"""One question with all its answers on the same screen: choose, then go on. A way back is always there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from screens.assessment.answers import ANSWERS, NOT_UNDERSTOOD, STARTER
from screens.assessment.messages import Answered, EarlierWanted, Spoken, StarterAnswered, StopWanted
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.choice_key import ChoiceKey
from screens.widgets.digits import digit_of
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

UNASKED = -1
"""No answer has been chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one language."""

    id: str
    where: str
    """Which question of how many."""
    text: str
    plainly: str = ""
    """The same in simpler words."""
    chosen: int | None = UNASKED
    """The answer that was given before; ``None`` where it was not understood."""


class AskScreen(PublicScreen):
    """Shows one question after the other; nothing but the words changes."""

    stays = 120
    called = "point"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]
    DEFAULT_CSS = """
    AskScreen .question > Poster { height: 1fr; }
    AskScreen .answers {
        grid-size: 3 1; grid-gutter: 0 2; grid-rows: 4; height: 4; width: 100%; padding: 0 1;
    }
    AskScreen .answers.-two { grid-size: 2 1; grid-rows: 3; height: 3; }
    AskScreen .further {
        grid-size: 2 1; grid-gutter: 0 2; grid-rows: 3; height: 3; width: 100%; padding: 0 1; margin: 1 0;
    }
    AskScreen.-short.-banner .further { margin: 0 0 1 0; }
    AskScreen .answers Key, AskScreen .further Key { width: 100%; height: 100%; padding: 0; }
    AskScreen.-tall .question > Poster { height: 7; }
    AskScreen.-tall .further { margin: 1 0; }
    AskScreen.-tall .answers { grid-rows: 5; height: 5; }
    """
    texts: ClassVar[tuple[str, ...]] = ANSWERS

    def __init__(self, place: str, language: str, banner: str, asked: Asked) -> None:
        super().__init__(place, language, banner)
        self.set_class(bool(banner), "-banner")
        self.settling = Settling()
        self._asked = asked
        self._plain = False
        """Whether the simpler words stand there."""
        self._chosen: int | None = UNASKED
        self._poster = Poster()
        translate = self.translate
        self._answers = [
            ChoiceKey(translate(text), id=f"answer-{value}") for value, text in enumerate(self.texts)
        ]
        self._puzzled = ChoiceKey(translate(NOT_UNDERSTOOD), id="puzzled", sign="?")
        self._go_on = Key(translate("Continuer"), id="go-on")
        self._take(asked)

    def parts(self) -> Iterable[Widget]:
        """The question, its answers, the foot."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._answers, classes="answers")
            yield Grid(self._puzzled, self._go_on, classes="further")
        yield Foot(translate, right=self.back_key(), middle=Key(translate("Arrêter ici"), id="stop"))

    def on_mount(self) -> None:
        """Hear nothing for a moment, and read the question aloud where that is wanted."""
        self._stands()

    def ask(self, asked: Asked) -> None:
        """Ask the next question in the same place."""
        self._take(asked)
        self.set_focus(None)
        self._stands()

    def _take(self, asked: Asked) -> None:
        self._asked, self._plain = asked, False
        self._choose(asked.chosen)

    def _stands(self) -> None:
        self.settling.renewed()
        self.post_message(Spoken(self._question))

    @property
    def asked(self) -> Asked:
        """The question that stands there."""
        return self._asked

    @property
    def _question(self) -> str:
        return self._asked.plainly if self._plain else self._asked.text

    def _choose(self, value: int | None) -> None:
        self._chosen = value
        for number, key in enumerate(self._answers):
            key.choose(chosen=value == number)
        self._puzzled.choose(chosen=value is None)
        self._go_on.set_class(value != UNASKED, "-main")
        self._show()

    def _show(self, hint: str = "") -> None:
        translate = self.translate
        above = translate("Autrement dit :") if self._plain else self._asked.where
        lines = [Line(hint or above, quiet=True), Line(), Line(self._question, strong=True), Line()]
        self._poster.show(Plan(lines=lines))

    # ---- choosing

    @on(Key.Pressed, ".answers Key")
    def _answer_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._pick(int((event.key.id or "").rpartition("-")[2]))

    @on(Key.Pressed, "#puzzled")
    def _puzzled_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._puzzle()

    @on(Key.Pressed, "#go-on")
    def _go_on_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._confirm()

    @on(Key.Pressed, "#stop")
    def _stop_touched(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(StopWanted())

    def on_key(self, event: events.Key) -> None:
        """1, 2, 3 and ? choose; Enter goes on where no key has the focus."""
        digit = digit_of(event)
        if digit and 1 <= int(digit) <= len(self._answers):
            self._pick(int(digit) - 1)
        elif event.character == "?":
            self._puzzle()
        elif event.key == "enter" and self.focused is None:
            self._confirm()
        else:
            return
        event.stop()
        event.prevent_default()

    def _pick(self, value: int) -> None:
        if not self.settling.fresh():
            self._choose(value)

    def _puzzle(self) -> None:
        """The first time the question is said in simpler words; the second time it is left open."""
        if self.settling.fresh() or not self._asked.plainly:
            return
        if self._plain:
            self._choose(None)
            self._show(self.translate("Ce n'est pas grave. Continuez."))
            return
        self._plain = True
        self._choose(UNASKED)
        self._stands()

    def _confirm(self) -> None:
        if self.settling.fresh():
            return
        if self._chosen == UNASKED:
            self._show(self.translate("Touchez d'abord une réponse."))
            return
        self.settling.renewed()
        self.confirmed(self._asked.id, self._chosen)

    def confirmed(self, id_: str, value: int | None) -> None:
        """The answer stands."""

    def go_back(self) -> None:
        """To the question before."""
        if not self.settling.fresh():
            self.settling.renewed()
            self.post_message(EarlierWanted())

    def wipe(self) -> None:
        """Forget question and answer."""
        self._take(Asked("", "", ""))


class QuestionScreen(AskScreen):
    """A question that counts."""

    def confirmed(self, id_: str, value: int | None) -> None:
        """Tell what was answered."""
        self.post_message(Answered(id_, value))


class StarterScreen(AskScreen):
    """A question to warm up: yes or no, and whatever is said counts for nothing."""

    texts = STARTER

    def parts(self) -> Iterable[Widget]:
        """The question and two answers."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._answers, classes="answers -two")
        yield Foot(translate, right=self.back_key(), middle=self._go_on)

    def confirmed(self, id_: str, value: int | None) -> None:
        """On to the next one; what was said is kept nowhere."""
        self.post_message(StarterAnswered())
