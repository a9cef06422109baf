"""The attendance sheet of a half-day: what is known already, and room for pens.

One page for a group. It goes from hand to hand, so it tells nobody why somebody else is excused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil

from assets.facts import programmes
from assets.languages import day, hour, hours, length, local, room_name, together, translator
from kiosk.paper.grid import HEAD, PADDING, Column, Grid
from kiosk.paper.page import A4, ACCENT, QUIET_INK, Paper, Style, kept_together
from models.documents import Sheet, SheetLine
from models.reckoning import ABSENT, EXCUSED

LEFT, RIGHT = 15.0, A4[0] - 15.0
TOP, BOTTOM = 13.0, A4[1] - 12.0
TEXT_WIDTH = RIGHT - LEFT

LEAST_ROW, LARGEST_ROW = 9.0, 13.0
"""Height of a row in mm: a pen needs the first, more than the second only tears the page apart."""

EMPTY = (4, 3)
"""Lines for people without a booking: the first number that still leaves one page, else the first."""

MOST_EMPTY = 12
"""Lines of a sheet on which nobody stands yet."""

_NAME, _ARRIVED, _LEFT, _HOURS = range(4)
_WIDTHS = (66.0, 19.0, 19.0, 28.0, 48.0)

_PLACE = Style(11, bold=True, colour=ACCENT)
_KIND = Style(11, colour=QUIET_INK)
_TITLE = Style(21, bold=True)
_WHEN = Style(12.5, bold=True)
_WHERE = Style(11)
_FAMILY = Style(11.5, bold=True)
_TIME = Style(11)
_STATE = Style(9.5)
_SMALL = Style(7.5, colour=QUIET_INK)
_NOTE = Style(8.5, colour=QUIET_INK)
_MARK = Style(9, bold=True)

_LEAST_NAME = 8.0
"""Points below which a name is cut rather than printed smaller."""

_ABOVE_FOOT = 4.0
_SIGNATURES = 19.0
"""Height of the boxes for the animators' signatures in mm."""
_FOOT = _ABOVE_FOOT + _NOTE.line + 1.5 + _SIGNATURES + 2 + 2 * _NOTE.line


def sheet_pdf(sheets: Sequence[Sheet], *, corner_name: str, made_at: datetime, language: str = "fr") -> bytes:
    """The sheets as PDF, each beginning on a page of its own.

    Args:
        sheets: Half-days, in the order in which they are printed.
        corner_name: The SmartCorner's name as people know it.
        made_at: Moment of making; it is printed, and kept inside the file.
        language: Language of the house's words on it.

    Raises:
        ValueError: Where there is no sheet.
    """
    if not sheets:
        raise ValueError("there is no sheet to print")
    translate = translator(language)
    on = _full_day(sheets[0].half_day.starts_at, language)
    title = translate("Feuille de présence, {corner}, {day}", corner=corner_name, day=on)
    paper = Paper(title=title, language=language, made_at=made_at)
    for sheet in sheets:
        _SheetPrint(paper, sheet, corner_name, made_at, language).draw()
    return paper.finish()


