"""A calm field with a few big words: the heart of the public screens.

It draws itself line by line from a small plan and never asks for a new layout, because it stands on
the way from the card to the welcome.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from assets.letters import big

WIDE = 80
"""Columns from which a drawing has a place beside the words."""

NARROWEST = 16
"""Below so many columns nothing can be read, and nothing is drawn."""

GUTTER = 4

_BLANK = ("", "plain")

_TOGETHER = re.compile(r" (?=[!?:;»])|(?<=«) |(?<=\d) (?=(?:h|uur|Uhr)\b)|(?<=\d h) (?=\d)")
"""Blanks at which no row ends: before French marks, and within an hour ("8 h 30")."""


class Tone(StrEnum):
    """The colour field of a poster; its meaning is always said in words and by a sign too (A-10)."""

    CALM = "calm"
    GOOD = "good"
    WAIT = "wait"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; blank ones give air and are the first to go when the grid is small."""

    text: str = ""
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a poster says."""

    tone: Tone = Tone.CALM
    title: str = ""
    big: str = ""
    """Drawn in big letters where they fit, and in plain bold where they do not."""
    lines: Sequence[Line] = ()
    drawing: Sequence[str] = ()
    """A drawing at the right, where the grid is wide enough for both."""
    small_drawing: Sequence[str] = ()
    """The same for narrower grids."""


class Poster(Widget):
    """Shows a plan, as large as the grid allows."""

    DEFAULT_CSS = """
    Poster {
        width: 1fr;
        height: 1fr;
    }
    """

    def __init__(self, plan: Plan | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plan = plan or Plan()
        self._drawn: list[Strip] = []
        self._drawn_for: tuple[object, ...] = ()

    def show(self, plan: Plan) -> None:
        """Show another plan, without a new layout; nothing of the one before stays in memory."""
        self._plan = plan
        self._drawn = []
        self._drawn_for = ()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The drawing, made anew when size, theme or plan have changed.

        Textual would pass each line through its cache of borders and paddings; a poster has none.
        """
        made_for = (self.size, self.app.theme)
        if self._drawn_for != made_for:
            self._drawn = self._draw(self.size.width, self.size.height)
            self._drawn_for = made_for
        drawn = self._drawn[crop.y : crop.bottom]
        if crop.x == 0 and crop.width == self.size.width:
            return drawn
        return [strip.crop(crop.x, crop.right) for strip in drawn]

    def _draw(self, width: int, height: int) -> list[Strip]:
        plain, strong, quiet, loud = self._styles()
        if width < NARROWEST:
            return [Strip([Segment(" " * width, plain)], width)] * height
        styles = {"plain": plain, "strong": strong, "quiet": quiet, "big": loud}
        drawing = self._plan.drawing if width >= WIDE else self._plan.small_drawing
        if len(drawing) > height or width < NARROWEST + 2 * GUTTER + max(map(len, drawing), default=0):
            drawing = ()
        gutter = GUTTER if width >= WIDE else GUTTER // 2
        beside = len(drawing[0]) + gutter if drawing else 0
        indent = max(3, width // 12)
        # A narrow grid gives the words what it can.
        right = 2 if drawing and width < WIDE else indent
        room = width - indent - right - beside
        rows = self._rows(room, height)
        top = max(0, (height - len(rows) + 1) // 2)
        rows = [_BLANK] * top + rows[:height]
        rows += [_BLANK] * (height - len(rows))
        first = (height - len(drawing)) // 2
        strips = []
        for y, (text, kind) in enumerate(rows):
            line = " " * indent + text
            segments = [Segment(line + " " * (indent + room - cell_len(line)), styles[kind])]
            drawn = drawing[y - first] if 0 <= y - first < len(drawing) else ""
            if drawn:
                segments.append(Segment(" " * gutter + drawn, loud))
            used = indent + room + (gutter + len(drawn) if drawn else 0)
            segments.append(Segment(" " * (width - used), plain))
            strips.append(Strip(segments, width))
        return strips

    def _styles(self) -> tuple[Style, Style, Style, Style]:
        colours = self.app.theme_variables
        tone = self._plan.tone
        if tone is Tone.CALM:
            ink, ground, quiet = colours["ink"], colours["ground"], colours["quiet"]
            loud = colours["accent"]
        else:
            ink, ground = colours[f"{tone}-ink"], colours[tone]
            quiet = loud = ink
        return (
            Style.parse(f"{ink} on {ground}"),
            Style.parse(f"bold {ink} on {ground}"),
            Style.parse(f"{quiet} on {ground}"),
            Style.parse(f"{loud} on {ground}"),
        )

    def _rows(self, room: int, height: int) -> list[tuple[str, str]]:
        """The rows that fit best: the largest letters that leave air, then with less air."""
        rows: list[tuple[str, str]] = []
        for scale in (2, 1, 0):
            drawn = self._rows_at(room, scale)
            if drawn is None:
                continue
            rows = drawn
            air = 4 if scale == 2 else 2
            # The blank below the big letters goes first: they bring their own air.
            while len(rows) > height - air and _BLANK in rows:
                rows.remove(_BLANK)
            if len(rows) <= height - (air if scale == 2 else 0):
                break
        return rows

    def _rows_at(self, room: int, scale: int) -> list[tuple[str, str]] | None:
        plan = self._plan
        rows: list[tuple[str, str]] = []
        if plan.title:
            rows += wrapped(Line(plan.title, strong=True), room)
        if plan.big and scale:
            letters = big(plan.big, room, scale)
            if letters is None and scale == 1 and plan.big in plan.title:
                # The title says "Maria-Fernanda W.": without the initial it is still a welcome to be seen.
                first, _, initial = plan.big.rpartition(" ")
                letters = big(first, room) if len(initial) == 2 and initial.endswith(".") else None
            if letters is None:
                return None
            if rows and scale == 2:
                rows.append(_BLANK)
            rows += [(row, "big") for row in letters]
        elif plan.big and not any(plan.big in line.text for line in (Line(plan.title), *plan.lines)):
            rows += wrapped(Line(plan.big, strong=True), room)
        for line in plan.lines:
            if line.text:
                rows += wrapped(line, room)
            else:
                rows.append(_BLANK)
        return rows


def wrapped(line: Line, room: int) -> list[tuple[str, str]]:
    """A line in as many rows as it needs; a word that is longer than a row is broken."""
    kind = "strong" if line.strong else "quiet" if line.quiet else "plain"
    return [(row, kind) for row in rows_of_text(line.text, room)]


def rows_of_text(text: str, room: int) -> list[str]:
    """The same of text alone."""
    if cell_len(text) <= room:
        return [text.replace("\xa0", " ")]
    glued = _TOGETHER.sub("\xa0", text)
    return [row.replace("\xa0", " ") for row in wrap(glued, room, break_on_hyphens=False)]
