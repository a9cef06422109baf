"""The video CV: from the first sentence to the page that turns by itself; ``film_side`` goes on from there.

What is chosen is kept here for this visit, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.film_side import FilmSide
from kiosk.side import hears
from models.booth import Script, first_name, sentences
from models.help import BOOTH
from screens.booth.messages import (
    BoothLeft,
    CameraWanted,
    EarlierPartWanted,
    PartWanted,
    ReadingWanted,
    ScriptBegun,
    ScriptDone,
    SentenceChosen,
)
from screens.messages import BoothWanted

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
    from screens.booth.sentence import PartAsked


class BoothSide(FilmSide):
    """What the kiosk does while somebody prepares a video CV."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._script = Script()
        self._first_name = ""
        """Of whoever was greeted; it is said on the screen and in no other place."""
        self._changing = False
        """Whether one sentence is chosen anew, out of a whole text."""

    def gone(self) -> None:
        """Nobody's sentences are there for the next person."""
        self._script, self._first_name, self._changing = Script(), "", False
        super().gone()

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as it is read."""
        from assets.booth import guide

        return self._script.lines(guide(), self.app.language, self._first_name)

    @hears(BoothWanted)
    def _wanted(self) -> None:
        from screens.booth.opening import BoothScreen

        self.gone()
        person = self.app._greeted
        self._first_name = first_name(person.name) if person else ""
        self.app._open_screen(BoothScreen(*self.app._frame(), camera=bool(self.ways())))

    @hears(BoothLeft)
    def _left(self) -> None:
        self.gone()

    @hears(CameraWanted)
    def _camera_wanted(self) -> None:
        """A silent call: the team brings the camera, and lends it as it lends anything."""
        said = self.app.translate("Vous demandez la caméra et une pièce calme.")
        people = (self.app._present,) if self.app._present else ()
        self.app._call_help(BOOTH, said, people)

    # ---- the text

    @hears(ScriptBegun)
    def _begun(self) -> None:
        self._changing = False
        self._ask(0)

    def _ask(self, number: int) -> None:
        from screens.booth.sentence import SentenceScreen

        asked = self._asked(number)
        self.back_to(SentenceScreen)
        if isinstance(self.app.screen, SentenceScreen):
            self.app.screen.ask(asked)
            self.app._idle.watch()
        else:
            self.app._open_screen(SentenceScreen(*self.app._frame(), asked))

    def _asked(self, number: int) -> PartAsked:
        from assets.booth import guide
        from screens.booth.sentence import PartAsked

        parts, language = guide().parts, self.app.language
        part = parts[number]
        where = self.app.translate("Phrase {number} sur {all}", number=number + 1, all=len(parts))
        said = sentences(part, language, self._first_name)
        return PartAsked(part.id, where, part.ask[language], said, self._script.chosen.get(part.id))

    @staticmethod
    def _number(part: str) -> int:
        from assets.booth import guide

        return [one.id for one in guide().parts].index(part)

    @hears(SentenceChosen)
    def _chosen(self, message: SentenceChosen) -> None:
        from assets.booth import guide

        self._script = self._script.choose(message.part, message.number)
        number = self._number(message.part) + 1
        if self._changing or number == len(guide().parts):
            self._recap()
        else:
            self._ask(number)

    @hears(EarlierPartWanted)
    def _earlier(self) -> None:
        from screens.booth.sentence import SentenceScreen

        screen = self.app.screen
        if not isinstance(screen, SentenceScreen):
            return
        number = self._number(screen.asked.id) if screen.asked.id else 0
        if self._changing:
            self._recap()
        elif number:
            self._ask(number - 1)
        else:
            self.app._back()

    def _recap(self) -> None:
        from assets.booth import guide
        from screens.booth.script import PartSaid, ScriptScreen

        said = []
        for part in guide().parts:
            number = self._script.chosen.get(part.id)
            known = sentences(part, self.app.language, self._first_name)
            said.append(PartSaid(part.id, "" if number is None else known[number]))
        self._changing = False
        self.app._open_screen(ScriptScreen(*self.app._frame(), said))

    @hears(PartWanted)
    def _part_wanted(self, message: PartWanted) -> None:
        self._changing = True
        self._ask(self._number(message.part))

    @hears(ScriptDone)
    def _done(self) -> None:
        from screens.booth.ready import ReadyScreen

        self.app._open_screen(ReadyScreen(*self.app._frame(), camera=False))
        self.show_ready()

    @hears(ReadingWanted)
    def _reading_wanted(self) -> None:
        from screens.booth.prompter import PrompterScreen

        self.app._open_screen(PrompterScreen(*self.app._frame(), self.lines))
