"""A report as lines with columns: what every file of it is written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assets.languages import local, translator
from assets.review import SPLITS, Of, Split
from models.review.period import Period
from models.review.report import Report, columns_of, hides, is_unheard, standing_in
from screens.staff.assessment_words import area_name
from screens.staff.review_words import at_least, period_name, row_name


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the whole, or a row of a split."""

    split: Split | None
    """``None`` is the whole period."""
    key: str
    """What it is of, in the words of programs: a programme's id, the first day of a part, a half-day's id."""
    of: str
    """The words of the split."""
    name: str
    first: date
    last: date
    """The days that it is of, where it is of some of the period's; else those of the period."""
    figures: Mapping[str, int | None]
    """By id, those that can stand in it; ``None`` where there is nothing to divide by, or it is hidden."""


def lines_of(report: Report, language: str) -> Iterator[Line]:
    """The whole first, then each split with its rows."""
    translate, columns = translator(language), columns_of(report)
    yield Line(
        None,
        "",
        translate("Toute la période"),
        at_least(period_name(report.period, language), report, "", language),
        report.period.first,
        report.period.last,
        {figure.id: report.figure(figure.id) for figure in columns},
    )
    for split, words in SPLITS.items():
        standing = standing_in(report, split)
        for row in report.rows.get(split, ()):
            days = _days(report, split, row.key)
            figures = {figure.id: row.tally.figure(figure.id) for figure in standing}
            name = row_name(split, row, report, language)
            key = _key(report, split, row.key, days)
            yield Line(split, key, translate(words), name, days.first, days.last, figures)


def _key(report: Report, split: Split, key: str, days: Period) -> str:
    """The word of a row; a number among others would be another one tomorrow."""
    if split is Split.TIME:
        return days.first.isoformat()
    return report.half_days[int(key)].half_day.id if split is Split.HALF_DAY else key


def _days(report: Report, split: Split, key: str) -> Period:
    """The days of a row."""
    if split is Split.TIME:
        return report.parts[int(key)]
    if split is Split.HALF_DAY:
        on = local(report.half_days[int(key)].half_day.starts_at).date()
        return Period(report.period.kind, on, on)
    return report.period


def is_hidden(report: Report, line: Line, id_: str) -> bool:
    """Whether a figure that can stand in a line is not told there."""
    if line.split is Split.CORNER and is_unheard(report, line.key):
        return False  # nobody hides what nobody knows
    return id_ in line.figures and hides(report, line.figures.get, id_)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of the self-assessments: how many people at each level, before and after."""

    id: str
    name: str
    before: tuple[int | None, ...]
    after: tuple[int | None, ...]


def area_lines(report: Report, language: str) -> tuple[AreaLine, ...]:
    """The areas in the framework's order."""
    points = report.points
    if not any(figure.of is Of.WHOLE for figure in columns_of(report)):
        return ()
    return tuple(
        AreaLine(area, area_name(area, language), tuple(row), tuple(points.after.areas[area]))
        for area, row in points.before.areas.items()
    )
