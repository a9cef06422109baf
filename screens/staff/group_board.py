"""The group by area as stacked rows: shapes and numbers, before and after side by side, no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from assets.assessment import framework
from assets.languages import Counted, translator
from models.assessment.group import TOGETHER, GroupPicture, Row, Side
from models.assessment.levels import ALONE, NOT_YET, WITH_HELP
from screens.assessment.wording import LEVELS
from screens.assessment.wording import TOGETHER as TO_SEE_TOGETHER
from screens.staff.assessment_words import area_name

SHAPES = {ALONE: "█", WITH_HELP: "▓", NOT_YET: "░", TOGETHER: "?"}
"""The parts of a row from left to right; by their shape, for colour alone says nothing (A-10)."""

HIDDEN_SHAPE, HIDDEN = "·", "–"

NARROW = 60
"""Columns under which everything stands closer."""

THICKEST = 5

Piece = tuple[str, str]
"""A text and its style."""


class GroupBoard(Widget):
    """As large as the grid allows."""

    DEFAULT_CSS = """
    GroupBoard { width: 100%; height: 1fr; padding: 0 2; }
    .-narrow GroupBoard { padding: 0 1; }
    """

    def __init__(self, language: str) -> None:
        super().__init__(id="board")
        self._language = language
        self._picture: GroupPicture | None = None
        self._alone = False

    def show(self, picture: GroupPicture | None, *, alone: bool = False) -> None:
        """Show a picture, or nothing; ``alone`` where it has the whole grid, to be read from afar."""
        self._picture, self._alone = picture, alone
        self.refresh()

    def render(self) -> Content:
        """Heads, five rows, what the shapes mean."""
        picture = self._picture
        if picture is None:
            return Content("")
        width, height = self.content_size
        if not any(count is not None for count in _counts(picture)):
            translate = translator(self._language)
            words = translate("Trop peu de personnes : rien n'est montré.")
            return Content("\n" * (height // 2 - 1) + words.center(width)).stylize("bold")
        foot = list(self._foot(picture, width))
        air = height >= 20
        rows = (height - len(foot) - 1 - air) // len(framework().competences)
        body = list(self._body(picture, width, max(1, rows), air=air))
        left = height - len(body) - len(foot)
        above = [Content("")] * (left // 2 if self._alone else 0)
        below = [Content("")] * (left > len(above))
        return Content("\n").join([*above, *body, *below, *map(_line, foot)])

    # ---- below

    def _foot(self, picture: GroupPicture, width: int) -> Iterator[list[Piece]]:
        """The shapes in words, in as many lines as they need; how many have made progress."""
        translate = translator(self._language)
        words = [*(f"{SHAPES[level]} {translate(LEVELS[level])}" for level in (ALONE, WITH_HELP, NOT_YET))]
        words.append(f"{SHAPES[TOGETHER]} {translate(TO_SEE_TOGETHER)}")
        if picture.masked:
            hidden = translate("caché")
            words.append(f"{HIDDEN} {hidden}")
        line = ""
        for word in words:
            longer = f"{line}  {word}" if line else word
            if line and cell_len(longer) > width:
                yield [(line, "$quiet")]
                longer = word
            line = longer
        yield [(line, "$quiet")]
        if not self._alone and picture.after.people:
            yield [(self._progress(picture), "")]

    def _progress(self, picture: GroupPicture) -> str:
        translate = translator(self._language)
        if picture.progress is None:
            return translate("Progrès : trop peu de personnes pour un nombre.")
        counted = Counted("Progrès : {n} personne sur {all}.", "Progrès : {n} personnes sur {all}.")
        return translate(counted, n=picture.progress, all=picture.after.people)

    # ---- before and after

    def _body(self, picture: GroupPicture, width: int, rows: int, *, air: bool) -> Iterator[Content]:
        names = {area: area_name(area, self._language) for area in framework().competences}
        sides = (picture.before, picture.after)
        column = max(map(cell_len, names.values()))
        wide = (width - column - 2 * _gap(width)) // 2
        digits = max(len(str(count or 0)) for count in _counts(picture))
        heads = [self._head(word, side, wide) for word, side in zip(("before", "after"), sides, strict=True)]
        yield _line(self._beside(("", ""), [[(head, "bold")] for head in heads], column, width))
        if air:
            yield Content("")
        for area, name in names.items():
            drawn = [_side(side, area, wide, rows, digits) for side in sides]
            for number in range(rows):
                label = "" if number else name
                parts = [lines[number] if number < len(lines) else [] for lines in drawn]
                yield _line(self._beside((label, "bold"), parts, column, width))

    def _head(self, word: str, side: Side, wide: int) -> str:
        translate = translator(self._language)
        people = HIDDEN
        if side.people is not None:
            people = translate(Counted("{n} personne", "{n} personnes"), n=side.people)
        when = translate("Avant") if word == "before" else translate("Après")
        said = f"{when} · {people}"
        return said if cell_len(said) <= wide else f"{when} · {side.people}"

    @staticmethod
    def _beside(name: Piece, parts: Sequence[list[Piece]], column: int, width: int) -> list[Piece]:
        gap = _gap(width)
        wide = (width - column - 2 * gap) // 2
        line = [(set_cell_size(name[0], column), name[1])]
        for pieces in parts:
            used = sum(cell_len(text) for text, _ in pieces)
            line += [(" " * gap, ""), *pieces, (" " * (wide - used), "")]
        return line


def _gap(width: int) -> int:
    """Columns between names and rows, and between before and after."""
    return 2 if width < NARROW else 3


def _counts(picture: GroupPicture) -> Iterator[int | None]:
    """Every count of the areas."""
    for side in (picture.before, picture.after):
        for row in side.areas.values():
            yield from row


def _line(pieces: Sequence[Piece]) -> Content:
    return Content.assemble(*pieces)


def _side(side: Side, area: str, wide: int, rows: int, digits: int) -> list[list[Piece]]:
    """The lines of an area on one side: the row as thick as may be, the numbers, air where there is any."""
    thick = min(THICKEST, rows - 1 if rows < 3 else rows - 2)
    row = side.areas[area]
    return [*([_bar(row, side.people, wide)] * thick), [(_numbers(row, wide, digits), "")]]


def _numbers(row: Row, wide: int, digits: int) -> str:
    """Every count beside its shape, as far apart as there is room."""
    if not any(count is not None for count in row):
        return HIDDEN
    said = ""
    for blank, between in ((" ", "   "), (" ", "  "), ("", " "), ("", "")):
        told = (
            f"{shape}{blank}{HIDDEN if row[place] is None else row[place]:<{digits}}"
            for place, shape in SHAPES.items()
        )
        said = between.join(told).rstrip()
        if cell_len(said) <= wide:
            return said
    return set_cell_size(" ".join(said.split()), wide)


def _bar(row: Row, people: int | None, wide: int) -> list[Piece]:
    """The parts in the proportion of their counts; what is hidden has its place at the end."""
    if people is None:
        return [(HIDDEN_SHAPE * wide, "$quiet")]
    if not people:
        return []
    counts = [row[place] or 0 for place in SHAPES]
    cells = _shares([*counts, people - sum(counts)], wide)
    return [
        (shape * number, "$quiet" if shape == HIDDEN_SHAPE else "$accent")
        for shape, number in zip((*SHAPES.values(), HIDDEN_SHAPE), cells, strict=True)
        if number
    ]


def _shares(counts: Sequence[int], wide: int) -> list[int]:
    """Cells of each count: all of them together fill the row, and nobody who is there goes missing."""
    total = sum(counts)
    exact = [count * wide / total for count in counts]
    cells = [max(floor(part), 1 if count else 0) for part, count in zip(exact, counts, strict=True)]
    while sum(cells) != wide:
        step = 1 if sum(cells) < wide else -1
        able = [n for n, count in enumerate(counts) if count and cells[n] + step > 0]
        cells[max(able, key=lambda n: step * (exact[n] - cells[n]))] += step
    return cells
