"""What the libraries below remember of texts that stood on the screen, and how it is made to go.

Rich keeps the widths of the last 4,096 texts that it has measured, and the pieces of those that it has
cut: the names of everybody who came, for days.
"""

from __future__ import annotations

from rich.cells import cached_cell_len
from rich.segment import Segment


def forget_texts() -> None:
    """Empty what was remembered; what is drawn next is measured again, once."""
    cached_cell_len.cache_clear()
    # Rich says nothing about it being one; a version without it must not break the kiosk.
    if clear := getattr(Segment._split_cells, "cache_clear", None):
        clear()
