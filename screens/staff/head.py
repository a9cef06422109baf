"""The head of the roster: which half-day, how many are there, and who needs somebody now."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from screens.widgets.key import Key


class Head(Horizontal):
    """Three lines between the keys to what comes before and after."""

    DEFAULT_CSS = """
    Head { width: 100%; height: 3; padding: 0 1; }
    Head Key { min-width: 7; width: 7; padding: 0; }
    Head Vertical { width: 1fr; height: 3; padding: 0 1; }
    Head Static { width: 100%; height: 1; text-wrap: nowrap; text-overflow: ellipsis; color: $quiet; }
    Head #what { text-style: bold; color: $ink; }
    Head #alert.-calls { color: $wait-ink; background: $wait; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._what = Static("", id="what", markup=False)
        self._counts = Static("", id="counts", markup=False)
        self._alert = Static("", id="alert", markup=False)

    def compose(self) -> ComposeResult:
        """The keys and the lines."""
        yield Key("‹", id="before", repeats=True)
        yield Vertical(self._what, self._counts, self._alert)
        yield Key("›", id="after", repeats=True)

    def say(self, what: str, counts: str) -> None:
        """Which half-day this is, and how many are there."""
        for line, text in ((self._what, what), (self._counts, counts)):
            if line.content != text:
                line.update(text, layout=False)

    def alert(self, said: str, *, calls: bool) -> None:
        """Who calls, or who is signed in."""
        self._alert.set_class(calls, "-calls")
        if self._alert.content != said:
            self._alert.update(said, layout=False)

    def wipe(self) -> None:
        """Forget everything."""
        self.say("", "")
        self.alert("", calls=False)
