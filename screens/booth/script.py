"""The whole text of a video CV, three sentences a page; a touch asks for another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from assets.languages import translator
from screens.booth.messages import PartWanted, ScriptDone
from screens.booth.sentence import sentence_label
from screens.said_by_page import SaidByPage


@dataclass(frozen=True, slots=True)
class PartSaid:
    """A part with what was chosen for it; empty where it is passed over."""

    id: str
    sentence: str


class ScriptScreen(SaidByPage):
    """The text as it will be read."""

    called = "booth"

    def __init__(self, place: str, language: str, banner: str, said: Sequence[PartSaid]) -> None:
        translate = translator(language)
        nothing = translate("Ici, je ne dis rien.")
        keys = [
            (sentence_label(number, one.sentence or nothing), partial(PartWanted, one.id))
            for number, one in enumerate(said)
        ]
        hint = translate("Touchez une phrase pour la changer.")
        super().__init__(place, language, banner, hint, keys, ScriptDone)
        self._says_something = any(one.sentence for one in said)

    def finish(self) -> None:
        """On, where there is anything to read."""
        if self._says_something:
            super().finish()
        else:
            self._page = 0
            self.show_page(self.translate("Choisissez d'abord une phrase."))
