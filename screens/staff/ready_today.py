"""Everything that the light before the doors open is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from models.requests import Request
from models.sync.refusals import SeeRefused
from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import LightWanted
from screens.staff.ready_words import SIGNALS, SIGNS, Light, summary
from screens.staff.sharing_words import Standpoint
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey
from screens.widgets.poster import rows_of_text

if TYPE_CHECKING:
    from screens.staff.ready_words import Signal

COLOURS = {Light.GOOD: "$good-ink on $good", Light.ACT: "bold $wait-ink on $wait", Light.NOTE: "$quiet"}


class ReadyTodayScreen(StaffScreen):
    """One row a signal: a sign, what it is, and what is so or what to do."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    DEFAULT_CSS = """
    ReadyTodayScreen #head { width: 100%; height: auto; padding: 0 2; color: $accent; text-style: bold; }
    ReadyTodayScreen #signals { width: 100%; height: 1fr; padding: 0 2; }
    ReadyTodayScreen.-tall #title { height: 2; padding: 1 2 0 2; }
    ReadyTodayScreen.-tall #head { padding: 1 2; }
    ReadyTodayScreen.-narrow .actions > Key { padding: 0; min-width: 12; }
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._head = Static("", id="head", markup=False)
        self._signals = Static("", id="signals", markup=False)
        self._again = LetteredKey(self.translate("Vérifier encore"), "v", id="again", main=True)
        self._refused = LetteredKey(self.translate("Refusées"), "r", id="refused")
        """Leads to what the hub does not take, where there is any and one may see it."""
        self.standpoint = Standpoint.OFFICE
        """Until the key that leads there stands here."""
        self._seen: Sequence[Signal] = ()

    def parts(self) -> Iterable[Widget]:
        """The sum of it, the signals, the key that looks again, and the way to what was refused."""
        yield Static(self.translate("Prêt pour aujourd'hui ?"), id="title", markup=False)
        yield self._head
        yield self._signals
        yield self.said
        with Horizontal(classes="actions"):
            yield self._again
            yield self._refused
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask whether anything was refused."""
        self._refused.display = False
        self.changed()

    def on_screen_resume(self) -> None:
        """Ask how the kiosk is; also after what its key leads to."""
        self._look()

    def changed(self) -> None:
        """Another row may have been refused."""
        self.ask(SeeRefused())

    def answered(self, request: Request[Any], result: Any) -> None:  # noqa: ANN401 (each request has its own)
        """Show the way to what was refused, or take it away."""
        self._refused.display = bool(result)
        if result and self.standpoint is not Standpoint.KIOSK:
            self.standpoint = Standpoint.KIOSK
            self._look()

    def refused(self, request: Request[Any]) -> None:
        """Whoever may not look at it has no way to it; of the light itself they are told."""
        if not isinstance(request, SeeRefused):
            super().refused(request)

    def _look(self) -> None:
        self.say(self.translate("Vérification en cours…"))
        self.post_message(LightWanted(self))

    def show_light(self, signals: Sequence[Signal]) -> None:
        """Show all of it."""
        self._seen = signals
        self.say("")
        self._draw()

    def on_resize(self) -> None:
        """Lines as long as there is room for."""
        if self._seen:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        translate, signals = self.translate, self._seen
        self._head.update(summary(signals, translate)[1])
        names = {word: translate(label) for word, label in SIGNALS.items()}
        # The sentences say enough by themselves where there is no room for a column of names.
        narrow = self.has_class("-narrow")
        column = 0 if narrow else max(map(cell_len, names.values())) + 2
        # On the lowest grid they may not all fit: what is well is the least to be missed.
        urgent = (Light.ACT, Light.NOTE, Light.GOOD)
        low = self.has_class("-short")
        shown = sorted(signals, key=lambda one: urgent.index(one.light)) if low else signals
        before = len(" ✓  ") + column
        room = max(self._signals.size.width - before, 20)
        # What goes on in a second row hangs under its own words, not under the sign.
        rows = [
            Content.assemble(
                (f" {SIGNS[one.light]} ", COLOURS[one.light]),
                (f" {set_cell_size(names[one.what], column)}", "bold"),
                ("\n" + " " * before).join(rows_of_text(one.told(translate), room)),
            )
            for one in shown
        ]
        airy = self.has_class("-tall") and _height(rows) + len(rows) <= self._signals.size.height + 1
        self._signals.update(Content("\n\n" if airy else "\n").join(rows))

    def on_key(self, event: events.Key) -> None:
        """A letter presses its key."""
        letter = (event.character or "").casefold()
        for key in (self._again, self._refused):
            if key.display and key.letter == letter:
                event.stop()
                event.prevent_default()
                key.typed(event.time)

    @on(Key.Pressed, "#again")
    def _again_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._look()

    @on(Key.Pressed, "#refused")
    def _refused_touched(self, event: Key.Pressed) -> None:
        from screens.staff.refused import RefusedScreen

        event.stop()
        self.open(RefusedScreen(self.frame))


def _height(rows: Sequence[Content]) -> int:
    return sum(row.plain.count("\n") + 1 for row in rows)
