"""The page that turns by itself: what is read now as large as it fits, at the top, below the camera's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.letters import big
from screens.widgets.poster import Line, Plan, Poster, wrapped

BAR = ("━", "─")
"""How much has gone by, and how much comes: by their weight, not by colour."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands there at one moment."""

    now: str
    """What is read."""
    next: str = ""
    status: str = ""
    share: float = 0.0
    """How much has gone by, from 0 to 1."""


class Prompt(Poster):
    """Shows a page. Only what changes is drawn anew."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._share = 0.0
        self._stands: tuple[object, ...] = ()

    def turn(self, page: Page) -> None:
        """Show a page."""
        # The bar moves by whole cells: nothing is drawn between two of them.
        stands = (page.now, page.next, page.status, int(page.share * self.size.width))
        if stands != self._stands:
            self._stands, self._share = stands, page.share
            self.show(Plan(title=page.status, big=page.now, lines=(Line(page.next, quiet=True),)))

    def wipe(self) -> None:
        """Forget the text."""
        self._stands = ()
        self.show(Plan())

    def _rows(self, room: int, height: int) -> list[tuple[str, str]]:
        """From the top: what is read, what comes; at the bottom how it stands."""
        plan = self._plan
        said = wrapped(Line(plan.title, strong=True), room) if plan.title else []
        following = [row for line in plan.lines if line.text for row in wrapped(line, room)]
        done = round(self._share * room)
        foot = [*said, (BAR[0] * done + BAR[1] * (room - done), "quiet")]
        space = height - len(foot)
        rows: list[tuple[str, str]] = []
        for scale in (2, 1, 0):
            large = large_rows(plan.big, room, scale) if scale else wrapped(Line(plan.big, strong=True), room)
            if large is None:
                continue
            rows = [("", "plain"), *large, ("", "plain"), *following]
            if len(rows) <= space:
                break
        # A small grid needs its air for the words.
        while len(rows) > space and ("", "plain") in rows:
            rows.remove(("", "plain"))
        return [*rows[:space], *[("", "plain")] * (space - len(rows)), *foot][:height]


def large_rows(text: str, room: int, scale: int) -> list[tuple[str, str]] | None:
    """A text in big letters in as many rows as it needs; ``None`` where a word is wider than a row."""
    lines: list[Sequence[str]] = []
    row = ""
    for word in text.split():
        wider = f"{row} {word}" if row else word
        drawn = big(wider, room, scale)
        if drawn is None:
            drawn, wider = big(word, room, scale), word
            if drawn is None:
                return None
            lines.append(drawn)
        elif row:
            lines[-1] = drawn
        else:
            lines.append(drawn)
        row = wider
    return [(drawn, "big") for line in lines for drawn in line]
