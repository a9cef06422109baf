"""The half-days of one calendar entry: itself, or every date on which it comes back.

The rules of coming back (exceptions, moved dates, "this one and all that follow") are those of
RFC 5545, followed by ``recurring_ical_events``; here stands what a half-day asks beyond them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from assets.languages import BRUSSELS, Translate
from kiosk.importing.outcome import Naming, Unfit, UnfitLine
from kiosk.importing.values import YEARS_AHEAD, YEARS_BACK, day_of, to_utc

Event: TypeAlias = Any
"""An ``icalendar.Event``, whose own types say of each property only that it is one of thirty kinds."""

DAYS_BACK, DAYS_AHEAD = 365, 730
"""How far from today a series without an end is followed."""

NUMBER = "X-KIOSK-NUMBER"
"""Where an event carries its number in the file, so that its recurrences carry it too."""

_COMES_BACK = ("RRULE", "RDATE", "RECURRENCE-ID")
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")

# Rules that come back more than once a day; followed over years they are millions of dates.
_DAYS = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True, slots=True)
class Sitting:
    """One half-day out of a calendar."""

    number: int
    """The event's place in the file, from 1."""
    event: Event
    starts_at: datetime
    ends_at: datetime
    original_start: datetime | None
    """In a series: when this half-day was first meant to start, in UTC; it never moves."""


Refuse: TypeAlias = Callable[[int, str, str], None]
"""Told of an event that is not taken: its number, the property and one sentence."""


def sittings(
    events: list[Event], zone: ZoneInfo | None, today: date, translate: Translate, refuse: Refuse
) -> list[Sitting]:
    """The half-days of all events with one UID.

    A series of which one event cannot be read is not taken at all: without the date that was moved,
    the others would be read as if it had not been.

    Args:
        events: The events, each with its ``NUMBER``.
        zone: The calendar's zone for times that name none; ``None``: the corner's.
        today: The day around which a series is followed.
        translate: The language of every message.
        refuse: Told of every event and every date that is no half-day.
    """
    if not any(name in event for event in events for name in _COMES_BACK):
        newest = max(_version(event) for event in events)
        return _single(
            [event for event in events if _version(event) == newest], zone, today, translate, refuse
        )
    fit: list[Event] = []
    for event in events:
        with _about(event, translate, refuse):
            _check(event, zone, translate)
            fit.append(event)
    if len(fit) == len(events):
        return _series(events, zone, today, translate, refuse)
    for event in fit:
        sentence = translate("Une autre date de cette série n'est pas lisible : corrigez-la d'abord.")
        refuse(event[NUMBER], "", sentence)
    return []


@contextmanager
def _about(event: Event, translate: Translate, refuse: Refuse) -> Iterator[None]:
    """A block about one event, left with a refusal where something in it is wrong.

    That is also so for an error that nobody thought of: a property may say of itself that it is of
    another type, and ``icalendar`` then hands out what it says.
    """
    try:
        yield
    except UnfitLine as unfit:
        refuse(event[NUMBER], unfit.column, str(unfit))
    except Exception:
        refuse(event[NUMBER], "", translate("Ce rendez-vous n'est pas lisible : supprimez-le et recréez-le."))


def _single(
    events: list[Event], zone: ZoneInfo | None, today: date, translate: Translate, refuse: Refuse
) -> list[Sitting]:
    found: list[Sitting] = []
    for event in events:
        with _about(event, translate, refuse):
            _check(event, zone, translate)
            start, end = _span(event, zone, translate)
            with Naming("DTSTART"):
                day_of(start.astimezone(BRUSSELS).date(), today, translate)
            found.append(Sitting(event[NUMBER], event, start, end, None))
    return found


def _version(event: Event) -> int:
    version = event.get("SEQUENCE", 0)
    return int(version) if isinstance(version, int) else 0


def _series(
    events: list[Event], zone: ZoneInfo | None, today: date, translate: Translate, refuse: Refuse
) -> list[Sitting]:
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar()
    if zone:
        calendar.add("X-WR-TIMEZONE", zone.key)
    for event in events:
        calendar.add_component(event)
    try:
        dates = recurring_ical_events.of(calendar).between(*_window(events, today))
    except Exception:  # whatever a rule that nobody thought of leads to
        sentence = translate("Cette répétition n'est pas lisible : écrivez un rendez-vous par demi-journée.")
        refuse(events[0][NUMBER], "RRULE", sentence)
        return []
    by_number = {event[NUMBER]: event for event in events}
    found: list[Sitting] = []
    for event in dates:
        with _about(event, translate, refuse):
            start, end = _span(event, zone, translate)
            original = _original_start(event, by_number[event[NUMBER]], zone)
            found.append(Sitting(event[NUMBER], event, start, end, original))
    return found


