"""The day in steps: what is on now, what comes next, where, and what is done there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from assets.facts import programmes
from assets.languages import hour
from models.answers import Sitting
from screens.messages import PlaceWanted, PracticeWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.wording import hours_and_whom, where

A_PAGE = 1
"""Steps on one screen: one thing, readable from three metres, and no more than 25 words (A-12)."""


class DayScreen(PublicScreen):
    """One step a page, beginning with the present one; nobody's data."""

    stays = 60
    called = "day"

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        sittings: Sequence[Sitting],
        now: datetime,
        bring: str = "",
        *,
        asks: bool = False,
    ) -> None:
        super().__init__(place, language, banner)
        self._bring = bring or self.translate("carte ou invitation")
        self._asks = asks
        """Whether whoever looks is known: they may ask for a place in a coming workshop."""
        self._sittings = tuple(sittings)
        self._now = now
        still = [number for number, one in enumerate(self._sittings) if one.ends_at > now]
        self._number = still[0] if still else 0
        self._poster = Poster(self._plan())

    def parts(self) -> Iterable[Widget]:
        """The step and the foot."""
        translate = self.translate
        yield self._poster
        practice = Key(translate("M'exercer"), id="practice")
        place = Key(translate("Demander une place"), id="place") if self._asks else None
        if len(self._sittings) > A_PAGE:
            more = Key(translate("Voir la suite"), id="more")
            yield Grid(more, practice if place is None else place, classes="choices")
            yield Foot(translate, right=self.back_key(), middle=practice if place is not None else None)
        elif place is not None:
            yield Grid(place, practice, classes="choices")
            yield Foot(translate, right=self.back_key())
        else:
            yield Foot(translate, right=self.back_key(), middle=practice)

    def _plan(self) -> Plan:
        translate = self.translate
        if not self._sittings:
            nothing = Line(translate("Aucun atelier aujourd'hui."), strong=True)
            return Plan(title=translate("La journée"), lines=[Line(), nothing])
        step = self._sittings[self._number]
        programme = programmes().get(step.programme)
        lines = [
            Line(),
            Line(where(step, self.language), strong=True),
            Line(hours_and_whom(step, self.language)),
            Line(),
            Line(programme.activity[self.language] if programme else ""),
            Line(translate("À prendre : {what}.", what=self._bring), quiet=True),
        ]
        # From three metres the hour is what is read; the words are for whoever stands before it.
        return Plan(title=self._when(step), big=hour(step.starts_at, self.language), lines=lines)

    def _when(self, step: Sitting) -> str:
        translate = self.translate
        if step.ends_at <= self._now:
            return translate("C'est fini")
        if step.starts_at <= self._now:
            return translate("Maintenant")
        return translate("Ensuite")

    @on(Key.Pressed, "#practice")
    def _practice(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(PracticeWanted())

    @on(Key.Pressed, "#place")
    def _place(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(PlaceWanted())

    @on(Key.Pressed, "#more")
    def _more(self, event: Key.Pressed) -> None:
        event.stop()
        self._number = (self._number + 1) % len(self._sittings)
        self._poster.show(self._plan())
