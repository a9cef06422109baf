"""A part of the kiosk that lives beside the app's class: it is read when somebody wants it first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from textual.message import Message

    from kiosk.paper_side import PaperSide

Hearing = TypeVar("Hearing", bound=Callable[..., None])


def hears(kind: type[Message]) -> Callable[[Hearing], Hearing]:
    """Mark what is done about a message."""

    def marked(method: Hearing) -> Hearing:
        method.__dict__["hears"] = kind
        return method

    return marked


class Side:
    """Does what its screens ask for, each message by the method that hears it."""

    def __init__(self, app: PaperSide) -> None:
        self.app = app
        found = (getattr(type(self), name) for name in dir(type(self)))
        self._hearing = {method.hears: method for method in found if hasattr(method, "hears")}

    def take(self, message: Message) -> None:
        """Do what a screen asks for."""
        method = self._hearing[type(message)]
        # A method that needs nothing of the message does not ask for it.
        method(self, *(message,)[: method.__code__.co_argcount - 1])

    def back_to(self, kind: type) -> None:
        """Take away what stands over a screen of this kind, where there is one."""
        from screens.public import PublicScreen

        if not any(isinstance(screen, kind) for screen in self.app.screen_stack):
            return
        while not isinstance(self.app.screen, kind):
            if isinstance(self.app.screen, PublicScreen):
                self.app.screen.wipe()
            self.app.pop_screen()

    def gone(self) -> None:
        """Whoever stood there has gone, and what is known of them with them."""

    def closed(self) -> None:
        """The kiosk closes: no program that was started here outlives it."""
