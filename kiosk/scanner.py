"""Telling a scanner's burst from a hand on the keyboard, before any widget sees a key.

A USB scanner types like a keyboard, only faster. Printable keys are held until it is clear what they
are: a burst ended by Enter is a scan and nobody else sees any of it, its Enter included; everything
else is given back as it came.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from textual import events
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS

from models.codes import MAX_INPUT, TOKEN_LENGTH, Shape, read_code

GAP = 0.05
"""Seconds between two keys of one burst at most; a hand is three times slower."""

LULL = 0.3
"""Seconds that a burst may pause once three keys have come at its pace: no hand does that, but a busy
machine may read late."""

SHORTEST = 10
"""Characters of the shortest burst."""

AFTERMATH = 0.1
"""Seconds after a scan in which a second line end (CR LF) still belongs to it."""

LATE_END = 1.0
"""The same where the scan was told by a silence: its line end is still on the way."""

WHOLE = 1.5
"""Seconds in which the letters of a whole card are one burst, wherever it was cut: a hand takes twice
as long, and two check letters say that nothing else has come between."""

SAME = 3.0
"""Seconds within which the same code counts once."""

LINE_ENDS = frozenset({"enter", "ctrl+j", "ctrl+m", "tab"})


@dataclass(slots=True)
class Heard:
    """What a key, a paste or a silence turned out to be."""

    scan: str | None = None
    """A whole scanned text."""
    keys: list[events.Key] = field(default_factory=list)
    """Keys that were typed by hand and go on their way."""


class Scanner:
    """The state between two keys. Times are those at which the terminal's thread read each key."""

    def __init__(self) -> None:
        self._held: list[events.Key] = []
        self._recent: deque[events.Key] = deque(maxlen=TOKEN_LENGTH)
        """The last printable keys, given back or not: a machine under load may cut a burst anywhere."""
        self._last = float("-inf")
        self._spoilt = False
        self._aftermath = float("-inf")
        """Until when a line end belongs to the scan before it."""
        self._same: tuple[int, float] = (0, float("-inf"))
        """What the last code hashes to, and when it came: its letters would stay in memory."""

    @property
    def holding(self) -> bool:
        """Whether keys are held and a silence has to be told by ``silence``."""
        return bool(self._held) or self._spoilt

    @property
    def silent_at(self) -> float:
        """When it will be clear that nothing follows what is held."""
        return self._last + self._patience

    def key(self, event: events.Key) -> Heard:
        """Take one key."""
        if event.key in MODIFIER_FUNCTIONAL_KEYS or event.key == "shift":
            # Terminals with kitty's protocol report bare modifiers in the middle of a burst.
            return Heard()
        heard = Heard()
        if self.holding and event.time - self._last > self._patience:
            heard = self._release()
        if event.key in LINE_ENDS:
            ended = self._line_end(event)
            return Heard(ended.scan or heard.scan, heard.keys + ended.keys)
        if event.is_printable and event.character:
            self._last = event.time
            self._held.append(event)
            self._recent.append(event)
            if len(self._held) > MAX_INPUT:
                self._spoil()
            return heard
        if self.holding:
            # A control character inside a burst: no scanner code of ours has one (P-12).
            self._last = event.time
            self._spoil()
            return heard
        heard.keys.append(event)
        return heard

    def paste(self, text: str, time: float) -> Heard:
        """Take a paste: a scanner in paste mode; anything that is no whole code is dropped."""
        if len(text) > MAX_INPUT or read_code(text).shape not in (Shape.CARD, Shape.SHORT):
            return Heard()
        return self._scanned(text.strip(), time)

    def silence(self, now: float) -> Heard:
        """Nothing came for a while: held keys were a hand's, unless they are a whole card."""
        if self.holding and now - self._last > self._patience:
            return self._release()
        return Heard()

    def wipe(self) -> None:
        """Forget which code came last."""
        self._same = (0, float("-inf"))
        self._recent.clear()

    def _line_end(self, event: events.Key) -> Heard:
        text, spoilt, held = self._taken()
        card = self._whole_card(text)
        self._recent.clear()
        if card:
            return self._scanned(card, event.time)
        if spoilt:
            self._aftermath = event.time + AFTERMATH
            return Heard()
        if len(text) >= SHORTEST:
            return self._scanned(text, event.time)
        if not held and event.time < self._aftermath:
            self._aftermath = event.time + AFTERMATH
            return Heard()
        return Heard(keys=[*held, event])

    def _spoil(self) -> None:
        """What was held is no code; only a whole card may still follow it in the same burst."""
        self._held = []
        self._recent.clear()
        self._spoilt = True

    def _scanned(self, text: str, time: float, aftermath: float = AFTERMATH) -> Heard:
        self._aftermath = time + aftermath
        code, at = self._same
        if hash(text) == code and time - at < SAME:
            return Heard()
        self._same = (hash(text), time)
        return Heard(scan=text)

    def _release(self) -> Heard:
        """What was held turns out to have no line end."""
        text, spoilt, held = self._taken()
        if card := self._whole_card(text):
            self._recent.clear()
            return self._scanned(card, self._last, LATE_END)
        return Heard(keys=[] if spoilt or len(text) >= SHORTEST else held)

    def _taken(self) -> tuple[str, bool, list[events.Key]]:
        """What was held, which is held no longer: as text, whether it was spoilt, and the keys."""
        held, spoilt = self._held, self._spoilt
        self._held, self._spoilt = [], False
        return "".join(key.character or "" for key in held), spoilt, held

    def _whole_card(self, text: str) -> str:
        """The card that ends here, empty where none does: in one piece, or cut by a busy machine."""
        if read_code(text).shape is Shape.CARD:
            return text
        recent = "".join(key.character or "" for key in self._recent)
        at_once = len(recent) == TOKEN_LENGTH and self._last - self._recent[0].time < WHOLE
        return recent if at_once and read_code(recent).shape is Shape.CARD else ""

    @property
    def _patience(self) -> float:
        return LULL if self._spoilt or len(self._held) >= 3 else GAP
