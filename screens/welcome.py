"""The welcome: nobody's data, today's workshop at a glance, and an invitation to show the card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.facts import read_asset
from assets.languages import hours
from models.answers import Sitting
from models.codes import ALPHABET, PREFIX, SHORT_LENGTH, TOKEN_LENGTH
from screens.messages import CodeTyped, SampleWanted, StaffWanted
from screens.public import PublicScreen
from screens.widgets.boxes import CodeBoxes
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.wording import where

SHOWN_SITTINGS = 2
"""More would not be read from three metres."""


class Welcome(PublicScreen):
    """The screen that waits for people."""

    # A code that somebody began to type and left goes after this time without a touch.
    stays = 30
    DEFAULT_CSS = """
    Welcome.-narrow .-tight.actions { padding: 0 1; }
    Welcome.-narrow .-tight Key { padding: 0; }
    Welcome.-narrow .-tight CodeBoxes { width: 18; }
    """

    def __init__(self, place: str, language: str, banner: str = "", *, sample: bool = False) -> None:
        super().__init__(place, language, banner)
        self._sample = sample
        self._poster = Poster()
        self._boxes = CodeBoxes()
        self._letters = ""

    def parts(self) -> Iterable[Widget]:
        """The poster, the boxes of the code, and the way to the staff side."""
        yield self._poster
        with Horizontal(classes="actions -tight" if self._sample else "actions"):
            yield self._boxes
            yield Static(classes="gap")
            if self._sample:
                yield Key(self.translate("Carte d'essai"), id="sample")
            yield Key(self.translate("Équipe"), id="staff")

    def on_mount(self) -> None:
        """Greet before anything is known of the day."""
        self.show_day(())

    def show_day(self, sittings: Sequence[Sitting]) -> None:
        """Show today's workshops."""
        translate = self.translate
        lines = [Line()]
        for sitting in sittings[:SHOWN_SITTINGS]:
            lines.append(Line(where(sitting, self.language), strong=True))
            lines.append(Line(hours(sitting.starts_at, sitting.ends_at, self.language)))
        if sittings:
            lines.append(Line())
        lines += [
            Line(translate("Montrez votre carte."), strong=True),
            Line(translate("Ou tapez votre code."), quiet=True),
        ]
        drawing = read_asset("drawings/card.txt").splitlines()
        self._poster.show(Plan(big=translate("Bonjour !"), lines=lines, drawing=drawing))

    def greet(self, plan: Plan) -> None:
        """Say an answer here, until its own screen has come."""
        self._poster.show(plan)

    # ---- typing a code

    def on_key(self, event: events.Key) -> None:
        """Letters of a code go into the boxes wherever the focus is; others are left alone."""
        letter = (event.character or "").upper()
        if event.key == "backspace":
            self._show_letters(self._letters[:-1])
        elif event.key == "escape":
            self._show_letters("")
        elif event.key == "enter" and self._letters:
            self._finish()
        elif letter and letter in ALPHABET:
            self.add(letter)
        else:
            return
        event.stop()
        event.prevent_default()

    def add(self, letter: str) -> None:
        """Take one letter of a code; a whole one is sent off."""
        self._show_letters(self._letters + letter)
        if len(self._letters) == TOKEN_LENGTH or self._is_short_and_whole():
            self._finish()

    def _is_short_and_whole(self) -> bool:
        return len(self._letters) == SHORT_LENGTH and not self._letters.startswith(PREFIX)

    def _finish(self) -> None:
        letters = self._letters
        self._show_letters("")
        self.post_message(CodeTyped(letters))

    def _show_letters(self, letters: str) -> None:
        self._letters = letters
        self._boxes.show(letters)

    def wipe(self) -> None:
        """Forget a code that somebody began to type."""
        self._show_letters("")

    @on(Key.Pressed, "#sample")
    def _sample_card(self) -> None:
        self.post_message(SampleWanted())

    @on(Key.Pressed, "#staff")
    def _staff(self) -> None:
        self.post_message(StaffWanted())
