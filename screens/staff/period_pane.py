"""What stands in the middle of a period: its figures, one of them told apart and drawn, or the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assets.languages import translator
from assets.review import FigureKind, Split
from models.review.report import Report
from screens.staff.group_board import GroupBoard
from screens.staff.period_views import View, rows_of, short_name, whole_lines
from screens.widgets.column_chart import ColumnChart
from screens.widgets.figure_table import INDENT, FigureLine, FigureTable


class PeriodPane(Horizontal):
    """The figures of the whole stand at the left, what the picked one is made of at the right."""

    DEFAULT_CSS = """
    PeriodPane { width: 100%; height: 1fr; padding: 0 1; }
    PeriodPane > * { display: none; }
    PeriodPane #nothing { width: 100%; height: 1fr; content-align: center middle; text-align: center; }
    PeriodPane.-nothing > #nothing, PeriodPane.-points > #board { display: block; }
    PeriodPane.-figures > #figures, PeriodPane.-split > #figures { display: block; }
    PeriodPane.-split > #parts { display: block; }
    PeriodPane #parts { width: 1fr; }
    PeriodPane #columns { height: 1fr; margin: 0 0 1 2; display: none; }
    PeriodPane.-columns #columns { display: block; }
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._figures = FigureTable(id="figures")
        self._columns = ColumnChart(id="columns")
        self._rows = FigureTable(id="rows")
        self._board = GroupBoard(language)
        self._nothing = Static("", id="nothing", markup=False)

    def compose(self) -> ComposeResult:
        """Everything that may stand here; one or two of them do."""
        yield self._figures
        yield Vertical(self._columns, self._rows, id="parts")
        yield self._board
        yield self._nothing

    def say(self, sentence: str) -> None:
        """A sentence in place of figures, which are forgotten."""
        self._stand("-nothing")
        self._nothing.update(sentence, layout=False)
        self._figures.show(())
        self._rows.show(())
        self._columns.show(())
        self._board.show(None)

    def show(
        self, report: Report, view: View, kinds: Sequence[FigureKind], picked: FigureKind, *, charts: bool
    ) -> None:
        """Show one view of a report.

        Args:
            kinds: the figures that can be picked in it.
            charts: whether the grid is large enough for them.
        """
        if view is View.POINTS:
            self._show_points(report)
            return
        lines, split = whole_lines(report, kinds, self._language), view.by
        self._stand("-figures" if split is None else "-split")
        if split is not None and not charts:
            lines = [replace(one, says="") for one in lines]  # the room is for what it is told apart into
        self._figures.show(lines, kinds.index(picked))
        self._figures.styles.width = "1fr" if split is None else self._figures.natural
        if split is not None:
            self._tell_apart(report, split, picked, charts=charts)

    def _show_points(self, report: Report) -> None:
        if report.points.before.people == 0:
            translate = translator(self._language)
            self.say(translate("Personne n'a fait le point dans cette période."))
        else:
            self._stand("-points")
            self._board.show(report.points)

    def _tell_apart(self, report: Report, split: Split, picked: FigureKind, *, charts: bool) -> None:
        language, translate = self._language, translator(self._language)
        lines = rows_of(report, split, picked, language)
        room = self.size.width - self._figures.natural
        columns = charts and split is Split.TIME and ColumnChart.fits(lines, room - INDENT)
        self.set_class(columns, "-columns")
        if columns:
            names = (short_name(part, language) for part in report.parts)
            self._columns.show([replace(one, name=name) for name, one in zip(names, lines, strict=True)])
        if not lines:
            lines = [FigureLine(translate("Rien dans cette période."), "")]
        self._rows.show(lines, bars=charts and not columns)
        # The columns have what their numbers leave, and half of it at least.
        self._rows.styles.height = min(self._rows.rows_in(room), self.size.height // 2) if columns else "1fr"

    def _stand(self, what: str) -> None:
        """Show one of the four, and nothing beside it."""
        for one in ("-nothing", "-points", "-figures", "-split"):
            self.set_class(one == what, one)

    # ---- pages

    @property
    def _paged(self) -> FigureTable:
        return self._rows if self.has_class("-split") else self._figures

    @property
    def overflows(self) -> bool:
        """Whether there is more than can be seen at once."""
        return (self.has_class("-split") or self.has_class("-figures")) and self._paged.overflows

    def turn(self, step: int) -> None:
        """On by so many pages."""
        self._paged.turn(step)
