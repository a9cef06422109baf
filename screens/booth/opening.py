"""Where the video CV begins: what it is, and whether there is a camera here."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.booth.messages import BoothLeft, CameraWanted, ScriptBegun
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class BoothScreen(PublicScreen):
    """Says what comes; the team lends the camera and a quiet room."""

    stays = 120
    called = "booth"

    def __init__(self, place: str, language: str, banner: str, *, camera: bool) -> None:
        super().__init__(place, language, banner)
        self._camera = camera
        """Whether a video can be filmed here and now."""

    def parts(self) -> Iterable[Widget]:
        """What it is, and two keys."""
        translate = self.translate
        there = (
            translate("Une caméra est là, si vous voulez.")
            if self._camera
            else translate("Pas de caméra ici : exercez-vous à lire.")
        )
        lines = [
            Line(),
            Line(translate("Quelques phrases pour vous présenter."), strong=True),
            Line(translate("Choisissez des phrases, puis lisez-les.")),
            Line(there, quiet=True),
        ]
        yield Poster(Plan(big=translate("Mon CV vidéo"), lines=lines))
        # What the team brings is what is missing; a quiet room always is.
        wanted = translate("Demander une pièce calme") if self._camera else translate("Demander la caméra")
        yield Grid(
            Key(translate("Commencer"), id="begin", main=True), Key(wanted, id="camera"), classes="choices"
        )
        yield Foot(translate, right=self.back_key())

    def go_back(self) -> None:
        """Out of the booth."""
        self.post_message(BoothLeft())
        super().go_back()

    @on(Key.Pressed, "#begin")
    def _begin(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(ScriptBegun())

    @on(Key.Pressed, "#camera")
    def _wanted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(CameraWanted())
