"""The pieces of the corner as keys: what is in, what is out and with whom; each kind begins a new row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil

from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from models.equipment import Piece
from screens.widgets.key import Key

WIDTH = 18
"""Columns that a piece needs at least: "Marie-Laure D." inside its frame."""

MOST = 6
"""Pieces side by side at most."""


class PieceKey(Key):
    """A piece with its name, and below it where it is."""

    DEFAULT_CSS = """
    PieceKey { width: 100%; height: 100%; min-width: 12; padding: 0; color: $ink; }
    PieceKey.-out { background: $note; color: $note-ink; border: round $accent; }
    PieceKey.-odd { background: $wait; color: $wait-ink; border: round $wait-ink; }
    PieceKey.-out:focus { border: heavy $accent; }
    PieceKey.-odd:focus { border: heavy $wait-ink; }
    """

    def __init__(self, piece: Piece, where: str, *, id: str) -> None:
        super().__init__("", id=id)
        self.show(piece, where)

    def show(self, piece: Piece, where: str) -> None:
        """Show a piece, which may be another one than before; ``where`` has one line or two."""
        self.piece = piece
        self.set_class(piece.loan is not None, "-out")
        self.set_class(piece.loan is not None and piece.loan.twice, "-odd")
        self.say(f"{piece.name}\n{where}")

    def render(self) -> Content:
        """Plain content, the piece's name in bold."""
        return Content(self.label).stylize("bold", 0, len(self.label.partition("\n")[0]))


class Pieces(Container):
    """One page of pieces."""

    DEFAULT_CSS = """
    Pieces { layout: grid; grid-gutter: 0 1; width: 100%; height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="pieces")
        self.pages = 1
        self._shape: tuple[int, int, tuple[tuple[str, ...], ...]] = (0, 0, ())

    async def draw(
        self, pieces: Sequence[Piece], where: Iterable[str], page: int, size: tuple[int, int]
    ) -> int:
        """Show a page; returns its number, which is another one where there are fewer pages now."""
        width, height = size
        told = dict(zip((piece.id for piece in pieces), where, strict=True))
        # Three lines inside a frame where there is room for them, else two.
        tall = 5 if height >= 30 else 4
        side_by_side = max(1, min(MOST, (width - 2) // WIDTH))
        rows: list[list[Piece]] = []
        for _, kind in groupby(pieces, key=lambda piece: piece.kind):
            of_kind = list(kind)
            rows += [of_kind[i : i + side_by_side] for i in range(0, len(of_kind), side_by_side)]
        fit = max(1, height // tall)
        self.pages = max(1, ceil(len(rows) / fit))
        page %= self.pages
        rows = rows[page * fit : (page + 1) * fit]
        shape = (side_by_side, tall, tuple(tuple(piece.id for piece in row) for row in rows))
        if shape == self._shape:
            for key in self.query(PieceKey):
                piece = next(one for row in rows for one in row if one.id == key.piece.id)
                key.show(piece, told[piece.id])
            return page
        self._shape = shape
        await self.remove_children()
        if not self.is_attached:
            return page
        self.styles.grid_size_columns = side_by_side
        self.styles.grid_rows = str(tall)
        cells: list[PieceKey | Static] = []
        for row in rows:
            cells += [PieceKey(piece, told[piece.id], id=f"piece-{piece.id}") for piece in row]
            cells += [Static() for _ in range(side_by_side - len(row))]
        await self.mount_all(cells)
        return page
