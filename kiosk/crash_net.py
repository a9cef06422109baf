"""Nothing that goes wrong reaches a person as more than a fresh welcome.

Textual ends the pump of the node that raised and prints local variables (names, answers) on the
screen. Here a failure is written to the log as a type and a place, never a value, and the screens are
made anew. The app's own pump has to be caught one step earlier, or it would end too.
"""

from __future__ import annotations

import logging
import traceback
from typing import TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from kiosk.trouble import Trouble

log = logging.getLogger("kiosk")

Result = TypeVar("Result")


def place_of(error: BaseException) -> str:
    """Type and places of a failure; no message and no values, which may hold names (P-32)."""
    frames = traceback.extract_tb(error.__traceback__)
    # The sentence of a trouble, without its values, is the house's own.
    sentence = error.sentence if isinstance(error, Trouble) else ""
    return " < ".join(
        [
            f"{type(error).__name__} {sentence}".strip(),
            *(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[:-8:-1]),
        ]
    )


class CrashNet(App[Result]):
    """An app that survives its own failures."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class)
        self.failures: list[str] = []
        """Type and place of what was caught: no exception, which would keep names in memory."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:  # the app's own pump must outlive every handler
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        place = place_of(error)
        self.failures.append(place)
        del self.failures[:-20]
        log.error("failure: %s", place)
        if not self.is_running or len(self.screen_stack) == 0:
            self._return_code = 1
            self._close_messages_no_wait()
            return
        self.call_later(self.recover)

    def panic(self, *renderables: RenderableType) -> None:
        """Textual gives up: close, and print nothing of what it has to say."""
        log.error("panic")
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Close without drawing a traceback over the public screen."""
        self._return_code = 1
        self._close_messages_no_wait()

    async def recover(self) -> None:
        """Go on after a failure; an app that does not know how closes."""
        self._fatal_error()
