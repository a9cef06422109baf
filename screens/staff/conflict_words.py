"""The words of a disagreement of two kiosks: what it is about, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assets.facts import programmes
from assets.languages import (
    LANGUAGES,
    N_,
    Counted,
    date_short,
    hour,
    hours,
    local,
    own_name,
    room_name,
    translator,
)
from models.reckoning import to_the_minute
from models.review.apart.facts import Apart, Conflict, Fact
from models.words import IMPORT, SYSTEM, Event, Role
from screens.staff.equipment import KINDS as PIECES
from screens.staff.person_words import AUDIENCES
from screens.staff.words import KINDS
from screens.wording import what

SAYS = {
    Apart.CANCELLED: N_("Présence et annulation"),
    Apart.TWO_CORRECTIONS: N_("Deux corrections"),
    Apart.ERASED: N_("Présence et effacement"),
    Apart.MERGED: N_("Présence et fusion"),
    Apart.NO_BOOKING: N_("Présence sans réservation"),
}
"""What is the matter; of the others it is said with a number, or by what was written."""

FIELDS = {
    "reference": N_("Référence"),
    "first_name": N_("Nom"),
    "last_name": N_("Nom"),
    "language": N_("Langue"),
    "audience": N_("Public"),
    "merged_into": N_("Fusion"),
    "programme": N_("Programme"),
    "starts_at": N_("Horaire"),
    "ends_at": N_("Horaire"),
    "room": N_("Local"),
    "capacity": N_("Places"),
    "facilitators": N_("Animation"),
    "status": N_("Réservation"),
    "booked_by": N_("Réservation"),
    "name": N_("Nom"),
    "role": N_("Rôle"),
    "pin": N_("Code personnel"),
    "closed_at": N_("Compte"),
    "kind": N_("Matériel"),
    "retired_at": N_("Matériel"),
    "state": N_("Petit pas"),
}
"""What two kiosks have written differently: the columns of ``models.review.apart.fields.FIELDS``."""

HALF_DAY = N_("Demi-journée")
"""Whose ``status`` is that of no booking."""

CANCELLED = {"booking": N_("annulée"), "half_day": N_("demi-journée annulée")}
"""What was cancelled while somebody was there; a booking goes without saying."""

STATUSES = {
    "booked": N_("maintenue"),
    "planned": N_("maintenue"),
    "waiting": N_("en attente"),
    "cancelled": N_("annulée"),
}
"""Of a booking or a half-day: what is meant stands before it."""

ROLES = {
    Role.FACILITATOR: N_("animation"),
    Role.STAFF: N_("personnel"),
    Role.COORDINATOR: N_("coordination"),
    Role.TECHNICIAN: N_("technique"),
}
TICKED = {"done": N_("fait"), "open": N_("pas encore fait")}
GONE = {"closed_at": (N_("ouvert"), N_("fermé")), "retired_at": (N_("en service"), N_("retiré"))}
"""What a moment that stands there, or none, says of an account or of a piece."""

WRITERS = {IMPORT: N_("fichier"), SYSTEM: N_("commande")}
"""Who says something without an account; of an arrival that is the person, and goes without saying."""

NOTHING = "–"


def head_of(conflict: Conflict, now: datetime, language: str, *, short: bool = False) -> str:
    """What the matter is, about whom, and in which half-day: its hour today, else its day.

    Args:
        short: about whom first, and no half-day where somebody is named.
    """
    parts = [what_of(conflict, language), conflict.name]
    if short and conflict.name:
        return " · ".join(reversed(parts))
    if (half_day := conflict.half_day) is not None:
        if conflict.entity == "half_day":
            parts.append(what(half_day, language))
        parts.append(_near(half_day.starts_at, now, language))
    return " · ".join(part for part in parts if part)


def _near(moment: datetime, now: datetime, language: str) -> str:
    """The hour of what is of today, else the day."""
    today = local(moment).date() == local(now).date()
    return hour(moment, language) if today else date_short(moment, language)


def what_of(conflict: Conflict, language: str) -> str:
    """What the matter is, in two or three words."""
    translate = translator(language)
    match conflict.what:
        case Apart.TWO_ARRIVALS:
            return translate(Counted("{n} arrivée", "{n} arrivées"), n=len(conflict.facts))
        case Apart.OVERBOOKED:
            return translate("{taken} pour {places} places", taken=conflict.taken, places=conflict.places)
        case Apart.TWO_VALUES:
            names = (_field(conflict, name) for name, _ in conflict.facts[0].said)
            return ", ".join(dict.fromkeys(translate(name) for name in names))
        case word:
            return translate(SAYS[word])


def _field(conflict: Conflict, name: str) -> str:
    return HALF_DAY if (conflict.entity, name) == ("half_day", "status") else FIELDS[name]


@dataclass(frozen=True, slots=True)
class Reader:
    """Where, when and in which language the sides are read."""

    here: str
    """Id of this kiosk."""
    now: datetime
    language: str


def fact_words(conflict: Conflict, fact: Fact, reader: Reader, *, short: bool = False) -> str:
    """What one kiosk says, then where, when and by whom; the most needed first.

    Args:
        short: only what, and where.
    """
    translate = translator(reader.language)
    said = _said(conflict, fact, reader.language)
    if short and fact.name and isinstance(fact.said[0][1], datetime):
        said = iter((hour(fact.said[0][1], reader.language),))
    parts = [fact.name, *said]
    parts.append(translate("cette borne") if fact.kiosk_id == reader.here else translate("l'autre borne"))
    if not short:
        parts += _told(conflict, fact, reader)
    return " · ".join(part for part in parts if part)


def _said(conflict: Conflict, fact: Fact, language: str) -> Iterator[str]:
    translate = translator(language)
    if not fact.said:
        yield translate("ne compte pas")
        return
    said = dict(fact.said)
    if {"starts_at", "ends_at"} <= said.keys():
        start, end = _moment(said.pop("starts_at")), _moment(said.pop("ends_at"))
        if start and end:
            of = conflict.half_day
            moved = of is None or local(start).date() != local(of.starts_at).date()
            span = hours(start, end, language)
            yield f"{date_short(start, language)}, {span}" if moved else span
    for name, value in said.items():
        yield _value(conflict, name, value, language)


def _value(conflict: Conflict, name: str, value: object, language: str) -> str:
    """One value of a side, as people say it."""
    translate = translator(language)
    if name in KINDS:
        kind = translate(KINDS[Event(name)])
        moves = name in (Event.ARRIVED, Event.LEFT) and isinstance(value, datetime)
        return f"{kind} {hour(value, language)}" if moves and isinstance(value, datetime) else kind
    match name:
        case "booked":
            return translate("place réservée")
        case "booking" | "half_day":
            return translate(CANCELLED[name])
        case "erased":
            return translate("effacement demandé")
        case "merged_into" if conflict.what is Apart.MERGED:
            return translate("c'est {name}", name=conflict.name)
    return _field_value(name, value, language) or NOTHING


def _field_value(name: str, value: object, language: str) -> str:
    translate = translator(language)
    text = value if isinstance(value, str) else ""
    match name:
        case "status":
            return translate(STATUSES.get(text, text))
        case "room":
            return room_name(text, language)
        case "capacity" if isinstance(value, int):
            return translate(Counted("{n} place", "{n} places"), n=value)
        case "programme" if text in programmes():
            return programmes()[text].name(language)
        case "starts_at" | "ends_at":
            moment = _moment(value)
            return f"{date_short(moment, language)}, {hour(moment, language)}" if moment else ""
        case "language":
            return own_name(text) if text in LANGUAGES else text
        case "audience":
            return translate(AUDIENCES.get(text, text))
        case "role":
            return translate(ROLES[Role(text)]) if text in tuple(Role) else text
        case "kind":
            return translate(PIECES.get(text, text))
        case "state":
            return translate(TICKED.get(text, text))
        case "closed_at" | "retired_at":
            return translate(GONE[name][value is not None])
        case "pin":
            return translate("un code")
        case "merged_into":
            return text or translate("une personne à part")
    return text


def _moment(value: object) -> datetime | None:
    """A moment out of the body of a write."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _told(conflict: Conflict, fact: Fact, reader: Reader) -> Iterator[str]:
    """When it was said, where that is not the hour that it says; and by whom."""
    half_day, language = conflict.half_day, reader.language
    if half_day is None or local(fact.at).date() != local(half_day.starts_at).date():
        yield _near(fact.at, reader.now, language)
    elif not any(isinstance(at, datetime) and _same_minute(at, fact.at) for _, at in fact.said):
        yield hour(fact.at, language)
    if fact.by or fact.actor in WRITERS:
        yield fact.by or translator(language)(WRITERS[fact.actor])


def _same_minute(one: datetime, other: datetime) -> bool:
    return to_the_minute(one) == to_the_minute(other)


def facts_shown(conflict: Conflict) -> Sequence[Fact]:
    """The two sides that a line has room for: of several the first and the last."""
    return conflict.facts if len(conflict.facts) < 3 else (conflict.facts[0], conflict.facts[-1])
