"""The day of the corner: what happened by half-day; each figure opens the list of whom it counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import Counted, day, hour
from assets.review import BY_ID, DAY
from models.requests import Request
from models.review.day import Day, SeeDay
from models.review.odd import SeeOdd
from models.review.tally import Tally
from screens.messages import Finished
from screens.staff.day_list import DayListScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.head import Head
from screens.staff.ready_line import ReadyLine
from screens.staff.review_words import figure_said
from screens.staff.sharing_line import SharingLine
from screens.staff.sharing_words import Standpoint
from screens.widgets.figure_grid import Column, FigureGrid
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.wording import what

AGAIN = 5.0
"""Seconds between two looks at how much is to be settled."""


class DayScreen(StaffScreen):
    """One day at a time; what it leads to has a key each."""

    BINDINGS = [
        ("left", "move(-1, 0)"),
        ("right", "move(1, 0)"),
        ("up", "move(0, -1)"),
        ("down", "move(0, 1)"),
        ("pageup", "turn_to(-1)"),
        ("pagedown", "turn_to(1)"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    DayScreen #grid { margin: 0; }
    DayScreen #meaning { width: 100%; height: 2; padding: 0 2; color: $quiet; }
    DayScreen #nothing { width: 100%; height: 1fr; content-align: center middle; }
    DayScreen.-tall #grid { margin: 1 0 0 0; }
    DayScreen.-short #meaning, DayScreen.-short #said, DayScreen.-short #sharing { display: none; }
    DayScreen #feet Key { width: 1fr; min-width: 8; padding: 0; }
    DayScreen.-narrow #feet > Key { margin: 0; width: auto; }
    DayScreen.-narrow #feet > #list { width: 1fr; }
    """

    def __init__(self, frame: Frame, who: str, on: date | None = None, *, over: bool = False) -> None:
        super().__init__(frame)
        self._who = who
        self._over = over
        """Whether it stands over the list of a half-day, and goes back to it."""
        self._on = on
        """``None`` is today, whichever day that is."""
        self._day: Day | None = None
        translate = self.translate
        self._head = Head()
        self._ready = ReadyLine(self.language)
        self._to_settle = 0
        """How many lines of the last days are to be settled."""
        self._resting = self._stale = False
        self._grid = FigureGrid(id="grid")
        self._meaning = Static("", id="meaning", markup=False)
        self._nothing = Static(translate("Aucun atelier ce jour-là."), id="nothing", markup=False)

    def parts(self) -> Iterable[Widget]:
        """Which day, its figures, what the picked one means, and where to go from here."""
        translate = self.translate
        yield self._head
        yield self._ready
        yield self._grid
        yield self._nothing
        yield self._meaning
        yield self.said
        yield SharingLine(self.language, Standpoint.DAY)
        with Horizontal(id="feet", classes="keys"):
            yield LetteredKey(translate("Liste"), "l", id="list", main=True)
            yield LetteredKey(translate("À régler"), "r", id="odd")
            yield LetteredKey(translate("Suivi"), "s", id="follow-up")
            yield LetteredKey(translate("Période"), "p", id="period")
            yield Key(translate("Retour") if self._over else translate("Terminé"), id="home")

    def on_mount(self) -> None:
        """Ask for the day."""
        self._nothing.display = False
        self.changed()

    def changed(self) -> None:
        """Somebody came, or something was put right: look again."""
        self.ask(SeeDay(self._on))
        if self._resting:
            self._stale = True
        else:
            self._count_odd()

    def on_screen_resume(self) -> None:
        """What leads away from here may have put right what the light asks for."""
        if self._ready.is_attached:
            self._ready.ask()

    def _count_odd(self) -> None:
        """Thirty days are looked through: not at each arrival."""
        self._resting, self._stale = True, False
        self.set_timer(AGAIN, self._rested)
        self.ask(SeeOdd())

    def _rested(self) -> None:
        self._resting = False
        if self._stale and not self.wiped:
            self._count_odd()

    # ---- what is shown

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show the day as it is now."""
        if isinstance(request, SeeDay) and request.on == self._on:
            self._show(result)
        elif isinstance(request, SeeOdd):
            self._to_settle = len(result)
            self._show_head()

    def _show(self, found: Day) -> None:
        translate, language = self.translate, self.language
        self._day = found
        # Whether the doors can open is a question of today; the lowest grid has no row for it.
        self._ready.display = found.is_today and not self.has_class("-short")
        number = len(found.half_days)
        self._show_head()
        self._grid.display = bool(number)
        self._nothing.display = not number
        columns = [Column(translate("En tout"), "", self._said(found.whole))]
        for held, figures in zip(found.half_days, found.tallies, strict=True):
            begins = hour(held.half_day.starts_at, language)
            columns.append(Column(begins, what(held.half_day, language), self._said(figures)))
        self._grid.show([translate(BY_ID[id_].name) for id_ in DAY], columns)
        self._show_meaning()

    def _show_head(self) -> None:
        """Which day, how many half-days it has, and how much of the last days is to be settled."""
        if self._day is None:
            return
        translate, number = self.translate, len(self._day.half_days)
        counts = [translate(Counted("{n} demi-journée", "{n} demi-journées"), n=number)]
        if self._to_settle:
            left = Counted("{n} à régler, des 30 derniers jours", "{n} à régler, des 30 derniers jours")
            counts.append(translate(left, n=self._to_settle))
        on = self._day.on
        self._head.say(f"{day(on, self.language)} {on.year}", " · ".join(counts))

    def _said(self, figures: Tally) -> list[str]:
        return [figure_said(figures.figure(id_), BY_ID[id_].unit, self.language) for id_ in DAY]

    def _show_meaning(self) -> None:
        row, _ = self._grid.picked
        shown = self._day is not None and bool(self._day.half_days)
        self._meaning.update(self.translate(BY_ID[DAY[row]].meaning) if shown else "")

    # ---- moving about

    def action_move(self, across: int, down: int) -> None:
        """Pick another figure."""
        self._grid.move(across, down)
        self._show_meaning()

    def action_turn_to(self, step: int) -> None:
        """To the day before or after."""
        if self._day is not None:
            # From the day that is wanted: the one before may still be on its way.
            self._on = (self._on or self._day.on) + timedelta(days=step)
            # What is to be settled is not of this day: it is the same for all of them.
            self.ask(SeeDay(self._on))

    def on_key(self, event: events.Key) -> None:
        """A letter presses its key; Enter opens the list behind what is picked."""
        letter = (event.character or "").casefold()
        for key in self.query(LetteredKey):
            if letter and key.letter == letter:
                key.typed(event.time)
                break
        else:
            if event.key not in ("enter", "space") or self.focused is not None:
                return
            self._open_picked()
        event.stop()
        event.prevent_default()

    @on(FigureGrid.Chosen)
    def _chosen(self, event: FigureGrid.Chosen) -> None:
        event.stop()
        self._show_meaning()
        self._open_picked()

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        match event.key.id:
            case "before":
                self.action_turn_to(-1)
            case "after":
                self.action_turn_to(1)
            case "list":
                self._open_roster()
            case "odd":
                from screens.staff.odd import OddScreen

                self.open(OddScreen(self.frame))
            case "follow-up":
                from screens.staff.follow_up import FollowUpScreen

                self.open(FollowUpScreen(self.frame))
            case "period" if self._day is not None:
                from screens.staff.period import PeriodScreen

                self.open(PeriodScreen(self.frame, on=self._day.on, outside=False))
            case "home":
                self.go_back()

    def go_back(self) -> None:
        """Escape leaves the team's side, and ends the sign-in; over a list it goes back to that."""
        if self._over:
            super().go_back()
        else:
            self.post_message(Finished())

    # ---- what it leads to

    def _open_picked(self) -> None:
        if self._day is not None and self._day.half_days:
            row, column = self._grid.picked
            self.open(DayListScreen(self.frame, DAY[row], self._day.on, self._half_day_id(column)))

    def _half_day_id(self, column: int) -> str:
        """The half-day of a column; empty for that of the whole day."""
        return self._day.half_days[column - 1].half_day.id if self._day is not None and column else ""

    def _open_roster(self) -> None:
        from screens.staff.roster import RosterScreen

        _, column = self._grid.picked
        self.open(RosterScreen(self.frame, self._who, self._half_day_id(column), over=True))

    def wipe(self) -> None:
        """Forget whom the figures count."""
        super().wipe()
        self._day = None
