"""Invitations: one page a person, to read at home and to hold at the kiosk.

Easy to read (FALC): one idea a sentence, at most twelve words, large type, what, when and where in
that order, and the code where the eye falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assets.facts import hotline
from assets.languages import translator
from kiosk.paper.occasions import fitting_occasions
from kiosk.paper.page import A4, ACCENT, INK, TINT, WHITE, Paper, Style, kept_together, one_language
from kiosk.paper.qr import SIDE
from models.codes import Form
from models.issued import IssuedCode

WIDTH, HEIGHT = A4

LEFT, RIGHT = 22.0, WIDTH - 22.0
TOP, BOTTOM = 16.0, HEIGHT - 15.0
TEXT_WIDTH = RIGHT - LEFT

_PLACE = Style(15, bold=True, colour=ACCENT)
_GREETING = Style(36, bold=True)
_BODY = Style(16)
_CALL = Style(16, bold=True)
_HEADING = Style(18, bold=True, colour=ACCENT)
_LETTER = Style(46, bold=True)
_TOKEN = Style(24, bold=True)
_NUMBER = Style(15, bold=True, colour=WHITE)

_BOX = (20.0, 24.0)
"""Width and height of the box of one letter."""
_BETWEEN, _BETWEEN_GROUPS = 4.0, 18.0
"""Between the boxes of a group of three letters, and between the two groups."""
_PADDING = 6.0
_UNDER_HEADING = 4.0
_STEP = 11.5
"""From one numbered step to the next."""
_ABOVE_FOOT = 5.0
_GAPS = (4.5, 15.0)
"""Smallest and largest distance between two parts of the page."""


def invitations_pdf(codes: Sequence[IssuedCode], *, corner_name: str, made_at: datetime) -> bytes:
    """The invitations as PDF, an A4 page a person, each in the person's language.

    Args:
        codes: Codes just issued; a short code is printed as letters, a card token also as QR.
        corner_name: The SmartCorner that invites, as people know it.
        made_at: Moment of making, kept inside the file (it is not printed).

    Raises:
        ValueError: Where there is no code.
    """
    if not codes:
        raise ValueError("there is no code to print")
    language = one_language([code.language for code in codes])
    translate = translator(language)
    title = translate("Invitations, {corner}", corner=corner_name)
    paper = Paper(title=title, language=language, made_at=made_at)
    for code in codes:
        paper.add_page(format=(WIDTH, HEIGHT))
        _draw_page(paper, code, corner_name)
    return paper.finish()


def _draw_page(paper: Paper, code: IssuedCode, corner_name: str) -> None:
    """One person's page: the parts are measured first, then share the height that is left over."""
    translate = translator(code.language)
    paper.speaking = code.language
    greeting = translate("Bonjour {name},", name=code.first_name)
    greeting_lines, greeting_style = paper.fitted(greeting, TEXT_WIDTH, 19, _GREETING, least=14)
    head = len(greeting_lines) * greeting_style.line + 2 + _BODY.line
    panel = 2 * _PADDING + _HEADING.line + _UNDER_HEADING + (_BOX[1] if code.form is Form.SHORT else SIDE)
    steps = _HEADING.line + _UNDER_HEADING + 3 * _STEP + 1 + _BODY.line
    foot = _ABOVE_FOOT + (1 if _foot(paper, code.language)[2] else 2) * _CALL.line
    free = BOTTOM - TOP - _PLACE.line - 3 - head - panel - steps - foot
    occasions = fitting_occasions(
        paper, code, corner_name=corner_name, width=TEXT_WIDTH, height=free - 5 * _GAPS[0]
    )
    gap = min(_GAPS[1], (free - occasions.height) / 5)

    y = paper.write_place(corner_name, LEFT, TOP, TEXT_WIDTH, _PLACE) + gap
    y = paper.write_lines(greeting_lines, LEFT, y, greeting_style, "H1") + 2
    lead = (
        translate("Nous gardons une place pour vous. C'est gratuit.")
        if code.half_days
        else translate("Voici votre code. C'est gratuit.")
    )
    y = paper.write_text(lead, LEFT, y, TEXT_WIDTH, _BODY) + gap
    if occasions.rows:
        occasions.draw(paper, LEFT, y)
        y += occasions.height + gap
    _draw_panel(paper, code, y, panel)
    y += panel + gap
    _draw_steps(paper, code, y)
    _draw_foot(paper, code.language, BOTTOM - foot)