class _SheetPrint:
    """One half-day on its way to paper."""

    def __init__(
        self, paper: Paper, sheet: Sheet, corner_name: str, made_at: datetime, language: str
    ) -> None:
        self._paper = paper
        self._sheet = sheet
        self._corner_name = corner_name
        self._made_at = made_at
        self._language = language
        self.translate = translate = translator(language)
        labels = (
            translate("Nom, prénom"),
            translate("Arrivée"),
            translate("Départ"),
            translate("Présence"),
            translate("Signature"),
        )
        columns = [Column(label, width) for label, width in zip(labels, _WIDTHS, strict=True)]
        self._grid = Grid(paper, LEFT, columns)

    def draw(self) -> None:
        """All pages: as few as rows of nine millimetres allow, with as many rows on each."""
        lines: list[SheetLine | None] = list(self._sheet.lines)
        room = BOTTOM - _FOOT - self._head_height() - HEAD
        most = int(room / LEAST_ROW)
        lines += [None] * self._empty(len(lines), most)
        pages = ceil(len(lines) / most)
        each = ceil(len(lines) / pages)
        height = min(LARGEST_ROW, room / each)
        for page in range(pages):
            on_page = lines[page * each : (page + 1) * each]
            self._paper.add_page(format=A4)
            y = self._grid.draw_head(self._draw_head())
            self._grid.draw_rules(y, len(on_page), height, boxed=True)
            for row, line in enumerate(on_page):
                self._draw_row(line, y + row * height, height)
            y += len(on_page) * height
            self._draw_foot(y + _ABOVE_FOOT, page + 1, pages)

    def _empty(self, people: int, most: int) -> int:
        """How many lines nobody has yet."""
        if not people:
            return min(max(self._sheet.capacity, EMPTY[0]), MOST_EMPTY)
        return next((number for number in EMPTY if people + number <= most), EMPTY[0])

    # ---- the head

    def _head_height(self) -> float:
        """From the top of the page to the table, in mm."""
        return TOP + _PLACE.line + 3 + 3 + _TITLE.line + _WHEN.line + _WHERE.line + 4

    def _draw_head(self) -> float:
        """What, when, where and with whom; the bottom is given back."""
        paper, translate, half_day = self._paper, self.translate, self._sheet.half_day
        kind = translate("Feuille de présence")
        kind_width = paper.width_of(paper.printable(kind), _KIND)
        paper.write_lines([paper.printable(kind)], RIGHT - kind_width, TOP, _KIND)
        y = paper.write_place(self._corner_name, LEFT, TOP, TEXT_WIDTH - kind_width - 8, _PLACE) + 3
        programme = programmes().get(half_day.programme)
        name = programme.name(self._language) if programme else half_day.programme
        lines, style = paper.fitted(name, TEXT_WIDTH, _TITLE.line, _TITLE, least=11)
        paper.write_lines(lines, LEFT, y, style, "H1")
        y += _TITLE.line
        span = kept_together(hours(half_day.starts_at, half_day.ends_at, self._language))
        on = _full_day(half_day.starts_at, self._language)
        y = paper.write_text(f"{on} · {span}", LEFT, y, TEXT_WIDTH, _WHEN, "H2")
        if told := " · ".join(self._where()):
            lines, style = paper.fitted(told, TEXT_WIDTH, _WHERE.line, _WHERE, least=7)
            paper.write_lines(lines, LEFT, y, style)
        return self._head_height()

    def _where(self) -> list[str]:
        """Room, animators, and what somebody must know who holds this sheet."""
        sheet, translate = self._sheet, self.translate
        told = []
        if room := room_name(sheet.half_day.room, self._language):
            told.append(room[:1].upper() + room[1:])
        if sheet.facilitators:
            names = together(list(sheet.facilitators), self._language)
            told.append(translate("avec {names}", names=names))
        if sheet.cancelled:
            told.append(translate("atelier annulé"))
        elif sheet.booked > sheet.capacity:
            told.append(
                translate(
                    "{booked} personnes pour {capacity} places", booked=sheet.booked, capacity=sheet.capacity
                )
            )
        return told

    # ---- the rows

    def _draw_row(self, line: SheetLine | None, y: float, height: float) -> None:
        if line is None:
            x, width = self._grid.inside(_NAME)
            hint = self.translate("Sans réservation : nom, prénom")
            self._paper.write_text(hint, x, y + 0.6, width, _SMALL)
            return
        self._draw_name(line, y, height)
        known = line.reckoning
        if known.arrived_at is None:
            if known.state in (EXCUSED, ABSENT):
                excused = known.state == EXCUSED
                state = self.translate("absence excusée") if excused else self.translate("absence")
                self._grid.write(_HOURS, kept_together(state), y, height, _STATE)
            return
        self._grid.write(_ARRIVED, self._hour(known.arrived_at), y, height, _TIME)
        over = self._made_at >= self._sheet.half_day.ends_at
        if known.left_at is not None:
            self._grid.write(_LEFT, self._hour(known.left_at), y, height, _TIME)
        elif over:
            self._grid.write(_LEFT, self.translate("non noté"), y, height, _NOTE)
        if over or known.left_at is not None:
            counted = kept_together(length(known.minutes, self._language))
            self._grid.write(_HOURS, counted, y, height, _TIME)

    def _draw_name(self, line: SheetLine, y: float, height: float) -> None:
        """Family name and first name on one line, or one under the other; below, small, the reference."""
        paper = self._paper
        x, width = self._grid.inside(_NAME)
        marks = [line.reference] if line.reference else []
        marks += [self.translate("sans réservation")] if line.walk_in else []
        below = _SMALL.line if marks else 0
        family, first = paper.printable(line.last_name), paper.printable(line.first_name)
        bold, plain = self._side_by_side(family, first, width)
        if bold.size >= _LEAST_NAME:
            top = y + (height - bold.line - below) / 2
            family_width = paper.width_of(family + " ", bold) if family else 0
            if family:
                paper.write_lines([family], x, top, bold)
            paper.write_lines([first], x + family_width, top, plain)
            top += bold.line
        else:
            room = (height - below - 0.4) / 2
            top = y + 0.2
            for text, style in ((family, _FAMILY), (first, replace(_FAMILY, bold=False))):
                # In one line each: what is too long ends in dots, and never runs into the next row.
                style = replace(style, size=min(style.size, room / style.line * style.size))
                lines, fitting = paper.fitted(text, width, room, style, least=min(style.size, 6.5))
                paper.write_lines(lines[:1], x, top, fitting)
                top += room
        if marks:
            lines, style = paper.fitted(" · ".join(marks), width, _SMALL.line, _SMALL, least=6)
            paper.write_lines(lines[:1], x, top, style)

    def _side_by_side(self, family: str, first: str, width: float) -> tuple[Style, Style]:
        """The largest styles in which both names fit on one line."""
        size = _FAMILY.size
        while size >= _LEAST_NAME:
            bold = replace(_FAMILY, size=size)
            plain = replace(bold, bold=False)
            family_width = self._paper.width_of(family + " ", bold) if family else 0
            if family_width + self._paper.width_of(first, plain) <= width:
                return bold, plain
            size -= 0.5
        return replace(_FAMILY, size=0), replace(_FAMILY, size=0)

    def _hour(self, moment: datetime) -> str:
        return kept_together(hour(moment, self._language))

    # ---- the foot

    def _draw_foot(self, y: float, page: int, pages: int) -> None:
        """What it comes to, room for the animators, when it was printed and by whom it was closed."""
        paper, translate, sheet = self._paper, self.translate, self._sheet
        if sheet.noted and page == pages:
            counted = translate(
                "Sur la liste : {listed} · Présences : {came} · Heures : {hours}",
                listed=len(sheet.lines),
                came=sheet.came,
                hours=kept_together(length(sheet.minutes, self._language)),
            )
            paper.write_text(counted, LEFT, y, TEXT_WIDTH, _MARK)
        y += _NOTE.line + 1.5
        self._draw_signatures(y)
        y = BOTTOM - 2 * _NOTE.line
        self._draw_closing(y)
        made = translate(
            "Imprimée le {day} à {hour}.",
            day=_full_day(self._made_at, self._language, capital=False),
            hour=self._hour(self._made_at),
        )
        paper.write_text(made, LEFT, y + _NOTE.line, TEXT_WIDTH - 20, _NOTE)
        if pages > 1:
            number = f"{page} / {pages}"
            paper.write_lines([number], RIGHT - paper.width_of(number, _NOTE), y + _NOTE.line, _NOTE)

    def _draw_closing(self, y: float) -> None:
        """Who has closed the half-day, when, and over which figures."""
        sheet, translate = self._sheet, self.translate
        if sheet.signed is None:
            return
        closed = translate(
            "Clôturée le {day} à {hour} par {name}. Empreinte : {hash}.",
            day=_full_day(sheet.signed.at, self._language, capital=False),
            hour=self._hour(sheet.signed.at),
            name=sheet.signed_by or "?",
            hash=sheet.signed.hash[:16],
        )
        if sheet.corrected:
            corrected = translate("Corrigée depuis.")
            closed = f"{closed} {corrected}"
        lines, style = self._paper.fitted(closed, TEXT_WIDTH, _NOTE.line, _NOTE, least=6)
        self._paper.write_lines(lines[:1], LEFT, y, style)

    def _draw_signatures(self, y: float) -> None:
        """A box for each animator; two for whoever it will be where nobody has said."""
        paper, translate = self._paper, self.translate
        names = list(self._sheet.facilitators)[:4] or ["", ""]
        gap = 6.0
        width = (TEXT_WIDTH - gap * (len(names) - 1)) / len(names)
        for number, name in enumerate(names):
            x = LEFT + number * (width + gap)
            with paper.drawn():
                paper.set_draw_color(*QUIET_INK)
                paper.set_line_width(0.25)
                paper.rect(x, y, width, _SIGNATURES, style="D", round_corners=True, corner_radius=1.5)
            label = translate("Animation : {name}", name=name) if name else translate("Animation :")
            lines, style = paper.fitted(label, width - 2 * PADDING, _NOTE.line, _NOTE, least=6.5)
            paper.write_lines(lines[:1], x + PADDING, y + 1.2, style)


def _full_day(moment: datetime, language: str, *, capital: bool = True) -> str:
    """``Jeudi 3 novembre 2022``: paper outlives the year."""
    told = f"{day(moment, language)} {local(moment).year}"
    return told[:1].upper() + told[1:] if capital else told
