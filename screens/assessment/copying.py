"""The part of the second exercise that is typed: an address to copy, sign by sign."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static

from assets.languages import Translate
from screens.widgets.keyboard import AddressKeyboard

LONGEST = 24
"""Signs that may be typed: whoever types more sees that it is too long."""


class Copying(Vertical):
    """The address, and right below it, sign under sign, what was typed."""

    DEFAULT_CSS = """
    Screen.-tall Copying > #address { margin: 0; }
    """

    def __init__(self, translate: Translate) -> None:
        super().__init__(classes="entry")
        self._translate = translate
        self._address = ""
        self._letters = ""
        # Made here, so that a screen can be wiped before it stands.
        self._shown = Static("", id="address", markup=False)
        self._typed = Static("", id="letters", markup=False)

    def compose(self) -> ComposeResult:
        """Both lines, and the keyboard."""
        yield self._shown
        yield self._typed
        with Center():
            yield AddressKeyboard(self._translate)

    @property
    def letters(self) -> str:
        """What was typed so far."""
        return self._letters

    @property
    def question(self) -> str:
        """What is asked."""
        translate = self._translate
        return translate("Copiez cette adresse :")

    def ask(self, address: str) -> None:
        """Ask for an address, nothing typed yet."""
        self._address, self._letters = address, ""
        self._show()

    def add(self, sign: str) -> None:
        """One more sign; capital or small is the same."""
        small = sign.lower()
        if len(self._letters) < LONGEST and len(small) == 1:
            self._letters += small
            self._show()

    def erase(self) -> None:
        """Take the last sign away."""
        self._letters = self._letters[:-1]
        self._show()

    def wipe(self) -> None:
        """Forget the signs."""
        self._letters = ""
        self._show()

    def _show(self) -> None:
        before, room = f"{self.question}  ", max(len(self._address), len(self._letters) + 1)
        self._shown.update(
            Content.assemble(before, (self._address.ljust(room), "bold")) if self._address else "",
            layout=False,
        )
        self._typed.update(" " * len(before) + self._letters.ljust(room, "_"), layout=False)
