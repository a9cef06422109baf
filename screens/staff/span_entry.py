"""From which day to which? Two dates of eight digits, by touch or on any keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import date_of
from models.review.period import Period, known_as
from screens.messages import BackWanted
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.digit_rows import digit_rows
from screens.widgets.digits import digit_of
from screens.widgets.key import Key

YEARS = range(2000, 2100)
"""Nobody reports on others: a slip of the finger is no century of reading."""

DATE = 8
"""Digits of a date: day, month, year."""

SAID = 18
"""Cells of a date in words: both stand below each other."""


def date_in(digits: str) -> date | None:
    """``03112022`` as a day; ``None`` where that is no day of the calendar."""
    if len(digits) < DATE or int(digits[4:]) not in YEARS:
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


class SpanScreen(StaffScreen):
    """The first day and the last one; both are in it."""

    DEFAULT_CSS = """
    SpanScreen #entry { width: 100%; height: 1fr; align: center middle; }
    SpanScreen #entry > Static { width: 100%; text-align: center; height: 1; }
    SpanScreen .day { color: $quiet; }
    SpanScreen .day.-typed { text-style: bold; color: $accent; }
    SpanScreen Center { height: auto; margin: 1 0 0 0; }
    SpanScreen.-narrow Center { margin: 0; }
    SpanScreen #pad { width: 100%; max-width: 78; height: auto; padding: 0 1; }
    SpanScreen .row { layout: grid; grid-size: 6 1; grid-gutter: 0 1; height: 3; }
    SpanScreen #pad Key { width: 100%; min-width: 7; padding: 0; }
    """

    def __init__(self, frame: Frame, given: Callable[[Period], None]) -> None:
        super().__init__(frame)
        self._digits = ""
        self._given: Callable[[Period], None] | None = given
        self._days = (Static("", classes="day", markup=False), Static("", classes="day", markup=False))

    def parts(self) -> Iterable[Widget]:
        """The question, the two days, and the pad."""
        translate = self.translate
        with Vertical(id="entry"):
            yield Static(translate("Quels jours ? Jour, mois, année."), markup=False)
            yield from self._days
            yield self.said
            with Center(), Vertical(id="pad"):
                yield from digit_rows(translate)
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Show two empty dates."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Digits of any keyboard, backspace and Enter."""
        digit = digit_of(event)
        if digit:
            self._add(digit)
        elif event.key == "backspace":
            self._digits = self._digits[:-1]
            self._show()
        elif event.key == "enter" and not isinstance(self.focused, Key):
            self._enter()
        else:
            return
        event.stop()
        event.prevent_default()

    @on(Key.Pressed, "#pad Key")
    def _touched(self, event: Key.Pressed) -> None:
        event.stop()
        name = event.key.id or ""
        if name == "erase":
            self._digits = ""
            self._show()
        elif name == "enter":
            self._enter()
        else:
            self._add(name[-1])

    def _add(self, digit: str) -> None:
        if len(self._digits) < 2 * DATE:
            self._digits += digit
            self._show()

    def _enter(self) -> None:
        first, last = date_in(self._digits[:DATE]), date_in(self._digits[DATE:])
        if first is None or last is None:
            self.say(self.translate("Écrivez chaque jour en huit chiffres, par exemple 03112026."))
        elif last < first:
            self.say(self.translate("Le dernier jour est avant le premier : touchez « Effacer »."))
        else:
            given, self._given = self._given, None
            if given is not None:
                # Straight to the app: what is shown next must not come before this one has gone.
                self.app.post_message(BackWanted())
                given(known_as(first, last))

    def _show(self) -> None:
        words = (self.translate("Du"), self.translate("au"))
        wide = max(map(len, words))
        for number, (line, word) in enumerate(zip(self._days, words, strict=True)):
            digits = self._digits[number * DATE : (number + 1) * DATE]
            filled = digits.ljust(DATE, "_")
            found = date_in(digits)
            said = date_of(found, self.language, year=True) if found else ""
            spaced = " / ".join(" ".join(part) for part in (filled[:2], filled[2:4], filled[4:]))
            line.update(f"{word:>{wide}}  {spaced}   {said:<{SAID}}", layout=False)
            line.set_class(len(self._digits) // DATE == number or bool(found), "-typed")

    def wipe(self) -> None:
        """Forget what was typed, and who asked."""
        super().wipe()
        self._digits = ""
        self._given = None
