"""The report of a period on A4: figures large, charts with their numbers, tables, definitions.

Bars are told by their length and the number beside them: it reads the same in black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assets.languages import Translate, translator
from assets.review import BY_ID, SPLITS, FigureKind, Split, Unit
from kiosk.exports.lines import AreaLine, Line, area_lines, columns_of, is_hidden, lines_of, standing_in
from kiosk.paper.page import A4, ACCENT, QUIET_INK, RULE, TINT, Paper, Style
from models.review.report import Report
from screens.assessment.wording import LEVELS, TOGETHER
from screens.staff.review_words import figure_said, hidden, period_name

LEFT, TOP, FOOT = 15.0, 14.0, 12.0

LARGE = ("came", "minutes", "people", "fill_rate", "no_show_rate")
"""The figures that are read first."""

CHARTS = (
    ("came", Split.TIME),
    ("came", Split.PROGRAMME),
    ("fill_rate", Split.PROGRAMME),
    ("came", Split.AUDIENCE),
)
"""What is drawn as bars, where there is anything to compare."""

TABLES = (Split.TIME, Split.PROGRAMME, Split.STAGE, Split.AUDIENCE, Split.SOURCE)
"""Half-days are in the files for a spreadsheet."""

BAR, NAMES, NUMBERS = 4.0, 62.0, 24.0
"""Height of a bar, and width of the names before and of the numbers after it, in mm."""

_PLACE = Style(12, bold=True, colour=ACCENT)
_TITLE = Style(24, bold=True)
_PERIOD = Style(14, colour=QUIET_INK)
_HEADING = Style(13, bold=True)
_LARGE = Style(20, bold=True, colour=ACCENT)
_LABEL = Style(9, colour=QUIET_INK)
_BODY = Style(10)
_STRONG = Style(10, bold=True)
_CELL = Style(8.5)
_HEAD = Style(7, bold=True)


def report_pdf(report: Report, *, corner_name: str, made_at: datetime, language: str) -> bytes:
    """The report as PDF.

    Args:
        made_at: Moment of making, kept inside the file and not on its pages.
    """
    translate = translator(language)
    title = f"{translate('Bilan')} · {period_name(report.period, language)}"
    paper = Paper(title=f"{title}, {corner_name}", language=language, made_at=made_at)
    whole, *lines = lines_of(report, language)
    said = _Said(report, language)
    flow = _Flow(paper, corner_name, title)
    flow.turn()
    flow.heads(paper, translate("Bilan"), whole.name)
    if report.masked:
        note = translate("Les petits groupes sont cachés : un chiffre « masqué » n'est pas zéro.")
        flow.text(note, _BODY)
    _draw_whole(flow, whole, said, columns_of(report))
    for id_, split in CHARTS:
        _draw_chart(flow, [line for line in lines if line.split is split], BY_ID[id_], said)
    _draw_areas(flow, area_lines(report, language), said)
    flow.turn(landscape=True)
    for split in TABLES:
        rows = [line for line in lines if line.split is split]
        if rows:
            _draw_table(flow, translate(SPLITS[split]), rows, standing_in(report, split), said)
    flow.turn()
    _draw_definitions(flow, columns_of(report), translate)
    flow.number_pages()
    return paper.finish()


@dataclass(frozen=True, slots=True)
class _Said:
    """How a figure of a line is said."""

    report: Report
    language: str

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    def __call__(self, line: Line, figure: FigureKind) -> str:
        if is_hidden(self.report, line, figure.id):
            return hidden(self.language)
        return figure_said(line.figures.get(figure.id), figure.unit, self.language)


@dataclass(slots=True)
class _Flow:
    """Goes down the page, and turns it where something would not fit."""

    paper: Paper
    corner_name: str
    title: str
    y: float = 0.0
    landscape: bool = False
    sizes: list[tuple[float, float]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Width for words, in mm."""
        return self.sizes[-1][0] - 2 * LEFT

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.sizes[-1][1] - TOP - FOOT

    def turn(self, *, landscape: bool = False) -> None:
        """A new page."""
        self.landscape = landscape
        self.sizes.append((A4[1], A4[0]) if landscape else A4)
        self.paper.add_page(orientation="L" if landscape else "P", format="A4")
        self.y = TOP
        if len(self.sizes) > 1:
            self.text(f"{self.corner_name} · {self.title}", _LABEL)
            self.y += 3

    def room(self, height: float) -> None:
        """Turn the page where so many millimetres are not left."""
        if self.y + height > self.bottom:
            self.turn(landscape=self.landscape)

    def heads(self, paper: Paper, title: str, period: str) -> None:
        """Who speaks, of what, of when."""
        self.y = paper.write_place(self.corner_name, LEFT, self.y, self.width, _PLACE) + 6
        self.y = paper.write_text(title, LEFT, self.y, self.width, _TITLE, "H1")
        self.y = paper.write_text(period, LEFT, self.y, self.width, _PERIOD) + 4

    def heading(self, text: str, keep: float) -> None:
        """A heading with so many millimetres of what it heads."""
        self.room(_HEADING.line + 4 + keep)
        self.y = self.paper.write_text(text, LEFT, self.y + 4, self.width, _HEADING, "H2") + 1

    def text(self, text: str, style: Style) -> None:
        """A paragraph."""
        lines = self.paper.wrapped(self.paper.printable(text), self.width, style, anywhere=True) or []
        self.room(len(lines) * style.line)
        self.y = self.paper.write_lines(lines, LEFT, self.y, style) + 1

    def number_pages(self) -> None:
        """Which page of how many, at the foot of each."""
        for number, (width, height) in enumerate(self.sizes, start=1):
            # Measures count from the top of a page, and fpdf2 knows but the height of the last one.
            self.paper.page, self.paper.h = number, height
            text = f"{number} / {len(self.sizes)}"
            x = width - LEFT - self.paper.width_of(text, _LABEL)
            self.paper.write_lines([text], x, height - TOP - _LABEL.line, _LABEL)


