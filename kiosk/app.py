"""The full-screen kiosk: keys come in, cards become outcomes, nothing else gets out."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from textual import on

from assets.languages import day, local
from kiosk.card_side import CardSide
from kiosk.clock import Clock
from kiosk.crash_net import place_of
from kiosk.database import Database
from kiosk.full_screen import RESTART
from kiosk.home import Home
from kiosk.rooms import Front
from screens.messages import PinGiven, SampleWanted, SideMessage, StaffChosen, StaffWanted
from screens.reception import ReceptionScreen

# The rule is imported right after the first paint, in ``_get_ready``.
if TYPE_CHECKING:
    from datetime import date, datetime

    from kiosk.side import Side
    from models.accounts import Account
    from models.answers import Sitting
    from models.arrival import Desk
    from models.connection import Connection
    from screens.public import PublicScreen

log = logging.getLogger("kiosk")


class Kiosk(CardSide, inherit_bindings=False):
    """The app. ``prepare`` runs first in the writer's thread: it checks the settings and gives the desk."""

    def __init__(
        self, front: Front, clock: Clock, database: Database, prepare: Callable[[Connection], Desk]
    ) -> None:
        super().__init__(front, clock, database)
        self._prepare = prepare
        self._sittings: tuple[Sitting, ...] = ()
        self.sides: dict[str, Side] = {}
        """The parts beside this class that somebody has wanted already, by name."""
        self._today: date | None = None
        """The day of which what is unfinished is kept."""

    # ---- starting

    def on_mount(self) -> None:
        """Paint the welcome; everything heavy begins after that."""
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
        import hmac  # noqa: F401 (the first card will need it)

        from models.half_days import sittings_of_day

        self._desk = self._prepare(conn)
        language = self.front.look.language
        day(self.clock.now(), language)  # loads Babel and its data away from the screen
        self._formats_ready = True
        return sittings_of_day(conn, self._desk.corner_id, self.clock.now())

    def _opened(self, sittings: tuple[Sitting, ...]) -> None:
        self._show_day(sittings)
        self._tell_time()
        self._today = local(self.clock.now()).date()
        self.forget_old()
        self.forget_videos()
        self.call_later(self._ready_for_people)

    async def _ready_for_people(self) -> None:
        """What the first person would otherwise wait for; and what stays for ever leaves the collector."""
        await self.reception.prepare()
        gc.collect()
        gc.freeze()
        gc.enable()
        self._share()

    # ---- time

    def _tick(self) -> None:
        """Once a minute: the clock in the header, and the day on the welcome."""
        self.set_timer(self.clock.seconds_to_next_minute() + 0.01, self._tick)
        self._tell_time()
        self._share()
        if self._desk is not None and self._today != (today := local(self.clock.now()).date()):
            self._today = today
            self.forget_old()
        self.forget_videos()
        if self._desk is not None and self.screen is self.reception:
            from models.half_days import sittings_of_day

            corner = self._desk.corner_id
            read = self.database.write(sittings_of_day, corner, self.clock.now())
            self._then(read, self._show_day)
            self.home_again()

    def _share(self) -> None:
        """Share with the corner's other kiosks, from the minute on in which this one is enrolled."""
        if self._desk is not None and self.front.home is not None and Home(self.front.home).shares:
            from screens.staff.messages import SharingBegins

            self.post_message(SharingBegins())

    def forget_old(self) -> None:
        """A new day: a self-assessment that was not finished on its own is gone, and from the disk too."""
        from models.assessment.unfinished import forget_old

        done = self.database.write(forget_old, self.clock.now())
        self._then(done, lambda _: self._then(self.database.scrub(), lambda _: None), lambda _: None)

    def forget_videos(self) -> None:
        """A half-day is over: its videos are gone, whoever made them and however the kiosk ended since."""
        if self._desk is not None and self.videos.is_dir():
            from kiosk.videos import forget_past

            folder, now = self.videos, self.clock.now()
            # On the reader: a large file may take its time, and no arrival waits for it.
            self._then(self.database.read(lambda _: forget_past(folder, now)), lambda _: None)

    # ---- what lives beside this class

    @on(SideMessage)
    def _side_asked(self, message: SideMessage) -> None:
        """Each part is read when somebody wants it first."""
        side = self.sides.get(message.side)
        if side is None:
            from kiosk.sides import open_side

            side = self.sides[message.side] = open_side(message.side, self)
        side.take(message)

    def _close_screens(self) -> None:
        """They end with their screens."""
        for side in self.sides.values():
            side.gone()
        super()._close_screens()

    def _forget(self) -> None:
        """Also where screens are made anew after a failure."""
        for side in self.sides.values():
            side.gone()
        super()._forget()

    def close_sides(self) -> None:
        """The kiosk closes: no program that they have started outlives it."""
        for side in self.sides.values():
            side.closed()

    def home_again(self) -> None:
        """Say on the key of the team how many wait for it: somebody has been promised help."""
        from models.team_list import team_list

        desk, now = self._desk, self.clock.now()
        if desk is not None:
            read = self.database.write(lambda conn: len(team_list(conn, desk.corner_id, now)))
            self._then(read, lambda number: self.reception.show_open(number))

    def _show_day(self, sittings: tuple[Sitting, ...]) -> None:
        if sittings != self._sittings:
            self._sittings = sittings
            self.reception.show_day(sittings)

    # ---- the staff's way out

    @on(StaffWanted)
    def _ask_who(self) -> None:
        """Ask who signs in; where there is but one account, ask for its PIN at once."""
        from models.accounts import who_may_sign_in

        if self._desk is not None:
            self.reception.wipe()
            self._forget()
            self._then(self.database.read(who_may_sign_in), self._ask_one_of, self._cannot)

    def _ask_one_of(self, people: tuple[Account, ...]) -> None:
        if self.screen is not self.reception or self.reception.answering:
            return  # somebody has shown a card meanwhile
        if len(people) == 1:
            self._open_pad(people[0])
        else:
            from screens.who import WhoScreen

            self._open_screen(WhoScreen(*self.staff_frame, people))

    @on(StaffChosen)
    def _staff_chosen(self, message: StaffChosen) -> None:
        from screens.who import WhoScreen

        if isinstance(self.screen, WhoScreen):  # two fingers on two names: the first counts
            self._open_pad(message.account)

    def _open_pad(self, account: Account) -> None:
        """Ask for the PIN; a delay that runs already is told at once."""
        from models.pins import delayed_until
        from screens.pin import PinScreen

        desk, now = self._desk, self.clock.now()
        if desk is None:
            return
        pad = PinScreen(*self.staff_frame, account, self.front.pin_hint)
        self._open_screen(pad)

        def looked(until: datetime | None) -> None:
            if until is not None and self.screen is pad:
                pad.wait((until - now).total_seconds())

        read = self.database.read(delayed_until, desk.kiosk_id, account.id, desk.policy, now)
        self._then(read, looked)

    @on(SampleWanted)
    def _show_sample(self) -> None:
        from screens.card import CardScreen

        if self.front.sample_card is not None:
            look = self.front.look
            self.reception.wipe()
            self._open_screen(CardScreen(look.corner_name, look.language, self.front.sample_card()))

    @on(PinGiven)
    def _pin_given(self, message: PinGiven) -> None:
        self.run_worker(self._try_pin(message.pin), exit_on_error=False)

    async def _try_pin(self, pin: str) -> None:
        from kiosk.staff_door import try_pin
        from screens.pin import PinScreen

        current, now = self.screen, self.clock.now()
        if self._desk is None or not isinstance(current, PinScreen):
            return
        pad: PinScreen = current
        try:
            answer = await try_pin(self.database, self._desk, pad.staff_id, pin, now)
        except Exception as error:  # a worker's failure would leave the pad locked
            log.error("PIN not tried: %s", place_of(error))
            pad.say(pad.translate("Code non vérifié. Appelez le service technique."))
            return
        if self.screen is not current:
            return
        if answer.staff_id is not None:
            self.open_staff_side(answer.staff_id)
        elif answer.until is not None:
            pad.wait((answer.until - now).total_seconds())
        else:
            pad.say(pad.translate("Ce code n'est pas le bon. Essayez encore."))

    # ---- after a failure

    async def recover(self) -> None:
        """Make the screens anew; when that does not help either, let the process start anew."""
        if self.fails_too_often():
            self.exit(RESTART)
            return
        self._forget()
        self._scanner.wipe()
        for screen in self.screen_stack[1:]:
            # Textual may hold on to a screen that has gone; one that is broken may not wipe either.
            with suppress(Exception):
                cast("PublicScreen", screen).wipe()
        await self.take_screens_away()
        self._new_reception()
        await self.push_screen(self.reception)
        if self._desk is not None:
            await self.reception.prepare()
        self.reception.show_day(self._sittings)
        self._tell_time()
