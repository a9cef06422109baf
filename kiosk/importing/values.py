"""What stands in the columns with a meaning: days, hours, places, programmes and chosen words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from assets.facts import corners, programmes
from assets.languages import BRUSSELS, Translate
from kiosk.importing.outcome import Unfit
from kiosk.importing.text import clean, shown, squeezed

YEARS_BACK, YEARS_AHEAD = 10, 5
"""How far from today a half-day may be; beyond that the year is a slip, or a birth."""

LARGEST = 500
"""Places of the largest room; ``models.lines.BookingLine`` holds to the same number."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?(?:\.0+)?)?")
_BELGIAN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_HOUR = re.compile(r"(\d{1,2}) ?(?:[hH]|[hH]eures?|:) ?(\d{2})?(?::00)?")

_CHOICES = {
    "language": {
        "fr": ("français", "french", "frans", "französisch", "fr-BE"),
        "nl": ("néerlandais", "dutch", "nederlands", "niederländisch", "nl-BE"),
        "de": ("allemand", "german", "duits", "deutsch", "de-BE"),
        "en": ("anglais", "english", "engels", "englisch"),
    },
    "audience": {
        "jobseeker": (
            "job seeker",
            "demandeur d'emploi",
            "demandeuse d'emploi",
            "demandeur(euse) d'emploi",
            "demandeur.euse d'emploi",
            "demandeur/demandeuse d'emploi",
            "chercheur d'emploi",
            "chercheuse d'emploi",
        ),
        "retraining": ("reconversion", "en reconversion", "en reconversion professionnelle"),
        "student": ("étudiant", "étudiante", "étudiant(e)", "étudiant.e"),
    },
    "source": {
        "counsellor": ("counselor", "conseiller", "conseillère", "conseiller(ère)", "conseiller.ère"),
        "call_centre": ("call center", "centre d'appel", "centre d'appels", "téléphone"),
        "corner": ("smartcorner", "sur place"),
    },
    "status": {
        "booked": (
            "confirmed",
            "réservé",
            "réservée",
            "réservé(e)",
            "confirmé",
            "confirmée",
            "confirmé(e)",
            "inscrit",
            "inscrite",
            "inscrit(e)",
        ),
        "cancelled": ("canceled", "annulé", "annulée", "annulé(e)"),
        "waiting": ("waiting list", "en attente", "attente", "liste d'attente"),
    },
}
CHOICES = {
    column: {squeezed(word): value for value, words in choices.items() for word in (value, *words)}
    for column, choices in _CHOICES.items()
}
"""Columns that hold one of a few words: every way to write a word, squeezed, and the word kept."""


def day_of(cell: object, today: date, translate: Translate) -> date:
    """The day in a cell: typed by the spreadsheet, ``2022-11-03`` or ``03/11/2022``.

    Raises:
        Unfit: for anything else, and for a day too far from ``today``.
    """
    if isinstance(cell, datetime) and cell.time() == time():
        found = cell.date()
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        found = cell
    else:
        found = _written_day(clean(cell, translate), translate)
    if not today.year - YEARS_BACK <= found.year <= today.year + YEARS_AHEAD:
        # The day is not repeated: a day long ago may be somebody's birth.
        raise Unfit(translate("Cette date est trop loin d'aujourd'hui : vérifiez l'année."))
    return found


@lru_cache(maxsize=1024)
def _written_day(text: str, translate: Translate) -> date:
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _BELGIAN_DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise Unfit(translate("Cette date n'est pas lisible : écrivez-la comme 2022-11-03 ou 03/11/2022."))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unfit(
            translate("La date {value} n'existe pas : corrigez le jour ou le mois.", value=shown(text))
        ) from None


def hour_of(cell: object, day: date, translate: Translate) -> time:
    """The hour in a cell: typed by the spreadsheet, a fraction of a day, ``08:30``, ``8h30`` or ``8h``.

    Raises:
        Unfit: for anything else, for seconds, and for a typed date and hour of another day.
    """
    if isinstance(cell, datetime) and cell.year > 1901 and cell.date() != day:
        raise Unfit(translate("Cette heure porte une autre date que la ligne : gardez l'heure seule."))
    if isinstance(cell, datetime | time):
        since_midnight = timedelta(
            hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond
        )
    elif isinstance(cell, timedelta):
        since_midnight = cell
    elif isinstance(cell, float) and 0 < cell < 1:
        since_midnight = timedelta(days=cell)
    else:
        return _written_hour(clean(cell, translate), translate)
    # A spreadsheet keeps hours as fractions, which come back a hair off the minute.
    minutes, seconds = divmod(round(since_midnight.total_seconds()), 60)
    if seconds or not 0 <= minutes < 24 * 60:
        raise Unfit(translate("Cette heure n'est pas lisible : écrivez-la comme 08:30 ou 8h30."))
    return time(*divmod(minutes, 60))


