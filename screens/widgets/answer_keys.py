"""The foot of an answer: up to three half-days to choose from, and "Terminé"."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from assets.languages import hour, translator
from models.answers import Sitting
from screens.messages import Finished, Wished
from screens.widgets.key import Key
from screens.wording import where

MOST_CHOICES = 3
"""Choices beside "Terminé"; four in all (A-11)."""


class AnswerKeys(Vertical):
    """Two rows of keys; the upper one only where there is a choice to make."""

    DEFAULT_CSS = """
    AnswerKeys { dock: bottom; width: 100%; height: auto; padding: 0 2; }
    AnswerKeys .row { height: 3; width: 100%; align-horizontal: center; }
    AnswerKeys .row.-tall, AnswerKeys .row.-tall Key { height: 4; }
    AnswerKeys .upper { layout: grid; grid-size: 2 1; grid-gutter: 0 2; height: 5; padding: 0 0 1 0; }
    AnswerKeys .upper Key { width: 100%; height: 4; }
    AnswerKeys Key { width: 1fr; max-width: 36; padding: 0; }
    AnswerKeys #choice-2 { margin: 0 2 0 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._choices = [Key("", id=f"choice-{number}") for number in range(MOST_CHOICES)]
        self._done = Key("", id="done", main=True)
        self._upper = Horizontal(*self._choices[:2], classes="row upper")
        self._lower = Horizontal(self._choices[2], self._done, classes="row")
        self._offered: dict[int, Sitting] = {}
        self._join = False

    def compose(self) -> ComposeResult:
        """The two rows."""
        yield self._upper
        yield self._lower

    def offer(self, sittings: Sequence[Sitting], language: str, *, join: bool) -> None:
        """Show a key for each half-day that may be chosen or joined; a single one stands beside "Terminé"."""
        translate = translator(language)
        # The third key is the only one in the row of "Terminé".
        places = (2,) if len(sittings) == 1 else (0, 1, 2)
        self._offered = dict(zip(places, sittings, strict=False))
        self._join = join
        self._upper.display = len(sittings) > 1
        self._lower.set_class(len(sittings) > 2, "-tall")
        for number, key in enumerate(self._choices):
            key.display = number in self._offered
            if number in self._offered:
                alone = join and len(sittings) == 1
                key.say(translate("Rester") if alone else _choice(self._offered[number], language))
        self._done.say(translate("Terminé"))

    def forget(self) -> None:
        """Offer nothing any more, before the keys themselves have changed."""
        self._offered = {}

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        if event.key is self._done:
            self.post_message(Finished())
        elif chosen := self._offered.get(self._choices.index(event.key)):
            self.post_message(Wished(chosen.id, join=self._join))


def _choice(sitting: Sitting, language: str) -> str:
    """The label of a choice in two lines: what, then where and when."""
    what, _, room = where(sitting, language).partition(" · ")
    what = what.partition(",")[0]
    start = hour(sitting.starts_at, language)
    return f"{what}\n{room} · {start}" if room else f"{what}\n{start}"
