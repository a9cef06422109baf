"""The words of the roster: a person's tile, the head of a half-day, what became of a touch."""

from __future__ import annotations

from datetime import datetime, timedelta

from assets.languages import N_, Counted, Translate, day, hour, hours, length, local, translator
from models.answers import Sitting
from models.marking import Mark
from models.reckoning import EXPECTED, LEFT, LEFT_EARLY
from models.roster import Attendee, HalfDayRoster
from models.undoing import Act
from models.words import Event
from screens.staff.choosing import EXCUSED
from screens.widgets.tiles import Tile
from screens.wording import where

NO_BOOKING = N_("sans réservation")
SOURCES = {
    "counsellor": N_("conseil"),
    "call_centre": N_("0800"),
    "corner": N_("sur place"),
    "walk_in": NO_BOOKING,
}
"""Who booked, where the file names nobody."""

EVERYBODY = {
    Mark.PRESENT: (N_("Noter la présence de tous"), N_("Tous : présence"), N_("Groupe")),
    Mark.LEFT: (N_("Noter le départ de tous"), N_("Tous : départ"), N_("Groupe")),
    Mark.EXCUSED: (N_("Excuse pour le reste"), N_("Reste : excuse"), N_("Groupe")),
    Mark.ABSENT: (N_("Absence pour le reste"), N_("Reste : absence"), N_("Groupe")),
}
"""The key that notes the same of all who are still open; the short words are for narrow grids."""

NOTED = {
    Mark.PRESENT: N_("{name} : présence notée."),
    Mark.LEFT: N_("{name} : départ noté."),
    Mark.EXCUSED: N_("{name} : absence excusée."),
    Mark.ABSENT: N_("{name} : absence notée."),
}

NOTED_OF_ALL = {
    Mark.PRESENT: Counted("{n} présence notée.", "{n} présences notées."),
    Mark.LEFT: Counted("{n} départ noté.", "{n} départs notés."),
    Mark.EXCUSED: Counted("{n} absence excusée.", "{n} absences excusées."),
    Mark.ABSENT: Counted("{n} absence notée.", "{n} absences notées."),
}

KINDS = {
    Event.ARRIVED: N_("présence"),
    Event.LEFT: N_("départ"),
    Event.EXCUSED: N_("absence excusée"),
    Event.ABSENT: N_("absence"),
    Event.ANNULLED: N_("annulation"),
}


def tile_of(person: Attendee, language: str, *, over: bool = False) -> Tile:
    """One person as a tile; ``over``: whoever was not seen to leave has left all the same."""
    translate = translator(language)
    state, short, tone = _state(person, language, over=over)
    name = f"+ {person.label}" if person.walk_in else person.label
    booked = person.booked_by or translate(SOURCES[person.source] if person.booking_id else NO_BOOKING)
    known = (person.reference, booked) if person.booked_by or not person.walk_in else (booked,)
    detail = " · ".join(part for part in known if part)
    return Tile(person.person_id, name, state, short, tone, detail)


def _state(person: Attendee, language: str, *, over: bool) -> tuple[str, str, str]:
    """What is said of somebody, the same in short, and its tone."""
    translate, known = translator(language), person.reckoning
    if person.waiting:
        return translate("… attend une place"), "…", "note"
    if known.present and known.arrived_at is not None:
        sign = "✓" if person.confirmed else "?"
        since = f"{sign} {hour(known.arrived_at, language)}"
        if over:
            return translate("{since} → départ inconnu", since=since), f"{since} → ?", "note"
        if known.late_by:
            short = f"{since} +{known.late_by}"
            return translate("{since} · après l'heure", since=since), short, "wait"
        return since, "", "good" if person.confirmed else "note"
    if known.state in (LEFT, LEFT_EARLY) and known.left_at is not None:
        return f"→ {hour(known.left_at, language)}", "", ""
    if known.state == EXPECTED:
        return (translate("○ rien de noté"), "○", "wait") if over else (translate("○ à venir"), "○", "")
    if known.excuse is not None and known.state == "excused":
        return translate("– absence excusée"), translate("– excuse"), "note"
    return translate("– absence"), "", "wait"


