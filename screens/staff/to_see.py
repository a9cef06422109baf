"""What waits for the team: who called and from where, who waits for a place, who came without a booking."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, hour, translator
from models.marking import Refused
from models.requests import Request
from models.team_list import Decide, Decision, SeeTeamList, TeamLine
from screens.staff.asking_more import WHY_CORRECTED, choose
from screens.staff.choosing import CORRECTED
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import SAME_TOUCH, Key
from screens.wording import where

WHY = {
    "asked": N_("Aide demandée"),
    "over": N_("Après la fin"),
    "other_corner": N_("Place dans un autre lieu"),
    "cancelled": N_("Réservation annulée"),
    "many": N_("Beaucoup sans réservation"),
    "same_name": N_("Deux personnes de ce nom"),
    "booth": N_("Studio vidéo : caméra et pièce calme"),
    "waiting": N_("Attend une place"),
    "walk_in": N_("Sans réservation"),
}
SCREENS = {
    "day": N_("écran de la journée"),
    "name": N_("écran des noms"),
    "walk_in": N_("écran du prénom"),
    "dates": N_("écran des dates"),
    "ways": N_("écran « Je suis là »"),
    "code": N_("écran du code"),
    "pin": N_("écran de l'équipe"),
    "booth": N_("écran du CV vidéo"),
    "still_there": N_("écran d'attente"),
}
"""From where somebody called; the welcome has no name."""

LABELS = {
    Decision.SETTLE: N_("Réglé"),
    Decision.ARRIVED: N_("Noter sa présence"),
    Decision.PLACE: N_("Donner la place"),
    Decision.TAKE_BACK: N_("Retirer"),
}

WHY_TAKEN_BACK = N_("Retirer de la liste. Pourquoi ?")


DECIDED = {
    Decision.SETTLE: N_("C'est réglé."),
    Decision.ARRIVED: N_("{name} : présence notée."),
    Decision.PLACE: N_("{name} : place donnée."),
    Decision.TAKE_BACK: N_("{name} : retrait de la liste."),
}
CONFIRMED = N_("{name} : c'est confirmé.")


class LineKey(Key):
    """A decision about one line, whatever stands in its place by the time it is heard."""

    def __init__(self, label: str, line: TeamLine, decision: Decision) -> None:
        super().__init__(label)
        self.line: TeamLine | None = line
        self.decision = decision

    def forget(self) -> None:
        """Forget whom it is about."""
        self.line = None


def why_said(line: TeamLine, language: str) -> str:
    """Why somebody waits for the team, and on which screen they called."""
    translate = translator(language)
    why = translate(WHY.get(line.why, N_("Aide demandée")))
    screen = SCREENS.get(line.screen)
    return f"{why} · {translate(screen)}" if screen else why


def line_said(line: TeamLine, language: str) -> str:
    """A line of the list in one line of text."""
    parts = (hour(line.at, language), line.name, why_said(line, language))
    return " · ".join(part for part in parts if part)


class ToSeeScreen(StaffScreen):
    """A few lines a page, each with its keys."""

    DEFAULT_CSS = """
    ToSeeScreen #lines { width: 100%; max-width: 100; height: 1fr; padding: 1 2 0 2; }
    ToSeeScreen .line { height: 3; width: 100%; }
    ToSeeScreen .line Static {
        width: 1fr; height: 3; content-align: left middle; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ToSeeScreen .line Key { margin: 0 0 0 1; padding: 0; min-width: 12; }
    ToSeeScreen .actions > Key { padding: 0; margin: 0; }
    ToSeeScreen #nothing { height: 1fr; width: 100%; content-align: center middle; }
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._lines: list[TeamLine] = []
        self._page = 0
        self._drawn = False
        self._decided_at = float("-inf")
        self._next_page = Key(self.translate("Suite"), id="more")
        self._drawing = asyncio.Lock()
        """A decision and a new size may come at the same time."""

    def parts(self) -> Iterable[Widget]:
        """The lines and the foot."""
        yield Vertical(id="lines")
        yield self.said
        with Horizontal(classes="actions"):
            yield self._next_page
            yield Static(classes="gap")
            yield self.back_key()

    async def on_mount(self) -> None:
        """Ask for the list."""
        self._next_page.display = False
        self.changed()

    async def on_resize(self) -> None:
        """As many lines as fit."""
        await self._draw()

    def changed(self) -> None:
        """Somebody called, or somebody else has seen to a line."""
        self.ask(SeeTeamList())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """Show what is left, or ask why."""
        if isinstance(request, SeeTeamList):
            self.run_worker(self._show(result), exit_on_error=False)
        elif isinstance(request, Decide) and result.refused is Refused.NEEDS_REASON:
            why = WHY_TAKEN_BACK if request.decision is Decision.TAKE_BACK else WHY_CORRECTED
            lines = [request.line.name, self.translate(why)]
            choose(self, lines, CORRECTED, lambda word: self._decide(replace(request, reason=word)))
        elif isinstance(request, Decide):
            confirmed = request.decision is Decision.PLACE and request.line.why == "walk_in"
            said = CONFIRMED if confirmed else DECIDED[request.decision]
            self.say(self.translate(said, name=request.line.name) if result.refused is None else "")

    def _decide(self, wanted: Decide) -> None:
        self.ask(wanted, SeeTeamList())

    async def _show(self, lines: Sequence[TeamLine]) -> None:
        # Looked at from time to time: the same list stays as it is under the finger.
        if list(lines) != self._lines or not self._drawn:
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
        shown = self._lines[self._page * fit : (self._page + 1) * fit]
        self._drawn = True
        await box.remove_children()
        if not box.is_attached:
            return
        if not shown:
            await box.mount(Static(self.translate("Rien à régler."), id="nothing", markup=False))
        await box.mount_all(self._row(line) for line in shown)
        self._next_page.display = pages > 1

    def _row(self, line: TeamLine) -> Widget:
        whom = " · ".join(part for part in (hour(line.at, self.language), line.name) if part)
        said = (why_said(line, self.language), whom, self._what(line))
        keys = [LineKey(self._label(line, decision), line, decision) for decision in line.decisions]
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
        # The next line moves up under the finger: a second touch at once still means the first.
        if isinstance(event.key, LineKey) and event.key.line and event.time - self._decided_at >= SAME_TOUCH:
            self._decided_at = event.time
            self._decide(Decide(event.key.line, event.key.decision))

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
