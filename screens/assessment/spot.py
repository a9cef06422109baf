"""The first exercise: four short messages, and which of them is dangerous."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.widget import Widget

from assets.exercises import exercises
from models.assessment.checks import Check
from screens.assessment.exercise import ExerciseScreen
from screens.widgets.foot import Foot
from screens.widgets.key import Key
from screens.widgets.poster import Line, Plan, Poster, wrapped

A_SET = 4
"""Messages of one set."""


class MessageKey(Key):
    """A message as it comes: who writes stands on the frame, what they write in two rows below."""

    DEFAULT_CSS = """
    MessageKey {
        width: 100%; height: 100%; padding: 0 1 0 2; content-align: left middle; text-align: left;
        border-title-color: $accent; border-title-style: bold;
    }
    MessageKey:focus { border-title-color: $focus; }
    """

    def put(self, sender: str, text: str) -> None:
        """Show another message, or none."""
        self.border_title = Content(sender) if sender else None
        self.say(f"{sender}\n{text}" if sender else "")

    def render(self) -> Content:
        """What is written, in rows of about the same length."""
        return Content("\n".join(evenly(self.label.partition("\n")[2], self.content_size.width)))


def evenly(text: str, room: int) -> list[str]:
    """A text in as few rows as possible, none of them a leftover; a word is never broken for that."""
    rows = wrapped(Line(text), max(room, 1))
    longest = max(map(len, text.split()), default=1)
    for narrower in range(room - 1, longest - 1, -1):
        other = wrapped(Line(text), narrower)
        if len(other) > len(rows):
            break
        rows = other
    return [row for row, _ in rows]


class SpotScreen(ExerciseScreen):
    """A touch chooses. Then other messages come, whatever was chosen: nothing says "right" or "wrong"."""

    check = Check.SPOT
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    DEFAULT_CSS = """
    SpotScreen .question > Vertical { width: 100%; height: 100%; align: center middle; }
    SpotScreen.-normal .question > Vertical { max-width: 80; }
    SpotScreen.-wide .question > Vertical { max-width: 108; }
    SpotScreen Poster { height: 1fr; min-height: 1; max-height: 3; }
    SpotScreen #messages {
        grid-size: 2 2; grid-rows: 4; grid-gutter: 1 2; width: 100%; height: 9; padding: 0 1;
    }
    SpotScreen.-normal #messages { padding: 0 3; }
    SpotScreen.-wide #messages { padding: 0 6; }
    SpotScreen.-tall Poster { max-height: 5; }
    SpotScreen.-tall.-wide #messages { grid-rows: 5; height: 11; }
    """

    def __init__(self, place: str, language: str, banner: str = "", steps: Sequence[bool] = ()) -> None:
        super().__init__(place, language, banner, steps)
        # Made here, so that a screen can be wiped before it stands.
        self._poster = Poster()
        self._messages = [MessageKey("", id=f"message-{place}") for place in range(A_SET)]
        self.show()

    def parts(self) -> Iterable[Widget]:
        """The question, the messages, and a way past them."""
        translate = self.translate
        with Vertical(classes="question"), Vertical():
            yield self._poster
            yield Grid(*self._messages, id="messages")
        yield Foot(translate, right=self.back_key(), middle=Key(translate("Passer"), id="skip"))

    def show(self) -> str:
        """The next set: each step has its own."""
        translate, language = self.translate, self.language
        question = (
            translate("Merci. Et ici, quel message est dangereux ?")
            if self._steps
            else translate("Un message est dangereux. Lequel ?")
        )
        self._poster.show(Plan(lines=[Line(question, strong=True)]))
        shown = exercises().sets[len(self._steps)].messages
        for key, message in zip(self._messages, shown, strict=True):
            key.put(message.sender[language], message.text[language])
        return " ".join((question, *(f"{one.sender[language]} : {one.text[language]}" for one in shown)))

    @on(Key.Pressed, "MessageKey")
    def _chosen(self, event: Key.Pressed) -> None:
        event.stop()
        if event.key.label and not self.over:
            place = int((event.key.id or "").rpartition("-")[2])
            self.take(right=place == exercises().sets[len(self._steps)].dangerous)

    @on(Key.Pressed, "#skip")
    def _skip(self, event: Key.Pressed) -> None:
        event.stop()
        self.skip()

    def wipe(self) -> None:
        """Forget what was chosen, and show nothing more."""
        super().wipe()
        self._poster.show(Plan())
        for key in self._messages:
            key.put("", "")
