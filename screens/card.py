"""A card on the screen, to be tried with a scanner in a rehearsal. Any key or touch closes it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.containers import Center
from textual.widget import Widget
from textual.widgets import Static

from screens.messages import Finished
from screens.public import PublicScreen
from screens.widgets.qr import Modules, QrCode


class CardScreen(PublicScreen):
    """Shows the QR of one card; on the smallest grid the code alone fills the screen."""

    stays = 60
    warns = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    CardScreen { align: center middle; }
    CardScreen Center { height: auto; }
    CardScreen #how { width: 1fr; text-align: center; height: 1; margin: 1 0 0 0; }
    CardScreen.-short #how, CardScreen.-short Header { display: none; }
    """

    def __init__(self, place: str, language: str, code: Modules) -> None:
        super().__init__(place, language)
        # Three modules of quiet zone instead of four: the code then fits sixteen rows.
        self._code = QrCode(code, quiet=3)

    def parts(self) -> Iterable[Widget]:
        """The code and one sentence."""
        with Center():
            yield self._code
        yield Static(self.translate("Passez ce carré sous le lecteur."), id="how", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Close."""
        event.stop()
        self.post_message(Finished())

    def on_click(self) -> None:
        """Close."""
        self.post_message(Finished())
