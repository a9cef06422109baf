"""A video was filmed: take it along, delete it, or go; back leads to where another one is filmed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from textual import on
from textual.containers import Grid
from textual.widget import Widget

from screens.booth.messages import DropWanted, FilmWanted, TakeWanted
from screens.messages import Finished
from screens.public import PublicScreen
from screens.settling import Settling
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, Tone


class Video(StrEnum):
    """Where a video is."""

    HERE = "here"
    COPIED = "copied"
    """It is on its way to the stick."""
    TAKEN = "taken"
    DROPPED = "dropped"


class VideoScreen(PublicScreen):
    """What becomes of the video is said before and after."""

    stays = 120
    called = "booth"

    def __init__(self, place: str, language: str, banner: str, until: str, hint: str = "") -> None:
        super().__init__(place, language, banner)
        translate = self.translate
        self.settling = Settling()
        self._until = until
        """When it is deleted, as a whole sentence."""
        self._where = Video.HERE
        self._sure = False
        """Whether a touch on "delete" was asked about already."""
        self._poster = Poster()
        self._take = Key(translate("Prendre ma vidéo"), id="take", main=True)
        self._drop = Key(translate("Effacer ma vidéo"), id="drop")
        self._again = Key(translate("Filmer encore"), id="again", wide=True)
        self._done = Key(translate("Terminé"), id="done")
        self.show(Video.HERE, hint)

    def parts(self) -> Iterable[Widget]:
        """Where it is, and what can be done."""
        yield self._poster
        yield Grid(self._take, self._drop, self._again, classes="choices")
        yield Foot(self.translate, right=self.back_key(), middle=self._done)

    def on_mount(self) -> None:
        """Hear nothing for a moment."""
        self.settling.renewed()

    def show(self, where: Video, hint: str = "") -> None:
        """Show where it is now; a hint stands before what is said there."""
        here = where is Video.HERE
        self._where, self._sure = where, False
        self._take.display = self._drop.display = here
        self._again.display = where in (Video.TAKEN, Video.DROPPED)
        self._done.display = where is not Video.COPIED
        self._poster.show(self._plan(where, hint))
        self.settling.renewed()

    def _plan(self, where: Video, hint: str) -> Plan:
        translate = self.translate
        if where is Video.COPIED:
            lines = [Line(translate("Laissez la clé branchée."), strong=True)]
            return Plan(Tone.WAIT, big=translate("La copie est en cours…"), lines=[Line(), *lines])
        if where is Video.TAKEN:
            lines = [
                Line(translate("La vidéo est sur votre clé USB."), strong=True),
                Line(translate("Ici, elle est effacée. Vous pouvez retirer la clé.")),
            ]
            return Plan(Tone.GOOD, big=translate("C'est fait !"), lines=[Line(), *lines])
        if where is Video.DROPPED:
            lines = [Line(hint or translate("Vous pouvez filmer encore."), strong=True)]
            return Plan(Tone.GOOD, big=translate("La vidéo est effacée."), lines=[Line(), *lines])
        lines = [
            Line(
                hint or translate("Branchez votre clé USB, puis touchez « Prendre ma vidéo »."), strong=True
            ),
            Line(self._until),
        ]
        title = "" if hint else translate("Votre vidéo est prête.")
        return Plan(Tone.NOTE if hint else Tone.GOOD, big=title, lines=[Line(), *lines])

    @on(Key.Pressed, "#take, #again, #done, #drop")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        if self.settling.fresh():
            return
        self.settling.renewed()
        touched = event.key.id
        if touched == "take":
            self.show(Video.COPIED)
            self.post_message(TakeWanted())
        elif touched == "again":
            self.post_message(FilmWanted())
        elif touched == "done":
            self.post_message(Finished())
        elif self._sure:
            self.post_message(DropWanted())
        else:
            self.show(Video.HERE, self.translate("Touchez encore « Effacer ma vidéo »."))
            self._sure = True

    def wipe(self) -> None:
        """As if nobody had been here."""
        self._poster.show(Plan())
