"""Words and tables that go down a page, and on to the next one where they would not fit."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.paper.page import A4, ACCENT, QUIET_INK, Paper, Style

LEFT, TOP, FOOT = 15.0, 14.0, 12.0

PLACE = Style(12, bold=True, colour=ACCENT)
TITLE = Style(24, bold=True)
PERIOD = Style(14, colour=QUIET_INK)
HEADING = Style(13, bold=True)
LABEL = Style(9, colour=QUIET_INK)


@dataclass(slots=True)
class Flow:
    """Goes down the page, and turns it where something would not fit."""

    paper: Paper
    corner_name: str
    title: str
    y: float = 0.0
    landscape: bool = False
    sizes: list[tuple[float, float]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Width for words, in mm."""
        return self.sizes[-1][0] - 2 * LEFT

    @property
    def bottom(self) -> float:
        """Where the foot begins."""
        return self.sizes[-1][1] - TOP - FOOT

    def turn(self, *, landscape: bool = False) -> None:
        """A new page."""
        self.landscape = landscape
        self.sizes.append((A4[1], A4[0]) if landscape else A4)
        self.paper.add_page(orientation="L" if landscape else "P", format="A4")
        self.y = TOP
        if len(self.sizes) > 1:
            self.text(f"{self.corner_name} · {self.title}", LABEL)
            self.y += 3

    def room(self, height: float) -> None:
        """Turn the page where so many millimetres are not left."""
        if self.y + height > self.bottom:
            self.turn(landscape=self.landscape)

    def heads(self, title: str, period: str) -> None:
        """Who speaks, of what, of when."""
        paper = self.paper
        self.y = paper.write_place(self.corner_name, LEFT, self.y, self.width, PLACE) + 6
        self.y = paper.write_text(title, LEFT, self.y, self.width, TITLE, "H1")
        self.y = paper.write_text(period, LEFT, self.y, self.width, PERIOD) + 4

    def heading(self, text: str, keep: float) -> None:
        """A heading with so many millimetres of what it heads."""
        self.room(HEADING.line + 4 + keep)
        self.y = self.paper.write_text(text, LEFT, self.y + 4, self.width, HEADING, "H2") + 1

    def text(self, text: str, style: Style) -> None:
        """A paragraph."""
        lines = self.paper.wrapped(self.paper.printable(text), self.width, style, anywhere=True) or []
        self.room(len(lines) * style.line)
        self.y = self.paper.write_lines(lines, LEFT, self.y, style) + 1

    def number_pages(self) -> None:
        """Which page of how many, at the foot of each."""
        for number, (width, height) in enumerate(self.sizes, start=1):
            # Measures count from the top of a page, and fpdf2 knows but the height of the last one.
            self.paper.page, self.paper.h = number, height
            text = f"{number} / {len(self.sizes)}"
            x = width - LEFT - self.paper.width_of(text, LABEL)
            self.paper.write_lines([text], x, height - TOP - LABEL.line, LABEL)
