"""The words of states, of events, and of why a figure is what it is: one short sentence for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assets.languages import N_, Counted, Translate, day, hour, length, local, translator
from models.answers import Sitting
from models.marking import Refused
from models.person_events import PersonEvent
from models.policy import Policy
from models.reckoning import Odd, Part, Reckoning, to_the_minute
from models.words import Event, Way
from screens.staff.choosing import CORRECTED, EXCUSED

STATES = {
    "expected": N_("à venir"),
    "present": N_("là"),
    "late": N_("là, après l'heure"),
    "left_early": N_("départ avant la fin"),
    "left": N_("départ"),
    "excused": N_("absence excusée"),
    "absent": N_("absence"),
}
"""The states of ``models.reckoning``."""

KINDS = {
    Event.ARRIVED: N_("arrivée"),
    Event.LEFT: N_("départ"),
    Event.EXCUSED: N_("absence excusée"),
    Event.ABSENT: N_("absence"),
}
ANNULLED = {
    Event.ARRIVED: N_("arrivée annulée"),
    Event.LEFT: N_("départ annulé"),
    Event.EXCUSED: N_("absence excusée annulée"),
    Event.ABSENT: N_("absence annulée"),
}
WAYS = {
    Way.CARD: N_("carte"),
    Way.CODE: N_("code"),
    Way.NAME: N_("nom"),
    Way.PAPER: N_("saisi d'après papier"),
    Way.COMMAND: N_("commande"),
}
"""How something was noted, where it was not simply by the team."""

REASONS = CORRECTED | {"undone": N_("Retour en arrière"), "walk_in_taken_back": N_("Retrait de la liste")}
"""Why something does not count, also where no one was asked."""

REFUSED = {
    Refused.ALREADY: N_("C'est déjà noté ainsi."),
    Refused.NOT_THERE: N_("Aucune arrivée n'est notée : notez d'abord l'arrivée."),
    Refused.NEEDS_EXCUSE: N_("Rien n'est noté : choisissez une excuse."),
    Refused.NEEDS_REASON: N_("Rien n'est noté : choisissez une raison."),
    Refused.NEEDS_TIME: N_("Rien n'est noté : donnez l'heure."),
    Refused.WRONG_TIME: N_("Rien n'est noté : cette heure ne va pas avec les autres."),
    Refused.GONE: N_("Rien n'est noté : la ligne a changé entre-temps."),
}
"""What is said of a mark that was not taken."""

_ODD = {
    Odd.DOUBTFUL_CLOCK: N_("Heure à vérifier : l'horloge de la borne n'était pas sûre."),
    Odd.LEFT_BEFORE_ARRIVAL: N_("Un départ est noté avant toute arrivée : il ne compte pas."),
    Odd.LEFT_TWICE: N_("Deux départs de suite : le premier compte."),
}


def state_words(state: str, language: str) -> str:
    """A state in words."""
    return translator(language)(STATES.get(state, state))


# ---- events


def event_words(event: PersonEvent, on_day: date, language: str) -> str:
    """One event without its hour: ``arrivée · carte · borne d'ici``; the day where it is another one."""
    translate = translator(language)
    return " · ".join(_of_event(event, on_day, translate, language))


def _of_event(event: PersonEvent, on_day: date, translate: Translate, language: str) -> Iterator[str]:
    yield kind_words(event, language)
    if event.annulled is not None:
        yield translate("ne compte pas")
    if local(event.at).date() != on_day:
        yield day(event.at, language, short=True)
    if event.way in WAYS:
        yield translate(WAYS[Way(event.way)])
    if event.by:
        yield event.by
    elif event.by_the_person:
        if event.way not in (Way.CARD, Way.CODE, Way.NAME):
            yield translate("la personne")
    elif not event.by_command:
        yield translate("l'équipe")
    if not event.here:
        yield translate("autre borne")
    elif event.by_the_person:
        yield translate("borne d'ici")
    if event.as_walk_in:
        yield translate("sous le nom {name}", name=event.as_walk_in)
    if event.reason and not (event.from_paper and event.reason == "from_paper"):
        yield reason_words(event.kind, event.reason, translate)
    if event.later:
        yield _noted(event, translate, language)
    if not event.clock_sure:
        yield translate("heure à vérifier")


def kind_words(event: PersonEvent, language: str) -> str:
    """What happened, in a word or two: ``arrivée``, ``départ annulé``."""
    translate = translator(language)
    if event.kind == Event.ANNULLED:
        return translate(ANNULLED[Event(event.annuls)] if event.annuls in ANNULLED else N_("annulation"))
    return translate(KINDS[Event(event.kind)])


def reason_words(kind: str, reason: str, translate: Translate) -> str:
    """Why: the excuse of an excused absence, else the reason of a correction."""
    known = EXCUSED if kind == Event.EXCUSED else REASONS
    return translate(known.get(reason, known["other"]))


def _noted(event: PersonEvent, translate: Translate, language: str) -> str:
    when = hour(event.stored_at, language)
    if local(event.stored_at).date() != local(event.at).date():
        return translate("noté {day} à {hour}", day=day(event.stored_at, language, short=True), hour=when)
    return translate("noté à {hour}", hour=when)


# ---- why


@dataclass(frozen=True, slots=True)
class _Why:
    """What the sentences are made of."""

    reckoning: Reckoning
    sitting: Sitting
    policy: Policy
    language: str

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    def at(self, name: str) -> str:
        """An hour of the half-day: ``starts_at`` or ``ends_at``."""
        return hour(getattr(self.sitting, name), self.language)


