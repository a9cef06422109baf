"""The whole network: when each corner was heard, its day or its months, and what the figures mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, Counted
from assets.review import LARGE
from models.network.report import report_of_network
from models.network.view import Corner, Hearing, Network
from models.review.period import Kind, Period, period_of
from models.review.report import IN_NETWORK, Report, columns_of
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.head import Head
from screens.staff.messages import NetworkWanted
from screens.staff.network_words import (
    DAY,
    corner_said,
    day_figures,
    day_of_all,
    heard_said,
    network_figure,
)
from screens.staff.period_views import KINDS, OUTSIDE
from screens.staff.review_words import NOTHING, corner_name, period_name
from screens.staff.span_entry import YEARS
from screens.widgets.column_table import ColumnLine, ColumnTable
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

AGAIN = 60.0
"""Seconds between two looks."""

A_DAY = N_("Un jour")


class NetworkScreen(StaffScreen):
    """A line for each corner; one corner and one figure are picked."""

    BINDINGS = [
        ("left", "figure(-1)"),
        ("right", "figure(1)"),
        ("up", "corner(-1)"),
        ("down", "corner(1)"),
        ("pageup", "turn_to(-1)"),
        ("pagedown", "turn_to(1)"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (30, "-high")]
    DEFAULT_CSS = """
    NetworkScreen ColumnTable { padding: 0 1; margin: 1 0 0 0; }
    NetworkScreen.-short ColumnTable { margin: 0; padding: 0; }
    NetworkScreen .told { width: 100%; height: 1; padding: 0 2; color: $quiet; }
    NetworkScreen #corner { text-wrap: nowrap; text-overflow: ellipsis; }
    NetworkScreen.-tall #meaning, NetworkScreen.-high #meaning { height: 2; }
    NetworkScreen.-high #corner { margin: 1 0 0 0; }
    NetworkScreen.-high.-wide ColumnTable, NetworkScreen.-high.-wide #corner { margin: 0; }
    NetworkScreen.-high.-wide #meaning { height: 1; }
    NetworkScreen.-high.-wide #said { display: none; }
    NetworkScreen.-high.-wide.-told #said { display: block; }
    NetworkScreen.-short .told { padding: 0 1; }
    NetworkScreen.-short #said { display: none; }
    NetworkScreen.-short.-told #said { display: block; }
    NetworkScreen.-short.-told #meaning { display: none; }
    NetworkScreen.-narrow .keys { padding: 0; }
    NetworkScreen.-narrow .keys > Key { margin: 0; }
    """

    def __init__(self, frame: Frame, *, on: date) -> None:
        super().__init__(frame)
        self._today = on
        self._on = on
        self._period = period_of(Kind.OWN, on)
        """A day, or a month, a quarter, a year."""
        self._network: Network | None = None
        self._report: Report | None = None
        self._corners: tuple[Corner, ...] = ()
        """By the name of their place."""
        self._picked = self._column = 0
        self._head = Head()
        self._table = ColumnTable(id="corners")
        self._corner = Static("", id="corner", classes="told", markup=False)
        self._meaning = Static("", id="meaning", classes="told", markup=False)
        self._export = LetteredKey("", "e", id="export", main=True)

    def parts(self) -> Iterable[Widget]:
        """Which days, every corner, what is known of the picked one, and what the picked figure means."""
        translate = self.translate
        yield self._head
        yield self._table
        yield self._corner
        yield self._meaning
        yield self.said
        with Horizontal(id="feet", classes="keys"):
            yield LetteredKey(translate("Période"), "p", id="kind")
            yield LetteredKey(translate("Chiffre"), "c", id="next-figure")
            yield self._export
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask, and again from time to time."""
        self._draw()
        self._look()
        self.set_interval(AGAIN, self._look)

    # ---- asking and being answered

    def _look(self) -> None:
        if not self.wiped:
            self.post_message(NetworkWanted(self, self._period))

    def show_network(self, period: Period, found: Network | None, why: str) -> None:
        """What the hub has told of some days; ``None``: it has not, and why."""
        if period != self._period:
            return
        self._tell(why)
        if found is None:
            self._draw()  # what was told before stands, as long as it is of these days
            return
        picked = self._corners[self._picked].id if self._corners else ""
        self._network = found
        self._corners = tuple(sorted(found.corners, key=lambda one: corner_name(one.id)))
        ids = [one.id for one in self._corners]
        self._picked = ids.index(picked) if picked in ids else 0
        self._report = None if self._is_day else report_of_network(found, period)
        self._draw()

    def _tell(self, sentence: str) -> None:
        """On the smallest grid it stands in the place of the definition."""
        self.set_class(bool(sentence), "-told")
        self.say(sentence)

    def _want(self, period: Period, on: date) -> None:
        """Other days: nothing of those before stands under their name."""
        if period == self._period or period.first.year not in YEARS or period.last.year not in YEARS:
            return
        self._period, self._on = period, on
        self._network = self._report = None
        self._column = 0
        self._tell("")
        self._draw()
        self._look()

    # ---- what is shown

    @property
    def _is_day(self) -> bool:
        return self._period.kind is Kind.OWN

    @property
    def _columns(self) -> Sequence[tuple[str, str, str]]:
        """The figures that can be picked: word, name and meaning; those to be read first come first."""
        if self._is_day:
            return [(id_, *said) for id_, said in DAY.items()]
        kinds = columns_of(self._report) if self._report is not None else IN_NETWORK
        found = sorted(kinds, key=lambda one: LARGE.index(one.id) if one.id in LARGE else len(LARGE))
        return [(one.id, one.name, one.meaning) for one in found]

    def _draw(self) -> None:
        """Everything, as it is now."""
        translate, columns = self.translate, self._columns
        heads = [translate(name) for _, name, _ in columns]
        whole = ColumnLine(translate("En tout"), "", self._figures_of(None))
        lines = [self._line(one) for one in self._corners]
        self._table.show(heads, whole, lines, self._picked, self._column)
        _, name, meaning = columns[self._column]
        self._meaning.update(
            Content.assemble((translate(name), "bold $ink"), f" : {translate(meaning)}"), layout=False
        )
        self._draw_corner()
        self._export.display = not self._is_day
        self._export.say(translate("Fichier") if self.has_class("-narrow") else translate("Emporter"))
        self._head.say(period_name(self._period, self.language), self._heard())
        self._head.alert(self._note(), calls=False)

    def _line(self, corner: Corner) -> ColumnLine:
        network = self._network
        heard = heard_said(corner, network.at, self.language) if network is not None else ""
        return ColumnLine(
            corner_name(corner.id), heard, self._figures_of(corner), quiet=corner.last_seen is None
        )

    def _figures_of(self, corner: Corner | None) -> tuple[str, ...]:
        """The figures of a corner; ``None`` is the whole network."""
        if self._network is None:
            return (NOTHING,) * len(self._columns)
        if self._is_day:
            if corner is None:
                return day_of_all(self._network, self._period.first)
            return day_figures(corner, self._period.first)
        if self._report is None:
            return (NOTHING,) * len(self._columns)
        id_ = corner.id if corner is not None else ""
        return tuple(network_figure(self._report, id_, word, self.language) for word, *_ in self._columns)

    def _draw_corner(self) -> None:
        if self._network is None or not self._corners:
            self._corner.update("")
            return
        corner = self._corners[self._picked]
        name, said = corner_name(corner.id), corner_said(corner, self.language)
        if self.has_class("-narrow"):
            said = f"{heard_said(corner, self._network.at, self.language)} · {said}"
        self._corner.update(Content.assemble((name, "bold $ink"), f" : {said}"), layout=False)

    def _heard(self) -> str:
        """How many corners there are, and how many of them are not heard."""
        if self._network is None:
            return self.translate("Réseau")
        translate, at = self.translate, self._network.at
        hearings = [one.hearing(at) for one in self._corners]
        parts = [translate(Counted("{n} SmartCorner", "{n} SmartCorners"), n=len(hearings))]
        for hearing, said in _COUNTED.items():
            if number := hearings.count(hearing):
                parts.append(translate(said, n=number))
        return " · ".join(parts)

    def _note(self) -> str:
        """What is to be known of all figures."""
        translate, network = self.translate, self._network
        if network is None:
            return translate("Un instant…") if not self.said.content else ""
        if not self._is_day:
            if self._report is None:
                return translate("Seulement des mois finis : touchez ‹ pour ceux d'avant.")
            return translate("Petits groupes masqués. ≥ : au moins.")
        people = network.people.get(self._period.first)
        if people is not None:
            return translate("Présences : au moins {n}.", n=people)
        if self._period.first >= self._today:
            return translate("Présences : dites le lendemain.")
        return translate("Trop peu de présences pour les dire.")

    def on_resize(self) -> None:
        """Words as long as there is room for."""
        self._draw()

    # ---- keys and fingers

    def action_figure(self, step: int) -> None:
        """Pick the next figure."""
        self._column = (self._column + step) % len(self._columns)
        self._draw()

    def action_corner(self, step: int) -> None:
        """Pick the next corner."""
        if self._corners:
            self._picked = (self._picked + step) % len(self._corners)
            self._draw()

    def action_turn_to(self, step: int) -> None:
        """To the days before or after."""
        period = self._period.before if step < 0 else self._period.after
        self._want(period, period.first)

    @on(ColumnTable.Picked)
    def _corner_picked(self, event: ColumnTable.Picked) -> None:
        event.stop()
        self._picked = event.number
        self._draw()

    @on(ColumnTable.ColumnPicked)
    def _column_picked(self, event: ColumnTable.ColumnPicked) -> None:
        event.stop()
        self._column = event.number
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """A letter presses its key."""
        letter = (event.character or "").casefold()
        for key in self.query(LetteredKey):
            if letter and key.letter == letter and key.display:
                event.stop()
                event.prevent_default()
                key.typed(event.time)

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
            case "next-figure":
                self.action_figure(1)
            case "export":
                self._open_export()
            case "back":
                self.go_back()

    # ---- what it leads to

    def _choose_kind(self) -> None:
        answers = {Kind.OWN.value: self.translate(A_DAY)}
        answers |= {kind.value: self.translate(KINDS[kind]) for kind in OUTSIDE}
        self.open(ChoiceScreen(self.frame, [self.translate("Quelle période ?")], answers, self._chosen))

    def _chosen(self, word: str) -> None:
        """Another kind of days; from today on those that are over."""
        kind = Kind(word)
        period = period_of(kind, self._on)
        if kind is not Kind.OWN and period.last >= self._today:
            period = period.before
        self._want(period, self._on)

    def _open_export(self) -> None:
        from screens.staff.export import ExportScreen

        self.open(ExportScreen(self.frame, self._period, outside=True, may_choose=False, network=True))

    def wipe(self) -> None:
        """Forget the figures."""
        super().wipe()
        self._network = self._report = None
        self._corners = ()
        self._table.wipe()
        self._head.wipe()
        self._corner.update("")


_COUNTED = {
    Hearing.SILENT: Counted("{n} muet", "{n} muets"),
    Hearing.NEVER: Counted("{n} jamais vu", "{n} jamais vus"),
}
"""How many are not heard."""
