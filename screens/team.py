"""Behind the PIN, until the facilitator's side is whole: who called, who came without a booking."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from math import ceil

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, hour
from models.team_list import Decision, TeamLine
from screens.messages import CloseWanted, Finished, TeamDecided
from screens.public import PublicScreen
from screens.widgets.key import Key
from screens.wording import where

WHY = {
    "asked": N_("Aide demandée"),
    "over": N_("Après la fin"),
    "other_corner": N_("Place dans un autre lieu"),
    "cancelled": N_("Réservation annulée"),
    "many": N_("Beaucoup sans réservation"),
    "same_name": N_("Deux personnes de ce nom"),
    "waiting": N_("Attend une place"),
    "walk_in": N_("Sans réservation"),
}
LABELS = {
    Decision.SETTLE: N_("Réglé"),
    Decision.ARRIVED: N_("Noter sa présence"),
    Decision.PLACE: N_("Donner la place"),
    Decision.TAKE_BACK: N_("Retirer"),
}


class TeamScreen(PublicScreen):
    """A few lines a page, each with its keys; nothing of it stays after the screen."""

    stays = 180
    warns = False
    DEFAULT_CSS = """
    TeamScreen #lines { width: 100%; height: 1fr; padding: 1 2 0 2; }
    TeamScreen .line { height: 3; width: 100%; }
    TeamScreen .line Static {
        width: 1fr; height: 3; content-align: left middle; text-wrap: nowrap; text-overflow: ellipsis;
    }
    TeamScreen .line Key { margin: 0 0 0 1; padding: 0; min-width: 12; }
    TeamScreen .actions > Key { padding: 0; margin: 0; }
    TeamScreen #said { width: 100%; height: 1; text-align: center; text-style: bold; }
    TeamScreen #nothing { height: 1fr; width: 100%; content-align: center middle; }
    """

    def __init__(self, place: str, language: str, banner: str, lines: Sequence[TeamLine]) -> None:
        super().__init__(place, language, banner)
        self._lines = list(lines)
        self._page = 0
        self._shown: list[TeamLine] = []
        self._said = Static("", id="said", markup=False)
        self._next_page = Key(self.translate("Suite"), id="more")
        self._drawing = asyncio.Lock()
        """A decision and a new size may come at the same time."""

    def parts(self) -> Iterable[Widget]:
        """The lines and the foot."""
        translate = self.translate
        yield Vertical(id="lines")
        yield self._said
        with Horizontal(classes="actions"):
            yield Key(translate("Fermer la borne"), id="close")
            yield Static(classes="gap")
            yield self._next_page
            yield Static(classes="gap")
            yield Key(translate("Retour"), id="home", main=True)

    async def on_mount(self) -> None:
        """Show the first page."""
        await self._draw()

    async def on_resize(self) -> None:
        """As many lines as fit."""
        await self._draw()

    def say(self, sentence: str) -> None:
        """Say something of what was touched last."""
        self._said.update(sentence)

    async def show(self, lines: Sequence[TeamLine]) -> None:
        """Show what is left."""
        self.say("")
        self._lines = list(lines)
        await self._draw()

    async def _draw(self) -> None:
        async with self._drawing:
            for box in self.query("#lines").results(Vertical):  # none where the screen is on its way out
                await self._draw_in(box)

    async def _draw_in(self, box: Vertical) -> None:
        fit = max(1, (self.size.height - 5) // 3)
        pages = max(1, ceil(len(self._lines) / fit))
        self._page %= pages
        self._shown = self._lines[self._page * fit : (self._page + 1) * fit]
        await box.remove_children()
        if not box.is_attached:
            return
        if not self._shown:
            await box.mount(Static(self.translate("Rien à régler."), id="nothing", markup=False))
        await box.mount_all(self._row(number, line) for number, line in enumerate(self._shown))
        self._next_page.display = pages > 1

    def _row(self, number: int, line: TeamLine) -> Widget:
        translate = self.translate
        whom = " · ".join(part for part in (hour(line.at, self.language), line.name) if part)
        said = (translate(WHY.get(line.why, N_("Aide demandée"))), whom, self._what(line))
        keys = [
            Key(self._label(line, decision), id=f"{decision.replace('_', '-')}-{number}")
            for decision in line.decisions
        ]
        return Horizontal(
            Static("\n".join(part for part in said if part), markup=False), *keys, classes="line"
        )

    def _label(self, line: TeamLine, decision: Decision) -> str:
        if decision is Decision.PLACE and line.why == "walk_in":
            return self.translate("Confirmer")
        return self.translate(LABELS[decision])

    def _what(self, line: TeamLine) -> str:
        return where(line.half_day, self.language) if line.half_day else ""

    @on(Key.Pressed, ".line Key")
    def _decided(self, event: Key.Pressed) -> None:
        event.stop()
        word, _, number = (event.key.id or "").rpartition("-")
        if int(number) < len(self._shown):
            self.post_message(TeamDecided(self._shown[int(number)], Decision(word.replace("-", "_"))))

    @on(Key.Pressed, "#more")
    async def _more(self, event: Key.Pressed) -> None:
        event.stop()
        self._page += 1
        await self._draw()

    @on(Key.Pressed, "#close")
    def _close_wanted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(CloseWanted())

    @on(Key.Pressed, "#home")
    def _home(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(Finished())

    def go_back(self) -> None:
        """Escape leaves the team's side."""
        self.post_message(Finished())

    def wipe(self) -> None:
        """Forget who is on the list."""
        self._lines, self._shown = [], []
        for line in self.query(".line Static").results(Static):
            line.update("")
