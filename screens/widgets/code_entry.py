"""The boxes of a code that is being typed on a keyboard; unseen until the first letter."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Center

from models.codes import ALPHABET, PREFIX, SHORT_LENGTH, TOKEN_LENGTH
from screens.messages import CodeTyped
from screens.widgets.boxes import CodeBoxes


class CodeEntry(Center):
    """Takes the letters of a code wherever the focus is; a whole code is sent off."""

    DEFAULT_CSS = """
    CodeEntry { height: 3; display: none; }
    CodeEntry.-begun { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._boxes = CodeBoxes()
        self._letters = ""

    @property
    def begun(self) -> bool:
        """Whether a letter stands there."""
        return bool(self._letters)

    def compose(self) -> ComposeResult:
        """The boxes."""
        yield self._boxes

    def take(self, event: events.Key) -> bool:
        """Whether a key was one for the boxes: a letter of a code, or one that takes letters back."""
        letter = (event.character or "").upper()
        if event.key == "backspace":
            self._show(self._letters[:-1])
        elif event.key == "escape" and self._letters:
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
        if bool(letters) != bool(self._letters):
            self.set_class(bool(letters), "-begun")
        self._letters = letters
        self._boxes.show(letters)
