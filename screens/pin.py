"""The PIN pad of one account: the only way from the public side to the staff side."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from models.accounts import Account
from models.pins import LONGEST, SHORTEST
from screens.messages import PinGiven
from screens.public import PublicScreen
from screens.widgets.digits import digit_of
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.wording import duration

A_WAIT = 120
"""Seconds of a delay for which the pad stays, with its name on it; for more, one comes back."""


class PinScreen(PublicScreen):
    """Ten digits, "Effacer" and "Entrer"; the digits are never shown nor spoken (A-29)."""

    stays: float | None = 60
    warns = False
    called = "pin"
    DEFAULT_CSS = """
    PinScreen #entry { width: 100%; height: 1fr; align: center middle; }
    PinScreen #entry > Static { width: 100%; text-align: center; height: 1; }
    PinScreen #ask { text-style: bold; }
    PinScreen Center { height: auto; }
    PinScreen #pad { width: 100%; max-width: 78; height: auto; padding: 0 1; }
    PinScreen .row { layout: grid; grid-size: 5 1; grid-gutter: 0 2; height: 3; margin: 1 0 0 0; }
    PinScreen #pad Key { width: 100%; min-width: 7; padding: 0; }
    PinScreen #erase { column-span: 2; }
    PinScreen #enter { column-span: 3; }
    PinScreen.-short .row { margin: 0; grid-gutter: 0 1; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(self, place: str, language: str, banner: str, account: Account, hint: str = "") -> None:
        super().__init__(place, language, banner)
        self.staff_id = account.id
        """Whose PIN is asked for."""
        self._pin = ""
        # Made here, so that a screen can be wiped before it stands.
        self._ask = Static(self.translate("Votre code, {name}", name=account.name), id="ask", markup=False)
        self._dots = Static("", id="dots", markup=False)
        self._said = Static(hint, id="said", markup=False)
        self._locked = False
        self._left = 0
        """Seconds of a delay that are still to go."""
        self._counting: Timer | None = None

    def parts(self) -> Iterable[Widget]:
        """The question, the dots, what is said, and the pad."""
        translate = self.translate
        with Vertical(id="entry"):
            yield self._ask
            yield self._dots
            yield self._said
            with Center(), Vertical(id="pad"):
                for digits in ("12345", "67890"):
                    with Horizontal(classes="row"):
                        for digit in digits:
                            yield Key(digit, id=f"digit-{digit}", repeats=True)
                with Horizontal(classes="row"):
                    yield Key(translate("Effacer"), id="erase")
                    yield Key(translate("Entrer"), id="enter", main=True)
        # Whoever has strayed here is one touch away from a person, as everywhere.
        yield Foot(translate, right=self.back_key())

    def on_mount(self) -> None:
        """Show the empty dots."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Digits of any keyboard, backspace, Enter and Escape."""
        digit = digit_of(event)
        if digit:
            self._add(digit)
        elif event.key == "backspace":
            self._pin = self._pin[:-1]
            self._show()
        elif event.key == "enter" and not isinstance(self.focused, Key):
            self._enter()
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Key.Pressed)
    def _pressed(self, event: Key.Pressed) -> None:
        name = event.key.id or ""
        if name.startswith("digit-"):
            self._add(name[-1])
        elif name == "erase":
            self._pin = ""
            self._show()
        elif name == "enter":
            self._enter()

    def _add(self, digit: str) -> None:
        if len(self._pin) < LONGEST and not self._locked:
            self._pin += digit
            self._show()

    def _enter(self) -> None:
        if len(self._pin) >= SHORTEST and not self._locked:
            pin, self._pin, self._locked = self._pin, "", True
            self._show()
            self.post_message(PinGiven(pin))

    def say(self, sentence: str) -> None:
        """Answer a PIN that opened nothing, and take the next one."""
        self._locked = False
        self._said.update(sentence, layout=False)
        self._show()

    def wait(self, seconds: float) -> None:
        """Take no PIN for so long, and say how long it still is."""
        self._pin, self._locked, self._left = "", True, ceil(seconds)
        # Nobody who waits for the end of a short delay is sent home just before it.
        self.stays = max(self.stays or 0, min(seconds, A_WAIT) + 30)
        if self._counting is None:
            self._counting = self.set_interval(1, self._count)
        self._tell_left()
        self._show()

    def _count(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell_left()
            return
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        self.say(self.translate("Vous pouvez essayer à nouveau."))

    def _tell_left(self) -> None:
        left = duration(self._left, self.language)
        self._said.update(self.translate("Trop d'essais. Attendez {left}.", left=left), layout=False)

    def _show(self) -> None:
        length = max(SHORTEST, len(self._pin))
        dots = "●" * len(self._pin) + "○" * (length - len(self._pin))
        self._dots.update("  ".join(dots), layout=False)

    def wipe(self) -> None:
        """Forget the digits and whose they are."""
        self._pin = self.staff_id = ""
        self._ask.update("")
