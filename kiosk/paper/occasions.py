"""What, when and where of an invitation, as rows that fit into the height the page has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assets.facts import corners, programmes
from assets.languages import day, hours, room_name, translator
from kiosk.paper.page import ACCENT, Paper, Style, kept_together
from models.issued import IssuedCode, IssuedHalfDay

SIZES = (22.0, 19.0, 16.0, 14.0)
"""Sizes of type in points, tried from the largest; smaller than the last is hard to read (half-days are
left out before that)."""

LABELS = 32.0
"""Width of the labels' column, in mm."""

BEFORE_HOURS = 0.6
"""Distance between the days and their hours, in mm for each point of the size of type."""

LARGE, AIR = 16.0, 0.7
"""Type above ``LARGE`` points may take this part of the height: it is for a page that stays calm."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line; ``y`` is its top in mm, counted from the top of all rows."""

    y: float
    label: str
    text: str
    hours: str
    style: Style


@dataclass(slots=True)
class Occasions:
    """The rows of one size of type, with the height of all and the place of the hours' column."""

    size: float
    rows: list[Row] = field(default_factory=list)
    height: float = 0.0
    hours_at: float = 0.0
    """Left edge of the hours in mm, counted from the left edge of the texts."""

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Print labels on the left, what they stand for beside them, hours in a column of their own."""
        for row in self.rows:
            if row.label:
                label = Style(self.size, bold=True, colour=ACCENT)
                paper.write_lines([row.label], x, y + row.y, label, "H2")
            paper.write_lines([row.text], x + LABELS, y + row.y, row.style)
            if row.hours:
                paper.write_lines([row.hours], x + LABELS + self.hours_at, y + row.y, row.style)


def fitting_occasions(
    paper: Paper, code: IssuedCode, *, corner_name: str, width: float, height: float
) -> Occasions:
    """A person's half-days in a field of ``width`` x ``height`` mm: large, else smaller, else fewer.

    Where half-days are left out, one sentence says so.
    """
    half_days = sorted(code.half_days, key=lambda half_day: half_day.starts_at)
    for size in SIZES:
        laid_out = _laid_out(paper, code, half_days, corner_name, width, size)
        if laid_out is not None and laid_out.height <= height * (AIR if size > LARGE else 1):
            return laid_out
    for shown in range(len(half_days) - 1, 0, -1):
        laid_out = _laid_out(paper, code, half_days[:shown], corner_name, width, SIZES[-1])
        if laid_out is not None and laid_out.height <= height:
            return laid_out
    return Occasions(SIZES[-1])


def _laid_out(
    paper: Paper,
    code: IssuedCode,
    half_days: Sequence[IssuedHalfDay],
    corner_name: str,
    width: float,
    size: float,
) -> Occasions | None:
    """The half-days as rows; ``None`` where a day and its hours are too wide for one line."""
    translate = translator(code.language)
    plain, small_gap = Style(size), size * 0.08
    done = Occasions(size)

    def add(label: str, text: str, style: Style = plain, span: str = "") -> None:
        lines, fitting = paper.fitted(text, width - LABELS, 2 * style.line, style, least=10)
        for number, line in enumerate(lines):
            done.rows.append(Row(done.height, "" if number else label, line, span, fitting))
            done.height += fitting.line

    def add_place(half_day: IssuedHalfDay) -> None:
        done.height += small_gap
        corner, room = _place(half_day, corner_name, code.language)
        together = f"{corner}, {room}" if room else corner
        if paper.width_of(paper.printable(together), plain) <= width - LABELS:
            add(translate("Où"), together)
        else:
            add(translate("Où"), corner)
            add("", _capitalised(room))

    days = {half_day: _capitalised(day(half_day.starts_at, code.language)) for half_day in half_days}
    spans = {
        half_day: kept_together(hours(half_day.starts_at, half_day.ends_at, code.language))
        for half_day in half_days
    }
    day_width = max((paper.width_of(text, plain) for text in days.values()), default=0)
    span_width = max((paper.width_of(text, plain) for text in spans.values()), default=0)
    done.hours_at = day_width + BEFORE_HOURS * size
    if done.hours_at + span_width > width - LABELS:
        return None

    # One place for all is said once, at the end.
    everywhere = len({(half_day.corner, half_day.room) for half_day in half_days}) > 1
    groups: dict[tuple[str, ...], list[IssuedHalfDay]] = {}
    for half_day in half_days:
        place = (half_day.corner, half_day.room or "") if everywhere else ()
        groups.setdefault((half_day.programme, *place), []).append(half_day)
    for group in groups.values():
        done.height += 4 * small_gap if done.rows else 0
        add(translate("Quoi"), _programme(group[0].programme, code.language), Style(size, bold=True))
        done.height += small_gap
        for number, half_day in enumerate(group):
            add("" if number else translate("Quand"), days[half_day], span=spans[half_day])
        if everywhere:
            add_place(group[0])
    if half_days and not everywhere:
        done.height += 0 if len(groups) == 1 else 3 * small_gap
        add_place(half_days[0])
    if len(half_days) < len(code.half_days):
        done.height += 2 * small_gap
        add("…", translate("Il y a d'autres jours. Nous vous les dirons sur place."))
    return done


def _programme(programme: str, language: str) -> str:
    """A programme's plain name, or its id where the catalogue does not know it."""
    known = programmes().get(programme)
    return known.name(language) if known else programme


def _place(half_day: IssuedHalfDay, corner_name: str, language: str) -> tuple[str, str]:
    """The corner by name and the room, which may be empty."""
    corner = corners().get(half_day.corner)
    return corner.name if corner else corner_name, room_name(half_day.room, language)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
