"""A person's path on one page, for its person: the figures of their screen, their dates, the small steps."""

from __future__ import annotations

from datetime import datetime

from assets.facts import corners, hotline, programmes
from assets.languages import Counted, date_of, day, hours, length, local, room_name, translator
from assets.page_steps import forem_site, forem_site_said, page_steps
from kiosk.paper.page import A4, ACCENT, QUIET_INK, RULE, WHITE, Paper, Style, kept_together
from kiosk.text_code import text_modules
from models.answers import Sitting
from models.path.path import Followed, Path
from screens.path.wording import path_rows, to_come
from screens.widgets.path_rows import PathRow, Stand
from screens.wording import what

LEFT, RIGHT = 20.0, A4[0] - 20.0
TOP, BOTTOM = 16.0, A4[1] - 14.0
TEXT_WIDTH = RIGHT - LEFT

ROW = 13.0
"""Height of a step in mm."""

DOT = 3.2
"""Radius of a step's sign in mm."""

DATES, PROGRAMMES = 4, 6
"""Lines of each list at most: one page holds them, and more would not be read."""

_NAMES = 66.0
"""Width of the column of names in mm."""

_QR = 34.0
"""Side of the code in mm, with its white."""

_LARGEST = 45
"""Modules a side of the code at most."""

_PLACE = Style(13, bold=True, colour=ACCENT)
_TITLE = Style(28, bold=True)
_WHO = Style(15, colour=QUIET_INK)
_NAME = Style(16, bold=True)
_BODY = Style(14)
_STRONG = Style(16, bold=True)
_SMALL = Style(12)


def path_pdf(path: Path, *, corner_name: str, made_at: datetime, language: str) -> bytes:
    """One page of the path as PDF, in the person's language.

    Args:
        path: With a first name and an initial; the same that the screen shows.
        corner_name: The SmartCorner's name as people know it.
        made_at: Moment of making, kept inside the file.
        language: Language of the words.
    """
    translate = translator(language)
    title = translate("Mon parcours")
    paper = Paper(title=f"{title}, {corner_name}", language=language, made_at=made_at)
    paper.add_page(format=A4)
    y = paper.write_place(corner_name, LEFT, TOP, TEXT_WIDTH, _PLACE) + 9
    y = paper.write_text(title, LEFT, y, TEXT_WIDTH, _TITLE, "H1") + 1
    on = kept_together(date_of(path.at, language, year=True))
    y = paper.write_text(f"{path.person.name} · {on}", LEFT, y, TEXT_WIDTH, _WHO) + 5
    rows = path_rows(path, language)
    for number, row in enumerate(rows):
        _draw_row(paper, row, y, last=number == len(rows) - 1)
        y += ROW
    y += 3
    y = _list(paper, y, translate("Mes heures"), _hours(path, language))
    dates = [_date(one, path, corner_name, language) for one in path.coming[:DATES]]
    if more := to_come(path, language):
        dates.append(more)
    y = _list(paper, y, translate("Mes dates"), dates)
    _draw_steps(paper, path, y, language)
    _draw_foot(paper, language)
    return paper.finish()


def _draw_row(paper: Paper, row: PathRow, y: float, *, last: bool) -> None:
    """A sign on the rail, a name, the same in words, and the hours as a bar."""
    middle, x = y + ROW / 2, LEFT + DOT
    done = row.stand is Stand.DONE
    with paper.drawn():
        if not last:
            paper.set_draw_color(*(ACCENT if done else RULE))
            paper.set_line_width(1.2 if done else 0.5)
            paper.line(x, middle + DOT, x, middle + ROW - DOT)
        paper.set_line_width(0.7)
        paper.set_draw_color(*(RULE if row.stand is Stand.LATER else ACCENT))
        paper.set_fill_color(*(ACCENT if done else WHITE))
        paper.ellipse(x - DOT, middle - DOT, 2 * DOT, 2 * DOT, style="DF")
        if done:
            paper.set_draw_color(*WHITE)
            paper.line(x - 1.6, middle, x - 0.4, middle + 1.4)
            paper.line(x - 0.4, middle + 1.4, x + 1.8, middle - 1.4)
        elif row.stand is Stand.NOW:
            paper.set_fill_color(*ACCENT)
            paper.ellipse(x - 1.5, middle - 1.5, 3, 3, style="F")
    names = LEFT + 2 * DOT + 5
    paper.write_text(row.name, names, middle - _NAME.line / 2, _NAMES, _NAME)
    words = names + _NAMES + 4
    paper.write_text(row.words, words, middle - _BODY.line / 2, RIGHT - words, _BODY)
    if row.share is not None:
        with paper.drawn():
            paper.set_fill_color(*RULE)
            paper.rect(words, middle + 4, RIGHT - words, 0.6, style="F")
            paper.set_fill_color(*ACCENT)
            if row.share:
                paper.rect(words, middle + 3.3, row.share * (RIGHT - words), 2, style="F")


