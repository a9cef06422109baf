"""What is said when a half-day is closed: of exceptions, remedies, hindrances, figures and corrections."""

from __future__ import annotations

from assets.languages import N_, Counted, Translate, day, hour, hours, length, local, translator
from models.answers import Sitting
from models.exceptions import Exceptional, Remedy
from models.figures import Correction, Figures, Standing
from models.reckoning import ABSENT, EXCUSED, Odd
from models.settling import Closing, Hindrance
from screens.staff.words import state_words
from screens.widgets.figures_line import Figure
from screens.widgets.pick_list import Pick

ODD = {
    Odd.WAITING: N_("Sur la liste d'attente"),
    Odd.NO_FILE: N_("Sans réservation, sans dossier"),
    Odd.UNMARKED: N_("Ni présence ni absence"),
    Odd.CANCELLED: N_("Présence malgré l'annulation"),
    Odd.NO_BOOKING: N_("Présence sans réservation"),
    Odd.ARRIVED_AND_EXCUSED: N_("Présence et excuse"),
    Odd.OUTSIDE: N_("Arrivée hors de l'horaire"),
    Odd.DOUBTFUL_CLOCK: N_("Heure incertaine"),
    Odd.LEFT_BEFORE_ARRIVAL: N_("Départ avant l'arrivée"),
    Odd.LEFT_TWICE: N_("Deux départs"),
    Odd.NO_DEPARTURE: N_("Départ non noté"),
    Odd.AT_ONCE: N_("Deux ateliers à la même heure"),
    Odd.OVERBOOKED: N_("{taken} pour {places} places"),
    Odd.EQUIPMENT_OUT: N_("Pas encore rendu"),
}

UNCONFIRMED = N_("Sans réservation, à confirmer")
"""Of a known person, whose file is not missing."""

REMEDY = {
    Remedy.ABSENT: (N_("Absence"), "a"),
    Remedy.EXCUSED: (N_("Excuse"), "e"),
    Remedy.PRESENT_AT: (N_("Présence dès…"), "p"),
    Remedy.UNTIL_END: (N_("Jusqu'à la fin"), "j"),
    Remedy.LEFT_AT: (N_("Départ à…"), "d"),
    Remedy.KEEP_PRESENCE: (N_("Garder la présence"), "p"),
    Remedy.KEEP_EXCUSE: (N_("Garder l'excuse"), "e"),
    Remedy.HOUR_RIGHT: (N_("L'heure est juste"), "j"),
    Remedy.STAYS: (N_("Garder ainsi"), "g"),
    Remedy.MERGE: (N_("Personne connue"), "c"),
    Remedy.TAKE_OFF: (N_("Retirer"), "r"),
    Remedy.GIVE_PLACE: (N_("Donner la place"), "d"),
    Remedy.SEEN: (N_("C'est vu"), "v"),
    Remedy.OPEN_PERSON: (N_("Ouvrir la fiche"), "o"),
}
"""The words on the key of each remedy, and its letter."""

HINDERED = {
    Hindrance.GONE: N_("Cette demi-journée n'existe plus."),
    Hindrance.NOT_BEGUN: N_("Cette demi-journée n'a pas commencé : revenez quand elle est finie."),
    Hindrance.STILL_THERE: N_("Des personnes sont encore là : notez leur départ, ou attendez la fin."),
    Hindrance.EXCEPTIONS: N_("Il reste quelque chose à régler avant de signer."),
    Hindrance.ALREADY: N_("Cette demi-journée est déjà clôturée."),
    Hindrance.CHANGED: N_("Les chiffres ont changé : regardez-les, puis signez."),
}

NOT_LISTED = N_("hors de la liste")
"""Of somebody who is not in the figures."""

STATES = {EXCUSED: N_("excuse"), ABSENT: N_("absence"), "": NOT_LISTED}
"""What stands for somebody who has no hours, where that is shorter than ``state_words``."""


