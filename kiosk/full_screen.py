"""An app that has the whole screen: the house's colours, and nothing of Textual's own to get lost in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.clock import monotonic
from kiosk.listening import Listening
from kiosk.signals import ignore_keys, when_told_to_end
from screens.themes import DEFAULT, themes

if TYPE_CHECKING:
    from textual.driver import Driver


LEFT = "left"
"""Result of an app that somebody closed."""

RESTART = "restart"
"""Result of an app that could not mend itself."""

WITHDRAWN = "withdrawn"
"""Result of an app whose kiosk was taken out of the network, and has delivered everything."""

INSTALLED = "installed"
"""Result of the first start when the kiosk stands."""

REHEARSAL = "rehearsal"
"""Result of the first start when somebody wants to try an invented day."""

MOST_FAILURES = 5
"""Failures within ``FAILURE_WINDOW`` after which the process starts anew."""

FAILURE_WINDOW = 10.0


class FullScreen(Listening[str], inherit_bindings=False):
    """What the kiosk and its first start have in common."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = ""
    CLOSE_TIMEOUT = 2.0

    def __init__(self, theme: str) -> None:
        self._themes = themes()  # Textual asks for the colours while it makes itself
        super().__init__(_driver())
        for known in self._themes.values():
            self.register_theme(known)
        self.theme = theme if theme in self._themes else DEFAULT
        self.animation_level = "none"
        self._failed_at: list[float] = []

    def on_mount(self) -> None:
        """No key ends the program; the system may."""
        when_told_to_end(lambda: self.exit(LEFT))
        ignore_keys()  # again: Textual's driver has just put its own handler for one of them

    def fails_too_often(self) -> bool:
        """Whether this failure is one too many to be mended by screens that are made anew."""
        now = monotonic()
        self._failed_at = [at for at in self._failed_at if now - at < FAILURE_WINDOW] + [now]
        return len(self._failed_at) > MOST_FAILURES

    async def take_screens_away(self) -> None:
        """Take every screen away; one that failed cannot say that it has gone."""
        while len(self.screen_stack) > 1:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(_awaited(self.pop_screen()), timeout=2)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The house's own colours, which the styles of the screens name."""
        return dict(self._themes[DEFAULT].variables)


async def _awaited(waiting: Awaitable[object]) -> None:
    await waiting


def _driver() -> type[Driver] | None:
    """The driver that survives every input, unless another is asked for."""
    if "TEXTUAL_DRIVER" in os.environ:
        return None
    from kiosk.terminal import KioskDriver

    return KioskDriver
