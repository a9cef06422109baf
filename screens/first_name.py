"""A first name, letter by letter: to find oneself, or to come without a booking."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Center, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_
from screens.messages import FirstNameGiven, NamesWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.keyboard import Keyboard

LONGEST = 30


class FirstNameScreen(PublicScreen):
    """Asks for the first name; every letter may already be enough."""

    stays: float | None = 60
    question = ""
    """What is asked for."""
    DEFAULT_CSS = "FirstNameScreen.-narrow Keyboard .row { grid-gutter: 0 0; }"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(self, place: str, language: str, banner: str = "") -> None:
        super().__init__(place, language, banner)
        self._letters = ""
        # Made here, so that a screen can be wiped before it stands.
        self._asked = Static("", id="asked", markup=False)
        self._given = Static("", id="letters", markup=False)

    def parts(self) -> Iterable[Widget]:
        """The question, the letters so far, the keyboard and the foot."""
        with Vertical(classes="entry"):
            yield self._asked
            yield self._given
            with Center():
                yield Keyboard(self.translate)
        yield self.foot()

    def foot(self) -> Widget:
        """Help and the way back."""
        return Foot(self.translate, right=self.back_key())

    def on_mount(self) -> None:
        """Show the empty place."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Letters of any keyboard, and backspace."""
        sign = event.character or ""
        if event.key == "backspace":
            self._erased()
        elif event.key == "enter" and self.focused is None:
            self.finish()
        elif len(sign) == 1 and (sign.isalpha() or sign in "-'’ "):
            self.add(sign)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Keyboard.Typed)
    def _typed(self, message: Keyboard.Typed) -> None:
        message.stop()
        self.add(message.letter)

    @on(Keyboard.Erased)
    def _erased(self) -> None:
        self._letters = self._letters[:-1]
        self._show()
        self.changed()

    def add(self, sign: str) -> None:
        """Take one more letter: a capital where a name begins, small letters after it."""
        if len(self._letters) < LONGEST:
            begins = not self._letters or self._letters[-1] in "-'’ "
            # The Turkish capital İ would become two signs.
            small = {"İ": "i"}.get(sign, sign.lower())
            self._letters += sign.upper() if begins else small
            self._show()
            self.changed()

    @property
    def letters(self) -> str:
        """What was given so far."""
        return self._letters

    @on(Key.Pressed, "#go-on")
    def _go_on(self, event: Key.Pressed) -> None:
        event.stop()
        self.finish()

    def finish(self) -> None:
        """The name is whole: by Enter where no key has the focus, or by the key that goes on."""
        if any(sign.isalpha() for sign in self._letters):
            self.named(self._letters.strip())

    def named(self, first_name: str) -> None:
        """Somebody has given a whole name."""

    def changed(self) -> None:
        """Other letters stand there."""

    def say(self, sentence: str) -> None:
        """Say something of the letters that stand there."""
        self._asked.update(sentence, layout=False)

    def _show(self) -> None:
        self.say(self.translate(self.question))
        self._given.update(f"{self._letters}_", layout=False)

    def wipe(self) -> None:
        """Forget the letters."""
        self._letters = ""
        self._show()


class FindNameScreen(FirstNameScreen):
    """Looks among those who are expected now, after each letter (P-02)."""

    stays = 30
    called = "name"
    question = N_("La première lettre de votre prénom ?")

    def changed(self) -> None:
        """Look for whoever begins so."""
        if self._letters:
            # The letter is seen before anybody is looked for.
            self.call_after_refresh(self._look_for, self._letters)

    def _look_for(self, letters: str) -> None:
        if letters == self._letters:  # nobody has typed on or wiped it meanwhile
            self.post_message(NamesWanted(letters))


class WalkInNameScreen(FirstNameScreen):
    """The first name of somebody without a booking; nothing more is asked of them (P: the minimum)."""

    called = "walk_in"
    question = N_("Votre prénom, pour vous accueillir")

    def foot(self) -> Widget:
        """Help, going on, and the way back."""
        on_key = Key(self.translate("Continuer"), id="go-on", main=True)
        return Foot(self.translate, right=self.back_key(), middle=on_key)

    def named(self, first_name: str) -> None:
        """On to what brings them here."""
        self.post_message(FirstNameGiven(first_name))
