"""What the screens of the self-assessment ask the app for."""

from __future__ import annotations

from textual.message import Message

from models.assessment.checks import Check, Done


class Begun(Message):
    """Somebody begins, or goes on where they were."""

    def __init__(self, *, anew: bool) -> None:
        super().__init__()
        self.anew = anew
        """Whether what was unfinished is forgotten."""


class VoiceWanted(Message):
    """Somebody wants the questions read aloud, or not any more."""

    def __init__(self, *, on: bool) -> None:
        super().__init__()
        self.on = on


class StarterAnswered(Message):
    """A question that counts for nothing was answered."""


class Answered(Message):
    """A question was answered and the answer confirmed."""

    def __init__(self, item: str, value: int | None) -> None:
        super().__init__()
        self.item = item
        self.value = value


class EarlierWanted(Message):
    """Back to the question before, or to where the questions begin."""


class StopWanted(Message):
    """Enough for today: the result of what was answered."""


class ReviewWanted(Message):
    """Somebody wants to see their answers."""


class ChangeWanted(Message):
    """Somebody wants to give another answer."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = item


class ExercisesWanted(Message):
    """The answers are right: on to the two small exercises."""


class ExercisesBegun(Message):
    """On to the first exercise."""


class CheckDone(Message):
    """An exercise is over, or was passed over."""

    def __init__(self, check: Check, done: Done) -> None:
        super().__init__()
        self.check = check
        self.done = done


class ResultWanted(Message):
    """No exercises: on to the result."""


class GoOnWanted(Message):
    """From a partial result back to the questions."""


class EraseWanted(Message):
    """Nothing of this shall be kept."""


class FurtherWanted(Message):
    """The optional part."""


class TakeAwayWanted(Message):
    """The result shall go along: as a code for the phone, or on paper."""


class PrintWanted(Message):
    """The result shall be printed."""


class Spoken(Message):
    """Something to be read aloud, where that is wanted; it is also written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
