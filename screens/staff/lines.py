"""A list that somebody of the team works through: a few lines a page, each with its keys."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Generic, TypeVar

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import SAME_TOUCH, Key
from screens.widgets.lettered_key import LetteredKey

LineT = TypeVar("LineT")

HIGH = 3
"""Rows of a line: those of a key."""


class LineKey(LetteredKey):
    """What is done with one line, whatever stands in its place by the time it is heard."""

    DEFAULT_CSS = """
    LineKey.-chosen { border: heavy $accent; text-style: bold; }
    LineKey.-chosen:focus { border: heavy $focus; }
    """

    def __init__(
        self, label: str, line: object, wanted: str, *, chosen: bool = False, letter: str = ""
    ) -> None:
        super().__init__(label, letter)
        self.set_class(chosen, "-chosen")
        self.line: object | None = line
        self.wanted = wanted

    def render(self) -> Content:
        """Its letter underlined, where it has one."""
        return super().render() if self.letter else Content(self.label)

    def forget(self) -> None:
        """Forget whom it is about."""
        self.line = None


class LinesScreen(StaffScreen, Generic[LineT]):
    """The same list stays as it is under the finger; what is decided makes room for the next line.

    By keys alone up and down go from line to line, and the cursor stays in its place as the lines move up.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-high")]
    DEFAULT_CSS = """
    LinesScreen #lines { width: 100%; max-width: 110; height: 1fr; padding: 1 2 0 2; }
    LinesScreen .line { height: 3; width: 100%; }
    LinesScreen .line Static {
        width: 1fr; height: 3; content-align: left middle; text-wrap: nowrap; text-overflow: ellipsis;
    }
    LinesScreen.-high .line { margin: 0 0 1 0; }
    LinesScreen .line:focus-within Static { color: $accent; }
    LinesScreen .line Key { margin: 0 0 0 1; padding: 0; min-width: 12; }
    LinesScreen.-narrow .line Key { min-width: 8; }
    LinesScreen .actions > Key { padding: 0; margin: 0; }
    LinesScreen #nothing { height: 1fr; width: 100%; content-align: center middle; }
    """

    heading = ""
    """What the list is called; empty where the key that leads to it says enough."""
    nothing = N_("Rien à régler.")
    """What stands there once nothing is left."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._lines: list[LineT] = []
        self._page = 0
        self._drawn = False
        self._decided_at = float("-inf")
        self._typed = ("", float("-inf"))
        """The letter that was typed last, and when."""
        self._next_page = Key(self.translate("Suite"), id="more")
        self._drawing = asyncio.Lock()
        """A decision and a new size may come at the same time."""

    def parts(self) -> Iterable[Widget]:
        """The lines and the foot."""
        if self.heading:
            yield Static(self.translate(self.heading), id="title", markup=False)
        yield Vertical(id="lines")
        yield self.said
        with Horizontal(classes="actions"):
            yield self._next_page
            yield from self.foot()
            yield Static(classes="gap")
            yield self.back_key()

    def foot(self) -> Iterable[Widget]:
        """More keys of the foot."""
        return ()

    async def on_mount(self) -> None:
        """Ask for the list."""
        self._next_page.display = False
        self.changed()

    async def on_resize(self) -> None:
        """As many lines as fit."""
        await self._draw()

    @abstractmethod
    def said_of(self, line: LineT) -> Sequence[str]:
        """What stands on a line, in at most three rows; the first is the one to read."""

    @abstractmethod
    def keys_of(self, line: LineT) -> Iterable[LineKey]:
        """What can be done with it."""

    @abstractmethod
    def wants(self, key: LineKey) -> None:
        """A key of a line was touched."""

    def show(self, lines: Sequence[LineT]) -> None:
        """Show what is left; looked at from time to time, the same lines stay as they are."""
        if not self._drawn or list(lines) != self._lines:
            self._lines = list(lines)
            self.run_worker(self._draw(), exit_on_error=False)

    async def _draw(self) -> None:
        async with self._drawing:
            for box in self.query("#lines").results(Vertical):  # none where the screen is on its way out
                await self._draw_in(box)

    async def _draw_in(self, box: Vertical) -> None:
        taken = 7 if self.heading else 6
        apart = HIGH + self.has_class("-high")
        fit = max(1, (self.size.height - taken) // apart)
        pages = max(1, ceil(len(self._lines) / fit))
        self._page %= pages
        shown = self._lines[self._page * fit : (self._page + 1) * fit]
        self._drawn = True
        at = self._cursor
        await box.remove_children()
        if not box.is_attached:
            return
        if not shown:
            await box.mount(Static(self.translate(self.nothing), id="nothing", markup=False))
        await box.mount_all(self._row(line) for line in shown)
        self._next_page.display = pages > 1
        if at is not None and shown:
            self._put_cursor(min(at[0], len(shown) - 1), at[1])

    def _row(self, line: LineT) -> Widget:
        first, *more = (part for part in self.said_of(line) if part)
        said = Content("\n".join((first, *more))).stylize("bold", 0, len(first))
        return Horizontal(Static(said, markup=False), *self.keys_of(line), classes="line")

    @on(Key.Pressed, ".line Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        key = event.key
        # The next line moves up under the finger: a second touch at once still means the first, and
        # so does a key that stays down.
        at_once = event.time - self._decided_at < SAME_TOUCH
        self._decided_at = event.time
        if isinstance(key, LineKey) and key.line and not at_once:
            self.wants(key)

    # ---- by keys alone

    @property
    def _cursor(self) -> tuple[int, int] | None:
        """Which line has the focus, and which of its keys; ``None`` where it is somewhere else."""
        for number, row in enumerate(self.query(".line")):
            keys = list(row.query(LineKey))
            if self.focused in keys:
                return number, keys.index(self.focused)
        return None

    def _put_cursor(self, number: int, column: int) -> None:
        keys = list(self.query(".line")[number].query(LineKey))
        if keys:
            self.set_focus(keys[min(column, len(keys) - 1)])

    def on_key(self, event: events.Key) -> None:
        """Up and down go from line to line; a letter presses its key on the line with the cursor."""
        letter = (event.character or "").casefold()
        if event.key in ("pageup", "pagedown") and self._next_page.display:
            self._page += 1 if event.key == "pagedown" else -1
            self.run_worker(self._draw(), exit_on_error=False)
        elif event.key in ("up", "down") and self.query(".line"):
            self._move_cursor(1 if event.key == "down" else -1)
        elif letter and (keys := [key for key in self._reached_by_letter() if key.letter == letter]):
            before, at = self._typed
            self._typed = letter, event.time
            if letter != before or event.time - at >= SAME_TOUCH:
                keys[0].typed(event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    def _reached_by_letter(self) -> Iterable[LetteredKey]:
        """Keys of the line with the cursor, then those that stand by themselves."""
        at = self._cursor
        if at is not None:
            yield from self.query(".line")[at[0]].query(LineKey)
        yield from (key for key in self.query(".actions LetteredKey").results(LetteredKey) if key.display)

    def _move_cursor(self, by: int) -> None:
        """To the line before or after; below the last one to the foot, and from there back."""
        last, at = len(self.query(".line")) - 1, self._cursor
        if at is None:
            self._put_cursor(0 if by > 0 and self.focused is None else last, 0)
        elif at[0] + by > last:
            self.set_focus(next(key for key in self.query(".actions Key").results(Key) if key.focusable))
        else:
            self._put_cursor(max(0, at[0] + by), at[1])

    @on(Key.Pressed, "#more")
    async def _more(self, event: Key.Pressed) -> None:
        event.stop()
        self._page += 1
        await self._draw()

    def wipe(self) -> None:
        """Forget who is on the list."""
        super().wipe()
        for key in self.query(LineKey):
            key.forget()
        self._lines = []
        for line in self.query(".line Static").results(Static):
            line.update("")
