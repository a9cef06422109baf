"""The keys below an answer: up to three things to choose from, help, and "Terminé"."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Vertical

from assets.languages import Translate
from screens.messages import Finished
from screens.offers import MOST_OFFERED, Offer
from screens.widgets.foot import Foot
from screens.widgets.key import Key


class AnswerKeys(Vertical):
    """The upper rows stand only where there is a choice to make; a single thing stands in the foot."""

    DEFAULT_CSS = """
    AnswerKeys { width: 100%; height: auto; }
    AnswerKeys Grid {
        grid-size: 2; grid-rows: 3; grid-gutter: 0 2; height: auto; width: 100%; padding: 0 1 1 1;
    }
    AnswerKeys Grid.-three { grid-size: 3; grid-columns: 9fr 8fr 8fr; }
    AnswerKeys Grid.-tall { grid-rows: 4; padding: 0 1; }
    AnswerKeys Grid Key { width: 100%; height: 100%; padding: 0; }
    """

    def __init__(self, translate: Translate) -> None:
        super().__init__()
        self._choices = [Key("", id=f"choice-{number}") for number in range(MOST_OFFERED)]
        self._single = Key("", id="single")
        """A single thing to do stands in the foot: the name above keeps its room."""
        self._grid = Grid(*self._choices)
        self._done = Key(translate("Terminé"), id="done", main=True)
        self._foot = Foot(translate, right=self._done, middle=self._single)
        self._offered: Sequence[Offer] = ()

    def compose(self) -> ComposeResult:
        """The choices and the foot."""
        yield self._grid
        yield self._foot

    def offer(self, offered: Sequence[Offer], translate: Translate) -> None:
        """Show a key for each thing offered: its label, and what touching it asks for."""
        self._offered = offered
        self._grid.display = len(offered) > 1
        tall = any("\n" in label for label, _ in offered)
        self._grid.set_class(tall, "-tall")
        # Three short things stand in one row: a second one would take the big name its room.
        self._grid.set_class(len(offered) == MOST_OFFERED and not tall, "-three")
        self._single.display = len(offered) == 1
        if self._single.display:
            self._single.say(offered[0][0])
        for number, key in enumerate(self._choices):
            key.display = number < len(offered)
            if key.display:
                key.say(offered[number][0])
        self._done.say(translate("Terminé"))
        self._foot.speak(translate)

    def forget(self) -> None:
        """Offer nothing any more, before the keys themselves have changed."""
        self._offered = ()

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        if event.key is self._done:
            event.stop()
            self.post_message(Finished())
        elif event.key is self._single or event.key in self._choices:
            event.stop()
            number = 0 if event.key is self._single else self._choices.index(event.key)
            if number < len(self._offered):
                self.post_message(self._offered[number][1]())
