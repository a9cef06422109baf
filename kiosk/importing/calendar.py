"""iCalendar: half-days without people, each an event with the programme as its summary."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from zoneinfo import ZoneInfo

from assets.languages import Translate
from kiosk.importing.booking_lines import Context
from kiosk.importing.outcome import FileRead, Naming, NotReadable, Unfit, UnfitLine
from kiosk.importing.series import NUMBER, Event, Sitting, sittings
from kiosk.importing.tables import MOST_LINES, too_many_lines
from kiosk.importing.values import programme_of
from models.lines import BookingLine, Refusal

_LONGEST_UID = 280
"""Characters; with the start of a recurrence behind it, it still fits ``models.lines.BookingLine``."""


def read_calendar(text: str, file: str, context: Context) -> FileRead:
    """The half-days of all events; a line's number is that on which the event begins.

    An event gives its programme, room, times, UID and whether it is cancelled. Who is invited and
    what else it says is not looked at.

    Raises:
        NotReadable: for a text that is no calendar or has no events, and where the corner is unknown.
    """
    if context.corner is None:
        raise NotReadable(
            context.translate(
                "Un calendrier ne dit pas de quel lieu il est : créez d'abord le lieu de cette borne."
            )
        )
    read = FileRead(file)
    seen: set[Refusal] = set()

    def refuse(number: int, column: str, message: str) -> None:
        # Every date of a series has the same fault; it is said once.
        refusal = Refusal(line=number, column=column, message=message)
        if refusal not in seen:
            seen.add(refusal)
            read.refused.append(refusal)

    for events, zone, withdrawn in _groups(text, context.translate):
        for sitting in sittings(events, zone, context.today, context.translate, refuse):
            try:
                read.lines.append(_line(sitting, withdrawn, context))
            except UnfitLine as unfit:
                refuse(sitting.number, unfit.column, str(unfit))
        if len(read.lines) > MOST_LINES:
            raise too_many_lines(context.translate)
    read.lines.sort(key=lambda line: (line.line, line.starts_at))
    read.refused.sort(key=lambda refusal: refusal.line)
    return read


def _groups(text: str, translate: Translate) -> list[tuple[list[Event], ZoneInfo | None, bool]]:
    """The events that belong together by their UID, their calendar's zone, and whether it withdraws them."""
    from icalendar import Calendar
    from icalendar.timezone import tzp

    # Zones that an earlier file defined under the same name mean nothing in this one.
    tzp.use_default()
    try:
        calendars = Calendar.from_ical(text.lstrip().encode(), multiple=True)
    except Exception as error:  # the parser lets through whatever broken text leads to
        raise NotReadable(translate("Ce calendrier est abîmé : exportez-le à nouveau.")) from error
    if not calendars:
        raise NotReadable(translate("Ce calendrier est coupé avant sa fin : exportez-le à nouveau."))
    groups: dict[object, tuple[list[Event], ZoneInfo | None, bool]] = {}
    numbers = _first_lines(text)
    for place, calendar in enumerate(calendars):
        zone, withdrawn = _zone(calendar), str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            number = next(numbers)
            event[NUMBER] = number
            # Without a UID an event belongs to no other.
            key = (place, str(event["UID"]) if event.get("UID") else number)
            groups.setdefault(key, ([], zone, withdrawn))[0].append(event)
    if not groups:
        raise NotReadable(translate("Ce calendrier n'a aucun rendez-vous : exportez celui des ateliers."))
    return list(groups.values())


def _first_lines(text: str) -> Iterator[int]:
    """The line on which each event begins: the parser keeps none. Made up behind the last that is found."""
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip().upper() == "BEGIN:VEVENT":
            yield number
    yield from count(number + 1)


def _zone(calendar: Event) -> ZoneInfo | None:
    """The zone that many programs write for the whole calendar, where it is one that exists."""
    try:
        return ZoneInfo(str(calendar["X-WR-TIMEZONE"]))
    except (KeyError, ValueError, OSError):
        return None


def _line(sitting: Sitting, withdrawn: bool, context: Context) -> BookingLine:
    event, translate = sitting.event, context.translate
    with Naming("SUMMARY"):
        summary = context.text("programme", _text(event, "SUMMARY", translate))
        if not summary:
            raise Unfit(translate("Ce rendez-vous n'a pas de titre : écrivez-y le programme."))
        programme = programme_of(summary, context.programmes, translate)
    with Naming("LOCATION"):
        room = context.text("room", _text(event, "LOCATION", translate))
    with Naming("UID"):
        uid = context.text("uid", _text(event, "UID", translate), _LONGEST_UID)
    if uid and sitting.original_start:
        uid = f"{uid}#{sitting.original_start:%Y%m%dT%H%M%SZ}"
    with Naming("STATUS"):
        status = _text(event, "STATUS", translate).upper()
    return BookingLine(
        line=sitting.number,
        corner=context.corner or "",
        programme=programme,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        uid=uid or None,
        room=room or None,
        status="cancelled"
        if withdrawn or status in ("CANCELLED", "CANCELED")
        else "booked"
        if status == "CONFIRMED"
        else None,
    )


def _text(event: Event, name: str, translate: Translate) -> str:
    """A property's text, empty where it is missing."""
    written = event.get(name, "")
    if isinstance(written, list):
        raise Unfit(translate("Ce rendez-vous donne deux fois cette information : gardez-en une seule."))
    return str(written)
