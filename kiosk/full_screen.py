"""An app that has the whole screen: the house's colours, and nothing of Textual's own to get lost in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kiosk.listening import Listening
from screens.themes import DEFAULT, themes

if TYPE_CHECKING:
    from textual.driver import Driver


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

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The house's own colours, which the styles of the screens name."""
        return dict(self._themes[DEFAULT].variables)


def _driver() -> type[Driver] | None:
    """The driver that survives every input, where the terminal is Linux's; else Textual's choice."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from kiosk.terminal import KioskDriver

    return KioskDriver
