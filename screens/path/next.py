"""What comes next on the path: the next date, and four things to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.languages import date_of
from models.path.path import Path
from screens.messages import Finished, PlaceWanted
from screens.path.messages import DateWanted, PageWanted, SiteWanted
from screens.path.wording import to_come
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.wording import what, when, where

if TYPE_CHECKING:
    from textual.message import Message

_ASKS: dict[str, type[Message]] = {
    "date": DateWanted,
    "place": PlaceWanted,
    "page": PageWanted,
    "site": SiteWanted,
    "done": Finished,
}
"""What each key asks for."""


class PathNextScreen(PublicScreen):
    """The next date, and the ways on."""

    stays = 60
    called = "path"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]

    def __init__(self, place: str, language: str, banner: str, path: Path) -> None:
        super().__init__(place, language, banner)
        self.settling = Settling()
        self._has_date = path.next is not None
        self._poster = Poster(self._plan(path))

    def parts(self) -> Iterable[Widget]:
        """The date, and three or four keys."""
        translate = self.translate
        yield self._poster
        keys = [
            Key(translate("Demander une place"), id="place"),
            Key(translate("Préparer ma page"), id="page"),
            Key(translate("Emporter"), id="site"),
        ]
        if self._has_date:
            keys.insert(0, Key(translate("Noter la date"), id="date"))
        if len(keys) % 2:
            keys[-1].add_class("-wide")
        yield Grid(*keys, classes="choices")
        done = Key(translate("Terminé"), id="done", main=True)
        yield Foot(translate, right=self.back_key(), middle=done)

    def show(self, path: Path) -> None:
        """Say the same of the path as it is now; its keys stay."""
        self._poster.show(self._plan(path))

    def on_mount(self) -> None:
        """Hear nothing for a moment: "Terminé" stands where "Voir la suite" stood."""
        self.settling.renewed()

    def _plan(self, path: Path) -> Plan:
        translate, language = self.translate, self.language
        if path.next is None:
            lines = [Line(translate("Pas encore d'autre date pour vous."), strong=True)]
            if path.asked:
                asked = what(path.asked[0], language)
                lines.append(Line(translate("Votre demande : {what}", what=asked)))
            else:
                lines.append(Line(translate("L'équipe peut vous aider.")))
            return Plan(big=translate("La suite"), lines=lines)
        lines = [Line(when(path.next, language), strong=True), Line(where(path.next, language))]
        if more := to_come(path, language):
            lines.append(Line(more, quiet=True))
        big = date_of(path.next.starts_at, language, year=False)
        return Plan(title=translate("Prochaine date"), big=big, lines=lines)

    @on(Key.Pressed, ".choices Key, #done")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(_ASKS[event.key.id or ""]())

    def go_back(self) -> None:
        """Back to the picture, unless the touch was meant for it."""
        if not self.settling.fresh():
            super().go_back()

    def wipe(self) -> None:
        """Forget what comes next."""
        self._poster.show(Plan())
