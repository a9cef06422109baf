"""What can go wrong between a kiosk and its hub, and the one sentence for each."""

from __future__ import annotations

from enum import StrEnum

from assets.languages import N_
from kiosk.trouble import Trouble


class HubProblem(StrEnum):
    """Why a round with the hub did not come to its end; kept as a word in ``sync_state``."""

    AWAY = "away"
    NOT_OURS = "not_ours"
    TLS = "tls"
    NO_ENTRY = "no_entry"
    REVOKED = "revoked"
    ANOTHER = "another"
    TIMELINE = "timeline"
    FULL = "full"
    ROW = "row"
    SLOW = "slow"
    NO_HUB = "no_hub"
    TOO_OLD = "too_old"
    CORNER = "corner"
    UNEXPECTED = "unexpected"


SENTENCES: dict[HubProblem, str] = {
    HubProblem.AWAY: N_(
        "Le serveur ne répond pas : la borne continue seule et enverra tout quand il répondra de nouveau."
    ),
    HubProblem.NOT_OURS: N_(
        "Ce qui répond n'est pas le serveur des bornes : le réseau demande peut-être de se connecter"
        " d'abord ; ouvrez un navigateur sur ce réseau."
    ),
    HubProblem.TLS: N_(
        "Le serveur n'a pas montré le bon certificat : rien n'a été envoyé ; appelez le service technique."
    ),
    HubProblem.NO_ENTRY: N_(
        "Le serveur ne laisse pas entrer cette borne : demandez une nouvelle inscription"
        " (« kiosk hub enrol ») au service technique."
    ),
    HubProblem.REVOKED: N_(
        "Cette borne a été retirée du réseau : elle n'échange plus rien ; appelez le service technique."
    ),
    HubProblem.ANOTHER: N_(
        "Une autre borne se sert déjà de cette inscription : demandez-en une nouvelle (« kiosk hub enrol »)."
    ),
    HubProblem.TIMELINE: N_(
        "Le serveur a été remis d'une sauvegarde : la borne lui offre de nouveau tout son journal."
    ),
    HubProblem.FULL: N_(
        "Le disque du serveur est plein : la borne garde tout et enverra plus tard ;"
        " prévenez le service technique."
    ),
    HubProblem.ROW: N_(
        "Le serveur ne comprend pas une ligne : elle reste sur la borne et dans « Refusées »."
    ),
    HubProblem.SLOW: N_(
        "Le serveur répond trop lentement : la borne essaie encore, avec des pages plus petites."
    ),
    HubProblem.NO_HUB: N_(
        "Cette base n'a pas, ou plus, de quoi servir les bornes : lancez « kiosk hub init » sur le serveur."
    ),
    HubProblem.TOO_OLD: N_(
        "Le programme de cette borne est trop ancien pour recevoir : elle envoie encore ; mettez-le à jour."
    ),
    HubProblem.CORNER: N_(
        "Cette inscription est celle d'un autre SmartCorner : demandez celle de ce lieu"
        " (« kiosk hub enrol »)."
    ),
    HubProblem.UNEXPECTED: N_(
        "L'échange bute sur un imprévu : la borne continue ; appelez le service technique."
    ),
}
"""What happened, and what to do."""


class HubTrouble(Trouble):
    """A round that did not come to its end; nothing is lost by it."""

    def __init__(self, problem: HubProblem) -> None:
        super().__init__(SENTENCES[problem])
        self.problem = problem
