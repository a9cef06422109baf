"""Whom a figure of the day counts: one line a person, each opens their page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from textual import events, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_, Counted, day, hour, hours, length
from assets.review import BY_ID
from models.moves import moment_of
from models.requests import Request
from models.review.attendances import Attendance, Origin, Standing
from models.review.day import Day, OfDay, SeeDay
from screens.staff.frame import Frame, StaffScreen
from screens.staff.person import PersonScreen
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.pick_list import Pick, PickList
from screens.wording import what

STANDINGS = {
    Standing.EXCUSED: N_("absence excusée"),
    Standing.ABSENT: N_("absence"),
    Standing.OPEN: N_("rien de noté"),
    Standing.REFUSED: N_("sans place"),
}
"""What became of whoever did not come."""


class DayListScreen(StaffScreen):
    """The people behind one figure, of the whole day or of one half-day."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    DayListScreen #where { width: 100%; height: 1; padding: 0 2; color: $quiet; }
    DayListScreen #list { margin: 1 0 0 0; }
    DayListScreen #open { margin: 0; }
    DayListScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    """

    def __init__(self, frame: Frame, figure: str, on: date, half_day_id: str = "") -> None:
        super().__init__(frame)
        self._figure = figure
        self._on = on
        self._half_day_id = half_day_id
        """Empty for the whole day."""
        self._people: tuple[OfDay, ...] = ()
        self._picked = 0
        self._title = Static("", id="title", markup=False)
        self._where = Static("", id="where", markup=False)
        self._list = PickList(id="list")
        self._open_key = LetteredKey(self.translate("Fiche"), "f", id="open", main=True)

    def parts(self) -> Iterable[Widget]:
        """Which figure, who, and the way to them."""
        yield self._title
        yield self._where
        yield self._list
        yield self.said
        with Horizontal(classes="actions"):
            yield self._open_key
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask for the day."""
        self._open_key.display = False
        self.changed()

    def changed(self) -> None:
        """Look again: somebody may have come."""
        self.ask(SeeDay(self._on))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show who it is now."""
        self._show(result)

    def _show(self, found: Day) -> None:
        language, translate = self.language, self.translate
        self._people = found.behind(self._figure, self._half_day_id)
        self._picked = max(0, min(self._picked, len(self._people) - 1))
        counted = translate(Counted("{n} personne", "{n} personnes"), n=len(self._people))
        self._title.update(f"{translate(BY_ID[self._figure].name)} · {counted}")
        sittings = {held.half_day.id: held.half_day for held in found.half_days}
        of = translate("Tout le jour")
        if (one := sittings.get(self._half_day_id)) is not None:
            of = f"{hours(one.starts_at, one.ends_at, language)} · {what(one, language)}"
        self._where.update(f"{day(found.on, language)} · {of}")
        shown = [
            Pick(
                one.name,
                self._became(one.attendance),
                what(sittings[one.half_day_id], language),
            )
            for one in self._people
        ]
        self._list.show(shown or [Pick(translate("Personne."))], self._picked if shown else None)
        self._open_key.display = bool(shown)

    def _became(self, one: Attendance) -> str:
        """When somebody came and went, or why not; and whether they came without a booking."""
        translate, language = self.translate, self.language
        if one.standing is Standing.CAME:
            said = [translate("arrivée {time}", time=hour(moment_of(one.arrived or 0), language))]
            if one.left is not None:
                said.append(translate("départ {time}", time=hour(moment_of(one.left), language)))
            elif one.unknown:
                said.append(translate("départ inconnu"))
            said.append(length(one.minutes, language))
        else:
            said = [translate(STANDINGS[one.standing])]
        if one.origin is Origin.WALK_IN and one.standing is not Standing.REFUSED:
            said.append(translate("sans réservation"))
        return ", ".join(said)

    # ---- what is touched

    def on_key(self, event: events.Key) -> None:
        """Up and down go through the list, the letter opens who is picked."""
        left = len(self._people)
        if left and event.key in ("up", "down"):
            self._picked = (self._picked + (1 if event.key == "down" else -1)) % left
            self._list.pick(self._picked)
        elif left and (event.character or "").casefold() == self._open_key.letter:
            self._open_key.typed(event.time)
        else:
            return
        event.stop()
        event.prevent_default()

    @on(PickList.Picked)
    def _line_touched(self, event: PickList.Picked) -> None:
        event.stop()
        self._picked = event.number
        self._list.pick(event.number)
        self._open_picked()

    @on(Key.Pressed, "#open")
    def _open_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._open_picked()

    def _open_picked(self) -> None:
        if self._picked < len(self._people):
            one = self._people[self._picked]
            self.open(PersonScreen(self.frame, one.half_day_id, one.person_id))

    def wipe(self) -> None:
        """Forget who is on the list."""
        super().wipe()
        self._people = ()
        self._list.wipe()
