"""The figures of a day and of a period: what each is called everywhere, what it means, how it is counted.

A figure has one id (JSON), one name (screens, spreadsheets, reports) and one definition, in the order in
which they are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assets.languages import N_


class Unit(StrEnum):
    """What a figure is counted in."""

    COUNT = "count"
    MINUTES = "minutes"
    RATE = "rate"
    """Tenths of a hundredth: 912 is 91.2 %."""


class Of(StrEnum):
    """What a figure is a figure of: where it can stand."""

    HALF_DAYS = "half_days"
    """Of half-days: it stands wherever half-days are told apart, not where people are."""
    PEOPLE = "people"
    """Of people on half-days: it stands everywhere, and its parts are its sum."""
    WHOLE = "whole"
    """Of the whole period: it stands once."""


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One figure."""

    id: str
    name: str
    """In French, to be translated."""
    meaning: str
    """Its definition, in French, to be translated."""
    unit: Unit = Unit.COUNT
    of: Of = Of.PEOPLE
    leaves: bool = True
    """Whether it may stand in what leaves the corner: where it may not, others would tell small groups."""


FIGURES = (
    FigureKind(
        "half_days",
        N_("Demi-journées"),
        N_("Demi-journées prévues ; une annulée compte si une présence ou une absence y est notée."),
        of=Of.HALF_DAYS,
    ),
    FigureKind(
        "unsettled",
        N_("Non clôturées"),
        N_("Demi-journées terminées sans signature : leurs chiffres peuvent encore changer."),
        of=Of.HALF_DAYS,
    ),
    FigureKind("places", N_("Places"), N_("Places prévues dans ces demi-journées."), of=Of.HALF_DAYS),
    FigureKind(
        "booked",
        N_("Réservations"),
        N_("Places réservées d'avance et non annulées, une par demi-journée."),
        leaves=False,
    ),
    FigureKind(
        "walk_ins",
        N_("Sans réservation"),
        N_("Personnes qui n'avaient pas réservé et qui ont eu une place."),
        leaves=False,
    ),
    FigureKind(
        "unplanned",
        N_("Autres arrivées"),
        N_("Personnes venues alors que leur réservation était annulée, en attente, ou n'existait pas."),
        leaves=False,
    ),
    FigureKind("came", N_("Présences"), N_("Personnes venues, comptées une fois par demi-journée.")),
    FigureKind("excused", N_("Absences excusées"), N_("Personnes attendues qui ont une excuse.")),
    FigureKind(
        "absent", N_("Absences sans excuse"), N_("Personnes attendues et notées absentes, sans excuse.")
    ),
    FigureKind(
        "open",
        N_("Rien de noté"),
        N_("Personnes attendues dont rien n'est noté : ni présence, ni absence."),
        leaves=False,
    ),
    FigureKind(
        "unknown",
        N_("Départs inconnus"),
        N_("Personnes venues dont personne n'a noté le départ : comptées jusqu'à la fin."),
        leaves=False,
    ),
    FigureKind(
        "minutes",
        N_("Heures"),
        N_("Temps de présence pendant les demi-journées ; chaque minute d'une personne compte une fois."),
        Unit.MINUTES,
    ),
    FigureKind("people", N_("Personnes"), N_("Personnes différentes venues au moins une fois.")),
    FigureKind(
        "fill_rate",
        N_("Taux de remplissage"),
        N_("Présences pour 100 places prévues."),
        Unit.RATE,
        Of.HALF_DAYS,
    ),
    FigureKind(
        "no_show_rate",
        N_("Taux d'absence"),
        N_("Absences sans excuse pour 100 personnes venues, excusées ou absentes."),
        Unit.RATE,
    ),
    FigureKind(
        "refused",
        N_("Restées sans place"),
        N_("Personnes venues sans réservation à qui personne n'a donné de place."),
    ),
    FigureKind(
        "assessments",
        N_("Points terminés"),
        N_("« Faire le point » terminés ici pendant la période."),
        of=Of.WHOLE,
        leaves=False,
    ),
    FigureKind(
        "assessed",
        N_("Personnes avec un point"),
        N_("Personnes différentes qui ont terminé « Faire le point » pendant la période."),
        of=Of.WHOLE,
    ),
    FigureKind(
        "compared",
        N_("Points comparés"),
        N_("Parmi elles, celles dont le dernier point se compare à leur premier."),
        of=Of.WHOLE,
    ),
    FigureKind(
        "progressed",
        N_("Progrès"),
        N_("Parmi les points comparés, ceux qui montrent un progrès."),
        of=Of.WHOLE,
    ),
)
"""All of them. What is expected is reservations, people without one and other arrivals; it is also those who
came, the excused, the absent and those of whom nothing is noted."""

RATES = {"fill_rate": ("came", "places"), "no_show_rate": ("absent", "came", "excused")}
"""What each rate is made of."""

BY_ID = {figure.id: figure for figure in FIGURES}

LARGE = ("came", "minutes", "people", "fill_rate", "no_show_rate")
"""The figures of a period that are read first."""

DAY = ("booked", "came", "excused", "absent", "open", "walk_ins", "minutes")
"""The figures of a day, as its screen and ``kiosk day`` show them."""


FORMATS = ("pdf", "xlsx", "csv", "json")
"""In which a report is taken along; each is also the end of the file's name."""


class Split(StrEnum):
    """By what a period is told apart."""

    TIME = "time"
    PROGRAMME = "programme"
    STAGE = "stage"
    AUDIENCE = "audience"
    SOURCE = "source"
    HALF_DAY = "half_day"
    """Never in what leaves the corner: a half-day is a small group."""
    CORNER = "corner"
    """Of the network only."""


SPLITS = {
    Split.TIME: N_("Dans le temps"),
    Split.PROGRAMME: N_("Par atelier"),
    Split.STAGE: N_("Par étape"),
    Split.AUDIENCE: N_("Par public"),
    Split.SOURCE: N_("Par origine de la réservation"),
    Split.HALF_DAY: N_("Par demi-journée"),
    Split.CORNER: N_("Par SmartCorner"),
}
"""What each is called."""

OF_PEOPLE = (Split.AUDIENCE, Split.SOURCE)
"""Splits that tell people apart, not half-days."""

STAGES = {
    "awareness": N_("Premier atelier"),
    "course": N_("Formation de 24 h ou 40 h"),
    "module": N_("Ateliers à thème"),
}
"""Stages of the catalogue."""

AUDIENCES = {
    "jobseeker": N_("Recherche d'emploi"),
    "retraining": N_("Changement de métier"),
    "student": N_("Fin des études"),
}
SOURCES = {
    "counsellor": N_("Conseil du Forem"),
    "call_centre": N_("Numéro gratuit"),
    "corner": N_("SmartCorner"),
    "walk_in": N_("Sans réservation"),
}


def stands(figure: FigureKind, split: Split | None) -> bool:
    """Whether a figure can stand in a split; ``None`` is the whole."""
    if split is None:
        return True
    if figure.of is Of.WHOLE:
        return False
    return figure.of is Of.PEOPLE or split not in OF_PEOPLE
