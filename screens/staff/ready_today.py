"""Everything that the light before the doors open is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.staff.frame import Frame, StaffScreen
from screens.staff.messages import LightWanted
from screens.staff.ready_words import SIGNALS, SIGNS, Light, summary
from screens.widgets.key import Key
from screens.widgets.lettered_key import LetteredKey

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
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._head = Static("", id="head", markup=False)
        self._signals = Static("", id="signals", markup=False)
        self._again = LetteredKey(self.translate("Vérifier encore"), "v", id="again", main=True)

    def parts(self) -> Iterable[Widget]:
        """The sum of it, the signals, and the key that looks again."""
        yield Static(self.translate("Prêt pour aujourd'hui ?"), id="title", markup=False)
        yield self._head
        yield self._signals
        yield self.said
        with Horizontal(classes="actions"):
            yield self._again
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Ask how the kiosk is."""
        self._look()

    def _look(self) -> None:
        self.say(self.translate("Vérification en cours…"))
        self.post_message(LightWanted(self))

    def show_light(self, signals: Sequence[Signal]) -> None:
        """Show all of it."""
        translate = self.translate
        self.say("")
        self._head.update(summary(signals, translate)[1])
        names = {word: translate(label) for word, label in SIGNALS.items()}
        # The sentences say enough by themselves where there is no room for a column of names.
        narrow = self.has_class("-narrow")
        column = 0 if narrow else max(map(cell_len, names.values())) + 2
        rows = [
            Content.assemble(
                (f" {SIGNS[one.light]} ", COLOURS[one.light]),
                (f" {set_cell_size(names[one.what], column)}", "bold"),
                one.told(translate),
            )
            for one in signals
        ]
        self._signals.update(Content("\n\n" if self.has_class("-tall") else "\n").join(rows))

    def on_key(self, event: events.Key) -> None:
        """The letter looks again."""
        if (event.character or "").casefold() == self._again.letter:
            event.stop()
            event.prevent_default()
            self._again.typed(event.time)

    @on(Key.Pressed, "#again")
    def _again_touched(self, event: Key.Pressed) -> None:
        event.stop()
        self._look()
