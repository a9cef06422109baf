"""Behind the PIN: close the kiosk, or go back."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from screens.messages import LeaveWanted
from screens.public import PublicScreen
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster


class LeaveScreen(PublicScreen):
    """Asks once before the kiosk closes."""

    stays = 60
    warns = False

    def parts(self) -> Iterable[Widget]:
        """The question and two keys."""
        translate = self.translate
        lines = [
            Line(translate("Les présences sont enregistrées.")),
            Line(translate("Plus personne ne pourra noter sa présence ici."), quiet=True),
        ]
        yield Poster(Plan(title=translate("Fermer la borne ?"), lines=[Line(), *lines]))
        with Horizontal(classes="actions"):
            yield self.back_key()
            yield Static(classes="gap")
            yield Key(translate("Fermer la borne"), id="leave", main=True)

    @on(Key.Pressed, "#leave")
    def _leave(self) -> None:
        self.post_message(LeaveWanted())
