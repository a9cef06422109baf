"""What a person holds: their card, their short code; a new one, or an end to the card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, day
from models.cards import CodesOf, Holding, NewCard, NewShortCode, RevokeCards
from models.codes import Form
from models.issued import IssuedCode
from models.requests import Request
from screens.messages import BackWanted
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import CodeWanted
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.widgets.qr import Modules, QrCode

REVOKED = {
    "lost": N_("Carte perdue"),
    "damaged": N_("Carte abîmée"),
    "given_back": N_("Carte rendue"),
    "other": N_("Autre raison"),
}
"""The words of ``models.words.REVOCATIONS``."""


class CardsScreen(StaffScreen):
    """What somebody holds and since when, and three keys."""

    DEFAULT_CSS = """
    CardsScreen #held { width: 100%; height: 1fr; padding: 1 4; content-align: left middle; }
    CardsScreen .keys { margin: 0 0 1 0; }
    """

    def __init__(self, frame: Frame, person_id: str) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._holding: Holding | None = None
        self._title = Static("", id="title", markup=False)
        self._held = Static("", id="held", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Who, what they hold, what became of the last touch, and the keys."""
        translate = self.translate
        yield self._title
        yield self._held
        yield self.said
        with Horizontal(classes="keys"):
            yield Key(translate("Nouvelle carte"), id="card", main=True)
            yield Key(translate("Nouveau code"), id="short")
            yield Key(translate("Désactiver"), id="revoke")
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """What do they hold?"""
        self.changed()

    def changed(self) -> None:
        """Another card may have been given elsewhere."""
        self.ask(CodesOf(self._person_id))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what is held, or say what has become of the card."""
        if isinstance(request, CodesOf):
            self._show(result)
        elif isinstance(request, RevokeCards):
            self.say(
                self.translate("La carte est désactivée.")
                if result
                else self.translate("Il n'y a pas de carte à désactiver.")
            )

    def _show(self, holding: Holding | None) -> None:
        self._holding = holding
        if holding is None:
            self._title.update("")
            self._held.update(self.translate("Cette personne n'est plus connue."))
            return
        named = " · ".join(part for part in (holding.name, holding.reference) if part)
        self._title.update(named)
        card, code = holding.newest(Form.CARD), holding.newest(Form.SHORT)
        translate = self.translate
        lines = (
            translate("Carte donnée le {day}", day=day(card.issued_at, self.language))
            if card
            else translate("Pas de carte"),
            "",
            translate("Code court donné le {day}", day=day(code.issued_at, self.language))
            if code
            else translate("Pas de code court"),
        )
        self._held.update("\n".join(lines))

    @on(Key.Pressed, "#card")
    def _card(self, event: Key.Pressed) -> None:
        event.stop()
        self._give(NewCard(self._person_id), Form.CARD, self.translate("La carte d'avant ne marchera plus."))

    @on(Key.Pressed, "#short")
    def _short(self, event: Key.Pressed) -> None:
        event.stop()
        self._give(
            NewShortCode(self._person_id), Form.SHORT, self.translate("Le code d'avant ne marchera plus.")
        )

    def _give(self, wanted: NewCard | NewShortCode, form: Form, warning: str) -> None:
        """Give at once what is new; where something still works, ask first: it would end."""
        self.say("")
        if self._holding is None:
            return  # not read yet, or of nobody: whether something would end is not known
        if self._holding.newest(form) is None:
            self.post_message(CodeWanted(self, wanted))
            return
        answers = {"give": self.translate("En donner une autre"), "keep": self.translate("Ne rien changer")}
        lines = [self._holding.name, warning]

        def chosen(word: str) -> None:
            if word == "give":
                self.post_message(CodeWanted(self, wanted))

        self.open(ChoiceScreen(self.frame, lines, answers, chosen))

    @on(Key.Pressed, "#revoke")
    def _revoke(self, event: Key.Pressed) -> None:
        event.stop()
        translate = self.translate
        if self._holding is None or self._holding.newest(Form.CARD) is None:
            self.say(translate("Il n'y a pas de carte à désactiver."))
            return
        lines = [
            translate("Désactiver la carte de {name} ?", name=self._holding.name),
            "",
            translate("Elle ne marchera plus jamais. Pourquoi ?"),
        ]
        answers = {word: translate(label) for word, label in REVOKED.items()}
        self.open(ChoiceScreen(self.frame, lines, answers, self._revoked_because))

    def _revoked_because(self, reason: str) -> None:
        self.ask(RevokeCards(self._person_id, reason))

    def wipe(self) -> None:
        """Forget who it is and what they hold."""
        super().wipe()
        self._person_id = ""
        self._holding = None
        self._title.update("")
        self._held.update("")


class NewCardScreen(StaffScreen):
    """The square of a new card, to be photographed or tried at once. Any key or touch closes it."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    NewCardScreen { align: center middle; }
    NewCardScreen Center { height: auto; }
    NewCardScreen .line { width: 100%; text-align: center; height: 1; }
    NewCardScreen #whose { text-style: bold; }
    NewCardScreen.-short .line, NewCardScreen.-short Header { display: none; }
    """

    def __init__(self, frame: Frame, name: str, code: Modules) -> None:
        super().__init__(frame)
        # Three modules of quiet zone instead of four: the code then fits sixteen rows.
        self._code = QrCode(code, quiet=3)
        self._whose = Static(
            self.translate("La nouvelle carte de {name}", name=name), id="whose", classes="line", markup=False
        )

    def parts(self) -> Iterable[Widget]:
        """Whose it is, the code, one sentence."""
        how = self.translate("À photographier ou à passer sous le lecteur. Touchez pour fermer.")
        with Vertical():
            yield self._whose
            with Center():
                yield self._code
            yield Static(how, classes="line", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Close."""
        event.stop()
        event.prevent_default()
        self.post_message(BackWanted())

    def on_click(self) -> None:
        """Close."""
        self.post_message(BackWanted())

    def wipe(self) -> None:
        """Forget the code and whose it is."""
        super().wipe()
        self._code.forget()
        self._whose.update("")


class ShortCodeScreen(StaffScreen):
    """A new short code, once: nobody can read it anywhere afterwards."""

    def __init__(self, frame: Frame, code: IssuedCode) -> None:
        super().__init__(frame)
        translate = self.translate
        lines = [
            Line(),
            Line(translate("Code de {name}, à noter pour cette personne.", name=code.name), strong=True),
            Line(translate("Il ne sera plus montré."), quiet=True),
        ]
        self._poster = Poster(Plan(title=translate("Nouveau code"), big=code.letters, lines=lines))

    def parts(self) -> Iterable[Widget]:
        """The letters as large as they get, what became of the code before, and the way back."""
        yield self._poster
        yield self.said
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def wipe(self) -> None:
        """Forget the letters."""
        super().wipe()
        self._poster.show(Plan())
