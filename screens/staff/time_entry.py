"""At what time was it? Four digits, by touch or on any keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

from textual import events, on
from textual.containers import Center, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from assets.languages import BRUSSELS, hour
from screens.messages import BackWanted
from screens.staff.frame import Frame, StaffScreen
from screens.widgets.digit_rows import digit_rows
from screens.widgets.digits import digit_of
from screens.widgets.key import Key


def moment_of(digits: str, on_day: date) -> datetime | None:
    """``0827`` or ``827`` on a day of Brussels, in UTC; ``None`` where that is no time of the day."""
    if not 3 <= len(digits) <= 4:
        return None
    hours, minutes = int(digits[:-2]), int(digits[-2:])
    if hours > 23 or minutes > 59:
        return None
    return datetime.combine(on_day, time(hours, minutes), BRUSSELS).astimezone(UTC)


class TimeScreen(StaffScreen):
    """A question about a time; ``offered`` are times that are likely, each a key of its own."""

    DEFAULT_CSS = """
    TimeScreen #entry { width: 100%; height: 1fr; align: center middle; }
    TimeScreen #entry > Static { width: 100%; text-align: center; height: auto; }
    TimeScreen #digits { text-style: bold; height: 1; color: $accent; }
    TimeScreen #offered { width: 100%; height: 3; align: center middle; }
    TimeScreen #offered Key { width: auto; margin: 0 1; }
    TimeScreen Center { height: auto; }
    TimeScreen #pad { width: 100%; max-width: 78; height: auto; padding: 0 1; }
    TimeScreen .row { layout: grid; grid-size: 6 1; grid-gutter: 0 1; height: 3; }
    TimeScreen #pad Key { width: 100%; min-width: 7; padding: 0; }
    """

    def __init__(
        self,
        frame: Frame,
        lines: Sequence[str],
        on_day: date,
        given: Callable[[datetime], None],
        offered: Mapping[str, datetime] | None = None,
    ) -> None:
        super().__init__(frame)
        self._question = Static("\n".join(lines), id="question", markup=False)
        self._digits = ""
        self._entry = Static("", id="digits", markup=False)
        self._day = on_day
        self._given: Callable[[datetime], None] | None = given
        self._offered = dict(offered or {})

    def parts(self) -> Iterable[Widget]:
        """The question, likely times, what was typed, and the pad."""
        translate = self.translate
        with Vertical(id="entry"):
            yield self._question
            yield self._entry
            yield self.said
            if self._offered:
                with Horizontal(id="offered"):
                    for number, label in enumerate(self._offered):
                        yield Key(label, id=f"offer-{number}")
            with Center(), Vertical(id="pad"):
                yield from digit_rows(translate)
        with Horizontal(classes="actions"):
            yield Static(classes="gap")
            yield self.back_key()

    def on_mount(self) -> None:
        """Show the empty clock."""
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

    @on(Key.Pressed)
    def _touched(self, event: Key.Pressed) -> None:
        name = event.key.id or ""
        if name.startswith("digit-"):
            self._add(name[-1])
        elif name.startswith("offer-"):
            self._give(list(self._offered.values())[int(name.removeprefix("offer-"))])
        elif name == "erase":
            self._digits = ""
            self._show()
        elif name == "enter":
            self._enter()
        else:
            return
        event.stop()

    def _add(self, digit: str) -> None:
        if len(self._digits) < 4:
            self._digits += digit
            self._show()

    def _enter(self) -> None:
        moment = moment_of(self._digits, self._day)
        if moment is None:
            self.say(self.translate("Écrivez l'heure en quatre chiffres, par exemple 0830."))
        else:
            self._give(moment)

    def _give(self, moment: datetime) -> None:
        given, self._given = self._given, None
        if given is not None:
            # Straight to the app: what is opened next must not come before this one has gone.
            self.app.post_message(BackWanted())
            given(moment)

    def _show(self) -> None:
        filled = self._digits.ljust(4, "_")
        moment = moment_of(self._digits, self._day)
        said = f"   {hour(moment, self.language)}" if moment and len(self._digits) == 4 else ""
        self._entry.update(f"{filled[0]} {filled[1]} : {filled[2]} {filled[3]}{said}", layout=False)

    def wipe(self) -> None:
        """Forget the question, which may name somebody, and what was typed."""
        super().wipe()
        self._question.update("")
        self._digits = ""
        self._entry.update("")
        self._given = None
