"""The page that turns by itself: what is read now as large as it fits, at the top, below the camera's eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.letters import ROWS, big
from screens.widgets.poster import Line, Plan, Poster, wrapped

BAR = ("━", "─")
"""How much has gone by, and how much comes: by their weight, not by colour."""


LEAST_LARGE = 2
"""Rows of large letters that have to fit: with one alone the text would jump from word to word."""

_BLANK = ("", "plain")

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands there at one moment."""

    now: str
    """What is read."""
    next: str = ""
    status: str = ""
    share: float = 0.0
    """How much of everything has gone by, from 0 to 1."""
    word: int = 0
    """How many words of what is read have gone by."""


class Prompt(Poster):
    """Shows a page. Only what changes is drawn anew."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page = Page("")
        self._stands: tuple[object, ...] = ()

    def turn(self, page: Page) -> None:
        """Show a page."""
        # The bar moves by whole cells: nothing is drawn between two of them.
        stands = (page.now, page.next, page.status, page.word, int(page.share * self.size.width))
        if stands != self._stands:
            self._stands, self._page = stands, page
            self.show(Plan(title=page.status, big=page.now, lines=(Line(page.next, quiet=True),)))

    def wipe(self) -> None:
        """Forget the text."""
        self._stands, self._page = (), Page("")
        self.show(Plan())

    def _rows(self, room: int, height: int) -> list[Row]:
        """From the top: what is read, what comes; at the bottom how it stands."""
        page = self._page
        said = wrapped(Line(page.status, strong=True), room) if page.status else []
        following = wrapped(Line(page.next, quiet=True), room) if page.next else []
        done = round(page.share * room)
        foot = [*said, (BAR[0] * done + BAR[1] * (room - done), "quiet")]
        space = height - len(foot)
        now, to_its_end = self._now(room, space - len(following))
        # What comes is not to be read before the rest of what is read now.
        rows = [*now, _BLANK, *(following if to_its_end else [])]
        # A small grid needs its air for the words.
        while len(rows) > space and _BLANK in rows:
            rows.remove(_BLANK)
        return [*rows[:space], *[_BLANK] * (space - len(rows)), *foot][:height]

    def _now(self, room: int, space: int) -> tuple[list[Row], bool]:
        """What is read: whole and as large as it fits, else large from the row that is read now.

        And whether its end can be seen.
        """
        words = self._page.now.split()
        for scale in (2, 1):
            if (drawn := large_rows(words, room, scale)) and len(drawn) * ROWS * scale + 1 < space:
                return [_BLANK, *_drawn(drawn)], True
        fit = (space - 2) // ROWS
        if fit >= LEAST_LARGE and (drawn := large_rows(words, room, 1)):
            first = sum(row.last <= self._page.word for row in drawn)
            # The end stands still: the last rows are read where they are.
            first = max(0, min(first, len(drawn) - fit))
            return [_BLANK, *_drawn(drawn[first : first + fit])], first + fit >= len(drawn)
        return [_BLANK, *wrapped(Line(self._page.now, strong=True), room)], True


@dataclass(frozen=True, slots=True)
class LargeRow:
    """Words that stand in one row of large letters."""

    drawn: Sequence[str]
    last: int
    """How many words there are up to its end."""


def large_rows(words: Sequence[str], room: int, scale: int) -> list[LargeRow] | None:
    """Words in large letters, in as many rows as they need; ``None`` where one is wider than a row."""
    rows: list[LargeRow] = []
    row = ""
    for number, word in enumerate(words, 1):
        wider = f"{row} {word}" if row else word
        drawn = big(wider, room, scale)
        if drawn is not None and row:
            rows.pop()
        elif drawn is None:
            wider, drawn = word, big(word, room, scale)
        if drawn is None:
            return None
        rows.append(LargeRow(drawn, number))
        row = wider
    return rows


def _drawn(rows: Sequence[LargeRow]) -> list[Row]:
    return [(drawn, "big") for row in rows for drawn in row.drawn]
