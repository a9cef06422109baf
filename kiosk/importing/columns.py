"""What the headers of a booking file mean, in English and in French, and which must not be there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assets.languages import Translate
from kiosk.importing.outcome import NotReadable, Unfit
from kiosk.importing.text import clean, plain, shown, squeezed
from models.national_number import looks_like_national_number

# The contract's name, then the French header, then other ways to write it.
_HEADERS = {
    "reference": ("référence", "réf"),
    "first_name": ("prénom", "given name"),
    "last_name": ("nom", "nom de famille", "surname", "family name"),
    "corner": ("lieu", "smartcorner"),
    "programme": ("programme", "program"),
    "workshop": ("atelier",),
    "date": ("date", "jour", "day"),
    "start": ("début", "heure de début", "start time"),
    "end": ("fin", "heure de fin", "end time"),
    "room": ("local", "salle"),
    "capacity": ("places", "capacité"),
    "facilitators": ("animateurs", "animateur", "animatrice", "animatrices"),
    "language": ("langue",),
    "audience": ("public",),
    "source": ("origine",),
    "booked_by": ("conseiller", "conseillère"),
    "status": ("statut",),
}
MEANINGS = {squeezed(title): name for name, titles in _HEADERS.items() for title in (name, *titles)}
"""Every known header without case, accents and blanks, and the contract's name for it."""


def title(name: str) -> str:
    """The French header of a column, by which its operator knows it; the name itself where it has none."""
    return _HEADERS.get(name, (name,))[0]


_PERSON = ("reference", "first_name")
_HALF_DAY = ("programme", "date", "start", "end")

# Each kind of personal data: what is looked for anywhere in the squeezed header, words that stand
# alone, and the whole header.
_FORBIDDEN = {
    "national number": (
        r"registre?nat|rijksregister|nationalregister|num(?:ero)?nat(?!ure)|nationaalnummer"
        r"|(?<!inter)nationalnumber|(?<!inter)nationalid|securitesociale|socialsecurity"
        r"|carte(?:d)?identite|identitycard|identiteitskaart",
        {"niss", "nrn", "insz", "inss", "ssin", "rrn", "eid"},
        {"rn", "nn", "nnat", "nonat", "nrnat", "nnational", "nonational", "nrnational", "numniss"}
        | {"numeroniss", "numerobis", "nbis", "bisnumber"},
    ),
    "birth date": (
        r"(?<!con)naissance|birth|geboort|geboren|geburt|anniversaire",
        {"naiss", "dob", "born"},
        {"nele", "neele", "nee"},
    ),
    "address": (
        r"add?res|domicile|residence|codepostal|postalcode|postcode|postleitzahl|woonplaats",
        {"rue", "street", "straat", "strasse", "zip", "zipcode"},
        {"cp", "commune", "ville", "city", "town", "localite", "municipalite", "municipality", "gemeente"}
        | {"pays", "country"},
    ),
    "nationality": (
        r"nationalit|citoyennete|citizenship|staatsangehorig|staatsburger",
        set(),
        set(),
    ),
}

# An e-mail address is nobody's home; such a column is left out like any other that means nothing.
_ELECTRONIC = re.compile(r"mail|courriel|electroni|internet|web")


def forbidden(title: str) -> str | None:
    """Which kind of personal data a header announces: a key of the table above, or ``None``."""
    joined, words = squeezed(title), _words(title)
    for kind, (anywhere, alone, whole) in _FORBIDDEN.items():
        if kind == "address" and _ELECTRONIC.search(joined):
            continue
        if re.search(anywhere, joined) or alone & words or joined in whole or joined in alone:
            return kind
    return None


def why_refused(kind: str, translate: Translate) -> str:
    """What is said of a column that announces personal data of a kind."""
    match kind:
        case "national number":
            return translate("Cette colonne annonce un numéro national : retirez-la, elle n'est pas lue.")
        case "birth date":
            return translate("Cette colonne annonce une date de naissance : retirez-la, elle n'est pas lue.")
        case "address":
            return translate("Cette colonne annonce une adresse : retirez-la, elle n'est pas lue.")
        case _:
            return translate("Cette colonne annonce une nationalité : retirez-la, elle n'est pas lue.")


