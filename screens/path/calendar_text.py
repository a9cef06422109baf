"""The next date as a calendar entry (RFC 5545) that a code on the screen holds itself, without a network.

How much a code holds depends on the grid, so there are four lengths. Times are in UTC: a phone shows them
right on either side of a change of the clock, and wherever it is set to.
"""

from __future__ import annotations

from datetime import UTC, datetime

from assets.languages import room_name
from models.answers import Sitting
from screens.wording import what

LONGEST_LINE = 75
"""Octets of a line (RFC 5545, 3.1). Lines are cut, not folded: some phones do not unfold them."""


def calendar_texts(sitting: Sitting, place: str, made_at: datetime, language: str) -> tuple[str, ...]:
    """A half-day as a calendar entry, the longest first.

    The last one is what a code of 29 modules holds, the largest on a grid of sixteen rows: capitals and
    figures alone, in lines that end by one sign, with the beginning but no end.
    """
    room = room_name(sitting.room, language)
    starts, ends = f"DTSTART:{_utc(sitting.starts_at)}", f"DTEND:{_utc(sitting.ends_at)}"
    summary = _line("SUMMARY", what(sitting, language))
    location = _line("LOCATION", f"{place}, {room}" if room else place)
    naming = (f"UID:{sitting.id}", f"DTSTAMP:{_utc(made_at)}")
    return (
        _entry(*naming, summary, location, starts, ends),
        _entry(summary, location, starts, ends),
        _entry(summary, starts, ends),
        "\n".join(("BEGIN:VEVENT", "SUMMARY:FOREM", starts, "END:VEVENT")),
    )


def _entry(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _line(name: str, text: str) -> str:
    """A line with its text escaped (RFC 5545, 3.3.11), cut where it would be too long."""
    line, room = f"{name}:", LONGEST_LINE - len(name) - 1
    for sign in " ".join(text.split()):
        told = f"\\{sign}" if sign in "\\;," else sign
        room -= len(told.encode())
        if room < 0:
            break
        line += told
    return line
