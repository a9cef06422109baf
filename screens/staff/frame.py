"""What every screen of the team's side has in common: it asks, is answered, and says what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual.widgets import Static

from assets.languages import N_
from screens.public import PublicScreen
from screens.staff.messages import StaffAsks, StaffOpens

if TYPE_CHECKING:
    from models.requests import Request

T = TypeVar("T")

Frame = tuple[str, str, str]
"""What every screen is told first: the place, the language, the banner."""

SILENT = N_("Noms cachés : la borne doit d'abord joindre le serveur.")


class StaffScreen(PublicScreen):
    """A screen behind the PIN.

    It asks with ``ask`` and is answered in ``answered``; after somebody else has changed something, here
    or on another kiosk, ``changed`` is called. What was typed and shown goes with ``wipe``.
    """

    # 20 s of warning before the sign-in ends after 180 s (A-19, P-18).
    stays = 160
    warns = True
    DEFAULT_CSS = """
    StaffScreen #said { width: 100%; height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    StaffScreen #title { width: 100%; height: 1; padding: 0 2; text-style: bold; }
    StaffScreen .keys { width: 100%; height: 3; padding: 0 1; }
    StaffScreen .keys > Key { margin: 0 0 0 1; padding: 0; min-width: 8; width: 1fr; }
    StaffScreen .keys > Key:first-child { margin: 0; }
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(*frame)
        self.frame = frame
        self.said = Static("", id="said", markup=False)
        """One line for what became of the last touch; a screen puts it where it likes."""
        self.wiped = False
        """Whether it is on its way out: an answer that comes now would bring back what has been forgotten."""

    def ask(self, request: Request[Any], then: Request[Any] | None = None) -> None:
        """Ask for something; ``then`` is asked in the same moment, and answered after it."""
        self.post_message(StaffAsks(self, request, then))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """What was asked for has been done, and is on the disk."""

    def refused(self, request: Request[Any]) -> None:
        """The role may not do this."""
        self.say(self.translate("Votre compte ne permet pas cela."))

    def silenced(self) -> None:
        """Nobody may, until the kiosk has heard of its hub again."""
        self.say(self.translate(SILENT))

    def heard(self) -> None:
        """It may: what was said of that holds no more."""
        if self.said.content == self.translate(SILENT):
            self.say("")

    def failed(self, request: Request[Any]) -> None:
        """Nothing has been done."""
        self.say(
            self.translate("Rien n'est noté : essayez encore.")
            if request.writes
            else self.translate("La borne ne peut pas lire la base : appelez le service technique.")
        )

    def changed(self) -> None:
        """Something in the database has changed: what is shown may be old."""

    def open(self, screen: StaffScreen) -> None:
        """Put another screen over this one."""
        self.post_message(StaffOpens(screen))

    def say(self, sentence: str) -> None:
        """Say something of what was touched last."""
        if self.said.content != sentence:
            self.said.update(sentence, layout=False)

    def wipe(self) -> None:
        """Forget what was said; what is asked for already is not shown any more."""
        self.wiped = True
        self.said.update("")
