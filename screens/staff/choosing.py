"""One question and its answers: why, which one, are you sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

from textual import events, on
from textual.containers import Container, Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_
from screens.messages import BackWanted
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.digits import digit_of
from screens.widgets.key import Key

EXCUSED = {
    "announced": N_("A prévenu"),
    "work": N_("Emploi ou entretien"),
    "appointment": N_("Rendez-vous"),
    "transport": N_("Transport"),
    "other": N_("Autre raison"),
}
"""The words of ``models.words.EXCUSES``."""

CHECKED = {
    "checked": N_("Vérifié sur place"),
    "told_later": N_("Appris plus tard"),
    "from_paper": N_("D'après la feuille"),
    "other": N_("Autre raison"),
}
"""The words of ``models.words.LOOKED_AT``."""

CORRECTED = {
    "wrong_person": N_("Autre personne"),
    "wrong_key": N_("Erreur de touche"),
    "told_later": N_("Appris plus tard"),
    "from_paper": N_("D'après la feuille"),
    "clock": N_("Horloge fausse"),
    "other": N_("Autre raison"),
}
"""The words of ``models.words.CORRECTIONS``."""


class ChoiceScreen(StaffScreen):
    """A question with up to twelve answers, each a key; digits choose as well."""

    # Six answers leave two rows for the question on the smallest grid.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    ChoiceScreen #question { width: 100%; height: 1fr; padding: 0 2; content-align: left middle; }
    ChoiceScreen.-tall #question { padding: 1 4; }
    ChoiceScreen #answers {
        layout: grid; grid-size: 2; grid-rows: 3; grid-gutter: 0 2;
        height: auto; width: 100%; padding: 0 1 1 1;
    }
    ChoiceScreen #answers Key { width: 100%; padding: 0; }
    """

    def __init__(
        self,
        frame: Frame,
        lines: Sequence[str],
        answers: Mapping[str, str],
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__(frame)
        self._question = Static("\n".join(line for line in lines if line), id="question", markup=False)
        self._answers = dict(answers)
        self._chosen: Callable[[str], None] | None = chosen

    def parts(self) -> Iterable[Widget]:
        """The question, the answers, the way back."""
        yield self._question
        with Container(id="answers") as grid:
            grid.styles.height = 3 * ceil(len(self._answers) / 2) + 1
            for number, (word, label) in enumerate(self._answers.items(), 1):
                yield Key(f"{number}  {label}", id=f"answer-{word.replace('_', '-')}")
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def on_key(self, event: events.Key) -> None:
        """Digits, on any keyboard."""
        digit = digit_of(event)
        words = list(self._answers)
        if digit and 0 < int(digit) <= len(words):
            event.stop()
            event.prevent_default()
            self._choose(words[int(digit) - 1])

    @on(Key.Pressed, "#answers Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._choose((event.key.id or "").removeprefix("answer-").replace("-", "_"))

    def _choose(self, word: str) -> None:
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            # Straight to the app: what is opened next must not come before this one has gone.
            self.app.post_message(BackWanted())
            chosen(word)

    def wipe(self) -> None:
        """Forget the question, which may name somebody, and who asked."""
        super().wipe()
        self._question.update("")
        self._chosen = None
