"""The code of the invitation, letter by letter: a pad of sixteen letters, and any keyboard."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Center, Grid, Vertical
from textual.widget import Widget
from textual.widgets import Static

from models.codes import ALPHABET, SHORT_LENGTH
from screens.messages import CodeTyped
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key


class CodePadScreen(PublicScreen):
    """Six places that fill up; a slip of the finger is said here, and the letters stay to be mended."""

    stays = 60
    called = "code"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    CodePadScreen #pad { grid-size: 6 3; grid-rows: 3; grid-gutter: 0 1; height: 9; padding: 0 1; }
    CodePadScreen #pad Key { width: 100%; min-width: 8; padding: 0; }
    CodePadScreen.-tall #pad { grid-size: 4 4; grid-gutter: 0 2; height: 12; max-width: 64; }
    """

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        self._letters = ""
        # Made here, so that a screen can be wiped before it stands.
        self._asked = Static("", id="asked", markup=False)
        self._given = Static("", id="letters", markup=False)

    def parts(self) -> Iterable[Widget]:
        """What is asked, the letters so far, the pad, and the foot."""
        translate = self.translate
        with Vertical(classes="entry"):
            yield self._asked
            yield self._given
            with Center(), Grid(id="pad"):
                for letter in ALPHABET:
                    yield Key(letter, id=f"letter-{letter}", repeats=True)
        erase = Key(translate("Effacer"), id="erase", repeats=True)
        yield Foot(translate, right=self.back_key(), middle=erase)

    def on_mount(self) -> None:
        """Show the empty places."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Letters of any keyboard, and backspace."""
        letter = (event.character or "").upper()
        if event.key == "backspace":
            self._erase()
        elif letter and letter in ALPHABET:
            self._add(letter)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Key.Pressed, "#pad Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._add(event.key.label)

    @on(Key.Pressed, "#erase")
    def _erase_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._erase()

    def _add(self, letter: str) -> None:
        # Six letters that were not right: the next one begins anew.
        self._letters = letter if len(self._letters) == SHORT_LENGTH else self._letters + letter
        self._show()
        if len(self._letters) == SHORT_LENGTH:
            # The last letter is seen before its answer is asked for: the kiosk has heard it.
            self.call_after_refresh(self._ask, self._letters)

    def _ask(self, letters: str) -> None:
        if self._letters == letters:  # nobody has wiped or mended them meanwhile
            self.post_message(CodeTyped(letters))

    def _erase(self) -> None:
        self._letters = self._letters[:-1]
        self._show()

    def say(self, sentence: str) -> None:
        """Say something of the letters that stand there."""
        self._asked.update(sentence, layout=False)

    def _show(self) -> None:
        self.say(self.translate("Les six lettres de votre invitation"))
        places = self._letters.ljust(SHORT_LENGTH, "_")
        self._given.update("   ".join(places), layout=False)

    def wipe(self) -> None:
        """Forget the letters."""
        self._letters = ""
        self._show()