def pick(one: Exceptional, translate: Translate, language: str) -> Pick:
    """The line of an exception."""
    what = one.case.what
    known = what is Odd.NO_FILE and Remedy.MERGE not in one.remedies
    says = UNCONFIRMED if known else ODD[what]
    if what is Odd.OVERBOOKED:
        return Pick(translate("Places"), translate(says, taken=one.taken, places=one.places))
    more = one.holder
    if one.arrived_at:
        more = translate("arrivée {hour}", hour=hour(one.arrived_at, language))
        if one.left_at:
            more += " · " + translate("départ {hour}", hour=hour(one.left_at, language))
    elif one.left_at:
        more = translate("départ {hour}", hour=hour(one.left_at, language))
    return Pick(one.name, translate(says), more)


def large(figures: Figures, translate: Translate, language: str) -> tuple[Figure, ...]:
    """The figures that somebody stands for."""
    counted = (
        (figures.came, Counted("{n} présence", "{n} présences")),
        (figures.excused, Counted("{n} excuse", "{n} excuses")),
        (figures.absent, Counted("{n} absence", "{n} absences")),
    )
    total = length(figures.minutes, language)
    return (
        *(Figure(str(number), translate(says, n=number)) for number, says in counted),
        Figure(total, translate("{hours} en tout", hours=total)),
    )


def beside(figures: Figures, translate: Translate) -> str:
    """What explains the figures: who was expected, who came besides, whose departure nobody saw."""
    said = [translate(Counted("{n} réservation", "{n} réservations"), n=figures.booked)]
    if figures.walk_ins:
        said.append(translate(Counted("{n} sans réservation", "{n} sans réservation"), n=figures.walk_ins))
    if figures.unknown:
        counted = Counted("{n} départ inconnu", "{n} départs inconnus")
        said.append(translate(counted, n=figures.unknown))
    return " · ".join(said)


def corrected(one: Correction, translate: Translate, language: str) -> Pick:
    """What was signed of a person, and what the ledger says now."""
    both = (one.before, one.after)
    counted = [_counted(standing, translate, language) for standing in both]
    spans = [span(standing, language) for standing in both]
    return Pick(one.name, " → ".join(counted), " → ".join(spans))


def _counted(standing: Standing, translate: Translate, language: str) -> str:
    if standing.arrived:
        return length(standing.minutes, language)
    if standing.state in STATES:
        return translate(STATES[standing.state])
    return state_words(standing.state, language)


def span(standing: Standing, language: str) -> str:
    """From when to when somebody was there, as the figures say it."""
    if standing.arrived is None:
        return "–"
    if standing.left is None:
        return translator(language)("{hour} à …", hour=hour(standing.arrived, language))
    return hours(standing.arrived, standing.left, language)


def signed(closing: Closing, translate: Translate, language: str) -> str:
    """When a half-day was closed and by whom."""
    return translate(
        "Clôturée {day} à {hour} par {name}.",
        day=day(closing.at, language),
        hour=hour(closing.at, language),
        name=closing.name,
    )


def earlier(closing: Closing, half_day: Sitting, translate: Translate, language: str) -> Pick:
    """A closing as a line: when, its figures, by whom, its hash."""
    same_day = local(closing.at).date() == local(half_day.starts_at).date()
    told = hour(closing.at, language) if same_day else day(closing.at, language, short=True)
    if closing.figures is None:
        said = translate("Chiffres d'une autre version")
    else:
        *counted, total = large(closing.figures, translate, language)
        said = " · ".join((total.drawn, *(figure.says for figure in counted)))
    more = f"{closing.name} · {fingerprint(closing.hash)}"
    return Pick(translate("Signé : {when}", when=told), said, more)


def fingerprint(hash_: str) -> str:
    """The first sixteen signs of a hash, in groups that can be read aloud."""
    return " ".join(hash_[start : start + 4] for start in range(0, 16, 4))