def _draw_whole(flow: _Flow, whole: Line, said: _Said, columns: Sequence[FigureKind]) -> None:
    """The large ones side by side, then the others in two columns."""
    paper, translate = flow.paper, said.translate
    wide = flow.width / len(LARGE)
    bottom = flow.y
    for number, id_ in enumerate(LARGE):
        x, figure = LEFT + number * wide, BY_ID[id_]
        y = paper.write_text(said(whole, figure), x, flow.y, wide - 3, _LARGE)
        bottom = max(bottom, paper.write_text(translate(figure.name), x, y, wide - 3, _LABEL))
    flow.y = bottom + 4
    others = [figure for figure in columns if figure.id not in LARGE]
    half = (len(others) + 1) // 2
    column = flow.width / 2
    for number, figure in enumerate(others):
        across, down = divmod(number, half)
        x, y = LEFT + across * column, flow.y + down * (_BODY.line + 0.8)
        paper.write_text(said(whole, figure), x, y, 24, _STRONG)
        paper.write_text(translate(figure.name), x + 26, y, column - 30, _BODY)
    flow.y += half * (_BODY.line + 0.8) + 2


def _draw_chart(flow: _Flow, lines: Sequence[Line], figure: FigureKind, said: _Said) -> None:
    """One bar a line, each with its number, under the definition. Nothing where there is one line."""
    if len(lines) < 2:
        return
    paper, translate = flow.paper, said.translate
    step = BAR + 2.2
    flow.heading(f"{translate(figure.name)} · {lines[0].of}", min(len(lines), 6) * step + 2 * _LABEL.line)
    flow.text(translate(figure.meaning), _LABEL)
    most = max((line.figures.get(figure.id) or 0 for line in lines), default=0)
    if figure.unit is Unit.RATE:
        most = max(most, 1000)
    room = flow.width - NAMES - NUMBERS
    for line in lines:
        flow.room(step)
        value = line.figures.get(figure.id) or 0
        names, fitting = paper.fitted(line.name, NAMES - 3, BAR + 1.5, _BODY, least=7)
        paper.write_lines(names[:1], LEFT, flow.y, fitting)
        with paper.drawn():
            paper.set_fill_color(*RULE)
            paper.rect(LEFT + NAMES, flow.y + BAR, room, 0.3, style="F")
            paper.set_fill_color(*ACCENT)
            if value:
                paper.rect(LEFT + NAMES, flow.y + 0.4, room * value / most, BAR - 0.4, style="F")
        paper.write_text(said(line, figure), LEFT + NAMES + room + 2, flow.y, NUMBERS - 2, _STRONG)
        flow.y += step


