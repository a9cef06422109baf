"""What every part of the app stands on: its screens, its database, its clock, its idle time."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from assets.languages import Translate, day, hour, translator
from kiosk.clock import Clock
from kiosk.crash_net import place_of
from kiosk.database import Database
from kiosk.forgetting import Sweeper, forget_texts
from kiosk.full_screen import LEFT, RESTART, FullScreen
from kiosk.home import FirstLook, Home
from kiosk.idle import IdleWatch
from kiosk.sound import Sounds
from kiosk.trouble import Trouble
from screens.public import PublicScreen
from screens.reception import ReceptionScreen
from screens.widgets.poster import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from textual.await_complete import AwaitComplete

    from kiosk.camera import Devices
    from kiosk.printing import Papers
    from models.arrival import Desk
    from screens.widgets.qr import Modules

log = logging.getLogger("kiosk")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Front:
    """What the kiosk shows of itself before and beside its database."""

    look: FirstLook
    banner: str = ""
    sample_card: Callable[[], Modules] | None = None
    """In a rehearsal: the QR of a card to try."""
    pin_hint: str = ""
    papers: Callable[[], Papers] | None = None
    """Where papers go; without it they are kept beside the database, as in a rehearsal, and not printed."""
    devices: Callable[[], Devices] | None = None
    """What the booth films with; without it whatever this machine has."""
    videos: Path | None = None
    """Where its videos lie; without it beside the database."""
    home: Path | None = None
    """The folder of the kiosk, with its backups; without it that of the database."""


class House(FullScreen, inherit_bindings=False):
    """The reception and the screens over it, and how results come back to them."""

    reception: ReceptionScreen

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front.look.theme)
        self.front = front
        self.clock = clock
        self.database = database
        self.trouble: Trouble | None = None
        """Why the kiosk could not start or go on, for the operator."""
        self._desk: Desk | None = None
        self._idle = IdleWatch(self._stays, self._time_is_up)
        self.sounds = Sounds(front.look.sound, self._ring)
        self._formats_ready = False
        self._sweeper = Sweeper()
        self._bare = contextvars.copy_context()
        """Without any screen: a timer keeps the context of whoever set it, also when it is cancelled."""

    @property
    def home(self) -> Home:
        """The folder of the kiosk; in a rehearsal that of its database."""
        return Home(self.front.home or self.database.path.parent)

    @property
    def videos(self) -> Path:
        """Where the videos of the booth lie."""
        return self.front.videos or self.database.path.parent / "recordings"

    # ---- this visit

    @property
    def language(self) -> str:
        """The language of this visit."""
        return self.reception.language

    @property
    def translate(self) -> Translate:
        """The translating function of this visit."""
        return translator(self.language)

    def touched(self) -> None:
        """Somebody is there."""
        self._idle.touched()

    # ---- what is heard

    def _sound(self, tone: Tone) -> None:
        """Let the sound follow what is being put on the screen: nobody waits for it."""
        self.call_after_refresh(self.sounds.play, tone)

    def _ring(self) -> None:
        """Ring the terminal's bell, asked for by another thread: never in the middle of a drawing."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                self._loop.call_soon_threadsafe(self.bell)

    def after(self, seconds: float, do: Callable[[], object]) -> asyncio.TimerHandle:
        """Do something later, unless the handle is cancelled; nothing of the present screen is kept."""
        loop = asyncio.get_running_loop()
        return loop.call_later(seconds, lambda: self.call_later(do), context=self._bare)

    # ---- results

    def _then(
        self,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Bring a result back to the screen's thread; a failure is told to the operator, or by ``failed``."""
        loop = asyncio.get_running_loop()

        def back(finished: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                loop.call_soon_threadsafe(self.call_later, self._result, finished, done, failed)

        future.add_done_callback(back)

    def _result(
        self,
        finished: Future[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        error = finished.exception()
        if error is None:
            done(finished.result())
            return
        if self._desk is not None:
            # Open already: what nobody waits for is tried again at the next minute.
            log.error("not read: %s", place_of(error))
            if failed is not None:
                failed(error)
            return
        log.error("not opened: %s", place_of(error))
        self.trouble = error if isinstance(error, Trouble) else self.trouble
        self.exit(LEFT if self.trouble else RESTART)

    # ---- screens

    def _frame(self) -> tuple[str, str, str]:
        """What every screen is told first: the place, the language of this visit, the banner."""
        return self.front.look.corner_name, self.language, self.front.banner

    def _open_screen(self, screen: PublicScreen) -> None:
        """Put a screen over what stands there."""
        self.push_screen(screen)
        self._tell_time()
        self._idle.watch()

    def pop_screen(self) -> AwaitComplete:
        """Take away the screen that stands on top."""
        self._sweeper.soon()
        return super().pop_screen()

    def _close_screens(self) -> None:
        """Close and wipe what stands over the reception."""
        for screen in self.screen_stack[2:]:
            if isinstance(screen, PublicScreen):
                screen.wipe()
            self.pop_screen()
        self._forget_screens()

    def _forget_screens(self) -> None:
        """What was touched last would keep its screen in memory, with all that was drawn there."""
        self.mouse_over = self.hover_over = self._mouse_down_widget = None
        forget_texts()

    def _tell_time(self) -> None:
        if self._formats_ready and isinstance(self.screen, PublicScreen):
            now, language = self.clock.now(), self.screen.language
            self.screen.show_moment(f"{day(now, language, short=True)} · {hour(now, language)}")

    def _stays(self) -> float | None:
        return self.screen.stays if isinstance(self.screen, PublicScreen) else None

    def _time_is_up(self) -> None:
        """Nobody has touched anything for too long: what stands over the reception goes."""
        self.call_later(self._close_screens)
