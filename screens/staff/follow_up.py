"""Follow-up: five numbers, and the list behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events

from assets.languages import N_, Counted
from models.requests import Request
from models.review.follow_up import FollowUp, SeeFollowUp
from screens.staff.frame import StaffScreen
from screens.staff.lines import LineKey, LinesScreen
from screens.widgets.digits import digit_of

ENTRIES = {
    "absent": (
        Counted("{n} personne à rappeler", "{n} personnes à rappeler"),
        N_("Absence sans excuse, des 30 derniers jours"),
    ),
    "ready": (
        Counted("{n} personne prête pour la suite", "{n} personnes prêtes pour la suite"),
        N_("Orientation, place, niveau ou page"),
    ),
    "levels": (
        Counted("{n} premier niveau atteint", "{n} premiers niveaux atteints"),
        N_("Depuis 90 jours"),
    ),
    "out": (Counted("{n} appareil encore dehors", "{n} appareils encore dehors"), N_("Matériel prêté")),
    "waiting": (
        Counted("{n} demande de place en attente", "{n} demandes de place en attente"),
        N_("Ateliers à venir"),
    ),
}
"""Each number of ``FollowUp``, and what it counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number, by the name of its field."""

    word: str
    number: int


class FollowUpScreen(LinesScreen[Entry]):
    """One line a number; its key, or its digit, opens the list."""

    heading = N_("Suivi")

    def changed(self) -> None:
        """Somebody came, was called, or has asked for a place."""
        self.ask(SeeFollowUp())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show the numbers."""
        if isinstance(result, FollowUp):
            self.show([Entry(word, getattr(result, word)) for word in ENTRIES])

    def said_of(self, line: Entry) -> Sequence[str]:
        """The number in words, and what it counts."""
        counted, more = ENTRIES[line.word]
        return self.translate(counted, n=line.number), self.translate(more)

    def keys_of(self, line: Entry) -> Iterable[LineKey]:
        """The way to the list."""
        sign = list(ENTRIES).index(line.word) + 1
        yield LineKey(f"{sign}  {self.translate('Ouvrir')}", line, line.word)

    def on_key(self, event: events.Key) -> None:
        """A digit opens its list, on any keyboard."""
        digit = digit_of(event)
        if digit and 0 < int(digit) <= len(ENTRIES):
            event.stop()
            event.prevent_default()
            self.open(self._list(list(ENTRIES)[int(digit) - 1]))
        else:
            super().on_key(event)

    def wants(self, key: LineKey) -> None:
        """Open the list."""
        self.open(self._list(key.wanted))

    def _list(self, word: str) -> StaffScreen:
        match word:
            case "absent":
                from screens.staff.absent import AbsentScreen

                return AbsentScreen(self.frame)
            case "ready":
                from screens.staff.readiness import ReadinessScreen

                return ReadinessScreen(self.frame)
            case "levels":
                from screens.staff.first_levels import FirstLevelsScreen

                return FirstLevelsScreen(self.frame)
            case "out":
                from screens.staff.equipment import EquipmentScreen

                return EquipmentScreen(self.frame)
            case _:
                from screens.staff.place_requests import PlaceRequestsScreen

                return PlaceRequestsScreen(self.frame)
