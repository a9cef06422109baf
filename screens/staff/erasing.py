"""Erasing a person for good: what goes, what stays, why, and then the PIN."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import Counted
from models.erasing import ErasePerson, Erasure, SeeErasure
from models.requests import Request
from screens.staff.choosing import ChoiceScreen
from screens.staff.erasing_words import GOES, STAYS, WHY
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import SignWanted
from screens.widgets.key import Key


class EraseScreen(StaffScreen):
    """Two columns, one key; nothing happens before a reason and the PIN."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    EraseScreen #title { margin: 0 0 1 0; }
    EraseScreen.-tall #title { margin: 1 0; }
    EraseScreen #columns { width: 100%; max-width: 100; height: auto; padding: 0 2; }
    EraseScreen #columns > Static { width: 1fr; height: auto; padding: 0 2 0 0; }
    EraseScreen #for-good { width: 100%; height: 1fr; padding: 0 2; color: $quiet; }
    EraseScreen.-tall #for-good { padding: 1 2 0 2; }
    EraseScreen .actions > Key { padding: 0; margin: 0; }
    """

    def __init__(self, frame: Frame, person_id: str, gone: Callable[[], None]) -> None:
        super().__init__(frame)
        self._person_id = person_id
        self._gone = gone
        """Told once there is nobody any more."""
        self._found: Erasure | None = None
        self._title = Static("", id="title", markup=False)
        self._goes = Static("", id="goes", markup=False)
        self._stays = Static("", id="stays", markup=False)
        self._for_good = Static("", id="for-good", markup=False)
        self._erase = Key(self.translate("Effacer…"), id="erase")

    def parts(self) -> Iterable[Widget]:
        """Who, what goes and what stays, and the key."""
        yield self._title
        with Horizontal(id="columns"):
            yield self._goes
            yield self._stays
        yield self._for_good
        yield self.said
        with Horizontal(classes="actions"):
            yield self._erase
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """What would go?"""
        self._erase.display = False
        self.ask(SeeErasure(self._person_id))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what would go, or say that it has gone."""
        if isinstance(request, SeeErasure):
            self._show(result)
        elif isinstance(request, ErasePerson):
            self._forget()
            self._gone()
            self._title.update(
                self.translate("C'est effacé.") if result else self.translate("C'était déjà effacé.")
            )
            self._for_good.update(
                self.translate("S'il y a d'autres bornes, elles l'apprennent par le serveur ou par clé USB.")
            )

    def refused(self, request: Request[Any]) -> None:
        """The role may not, or the hub takes no erasure from this kiosk."""
        self.say(self.translate("Votre compte ou cette borne ne peut pas effacer : demandez au bureau."))

    def _show(self, found: Erasure | None) -> None:
        self._found = found
        self._erase.display = found is not None
        if found is None:
            self._forget()
            self._title.update(self.translate("Cette personne n'est plus connue."))
            return
        translate = self.translate
        named = " · ".join(part for part in (found.name, found.reference) if part)
        self._title.update(translate("Effacer {name} ?", name=named))
        self._goes.update(
            self._column(translate("Part pour toujours"), [translate("Nom, référence, langue")], GOES, found)
        )
        self._stays.update(self._column(translate("Reste, sans nom"), [], STAYS, found))
        self._for_good.update(translate("Les totaux ne changent pas. Rien ne peut être repris."))

    def _column(
        self, title: str, lines: list[str], counted: Mapping[str, Counted], found: Erasure
    ) -> Content:
        """A title and a line for each thing of which there is any."""
        numbers = {name: getattr(found, name) for name in counted}
        lines += [self.translate(counted[name], n=number) for name, number in numbers.items() if number]
        return Content.assemble((title, "bold $accent"), "\n", "\n".join(lines or ["—"]))

    @on(Key.Pressed, "#erase")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if self._found is None:
            return
        translate = self.translate
        lines = [translate("Pourquoi effacer {name} ?", name=self._found.name)]
        answers = {word: translate(label) for word, label in WHY.items()}
        self.open(ChoiceScreen(self.frame, lines, answers, self._sign))

    def _sign(self, reason: str) -> None:
        if self._found is not None:
            says = self.translate("Votre code, puis « Entrer », efface cette personne.")
            self.post_message(SignWanted(self, ErasePerson(self._found.person_id, reason), says))

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._forget()

    def _forget(self) -> None:
        self._found = None
        self._person_id = ""
        self._erase.display = False
        for text in (self._title, self._goes, self._stays, self._for_good):
            text.update("")
