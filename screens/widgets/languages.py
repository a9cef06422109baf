"""The other languages, each in its own name."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from assets.languages import LANGUAGES, own_name
from screens.messages import LanguageChosen
from screens.widgets.key import Key


class LanguageKeys(Horizontal):
    """One key for each language that is not the present one."""

    DEFAULT_CSS = """
    LanguageKeys { layout: grid; grid-size: 3 1; grid-gutter: 0 2; width: 100%; height: 3; padding: 0 1; }
    LanguageKeys Key { width: 100%; padding: 0; }
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._keys = [Key("", id=f"language-{place}") for place in range(len(LANGUAGES) - 1)]
        self._others: list[str] = []
        self.leave_out(language)

    def compose(self) -> ComposeResult:
        """Three keys."""
        yield from self._keys

    def leave_out(self, language: str) -> None:
        """Offer all languages but this one."""
        self.present = language
        self._others = [other for other in LANGUAGES if other != language]
        for key, other in zip(self._keys, self._others, strict=True):
            key.say(own_name(other))

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(LanguageChosen(self._others[self._keys.index(event.key)]))
