"""Why a figure is what it is: one short sentence after the other, as many as fit on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from screens.staff.frame import Frame, StaffScreen
from screens.widgets.key import Key


class WhyScreen(StaffScreen):
    """Sentences, in pages."""

    DEFAULT_CSS = """
    WhyScreen #title { margin: 1 0; padding: 0 4; color: $accent; }
    WhyScreen.-narrow #title { margin: 0; padding: 0 2; }
    WhyScreen #sentences { width: 100%; height: 1fr; padding: 0 4; }
    WhyScreen.-narrow #sentences { padding: 0 2; }
    WhyScreen .actions > Key { margin: 0 0 0 1; }
    """

    def __init__(self, frame: Frame, lines: Sequence[str]) -> None:
        super().__init__(frame)
        self._lines = list(lines)
        self._page = 0
        self._title = Static(self.translate("Pourquoi ?"), id="title", markup=False)
        self._sentences = Static("", id="sentences", markup=False)
        self._more = Key(self.translate("Suite"), id="more")

    def parts(self) -> Iterable[Widget]:
        """The sentences and the way back."""
        yield self._title
        yield self._sentences
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self._more
            yield self.back_key()

    def on_mount(self) -> None:
        """Show the first page, once it is known how much fits."""
        self._more.display = False
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """As much as fits."""
        self.call_after_refresh(self._show)

    @on(Key.Pressed, "#more")
    def _next_page(self, event: Key.Pressed) -> None:
        event.stop()
        self._page += 1
        self._show()

    def _show(self) -> None:
        pages = self._pages()
        self._page %= len(pages)
        self._more.display = len(pages) > 1
        self._sentences.update("\n".join(pages[self._page]), layout=False)

    def _pages(self) -> list[list[str]]:
        """Sentences by pages; with a blank line between them where all of them fit so."""
        width, height = self._sentences.content_size
        rows = [_rows(line, max(width, 1)) for line in self._lines]
        spaced = sum(rows) + len(rows) - 1 <= height
        pages: list[list[str]] = [[]]
        used = 0
        for line, row in zip(self._lines, rows, strict=True):
            if used and used + row > height:
                pages.append([])
                used = 0
            if spaced and pages[-1]:
                pages[-1].append("")
            pages[-1].append(line)
            used += row
        return pages

    def wipe(self) -> None:
        """Forget the sentences, which are about somebody."""
        super().wipe()
        self._lines = []
        self._sentences.update("")


def _rows(line: str, width: int) -> int:
    """Rows that a sentence takes, broken at its blanks."""
    rows, used = 1, 0
    for word in line.split(" "):
        if used and used + 1 + len(word) > width:
            rows, used = rows + 1, 0
        used += len(word) + bool(used)
    return rows
