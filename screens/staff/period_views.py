"""How a period can be looked at, and the lines of each view: the figures as the report has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assets.languages import N_, translator
from assets.review import LARGE, SPLITS, FigureKind, Split, Unit
from models.review.period import Kind, Period
from models.review.report import Report, columns_of, hides, standing_in
from models.review.tally import PER_HUNDRED
from screens.staff.review_words import NOTHING, figure_said, hidden, period_name, row_name
from screens.widgets.figure_table import FigureLine


class View(StrEnum):
    """One way to look at a period."""

    FIGURES = "figures"
    TIME = "time"
    PROGRAMME = "programme"
    STAGE = "stage"
    AUDIENCE = "audience"
    SOURCE = "source"
    POINTS = "points"

    @property
    def by(self) -> Split | None:
        """What it tells the period apart by."""
        return next((one for one in Split if one.value == self.value), None)


@dataclass(frozen=True, slots=True)
class ViewName:
    """What a view is called."""

    short: str
    """On its key."""
    long: str
    """Above what it shows."""


VIEWS = {
    View.FIGURES: ViewName(N_("Chiffres"), N_("Toute la période")),
    View.TIME: ViewName(N_("Temps"), SPLITS[Split.TIME]),
    View.PROGRAMME: ViewName(N_("Atelier"), SPLITS[Split.PROGRAMME]),
    View.STAGE: ViewName(N_("Étape"), SPLITS[Split.STAGE]),
    View.AUDIENCE: ViewName(N_("Public"), SPLITS[Split.AUDIENCE]),
    View.SOURCE: ViewName(N_("Origine"), SPLITS[Split.SOURCE]),
    View.POINTS: ViewName(N_("Niveaux"), N_("Faire le point : avant et après")),
}

KINDS = {
    Kind.WEEK: N_("Une semaine"),
    Kind.MONTH: N_("Un mois"),
    Kind.QUARTER: N_("Un trimestre"),
    Kind.YEAR: N_("Une année"),
    Kind.OWN: N_("D'autres dates"),
}
OUTSIDE = (Kind.MONTH, Kind.QUARTER, Kind.YEAR)
"""What may leave the corner."""


def figures_in(report: Report, view: View) -> tuple[FigureKind, ...]:
    """The figures that can be picked in a view; those to be read first come first."""
    if view is View.POINTS:
        return tuple(one for one in columns_of(report) if one.id == "progressed")
    found = columns_of(report) if view.by is None else standing_in(report, view.by)
    return tuple(sorted(found, key=lambda one: LARGE.index(one.id) if one.id in LARGE else len(LARGE)))


def is_offered(report: Report, view: View) -> bool:
    """Whether it tells anything: outside the corner a month has no weeks, and no before and after."""
    return bool(figures_in(report, view)) and (view is not View.TIME or len(report.parts) > 1)


def is_empty(report: Report) -> bool:
    """Whether nothing at all happened; it is not told where it is hidden."""
    return not report.whole.half_days and not report.points.before.people and not report.assessments


def whole_lines(report: Report, figures: Sequence[FigureKind], language: str) -> list[FigureLine]:
    """The whole period, a line for each figure."""
    translate = translator(language)
    return [
        FigureLine(translate(one.name), _said(report, report.figure, one, language), first=one.id in LARGE)
        for one in figures
    ]


def rows_of(report: Report, split: Split, figure: FigureKind, language: str) -> list[FigureLine]:
    """A figure by the rows of a split; along time also the parts in which nothing happened."""
    found = {row.key: row for row in report.rows[split]}
    keys = map(str, range(len(report.parts))) if split is Split.TIME else found
    most = max((row.tally.figure(figure.id) or 0 for row in found.values()), default=0)
    if figure.unit is Unit.RATE:
        most = max(most, PER_HUNDRED)
    lines = []
    for key in keys:
        if key not in found:
            lines.append(FigureLine(period_name(report.parts[int(key)], language), NOTHING))
            continue
        value = found[key].tally.figure(figure.id)
        said = _said(report, found[key].tally.figure, figure, language)
        share = None if value is None else value / most if most else 0.0
        lines.append(FigureLine(row_name(split, found[key], report, language), said, share))
    return lines


def _said(report: Report, figure_of: Callable[[str], int | None], figure: FigureKind, language: str) -> str:
    if hides(report, figure_of, figure.id):
        return hidden(language)
    return figure_said(figure_of(figure.id), figure.unit, language)


def short_name(part: Period, language: str) -> str:
    """A part of a period as it stands below its column: ``nov.``, ``7–13``, ``lun. 7``."""
    from babel.dates import format_date

    if part.kind is Kind.MONTH:
        return format_date(part.first, "LLL", locale=language)
    if part.first == part.last:
        return format_date(part.first, "EEE d", locale=language)
    return f"{part.first.day}–{part.last.day}"
