"""A period of the corner: its figures, each told apart and drawn, with its definition below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assets.review import FigureKind
from models.requests import Request
from models.review.attendances import first_moment
from models.review.period import Kind, Period, period_of
from models.review.report import Report
from models.review.seeing import SeeReport
from screens.messages import CloseWanted
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.head import Head
from screens.staff.period_pane import PeriodPane
from screens.staff.period_views import (
    KINDS,
    OUTSIDE,
    VIEWS,
    View,
    figures_in,
    is_empty,
    is_offered,
)
from screens.staff.review_words import period_name
from screens.staff.span_entry import YEARS, SpanScreen
from screens.widgets.figure_table import FigureTable
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

AGAIN = 5.0
"""Seconds between two looks at the same period: a year is not worked out at each arrival."""

CHARTS = (100, 30)
"""The grid from which on charts are drawn; below it their numbers stand in a table."""


class PeriodScreen(StaffScreen):
    """One period, one way to look at it, one figure picked."""

    BINDINGS = [
        ("left", "view(-1)"),
        ("right", "view(1)"),
        ("up", "figure(-1)"),
        ("down", "figure(1)"),
        ("pageup", "turn_to(-1)"),
        ("pagedown", "turn_to(1)"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (30, "-high")]
    DEFAULT_CSS = """
    PeriodScreen #views Key { margin: 0; }
    PeriodScreen #views Key.-chosen { border: heavy $accent; text-style: bold; }
    PeriodScreen.-narrow #views, PeriodScreen.-short #views { display: none; }
    PeriodScreen .step { display: none; }
    PeriodScreen.-narrow .step, PeriodScreen.-short .step { display: block; }
    PeriodScreen.-high PeriodPane { padding: 1 1 0 1; }
    PeriodScreen.-narrow PeriodPane.-split > #figures { display: none; }
    PeriodScreen #meaning { width: 100%; height: 2; padding: 0 2; color: $quiet; }
    PeriodScreen.-narrow #meaning { height: 3; padding: 0 1; }
    PeriodScreen.-short.-points #meaning, PeriodScreen.-short.-points #said { display: none; }
    PeriodScreen.-narrow .keys { padding: 0; }
    PeriodScreen.-narrow .keys > Key { margin: 0; }
    PeriodScreen.-narrow.-closes #next-figure, PeriodScreen.-narrow #more { display: none; }
    PeriodScreen.-narrow.-closes.-network #next-view { display: none; }
    PeriodScreen #more.-gone { display: none; }
    """

    class Progress(Message):
        """So much of a report has been worked out; sent from the thread that reads."""

        def __init__(self, period: Period, done: int, of: int) -> None:
            super().__init__()
            self.period = period
            self.done = done
            self.of = of

    def __init__(
        self,
        frame: Frame,
        *,
        kind: Kind = Kind.MONTH,
        on: date,
        outside: bool,
        may_close: bool = False,
        network_on: date | None = None,
    ) -> None:
        super().__init__(frame)
        self._outside = outside
        """Whether it is looked at as it would leave the corner."""
        self._network_on = network_on
        """Today, where the whole network can be looked at from here."""
        self.set_class(network_on is not None, "-network")
        self.set_class(may_close, "-closes")
        self._may_close = may_close
        """Whether it is the first screen of whoever looks at it, and closes the kiosk too."""
        self._on = on
        self._period = period_of(kind, on)
        self._report: Report | None = None
        self._stays = False
        """Whether it is a period that cannot leave the corner."""
        self._asked: Period | None = None
        """What is being worked out: one at a time, and then the newest wish."""
        self._resting = self._stale = False
        self._view = View.FIGURES
        self._figure = "came"
        self._head = Head()
        self._pane = PeriodPane(self.language)
        self._meaning = Static("", id="meaning", markup=False)
        self._export = LetteredKey("", "e", id="export", main=True)

    def parts(self) -> Iterable[Widget]:
        """Which period, the ways to look at it, what is shown, what that means, and where to go."""
        translate = self.translate
        yield self._head
        with Horizontal(id="views", classes="keys"):
            for view, name in VIEWS.items():
                yield Key(translate(name.short), id=f"view-{view}")
        yield self._pane
        yield self.said
        yield self._meaning
        with Horizontal(id="feet", classes="keys"):
            yield LetteredKey(translate("Période"), "p", id="kind")
            yield LetteredKey(translate("Vue"), "v", id="next-view").add_class("step")
            yield LetteredKey(translate("Chiffre"), "c", id="next-figure").add_class("step")
            yield LetteredKey(translate("Suite"), "s", id="more").add_class("-gone")
            yield self._export
            if self._network_on is not None:
                yield LetteredKey(translate("Réseau"), "r", id="network")
            if self._may_close:
                yield LetteredKey(translate("Fermer"), "f", id="kiosk")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the period."""
        self._draw()
        self._look()

    # ---- asking and being answered

    def changed(self) -> None:
        """Somebody came, or something was put right: look again, but not at each of them."""
        if self._resting or self._asked is not None:
            self._stale = True
        else:
            self._look()

    def _look(self) -> None:
        """Ask for what is wanted now; while something else is worked out, after that."""
        if self._asked is not None or self.wiped:
            return
        self._asked, self._stale, self._resting = self._period, False, True
        self.set_timer(AGAIN, self._rested)
        self.ask(SeeReport(self._period, self._outside, partial(self._tell, self._period)))

    def _rested(self) -> None:
        self._resting = False
        if self._stale:
            self.changed()

    def _tell(self, period: Period, done: int, of: int) -> None:
        """In the thread that reads."""
        if not self.wiped:
            self.post_message(self.Progress(period, done, of))

    def on_period_screen_progress(self, event: Progress) -> None:
        """Say how far it is, where there is nothing to look at yet."""
        if event.period == self._period == self._asked and self._report is None and event.of > 1:
            self._pane.say(self.translate("Calcul : {done} sur {of}", done=event.done, of=event.of))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show the period, unless another one is wanted by now."""
        if isinstance(request, SeeReport):
            self._asked = None
            if request.period != self._period:
                self._look()
                return
            self._report, self._stays = result, result is None
            self._draw()

    def refused(self, request: Request[Any]) -> None:
        """The role may not see this."""
        self._asked = None
        super().refused(request)

    def failed(self, request: Request[Any]) -> None:
        """It could not be read."""
        self._asked = None
        super().failed(request)

    def _want(self, period: Period, on: date) -> None:
        """Another period: nothing of the one before stays under its name."""
        if period == self._period or period.first.year not in YEARS or period.last.year not in YEARS:
            return
        self._period, self._on = period, on
        self._report, self._stays = None, False
        self.say("")
        self._draw()
        self._look()

    # ---- what is shown

    @property
    def _shown(self) -> View:
        """How it is looked at: as wished, where that tells anything apart."""
        return self._view if self._report is None or is_offered(self._report, self._view) else View.FIGURES

    @property
    def _kinds(self) -> tuple[FigureKind, ...]:
        return figures_in(self._report, self._shown) if self._report is not None else ()

    @property
    def _picked(self) -> int:
        """The place of the figure that is picked; where it can not stand, the first."""
        return next((number for number, one in enumerate(self._kinds) if one.id == self._figure), 0)

    def _draw(self) -> None:
        """Everything, as it is now."""
        report, view, translate = self._report, self._shown, self.translate
        title, empty = translate(VIEWS[view].long), report is not None and is_empty(report)
        self.set_class(view is View.POINTS, "-points")
        for key in self.query("#views Key"):  # none where the screen is on its way out
            one = _view_of(key)
            key.set_class(one is view, "-chosen")
            key.display = report is None or is_offered(report, one)
        if self._stays:
            self._pane.say(
                translate("Hors du SmartCorner, seulement des mois finis : touchez ‹ pour ceux d'avant.")
            )
            self._meaning.update("")
        elif report is None or empty:
            self._pane.say(translate("Rien dans cette période.") if empty else translate("Un instant…"))
            self._meaning.update("")
        else:
            figure = self._kinds[self._picked]
            name = translate(figure.name)
            if view.by is not None:
                title = f"{name} · {title}"
            told = translate(figure.meaning)
            if figure.id == "unsettled" and report.whole.unsettled and not self._outside:
                told = f"{told} {translate('Entrée : les voir.')}"
            self._meaning.update(Content.assemble((name, "bold $ink"), f" : {told}"))
            charts = self.size.width >= CHARTS[0] and self.size.height >= CHARTS[1]
            self._pane.show(report, view, self._kinds, figure, charts=charts)
        self._head.say(period_name(self._period, self.language), title)
        masked = report is not None and report.masked
        self._head.alert(translate("Les petits groupes sont masqués.") if masked else "", calls=False)
        self.call_after_refresh(self._offer_more)

    def _offer_more(self) -> None:
        """A key to the next page, where there is one."""
        for key in self.query("#more"):
            key.set_class(not self._pane.overflows, "-gone")

    def on_resize(self) -> None:
        """Charts from some size on, and words as long as there is room for."""
        short = self.has_class("-narrow")
        self._export.say(self.translate("Fichier") if short else self.translate("Emporter"))
        self._draw()

    # ---- keys and fingers

    def action_view(self, step: int) -> None:
        """To the next way to look at it."""
        offered = [one for one in VIEWS if self._report is None or is_offered(self._report, one)]
        self._look_by(offered[(offered.index(self._shown) + step) % len(offered)])

    def _look_by(self, view: View) -> None:
        self._view = view
        self._draw()

    def action_figure(self, step: int) -> None:
        """Pick the next figure."""
        if len(self._kinds) > 1:
            self._pick((self._picked + step) % len(self._kinds))

    def _pick(self, number: int) -> None:
        self._figure = self._kinds[number].id
        self._draw()

    @on(FigureTable.Picked)
    def _picked_one(self, event: FigureTable.Picked) -> None:
        event.stop()
        if event.number == self._picked:
            self._open_unsettled()
        self._pick(event.number)

    def action_turn_to(self, step: int) -> None:
        """To the period before or after."""
        period = self._period.before if step < 0 else self._period.after
        self._want(period, period.first)

    def on_key(self, event: events.Key) -> None:
        """A letter presses its key, also where there is no room for that."""
        letter = (event.character or "").casefold()
        for key in self.query(LetteredKey):
            if letter and key.letter == letter:
                event.stop()
                event.prevent_default()
                key.typed(event.time)
        if event.key == "enter" and self.focused is None:
            event.stop()
            self._open_unsettled()

    @on(events.Click, "#meaning")
    def _meaning_touched(self, event: events.Click) -> None:
        event.stop()
        self.action_figure(1)

    @on(Key.Pressed, "#views Key")
    def _view_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._look_by(_view_of(event.key))

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        match event.key.id:
            case "before":
                self.action_turn_to(-1)
            case "after":
                self.action_turn_to(1)
            case "kind":
                self._choose_kind()
            case "next-view":
                self.action_view(1)
            case "next-figure":
                self.action_figure(1)
            case "more":
                self._pane.turn(1)
            case "export":
                self._open_export()
            case "network":
                self._open_network()
            case "kiosk":
                self.post_message(CloseWanted())
            case "back":
                self.go_back()

    # ---- what it leads to

    def _choose_kind(self) -> None:
        kinds = OUTSIDE if self._outside else tuple(Kind)
        answers = {kind.value: self.translate(KINDS[kind]) for kind in kinds}
        self.open(ChoiceScreen(self.frame, [self.translate("Quelle période ?")], answers, self._chosen))

    def _chosen(self, word: str) -> None:
        kind = Kind(word)
        if kind is Kind.OWN:
            self.open(SpanScreen(self.frame, lambda period: self._want(period, period.first)))
        else:
            self._want(period_of(kind, self._on), self._on)

    def _open_unsettled(self) -> None:
        """What is not signed may still change: the way to sign it."""
        from screens.staff.unsettled import UnsettledScreen

        if self._figure == "unsettled" and not self._outside and self._report is not None:
            self.open(UnsettledScreen(self.frame, first_moment(self._period.first)))

    def _open_export(self) -> None:
        from screens.staff.export import ExportScreen

        screen = ExportScreen(self.frame, self._period, outside=self._outside, may_choose=not self._outside)
        self.open(screen)

    def _open_network(self) -> None:
        from screens.staff.network import NetworkScreen

        if self._network_on is not None:
            self.open(NetworkScreen(self.frame, on=self._network_on))

    def wipe(self) -> None:
        """Forget the figures."""
        super().wipe()
        self._report = None
        self._pane.say("")


def _view_of(key: Widget) -> View:
    """What a key of the views leads to."""
    return View((key.id or "").removeprefix("view-"))
