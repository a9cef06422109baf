"""The foot of the welcome: the boxes of a code that is being typed, and the way to the staff side."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from assets.languages import Translate
from models.codes import ALPHABET, PREFIX, SHORT_LENGTH, TOKEN_LENGTH
from screens.messages import CodeTyped, SampleWanted, StaffWanted
from screens.widgets.boxes import CodeBoxes
from screens.widgets.key import Key


class CodeEntry(Horizontal):
    """Takes the letters of a code wherever the focus is; a whole code is sent off."""

    DEFAULT_CSS = """
    .-narrow CodeEntry.-tight { padding: 0 1; }
    .-narrow CodeEntry.-tight Key { padding: 0; }
    .-narrow CodeEntry.-tight CodeBoxes { width: 18; }
    """

    def __init__(self, translate: Translate, *, sample: bool) -> None:
        super().__init__(classes="actions -tight" if sample else "actions")
        self._translate = translate
        self._sample = sample
        self._boxes = CodeBoxes()
        self._letters = ""

    def compose(self) -> ComposeResult:
        """The boxes at the left, the keys at the right."""
        translate = self._translate
        yield self._boxes
        yield Static(classes="gap")
        if self._sample:
            yield Key(translate("Carte d'essai"), id="sample")
        yield Key(translate("Équipe"), id="staff")

    def take(self, event: events.Key) -> bool:
        """Whether a key was one for the boxes: a letter of a code, or one that takes letters back."""
        letter = (event.character or "").upper()
        if event.key == "backspace":
            self._show(self._letters[:-1])
        elif event.key == "escape":
            self._show("")
        elif event.key == "enter" and self._letters:
            self._finish()
        elif letter and letter in ALPHABET:
            self.add(letter)
        else:
            return False
        return True

    def add(self, letter: str) -> None:
        """Take one letter; a whole code is sent off."""
        self._show(self._letters + letter)
        short = len(self._letters) == SHORT_LENGTH and not self._letters.startswith(PREFIX)
        if short or len(self._letters) == TOKEN_LENGTH:
            self._finish()

    def wipe(self) -> None:
        """Forget a code that somebody began to type."""
        if self._letters:
            self._show("")

    def _finish(self) -> None:
        letters = self._letters
        self._show("")
        # Through the screen: Textual does not bubble a message past the parent that caused it.
        self.screen.post_message(CodeTyped(letters))

    def _show(self, letters: str) -> None:
        self._letters = letters
        self._boxes.show(letters)

    @on(Key.Pressed, "#sample")
    def _sample_card(self) -> None:
        self.post_message(SampleWanted())

    @on(Key.Pressed, "#staff")
    def _staff(self) -> None:
        self.post_message(StaffWanted())