def _words(title: str) -> set[str]:
    """The words of a header, also where capitals part them: ``dateNaissance``, ``NISS_client``."""
    return {plain(word) for word in re.findall(r"[^\W\d_]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])", title)}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file's lines each column stands."""

    places: dict[str, int]
    """The contract's name of a column, and its place from 0."""
    titles: dict[str, str]
    """The contract's name of a column, and its header as the file writes it."""
    left_out: list[str]
    refused: list[tuple[str, str]]
    """Header and kind of each column that announces personal data."""


def known(header: list[str]) -> set[str]:
    """The meanings that a line would have if it were the header."""
    return {MEANINGS[name] for title in header if (name := squeezed(title)) in MEANINGS}


def layout(header: list[str], *, corner_known: bool, translate: Translate) -> Layout:
    """Understand the header line of a booking file.

    A header without ``reference``, ``first_name`` and ``last_name`` is that of half-days without
    people. ``corner_known`` says whether a line without a corner has one to fall back on.

    Raises:
        NotReadable: where a needed column is missing, or two columns mean the same.
    """
    found = placed(header, MEANINGS, translate)
    _need_columns(found.places, found.refused, corner_known=corner_known, translate=translate)
    return found


def placed(
    header: list[str], meanings: Mapping[str, str], translate: Translate, *, allowed: str | None = None
) -> Layout:
    """Where each meaning stands in a header line, what means nothing, and what must not be there.

    ``allowed``: a kind of personal data that is none in this file, and is only left out.

    Raises:
        NotReadable: where two columns mean the same.
    """
    places: dict[str, int] = {}
    titles: dict[str, str] = {}
    left_out: list[str] = []
    refused: list[tuple[str, str]] = []
    for place, title in enumerate(header):
        meaning = meanings.get(squeezed(title))
        if meaning in places:
            raise NotReadable(
                translate(
                    "Les colonnes « {one} » et « {other} » disent la même chose : gardez-en une seule.",
                    one=titles[meaning],
                    other=shown(title),
                )
            )
        if meaning:
            places[meaning], titles[meaning] = place, shown(title)
        elif title.strip():
            named = _named(title, place, translate)
            kind = forbidden(title)
            if kind and kind != allowed:
                refused.append((named, kind))
            else:
                left_out.append(named)
    return Layout(places, titles, left_out, refused)


def _named(title: str, place: int, translate: Translate) -> str:
    """A header that may be shown, or the number of its column where what stands there may not be."""
    try:
        text = shown(clean(title, translate, longest=10_000))
    except Unfit:
        text = ""
    if not text or looks_like_national_number(title):
        return translate("colonne {number}", number=place + 1)
    return text


def _need_columns(
    places: dict[str, int], refused: list[tuple[str, str]], *, corner_known: bool, translate: Translate
) -> None:
    needed = list(_HALF_DAY)
    if not corner_known:
        needed.insert(0, "corner")
    if places.keys() & {*_PERSON, "last_name"}:
        needed = [*_PERSON, *needed]
    missing = ", ".join(_in_both_languages(name) for name in needed if name not in places)
    if not missing:
        return
    if refused:
        raise NotReadable(
            translate(
                "Il manque au fichier : {missing}. La colonne « {column} » est une donnée personnelle"
                " et ne peut pas servir : retirez-la et ajoutez ce qui manque.",
                missing=missing,
                column=refused[0][0],
            )
        )
    raise NotReadable(translate("Il manque au fichier : {missing}. Ajoutez ces colonnes.", missing=missing))


def _in_both_languages(name: str) -> str:
    french = _HEADERS[name][0]
    return french if french == name else f"{french} ({name})"
