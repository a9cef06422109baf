"""The full-screen kiosk: keys come in, cards become outcomes, nothing else gets out."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from textual import on

from assets.languages import day, hour, translator
from kiosk.clock import Clock, monotonic
from kiosk.crash_net import place_of
from kiosk.database import Database
from kiosk.home import FirstLook
from kiosk.idle import IdleWatch
from kiosk.listening import Listening
from kiosk.signals import ignore_keys, when_told_to_end
from kiosk.trouble import Trouble
from screens.messages import (
    CodeTyped,
    Finished,
    LeaveWanted,
    NextTyping,
    PinGiven,
    SampleWanted,
    StaffWanted,
    Wished,
)
from screens.public import PublicScreen
from screens.reception import ReceptionScreen
from screens.themes import DEFAULT, themes

# The rule is imported right after the first paint, in ``_get_ready``.
if TYPE_CHECKING:
    from textual.driver import Driver

    from models.answers import Outcome, Sitting
    from models.arrival import Desk, Wish
    from models.connection import Connection
    from models.words import Way
    from screens.widgets.qr import Modules

log = logging.getLogger("kiosk")

T = TypeVar("T")

LEFT = "left"
"""Result of the app when somebody with a PIN closed it."""

RESTART = "restart"
"""Result of the app when it could not mend itself."""

MOST_FAILURES = 5
"""Failures within ``FAILURE_WINDOW`` after which the process starts anew."""

FAILURE_WINDOW = 10.0


@dataclass(frozen=True, slots=True)
class Front:
    """What the kiosk shows of itself before and beside its database."""

    look: FirstLook
    banner: str = ""
    sample_card: Callable[[], Modules] | None = None
    """In a rehearsal: the QR of a card to try."""
    pin_hint: str = ""


class Kiosk(Listening[str], inherit_bindings=False):
    """The app. ``prepare`` runs first in the writer's thread: it checks the settings and gives the desk."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    CLOSE_TIMEOUT = 2.0

    def __init__(
        self, front: Front, clock: Clock, database: Database, prepare: Callable[[Connection], Desk]
    ) -> None:
        self._themes = themes()
        super().__init__(_driver())
        for theme in self._themes.values():
            self.register_theme(theme)
        self.theme = front.look.theme if front.look.theme in self._themes else DEFAULT
        self.front = front
        self.clock = clock
        self.database = database
        self.trouble: Trouble | None = None
        """Why the kiosk could not start or go on, for the operator."""
        self._prepare = prepare
        self._desk: Desk | None = None
        self._idle = IdleWatch(self._stays, self._go_home_soon)
        self._shown: tuple[str, Way] | None = None
        self._sittings: tuple[Sitting, ...] = ()
        self._failed_at: list[float] = []
        self._formats_ready = False
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The house's own colours, which the styles of the screens name."""
        return dict(self._themes[DEFAULT].variables)

    # ---- starting

    def on_mount(self) -> None:
        """Paint the welcome; everything heavy begins after that."""
        when_told_to_end(lambda: self.exit(LEFT))
        ignore_keys()  # again: Textual's driver has just put its own handler for one of them
        # First in the queue, so that a card shown in this very moment finds the desk ready.
        self._then(self.database.write(self._get_ready), self._opened)
        self._new_reception()
        self.push_screen(self.reception)
        self.call_after_refresh(self._open)

    def _new_reception(self) -> None:
        look = self.front.look
        sample = self.front.sample_card is not None
        self.reception = ReceptionScreen(look.corner_name, look.language, self.front.banner, sample=sample)

    def _open(self) -> None:
        """Open the database; cards shown meanwhile wait in its queue."""
        self._then(self.database.open(), lambda _: None)
        self._tick()

    def _get_ready(self, conn: Connection) -> tuple[Sitting, ...]:
        """In the writer's thread: settings, key and identity, and what the first outcome will need."""
        from models.half_days import sittings_of_day

        self._desk = self._prepare(conn)
        language = self.front.look.language
        day(self.clock.now(), language)  # loads Babel and its data away from the screen
        self._formats_ready = True
        return sittings_of_day(conn, self._desk.corner_id, self.clock.now())

    def _opened(self, sittings: tuple[Sitting, ...]) -> None:
        self._show_day(sittings)
        self._tell_time()
        self.call_later(self._ready_for_people)

    async def _ready_for_people(self) -> None:
        """What the first person would otherwise wait for; and what stays for ever leaves the collector."""
        await self.reception.prepare()
        gc.collect()
        gc.freeze()
        gc.enable()

    def _then(self, future: Future[T], done: Callable[[T], None]) -> None:
        """Bring a result back to the screen's thread; a failure is told to the operator."""
        loop = asyncio.get_running_loop()

        def back(finished: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has gone: the kiosk is closing
                loop.call_soon_threadsafe(self.call_later, self._result, finished, done)

        future.add_done_callback(back)

    def _result(self, finished: Future[T], done: Callable[[T], None]) -> None:
        error = finished.exception()
        if error is None:
            done(finished.result())
            return
        if self._desk is not None:
            # Open already: a background read that failed is tried again at the next minute.
            log.error("not read: %s", place_of(error))
            return
        log.error("not opened: %s", place_of(error))
        self.trouble = error if isinstance(error, Trouble) else self.trouble
        self.exit(LEFT if self.trouble else RESTART)

    # ---- time

    def _tick(self) -> None:
        """Once a minute: the clock in the header, and the day on the welcome."""
        self.set_timer(self.clock.seconds_to_next_minute() + 0.01, self._tick)
        self._tell_time()
        if self._desk is not None and self.screen is self.reception:
            from models.half_days import sittings_of_day

            corner = self._desk.corner_id
            read = self.database.write(sittings_of_day, corner, self.clock.now())
            self._then(read, self._show_day)

    def _tell_time(self) -> None:
        if self._formats_ready and isinstance(self.screen, PublicScreen):
            now, language = self.clock.now(), self.screen.language
            self.screen.show_moment(f"{day(now, language, short=True)} · {hour(now, language)}")

    def _show_day(self, sittings: tuple[Sitting, ...]) -> None:
        if sittings != self._sittings:
            self._sittings = sittings
            self.reception.show_day(sittings)

    # ---- keys, cards, touches

    def touched(self) -> None:
        """Somebody is there."""
        self._idle.touched()

    def scanned(self, text: str) -> None:
        """A card was shown, here or on any other screen."""
        from models.words import Way

        self._take(text, Way.CARD)

    # ---- arriving

    @on(CodeTyped)
    def _code_typed(self, message: CodeTyped) -> None:
        from models.words import Way

        self._take(message.letters, Way.CODE)

    @on(NextTyping)
    def _next_typing(self) -> None:
        self._forget()

    @on(Wished)
    def _wished(self, message: Wished) -> None:
        if self._shown is not None:
            from models.arrival import Wish

            text, way = self._shown
            self._take(text, way, Wish(message.half_day_id, join=message.join))

    def _take(self, text: str, way: Way, wish: Wish | None = None) -> None:
        """Hand a code to the rule; answers come back in the order in which codes were shown."""
        now = self.clock.now()

        def rule(conn: Connection) -> Outcome:
            from models.arrival import check_in

            if self._desk is None:
                raise Trouble("not open")
            return check_in(conn, self._desk, text, way, now, wish)

        future = self.database.write(rule)
        loop = asyncio.get_running_loop()
        # The writer's thread does not know which app is running; the screens need to.
        context = contextvars.copy_context()

        def back(finished: Future[Outcome]) -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._answered, finished, text, way, context=context)

        future.add_done_callback(back)

    def _answered(self, finished: Future[Outcome], text: str, way: Way) -> None:
        """Show the answer, whatever was open before; only what is committed is confirmed."""
        error = finished.exception()
        try:
            self._show_answer(finished, error, text, way)
        except Exception as failure:  # outside Textual's own nets: this runs from the event loop
            self._handle_exception(failure)

    def _show_answer(
        self, finished: Future[Outcome], error: BaseException | None, text: str, way: Way
    ) -> None:
        answer = None
        if error is None:
            answer = finished.result()
            # Kept only while there is something to choose.
            self._shown = (text, way) if answer.choices or answer.can_join else None
        else:
            log.error("not stored: %s", place_of(error))
            self._shown = None
        self._close_screens()
        self.reception.answer(answer)
        self.call_after_refresh(self._tell_time)
        self._idle.watch()

    # ---- going home

    @on(Finished)
    def go_home(self) -> None:
        """Wipe what belonged to the person and show the welcome."""
        self._close_screens()
        self.reception.wipe()
        self._scanner.wipe()
        self._forget()

    def _forget(self) -> None:
        """The answer has gone from the reception, and with it what could be chosen there."""
        self._shown = None
        self._tell_time()

    def _close_screens(self) -> None:
        """Close and wipe what stands over the reception."""
        for screen in self.screen_stack[2:]:
            if isinstance(screen, PublicScreen):
                screen.wipe()
            self.pop_screen()

    def _go_home_soon(self) -> None:
        self.call_later(self.go_home)

    def _stays(self) -> float | None:
        return self.screen.stays if isinstance(self.screen, PublicScreen) else None

    # ---- the staff's way out

    @on(StaffWanted)
    def _ask_pin(self) -> None:
        from screens.pin import PinScreen

        look = self.front.look
        self._open_screen(PinScreen(look.corner_name, look.language, self.front.banner, self.front.pin_hint))

    @on(SampleWanted)
    def _show_sample(self) -> None:
        from screens.card import CardScreen

        if self.front.sample_card is not None:
            look = self.front.look
            self._open_screen(CardScreen(look.corner_name, look.language, self.front.sample_card()))

    @on(LeaveWanted)
    def _leave(self) -> None:
        self.exit(LEFT)

    def _open_screen(self, screen: PublicScreen) -> None:
        self.reception.wipe()
        self.push_screen(screen)
        self._tell_time()
        self._idle.watch()

    @on(PinGiven)
    def _pin_given(self, message: PinGiven) -> None:
        self.run_worker(self._try_pin(message.pin), exit_on_error=False)

    async def _try_pin(self, pin: str) -> None:
        from kiosk.staff_door import try_pin
        from screens.leave import LeaveScreen
        from screens.pin import PinScreen

        current, look, now = self.screen, self.front.look, self.clock.now()
        if self._desk is None or not isinstance(current, PinScreen):
            return
        pad: PinScreen = current
        translate = translator(look.language)
        try:
            answer = await try_pin(self.database, self._desk, pin, now)
        except Exception as error:  # a worker's failure would leave the pad locked
            log.error("PIN not tried: %s", place_of(error))
            pad.say(translate("Code non vérifié. Appelez le service technique."))
            return
        if self.screen is not current:
            return
        if answer.staff_id is not None:
            self.pop_screen()
            self._open_screen(LeaveScreen(look.corner_name, look.language, self.front.banner))
        elif answer.until is not None:
            seconds = max(2, round((answer.until - now).total_seconds()))
            pad.say(translate("Trop d'essais. Attendez {n} secondes.", n=seconds))
        else:
            pad.say(translate("Ce code n'est pas le bon. Essayez encore."))

    # ---- after a failure

    async def recover(self) -> None:
        """Make the screens anew; when that does not help either, let the process start anew."""
        now = monotonic()
        self._failed_at = [at for at in self._failed_at if now - at < FAILURE_WINDOW] + [now]
        if len(self._failed_at) > MOST_FAILURES:
            self.exit(RESTART)
            return
        self._shown = None
        while len(self.screen_stack) > 1:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(_awaited(self.pop_screen()), timeout=2)
        self._new_reception()
        await self.push_screen(self.reception)
        if self._desk is not None:
            await self.reception.prepare()
        self.reception.show_day(self._sittings)
        self._tell_time()


def _driver() -> type[Driver] | None:
    """The driver that survives every input, where the terminal is Linux's; else Textual's choice."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from kiosk.terminal import KioskDriver

    return KioskDriver


async def _awaited(waiting: Awaitable[object]) -> None:
    await waiting