def _draw_areas(flow: _Flow, areas: Sequence[AreaLine], said: _Said) -> None:
    """How many people at each level of each area, before and after."""
    translate = said.translate
    counts = [count for one in areas for count in (*one.before, *one.after)]
    if not any(count is not None and count for count in counts):
        return
    levels = [translate(word) for word in (*LEVELS, TOGETHER)]
    rows = [
        [f"{one.name}, {when}", *(hidden(said.language) if count is None else str(count) for count in row)]
        for one in areas
        for when, row in ((translate("avant"), one.before), (translate("après"), one.after))
    ]
    flow.heading(translate("Le point, avant et après"), 30)
    _draw_rows(flow, ["", *levels], rows, NAMES + 20)


def _draw_table(
    flow: _Flow, name: str, lines: Sequence[Line], figures: Sequence[FigureKind], said: _Said
) -> None:
    head = [name, *(said.translate(figure.name) for figure in figures)]
    flow.heading(name, 24)
    _draw_rows(flow, head, [[line.name, *(said(line, one) for one in figures)] for line in lines], 56)


def _draw_rows(flow: _Flow, head: Sequence[str], rows: Iterable[Sequence[str]], named: float) -> None:
    """A table: names in a wide column, numbers at the right edge of narrow ones."""
    paper = flow.paper
    wide = (flow.width - named) / (len(head) - 1)
    row_height, head_height = _CELL.line + 1.4, 3 * _HEAD.line + 1

    def draw_head() -> None:
        with paper.drawn():
            paper.set_fill_color(*TINT)
            paper.rect(LEFT, flow.y, flow.width, head_height, style="F")
        for number, text in enumerate(head):
            x, width = (LEFT, named) if not number else (LEFT + named + (number - 1) * wide, wide)
            lines, style = paper.fitted(text, width - 1.5, head_height, _HEAD, least=5)
            paper.write_lines(lines, x + 0.7, flow.y + 0.5, style)
        flow.y += head_height

    draw_head()
    for row in rows:
        if flow.y + row_height > flow.bottom:
            flow.turn(landscape=flow.landscape)
            draw_head()
        _draw_row(flow, row, named, wide)
        flow.y += row_height
        with paper.drawn():
            paper.set_draw_color(*RULE)
            paper.set_line_width(0.2)
            paper.line(LEFT, flow.y, LEFT + flow.width, flow.y)


def _draw_row(flow: _Flow, row: Sequence[str], named: float, wide: float) -> None:
    paper = flow.paper
    lines, style = paper.fitted(row[0], named - 2, _CELL.line, _CELL, least=5.5)
    paper.write_lines(lines[:1], LEFT + 0.7, flow.y + 0.7, style)
    for number, text in enumerate(row[1:]):
        shown, style = paper.fitted(text, wide - 1, _CELL.line, _CELL, least=5)
        right = LEFT + named + (number + 1) * wide - 0.8
        paper.write_lines(shown[:1], right - paper.width_of(shown[0], style), flow.y + 0.7, style)


def _draw_definitions(flow: _Flow, figures: Iterable[FigureKind], translate: Callable[[str], str]) -> None:
    flow.heading(translate("Ce que les chiffres veulent dire"), 10)
    for figure in figures:
        flow.room(2 * _BODY.line + 2)
        flow.text(translate(figure.name), _STRONG)
        flow.y -= 1
        flow.text(translate(figure.meaning), _BODY)
