"""What each answer of a check-in says: sign, tone, title, sentences, and how long it stays.

Sentences are French source text with named places; a place that is unknown drops its sentence.
Places: name, programme, where, hours, day, start, end, opens, since, locality, next, left, hotline.
"""

from __future__ import annotations

from dataclasses import dataclass

from assets.languages import N_


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """The words of one answer."""

    sign: str
    tone: str
    title: str
    says: tuple[str, ...]
    """What is the case."""
    then: tuple[str, ...]
    """What to do next; never empty on the screen, never blame."""
    join: str = ""
    """Said where a place is free and may be asked for."""
    stays: int = 20
    """Seconds without a touch until the welcome comes back (A-20, A-21)."""


_HELLO = N_("Bonjour {name}")
_SEE = N_("L'animateur ou l'animatrice va vous aider.")

OUTCOMES: dict[str, OutcomeText] = {
    "welcome": OutcomeText(
        "✓", "good", _HELLO, ("{where}", "{hours}"), (N_("Votre présence est notée. Installez-vous."),)
    ),
    "welcome_late": OutcomeText(
        "✓", "good", _HELLO, ("{where}", "{hours}"), (N_("Votre présence est notée. Installez-vous."),)
    ),
    "already_here": OutcomeText(
        "✓",
        "good",
        _HELLO,
        ("{where}", "{hours}"),
        (N_("Votre présence est déjà notée, depuis {since}."),),
    ),
    "too_early": OutcomeText(
        "…",
        "wait",
        _HELLO,
        (N_("Votre atelier commence à {start}."),),
        (N_("Les portes ouvrent à {opens}."), N_("Revenez à ce moment.")),
    ),
    "over": OutcomeText(
        "i",
        "note",
        _HELLO,
        (N_("Votre atelier est fini depuis {end}."),),
        (N_("Prochaine date : {next}."), _SEE),
        stays=60,
    ),
    "choose": OutcomeText(
        "?",
        "wait",
        _HELLO,
        (N_("Plusieurs ateliers sont ouverts."),),
        (N_("Touchez le vôtre."),),
        join=N_("Choisissez un atelier."),
        stays=60,
    ),
    "other_day": OutcomeText(
        "i",
        "note",
        _HELLO,
        (N_("Votre atelier est le {day}."), "{hours}", N_("C'est à {locality}.")),
        (N_("À bientôt !"),),
        join=N_("Une place est libre aujourd'hui. Vous pouvez rester."),
        stays=60,
    ),
    "other_day_past": OutcomeText(
        "i",
        "note",
        _HELLO,
        (N_("Votre atelier était le {day}."),),
        (N_("Touchez « Aide » pour une autre date."), N_("Appel gratuit : {hotline}.")),
        join=N_("Une place est libre aujourd'hui. Vous pouvez rester."),
        stays=60,
    ),
    "other_corner": OutcomeText(
        "i",
        "note",
        _HELLO,
        (N_("Votre atelier d'aujourd'hui est à {locality}."), "{hours}"),
        (_SEE,),
        stays=60,
    ),
    "not_booked": OutcomeText(
        "i",
        "note",
        _HELLO,
        (N_("Vous n'avez pas de place réservée aujourd'hui."),),
        (N_("Prochaine date : {next}."), N_("Appel gratuit : {hotline}.")),
        join=N_("Une place est libre. Vous pouvez rester."),
        stays=60,
    ),
    "cancelled": OutcomeText(
        "i", "note", _HELLO, (N_("Votre réservation a été annulée."),), (_SEE,), stays=60
    ),
    "full": OutcomeText(
        "…",
        "wait",
        _HELLO,
        (N_("Toutes les places sont prises."), N_("Vous êtes sur la liste d'attente.")),
        (N_("L'animateur ou l'animatrice vous dira quand une place est libre."),),
        stays=60,
    ),
    "full_elsewhere_free": OutcomeText(
        "…",
        "wait",
        _HELLO,
        (N_("Vous êtes sur la liste d'attente."),),
        (_SEE,),
        join=N_("Un autre atelier a une place libre. Vous pouvez rester."),
        stays=60,
    ),
    "mistyped": OutcomeText(
        "?",
        "wait",
        N_("Regardez encore"),
        (N_("Une lettre n'est pas juste."),),
        (N_("Essayez encore une fois."),),
    ),
    "unknown": OutcomeText(
        "?",
        "note",
        N_("Un instant"),
        (N_("Cette carte ou ce code ne marche pas ici."),),
        (N_("Essayez autrement, ou touchez « Aide »."),),
    ),
    "pause": OutcomeText(
        "…",
        "wait",
        N_("Attendez un petit moment"),
        (N_("Dans {left}, vous pourrez taper un code."),),
        (N_("Avec une carte, c'est possible tout de suite."),),
    ),
    "pause_over": OutcomeText(
        "✓",
        "wait",
        N_("Vous pouvez continuer"),
        (N_("Les codes marchent de nouveau."),),
        (N_("Tapez votre code, ou cherchez votre nom."),),
    ),
    "patience": OutcomeText(
        "…",
        "wait",
        N_("Un instant"),
        (N_("La borne cherche encore."),),
        (N_("Attendez ici, s'il vous plaît."),),
    ),
    "not_saved": OutcomeText(
        "!",
        "wait",
        N_("Un instant"),
        (N_("Votre présence n'est pas encore notée."),),
        (N_("Touchez « Aide » : quelqu'un vient."),),
        stays=60,
    ),
}
