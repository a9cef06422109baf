"""What the hub does not take: a list that can reach zero, of kinds of facts and no word of what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assets.languages import N_, day, hour
from models.requests import Request
from models.sync.refusals import OfferAgain, RefusedRow, RefusedSeen, SeeRefused
from models.words import IMPORT, PARTICIPANT, SYSTEM
from screens.staff.lines import LineKey, LinesScreen

KINDS = {
    "absence": N_("Appel après une absence"),
    "assessment": N_("Point d'une personne"),
    "attendance": N_("Présence ou absence"),
    "booking": N_("Réservation"),
    "cards": N_("Fin d'une carte"),
    "code": N_("Code d'une personne"),
    "codes": N_("Codes d'arrivée"),
    "corner": N_("Lieu"),
    "database": N_("Tables refaites"),
    "document": N_("Papier imprimé"),
    "equipment": N_("Matériel"),
    "exception": N_("Point réglé d'une demi-journée"),
    "half_day": N_("Demi-journée"),
    "help": N_("Appel à l'aide"),
    "import": N_("Fichier importé"),
    "key": N_("Clé des codes"),
    "kiosk": N_("Borne"),
    "observation": N_("Confirmation d'un point"),
    "orientation": N_("Orientation"),
    "page": N_("Page du Forem"),
    "participant": N_("Fiche d'une personne"),
    "participant.erased": N_("Effacement d'une personne"),
    "pin": N_("Essai de code de l'équipe"),
    "place": N_("Demande de place"),
    "refusal": N_("Ligne refusée avant"),
    "report": N_("Bilan emporté"),
    "staff_member": N_("Compte de l'équipe"),
    "tick": N_("Petit pas"),
    "workshop": N_("Atelier"),
}
"""What a row of the log is about, by its kind or the first word of that."""

OTHER = N_("Autre fait")

WHY = {
    "changed": N_("Son contenu a été changé."),
    "may_not_erase": N_("La borne ne peut pas effacer."),
    "other_content": N_("Son numéro est déjà pris."),
    "unreadable": N_("Le serveur ne la comprend pas."),
}
"""Why the hub does not take it, by its own word."""

UNKNOWN = N_("Le serveur ne l'accepte pas.")

WHO = {
    PARTICIPANT: N_("une personne"),
    IMPORT: N_("un fichier"),
    SYSTEM: N_("la borne"),
}
SOMEBODY = N_("l'équipe")

OFFER, SEEN = "offer", "seen"


class RefusedScreen(LinesScreen[RefusedRow]):
    """One key offers a row once more, another says that somebody has looked; the log keeps all of it."""

    DEFAULT_CSS = """
    RefusedScreen .line Key { min-width: 8; }
    """

    heading = N_("Refusé par le serveur")
    nothing = N_("Rien de nouveau à regarder.")

    def changed(self) -> None:
        """The hub has refused another row, or a colleague has looked at one."""
        self.ask(SeeRefused())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show what is left, or say what becomes of a row."""
        if isinstance(request, SeeRefused):
            self.show(result)
        elif not result:
            self.say(self.translate("Cette ligne n'attend plus rien."))
        elif isinstance(request, OfferAgain):
            self.say(self.translate("La ligne est proposée à nouveau."))
        elif isinstance(request, RefusedSeen):
            self.say(self.translate("C'est vu : la ligne reste dans le journal de cette borne."))

    # ---- a line

    def said_of(self, line: RefusedRow) -> Sequence[str]:
        """What kind of fact; why it is refused; when it was written, and by whom."""
        translate, language = self.translate, self.language
        who = line.who or translate(WHO.get(line.actor, SOMEBODY))
        at = "" if self.has_class("-narrow") else hour(line.written_at, language)
        written = [part for part in (day(line.written_at, language, short=True), at, who) if part]
        return (
            translate(KINDS.get(line.kind) or KINDS.get(line.kind.partition(".")[0], OTHER)),
            translate(WHY.get(line.why, UNKNOWN)),
            " · ".join(written),
        )

    def keys_of(self, line: RefusedRow) -> Iterable[LineKey]:
        """To the hub once more, or looked at."""
        again = N_("Proposer") if self.has_class("-narrow") else N_("Proposer à nouveau")
        yield LineKey(self.translate(again), line, OFFER, letter="p")
        yield LineKey(self.translate("Vu"), line, SEEN, letter="v")

    def wants(self, key: LineKey) -> None:
        """Do it, and look at what is left."""
        if isinstance(key.line, RefusedRow):
            wanted = OfferAgain if key.wanted == OFFER else RefusedSeen
            self.ask(wanted(key.line.id), SeeRefused())