def _draw_panel(paper: Paper, code: IssuedCode, y: float, height: float) -> None:
    """The code on a tinted ground: six letters in boxes, or the QR and its letters."""
    translate = translator(code.language)
    with paper.drawn():
        paper.set_fill_color(*TINT)
        paper.rect(LEFT, y, TEXT_WIDTH, height, style="F", round_corners=True, corner_radius=4)
    heading = translate("Votre code") if code.form is Form.SHORT else translate("Votre carte")
    note = paper.printable(translate("Apportez cette feuille."))
    x = LEFT + _PADDING
    under = paper.write_text(heading, x, y + _PADDING, TEXT_WIDTH / 2, _HEADING, "H2") + _UNDER_HEADING
    at = RIGHT - _PADDING - paper.width_of(note, _BODY)
    paper.write_lines([note], at, y + _PADDING + (_HEADING.line - _BODY.line) / 2, _BODY)
    if code.form is Form.SHORT:
        _draw_letters(paper, code.letters, under)
        return
    paper.draw_qr(code.letters, x, under, SIDE, alt=translate("Carte à montrer à la borne"))
    groups = [code.letters[at : at + 4] for at in range(0, len(code.letters), 4)]
    lines = [kept_together("   ".join(groups[at : at + 3])) for at in (0, 3)]
    paper.write_lines(lines, x + SIDE + 8, under + (SIDE - 2 * _TOKEN.line) / 2, _TOKEN)


def _draw_letters(paper: Paper, letters: str, y: float) -> None:
    """The six letters of a short code, in two groups of three boxes across the panel."""
    width, height = _BOX
    x = LEFT + (TEXT_WIDTH - 6 * width - 4 * _BETWEEN - _BETWEEN_GROUPS) / 2
    places = [
        x + number * (width + _BETWEEN) + (number >= 3) * (_BETWEEN_GROUPS - _BETWEEN) for number in range(6)
    ]
    with paper.drawn():
        paper.set_fill_color(*WHITE)
        paper.set_draw_color(*ACCENT)
        paper.set_line_width(0.5)
        for place in places:
            paper.rect(place, y, width, height, style="DF", round_corners=True, corner_radius=2.5)
    with paper.tagged("P"):
        paper.set_font("Roboto", "B", _LETTER.size)
        paper.set_text_color(*INK)
        for place, letter in zip(places, letters, strict=True):
            centred = place + (width - paper.width_of(letter, _LETTER)) / 2
            paper.text(centred, y + (height + _LETTER.capitals) / 2, letter)


def _draw_steps(paper: Paper, code: IssuedCode, y: float) -> None:
    """What to do on arrival, in the words of the buttons that will be there."""
    translate = translator(code.language)
    done = translate("Lisez la réponse. Touchez « {button} ».", button=translate("Terminé"))
    if code.form is Form.SHORT:
        steps = [
            translate("Allez à la borne."),
            translate("Tapez les six lettres de votre code."),
            done,
        ]
    else:
        steps = [
            translate("Allez à la borne."),
            translate("Montrez le carré noir et blanc à la borne."),
            done,
        ]
    y = paper.write_text(translate("À votre arrivée"), LEFT, y, TEXT_WIDTH, _HEADING, "H2") + _UNDER_HEADING
    circle = 9.0
    for number, step in enumerate(steps, start=1):
        with paper.drawn():
            paper.set_fill_color(*ACCENT)
            paper.ellipse(LEFT, y, circle, circle, style="F")
        at = LEFT + (circle - paper.width_of(str(number), _NUMBER)) / 2
        paper.write_lines([str(number)], at, y + (circle - _NUMBER.line) / 2, _NUMBER)
        paper.write_text(
            step, LEFT + circle + 5, y + (circle - _BODY.line) / 2, TEXT_WIDTH - circle - 5, _BODY
        )
        y += _STEP
    help_line = translate("Besoin d'aide ? Une personne est là pour vous.")
    paper.write_text(help_line, LEFT, y + 1, TEXT_WIDTH, _BODY)


def _foot(paper: Paper, language: str) -> tuple[str, str, bool]:
    """Whom to call, that it costs nothing, and whether both fit on one line."""
    translate = translator(language)
    call = translate("Une question ? Appelez le {number}.", number=kept_together(hotline()))
    free = translate("L'appel est gratuit.")
    together = paper.width_of(call, _CALL) + 8 + paper.width_of(free, _BODY)
    return call, free, together <= TEXT_WIDTH


def _draw_foot(paper: Paper, language: str, y: float) -> None:
    """Under a thin line: the number to call."""
    with paper.drawn():
        paper.set_draw_color(*ACCENT)
        paper.set_line_width(0.4)
        paper.line(LEFT, y, RIGHT, y)
    call, free, one_line = _foot(paper, language)
    y += _ABOVE_FOOT
    under = paper.write_lines([call], LEFT, y, _CALL)
    if one_line:
        paper.write_lines([free], RIGHT - paper.width_of(free, _BODY), y, _BODY)
    else:
        paper.write_lines([free], LEFT, under, _BODY)
