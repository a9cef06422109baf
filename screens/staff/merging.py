"""A walk-in turns out to be a known person: whom, are you sure, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual import on

from models.finding import Known, WhoIs
from models.merging import Merge, NotMerged, Separate
from models.requests import Request
from screens.staff.choosing import ChoiceScreen
from screens.staff.finding import FindScreen, named
from screens.staff.frame import Frame
from screens.staff.not_merged import NOT_MERGED
from screens.widgets.key import Key


class MergeScreen(FindScreen):
    """Finds the known person that a walk-in is, and asks once before both become one."""

    DEFAULT_CSS = """
    MergeScreen #separate { display: none; }
    MergeScreen.-done #separate { display: block; }
    MergeScreen.-done Keyboard { display: none; }
    """

    def __init__(self, frame: Frame, half_day_id: str, person_id: str) -> None:
        super().__init__(frame, "", self._compare)
        self._half_day_id = half_day_id
        self._person_id = person_id
        self._walk_in: Known | None = None
        self._known: Known | None = None

    def on_mount(self) -> None:
        """Who is the walk-in?"""
        super().on_mount()
        self.ask(WhoIs(self._person_id))

    def more_keys(self) -> Iterable[Key]:
        """The way to take it back, once it is done."""
        yield Key(self.translate("Séparer"), id="separate")

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Say who it is, or what became of it."""
        super().answered(request, result)
        if isinstance(request, WhoIs):
            self._walk_in = result
            if result is not None:
                self.ask_for(self.translate("{name}, sans réservation, c'est :", name=result.name))
        elif isinstance(request, Merge | Separate):
            self._say_what_became(request, result)

    def _say_what_became(self, request: Merge | Separate, refused: NotMerged | None) -> None:
        if refused is not None:
            self.say(self.translate(NOT_MERGED[refused]))
            return
        merged = isinstance(request, Merge)
        self.set_class(merged, "-done")
        if merged and self._known is not None:
            self.type("")
            self.ask_for(self.translate("C'est fait : une place, les heures une fois."))
            self.say(self.translate("C'est la même personne : {name}.", name=named(self._known)))
        elif not merged:
            self.say(self.translate("Ce sont de nouveau deux personnes."))
            self.ask(WhoIs(self._person_id))

    def _compare(self, known: Known) -> None:
        """Both side by side, and the question."""
        if self._walk_in is None:
            return
        self._known = known
        translate = self.translate
        lines = [
            translate("C'est la même personne ?"),
            "",
            translate("{name} · sans réservation", name=self._walk_in.name),
            named(known),
            "",
            translate("La place et les heures comptent une fois."),
        ]
        answers = {"same": translate("La même personne"), "other": translate("Une autre personne")}
        self.open(ChoiceScreen(self.frame, lines, answers, self._decided))

    def _decided(self, word: str) -> None:
        if word == "same" and self._known is not None:
            self.ask(Merge(self._half_day_id, self._person_id, self._known.id))

    @on(Key.Pressed, "#separate")
    def _separate(self, event: Key.Pressed) -> None:
        event.stop()
        self.ask(Separate(self._person_id, "wrong_person"))

    def wipe(self) -> None:
        """Forget both."""
        super().wipe()
        self._walk_in = self._known = None
        self._half_day_id = self._person_id = ""
