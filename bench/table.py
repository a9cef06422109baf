"""The same rows in Textual's own ``DataTable``: what a roster costs that nobody has drawn by hand.

Page Down and Page Up change from one group to the other.
"""

from __future__ import annotations

import json
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import DataTable

COLUMNS = ("n", "name", "state", "reference")

Rows = list[list[str]]


class TableApp(App[None]):
    """One table and two groups."""

    AUTO_FOCUS = ""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._groups: list[Rows] = json.loads(Path(file).read_text("utf-8"))

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(id="table")

    def on_mount(self) -> None:
        """The first group."""
        self.query_one(DataTable).add_columns(*COLUMNS)
        self._show(0)

    def _show(self, group: int) -> None:
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(self._groups[group])

    def on_key(self, event: events.Key) -> None:
        """The other group."""
        if event.key in ("pagedown", "pageup"):
            event.stop()
            self._show(int(event.key == "pagedown"))
