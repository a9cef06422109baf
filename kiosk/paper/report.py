"""The report of a period on A4: figures large, charts with their numbers, tables, definitions.

Bars are told by their length and the number beside them: it reads the same in black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assets.languages import Translate, translator
from assets.review import BY_ID, LARGE, SPLITS, FigureKind, Split, Unit
from kiosk.exports.lines import AreaLine, Line, area_lines, is_hidden, lines_of
from kiosk.paper.flow import LABEL, LEFT, Flow
from kiosk.paper.page import ACCENT, RULE, Paper, Style
from kiosk.paper.table import Table, draw_table
from models.review.report import Report, columns_of, standing_in
from screens.assessment.wording import LEVELS, TOGETHER
from screens.staff.review_words import figure_said, hidden, period_name

CHARTS = (
    ("came", Split.TIME),
    ("came", Split.PROGRAMME),
    ("fill_rate", Split.PROGRAMME),
    ("came", Split.AUDIENCE),
    ("came", Split.CORNER),
)
"""What is drawn as bars, where there is anything to compare."""

TABLES = (Split.CORNER, Split.TIME, Split.PROGRAMME, Split.STAGE, Split.AUDIENCE, Split.SOURCE)
"""Half-days are in the files for a spreadsheet."""

BAR, NAMES, NUMBERS = 4.0, 62.0, 24.0
"""Height of a bar, and width of the names before and of the numbers after it, in mm."""

_LARGE = Style(20, bold=True, colour=ACCENT)
_BODY = Style(10)
_STRONG = Style(10, bold=True)


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
    flow = Flow(paper, corner_name, title)
    flow.turn()
    flow.heads(translate("Bilan"), whole.name)
    if report.masked:
        note = translate("Les petits groupes sont cachés : un chiffre « masqué » n'est pas zéro.")
        flow.text(note, _BODY)
    _draw_whole(flow, whole, said, columns_of(report))
    for id_, split in CHARTS:
        _draw_chart(flow, [line for line in lines if line.split is split], BY_ID[id_], said)
    _draw_areas(flow, area_lines(report, language), said)
    if lines:
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


def _draw_whole(flow: Flow, whole: Line, said: _Said, columns: Sequence[FigureKind]) -> None:
    """The large ones side by side, then the others in two columns."""
    paper, translate = flow.paper, said.translate
    large = [id_ for id_ in LARGE if BY_ID[id_] in columns]
    wide = flow.width / len(large)
    bottom = flow.y
    for number, id_ in enumerate(large):
        x, figure = LEFT + number * wide, BY_ID[id_]
        y = paper.write_text(said(whole, figure), x, flow.y, wide - 3, _LARGE)
        bottom = max(bottom, paper.write_text(translate(figure.name), x, y, wide - 3, LABEL))
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


def _draw_chart(flow: Flow, lines: Sequence[Line], figure: FigureKind, said: _Said) -> None:
    """One bar a line, each with its number, under the definition. Nothing where there is one line."""
    if len(lines) < 2:
        return
    paper, translate = flow.paper, said.translate
    step = BAR + 2.2
    flow.heading(f"{translate(figure.name)} · {lines[0].of}", min(len(lines), 6) * step + 2 * LABEL.line)
    flow.text(translate(figure.meaning), LABEL)
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


def _draw_areas(flow: Flow, areas: Sequence[AreaLine], said: _Said) -> None:
    """How many people at each level of each area, before and after: as numbers and as shares."""
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
    shares = [row for one in areas for row in (one.before, one.after)]
    draw_table(flow, Table(["", *levels], rows, named=NAMES, shares=shares, drawn=52))


def _draw_table(
    flow: Flow, name: str, lines: Sequence[Line], figures: Sequence[FigureKind], said: _Said
) -> None:
    head = [name, *(said.translate(figure.name) for figure in figures)]
    flow.heading(name, 24)
    rows = [[line.name, *(said(line, one) for one in figures)] for line in lines]
    draw_table(flow, Table(head, rows, named=56))


def _draw_definitions(flow: Flow, figures: Iterable[FigureKind], translate: Callable[[str], str]) -> None:
    flow.heading(translate("Ce que les chiffres veulent dire"), 10)
    for figure in figures:
        flow.room(2 * _BODY.line + 2)
        flow.text(translate(figure.name), _STRONG)
        flow.y -= 1
        flow.text(translate(figure.meaning), _BODY)
