"""What random hands do at a kiosk: each action is drawn from the seed and its number alone."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from crowd import Crowd
from driver import ENTER, ESCAPE
from guests import Guest

from assets.languages import LANGUAGES, own_name, translator
from models.codes import ALPHABET, PREFIX, SHORT_LENGTH, TOKEN_LENGTH, checks
from screens.choices import AUDIENCES

SMALLEST, LARGEST = (20, 5), (132, 43)
USUAL = ((56, 16), (80, 24), (100, 30), (132, 43))
USUAL_FROM = (56, 16)
"""The smallest grid that the kiosk promises anything for."""

MOOD = 20
"""Actions for which a mood lasts."""

BY_HAND = 0.07
"""Seconds between two letters that are typed and not scanned."""

KEYS = (
    *"abcdefghijklmnopqrstuvwxyzSCBXAÉéçà0123456789 -'.&(",
    *(ENTER, "\n", "\t", "\x1b[Z", ESCAPE, "\x7f", " "),
    *(f"\x1b[{tail}" for tail in ("A", "B", "C", "D", "H", "F", "2~", "3~", "5~", "6~", "15~", "24~")),
    *(f"\x1bO{tail}" for tail in "PQRSABCDHF"),
)
MOST_USED = ("\t", "\t", "\x1b[Z", ENTER, ENTER, " ", ESCAPE, "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D")
REPLIES = (
    *("\x1b[?62;22c", "\x1b[?1u", "\x1b[5;7R", "\x1b[?2026;2$y", "\x1b[8;24;80t", "\x1b[I", "\x1b[O"),
    *("\x1b[48;24;80;480;800t", "\x1b[48;5;20;9999;9999t", "\x1b[48;24;80;0;0t", "\x1b[?2048;1$y"),
    *("\x1b]52;c;c2VjcmV0\x07", "\x1b]0;owned\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1bP+q544e\x1b\\"),
    *("\x1b[99999999999u", "\x1b[57441;1:3u", "\x1b[<0;99999;99999M", "\x1b[<0;-1;-1M", "\x1b[M   "),
    *("\x1bP", "\x1b]", "\x1b[", "\x1b_", "\x1b[200~", "\x1b[201~"),
)


def _labels(*french: str) -> set[str]:
    return {translator(language)(label) for language in LANGUAGES for label in french}


STAFF = _labels("Équipe")
AWAY = _labels("Retour", "Aide", "Équipe", "Terminé") | {own_name(language) for language in LANGUAGES}
"""Keys that lead away from where somebody is going; touched more seldom, so that the rest is reached."""
TOWARDS = _labels(
    "Je suis là", "Je n'ai pas réservé", "Continuer", "C'est moi", "Rester", *AUDIENCES.values()
)
"""Keys that lead on; touched more often."""
KEY_BOX = re.compile(r"(?<=[│┃])[^│┃]*[^│┃\s][^│┃]*(?=[│┃])")


@dataclass(slots=True)
class Action:
    """Something that is done at the kiosk."""

    kind: str
    sends: bytes = b""
    gap: float = 0.0
    """Seconds between two of the bytes; nought is as fast as they go in."""
    size: tuple[int, int] | None = None
    """Columns and rows of the terminal from now on."""
    signal: signal.Signals | None = None
    then: float = 0.0
    """Seconds of silence after which the next action comes."""
    gives: Guest | None = None
    """Whose card or code this is."""

    def __str__(self) -> str:
        what = self.size or self.signal or (self.sends[:160] + (b"..." if len(self.sends) > 160 else b""))
        return f"{self.kind}: {what!r}, then {self.then:.2f} s"


@dataclass(slots=True)
class Hands:
    """Draws one action after the other; a mood lasts for a few of them, so that deep screens are met."""

    seed: int
    crowd: Crowd
    _known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        everybody = (*self.crowd.shown, *self.crowd.probes, *self.crowd.away.values())
        self._known = {text for guest in everybody for text in (guest.token, guest.code)}

    def action(self, number: int, display: Sequence[str]) -> Action:
        """The action of this number; the screen only says where there is something to touch."""
        chance = Random(f"{self.seed}-{number}")
        mood = Random(f"{self.seed}-mood-{number // MOOD}").choice(MOODS)
        kind = mood if mood in KINDS and chance.random() < 0.8 else chance.choice(ANY)
        if number % MOOD == 0 and chance.random() < 0.6:
            return Action("resize", size=chance.choice(USUAL), then=0.1)
        action = KINDS[kind](self, chance, display)
        action.then = action.then or chance.choice((0.0, 0.0, 0.0, 0.01, 0.02, 0.05, 0.15))
        return action

    # ---- fingers

    def _touch(self, chance: Random, display: Sequence[str], only: str = "") -> Action:
        found = [(row, box) for row, text in enumerate(display, 1) for box in KEY_BOX.finditer(text)]
        found = [(row, box) for row, box in found if only in box.group()]
        if not found:
            return Action("resize", size=chance.choice(USUAL), then=0.1)
        words = [(row, box) for row, box in found if len(box.group().strip()) > 2]
        found = words if words and chance.random() < 0.5 else found
        labels = [box.group().strip() for _, box in found]
        weights = [1 if label in AWAY else 8 if label in TOWARDS else 4 for label in labels]
        ((row, box),) = chance.choices(found, weights)
        column = 1 + (box.start() + box.end()) // 2
        return Action("touch", f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode(), then=0.04)

    def _pointer(self, chance: Random, display: Sequence[str]) -> Action:
        def at() -> str:
            return f"{chance.randint(1, len(display[0]) + 2)};{chance.randint(1, len(display) + 2)}"

        button = chance.choice((0, 0, 0, 1, 2, 4, 8, 16, 64, 65, 66, 67, 128))
        here, there = at(), at()
        drag = [f"\x1b[<{button};{here}M", f"\x1b[<{button | 32};{there}M", f"\x1b[<{button};{there}m"]
        moves = [f"\x1b[<35;{at()}M" for _ in range(5)]
        pieces = chance.choice((drag[:1], drag[2:], drag, moves, [drag[0]] * 5, [drag[0], drag[2]] * 3))
        return Action("pointer", "".join(pieces).encode())

    # ---- keys

    def _key(self, chance: Random, _: Sequence[str]) -> Action:
        return Action("key", chance.choice(MOST_USED if chance.random() < 0.5 else KEYS).encode())

    def _combination(self, chance: Random, _: Sequence[str]) -> Action:
        kitty = f"\x1b[{chance.choice((*range(9, 128), *range(57344, 57455)))};{chance.randint(1, 128)}u"
        control, alt = chr(chance.randrange(32)), ESCAPE + chr(chance.randrange(32, 127))
        moved = f"\x1b[1;{chance.randint(2, 9)}{chance.choice('ABCDHFPQRS')}"
        return Action("combination", chance.choice((kitty, control, alt, moved)).encode())

    def _reply(self, chance: Random, _: Sequence[str]) -> Action:
        return Action("terminal's reply", chance.choice(REPLIES).encode() * chance.choice((1, 1, 1, 20)))

    def _bytes(self, chance: Random, _: Sequence[str]) -> Action:
        return Action("bytes", chance.randbytes(chance.choice((1, 3, 20, 100, 600, 3000))))

    def _paste(self, chance: Random, _: Sequence[str]) -> Action:
        guest = chance.choice(self.crowd.shown) if chance.random() < 0.3 else None
        text = chance.choice((guest.token, guest.code)) if guest else _text(chance, (3, 30, 500, 20_000))
        end = chance.choice((f"{ESCAPE}[201~", f"{ESCAPE}[201~", f"\n{ESCAPE}[201~", ""))
        return Action("paste", f"{ESCAPE}[200~{text}{end}".encode(), gives=guest)

    # ---- cards and codes

    def _card(self, chance: Random, _: Sequence[str]) -> Action:
        guest = chance.choice(self.crowd.shown)
        gap = chance.choice((0.0, 0.0, 0.003))
        return Action(
            "card", (guest.token + chance.choice((ENTER, ENTER, "\n", "\t"))).encode(), gap, gives=guest
        )

    def _other_scan(self, chance: Random, _: Sequence[str]) -> Action:
        text = chance.choice(
            (self._unknown(chance, TOKEN_LENGTH), _text(chance, (12, 40, 5000)), "85073003328")
        )
        return Action("other scan", (text + ENTER).encode())

    def _code(self, chance: Random, _: Sequence[str]) -> Action:
        guest = chance.choice(self.crowd.shown)
        return Action("code", guest.code.lower().encode(), BY_HAND, gives=guest)

    def _wrong_code(self, chance: Random, _: Sequence[str]) -> Action:
        letters = list(chance.choice(self.crowd.shown).code)
        letters[chance.randrange(SHORT_LENGTH)] = chance.choice(ALPHABET)
        slip = "".join(letters)
        text = (
            slip if slip not in self._known and chance.random() < 0.7 else self._unknown(chance, SHORT_LENGTH)
        )
        return Action("wrong code", text.encode(), BY_HAND)

    def _wrong_pin(self, chance: Random, display: Sequence[str]) -> Action:
        text = "\n".join(display)
        if "○" in text or "●" in text:
            return Action("wrong PIN", ("".join(chance.choices("0123456789", k=6)) + ENTER).encode(), BY_HAND)
        staff = next((label for label in STAFF if label in text), "")
        return self._touch(chance, display, only=staff)

    def _unknown(self, chance: Random, length: int) -> str:
        """A well-formed code that is nobody's."""
        while True:
            text = "".join(chance.choices(ALPHABET, k=length))
            text = PREFIX + text[2:] if length == TOKEN_LENGTH else text
            if text not in self._known and checks(text):
                return text

    # ---- the machine

    def _resize(self, chance: Random, _: Sequence[str]) -> Action:
        anything = (chance.randint(SMALLEST[0], LARGEST[0]), chance.randint(SMALLEST[1], LARGEST[1]))
        return Action("resize", size=chance.choice((SMALLEST, anything, anything, chance.choice(USUAL))))

    def _signal(self, chance: Random, _: Sequence[str]) -> Action:
        return Action("signal", signal=chance.choice((signal.SIGWINCH, signal.SIGCONT)))

    def _nothing(self, chance: Random, _: Sequence[str]) -> Action:
        return Action("nothing", then=chance.choice((0.1, 0.4, 0.6)))


def _text(chance: Random, lengths: Sequence[int]) -> str:
    signs = ALPHABET + "aàéß漢👋0123456789 \r\n\t\x00-_/:;,[]{}<>&\"'"
    return "".join(chance.choices(signs, k=chance.choice(lengths)))


KINDS: dict[str, Callable[[Hands, Random, Sequence[str]], Action]] = {
    "touch": Hands._touch,
    "pointer": Hands._pointer,
    "key": Hands._key,
    "combination": Hands._combination,
    "reply": Hands._reply,
    "bytes": Hands._bytes,
    "paste": Hands._paste,
    "card": Hands._card,
    "other scan": Hands._other_scan,
    "code": Hands._code,
    "wrong code": Hands._wrong_code,
    "wrong PIN": Hands._wrong_pin,
    "resize": Hands._resize,
    "signal": Hands._signal,
    "nothing": Hands._nothing,
}
ANY = (*KINDS, *["touch"] * 4, *["key"] * 4, *["pointer"] * 2, "combination", "card", "resize")
MOODS = (
    *["touch"] * 10,
    "wrong PIN",
    *["key"] * 2,
    "pointer",
    "combination",
    "reply",
    "bytes",
    "paste",
    "resize",
    *["mixed"] * 3,
)
