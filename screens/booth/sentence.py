"""One part of a video CV: three sentences, one touch, and the next part is asked in the same place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.containers import Grid, Vertical
from textual.widget import Widget

from screens.booth.messages import EarlierPartWanted, SentenceChosen
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.digits import digit_of
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster

CHOICES = 3


@dataclass(frozen=True, slots=True)
class PartAsked:
    """A part in one language."""

    id: str = ""
    where: str = ""
    """Which part of how many."""
    text: str = ""
    sentences: tuple[str, ...] = ("",) * CHOICES
    chosen: int | None = None
    """What was chosen before."""


def sentence_label(number: int, sentence: str, *, chosen: bool = False) -> str:
    """A sentence on a key: its number stands first, which the keyboard has too."""
    return f"{'✓' if chosen else number + 1} · {sentence}" if sentence else ""


class SentenceScreen(PublicScreen):
    """Asks one part after the other; nothing but the words changes."""

    stays = 120
    called = "booth"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    SentenceScreen .question > Poster { height: 1fr; min-height: 2; }
    SentenceScreen .sentences {
        grid-size: 1; grid-rows: 3; grid-gutter: 0; height: 9; width: 100%; padding: 0 1;
    }
    SentenceScreen .sentences Key { width: 100%; padding: 0; }
    SentenceScreen .sentences Key.-chosen { border: heavy $accent; color: $accent; text-style: bold; }
    SentenceScreen .sentences Key.-chosen:focus { border: heavy $focus; }
    SentenceScreen.-tall .question > Poster { height: 5; }
    SentenceScreen.-tall .sentences { grid-gutter: 1 0; height: 11; margin: 0 0 1 0; }
    """

    def __init__(self, place: str, language: str, banner: str, asked: PartAsked) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._asked = asked
        self._poster = Poster()
        self._keys = [Key("", id=f"sentence-{number}") for number in range(CHOICES)]
        self._show()

    def parts(self) -> Iterable[Widget]:
        """The question, three sentences, and a way past it."""
        translate = self.translate
        with Vertical(classes="question"):
            yield self._poster
            yield Grid(*self._keys, classes="sentences")
        yield Foot(translate, right=self.back_key(), middle=Key(translate("Passer"), id="skip"))

    def on_mount(self) -> None:
        """Hear nothing for a moment."""
        self.settling.renewed()

    @property
    def asked(self) -> PartAsked:
        """The part that stands there."""
        return self._asked

    def ask(self, asked: PartAsked) -> None:
        """Ask another part in the same place."""
        self._asked = asked
        self.set_focus(None)
        self.settling.renewed()
        self._show()

    def _show(self) -> None:
        asked = self._asked
        self._poster.show(Plan(lines=[Line(asked.text, strong=True), Line(asked.where, quiet=True)]))
        for number, (key, sentence) in enumerate(zip(self._keys, asked.sentences, strict=True)):
            key.say(sentence_label(number, sentence, chosen=number == asked.chosen))
            key.set_class(number == asked.chosen, "-chosen")

    @on(Key.Pressed, ".sentences Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._choose(self._keys.index(event.key))

    @on(Key.Pressed, "#skip")
    def _skipped(self, event: Key.Pressed) -> None:
        event.stop()
        self._choose(None)

    def on_key(self, event: events.Key) -> None:
        """1, 2 and 3 choose."""
        digit = digit_of(event)
        if digit and 1 <= int(digit) <= CHOICES:
            event.stop()
            event.prevent_default()
            self._choose(int(digit) - 1)

    def _choose(self, number: int | None) -> None:
        if not self.settling.fresh() and self._asked.id:
            self.settling.renewed()
            self.post_message(SentenceChosen(self._asked.id, number))

    def go_back(self) -> None:
        """To the part before."""
        if not self.settling.fresh():
            self.settling.renewed()
            self.post_message(EarlierPartWanted())

    def wipe(self) -> None:
        """Forget the sentences: one of them may say a name."""
        self._asked = PartAsked()
        self._show()
