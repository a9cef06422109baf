"""What can be practised: a video meeting, or a video CV."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.messages import BoothWanted, MeetingWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class PracticeScreen(PublicScreen):
    """Two things to try; nobody's data."""

    stays = 60
    called = "practice"

    def parts(self) -> Iterable[Widget]:
        """The question and two keys."""
        translate = self.translate
        lines = [
            Line(),
            Line(translate("Que voulez-vous essayer ?"), strong=True),
            Line(translate("Prenez votre temps, personne ne vous note.")),
        ]
        yield Poster(Plan(big=translate("M'exercer"), lines=lines))
        yield Grid(
            Key(translate("Essayer l'appel vidéo"), id="meeting"),
            Key(translate("Préparer mon CV vidéo"), id="booth"),
            classes="choices",
        )
        yield Foot(translate, right=self.back_key())

    @on(Key.Pressed, "#meeting")
    def _meeting(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(MeetingWanted())

    @on(Key.Pressed, "#booth")
    def _booth(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(BoothWanted())