def explained(
    reckoning: Reckoning,
    sitting: Sitting,
    policy: Policy,
    language: str,
    events: Sequence[PersonEvent] = (),
) -> list[str]:
    """Why each figure is what it is; the minutes of the parts are those of the reckoning."""
    why = _Why(reckoning, sitting, policy, language)
    return [*_presence(why), *_oddities(why), *_of_events(why, events), *_rounding(why)]


def _presence(why: _Why) -> Iterator[str]:
    known, translate, language = why.reckoning, why.translate, why.language
    if known.arrived_at is None:
        if known.excuse is not None and known.state == "excused":
            yield translate(
                "Absence excusée : {why}.", why=translate(EXCUSED.get(known.excuse, known.excuse))
            )
        elif known.state == "absent":
            yield translate("Absence notée.")
        yield translate("Aucune arrivée ne compte : {length} de présence.", length=length(0, language))
        return
    yield _arrival(why, known.arrived_at)
    for part in known.parts:
        yield _part(why, part)
    if not known.parts:
        yield translate(
            "Pas de temps dans la demi-journée : {length} de présence.", length=length(0, language)
        )
    if len(known.parts) > 1:
        yield translate("En tout : {length}.", length=length(known.minutes, language))
    yield _departure(why)


def _arrival(why: _Why, arrived_at: datetime) -> str:
    known, translate = why.reckoning, why.translate
    told = {"arrived": hour(arrived_at, why.language), "start": why.at("starts_at")}
    after = to_the_minute(arrived_at) - why.sitting.starts_at
    if known.late_by:
        return translate(
            "Arrivée {arrived}, début {start}, tolérance {grace} min : {late} de retard.",
            **told,
            grace=why.policy.tolerance,
            late=length(known.late_by, why.language),
        )
    if after.total_seconds() > 0:
        return translate(
            "Arrivée {arrived}, début {start}, tolérance {grace} min : à l'heure.",
            **told,
            grace=why.policy.tolerance,
        )
    if after.total_seconds() < 0:
        return translate("Arrivée {arrived}, avant le début : comptée à partir de {start}.", **told)
    return translate("Arrivée {arrived}, début {start} : à l'heure.", **told)


def _part(why: _Why, part: Part) -> str:
    return why.translate(
        "De {start} à {end} : {length} de présence.",
        start=hour(part.start, why.language),
        end=hour(part.end, why.language),
        length=length(int(part.length.total_seconds() // 60), why.language),
    )


def _departure(why: _Why) -> str:
    known, translate, ends_at = why.reckoning, why.translate, why.sitting.ends_at
    end = why.at("ends_at")
    if known.left_at is None:
        if Odd.NO_DEPARTURE in known.odd:
            return translate("Sortie inconnue : comptée jusqu'à la fin, {end}.", end=end)
        return translate("Pas encore de départ : compté jusqu'à maintenant.")
    left = hour(known.left_at, why.language)
    if known.left_at < ends_at:
        early = int((ends_at - to_the_minute(known.left_at)).total_seconds() // 60)
        return translate(
            "Départ {left}, fin {end} : {early} avant la fin.",
            left=left,
            end=end,
            early=length(early, why.language),
        )
    return translate("Départ {left} : compté jusqu'à la fin, {end}.", left=left, end=end)


def _oddities(why: _Why) -> Iterator[str]:
    known, translate = why.reckoning, why.translate
    for odd in known.odd:
        if odd in _ODD:
            yield translate(_ODD[odd])
        elif odd is Odd.OUTSIDE:
            opens = hour(why.sitting.starts_at - why.policy.doors, why.language)
            yield translate(
                "À vérifier : une arrivée en dehors des heures, de {opens} à {end}.",
                opens=opens,
                end=why.at("ends_at"),
            )
        elif odd is Odd.ARRIVED_AND_EXCUSED and known.excuse is not None:
            excuse = translate(EXCUSED.get(known.excuse, known.excuse))
            yield translate("Une excuse est notée aussi ({why}) : l'arrivée compte.", why=excuse)


def _of_events(why: _Why, events: Iterable[PersonEvent]) -> Iterator[str]:
    translate, language = why.translate, why.language
    for event in events:
        if event.kind == Event.ANNULLED:
            continue
        told = {"what": kind_words(event, language), "hour": hour(event.at, language)}
        if (annulled := event.annulled) is not None:
            reason = reason_words(Event.ANNULLED, annulled.reason, translate) if annulled.reason else ""
            by = " · ".join(part for part in (annulled.by, reason) if part)
            yield translate(
                "Ne compte pas : {what} de {hour}, annulation à {when} ({by}).",
                **told,
                when=hour(annulled.at, language),
                by=by or translate("l'équipe"),
            )
        elif event.from_paper:
            yield translate("Saisi d'après papier : {what} de {hour}.", **told)
        elif event.later:
            noted = _noted(event, translate, language)
            yield translate("Après coup : {what} de {hour}, {noted}.", **told, noted=noted)


def _rounding(why: _Why) -> Iterator[str]:
    if why.reckoning.minutes and why.policy.quarter > 1:
        yield why.translate(
            Counted(
                "Sur une attestation, le total est arrondi à {n} minute, une seule fois.",
                "Sur une attestation, le total est arrondi à {n} minutes, une seule fois.",
            ),
            n=why.policy.quarter,
        )
