"""A text as a QR code that holds the text itself: any phone reads it, without an address or a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.widgets.qr import Modules

MASK = 2
"""One mask for all: trying eight takes eight times as long."""


WORTH_IT = 10
"""Signs in a row from which another mode saves more bits than the change to it and back takes."""


def text_modules(text: str, most: int) -> Modules | None:
    """The modules of a text, ``None`` where it needs more than ``most`` on a side.

    At the highest level of correction (ISO/IEC 18004) that fits, then as small as that level allows: on a
    large grid a glare on the glass may hide something, on a small one every module counts.
    """
    from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode

    largest = (most - 17) // 4
    for level in (ERROR_CORRECT_H, ERROR_CORRECT_Q, ERROR_CORRECT_M, ERROR_CORRECT_L):
        code = QRCode(version=1, error_correction=level, border=0, mask_pattern=MASK)
        # Runs of capitals and figures go in the mode that takes half the room for them, the rest as bytes.
        code.add_data(text.encode(), optimize=WORTH_IT)
        try:
            if code.best_fit(start=1) > largest:
                continue
        except DataOverflowError:
            continue
        code.make(fit=False)
        return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
    return None


def largest_that_fits(texts: Sequence[str], most: int) -> Modules | None:
    """The code of the first text that fits; the longest stands first."""
    return next((code for text in texts if (code := text_modules(text, most)) is not None), None)
