"""The warning before a screen goes: it hides what stood there, and one touch brings it back (A-19)."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.containers import Grid
from textual.widget import Widget

from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone


class StillThereScreen(PublicScreen):
    """Any key and any touch is an answer; none for twenty seconds is one too."""

    stays = 20
    warns = False
    called = "still_there"
    DEFAULT_CSS = "StillThereScreen .choices { margin: 1 0 0 0; }"

    def parts(self) -> Iterable[Widget]:
        """The question and one key."""
        translate = self.translate
        asked = translate("Êtes-vous encore là ?")
        lines = [Line(), Line(translate("Touchez l'écran pour continuer."), strong=True)]
        yield Poster(Plan(Tone.WAIT, f"?  {asked}", lines=lines))
        yield Grid(Key(translate("J'ai besoin de temps"), id="time", main=True, wide=True), classes="choices")
        yield Foot(translate, right=self.back_key())

    def on_key(self, event: events.Key) -> None:
        """Somebody is there."""
        event.stop()
        event.prevent_default()
        self.go_back()

    def on_click(self) -> None:
        """Somebody is there."""
        self.go_back()

    @on(Key.Pressed, "#time")
    def _time(self, event: Key.Pressed) -> None:
        event.stop()
        self.go_back()
