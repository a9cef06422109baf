"""What the libraries below remember of texts that stood on the screen, and how it is made to go.

Rich keeps the widths of the last 4,096 texts that it has measured, and the pieces of those that it has
cut; Textual keeps what the last 1,024 widgets had drawn, long after they have gone. Those are the names
of everybody who came, for days.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache

_REMEMBERING: tuple[Callable[..., object], ...] = (
    cached_cell_len,
    Segment._split_cells,
    StylesCache.get_inner_outer,  # a cache on a method: its keys are the widgets' own drawings
)


def forget_texts() -> None:
    """Empty what was remembered; what is drawn next is measured again, once."""
    for remembering in _REMEMBERING:
        # None of this is promised: a version that remembers nothing must not break the kiosk.
        if clear := getattr(remembering, "cache_clear", None):
            clear()
