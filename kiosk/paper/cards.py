"""Cards: the QR that opens a person's half-days, with first name and initial and nothing else of them.

A lost card tells its finder no family name, no reference and no date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from assets.languages import translator
from kiosk.paper.page import A4, ACCENT, NBSP, QUIET_INK, Paper, Style, kept_together, one_language
from kiosk.paper.qr import SIDE
from models.codes import Form
from models.issued import IssuedCode

WIDTH, HEIGHT = 85.60, 53.98
"""A bank card in mm (ISO/IEC 7810, ID-1)."""

COLUMNS, ROWS = 2, 5
"""Cards on an A4 sheet."""

MARGIN = 5.0
_QR_AT = (WIDTH - SIDE - 1.85, 3.0)
"""The quiet zone is white already: 1.85 + 3.15 mm of it make the same margin as on the left."""
_TEXT_WIDTH = _QR_AT[0] - MARGIN
_NAME_FIELD = (20.2, 35.8)
"""Top and bottom of the field that holds the name, however long it is."""
_RULE_AT = 43.3

_TITLE = Style(13, bold=True, colour=ACCENT)
_PLACE = Style(9.5, colour=QUIET_INK)
_NAME = Style(27, bold=True)
_SENTENCE = Style(11)
_LETTERS = Style(10, colour=QUIET_INK)


def cards_pdf(
    codes: Sequence[IssuedCode], *, corner_name: str, made_at: datetime, size: Literal["a4", "card"] = "a4"
) -> bytes:
    """The cards as PDF: ten on an A4 sheet with marks to cut along, or each on a page of its own size.

    Args:
        codes: Card tokens just issued, in the order in which they are printed.
        corner_name: The SmartCorner's name as people know it.
        made_at: Moment of making, kept inside the file (it is not printed).
        size: ``a4`` for paper, ``card`` for a card printer.

    Raises:
        ValueError: Where there is no code, or one that is not a card token.
    """
    if not codes or any(code.form is not Form.CARD for code in codes):
        raise ValueError("cards are printed from one card token or more")
    language = one_language([code.language for code in codes])
    translate = translator(language)
    title = translate("Cartes, {corner}", corner=corner_name)
    paper = Paper(title=title, language=language, made_at=made_at)
    left, top = (A4[0] - COLUMNS * WIDTH) / 2, (A4[1] - ROWS * HEIGHT) / 2
    for number, code in enumerate(codes):
        if size == "card":
            paper.add_page(orientation="landscape", format=(HEIGHT, WIDTH))
            _draw_card(paper, 0, 0, code, corner_name)
            continue
        row, column = divmod(number % (COLUMNS * ROWS), COLUMNS)
        if row == column == 0:
            paper.add_page(format=A4)
            _draw_cutting_marks(paper, left, top)
        _draw_card(paper, left + column * WIDTH, top + row * HEIGHT, code, corner_name)
    return paper.finish()


def _draw_card(paper: Paper, x: float, y: float, code: IssuedCode, corner_name: str) -> None:
    """One card with its top left corner at ``x``, ``y``."""
    translate = translator(code.language)
    paper.speaking = code.language
    paper.write_text(translate("Carte"), x + MARGIN, y + MARGIN, _TEXT_WIDTH, _TITLE)
    lines, style = paper.fitted(corner_name, _TEXT_WIDTH, 2 * _PLACE.line, _PLACE, least=8)
    paper.write_lines(lines, x + MARGIN, y + 11, style)

    # The initial stays beside the end of the name.
    first, _, initial = code.name.rpartition(" ")
    name = f"{first}{NBSP}{initial}" if code.last_name and first else code.name
    top, bottom = _NAME_FIELD
    lines, style = paper.fitted(name, _TEXT_WIDTH, bottom - top, _NAME, least=8)
    middle = (top + bottom - len(lines) * style.line) / 2
    paper.write_lines(lines, x + MARGIN, y + middle, style, "H1")
    paper.draw_qr(
        code.letters, x + _QR_AT[0], y + _QR_AT[1], SIDE, alt=translate("Carte à montrer à la borne")
    )

    with paper.drawn():
        paper.set_draw_color(*ACCENT)
        paper.set_line_width(0.3)
        paper.line(x + MARGIN, y + _RULE_AT, x + WIDTH - MARGIN, y + _RULE_AT)
    sentence = translate("Montrez cette carte à la borne.")
    above_rule = y + _RULE_AT - _SENTENCE.line - 1.2
    paper.write_text(sentence, x + MARGIN, above_rule, WIDTH - 2 * MARGIN, _SENTENCE)
    groups = [code.letters[at : at + 4] for at in range(0, len(code.letters), 4)]
    paper.write_lines([kept_together("   ".join(groups))], x + MARGIN, y + _RULE_AT + 1.4, _LETTERS)


def _draw_cutting_marks(paper: Paper, left: float, top: float) -> None:
    """Short lines in the margins for a guillotine, and small crosses between cards for scissors."""
    across = [left + column * WIDTH for column in range(COLUMNS + 1)]
    down = [top + row * HEIGHT for row in range(ROWS + 1)]
    with paper.drawn():
        paper.set_draw_color(*QUIET_INK)
        paper.set_line_width(0.1)
        for x in across:
            paper.line(x, down[0] - 7, x, down[0] - 2)
            paper.line(x, down[-1] + 2, x, down[-1] + 7)
            for y in down:
                paper.line(x, y - 1, x, y + 1)
        for y in down:
            paper.line(across[0] - 7, y, across[0] - 2, y)
            paper.line(across[-1] + 2, y, across[-1] + 7, y)
            for x in across:
                paper.line(x - 1, y, x + 1, y)
