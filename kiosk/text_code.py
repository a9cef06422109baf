"""A text as a QR code that holds the text itself: any phone reads it, without an address or a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.widgets.qr import Modules

MASK = 2
"""One mask for all: trying eight takes eight times as long."""

_LARGEST = 40


def text_modules(text: str, most: int) -> Modules | None:
    """The modules of a text, ``None`` where it needs more than ``most`` on a side.

    Level L (ISO/IEC 18004): a screen is neither worn nor dirty, and every module counts on a small grid.
    """
    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    largest = min((most - 17) // 4, _LARGEST)
    if largest < 1:
        return None
    code = QRCode(version=1, error_correction=ERROR_CORRECT_L, border=0, mask_pattern=MASK)
    code.add_data(text.encode(), optimize=0)
    try:
        version = code.best_fit(start=1)
    except DataOverflowError:
        return None
    if version > largest:
        return None
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def largest_that_fits(texts: Sequence[str], most: int) -> Modules | None:
    """The code of the first text that fits; the longest stands first."""
    return next((code for text in texts if (code := text_modules(text, most)) is not None), None)
