"""The top line: where we are, what day and hour it is, and whether this is a rehearsal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget


class Header(Widget):
    """One line of place and time; a second one where a banner has to be said."""

    DEFAULT_CSS = """
    Header {
        dock: top;
        height: 1;
        background: $ground;
        color: $quiet;
    }
    Header.-banner { height: 2; }
    """

    def __init__(self, place: str, banner: str = "") -> None:
        super().__init__()
        self._place = place
        self._moment = ""
        self._banner = banner
        self.set_class(bool(banner), "-banner")

    def show_moment(self, moment: str) -> None:
        """Show day and hour, as text in the language of the screen."""
        if moment != self._moment:
            self._moment = moment
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Place at the left, moment at the right; on a narrow grid the moment is cut first."""
        width = self.size.width
        style = self.rich_style
        if y == 1:
            colours = self.app.theme_variables
            from rich.style import Style

            loud = Style.parse(f"{colours['wait-ink']} on {colours['wait']}")
            return Strip([Segment(set_cell_size(f" {self._banner}", width), loud)], width)
        place = f" {self._place}"
        moment = f"{self._moment} "
        room = width - cell_len(place) - cell_len(moment)
        if room < 1:
            moment = f"{self._moment.rpartition('·')[2].strip()} "
            room = width - cell_len(place) - cell_len(moment)
        if room < 1:
            place, moment, room = set_cell_size(place, width), "", 0
        return Strip([Segment(place + " " * room + moment, style)], width)
