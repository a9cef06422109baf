"""What a tap on a name does: four marks, or the person's page."""

from __future__ import annotations

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from assets.languages import N_, Translate
from models.marking import Mark
from screens.staff.choosing import EXCUSED
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

LABELS = {
    Mark.PRESENT: (N_("Présence"), "p"),
    Mark.LEFT: (N_("Départ"), "d"),
    Mark.EXCUSED: (N_("Excuse"), "e"),
    Mark.ABSENT: (N_("Absence"), "a"),
}
"""Each with the letter that notes it of whom the cursor is on."""

PERSON = "person"

TOUCHED = {
    Mark.PRESENT: N_("Touchez un nom : présence."),
    Mark.LEFT: N_("Touchez un nom : départ."),
    Mark.EXCUSED: N_("Touchez un nom : absence excusée."),
    Mark.ABSENT: N_("Touchez un nom : absence."),
}


class Modes(Horizontal):
    """Keys of which one is pressed; it stays so until another one is."""

    DEFAULT_CSS = """
    Modes Key.-on { background: $accent; color: $accent-ink; border: round $accent-line; }
    Modes Key.-on:focus { border: heavy $accent-ink; }
    """

    class Touched(Message):
        """Somebody wants another one; for an excuse a reason is asked for first."""

        def __init__(self, mark: Mark | None) -> None:
            super().__init__()
            self.mark = mark

    def __init__(self, translate: Translate) -> None:
        self._keys = [
            LetteredKey(translate(label), letter, id=mark) for mark, (label, letter) in LABELS.items()
        ]
        self._keys.append(LetteredKey(translate("Fiche"), "f", id=PERSON))
        super().__init__(*self._keys, classes="keys")
        self._translate = translate
        self.mark: Mark | None = Mark.PRESENT
        """What a tap notes; ``None`` where it opens the person's page."""
        self.excuse = ""
        self.press(Mark.PRESENT)

    def press(self, mark: Mark | None, excuse: str = "") -> None:
        """Let a tap do this from now on."""
        self.mark, self.excuse = mark, excuse
        for key in self._keys:
            key.set_class(key.id == (mark or PERSON), "-on")

    @property
    def sentence(self) -> str:
        """What a tap does now."""
        translate = self._translate
        if self.mark is None:
            return translate("Touchez un nom : sa fiche s'ouvre.")
        if self.excuse:
            reason = translate(EXCUSED[self.excuse]).lower()
            return translate("Touchez un nom : absence excusée ({reason}).", reason=reason)
        return translate(TOUCHED[self.mark])

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        word = event.key.id or ""
        self.post_message(self.Touched(None if word == PERSON else Mark(word)))
