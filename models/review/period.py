"""Spans of days that people report on: a week, a month, a quarter, a year, or days of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What a span is called."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    OWN = "own"


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both in it; days of the calendar in Brussels."""

    kind: Kind
    first: date
    last: date

    @property
    def before(self) -> Period:
        """The one before, of the same kind; of own days as many."""
        if self.kind is Kind.OWN:
            return Period(Kind.OWN, self.first - (self.last - self.first) - _DAY, self.first - _DAY)
        return period_of(self.kind, self.first - _DAY)

    @property
    def after(self) -> Period:
        """The next one."""
        if self.kind is Kind.OWN:
            return Period(Kind.OWN, self.last + _DAY, self.last + (self.last - self.first) + _DAY)
        return period_of(self.kind, self.last + _DAY)

    @property
    def whole_months(self) -> tuple[Period, ...]:
        """The months that it is made of; empty where it is not made of whole ones."""
        found: list[Period] = []
        start = self.first
        while start <= self.last:
            month = period_of(Kind.MONTH, start)
            if month.first != start or month.last > self.last:
                return ()
            found.append(month)
            start = month.last + _DAY
        return tuple(found)

    @property
    def parts(self) -> tuple[Period, ...]:
        """What it is told apart into along time: days of a week, weeks of a month, months of what is longer.

        The first and the last may be cut short by its ends.
        """
        days = (self.last - self.first).days + 1
        if days <= 7:
            kind = Kind.OWN
        elif days <= 62:
            kind = Kind.WEEK
        else:
            kind = Kind.MONTH
        found: list[Period] = []
        start = self.first
        while start <= self.last:
            last = start if kind is Kind.OWN else min(self.last, period_of(kind, start).last)
            found.append(Period(kind, start, last))
            start = last + _DAY
        return tuple(found)


def known_as(first: date, last: date) -> Period:
    """Two days and all between as the month, quarter, year or week that they are, or as days of their own."""
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR, Kind.WEEK):
        found = period_of(kind, first)
        if (found.first, found.last) == (first, last):
            return found
    return Period(Kind.OWN, first, last)


def period_of(kind: Kind, on: date) -> Period:
    """The week, month, quarter or year that a day is in; of own days the day itself."""
    if kind is Kind.OWN:
        return Period(kind, on, on)
    if kind is Kind.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    long = _MONTHS[kind]
    first = date(on.year, (on.month - 1) // long * long + 1, 1)
    after = first.year * 12 + first.month - 1 + long
    return Period(kind, first, date(after // 12, after % 12 + 1, 1) - _DAY)
