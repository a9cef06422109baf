"""The text is there: practise reading it, be filmed, or take along what was filmed."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.booth.messages import CameraLookedFor, CameraWanted, FilmWanted, ReadingWanted, VideoWanted
from screens.messages import Finished
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone

LOOKS = 3.0
"""Seconds between two looks for a camera: whoever asked for it waits here."""


class ReadyScreen(PublicScreen):
    """Where everything of the booth leads back to."""

    stays = 120
    called = "booth"

    def __init__(self, place: str, language: str, banner: str, *, camera: bool) -> None:
        super().__init__(place, language, banner)
        translate = self.translate
        self.settling = Settling()
        self.camera = camera
        """Whether a video can be filmed here, as far as it was told."""
        self._poster = Poster()
        self._read = Key(translate("M'exercer à lire"), id="read", main=True)
        self._film = Key(translate("Filmer ma vidéo"), id="film")
        self._ask = Key(translate("Demander la caméra"), id="camera")
        self._take = Key(translate("Prendre ma vidéo"), id="video", wide=True)
        self.show(camera=camera)

    def parts(self) -> Iterable[Widget]:
        """What can be done now."""
        yield self._poster
        yield Grid(self._read, self._film, self._ask, self._take, classes="choices")
        done = Key(self.translate("Terminé"), id="done")
        yield Foot(self.translate, right=self.back_key(), middle=done)

    def on_mount(self) -> None:
        """Hear nothing for a moment."""
        self.settling.renewed()
        self.set_interval(LOOKS, self.look)

    def look(self) -> None:
        """Ask whether there is a camera now."""
        if self.is_current:
            self.post_message(CameraLookedFor())

    def show(self, *, camera: bool, video: bool = False, hint: str = "") -> None:
        """Show what is there now; a hint says what has gone otherwise than it should."""
        translate = self.translate
        self.camera = camera
        self._film.display, self._ask.display, self._take.display = camera, not camera, video
        if hint:
            lines = [Line(hint, strong=True)]
        elif camera:
            lines = [
                Line(translate("Exercez-vous, puis filmez-vous."), strong=True),
                Line(translate("La vidéo va sur votre clé USB, ou elle est effacée.")),
            ]
        else:
            lines = [Line(translate("Pas de caméra ici : exercez-vous à lire."), strong=True)]
        title = "" if hint else translate("Votre texte est prêt.")
        self._poster.show(Plan(Tone.WAIT if hint else Tone.CALM, big=title, lines=[Line(), *lines]))

    @on(Key.Pressed, "#done")
    def _done(self, event: Key.Pressed) -> None:
        event.stop()
        if not self.settling.fresh():
            self.post_message(Finished())

    @on(Key.Pressed, ".choices Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if self.settling.fresh():
            return
        self.settling.renewed()
        wanted = {"read": ReadingWanted, "film": FilmWanted, "camera": CameraWanted, "video": VideoWanted}
        self.post_message(wanted[event.key.id or ""]())
