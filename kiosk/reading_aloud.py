"""What the self-assessment asks the app for, and reading aloud for whoever has asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.side import Side, hears
from screens.assessment.messages import Spoken, VoiceWanted

if TYPE_CHECKING:
    from kiosk.paper_side import PaperSide
    from kiosk.voice import Voice


class ReadingAloud(Side):
    """The voice of this visit. No part of the app's class: the welcome paints before this is read."""

    def __init__(self, app: PaperSide) -> None:
        super().__init__(app)
        self._voice: Voice | None = None
        self._reads = False
        """Whether this person wants the questions read aloud."""

    @property
    def voice(self) -> Voice:
        """The voice; made when somebody may want it."""
        if self._voice is None:
            from kiosk.voice import Voice

            self._voice = Voice(self.app.front.look.sound)
        return self._voice

    def hush(self) -> None:
        """Nothing is read aloud any more."""
        self._reads = False
        if self._voice is not None:
            self._voice.hush()

    def closed(self) -> None:
        """No program of the voice outlives the kiosk."""
        if self._voice is not None:
            self._voice.stop()

    @hears(VoiceWanted)
    def _voice_wanted(self, message: VoiceWanted) -> None:
        self._reads = message.on
        if self._reads:
            self.voice.say(self.app.translate("Écouter les questions"), self.app.language)
        else:
            self.voice.hush()

    @hears(Spoken)
    def _spoken(self, message: Spoken) -> None:
        if self._reads:
            self.voice.say(message.text, self.app.language)

    def gone(self) -> None:
        """Nobody listens any more."""
        self.hush()
        super().gone()