def detail_of(person: Attendee, language: str) -> str:
    """Who booked, and the hours: one line for whom the cursor is on."""
    translate, known = translator(language), person.reckoning
    parts = [person.name, person.reference]
    if not person.booking_id:
        parts.append(translate(NO_BOOKING))
    elif person.booked_by:
        parts.append(translate("réservation : {who}", who=person.booked_by))
    else:
        parts.append(translate(SOURCES[person.source]))
    if known.excuse and known.state == "excused":
        parts.append(translate(EXCUSED.get(known.excuse, EXCUSED["other"])).lower())
    if known.arrived_at:
        parts.append(translate("arrivée {time}", time=hour(known.arrived_at, language)))
    if known.late_by:
        late = Counted("{n} minute après l'heure", "{n} minutes après l'heure")
        parts.append(translate(late, n=known.late_by))
    if known.left_at:
        parts.append(translate("départ {time}", time=hour(known.left_at, language)))
    if known.minutes:
        parts.append(length(known.minutes, language))
    return " · ".join(part for part in parts if part)


def head_of(roster: HalfDayRoster, now: datetime, language: str) -> str:
    """What, where and when; the day too, where it is not today."""
    sitting = roster.half_day
    text = f"{where(sitting, language)} · {hours(sitting.starts_at, sitting.ends_at, language)}"
    said = day_said(sitting, now, language)
    return f"{said} · {text}" if said else text


def day_said(sitting: Sitting, now: datetime, language: str) -> str:
    """``hier``, ``demain``, or the day; nothing for today."""
    translate = translator(language)
    apart = local(sitting.starts_at).date() - local(now).date()
    if not apart:
        return ""
    near = {timedelta(days=-1): translate("Hier"), timedelta(days=1): translate("Demain")}
    return near.get(apart) or day(sitting.starts_at, language, short=True)


def counts_of(roster: HalfDayRoster, language: str, *, over: bool = False) -> str:
    """How many are there, to come, excused, absent; and what is odd about the places."""
    translate = translator(language)
    there, expected = Counted("{n} là", "{n} là"), Counted("{n} à venir", "{n} à venir")
    if over:
        there = Counted("{n} départ inconnu", "{n} départs inconnus")
        expected = Counted("{n} sans marque", "{n} sans marque")
    here = sum(person.reckoning.present for person in roster.people)
    came = sum(person.reckoning.arrived_at is not None for person in roster.people)
    states = [person.reckoning.state for person in roster.people if not person.waiting]
    waiting = sum(person.waiting for person in roster.people)
    parts = [
        translate(there, n=here) if here or not over else "",
        _count(translate, Counted("{n} départ", "{n} départs"), came - here),
        _count(translate, expected, states.count("expected")),
        _count(translate, Counted("{n} excuse", "{n} excuses"), states.count("excused")),
        _count(translate, Counted("{n} absence", "{n} absences"), states.count("absent")),
        _count(translate, Counted("{n} attend", "{n} attendent"), waiting),
    ]
    places = Counted("{booked} pour {n} place", "{booked} pour {n} places")
    if roster.overbooked:
        parts.append(translate(places, booked=roster.booked, n=roster.capacity))
    if roster.cancelled:
        parts.append(translate("annulée"))
    return " · ".join(part for part in parts if part)


def _count(translate: Translate, counted: Counted, number: int) -> str:
    return translate(counted, n=number) if number else ""


def noted(mark: Mark, names: list[str], language: str) -> str:
    """What became of a touch."""
    translate = translator(language)
    if len(names) == 1:
        return translate(NOTED[mark], name=names[0])
    return translate(NOTED_OF_ALL[mark], n=len(names))


def act_said(act: Act, sentence: str, language: str) -> str:
    """What was taken back or done again: whose mark, by whom, when."""
    translate = translator(language)
    what = translate(KINDS.get(Event(act.kinds[0]), KINDS[Event.ANNULLED])) if act.kinds else ""
    people = Counted("{n} personne", "{n} personnes")
    whom = act.names[0] if len(act.names) == 1 else translate(people, n=len(act.names))
    return translate(sentence, what=what, whom=whom, who=act.author, time=hour(act.at, language))
