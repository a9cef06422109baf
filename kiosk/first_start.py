"""The first start on an empty home: a few questions on the screen, then everything is written at once."""

from __future__ import annotations

import asyncio
import logging

from textual import on

from assets.languages import N_
from kiosk.clock import Clock
from kiosk.crash_net import place_of
from kiosk.full_screen import INSTALLED, LEFT, REHEARSAL, RESTART, FullScreen
from kiosk.home import Home
from kiosk.installing import install
from kiosk.trouble import Trouble
from models.pins import new_pin
from screens.first_start import AccountNameScreen, BeginScreen, CornerScreen, PinShownScreen
from screens.messages import (
    AccountNamed,
    BackWanted,
    CornerChosen,
    InstallWanted,
    LeaveWanted,
    PinNoted,
    RehearsalWanted,
)

log = logging.getLogger("kiosk")


class FirstStart(FullScreen, inherit_bindings=False):
    """Nothing is written before the last answer: pulling the plug only means that it asks again."""

    def __init__(self, home: Home, clock: Clock, theme: str, language: str) -> None:
        super().__init__(theme)
        self._home = home
        self._clock = clock
        self._begin = BeginScreen(language)
        self._corner = ""
        self._account = ""
        self._pin = ""
        self._writing = False

    @property
    def language(self) -> str:
        """What was chosen on the first screen; it becomes the kiosk's language."""
        return self._begin.language

    def on_mount(self) -> None:
        """Ask the first question."""
        self.push_screen(self._begin)

    @on(InstallWanted)
    def _ask_corner(self) -> None:
        self.push_screen(CornerScreen(self.language))

    @on(RehearsalWanted)
    def _rehearse(self) -> None:
        self.exit(REHEARSAL)

    @on(LeaveWanted)
    def _leave(self) -> None:
        self.exit(LEFT)

    @on(CornerChosen)
    def _ask_name(self, message: CornerChosen) -> None:
        self._corner = message.corner_id
        self.push_screen(AccountNameScreen(self.language))

    @on(AccountNamed)
    def _show_pin(self, message: AccountNamed) -> None:
        self._account = message.name
        # Whoever went back and comes again sees the code that is noted already.
        self._pin = self._pin or new_pin()
        self.push_screen(PinShownScreen(self.language, self._account, self._pin))

    @on(BackWanted)
    def _back(self) -> None:
        if len(self.screen_stack) > 2 and not self._writing:
            self.pop_screen()

    @on(PinNoted)
    def _write(self) -> None:
        if not self._writing:
            self._writing = True
            self.run_worker(self._install(), exit_on_error=False)

    async def _install(self) -> None:
        """Write everything away from the screen, which is told where that fails."""
        now = self._clock.now()
        try:
            await asyncio.to_thread(
                install, self._home, self._corner, self._account, self._pin, self.language, now
            )
        except Exception as error:  # a worker's failure would leave the screen deaf
            log.error("not installed: %s", place_of(error))
            self._writing = False
            self._tell(error)
            return
        self.exit(INSTALLED)

    def _tell(self, error: Exception) -> None:
        screen = self.screen
        if isinstance(screen, PinShownScreen):
            unknown = Trouble(
                N_("L'installation n'est pas finie. Essayez encore, ou appelez le service technique.")
            )
            screen.say((error if isinstance(error, Trouble) else unknown).told(screen.translate))

    async def recover(self) -> None:
        """After a failure: the first question anew, since a screen that failed is deaf."""
        if self.fails_too_often():
            self.exit(RESTART)
            return
        self._writing = False
        self._begin = BeginScreen(self.language)
        await self.take_screens_away()
        await self.push_screen(self._begin)
