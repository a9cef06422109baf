"""What is said of a kiosk and its hub: one quiet line, or one sentence to act on."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from assets.languages import N_, Counted, day, hour, local, translator
from models.sync.sharing import Sharing, Standing
from screens.staff.ready_words import Light, Signal

REVOKED = N_("Cette borne a été retirée du réseau : appelez le service technique.")


class Standpoint(StrEnum):
    """Where the sentence stands: the way to what was refused begins there."""

    ROSTER = "roster"
    """Its own key "À régler" leads to another list."""
    OFFICE = "office"
    """A roster of somebody who may not see the day."""
    DAY = "day"
    KIOSK = "kiosk"
    """One key away."""


REFUSED: dict[Standpoint, Counted] = {
    Standpoint.ROSTER: Counted(
        "Le serveur a refusé {n} ligne : Menu, Le jour, À régler, La borne.",
        "Le serveur a refusé {n} lignes : Menu, Le jour, À régler, La borne.",
    ),
    Standpoint.OFFICE: Counted(
        "Le serveur a refusé {n} ligne : dites-le au bureau.",
        "Le serveur a refusé {n} lignes : dites-le au bureau.",
    ),
    Standpoint.DAY: Counted(
        "Le serveur a refusé {n} ligne : regardez « À régler », puis « La borne ».",
        "Le serveur a refusé {n} lignes : regardez « À régler », puis « La borne ».",
    ),
    Standpoint.KIOSK: Counted(
        "Le serveur a refusé {n} ligne : regardez « Refusées ».",
        "Le serveur a refusé {n} lignes : regardez « Refusées ».",
    ),
}
"""What the hub has refused, and where it is looked at."""

ACTS: dict[Standing, str | Counted] = {
    Standing.REVOKED: REVOKED,
    Standing.CLOCK: Counted(
        "L'horloge a {n} minute d'écart : réglez l'heure de l'appareil.",
        "L'horloge a {n} minutes d'écart : réglez l'heure de l'appareil.",
    ),
    Standing.LATE: Counted(
        "{n} ligne à envoyer depuis {day} : vérifiez le réseau.",
        "{n} lignes à envoyer depuis {day} : vérifiez le réseau.",
    ),
}
"""What somebody has to do; a kiosk that is only without a network needs nobody."""

TROUBLES = {
    "another": N_("Une autre borne a la même inscription : appelez le service technique."),
    "corner": N_("Cette inscription est celle d'un autre lieu : appelez le service technique."),
    "full": N_("Le disque du serveur est plein : appelez le service technique."),
    "no_entry": N_("Le serveur ne laisse pas entrer cette borne : appelez le service technique."),
    "no_hub": N_("Le serveur n'est pas prêt pour les bornes : appelez le service technique."),
    "not_ours": N_("Le réseau demande de se connecter d'abord : ouvrez-y un navigateur."),
    "revoked": REVOKED,
    "row": N_("Le serveur ne comprend pas une ligne : appelez le service technique."),
    "tls": N_("Le serveur n'a pas le bon certificat : appelez le service technique."),
    "unexpected": N_("L'échange bute sur un imprévu : appelez le service technique."),
    "too_old": N_("Ce programme est trop ancien pour recevoir : faites-le mettre à jour."),
}
"""The same for what does not pass by itself, by the word that ``sync_state`` keeps."""

TROUBLE = N_("L'échange avec le serveur ne marche pas : appelez le service technique.")
"""A word of a newer program."""


def sharing_signal(sharing: Sharing, language: str, standpoint: Standpoint = Standpoint.DAY) -> Signal:
    """The hub in the light before the doors open."""
    if sharing.is_fine:
        line = sharing_line(sharing, language)
        # Heard of today or not: a network that is away keeps no door shut.
        heard = sharing.state.heard_at
        today = heard is not None and _same_day(heard, sharing.at)
        return Signal("sync", Light.GOOD if today else Light.NOTE, "{line}.", {"line": line})
    return Signal("sync", Light.ACT, _act(sharing, standpoint), _values(sharing, language))


def sharing_line(sharing: Sharing, language: str) -> str:
    """How much is to be sent, and when the hub last answered."""
    translate = translator(language)
    left = translate("Tout est envoyé")
    if number := sharing.pending.number:
        left = translate(Counted("{n} à envoyer", "{n} à envoyer"), n=number)
    heard = translate("pas encore de synchronisation")
    if sharing.state.heard_at is not None:
        at = moment_said(sharing.state.heard_at, sharing.at, language)
        heard = translate("dernière synchronisation {at}", at=at)
    return f"{left} · {heard}"


def sharing_said(sharing: Sharing, language: str, standpoint: Standpoint) -> str:
    """The line, or the sentence in its place where there is something to do."""
    if sharing.is_fine:
        return sharing_line(sharing, language)
    return translator(language)(_act(sharing, standpoint), **_values(sharing, language))


def _act(sharing: Sharing, standpoint: Standpoint) -> str | Counted:
    if sharing.standing is Standing.TROUBLE:
        return TROUBLES.get(sharing.state.trouble, TROUBLE)
    if sharing.standing is Standing.REFUSED:
        return REFUSED[standpoint]
    return ACTS[sharing.standing]


def _values(sharing: Sharing, language: str) -> dict[str, object]:
    match sharing.standing:
        case Standing.REFUSED:
            return {"n": sharing.refused}
        case Standing.CLOCK:
            return {"n": abs(sharing.state.skew or timedelta()) // timedelta(minutes=1)}
        case Standing.LATE if sharing.pending.oldest is not None:
            return {"n": sharing.pending.number, "day": day(sharing.pending.oldest, language, short=True)}
        case _:
            return {}


def moment_said(at: datetime, now: datetime, language: str) -> str:
    """The hour; and the day, where it is not today."""
    if _same_day(at, now):
        return hour(at, language)
    return f"{day(at, language, short=True)} {hour(at, language)}"


def _same_day(one: datetime, other: datetime) -> bool:
    return local(one).date() == local(other).date()
