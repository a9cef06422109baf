"""The QR of a card token, as modules: version 2, level Q, alphanumeric.

The size is part of the contract with the scanners on the desk: 25 modules a side and a quiet zone of
4 make 33 modules, which at 26 mm is 0.79 mm a module. A worn card still reads with a quarter of it gone.
"""

from __future__ import annotations

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from models.codes import ALPHABET, TOKEN_LENGTH

VERSION = 2
"""QR version: 25 modules a side, room for 29 letters at level Q."""

QUIET = 4
"""Modules of white that the standard (ISO/IEC 18004) asks for on every side."""

SIDE = 26.0
"""The printed QR with its quiet zone, in mm: what every scanner on the desk was chosen for."""

MASK = 2
"""One mask for every token: trying all eight costs eight times as long, and random letters need no choice."""


@lru_cache(maxsize=256)
def token_modules(token: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of dark modules of a card token's QR, from the top, without the quiet zone.

    Args:
        token: The 24 letters of a card token, in capitals.

    Raises:
        ValueError: For anything that cannot be a card token.
    """
    if len(token) != TOKEN_LENGTH or not set(token) <= set(ALPHABET):
        raise ValueError(f"a card's QR holds {TOKEN_LENGTH} letters of the card alphabet")
    code = QRCode(version=VERSION, error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    # Not split into parts, so that all capitals go in alphanumeric mode: as bytes they would not fit.
    code.add_data(token, optimize=0)
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def dark_runs(modules: tuple[tuple[bool, ...], ...]) -> list[tuple[int, int, int]]:
    """The dark modules as horizontal runs ``(row, first column, length)``: fewer shapes to draw."""
    runs: list[tuple[int, int, int]] = []
    for row, line in enumerate(modules):
        start: int | None = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return runs
