"""Something to take along: a code that holds the text itself, and paper where there is a printer.

On small grids the code takes the whole height, and the keys stand beside it: what it says matters more
than where "Retour" is. "Aide" keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.messages import HelpWanted
from screens.public import PublicScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster
from screens.widgets.qr import Modules, QrCode

QUIET = 4
"""Modules of white around the code; fewer where the grid has no more."""

LEAST_QUIET = 1


class CodeScreen(PublicScreen):
    """Shows the code as large as the grid allows."""

    stays = 120
    HORIZONTAL_BREAKPOINTS = [(0, "-beside"), (100, "-apart")]
    DEFAULT_CSS = """
    CodeScreen.-beside { layout: horizontal; }
    CodeScreen.-beside Header, CodeScreen.-beside Foot { display: none; }
    CodeScreen.-apart { layout: grid; grid-size: 2; grid-columns: 38 1fr; grid-rows: 1fr 3; }
    CodeScreen.-apart Foot { column-span: 2; }
    CodeScreen.-apart #beside .foot { display: none; }
    CodeScreen #beside { width: 22; height: 100%; padding: 0 0 0 1; }
    CodeScreen.-apart #beside { width: 100%; padding: 0 0 1 1; }
    CodeScreen #beside Key { width: 20; padding: 0; margin: 1 0 0 0; }
    CodeScreen #around { width: 1fr; height: 100%; align: center middle; background: white; }
    """

    def __init__(
        self,
        place: str,
        language: str,
        banner: str,
        code: Callable[[int], Modules | None],
        says: Sequence[str],
        *,
        prints: Callable[[], Message] | None = None,
    ) -> None:
        super().__init__(place, language, banner)
        self._code: Callable[[int], Modules | None] | None = code
        """Gives the code with at most so many modules a side."""
        self._says = tuple(says)
        """What to do, and what is in the code."""
        self._prints = prints
        """What is asked for to have it on paper; ``None`` where nothing prints."""
        self._drawn: QrCode | None = None
        self._around = Container(id="around")
        self._said = Poster(self._plan(self._says))

    @staticmethod
    def _plan(says: Sequence[str]) -> Plan:
        first, *others = says
        return Plan(lines=[Line(first, strong=True), Line(), *map(Line, others)])

    def parts(self) -> Iterable[Widget]:
        """Words and keys at the left, the code at the right."""
        translate = self.translate
        with Vertical(id="beside"):
            yield self._said
            if self._prints is not None:
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
        self._said.show(self._plan((self._says[0], sentence)))

    @on(Key.Pressed, "#print")
    def _print(self, event: Key.Pressed) -> None:
        event.stop()
        if self._prints is not None:
            self.post_message(self._prints())

    @on(Key.Pressed, "#help")
    def _help_wanted(self, event: Key.Pressed) -> None:
        event.stop()
        self.post_message(HelpWanted())

    def wipe(self) -> None:
        """Forget the code, and how it was made."""
        self._code = None
        self._says = ("",)
        if self._drawn is not None:
            self._drawn.forget()
        self._said.show(Plan())
