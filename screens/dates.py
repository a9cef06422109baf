"""The next dates, and the number to call: what is left to somebody without a place today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget

from assets.facts import corners, hotline
from models.answers import Sitting
from models.half_days import OFFERED_DATES
from screens.messages import Finished
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.wording import what, when


class DatesScreen(PublicScreen):
    """At most two dates; they may be one person's own, so they go with the person."""

    stays = 60
    called = "dates"

    def __init__(
        self, place: str, language: str, banner: str, corner_id: str, dates: Sequence[Sitting]
    ) -> None:
        super().__init__(place, language, banner)
        self._poster = Poster(self._plan(corner_id, dates[:OFFERED_DATES]))

    def parts(self) -> Iterable[Widget]:
        """The dates and the foot."""
        done = Key(self.translate("Terminé"), id="done", main=True)
        yield self._poster
        yield Foot(self.translate, right=self.back_key(), middle=done)

    def _plan(self, corner_id: str, dates: Sequence[Sitting]) -> Plan:
        translate = self.translate
        lines: list[Line] = []
        for one in dates:
            lines += [Line(), Line(self._when(one, corner_id), strong=True), Line(what(one, self.language))]
        if not dates:
            lines += [Line(), Line(translate("Aucune date n'est connue ici."), strong=True)]
        lines += [Line(), Line(translate("Appel gratuit : {hotline}.", hotline=hotline()))]
        return Plan(big=translate("Prochaines dates"), lines=lines)

    def _when(self, sitting: Sitting, corner_id: str) -> str:
        """Day and hour, and the place where it is not here."""
        said = when(sitting, self.language)
        elsewhere = corners().get(sitting.corner_id) if sitting.corner_id != corner_id else None
        return f"{said} · {elsewhere.locality}" if elsewhere else said

    def wipe(self) -> None:
        """Forget the dates."""
        self._poster.show(Plan())

    @on(Key.Pressed, "#done")
    def _done(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())
