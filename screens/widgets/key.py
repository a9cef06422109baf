"""A key: three rows, a rounded frame, one plain word or two; works by touch and by Enter."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

SAME_TOUCH = 0.5
"""Seconds within which a second touch of the same key is the same touch (A-24)."""


class Key(Widget, can_focus=True):
    """A touch target of at least three rows and sixteen columns (A-06); acts when the finger lifts (A-26).

    Not Textual's ``Button``: that one cannot write a double letter at a child's pace, and its styles
    weigh on the way from the card to the welcome.
    """

    FOCUS_ON_CLICK = False
    DEFAULT_CSS = """
    Key {
        width: auto;
        min-width: 16;
        height: 3;
        padding: 0 2;
        content-align: center middle;
        text-align: center;
        background: $ground;
        color: $ink;
        border: round $line;
    }
    Key.-main {
        background: $accent;
        color: $accent-ink;
        border: round $accent-line;
        text-style: bold;
    }
    Key:focus { border: heavy $focus; text-style: bold; }
    Key.-main:focus { border: heavy $accent-ink; background: $accent; }
    """

    class Pressed(Message):
        """Somebody pressed a key."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

        @property
        def control(self) -> Key:
            """The key, for ``@on(Key.Pressed, "#id")``."""
            return self.key

    def __init__(
        self,
        label: str,
        *,
        id: str | None = None,
        main: bool = False,
        repeats: bool = False,
        wide: bool = False,
    ) -> None:
        classes = [name for name, given in (("-main", main), ("-wide", wide)) if given]
        super().__init__(id=id, classes=" ".join(classes) or None)
        self._label = label
        self._repeats = repeats
        self._last_press = float("-inf")

    @property
    def label(self) -> str:
        """The words on the key."""
        return self._label

    def say(self, label: str) -> None:
        """Put other words on the key."""
        if label != self._label:
            # A page of other letters needs no new layout, which takes far longer. Not measured in cells:
            # Rich would remember the texts, and a name may be one.
            as_long = len(label) == len(self._label)
            self._label = label
            self.refresh(layout=not as_long)

    def render(self) -> Content:
        """The words as plain content: a name in a label must not be read as markup."""
        return Content(self._label)

    def on_click(self, event: events.Click) -> None:
        """A touch that began and ended here."""
        event.stop()
        self._press(event.time)

    def on_key(self, event: events.Key) -> None:
        """Enter or blank, while this key has the focus."""
        if event.key in ("enter", "space"):
            event.stop()
            event.prevent_default()
            self._press(event.time)

    def _press(self, time: float) -> None:
        if self._repeats or time - self._last_press >= SAME_TOUCH:
            self._last_press = time
            self.post_message(self.Pressed(self))
