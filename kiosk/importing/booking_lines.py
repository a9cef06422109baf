"""From the cells of a line to a checked booking line, and from a table to all of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from assets.languages import Translate
from kiosk.importing import values
from kiosk.importing.columns import Layout, layout, why_refused
from kiosk.importing.outcome import FileRead, Naming, Unfit, UnfitLine
from kiosk.importing.personal import refuse_personal
from kiosk.importing.tables import Row, Table
from kiosk.importing.text import LONGEST, clean
from models.lines import BookingLine, Refusal

_PERSON = ("reference", "first_name", "last_name")
_HALF_DAY = ("programme", "date", "start", "end")
_CLOCK = frozenset({"date", "start", "end"})
_KEPT_AS_WRITTEN = (*_PERSON, "workshop", "room", "booked_by")


@dataclass(frozen=True, slots=True)
class Context:
    """What lines are read against: where and when they are read, and in which language."""

    corner: str | None
    """The corner meant by a line that names none; ``None``: every line has to name one."""
    corners: Mapping[str, str]
    """Every way to name a corner, from ``values.corner_names``."""
    programmes: Mapping[str, str]
    """Every way to name a programme, from ``values.programme_names``."""
    today: date
    translate: Translate

    def text(self, meaning: str, cell: object, longest: int = LONGEST) -> str:
        """The clean text of a cell, refused where it says more of a person than a name.

        Raises:
            Unfit: for text that cannot be kept, and for personal data.
        """
        text = clean(cell, self.translate, longest)
        refuse_personal(text, meaning, self.today, self.translate)
        return text


def read_table(table: Table, file: str, context: Context) -> FileRead:
    """The lines of a table, each taken or refused on its own.

    Raises:
        NotReadable: where the header lacks a needed column or has two of one meaning.
    """
    columns = layout(table.header, corner_known=context.corner is not None, translate=context.translate)
    read = FileRead(file, left_out=columns.left_out)
    for title, kind in columns.refused:
        message = why_refused(kind, context.translate)
        read.refused.append(Refusal(line=table.header_line, column=title, message=message))
    for row in table.rows:
        try:
            read.lines.append(_booking_line(row, columns, context))
        except UnfitLine as unfit:
            read.refused.append(Refusal(line=row.line, column=unfit.column, message=str(unfit)))
    return read


def _booking_line(row: Row, columns: Layout, context: Context) -> BookingLine:
    if row.trouble:
        raise UnfitLine("", row.trouble)
    translate = context.translate
    titles = columns.titles
    # Everything is looked at for personal data before anything is said about any of it.
    given: dict[str, Any] = {}
    for meaning, place in columns.places.items():
        with Naming(titles[meaning]):
            cell = _cell(meaning, row.cells[place] if place < len(row.cells) else None, context)
            if cell != "":
                given[meaning] = cell
    for meaning in _needed(given, context):
        if meaning not in given:
            raise UnfitLine(
                titles.get(meaning, meaning), translate("Cette cellule est vide : remplissez-la.")
            )

    fields = {meaning: given[meaning] for meaning in _KEPT_AS_WRITTEN if meaning in given}
    with Naming(titles["programme"]):
        fields["programme"] = values.programme_of(given["programme"], context.programmes, translate)
    fields["corner"] = context.corner
    if "corner" in given:
        with Naming(titles["corner"]):
            fields["corner"] = values.corner_of(given["corner"], context.corners, translate)
    with Naming(titles["date"]):
        day = values.day_of(given["date"], context.today, translate)
    for meaning, field in (("start", "starts_at"), ("end", "ends_at")):
        with Naming(titles[meaning]):
            hour = values.hour_of(given[meaning], day, translate)
            fields[field] = values.moment_of(day, hour, translate)
    if fields["ends_at"] <= fields["starts_at"]:
        raise UnfitLine(
            titles["end"], translate("La fin n'est pas après le début : corrigez l'une des deux heures.")
        )
    if "capacity" in given:
        with Naming(titles["capacity"]):
            fields["capacity"] = values.capacity_of(given["capacity"], translate)
    if "facilitators" in given:
        with Naming(titles["facilitators"]):
            fields["facilitators"] = values.facilitators_of(given["facilitators"], translate)
    for meaning in values.CHOICES.keys() & given.keys():
        with Naming(titles[meaning]):
            fields[meaning] = values.choice_of(meaning, given[meaning], translate)
    return BookingLine(line=row.line, **fields)


def _cell(meaning: str, cell: object, context: Context) -> object:
    """A day or an hour as the spreadsheet typed it, everything else as checked text."""
    if meaning in _CLOCK and isinstance(cell, date | time | timedelta):
        return cell
    if meaning in _CLOCK and isinstance(cell, float) and 0 < cell < 1:
        return cell
    if meaning in _PERSON and isinstance(cell, date | time):
        raise Unfit(
            context.translate(
                "Le tableur a fait de cette cellule une date : mettez-la au format texte et retapez-la."
            )
        )
    return context.text(meaning, cell)


def _needed(given: Mapping[str, object], context: Context) -> tuple[str, ...]:
    """The columns that this line must fill: a line without anybody in it is a half-day's own."""
    needed = _HALF_DAY if context.corner else ("corner", *_HALF_DAY)
    return ("reference", "first_name", *needed) if given.keys() & set(_PERSON) else needed
