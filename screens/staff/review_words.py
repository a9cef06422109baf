"""The words of figures: how a count, hours and a rate are said, on screens and on paper alike."""

from __future__ import annotations

from assets.languages import length
from assets.review import Unit
from models.review.tally import PER_HUNDRED

NOTHING = "–"
"""Stands where a figure cannot be, or cannot be told."""


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
