"""What the screens of the self-assessment ask the app for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.messages import PointMessage

if TYPE_CHECKING:
    from models.assessment.checks import Check, Done


class Begun(PointMessage):
    """Somebody begins, or goes on where they were."""

    def __init__(self, *, anew: bool) -> None:
        super().__init__()
        self.anew = anew
        """Whether what was unfinished is forgotten."""


class VoiceWanted(PointMessage):
    """Somebody wants the questions read aloud, or not any more."""

    def __init__(self, *, on: bool) -> None:
        super().__init__()
        self.on = on


class StarterAnswered(PointMessage):
    """A question that counts for nothing was answered."""


class Answered(PointMessage):
    """A question was answered and the answer confirmed."""

    def __init__(self, item: str, value: int | None) -> None:
        super().__init__()
        self.item = item
        self.value = value


class EarlierWanted(PointMessage):
    """Back to the question before, or to where the questions begin."""


class StopWanted(PointMessage):
    """Enough for today: the result of what was answered."""


class ReviewWanted(PointMessage):
    """Somebody wants to see their answers."""


class ChangeWanted(PointMessage):
    """Somebody wants to give another answer."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = item


class ExercisesWanted(PointMessage):
    """The answers are right: on to the two small exercises."""


class ExercisesBegun(PointMessage):
    """On to the first exercise."""


class CheckDone(PointMessage):
    """An exercise is over, or was passed over."""

    def __init__(self, check: Check, done: Done) -> None:
        super().__init__()
        self.check = check
        self.done = done


class CallOffWanted(PointMessage):
    """Back over the beginning: nothing of it shall be."""


class SpeakWanted(PointMessage):
    """Another language, before the questions begin."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language


class ResultDone(PointMessage):
    """Somebody has seen their result and goes."""


class ResultWanted(PointMessage):
    """No exercises: on to the result."""


class NextStepWanted(PointMessage):
    """From the result to what comes after it."""


class GoOnWanted(PointMessage):
    """From a partial result back to the questions."""


class EraseWanted(PointMessage):
    """Nothing of this shall be kept."""


class FurtherWanted(PointMessage):
    """The optional part."""


class TakeAwayWanted(PointMessage):
    """The result shall go along: as a code for the phone, or on paper."""


class PrintWanted(PointMessage):
    """The result shall be printed."""


class Spoken(PointMessage):
    """Something to be read aloud, where that is wanted; it is also written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
