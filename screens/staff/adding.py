"""Adding somebody by hand: a known person found by letters, or a new one by first name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from textual import on

from assets.languages import N_, Counted, hour, local
from models.adding import Added, AddGuest, AddKnown, NotAdded
from models.finding import Known
from models.requests import Request
from models.walk_in import Guest
from screens.staff.choosing import CORRECTED, ChoiceScreen
from screens.staff.finding import FindScreen
from screens.staff.frame import Frame
from screens.staff.person_words import AUDIENCES
from screens.staff.time_entry import TimeScreen
from screens.widgets.key import Key

REFUSED = {
    NotAdded.GONE: N_("Cette demi-journée n'existe plus : revenez à la liste."),
    NotAdded.NOBODY: N_("Cette personne n'est plus connue : cherchez encore."),
    NotAdded.NO_NAME: N_("Écrivez d'abord un prénom."),
    NotAdded.WRONG_TIME: N_("Cette heure n'est pas possible : écrivez une heure de la demi-journée."),
}


class AddScreen(FindScreen):
    """The letters find a known person, or are the first name of a new one."""

    def __init__(self, frame: Frame, half_day_id: str) -> None:
        super().__init__(frame, "", self._add_known)
        self._half_day_id = half_day_id

    def on_mount(self) -> None:
        """Whom?"""
        super().on_mount()
        self.ask_for(self.translate("Ajouter une personne :"))

    def more_keys(self) -> Iterable[Key]:
        """For whoever is not known yet."""
        yield Key(self.translate("Nouvelle personne"), id="new")

    def _add_known(self, known: Known) -> None:
        self.ask(AddKnown(self._half_day_id, known.id))

    @on(Key.Pressed, "#new")
    def _new(self, event: Key.Pressed) -> None:
        event.stop()
        if not any(sign.isalpha() for sign in self.letters):
            self.say(self.translate(REFUSED[NotAdded.NO_NAME]))
            return
        name = self.letters.strip()
        lines = [
            self.translate("{name}, sans réservation", name=name),
            "",
            self.translate("Qu'est-ce qui amène cette personne ?"),
        ]
        answers = {word: self.translate(label) for word, label in AUDIENCES.items()}

        def chosen(audience: str) -> None:
            self.ask(AddGuest(self._half_day_id, Guest(name, audience, self.language)))

        self.open(ChoiceScreen(self.frame, lines, answers, chosen))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Say what became of it, or ask what it needs."""
        super().answered(request, result)
        if isinstance(request, AddKnown | AddGuest):
            self._say_what_became(request, result)

    def _say_what_became(self, request: AddKnown | AddGuest, added: Added) -> None:
        translate = self.translate
        if added.refused is NotAdded.NEEDS_REASON:
            lines = [translate("Cette demi-journée est clôturée."), "", translate("Pourquoi ce changement ?")]
            answers = {word: translate(label) for word, label in CORRECTED.items()}
            self.open(
                ChoiceScreen(self.frame, lines, answers, lambda word: self.ask(replace(request, reason=word)))
            )
        elif added.refused is NotAdded.NEEDS_TIME and added.half_day is not None:
            start = added.half_day.starts_at
            offered = {translate("Au début, {time}", time=hour(start, self.language)): start}
            lines = [translate("À quelle heure est l'arrivée ?")]

            def given(moment: datetime) -> None:
                self.ask(replace(request, moment=moment))

            self.open(TimeScreen(self.frame, lines, local(start).date(), given, offered))
        elif added.refused is NotAdded.SAME_NAME and isinstance(request, AddGuest):
            lines = [
                translate("{name} est déjà sur la liste.", name=added.name),
                "",
                translate("Est-ce une autre personne ?"),
            ]
            answers = {"another": translate("Une autre personne"), "same": translate("La même personne")}

            def chosen(word: str) -> None:
                if word == "another":
                    self.ask(replace(request, another=True))

            self.open(ChoiceScreen(self.frame, lines, answers, chosen))
        elif added.refused is not None:
            self.say(translate(REFUSED[added.refused]))
        else:
            self.type("")
            places = translate(
                Counted("{booked} pour {n} place", "{booked} pour {n} places"),
                booked=added.booked,
                n=added.capacity,
            )
            noted = translate("présence notée") if added.present else translate("place réservée")
            self.say(f"{added.name} : {noted}. {places}.")

    def wipe(self) -> None:
        """Forget for which half-day."""
        super().wipe()
        self._half_day_id = ""
