"""The roster: the group on one screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from screens.messages import Finished
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import Key


class RosterScreen(StaffScreen):
    """The people of a half-day."""

    def __init__(self, frame: Frame, name: str) -> None:
        super().__init__(frame)
        self._who = name

    def parts(self) -> Iterable[Widget]:
        """For now: who is signed in."""
        yield Static(self._who, id="title", markup=False)
        yield Static(classes="question")
        yield self.said
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield Key(self.translate("Terminé"), id="home", main=True)

    def go_back(self) -> None:
        """Escape leaves the team's side."""
        self.post_message(Finished())
