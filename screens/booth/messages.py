"""What the screens of the video CV ask the app for."""

from __future__ import annotations

from screens.messages import BoothMessage


class CameraWanted(BoothMessage):
    """Somebody asks the team for the camera and a quiet room."""


class BoothLeft(BoothMessage):
    """Somebody goes out of the booth: whoever comes next begins with nothing."""


class ScriptBegun(BoothMessage):
    """Somebody begins to choose sentences."""


class SentenceChosen(BoothMessage):
    """Somebody touched a sentence, or passes a part over."""

    def __init__(self, part: str, number: int | None) -> None:
        super().__init__()
        self.part = part
        self.number = number


class EarlierPartWanted(BoothMessage):
    """Somebody goes back to the part before."""


class PartWanted(BoothMessage):
    """Somebody wants another sentence in a part."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part


class ScriptDone(BoothMessage):
    """Somebody is happy with the text."""


class CameraLookedFor(BoothMessage):
    """Whether there is a camera may have changed: the team brings one."""


class ReadingWanted(BoothMessage):
    """Somebody practises reading it."""


class FilmWanted(BoothMessage):
    """Somebody wants to be filmed, for the first time or again."""


class FilmDone(BoothMessage):
    """The last word was said."""


class FilmBroken(BoothMessage):
    """Whoever was filmed went away, or looks at something else: the camera goes off."""


class VideoWanted(BoothMessage):
    """Somebody comes back to the video that they have made."""


class TakeWanted(BoothMessage):
    """Somebody wants the video on their stick."""


class DropWanted(BoothMessage):
    """Somebody wants the video deleted at once."""
