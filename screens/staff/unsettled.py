"""The half-days that are over and not closed: a list that can reach zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import Counted, day, hours
from models.unsettled import Unsettled, UnsettledHalfDays
from screens.staff.closing import ClosingScreen
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.pick_list import Pick, PickList
from screens.wording import where

if TYPE_CHECKING:
    from models.answers import Sitting
    from models.requests import Request


class UnsettledScreen(StaffScreen):
    """One line a half-day, the oldest first; each opens its closing."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    UnsettledScreen #head { width: 100%; height: auto; padding: 0 2; color: $accent; text-style: bold; }
    UnsettledScreen #open { margin: 0; }
    UnsettledScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    UnsettledScreen.-tall #head { padding: 1 2; }
    """

    def __init__(self, frame: Frame, since: datetime | None = None) -> None:
        super().__init__(frame)
        self._since = since
        """From when on; ``None`` is the last days."""
        self._found = Unsettled()
        self._picked = 0
        self._head = Static("", id="head", markup=False)
        self._list = PickList(id="list")
        self._open_key = LetteredKey(self.translate("Ouvrir"), "o", id="open", main=True)

    def parts(self) -> Iterable[Widget]:
        """How many, which, and the way to them."""
        yield Static(self.translate("Demi-journées à clôturer"), id="title", markup=False)
        yield self._head
        yield self._list
        yield self.said
        with Horizontal(classes="actions"):
            yield self._open_key
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the list."""
        self._open_key.display = False
        self.changed()

    def changed(self) -> None:
        """Look again: a colleague may have closed one."""
        self.ask(UnsettledHalfDays(self._since))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what is left."""
        self._found = result
        self._draw()

    def _draw(self) -> None:
        translate, found = self.translate, self._found
        left = len(found.half_days)
        self._picked = max(0, min(self._picked, left - 1))
        counted = Counted("{n} demi-journée n'est pas clôturée.", "{n} demi-journées ne sont pas clôturées.")
        said = [translate(counted, n=left) if left else translate("Tout est clôturé.")]
        if found.beyond:
            older = Counted(
                "{n} demi-journée plus ancienne attend votre responsable.",
                "{n} demi-journées plus anciennes attendent votre responsable.",
            )
            said.append(translate(older, n=found.beyond))
        self._head.update("\n".join(said))
        self._list.show([self._line(one) for one in found.half_days], self._picked if left else None)
        self._open_key.display = left > 0

    def _line(self, half_day: Sitting) -> Pick:
        language = self.language
        span = hours(half_day.starts_at, half_day.ends_at, language)
        return Pick(day(half_day.starts_at, language), span, where(half_day, language))

    def on_key(self, event: events.Key) -> None:
        """Up and down go through the list, the letter opens what is picked."""
        left = len(self._found.half_days)
        if left and event.key in ("up", "down"):
            self._picked = (self._picked + (1 if event.key == "down" else -1)) % left
            self._draw()
        elif left and (event.character or "").casefold() == self._open_key.letter:
            self._open_key.typed(event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(PickList.Picked)
    def _line_touched(self, event: PickList.Picked) -> None:
        event.stop()
        self._picked = event.number
        self._draw()
        self._open_picked()

    @on(Key.Pressed, "#open")
    def _open_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._open_picked()

    def _open_picked(self) -> None:
        if self._picked < len(self._found.half_days):
            self.open(ClosingScreen(self.frame, self._found.half_days[self._picked].id))
