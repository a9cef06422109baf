"""The result of a self-assessment on paper, for its person: in words and dots, without a number or a mark."""

from __future__ import annotations

from datetime import datetime

from assets.facts import hotline
from assets.languages import day, local, translator
from kiosk.paper.page import A4, ACCENT, QUIET_INK, RULE, WHITE, Paper, Style, kept_together
from models.assessment.shown import Shown
from screens.assessment.wording import encouragement, proposal, step_rows, strongest
from screens.widgets.steps import STEPS, StepRow

LEFT, RIGHT = 22.0, A4[0] - 22.0
TOP = 18.0
TEXT_WIDTH = RIGHT - LEFT

ROW = 16.0
"""Height of a row in mm."""

DOT = 2.4
"""Radius of a step in mm."""

_NAMES, _STEPS = 58.0, 52.0
"""Widths of the columns of names and of steps in mm."""

_PLACE = Style(13, bold=True, colour=ACCENT)
_TITLE = Style(28, bold=True)
_WHO = Style(14, colour=QUIET_INK)
_NAME = Style(15, bold=True)
_BODY = Style(15)
_STRONG = Style(16, bold=True)
_NOTE = Style(12, colour=QUIET_INK)


def result_pdf(shown: Shown, *, corner_name: str, made_at: datetime, language: str) -> bytes:
    """One page of the result as PDF, in the person's language.

    Args:
        shown: The result, with a first name and an initial, or without any name.
        corner_name: The SmartCorner's name as people know it.
        made_at: Moment of making, kept inside the file.
        language: Language of the words.
    """
    translate = translator(language)
    title = translate("Faire le point")
    paper = Paper(title=f"{title}, {corner_name}", language=language, made_at=made_at)
    paper.add_page(format=A4)
    y = paper.write_place(corner_name, LEFT, TOP, TEXT_WIDTH, _PLACE) + 14
    heading = translate("Voici où vous en êtes")
    if not shown.result.complete:
        heading = translate("Un premier aperçu")
    y = paper.write_text(heading, LEFT, y, TEXT_WIDTH, _TITLE, "H1") + 2
    on = kept_together(f"{day(shown.at, language)} {local(shown.at).year}")
    y = paper.write_text(f"{shown.name} · {on}" if shown.name else on, LEFT, y, TEXT_WIDTH, _WHO) + 10
    for row in step_rows(shown, language):
        _draw_row(paper, row, y)
        y += ROW
    y += 6
    y = paper.write_text(strongest(shown, language), LEFT, y, TEXT_WIDTH, _STRONG) + 2
    if kind := encouragement(shown, language):
        y = paper.write_text(kind, LEFT, y, TEXT_WIDTH, _BODY)
    y += 8
    y = paper.write_text(translate("La suite"), LEFT, y, TEXT_WIDTH, _STRONG, "H2") + 2
    for line in proposal(shown, language):
        y = paper.write_text(line, LEFT, y, TEXT_WIDTH, _BODY)
    y += 10
    for note in (
        translate("Appel gratuit : {hotline}.", hotline=hotline()),
        translate("Auto-évaluation, pas un diplôme."),
    ):
        y = paper.write_text(note, LEFT, y, TEXT_WIDTH, _NOTE)
    return paper.finish()


def _draw_row(paper: Paper, row: StepRow, y: float) -> None:
    """A name, three dots on a line, and the same in words."""
    middle = y + ROW / 2
    paper.write_text(row.name, LEFT, middle - _NAME.line / 2, _NAMES - 6, _NAME)
    apart = (_STEPS - 2 * DOT) / (STEPS - 1)
    first = LEFT + _NAMES + DOT
    with paper.drawn():
        for step in range(1, STEPS):
            reached = step <= row.low
            paper.set_draw_color(*(ACCENT if reached else RULE))
            paper.set_line_width(1.2 if reached else 0.5)
            paper.line(first + (step - 1) * apart, middle, first + step * apart, middle)
        for step in range(STEPS):
            paper.set_line_width(0.6)
            paper.set_draw_color(*(ACCENT if step <= row.high else RULE))
            paper.set_fill_color(*(ACCENT if step <= row.low else WHITE))
            x = first + step * apart
            paper.ellipse(x - DOT, middle - DOT, 2 * DOT, 2 * DOT, style="DF")
    x = LEFT + _NAMES + _STEPS + 8
    paper.write_text(row.words, x, middle - _BODY.line / 2, RIGHT - x, _BODY)
