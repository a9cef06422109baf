"""A keyboard on the screen: AZERTY, with pages of accented letters; a real keyboard works as well."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from itertools import cycle

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from assets.facts import read_asset
from assets.languages import Translate
from screens.widgets.key import Key

PAGES = ("letters", "accents", "more")
"""What the keyboard of names turns through."""

ADDRESS = "address"
"""The only page of the keyboard of addresses."""


@cache
def pages() -> dict[str, tuple[str, ...]]:
    """The rows of each page."""
    read = json.loads(read_asset("keyboard.json"))
    return {page: tuple(read[page]) for page in (*PAGES, ADDRESS)}


class Keyboard(Vertical):
    """Three rows of letters; the last key of each page turns to the next one."""

    DEFAULT_CSS = """
    Keyboard { width: 100%; max-width: 112; height: 9; padding: 0 1; }
    Keyboard .row { layout: grid; grid-size: 10 1; grid-gutter: 0 1; height: 3; width: 100%; }
    Keyboard Key { width: 100%; min-width: 5; padding: 0; }
    Keyboard #erase { column-span: 2; }
    """

    first_page = PAGES[0]

    class Typed(Message):
        """A letter was touched."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    class Erased(Message):
        """The last letter shall go."""

    def __init__(self, translate: Translate) -> None:
        super().__init__()
        self._translate = translate
        self._turn = cycle((*PAGES[1:], PAGES[0]))
        self._letters = [Key(letter, repeats=True) for row in pages()[self.first_page] for letter in row]

    def compose(self) -> ComposeResult:
        """The rows, with the keys that are no letters at the end of the last one."""
        first, second, third = (len(row) for row in pages()[self.first_page])
        yield Horizontal(*self._letters[:first], classes="row")
        yield Horizontal(*self._letters[first : first + second], classes="row")
        yield Horizontal(
            *self._letters[first + second : first + second + third],
            *self.further(),
            Key(self._translate("Effacer"), id="erase", repeats=True),
            classes="row",
        )

    def further(self) -> Iterable[Key]:
        """Keys between the last letter and the one that erases."""
        yield Key("é è", id="accents")

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        event.stop()
        if event.key.id == "erase":
            self.post_message(self.Erased())
        elif event.key.id == "accents":
            self.turn()
        else:
            self.post_message(self.Typed(event.key.label.strip()))

    def turn(self) -> None:
        """Show the next page of letters."""
        page = next(self._turn)
        for key, letter in zip(self._letters, "".join(pages()[page]), strict=True):
            key.say(letter)
        self.query_one("#accents", Key).say({"letters": "é è", "accents": "š ț", "more": "A B"}[page])


class AddressKeyboard(Keyboard):
    """The signs of an e-mail address on one page, "@" and "." among them."""

    first_page = ADDRESS

    def further(self) -> Iterable[Key]:
        """Nothing: there is no other page."""
        return ()
