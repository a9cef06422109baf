"""The attendance certificate: on which half-days somebody took part, and how many hours that makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from assets.facts import corners, programmes
from assets.languages import Counted, day, hour, hours, length, local, translator
from kiosk.paper.grid import PADDING, Column, Grid
from kiosk.paper.page import A4, ACCENT, INK, QUIET_INK, Paper, Style, kept_together
from models.documents import Certificate, CertificateLine

LEFT, RIGHT = 20.0, A4[0] - 20.0
TOP, BOTTOM = 16.0, A4[1] - 14.0
TEXT_WIDTH = RIGHT - LEFT

ROW = 7.5
"""Height of a row in mm."""

_DAY, _WORKSHOP, _TIMES, _LENGTH = range(4)
_WIDTHS = (48.0, 56.0, 41.0, 25.0)

_PLACE = Style(13, bold=True, colour=ACCENT)
_TITLE = Style(27, bold=True)
_NAME = Style(20, bold=True)
_BODY = Style(12)
_CELL = Style(10)
_TOTAL = Style(13, bold=True)
_NOTE = Style(8.5, colour=QUIET_INK)
_STAMP = Style(13, bold=True)

_UNSETTLED = "*"
"""Stands beside the hours of a half-day that has not been closed."""

_BOX = 34.0
"""Height of the place for date and signature, in mm."""
_TOTAL_ROW = 10.0
_FOOT = _TOTAL_ROW + 2 + 3 * _NOTE.line + 8 + _BOX + 5 + _NOTE.line
"""From the last row to the bottom of the page, at least."""


def certificate_pdf(
    certificate: Certificate, *, corner_name: str, made_at: datetime, language: str = "fr"
) -> bytes:
    """The certificate as PDF.

    Args:
        certificate: With at least one half-day.
        corner_name: The SmartCorner's name as people know it.
        made_at: Moment of making; it is printed, and kept inside the file.
        language: Language of the house's words on it.

    Raises:
        ValueError: Where there is no half-day.
    """
    if not certificate.lines:
        raise ValueError("there is no half-day to certify")
    translate = translator(language)
    # A title is shown by every program that lists files: it names nobody.
    title = translate("Attestation de présence, {corner}", corner=corner_name)
    paper = Paper(title=title, language=language, made_at=made_at)
    _CertificatePrint(paper, certificate, corner_name, made_at, language).draw()
    return paper.finish()


class _CertificatePrint:
    """One certificate on its way to paper."""

    def __init__(
        self, paper: Paper, certificate: Certificate, corner_name: str, made_at: datetime, language: str
    ) -> None:
        self._paper = paper
        self._certificate = certificate
        self._corner_name = corner_name
        self._made_at = made_at
        self._language = language
        self.translate = translate = translator(language)
        labels = (translate("Jour"), translate("Atelier"), translate("Heures"), translate("Durée"))
        columns = [
            Column(label, width, right=number == _LENGTH)
            for number, (label, width) in enumerate(zip(labels, _WIDTHS, strict=True))
        ]
        self._grid = Grid(paper, LEFT, columns)

    def draw(self) -> None:
        """The first page with its heading, others where the half-days need them, the foot on the last."""
        waiting = list(self._certificate.lines)
        page = 0
        while waiting:
            page += 1
            self._paper.add_page(format=A4)
            y = self._grid.draw_head(self._draw_heading() if page == 1 else self._draw_heading_again())
            here = _rows_here(len(waiting), BOTTOM - y)
            on_page, waiting = waiting[:here], waiting[here:]
            self._grid.draw_rules(y, len(on_page), ROW)
            for row, line in enumerate(on_page):
                self._draw_row(line, y + row * ROW)
            if page > 1 or waiting:
                self._draw_number(page)
            if not waiting:
                self._draw_foot(y + len(on_page) * ROW)

    # ---- above the table

    def _draw_heading(self) -> float:
        """Who certifies what of whom; the bottom is given back."""
        paper, translate, told = self._paper, self.translate, self._certificate
        place_width = TEXT_WIDTH
        if told.duplicate:
            place_width -= self._draw_stamp() + 6
        y = paper.write_place(self._corner_name, LEFT, TOP, place_width, _PLACE) + 14
        y = paper.write_text(translate("Attestation de présence"), LEFT, y, TEXT_WIDTH, _TITLE, "H1") + 8
        sentence = translate("Nous attestons que")
        y = paper.write_text(sentence, LEFT, y, TEXT_WIDTH, _BODY) + 1.5
        lines, style = paper.fitted(self._name, TEXT_WIDTH, 2 * _NAME.line, _NAME, least=11)
        y = paper.write_lines(lines, LEFT, y, style, "H2")
        if told.reference:
            reference = translate("Référence : {reference}", reference=told.reference)
            lines, style = paper.fitted(reference, TEXT_WIDTH, _NOTE.line, _NOTE, least=6)
            y = paper.write_lines(lines[:1], LEFT, y, style)
        y += 3
        took_part = translate(
            Counted(
                "a participé à {n} demi-journée, {period}.", "a participé à {n} demi-journées, {period}."
            ),
            n=len(told.lines),
            period=self._period(),
        )
        lines, style = paper.fitted(took_part, TEXT_WIDTH, 2 * _BODY.line, _BODY, least=9)
        return paper.write_lines(lines, LEFT, y, style) + 6

    def _draw_heading_again(self) -> float:
        """Whose certificate goes on here."""
        paper, told = self._paper, self._certificate
        place_width = TEXT_WIDTH
        if told.duplicate:
            place_width -= self._draw_stamp() + 6
        y = paper.write_place(self._corner_name, LEFT, TOP, place_width, _PLACE) + 5
        lines, style = paper.fitted(f"{self._name}, {self._period()}", TEXT_WIDTH, _BODY.line, _BODY, 7)
        return paper.write_lines(lines[:1], LEFT, y, style) + 4

    def _draw_stamp(self) -> float:
        """That one was made before, so that two are never taken for twice the hours; its width."""
        paper = self._paper
        word = paper.printable(self.translate("Duplicata"))
        width, height = paper.width_of(word, _STAMP) + 10, _STAMP.line + 4
        with paper.drawn():
            paper.set_draw_color(*INK)
            paper.set_line_width(0.7)
            paper.rect(
                RIGHT - width, TOP - 2, width, height, style="D", round_corners=True, corner_radius=1.5
            )
        paper.write_lines([word], RIGHT - width + 5, TOP, _STAMP)
        return width

    @property
    def _name(self) -> str:
        told = self._certificate
        return f"{told.first_name} {told.last_name}".strip()

    def _period(self) -> str:
        """``du 3 octobre 2022 au 4 novembre 2022``, or the one day that it is."""
        first, last = self._certificate.first, self._certificate.last
        if first == last:
            return self.translate("le {day}", day=self._day(first))
        return self.translate("du {first} au {last}", first=self._day(first), last=self._day(last))

    def _day(self, on: date) -> str:
        return kept_together(f"{day(on, self._language)} {on.year}")

    # ---- the table

    def _draw_row(self, line: CertificateLine, y: float) -> None:
        half_day = line.half_day
        on = local(half_day.starts_at).date()
        self._grid.write(_DAY, _capitalised(self._day(on)), y, ROW, _CELL)
        programme = programmes().get(half_day.programme)
        name = programme.name(self._language) if programme else half_day.programme
        self._grid.write(_WORKSHOP, name, y, ROW, _CELL, least=6)
        spans = [kept_together(hours(part.start, part.end, self._language)) for part in line.parts]
        self._grid.write(_TIMES, ", ".join(spans), y, ROW, _CELL, least=5.5)
        mark = "" if line.settled else f"{_UNSETTLED} "
        self._grid.write(_LENGTH, kept_together(mark + length(line.minutes, self._language)), y, ROW, _CELL)

    # ---- below it

    def _draw_foot(self, y: float) -> None:
        """The total, how it was rounded, and the place for a date and a signature."""
        paper, translate, told = self._paper, self.translate, self._certificate
        with paper.drawn():
            paper.set_draw_color(*INK)
            paper.set_line_width(0.4)
            paper.line(LEFT, y, RIGHT, y)
        label, total = translate("Total"), length(told.rounded, self._language)
        paper.write_text(label, LEFT + PADDING, y + 2, 60, _TOTAL)
        paper.write_lines([total], RIGHT - PADDING - paper.width_of(total, _TOTAL), y + 2, _TOTAL)
        y += _TOTAL_ROW + 2
        for note in self._notes():
            y = paper.write_text(note, LEFT, y, TEXT_WIDTH, _NOTE)
        self._draw_signature(max(y + 8, BOTTOM - _NOTE.line - 5 - 2.2 * _BOX))
        made = translate(
            "Imprimée le {day} à {hour}.",
            day=self._day(local(self._made_at).date()),
            hour=kept_together(hour(self._made_at, self._language)),
        )
        paper.write_text(made, LEFT, BOTTOM - _NOTE.line, TEXT_WIDTH - 20, _NOTE)

    def _notes(self) -> Iterator[str]:
        """What must be known to read the figures, one sentence each."""
        told, translate = self._certificate, self.translate
        if told.quarter > 1:
            exact = kept_together(length(told.minutes, self._language))
            if told.quarter == 15:
                yield translate("Total exact : {exact}, arrondi une fois au quart d'heure.", exact=exact)
            else:
                yield translate(
                    Counted(
                        "Total exact : {exact}, arrondi une fois à {n} minute.",
                        "Total exact : {exact}, arrondi une fois à {n} minutes.",
                    ),
                    exact=exact,
                    n=told.quarter,
                )
        if told.provisional:
            yield translate("* Demi-journée pas encore clôturée : ces heures peuvent encore changer.")
        if told.duplicate:
            yield translate("Duplicata : une attestation existe déjà pour ces jours.")

    def _draw_signature(self, y: float) -> None:
        """Where and when, and who stands for it."""
        paper, translate = self._paper, self.translate
        corner = corners().get(self._certificate.lines[0].half_day.corner_id)
        at = translate("Fait à {locality}, le", locality=corner.locality if corner else "…")
        signed = translate("Signature pour le SmartCorner")
        middle = LEFT + 0.45 * TEXT_WIDTH
        lines, style = paper.fitted(at, middle - LEFT - 6, _BODY.line, _BODY, least=8)
        paper.write_lines(lines[:1], LEFT, y + 2, style)
        with paper.drawn():
            paper.set_draw_color(*QUIET_INK)
            paper.set_line_width(0.25)
            paper.line(LEFT, y + 17, middle - 6, y + 17)
            paper.rect(middle, y, RIGHT - middle, _BOX, style="D", round_corners=True, corner_radius=1.5)
        paper.write_text(signed, middle + PADDING, y + 1.5, RIGHT - middle - 2 * PADDING, _NOTE)

    def _draw_number(self, page: int) -> None:
        number = self.translate("page {n}", n=page)
        y = BOTTOM - _NOTE.line
        self._paper.write_lines([number], RIGHT - self._paper.width_of(number, _NOTE), y, _NOTE)


def _rows_here(waiting: int, room: float) -> int:
    """How many rows go on this page; at least two go on to the last one, so that no foot stands alone."""
    if waiting * ROW + _FOOT <= room:
        return waiting
    return max(1, min(waiting - 2, int((room - 2 * _NOTE.line) / ROW)))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
