"""The programs the kiosk is compared with: ``python -m bench.programs bare``, ``plain``, ``floor FILE``
and ``table FILE``.

Bare is the least Textual program. Plain has screens with as many of Textual's own buttons as the kiosk
has keys, and nothing behind them. Table shows rows in Textual's own table. The floor is the practical
limit of a kiosk: keys are gathered unseen, Enter makes one durable raw check-in in the thread of the
screen and shows the name.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

from bench import READY


class Bare(App[None]):
    """One text."""

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static(READY, id="text")


class Floor(Bare):
    """One text that becomes a name."""

    def __init__(self, file: str) -> None:
        super().__init__()
        import time

        from bench import raw

        self._check_in, self._time = raw.check_in, time
        self._conn = raw.connect(file)
        self._code = ""

    def on_key(self, event) -> None:
        """Gather a code; Enter stores it."""
        if event.key == "enter":
            at = self._time.strftime("%Y-%m-%dT%H:%M:%S")
            name = self._check_in(self._conn, self._code, at)
            self.query_one("#text", Static).update(f"welcome {name}")
            self._code = ""
        elif event.character:
            self._code += event.character


def _named(name: str) -> App[None]:
    if name == "plain":
        from bench.plain import PlainApp

        return PlainApp()
    if name == "table":
        from bench.table import TableApp

        return TableApp(sys.argv[2])
    return Floor(sys.argv[2]) if name == "floor" else Bare()


if __name__ == "__main__":
    _named(sys.argv[1]).run()