def _hours(path: Path, language: str) -> list[str]:
    """Each programme with its hours, and all of them: every minute once."""
    told = [_followed(one, language) for one in path.followed if one.minutes][:PROGRAMMES]
    if len(told) > 1:
        translate = translator(language)
        told.append(translate("En tout : {length}", length=length(path.minutes, language)))
    return told


def _followed(one: Followed, language: str) -> str:
    translate = translator(language)
    fact = programmes().get(one.programme)
    name = fact.name(language) if fact else one.programme
    many = translate(Counted("{n} demi-journée", "{n} demi-journées"), n=one.half_days)
    return f"{name} : {kept_together(length(one.minutes, language))} · {many}"


def _date(sitting: Sitting, path: Path, corner_name: str, language: str) -> str:
    """Day, hours, what and where, for whoever reads it at home."""
    on = day(sitting.starts_at, language)
    if local(sitting.starts_at).year != local(path.at).year:
        on = f"{on} {local(sitting.starts_at).year}"
    time = kept_together(hours(sitting.starts_at, sitting.ends_at, language))
    corner, room = corners().get(sitting.corner_id), room_name(sitting.room, language)
    elsewhere = corner.name if corner and corner.name != corner_name else ""
    place = ", ".join(part for part in (elsewhere, room) if part)
    return " · ".join(part for part in (f"{on}, {time}", what(sitting, language), place) if part)


def _list(paper: Paper, y: float, heading: str, lines: list[str]) -> float:
    """A heading and its lines; nothing at all where there are none."""
    if not lines:
        return y
    y = paper.write_text(heading, LEFT, y, TEXT_WIDTH, _STRONG, "H2") + 0.5
    for line in lines:
        y = paper.write_text(line, LEFT, y, TEXT_WIDTH, _BODY)
    return y + 3


def _draw_steps(paper: Paper, path: Path, y: float, language: str) -> None:
    """The small steps towards the page, in two columns, each with its box."""
    translate = translator(language)
    y = paper.write_text(translate("Ma page sur leforem.be"), LEFT, y, TEXT_WIDTH, _STRONG, "H2") + 1
    half = (len(page_steps()) + 1) // 2
    width = TEXT_WIDTH / 2 - 4
    for number, step in enumerate(page_steps()):
        column, row = divmod(number, half)
        x, top = LEFT + column * (width + 8), y + row * (_SMALL.line + 0.8)
        ticked = step.id in path.page.ticked
        with paper.drawn():
            paper.set_line_width(0.4)
            paper.set_draw_color(*ACCENT)
            paper.set_fill_color(*WHITE)
            paper.rect(x, top + 0.9, 3.4, 3.4, style="DF")
            if ticked:
                paper.set_line_width(0.8)
                paper.line(x + 0.7, top + 2.6, x + 1.4, top + 3.5)
                paper.line(x + 1.4, top + 3.5, x + 2.9, top + 1.6)
        said = step.say[language]
        told = translate("{step} (fait)", step=said) if ticked else said
        paper.write_text(told, x + 6, top, width - 6, _SMALL)


def _draw_foot(paper: Paper, language: str) -> None:
    """The Forem's site as a code and in letters, and the number to call."""
    translate, site = translator(language), forem_site()
    top = BOTTOM - _QR
    modules = text_modules(site, _LARGEST)
    if modules is not None:
        paper.draw_modules(modules, LEFT, top, _QR, alt=site)
    x = LEFT + _QR + 6
    y = top + (_QR - 3 * _BODY.line) / 2
    for line, style in (
        (translate("C'est le site du Forem."), _BODY),
        (forem_site_said(), _STRONG),
        (translate("Appel gratuit : {hotline}.", hotline=hotline()), _BODY),
    ):
        y = paper.write_text(line, x, y, RIGHT - x, style)
