"""A QR code in half blocks, black on white whatever the theme, with its quiet zone."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

Modules = tuple[tuple[bool, ...], ...]
"""A QR code's modules, row by row, true for black, without quiet zone."""

_STYLES = {
    (upper, lower): Style.parse(f"{'#000000' if upper else '#ffffff'} on {'#000000' if lower else '#ffffff'}")
    for upper in (False, True)
    for lower in (False, True)
}


class QrCode(Widget):
    """Draws modules as large as a terminal can: one cell is two modules high."""

    DEFAULT_CSS = """
    QrCode { width: auto; height: auto; }
    """

    def __init__(self, code: Modules, *, quiet: int = 4) -> None:
        super().__init__()
        side = len(code) + 2 * quiet
        blank = (False,) * side
        edge = (False,) * quiet
        self._rows = [blank] * quiet + [edge + row + edge for row in code] + [blank] * quiet
        if len(self._rows) % 2:
            self._rows.append(blank)

    def forget(self) -> None:
        """Draw nothing of the code any more."""
        self._rows = [(False,) * len(row) for row in self._rows]
        self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Columns: one a module."""
        return len(self._rows[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows: one for two modules."""
        return len(self._rows) // 2

    def render_line(self, y: int) -> Strip:
        """One row of cells, each an upper half block with both colours given."""
        upper, lower = self._rows[2 * y], self._rows[2 * y + 1]
        cells = [Segment("▀", _STYLES[pair]) for pair in zip(upper, lower, strict=True)]
        return Strip(cells, len(cells))