def _window(events: list[Event], today: date) -> tuple[date, date]:
    """How far a series is followed: what has an end is taken as far as single half-days are."""
    endless = any(
        "UNTIL" not in rule and rule.get("COUNT", [-1])[0] < 0 for event in events for rule in _rules(event)
    )
    if endless:
        return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    return date(today.year - YEARS_BACK, 1, 1), date(today.year + YEARS_AHEAD, 12, 31)


def _original_start(event: Event, as_written: Event, zone: ZoneInfo | None) -> datetime:
    """When this half-day of a series was first meant to start."""
    original: datetime = _aware(event["RECURRENCE-ID"].dt, zone)
    if event["RECURRENCE-ID"].params.get("RANGE") == "THISANDFUTURE":
        # All that follow carry the id of the first, and are moved by as much as it.
        moved = _aware(as_written["DTSTART"].dt, zone) - original
        original = _aware(event["DTSTART"].dt, zone) - moved
    return original.astimezone(UTC)


def _check(event: Event, zone: ZoneInfo | None, translate: Translate) -> None:
    """Whether an event is a half-day, or a series of them.

    Raises:
        UnfitLine: naming the property.
    """
    for name in _TIMES:
        with Naming(name):
            _check_property(event, name, translate)
    for rule in _rules(event):
        often = str(rule.get("FREQ", [""])[0]).upper() not in _DAYS or any(
            len(rule.get(by, [])) > 1 for by in _WITHIN_A_DAY
        )
        if often or rule.get("INTERVAL", [1])[0] < 1:
            raise UnfitLine(
                "RRULE",
                translate(
                    "Cette répétition revient plusieurs fois par jour :"
                    " écrivez un rendez-vous par demi-journée."
                ),
            )
        _include_last_day(rule)
    _span(event, zone, translate)


def _check_property(event: Event, name: str, translate: Translate) -> None:
    if any(broken == name for broken, _ in event.errors):
        raise Unfit(translate("Cette date ou cette durée n'est pas lisible : corrigez le rendez-vous."))
    if name in ("RRULE", "EXDATE", "DURATION") or name not in event:
        return
    written = event[name]
    if name == "RDATE":
        several = written if isinstance(written, list) else [written]
        if all(isinstance(one.dt, datetime | tuple) for dates in several for one in dates.dts):
            return
        raise Unfit(translate("Cette date n'a pas d'heure : écrivez un rendez-vous par demi-journée."))
    if isinstance(written, list):
        raise Unfit(translate("Ce rendez-vous donne deux fois cette information : gardez-en une seule."))
    if not isinstance(written.dt, datetime):
        raise Unfit(translate("Ce rendez-vous n'a pas d'heure : indiquez une heure de début et de fin."))
    if written.dt.tzinfo is None and written.params.get("TZID"):
        raise Unfit(translate("Ce fuseau horaire n'est pas connu : écrivez les heures de Bruxelles."))


def _rules(event: Event) -> list[Any]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _include_last_day(rule: dict[str, list[Any]]) -> None:
    """A rule until a day means all of that day; the library would stop at its first second."""
    until = rule.get("UNTIL", [None])[0]
    if isinstance(until, date) and not isinstance(until, datetime):
        rule["UNTIL"] = [datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=UTC)]


def _span(event: Event, zone: ZoneInfo | None, translate: Translate) -> tuple[datetime, datetime]:
    """From when to when an event is, in UTC.

    Raises:
        UnfitLine: where it has no start or no end, or is not a part of one day.
    """
    with Naming("DTSTART"):
        if "DTSTART" not in event:
            raise Unfit(translate("Ce rendez-vous n'a pas de début : indiquez-en l'heure."))
        written = _aware(event["DTSTART"].dt, zone)
        if not 1970 <= written.year <= 2200:
            raise Unfit(translate("Cette date est trop loin d'aujourd'hui : vérifiez l'année."))
        start = to_utc(written, translate)
    with Naming("DTEND"):
        if "DTEND" in event:
            until = _aware(event["DTEND"].dt, written.tzinfo)
            if not 1970 <= until.year <= 2200:
                raise Unfit(translate("Cette date est trop loin d'aujourd'hui : vérifiez l'année."))
            end = to_utc(until, translate)
        elif "DURATION" in event and not isinstance(event["DURATION"], list):
            lasts = min(event["DURATION"].dt, timedelta(days=2))
            end = start + max(lasts, timedelta())
        else:
            raise Unfit(translate("Ce rendez-vous n'a pas de fin : indiquez-en l'heure."))
        if end <= start:
            raise Unfit(translate("La fin n'est pas après le début : corrigez l'une des deux heures."))
        if end - start > timedelta(days=1):
            raise Unfit(translate("Ce rendez-vous dure plus d'un jour : écrivez-en un par demi-journée."))
    return start, end


def _aware(moment: datetime, zone: tzinfo | None) -> datetime:
    """A moment in its own zone, else in the calendar's, else in the corner's."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone or BRUSSELS)
