"""The result of a self-assessment on paper, for its person: in words and dots, without a number or a mark."""

from __future__ import annotations

from datetime import datetime

from assets.facts import corners, hotline
from assets.languages import day, hours, local, room_name, translator
from kiosk.paper.page import A4, ACCENT, QUIET_INK, RULE, WHITE, Paper, Style, kept_together
from models.answers import Sitting
from models.assessment.shown import Shown
from screens.assessment.wording import encouragement, proposal, step_rows, strongest
from screens.widgets.steps import STEPS, StepRow

LEFT, RIGHT = 20.0, A4[0] - 20.0
TOP, BOTTOM = 16.0, A4[1] - 16.0
TEXT_WIDTH = RIGHT - LEFT

ROW = 18.0
"""Height of a row in mm."""

DOT = 3.0
"""Radius of a step in mm."""

_NAMES, _STEPS, _GAP = 56.0, 50.0, 8.0
"""Widths of the columns of names and of steps, and what lies between steps and words, in mm."""

_PLACE = Style(13, bold=True, colour=ACCENT)
_TITLE = Style(30, bold=True)
_WHO = Style(15, colour=QUIET_INK)
_NAME = Style(17, bold=True)
_BODY = Style(16)
_STRONG = Style(18, bold=True)
_NOTE = Style(13, colour=QUIET_INK)


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
    y = paper.write_place(corner_name, LEFT, TOP, TEXT_WIDTH, _PLACE) + 13
    heading = translate("Voici où vous en êtes")
    if not shown.result.complete:
        heading = translate("Un premier aperçu")
    y = paper.write_text(heading, LEFT, y, TEXT_WIDTH, _TITLE, "H1") + 2
    on = kept_together(f"{day(shown.at, language)} {local(shown.at).year}")
    y = paper.write_text(f"{shown.name} · {on}" if shown.name else on, LEFT, y, TEXT_WIDTH, _WHO) + 9
    for row in step_rows(shown, language):
        _draw_row(paper, row, y)
        y += ROW
    y += 8
    y = paper.write_text(strongest(shown, language), LEFT, y, TEXT_WIDTH, _STRONG) + 1
    if kind := encouragement(shown, language):
        y = paper.write_text(kind, LEFT, y, TEXT_WIDTH, _BODY)
    y += 9
    y = paper.write_text(translate("La suite"), LEFT, y, TEXT_WIDTH, _STRONG, "H2") + 1
    for line in _proposed(shown, corner_name, language):
        y = paper.write_text(line, LEFT, y, TEXT_WIDTH, _BODY)
    y = BOTTOM - 2 * _NOTE.line
    for note in (
        translate("Appel gratuit : {hotline}.", hotline=hotline()),
        translate("Auto-évaluation, pas un diplôme."),
    ):
        y = paper.write_text(note, LEFT, y, TEXT_WIDTH, _NOTE)
    return paper.finish()


def _proposed(shown: Shown, corner_name: str, language: str) -> tuple[str, ...]:
    """What comes next; of a workshop also until when and where, for whoever reads it at home."""
    first, *rest = proposal(shown, language)
    if not rest or shown.proposal is None:
        return (first,)
    return first, _when(shown.proposal, language), _where(shown.proposal, corner_name, language)


def _when(sitting: Sitting, language: str) -> str:
    on = kept_together(f"{day(sitting.starts_at, language)} {local(sitting.starts_at).year}")
    return f"{on}, {kept_together(hours(sitting.starts_at, sitting.ends_at, language))}"


def _where(sitting: Sitting, corner_name: str, language: str) -> str:
    corner = corners().get(sitting.corner_id)
    place, room = corner.name if corner else corner_name, room_name(sitting.room, language)
    return f"{place}, {room}" if room else place


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
            paper.set_line_width(1.4 if reached else 0.6)
            paper.line(first + (step - 1) * apart, middle, first + step * apart, middle)
        for step in range(STEPS):
            _draw_step(paper, row, step, first + step * apart - DOT, middle - DOT)
    x = LEFT + _NAMES + _STEPS + _GAP
    paper.write_text(row.words, x, middle - _BODY.line / 2, RIGHT - x, _BODY)


def _draw_step(paper: Paper, row: StepRow, step: int, x: float, y: float) -> None:
    """A full dot, an empty one, or one that is half full where the answers leave it open."""
    full, open_ = step <= row.low, row.low < step <= row.high
    paper.set_line_width(0.7)
    paper.set_draw_color(*(ACCENT if full or open_ else RULE))
    paper.set_fill_color(*(ACCENT if full else WHITE))
    paper.ellipse(x, y, 2 * DOT, 2 * DOT, style="DF")
    if open_:
        paper.set_fill_color(*ACCENT)
        paper.solid_arc(x, y, 2 * DOT, 90, 270, style="F")
