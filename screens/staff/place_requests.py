"""Who has asked for a place in a coming workshop: a person gives it, in order or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from assets.languages import N_, Counted, day
from models.placing import DeclinePlace, GivePlace, NotPlaced, Placed, PlaceLine, PutBack, SeePlaceRequests
from models.requests import Request
from screens.staff.asking_more import choose
from screens.staff.choosing import CORRECTED
from screens.staff.frame import Frame
from screens.staff.lines import LineKey, LinesScreen
from screens.wording import what

GIVE, DECLINE, BACK = "give", "decline", "back"
LABELS = {GIVE: N_("Donner la place"), DECLINE: N_("Retirer"), BACK: N_("Remettre en attente")}
REQUESTS = {GIVE: GivePlace, DECLINE: DeclinePlace, BACK: PutBack}

Decisions = GivePlace | DeclinePlace | PutBack


class PlaceRequestsScreen(LinesScreen[PlaceLine]):
    """Who waits, in the order of asking; then who has a place that can be taken back."""

    heading = N_("Demandes de place")
    nothing = N_("Personne n'attend de place.")

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._about = ""
        """Who was decided about last; their line has gone by the time it is said."""

    def changed(self) -> None:
        """Somebody asked, or a colleague has decided."""
        self.ask(SeePlaceRequests())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who waits, ask why, or say what became of a decision."""
        if isinstance(request, SeePlaceRequests):
            self.show(result)
        elif isinstance(request, DeclinePlace) and result.refused is NotPlaced.NEEDS_REASON:
            lines = [self._about, self.translate("Retirer de la liste. Pourquoi ?")]
            choose(self, lines, CORRECTED, lambda word: self._decide(replace(request, reason=word)))
        elif isinstance(request, Decisions):
            self.say(self._became(request, result))

    def _became(self, request: Decisions, placed: Placed) -> str:
        translate, name = self.translate, self._about
        if placed.refused is not None:
            return translate("{name} n'est plus dans cette liste.", name=name)
        if isinstance(request, DeclinePlace):
            return translate("{name} : retrait de la liste.", name=name)
        if isinstance(request, PutBack):
            return translate("{name} attend de nouveau, au même rang.", name=name)
        places = translate(
            Counted("{booked} pour {n} place", "{booked} pour {n} places"),
            booked=placed.booked,
            n=placed.capacity,
        )
        return f"{translate('{name} : place donnée.', name=name)} {places}."

    def _decide(self, wanted: Decisions) -> None:
        self.ask(wanted, SeePlaceRequests())

    # ---- a line

    def said_of(self, line: PlaceLine) -> Sequence[str]:
        """Who, and how full it is; for what; which turn, from when, and where there is room since when."""
        translate, language, edition = self.translate, self.language, line.edition
        turn = translate("rang {n}", n=line.turn) if line.waiting else translate("place donnée")
        places = translate(
            Counted("{booked} pour {n} place", "{booked} pour {n} places"),
            booked=edition.booked,
            n=edition.capacity,
        )
        begun = translate("déjà en cours") if edition.begun else ""
        half_days = Counted("{n} demi-journée", "{n} demi-journées")
        begins = (
            day(edition.first.starts_at, language, short=True),
            translate(half_days, n=len(edition.half_days)),
        )
        asked = ""
        if self.has_class("-wide"):
            asked = translate("demande du {day}", day=day(line.asked_at, language, short=True))
        rows = ((line.name, places), (what(edition.first, language), begun), (turn, *begins, asked))
        return [" · ".join(part for part in row if part) for row in rows]

    def keys_of(self, line: PlaceLine) -> Iterable[LineKey]:
        """A place or a word that there is none; for who has it, the way back."""
        wanted = (GIVE, DECLINE) if line.waiting else (BACK,)
        return [LineKey(self.translate(LABELS[word]), line, word) for word in wanted]

    def wants(self, key: LineKey) -> None:
        """Decide, and look at what is left."""
        if isinstance(key.line, PlaceLine):
            line = key.line
            self._about = line.name
            self._decide(REQUESTS[key.wanted](line.person_id, line.edition.first.id))

    def wipe(self) -> None:
        """Forget who it was about."""
        super().wipe()
        self._about = ""
