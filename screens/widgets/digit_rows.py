"""Two rows of digits, each with a word at its end: for whatever is typed in numbers."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Horizontal

from assets.languages import Translate
from screens.widgets.key import Key


def digit_rows(translate: Translate) -> Iterator[Horizontal]:
    """The keys ``digit-0`` to ``digit-9``, ``erase`` and ``enter``."""
    for digits, (name, label) in (
        ("12345", ("erase", translate("Effacer"))),
        ("67890", ("enter", translate("Entrer"))),
    ):
        keys = [Key(digit, id=f"digit-{digit}", repeats=True) for digit in digits]
        yield Horizontal(*keys, Key(label, id=name, main=name == "enter"), classes="row")
