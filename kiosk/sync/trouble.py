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
"""What happened, and what to do: for whoever is at a kiosk."""

FOR_THE_KEEPER: dict[HubProblem, str] = {
    HubProblem.AWAY: N_(
        "Le serveur ne répond pas : vérifiez l'adresse, et que PostgreSQL est en marche sur cette machine."
    ),
    HubProblem.NOT_OURS: N_("Ce qui répond à cette adresse n'est pas PostgreSQL : vérifiez l'adresse."),
    HubProblem.TLS: N_(
        "La liaison chiffrée avec le serveur ne se fait pas : vérifiez son certificat, et ce que l'adresse"
        " en demande."
    ),
    HubProblem.NO_ENTRY: N_(
        "Le serveur n'accepte pas ce compte : vérifiez le nom et le mot de passe dans l'adresse, et que ce"
        " compte peut créer des rôles."
    ),
    HubProblem.REVOKED: N_("La borne de ce fichier a été retirée : le serveur n'en prend plus rien."),
    HubProblem.ANOTHER: N_(
        "Une autre borne se sert de la même inscription : inscrivez celle-ci à nouveau (« kiosk hub enrol »)."
    ),
    HubProblem.TIMELINE: N_("Le serveur a été remis d'une sauvegarde entre-temps : recommencez."),
    HubProblem.FULL: N_("Le disque du serveur est plein : libérez de l'espace, puis recommencez."),
    HubProblem.ROW: N_("Le serveur ne comprend pas ce qui lui est donné : vérifiez la commande."),
    HubProblem.SLOW: N_("Le serveur répond trop lentement : regardez ce qui l'occupe, puis recommencez."),
    HubProblem.NO_HUB: N_(
        "Cette base n'existe pas, ou n'est pas prête pour les bornes : vérifiez l'adresse, puis lancez"
        " « kiosk hub init »."
    ),
    HubProblem.TOO_OLD: N_("Ce programme est trop ancien pour ce serveur : mettez-le à jour."),
    HubProblem.CORNER: N_(
        "Ce fichier vient d'un autre SmartCorner que l'inscription de la borne : inscrivez-la à nouveau"
        " (« kiosk hub enrol »)."
    ),
    HubProblem.UNEXPECTED: N_("L'échange bute sur un imprévu : regardez le journal du serveur."),
}
"""The same for whoever looks after the server, and gives its address."""

NOT_YET: dict[HubProblem, str] = {
    HubProblem.AWAY: N_(
        "Le serveur ne répond pas : cette borne n'est pas encore inscrite ; vérifiez le réseau, puis"
        " recommencez."
    ),
    HubProblem.NOT_OURS: N_(
        "Ce qui répond n'est pas le serveur des bornes : cette borne n'est pas encore inscrite ; ouvrez un"
        " navigateur sur ce réseau, puis recommencez."
    ),
    HubProblem.SLOW: N_(
        "Le serveur répond trop lentement : cette borne n'est pas encore inscrite ; recommencez."
    ),
    HubProblem.FULL: N_(
        "Le disque du serveur est plein : cette borne n'est pas encore inscrite ; prévenez le service"
        " technique, puis recommencez."
    ),
}
"""The same for a kiosk that was about to join: it has nothing to go on with."""

AT_A_DESK: dict[HubProblem, str] = {
    HubProblem.AWAY: N_("Le serveur ne répond pas : essayez plus tard, ou vérifiez le réseau."),
    HubProblem.SLOW: N_("Le serveur répond trop lentement : essayez plus tard."),
    HubProblem.TLS: N_("Le serveur n'a pas montré le bon certificat : appelez qui s'occupe du serveur."),
    HubProblem.NO_HUB: N_("Le serveur n'est pas prêt pour le réseau : appelez qui s'occupe du serveur."),
    HubProblem.NO_ENTRY: N_("L'accès est fermé. Appelez qui s'occupe du serveur."),
    HubProblem.UNEXPECTED: N_("L'échange bute sur un imprévu : appelez qui s'occupe du serveur."),
}
"""The same for a coordinator, whose desk is no kiosk and sends nothing."""


class HubTrouble(Trouble):
    """A round that did not come to its end; nothing is lost by it."""

    def __init__(self, problem: HubProblem, said: str = "") -> None:
        super().__init__(said or SENTENCES[problem])
        self.problem = problem

    def for_the_keeper(self) -> HubTrouble:
        """The same for whoever looks after the server."""
        return HubTrouble(self.problem, FOR_THE_KEEPER[self.problem])

    def while_joining(self) -> HubTrouble:
        """The same for a kiosk that was about to join."""
        return HubTrouble(self.problem, NOT_YET.get(self.problem, ""))

    def at_a_desk(self) -> HubTrouble:
        """The same for a coordinator."""
        return HubTrouble(self.problem, AT_A_DESK.get(self.problem, ""))
