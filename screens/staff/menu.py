"""Everything else that the team does with a half-day, one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual import events, on
from textual.containers import Container, Horizontal
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import N_
from models.documents import SheetFor
from models.placing import SeePlaceRequests
from models.requests import Request
from models.undoing import RedoLast
from screens.messages import CloseWanted
from screens.staff.adding import AddScreen
from screens.staff.closing import ClosingScreen
from screens.staff.equipment import EquipmentScreen
from screens.staff.frame import Frame, StaffScreen
from screens.staff.group import GroupScreen
from screens.staff.messages import PaperWanted
from screens.staff.paper_entry import PaperEntryScreen
from screens.staff.unsettled import UnsettledScreen
from screens.widgets.digits import digit_of
from screens.widgets.key import Key

ENTRIES = {
    "closing": N_("Clôturer la demi-journée"),
    "unsettled": N_("Demi-journées à clôturer"),
    "sheet": N_("Imprimer la feuille"),
    "paper": N_("Saisir la feuille"),
    "add": N_("Ajouter quelqu'un"),
    "equipment": N_("Matériel"),
    "group": N_("Le point du groupe"),
    "kiosk": N_("Fermer la borne"),
    "requests": N_("Demandes de place"),
    "ready": N_("Qui est prêt ?"),
    "redo": N_("Rétablir ce qui est annulé"),
    "review": N_("Le jour et le bilan"),
}
"""The last two only where there is something to do again, and for whoever may see the day."""

SHORT = {
    "closing": N_("Clôturer"),
    "unsettled": N_("À clôturer"),
    "sheet": N_("Imprimer"),
    "paper": N_("Saisir"),
    "add": N_("Ajouter"),
    "group": N_("Le groupe"),
    "kiosk": N_("Fermer"),
    "requests": N_("Demandes"),
    "ready": N_("Prêts ?"),
    "redo": N_("Rétablir"),
    "review": N_("Le jour"),
}
"""The same in fewer letters, for a narrow grid."""

SIGNS = dict(zip(ENTRIES, "1234567890yj", strict=True))
"""What chooses each entry; doing again has the letter that it has on the list."""


class MenuScreen(StaffScreen):
    """One key for each thing; digits choose as well."""

    DEFAULT_CSS = """
    MenuScreen #entries {
        layout: grid; grid-size: 2; grid-rows: 3; grid-gutter: 1 2;
        height: 1fr; width: 100%; max-width: 110; padding: 1 2;
    }
    MenuScreen #entries Key { width: 100%; padding: 0; }
    MenuScreen.-tall #entries { grid-gutter: 0 2; padding: 0 2; }
    MenuScreen .low { display: none; }
    MenuScreen.-short #entries { grid-size: 3; grid-gutter: 0 1; padding: 0 1; }
    MenuScreen.-short .low { display: block; }
    MenuScreen.-short.-full #filler { display: none; }
    MenuScreen.-short.-round #filler { column-span: 2; }
    MenuScreen.-short #said, MenuScreen.-short .actions { display: none; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall"), (28, "-high")]

    def __init__(
        self,
        frame: Frame,
        half_day_id: str,
        redo: str = "",
        review: Callable[[], StaffScreen] | None = None,
    ) -> None:
        super().__init__(frame)
        self._half_day_id = half_day_id
        self._redo = redo
        """The act that can be done again; empty where there is none."""
        self._waiting = 0
        """How many have asked for a place."""
        self._review = review
        """Makes the day of the corner; ``None`` for whoever may not see it."""
        shown = {"redo": bool(redo), "review": review is not None}
        self._entries = {word: label for word, label in ENTRIES.items() if shown.get(word, True)}
        self.set_class(len(self._entries) % 3 == 2, "-full")
        self.set_class(len(self._entries) % 3 == 0, "-round")

    def parts(self) -> Iterable[Widget]:
        """The entries, and the way back."""
        with Container(id="entries"):
            for word, label in self._entries.items():
                yield Key(self._label(word, label), id=word)
            # On a low grid the last row of it is the foot: the way back stays at the right.
            yield Static(id="filler", classes="low")
            back = self.back_key()
            back.add_class("low")
            yield back
        yield self.said
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def _label(self, word: str, label: str) -> str:
        narrow = self.has_class("-narrow")
        name = self.translate(SHORT[word] if narrow and word in SHORT else label)
        waiting = f" · {self._waiting}" if word == "requests" and self._waiting else ""
        return f"{SIGNS[word].upper()}  {name}{waiting}"

    def on_mount(self) -> None:
        """Ask how many wait for a place."""
        self.changed()

    def changed(self) -> None:
        """Somebody may have asked for one, or been given one."""
        self.ask(SeePlaceRequests())

    def on_resize(self) -> None:
        """Words as long as there is room for."""
        for word, label in self._entries.items():
            self.query_one(f"#{word}", Key).say(self._label(word, label))

    def on_key(self, event: events.Key) -> None:
        """Digits, on any keyboard; and the letter."""
        sign = digit_of(event) or (event.character or "").casefold()
        for word in self._entries:
            if sign and sign == SIGNS[word]:
                event.stop()
                event.prevent_default()
                self._go(word)

    @on(Key.Pressed, "#entries Key")
    def _touched(self, event: Key.Pressed) -> None:
        if event.key.id != "back":
            event.stop()
            self._go(event.key.id or "")

    def _go(self, entry: str) -> None:
        match entry:
            case "closing":
                self.open(ClosingScreen(self.frame, self._half_day_id))
            case "unsettled":
                self.open(UnsettledScreen(self.frame))
            case "sheet":
                self.post_message(PaperWanted(self, SheetFor(self._half_day_id)))
            case "paper":
                self.open(PaperEntryScreen(self.frame, self._half_day_id))
            case "add":
                self.open(AddScreen(self.frame, self._half_day_id))
            case "equipment":
                self.open(EquipmentScreen(self.frame, self._half_day_id))
            case "group":
                self.open(GroupScreen(self.frame, self._half_day_id))
            case "requests":
                from screens.staff.place_requests import PlaceRequestsScreen

                self.open(PlaceRequestsScreen(self.frame))
            case "ready":
                from screens.staff.readiness import ReadinessScreen

                self.open(ReadinessScreen(self.frame))
            case "kiosk":
                self.post_message(CloseWanted())
            case "review":
                if self._review is not None:
                    self.open(self._review())
            case "redo":
                self.ask(RedoLast(self._half_day_id, self._redo))

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401
        """How many wait; or back to the list, where what was done again stands."""
        if isinstance(request, SeePlaceRequests):
            self._waiting = sum(bool(line.waiting) for line in result)
            self.on_resize()
        else:
            self.go_back()
