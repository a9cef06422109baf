"""The words of figures and of what they are told apart by, on screens, in files and on paper alike."""

from __future__ import annotations

from assets.facts import corners, programmes
from assets.languages import date_of, day, hour, length, room_name, translator
from assets.review import AUDIENCES, SOURCES, STAGES, Split, Unit
from models.review.period import Kind, Period
from models.review.report import Report, Row, is_least, is_unheard
from models.review.tally import PER_HUNDRED

NOTHING = "–"
"""Stands where a figure cannot be."""

_WORDS = {Split.STAGE: STAGES, Split.AUDIENCE: AUDIENCES, Split.SOURCE: SOURCES}


def figure_said(value: int | None, unit: Unit, language: str) -> str:
    """A figure as people read it: ``24``, ``128 h 15``, ``91,2 %``."""
    if value is None:
        return NOTHING
    if unit is Unit.MINUTES:
        return length(value, language)
    if unit is Unit.RATE:
        from babel.numbers import format_percent

        return format_percent(value / PER_HUNDRED, "0.0 %", locale=language)
    return str(value)


def figure_number(value: int | None, unit: Unit) -> float | None:
    """A figure as programs read it: counts and minutes as they are, a rate as a part of one."""
    return value / PER_HUNDRED if value is not None and unit is Unit.RATE else value


def hidden(language: str) -> str:
    """Stands where a figure would tell a small group (P-23)."""
    translate = translator(language)
    return translate("masqué")


def row_name(split: Split, row: Row, report: Report, language: str) -> str:
    """What a row of a split is of."""
    match split:
        case Split.TIME:
            return period_name(report.parts[int(row.key)], language)
        case Split.PROGRAMME:
            return programme_name(row.key, language)
        case Split.HALF_DAY:
            one = report.half_days[int(row.key)].half_day
            parts = (
                f"{day(one.starts_at, language, short=True)}, {hour(one.starts_at, language)}",
                programme_name(one.programme, language),
                room_name(one.room, language),
            )
            return " · ".join(part for part in parts if part)
        case Split.CORNER:
            name = corner_name(row.key)
            if is_unheard(report, row.key):
                return translator(language)("{place} (jamais vu)", place=name)
            return at_least(name, report, row.key, language)
    found = _WORDS[split].get(row.key)
    return translator(language)(found) if found else row.key or NOTHING


def corner_name(id_: str) -> str:
    """A corner's place; its id where it is not known here."""
    corner = corners().get(id_)
    return corner.locality if corner else id_


def at_least(name: str, report: Report, corner: str, language: str) -> str:
    """A line of the network's by its name; where not everything has come, that is said."""
    translate = translator(language)
    return translate("{name} (au moins)", name=name) if is_least(report, corner) else name


def programme_name(id_: str, language: str) -> str:
    """A programme's name; its id where the catalogue does not know it any more."""
    programme = programmes().get(id_)
    return programme.name(language) if programme else id_


def period_name(period: Period, language: str) -> str:
    """``novembre 2026``, ``4e trimestre 2026``, ``du 3 au 17 novembre 2026``, ``2026``."""
    from babel.dates import format_date

    match period.kind:
        case Kind.MONTH:
            return format_date(period.first, "LLLL y", locale=language)
        case Kind.QUARTER:
            return format_date(period.first, "QQQQ y", locale=language)
        case Kind.YEAR:
            return str(period.first.year)
    last = date_of(period.last, language, year=True)
    if period.first == period.last:
        return last
    first = date_of(period.first, language, year=period.first.year != period.last.year)
    translate = translator(language)
    return translate("du {first} au {last}", first=first, last=last)
