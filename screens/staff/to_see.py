"""What waits for the team: who called and from where, who waits for a place, who came without a booking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from assets.languages import N_, Counted, hour, translator
from models.marking import Refused
from models.requests import Request
from models.review.odd import SeeOdd
from models.team_list import Decide, Decision, SeeTeamList, TeamLine
from screens.staff.asking_more import WHY_CORRECTED, choose
from screens.staff.choosing import CORRECTED
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
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


class ToSeeScreen(LinesScreen[TeamLine]):
    """Everything of today that nobody has seen to, the oldest first."""

    def __init__(self, frame: Frame, *, reviews: bool = False) -> None:
        super().__init__(frame)
        self._reviews = reviews
        """Whether whoever looks may see the day, whose list of this name has other things."""

    async def on_mount(self) -> None:
        """Ask for the list, and once whether the day has more: thirty days are looked through for it."""
        await super().on_mount()
        if self._reviews:
            self.ask(SeeOdd())

    def changed(self) -> None:
        """Somebody called, or somebody else has seen to a line."""
        self.ask(SeeTeamList())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """Show what is left, or ask why."""
        if isinstance(request, SeeTeamList):
            self.show(result)
        elif isinstance(request, SeeOdd):
            more = Counted(
                "Encore {n} ligne : Menu, Le jour, À régler.", "Encore {n} lignes : Menu, Le jour, À régler."
            )
            self.say(self.translate(more, n=len(result)) if result else "")
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

    def said_of(self, line: TeamLine) -> Sequence[str]:
        """Why somebody waits, since when and who, and for what."""
        whom = " · ".join(part for part in (hour(line.at, self.language), line.name) if part)
        return why_said(line, self.language), whom, self._what(line)

    def keys_of(self, line: TeamLine) -> Iterable[LineKey]:
        """One for each decision."""
        return [LineKey(self._label(line, decision), line, decision) for decision in line.decisions]

    def _label(self, line: TeamLine, decision: Decision) -> str:
        if decision is Decision.PLACE and line.why == "walk_in":
            return self.translate("Confirmer")
        return self.translate(LABELS[decision])

    def _what(self, line: TeamLine) -> str:
        return where(line.half_day, self.language) if line.half_day else ""

    def wants(self, key: LineKey) -> None:
        """Decide, and look at what is left."""
        if isinstance(key.line, TeamLine):
            self._decide(Decide(key.line, Decision(key.wanted)))
