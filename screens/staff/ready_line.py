"""One line that says whether the day can begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widgets import Static

from assets.languages import translator
from screens.staff.messages import LightWanted
from screens.staff.ready_words import Light, summary
from screens.staff.sharing_words import Standpoint

if TYPE_CHECKING:
    from screens.staff.ready_words import Signal


class ReadyLine(Static):
    """Asks the app when it is mounted, and shows what it is told: green, or one sentence to act on."""

    standpoint = Standpoint.DAY
    DEFAULT_CSS = """
    ReadyLine { width: 100%; height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    ReadyLine.-good { color: $good-ink; background: $good; }
    ReadyLine.-act { color: $wait-ink; background: $wait; text-style: bold; }
    """

    def __init__(self, language: str) -> None:
        super().__init__("", id="ready", markup=False)
        self._translate = translator(language)

    def on_mount(self) -> None:
        """Ask how the kiosk is."""
        self.ask()

    def ask(self) -> None:
        """Look again."""
        self.post_message(LightWanted(self))

    def show_light(self, signals: Sequence[Signal]) -> None:
        """Show the most urgent of it."""
        light, said = summary(signals, self._translate)
        for one in Light:
            self.set_class(one is light, f"-{one}")
        self.update(said)
