"""What is said of a kiosk and its hub: one quiet line, or one sentence to act on."""

from __future__ import annotations

from datetime import datetime, timedelta

from assets.languages import N_, Counted, day, hour, local, translator
from models.sync.sharing import Sharing, Standing
from screens.staff.ready_words import Light, Signal

ACTS: dict[Standing, str | Counted] = {
    Standing.REVOKED: N_("Cette borne n'est plus admise au serveur : appelez le service technique."),
    Standing.REFUSED: Counted(
        "Le serveur a refusé {n} ligne : regardez « À régler », puis « La borne ».",
        "Le serveur a refusé {n} lignes : regardez « À régler », puis « La borne ».",
    ),
    Standing.CLOCK: Counted(
        "L'horloge a {n} minute d'écart avec le serveur : réglez l'heure de l'appareil.",
        "L'horloge a {n} minutes d'écart avec le serveur : réglez l'heure de l'appareil.",
    ),
    Standing.LATE: Counted(
        "{n} ligne attend le serveur depuis {day} : vérifiez le réseau.",
        "{n} lignes attendent le serveur depuis {day} : vérifiez le réseau.",
    ),
}
"""What somebody has to do; a kiosk that is only without a network needs nobody."""


def sharing_signal(sharing: Sharing, language: str) -> Signal:
    """The hub in the light before the doors open."""
    standing = sharing.standing
    if standing is Standing.FINE:
        line = sharing_line(sharing, language)
        # Heard of today or not: a network that is away keeps no door shut.
        today = sharing.heard_at is not None and _same_day(sharing.heard_at, sharing.at)
        return Signal("sync", Light.GOOD if today else Light.NOTE, "{line}.", {"line": line})
    return Signal("sync", Light.ACT, ACTS[standing], _values(sharing, language))


def sharing_line(sharing: Sharing, language: str) -> str:
    """How much is to be sent, and when the hub last answered."""
    translate = translator(language)
    left = translate("Tout est envoyé")
    if sharing.unsent:
        left = translate(Counted("{n} à envoyer", "{n} à envoyer"), n=sharing.unsent)
    heard = translate("pas encore de synchronisation")
    if sharing.heard_at is not None:
        at = _moment(sharing.heard_at, sharing.at, language)
        heard = translate("dernière synchronisation {at}", at=at)
    return f"{left} · {heard}"


def sharing_said(sharing: Sharing, language: str) -> str:
    """The line, or the sentence in its place where there is something to do."""
    standing = sharing.standing
    if standing is Standing.FINE:
        return sharing_line(sharing, language)
    return translator(language)(ACTS[standing], **_values(sharing, language))


def _values(sharing: Sharing, language: str) -> dict[str, object]:
    match sharing.standing:
        case Standing.REFUSED:
            return {"n": sharing.refused}
        case Standing.CLOCK:
            return {"n": abs(sharing.skew) // timedelta(minutes=1)}
        case Standing.LATE if sharing.oldest is not None:
            return {"n": sharing.unsent, "day": day(sharing.oldest, language, short=True)}
        case _:
            return {}


def _moment(at: datetime, now: datetime, language: str) -> str:
    """The hour; and the day, where it is not today."""
    if _same_day(at, now):
        return hour(at, language)
    return f"{day(at, language, short=True)} {hour(at, language)}"


def _same_day(one: datetime, other: datetime) -> bool:
    return local(one).date() == local(other).date()
