"""The first start: the few questions of somebody who sets a kiosk up, and the code of the first account."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid, Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.facts import corners
from assets.languages import N_
from screens.first_name import FirstNameScreen
from screens.messages import (
    AccountNamed,
    CornerChosen,
    InstallWanted,
    LanguageChosen,
    LeaveWanted,
    PinNoted,
    RehearsalWanted,
)
from screens.public import PublicScreen
from screens.widgets.key import Key
from screens.widgets.languages import LanguageKeys
from screens.widgets.poster import Line, Plan, Poster

PLACE = "SmartCorner"
"""What the header says before the corner is known."""

A_PAGE = 4
"""Corners on one page: two rows of keys, as everywhere."""

A_KEY = 24
"""Signs of a key's label on the smallest grid."""


class FirstStartScreen(PublicScreen):
    """One question of the first start; a colleague reads it, so there is nobody to call for help."""

    def __init__(self, language: str) -> None:
        super().__init__(PLACE, language)


class BeginScreen(FirstStartScreen):
    """Install, or try an invented day; the language that is chosen here becomes the kiosk's."""

    def parts(self) -> Iterable[Widget]:
        """The two ways and the languages."""
        self._poster = Poster()
        self._install = Key("", id="install", main=True)
        self._rehearse = Key("", id="rehearse")
        self._leave = Key("", id="leave")
        self._languages = LanguageKeys(self.language)
        yield self._poster
        yield Grid(self._install, self._rehearse, classes="choices")
        yield self._languages
        yield _row(self._leave)

    def on_mount(self) -> None:
        """Say it in the first language."""
        self._say()

    def _say(self) -> None:
        translate = self.translate
        lines = [Line(), Line(translate("Cette borne n'est pas encore installée."), strong=True)]
        lines.append(Line(translate("Trois étapes, une minute."), quiet=True))
        self._poster.show(Plan(big=translate("Bonjour !"), lines=lines))
        self._install.say(translate("Installer la borne"))
        self._rehearse.say(translate("Essayer une journée"))
        self._leave.say(translate("Quitter"))
        self._languages.leave_out(self.language)

    @on(LanguageChosen)
    def _language_chosen(self, message: LanguageChosen) -> None:
        self.language = message.language
        self._say()

    @on(Key.Pressed, "#install")
    def _install_wanted(self) -> None:
        self.post_message(InstallWanted())

    @on(Key.Pressed, "#rehearse")
    def _rehearsal_wanted(self) -> None:
        self.post_message(RehearsalWanted())

    @on(Key.Pressed, "#leave")
    def _leave_wanted(self) -> None:
        self.post_message(LeaveWanted())

    def go_back(self) -> None:
        """There is nothing before; Escape must not close by a slip."""


class CornerScreen(FirstStartScreen):
    """Which corner is it? A few a page."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._corners = sorted(corners().values(), key=lambda corner: _short(corner.name))
        self._page = 0
        self._shown: list[str] = []

    def parts(self) -> Iterable[Widget]:
        """The question, a page of corners, and on to the next page."""
        translate = self.translate
        title = Line(translate("Où est cette borne ?"), strong=True)
        yield Poster(Plan(lines=[title, Line(), Line(translate("Étape 1 sur 3"), quiet=True)]))
        yield Grid(*(Key("", id=f"corner-{place}") for place in range(A_PAGE)), classes="choices")
        yield _row(self.back_key(), Key(translate("Suite"), id="more"))

    def on_mount(self) -> None:
        """Show the first page."""
        self._show()

    def _show(self) -> None:
        first = self._page * A_PAGE
        here = self._corners[first : first + A_PAGE]
        self._shown = [corner.id for corner in here]
        for place, key in enumerate(self.query(".choices Key").results(Key)):
            # A key without a corner keeps its place, so that the page does not jump.
            key.visible = place < len(here)
            key.say(_cut(_short(here[place].name)) if key.visible else "")

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        self._page = (self._page + 1) % -(-len(self._corners) // A_PAGE)
        self._show()

    @on(Key.Pressed, ".choices Key")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        place = int((event.key.id or "").rpartition("-")[2])
        if place < len(self._shown):
            self.post_message(CornerChosen(self._shown[place]))


class AccountNameScreen(FirstNameScreen):
    """Whose is the first account?"""

    stays = None
    question = N_("Votre prénom, pour le premier compte (2 sur 3)")

    def __init__(self, language: str) -> None:
        super().__init__(PLACE, language)

    def foot(self) -> Widget:
        """Back, and on."""
        on_key = Key(self.translate("Continuer"), id="go-on", main=True)
        return _row(self.back_key(), on_key)

    def named(self, first_name: str) -> None:
        """On to the code of the account."""
        self.post_message(AccountNamed(first_name))


class PinShownScreen(FirstStartScreen):
    """The account's code, once; everything is written when it has been noted."""

    def __init__(self, language: str, name: str, pin: str) -> None:
        super().__init__(language)
        self._name = name
        self._pin = pin
        once = self.translate("Notez-le sur papier : il n'est montré qu'une fois.")
        self._poster = Poster(self._plan(once))

    def parts(self) -> Iterable[Widget]:
        """The code as large as it gets."""
        translate = self.translate
        yield self._poster
        yield _row(self.back_key(), Key(translate("C'est noté"), id="noted", main=True))

    def _plan(self, sentence: str) -> Plan:
        title = self.translate("{name}, votre code pour « Équipe » (3 sur 3)", name=self._name)
        return Plan(title=title, big=self._pin, lines=[Line(), Line(sentence, strong=True)])

    def say(self, sentence: str) -> None:
        """Say what went wrong; the code stays."""
        self._poster.show(self._plan(sentence))

    def wipe(self) -> None:
        """Forget the code."""
        self._pin = ""
        self._poster.show(Plan())

    @on(Key.Pressed, "#noted")
    def _noted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(PinNoted())


def _row(left: Key, right: Key | None = None) -> Widget:
    """The lowest row: back or out at the left, on at the right."""
    keys = [left, Static(classes="gap")] + ([right] if right else [])
    return Horizontal(*keys, classes="actions")


def _short(name: str) -> str:
    """A corner's name without what all of them begin with: "Charleroi", "Tourisme"; a key is narrow."""
    for start in ("SmartCorner du Centre de compétence ", "SmartCorner de ", "SmartCorner d'"):
        if name.startswith(start):
            return name.removeprefix(start)
    return name


def _cut(name: str) -> str:
    """As much of a corner's own name as a key holds."""
    return name if len(name) <= A_KEY else f"{name[: A_KEY - 1].rstrip()}…"