@lru_cache(maxsize=1024)
def _written_hour(text: str, translate: Translate) -> time:
    match = _HOUR.fullmatch(text)
    if not match or (":" in text and not match[2]):
        raise Unfit(translate("Cette heure n'est pas lisible : écrivez-la comme 08:30 ou 8h30."))
    hours, minutes = int(match[1]), int(match[2] or 0)
    if hours > 23 or minutes > 59:
        raise Unfit(
            translate("L'heure {value} n'existe pas : écrivez une heure de 0h00 à 23h59.", value=shown(text))
        )
    return time(hours, minutes)


@lru_cache(maxsize=1024)
def moment_of(day: date, hour: time, translate: Translate) -> datetime:
    """The moment, in UTC, at which the clock of a corner shows this day and hour.

    Raises:
        Unfit: where the clock never shows it, or shows it twice, in the night it is changed.
    """
    return to_utc(datetime.combine(day, hour, BRUSSELS), translate)


def to_utc(local: datetime, translate: Translate) -> datetime:
    """A moment with its own time zone, in UTC.

    Raises:
        Unfit: where that zone's clock never shows it, or shows it twice.
    """
    first, second = local.replace(fold=0), local.replace(fold=1)
    moment = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return moment
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        raise Unfit(
            translate("Cette heure existe deux fois, l'horloge recule cette nuit-là : changez l'heure.")
        )
    raise Unfit(translate("Cette heure n'existe pas, l'horloge avance cette nuit-là : changez l'heure."))


def choice_of(column: str, text: str, translate: Translate) -> str:
    """The word that a column with few words keeps for what is written.

    Raises:
        Unfit: for another word, naming those that are known.
    """
    known = CHOICES[column]
    try:
        return known[squeezed(text)]
    except KeyError:
        words = ", ".join(dict.fromkeys(known.values()))
        raise Unfit(
            translate("Ce mot n'est pas connu ici : choisissez parmi {words}.", words=words)
        ) from None


def capacity_of(cell: object, translate: Translate) -> int:
    """The number of places, from 1 to ``LARGEST``.

    Raises:
        Unfit: for anything else.
    """
    text = clean(cell, translate)
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= LARGEST:
        return int(text)
    raise Unfit(
        translate("Le nombre de places n'est pas lisible : écrivez un nombre de 1 à {most}.", most=LARGEST)
    )


MOST_FACILITATORS = 4
"""More names would not be read from three metres."""


def facilitators_of(text: str, translate: Translate) -> str:
    """The animators' first names, parted by commas; what stands after a first name is left out.

    Raises:
        Unfit: for more than four, and for what is no name.
    """
    named = [part.split()[0] for part in re.split(r"[,;/&+]|\b(?:et|en|und|and)\b", text) if part.strip()]
    if not 1 <= len(named) <= MOST_FACILITATORS or not all(name[0].isalpha() for name in named):
        raise Unfit(
            translate(
                "Les animateurs ne sont pas lisibles : écrivez au plus {most} prénoms, séparés par « , ».",
                most=MOST_FACILITATORS,
            )
        )
    return ", ".join(named)


def programme_names() -> dict[str, str]:
    """Every way to name a programme, squeezed, and its id."""
    names = {squeezed(programme): programme for programme in programmes()}
    for fact in programmes().values():
        for name in (*fact.names.values(), *fact.also_called):
            names.setdefault(squeezed(name), fact.id)
    return names


def programme_of(text: str, names: Mapping[str, str], translate: Translate) -> str:
    """The id of the programme that is meant, out of ``programme_names``.

    Raises:
        Unfit: where the catalogue has none of that name.
    """
    try:
        return names[squeezed(text)]
    except KeyError:
        raise Unfit(
            translate(
                "Le programme « {value} » n'est pas au catalogue : écrivez par exemple awareness.",
                value=shown(text),
            )
        ) from None


def corner_names() -> dict[str, str]:
    """Every way to name a corner, squeezed, and its id; a place with several corners names none of them."""
    names = {squeezed(corner): corner for corner in corners()}
    for fact in corners().values():
        names.setdefault(squeezed(fact.name), fact.id)
    localities = Counter(squeezed(fact.locality) for fact in corners().values())
    for fact in corners().values():
        if localities[squeezed(fact.locality)] == 1:
            names.setdefault(squeezed(fact.locality), fact.id)
    return names


def corner_of(text: str, names: Mapping[str, str], translate: Translate) -> str:
    """The id of the corner that is meant, out of ``corner_names``.

    Raises:
        Unfit: where no corner has that name.
    """
    try:
        return names[squeezed(text)]
    except KeyError:
        raise Unfit(
            translate(
                "Le lieu « {value} » n'est pas connu : écrivez son identifiant, par exemple charleroi.",
                value=shown(text),
            )
        ) from None
