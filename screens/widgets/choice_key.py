"""A key that is chosen or not: an answer, or something that is on."""

from __future__ import annotations

from screens.widgets.key import Key


class ChoiceKey(Key):
    """An answer: an empty ring, or a tick once it is chosen. Never by colour alone."""

    DEFAULT_CSS = """
    ChoiceKey.-chosen { border: heavy $accent; color: $accent; text-style: bold; }
    ChoiceKey.-chosen:focus { border: heavy $focus; }
    """

    def __init__(self, words: str, *, id: str, sign: str = "○") -> None:
        super().__init__(f"{sign} {words}" if words else "", id=id)
        self._sign = sign
        self._words = words

    def choose(self, *, chosen: bool) -> None:
        """Show whether this is the answer."""
        self.set_class(chosen, "-chosen")
        self.say(f"{'✓' if chosen else self._sign} {self._words}")
