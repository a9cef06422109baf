"""The answer to an arrival: a field of colour, a sign, the name, one sentence, what to do next.

The screen is made once, before anybody comes, and only changes its words: from the card to the name
there is no new widget and no new layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic as get_time

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from assets.languages import hour, translator
from models.answers import Outcome, Sitting
from models.codes import ALPHABET
from screens.messages import Finished, NextTyped, Wished
from screens.public import PublicScreen
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone
from screens.wording import Words, not_saved, where, words

MOST_CHOICES = 3
"""Choices beside "Terminé"; four in all (A-11)."""


class OutcomeScreen(PublicScreen):
    """Shows one outcome after the other, in each person's language."""

    DEFAULT_CSS = """
    OutcomeScreen #keys { dock: bottom; width: 100%; height: auto; padding: 0 2; }
    OutcomeScreen .row { height: 3; width: 100%; align-horizontal: center; }
    OutcomeScreen .row.-tall, OutcomeScreen .row.-tall Key { height: 4; }
    OutcomeScreen .upper { layout: grid; grid-size: 2 1; grid-gutter: 0 2; height: 5; padding: 0 0 1 0; }
    OutcomeScreen .upper Key { width: 100%; height: 4; }
    OutcomeScreen Key { width: 1fr; max-width: 36; padding: 0; }
    OutcomeScreen #choice-2 { margin: 0 2 0 0; }
    """

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        self._own_language = language
        self._poster = Poster()
        self._choices = [Key("", id=f"choice-{number}") for number in range(MOST_CHOICES)]
        self._lower = Horizontal(classes="row")
        self._upper = Horizontal(*self._choices[:2], classes="row upper")
        self._done = Key("", id="done", main=True)
        self._offered: dict[int, Sitting] = {}
        self._join = False
        self._timer: Timer | None = None
        self._offer((), join=False)

    def parts(self) -> Iterable[Widget]:
        """The poster and two rows of keys; the upper one only where there is a choice to make."""
        yield self._poster
        with Vertical(id="keys"):
            yield self._upper
            with self._lower:
                yield self._choices[2]
                yield self._done

    def plan_for(self, outcome: Outcome | None) -> Plan:
        """The poster of an answer; ``None`` says that nothing could be stored."""
        return _plan(self._words(outcome))

    def _words(self, outcome: Outcome | None) -> Words:
        if outcome is None:
            # Only what is on the disk is ever confirmed.
            return not_saved(self._own_language)
        return words(outcome, outcome.person.language if outcome.person else self._own_language)

    def show(self, outcome: Outcome | None) -> None:
        """Show an answer; ``None`` says that nothing could be stored."""
        self.language = outcome.person.language if outcome and outcome.person else self._own_language
        self._say(self._words(outcome))
        if outcome is None:
            self._offer((), join=False)
            return
        offered = outcome.choices or outcome.can_join
        self._offer(offered[:MOST_CHOICES], join=bool(outcome.can_join))
        if outcome.until is not None:
            self._count_down(outcome, (outcome.until - outcome.at).total_seconds())

    def _say(self, said: Words) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.stays = said.stays
        self.set_focus(None)
        self._poster.show(_plan(said))

    def _count_down(self, outcome: Outcome, seconds: float) -> None:
        """Show how long a pause still lasts, second by second."""
        ends = get_time() + seconds

        def tick() -> None:
            left = ends - get_time()
            self._poster.show(_plan(words(outcome, self.language, max(left, 0))))

        self._timer = self.set_interval(1, tick)

    def wipe(self) -> None:
        """Forget the person."""
        self.language = self._own_language
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._poster.wipe()
        self._offer((), join=False)

    def _offer(self, sittings: Sequence[Sitting], *, join: bool) -> None:
        """Show a key for each half-day that may be chosen or joined; a single one stands beside "Terminé"."""
        translate = translator(self.language)
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
                key.say(translate("Rester") if alone else _choice(self._offered[number], self.language))
        self._done.say(translate("Terminé"))

    def on_key(self, event: events.Key) -> None:
        """The next person begins to type: the answer goes, and the letter counts."""
        letter = (event.character or "").upper()
        if letter and letter in ALPHABET:
            event.stop()
            self.post_message(NextTyped(letter))

    @on(Key.Pressed, "#done")
    def _finish(self) -> None:
        self.post_message(Finished())

    @on(Key.Pressed)
    def _choose(self, event: Key.Pressed) -> None:
        name = event.key.id or ""
        if name.startswith("choice-"):
            chosen = self._offered[int(name.removeprefix("choice-"))]
            self.post_message(Wished(chosen.id, join=self._join))


def _choice(sitting: Sitting, language: str) -> str:
    """The label of a choice in two lines: what, then where and when."""
    what, _, room = where(sitting, language).partition(" · ")
    what = what.partition(",")[0]
    start = hour(sitting.starts_at, language)
    return f"{what}\n{room} · {start}" if room else f"{what}\n{start}"


def _plan(said: Words) -> Plan:
    """The poster of an outcome."""
    lines = [Line(), *(Line(line, strong=number == 0) for number, line in enumerate(said.says)), Line()]
    lines += [Line(line) for line in said.then]
    return Plan(Tone(said.tone), f"{said.sign}  {said.title}", said.name, lines)
