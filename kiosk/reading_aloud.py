"""Reading aloud, for whoever has asked for it; it ends with their visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from kiosk.card_side import CardSide
from screens.assessment.messages import Spoken, VoiceWanted

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.database import Database
    from kiosk.rooms import Front
    from kiosk.voice import Voice


class ReadingAloud(CardSide, inherit_bindings=False):
    """The voice of this visit."""

    def __init__(self, front: Front, clock: Clock, database: Database) -> None:
        super().__init__(front, clock, database)
        self._voice: Voice | None = None
        self._reads = False
        """Whether this person wants the questions read aloud."""

    @property
    def voice(self) -> Voice:
        """The voice; made when somebody may want it."""
        if self._voice is None:
            from kiosk.voice import Voice

            self._voice = Voice(self.front.look.sound)
        return self._voice

    def hush(self) -> None:
        """Nothing is read aloud any more."""
        self._reads = False
        if self._voice is not None:
            self._voice.hush()

    def stop_reading(self) -> None:
        """The kiosk closes: no program of the voice outlives it."""
        if self._voice is not None:
            self._voice.stop()

    @on(VoiceWanted)
    def _voice_wanted(self, message: VoiceWanted) -> None:
        self._reads = message.on
        if self._reads:
            self.voice.say(self.translate("Écouter les questions"), self.language)
        else:
            self.voice.hush()

    @on(Spoken)
    def _spoken(self, message: Spoken) -> None:
        if self._reads:
            self.voice.say(message.text, self.language)

    def _close_screens(self) -> None:
        """Nothing is read to the next person."""
        self.hush()
        super()._close_screens()
