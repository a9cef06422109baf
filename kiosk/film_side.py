"""The film of a video CV: the camera on and off, and what becomes of the video.

A video is nobody's as soon as its person has gone: it lies in its folder until its half-day is over, and no
screen leads to it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from assets.languages import N_, hour, local
from kiosk.camera import Devices, commands, find_camera, find_ffmpeg, find_microphone
from kiosk.recording import Ending, Film, has_room
from kiosk.side import Side, hears
from kiosk.sticks import Taken, take_along
from kiosk.trouble import Trouble
from kiosk.videos import kept_until, new_video, until_of
from screens.booth.messages import (
    CameraLookedFor,
    DropWanted,
    FilmBroken,
    FilmDone,
    FilmWanted,
    TakeWanted,
    VideoWanted,
)

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
    from models.connection import Connection
    from screens.public import PublicScreen

T = TypeVar("T")
Shown = TypeVar("Shown", bound="PublicScreen")

NOT_FILMED = {
    Ending.FULL: N_("Le disque est plein : la vidéo est arrêtée. Appelez l'équipe."),
    Ending.NO_PICTURE: N_("La caméra ne répond pas. Appelez l'équipe."),
}
NO_ROOM = N_("Le disque est presque plein : pas de vidéo ici. Appelez l'équipe.")
CUT = N_("La caméra s'est arrêtée. La vidéo va jusque-là.")

NOT_TAKEN = {
    Taken.NO_STICK: N_("Aucune clé n'est là. Branchez-la, puis touchez encore."),
    Taken.SEVERAL: N_("Plusieurs clés sont branchées. Laissez seulement la vôtre."),
    Taken.FULL: N_("Votre clé est pleine. Branchez-en une autre."),
    Taken.NOT_WRITTEN: N_("Cette clé ne prend pas la vidéo. Branchez-en une autre."),
}
OVER = N_("Son temps est passé. Vous pouvez filmer encore.")


class FilmSide(Side):
    """The camera of this visit, and the video that was made in it."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._film: Film | None = None
        """What is being filmed."""
        self._last: Film | None = None
        """What was filmed before: its camera may not be free yet."""
        self._video: Path | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The text that is read."""
        return ()

    def gone(self) -> None:
        """A film that nobody has finished is none; a video that nobody took is hidden until its time."""
        if self._film is not None:
            self._film.drop()
        self._film = self._video = None
        super().gone()

    def closed(self) -> None:
        """The camera goes off with the kiosk."""
        if self._film is not None:
            self._film.drop()
        if self._last is not None:
            self._last.wait()
        super().closed()

    # ---- what is there

    def devices(self) -> Devices:
        """What the settings say now: nobody starts the kiosk anew for a camera."""
        with suppress(Trouble):
            return self.app.front.devices() if self.app.front.devices else Devices()
        return Devices(camera="none")

    def ways(self) -> list[list[str]]:
        """How to film here and now; none where there is no camera, or no ffmpeg."""
        from assets.booth import guide

        devices = self.devices()
        ffmpeg, camera = find_ffmpeg(), find_camera(devices)
        if ffmpeg is None or camera is None:
            return []
        return commands(ffmpeg, camera, find_microphone(devices), guide().longest)

    def show_ready(self, hint: str = "") -> None:
        """Back to where everything leads to, with what there is now."""
        from screens.booth.ready import ReadyScreen

        self.back_to(ReadyScreen)
        self._tell_ready(hint)
        self.app._tell_time()
        self.app._idle.watch()

    def _tell_ready(self, hint: str = "") -> None:
        """Also where it stands below another screen."""
        from screens.booth.ready import ReadyScreen

        if (screen := self._shown(ReadyScreen)) is not None:
            camera, video = bool(self.ways()), self._video is not None
            screen.show(camera=camera, video=video, hint=hint and self.app.translate(hint))

    @hears(CameraLookedFor)
    def _looked_for(self) -> None:
        from screens.booth.ready import ReadyScreen

        screen = self._shown(ReadyScreen)
        if screen is not None and screen.camera != bool(self.ways()):
            self._tell_ready()

    def _shown(self, kind: type[Shown]) -> Shown | None:
        """A screen that stands there, or under a call for help."""
        return next((screen for screen in self.app.screen_stack if isinstance(screen, kind)), None)

    # ---- filming

    @hears(FilmWanted)
    def _film_wanted(self) -> None:
        if not self.ways():
            self.show_ready()
        elif not has_room(self.app.videos):
            self.show_ready(NO_ROOM)
        elif self.app._desk is not None:
            from models.half_days import sittings_of_day

            corner, now, asked = self.app._desk.corner_id, self.app.clock.now(), self.app.screen

            def until(conn: Connection) -> datetime:
                return kept_until(sittings_of_day(conn, corner, now), now)

            def begin(until: datetime) -> None:
                if self.app.screen is asked:
                    self._begin(new_video(self.app.videos, until))

            # On the writer, as what is shown of the day: a day that was brought in just now counts.
            self.app._then(self.app.database.write(until), begin, self.app._cannot)

    def _begin(self, path: Path) -> None:
        from screens.booth.prompter import PrompterScreen
        from screens.booth.ready import ReadyScreen

        ways = self.ways()
        if not ways:
            self.show_ready()
            return
        if not isinstance(self.app.screen, PrompterScreen):
            self.back_to(ReadyScreen)
            self.app._open_screen(PrompterScreen(*self.app._frame(), self.lines, filming=True))
        before, film = self._last, Film(ways, path)
        self._film = self._last = film
        self.app._then(film.began, lambda _: self._began(film))
        self.app._then(film.ended, partial(self._ended, film))
        if before is None:
            film.begin()
        else:
            # One camera, one film: the next one begins when it is free.
            before.drop()
            before.ended.add_done_callback(lambda _: film.begin())

    def _began(self, film: Film) -> None:
        from screens.booth.prompter import PrompterScreen

        if film is self._film and (screen := self._shown(PrompterScreen)) is not None:
            screen.camera_on()

    @hears(FilmDone)
    def _film_done(self) -> None:
        if self._film is not None:
            self._film.finish()

    @hears(FilmBroken)
    def _film_broken(self) -> None:
        if self._film is not None:
            self._film.drop()
            self._film = None

    def _ended(self, film: Film, ending: Ending) -> None:
        if film is not self._film:
            return  # dropped, and gone already
        self._film = None
        if ending in (Ending.DONE, Ending.CUT):
            self._delete()  # the one before: this one is better
            self._video = film.path
            self.show_ready()
            self._show_video(CUT if ending is Ending.CUT else "")
        elif ending in NOT_FILMED:
            self.show_ready(NOT_FILMED[ending])

    # ---- the video

    @hears(VideoWanted)
    def _video_wanted(self) -> None:
        self._show_video()

    def _show_video(self, hint: str = "") -> None:
        from screens.booth.video import VideoScreen

        if self._video is not None:
            translate = self.app.translate
            screen = VideoScreen(*self.app._frame(), self._until(self._video), hint and translate(hint))
            self.app._open_screen(screen)

    def _until(self, video: Path) -> str:
        """When it is deleted, in words."""
        translate, until = self.app.translate, until_of(video)
        if until is None or local(until).hour == 0:
            return translate("Sinon, personne ne la voit, et elle est effacée ce soir.")
        told = hour(until, self.app.language)
        return translate("Sinon, personne ne la voit, et elle est effacée à {hour}.", hour=told)

    @hears(TakeWanted)
    def _take_wanted(self) -> None:
        video = self._video
        if video is not None:
            taken = _beside(partial(take_along, video, self.devices().sticks))
            self.app._then(
                taken, partial(self._taken, video), lambda _: self._taken(video, Taken.NOT_WRITTEN)
            )

    def _taken(self, video: Path, taken: Taken) -> None:
        from screens.booth.video import Video, VideoScreen

        if video != self._video:
            return  # its person has gone
        screen, translate = self._shown(VideoScreen), self.app.translate
        if taken in (Taken.YES, Taken.GONE):
            self._video = None
            self._tell_ready()
        if screen is None:
            return
        if taken is Taken.YES:
            screen.show(Video.TAKEN)
        elif taken is Taken.GONE:
            screen.show(Video.DROPPED, translate(OVER))
        else:
            screen.show(Video.HERE, translate(NOT_TAKEN[taken]))
        self.app._idle.watch()

    @hears(DropWanted)
    def _drop_wanted(self) -> None:
        from screens.booth.video import Video, VideoScreen

        self._delete()
        self._tell_ready()
        if (screen := self._shown(VideoScreen)) is not None:
            screen.show(Video.DROPPED)

    def _delete(self) -> None:
        if self._video is not None:
            with suppress(OSError):  # it goes at its time
                self._video.unlink(missing_ok=True)
        self._video = None


def _beside(work: Callable[[], T]) -> Future[T]:
    """Do something slow in a thread that nobody waits for, not even a kiosk that closes."""
    future: Future[T] = Future()

    def done() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # it is told where it is awaited
            future.set_exception(error)

    Thread(target=done, name="stick", daemon=True).start()
    return future
