"""The result to take along: a code that holds it, and paper where there is a printer.

On small grids the code takes the whole height, and the keys stand beside it: what it says matters more
than where "Retour" is. "Aide" keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Container, Vertical
from textual.widget import Widget

from screens.assessment.messages import PrintWanted
from screens.messages import HelpWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.widgets.qr import Modules, QrCode

QUIET = 4
"""Modules of white around the code; fewer where the grid has no more."""

LEAST_QUIET = 1


class TakeAwayScreen(PublicScreen):
    """Shows the code as large as the grid allows."""

    stays = 120
    called = "point"
    HORIZONTAL_BREAKPOINTS = [(0, "-beside"), (100, "-apart")]
    DEFAULT_CSS = """
    TakeAwayScreen.-beside { layout: horizontal; }
    TakeAwayScreen.-beside Header, TakeAwayScreen.-beside Foot { display: none; }
    TakeAwayScreen.-apart { layout: grid; grid-size: 2; grid-columns: 38 1fr; grid-rows: 1fr 3; }
    TakeAwayScreen.-apart Foot { column-span: 2; }
    TakeAwayScreen.-apart #beside .foot { display: none; }
    TakeAwayScreen #beside { width: 22; height: 100%; padding: 0 0 0 1; }
    TakeAwayScreen.-apart #beside { width: 100%; padding: 0 0 1 1; }
    TakeAwayScreen #beside Key { width: 20; padding: 0; margin: 1 0 0 0; }
    TakeAwayScreen #around { width: 1fr; height: 100%; align: center middle; background: white; }
    """

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        code: Callable[[int], Modules | None],
        *,
        can_print: bool,
    ) -> None:
        super().__init__(place, language, banner)
        self._code: Callable[[int], Modules | None] | None = code
        """Gives the code with at most so many modules a side."""
        self._can_print = can_print
        self._drawn: QrCode | None = None
        self._around = Container(id="around")
        self._said = Poster(self._plan())

    def _plan(self, said: str = "") -> Plan:
        translate = self.translate
        lines = [Line(translate("Photographiez ce carré."), strong=True), Line()]
        lines.append(Line(said or translate("Votre résultat est dedans.")))
        return Plan(lines=lines)

    def parts(self) -> Iterable[Widget]:
        """Words and keys at the left, the code at the right."""
        translate = self.translate
        with Vertical(id="beside"):
            yield self._said
            if self._can_print:
                yield Key(translate("Imprimer"), id="print")
            for key in (self.back_key(), Key(translate("Aide"), id="help")):
                key.add_class("foot")
                yield key
        yield self._around
        yield Foot(translate, right=self.back_key())

    def on_resize(self) -> None:
        """The code follows the grid."""
        self.call_after_refresh(self._draw)

    async def _draw(self) -> None:
        """Make the code that fits, with as much white around it as there is room for."""
        if self._code is None or not self._around.is_attached:
            return
        room = min(self._around.size.width, 2 * self._around.size.height)
        code = self._code(room - 2 * LEAST_QUIET)
        await self._around.remove_children()
        if code is not None and self._code is not None:
            self._drawn = QrCode(code, quiet=min(QUIET, (room - len(code)) // 2))
            await self._around.mount(self._drawn)

    def say(self, sentence: str) -> None:
        """Say what became of the paper."""
        self._said.show(self._plan(sentence))

    @on(Key.Pressed, "#print")
    def _print(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(PrintWanted())

    @on(Key.Pressed, "#help")
    def _help_wanted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(HelpWanted())

    def wipe(self) -> None:
        """Forget the code, and how it was made."""
        self._code = None
        if self._drawn is not None:
            self._drawn.forget()
        self._said.show(Plan())
