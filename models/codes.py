"""Card tokens and short codes: sixteen letters that every keyboard leaves alone, with check letters.

A code is a word over GF(16): each letter is one of the field's sixteen elements, and the check
letters make weighted sums of the word zero. Weights of neighbours differ and none is zero, so
every single wrong letter and every swap of two different neighbours changes a sum.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "BCDEFGHJKNPRSTVX"
"""The letters that US, Belgian, French, Dutch and German layouts type alike, without confusing pairs."""

PREFIX = "SC"
"""The two letters that every card token begins with."""

TOKEN_LENGTH = 24
"""Prefix, twenty random letters (80 bits), two check letters."""

SHORT_LENGTH = 6
"""Five random letters and one check letter."""

MAX_INPUT = 4096
"""Longer input is refused unread."""


class Form(StrEnum):
    """The two forms in which a person carries a code."""

    CARD = "card"
    SHORT = "short"


class Shape(StrEnum):
    """What a text looks like before anything is looked up."""

    CARD = "card"
    SHORT = "short"
    MISTYPED = "mistyped"
    """Letters of a code, but one is wrong or missing: a slip of the finger."""
    FOREIGN = "foreign"
    """No code of this house at all: dropped, never stored, never shown back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read: its shape and, for the two forms of code, its letters in capitals."""

    shape: Shape
    letters: str = ""


def _field() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers and logarithms of the generator of GF(16) with x^4 + x + 1."""
    powers, value = [], 1
    for _ in range(15):
        powers.append(value)
        value <<= 1
        if value & 16:
            value ^= 0b10011
    logs = [0] * 16
    for exponent, element in enumerate(powers):
        logs[element] = exponent
    return tuple(powers), tuple(logs)


_POWERS, _LOGS = _field()
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def _times(a: int, b: int) -> int:
    return _POWERS[(_LOGS[a] + _LOGS[b]) % 15] if a and b else 0


def _sum(values: list[int], step: int) -> int:
    """The sum of the values, the one at place i weighted with the generator to the power step * i."""
    total = 0
    for place, value in enumerate(values):
        total ^= _times(value, _POWERS[step * place % 15])
    return total


def _check_one(values: list[int]) -> list[int]:
    """One check value that makes the first weighted sum zero."""
    weight = len(values) % 15
    return [_times(_sum(values, 1), _POWERS[-weight % 15])]


def _check_two(values: list[int]) -> list[int]:
    """Two check values that make the first and second weighted sums zero (Cramer's rule)."""
    here, there = len(values), len(values) + 1
    a, b = _POWERS[here % 15], _POWERS[there % 15]
    c, d = _POWERS[2 * here % 15], _POWERS[2 * there % 15]
    first, second = _sum(values, 1), _sum(values, 2)
    inverse = _POWERS[-_LOGS[_times(a, d) ^ _times(b, c)] % 15]
    return [
        _times(_times(first, d) ^ _times(second, b), inverse),
        _times(_times(a, second) ^ _times(c, first), inverse),
    ]


def checks(letters: str) -> bool:
    """Whether the check letters of a whole short code or card token fit."""
    values = [_VALUES[letter] for letter in letters]
    if _sum(values, 1):
        return False
    return len(values) == SHORT_LENGTH or not _sum(values, 2)


def new_token() -> str:
    """A new card token from the system's random generator (P-08); it means nothing by itself."""
    import secrets  # codes are made away from the kiosk's start

    values = [_VALUES[letter] for letter in PREFIX] + [secrets.randbelow(16) for _ in range(20)]
    return "".join(ALPHABET[value] for value in values + _check_two(values))


def new_short_code() -> str:
    """A new short code of five random letters and its check letter.

    None begins like a card token: after six typed letters it is clear which of the two it is.
    """
    import secrets

    while True:
        values = [secrets.randbelow(16) for _ in range(5)]
        code = "".join(ALPHABET[value] for value in values + _check_one(values))
        if not code.startswith(PREFIX):
            return code


def digest(key: bytes, letters: str) -> str:
    """What is stored of a code: its HMAC-SHA-256 under a key that is not in the database."""
    import hmac  # after the first paint

    return hmac.digest(key, letters.encode("ascii"), "sha256").hex()


def fingerprint(key: bytes) -> str:
    """What names a key without telling anything of it: sixteen digits, kept beside each digest."""
    import hmac

    return hmac.digest(key, b"fingerprint", "sha256").hex()[:16]


# What a keyboard-wedge scanner set to "US" types on a Belgian or French AZERTY host, turned back.
# Letters of codes are the same on both; digits and signs matter only in the symbology prefixes.
_DIGITS = str.maketrans("&é\"'(§è!çà-_", "123456789068")
_AZERTY = (
    str.maketrans("&é\"'(§è!çàqQaAzZwW$µ", "1234567890aAqQwWzZ]\\"),  # Belgian
    str.maketrans("&é\"'(-è_çàqQaAzZwW$*", "1234567890aAqQwWzZ]\\"),  # French
    _DIGITS,
)
_SYMBOLOGY = re.compile(r"\A(?:\][A-Za-z][0-9A-Za-z]|\\[0-9]{6})")
_FILLERS = re.compile(r"[\s\u00a0\u202f\u2010-\u2015_.-]+")
_LETTERS = re.compile(r"[A-Za-z]{1,40}")


def _shape(text: str) -> Reading:
    """Read a text that is taken as it stands."""
    letters = _FILLERS.sub("", _SYMBOLOGY.sub("", text.strip(), count=1))
    if not letters.isascii():
        # Before capitals: "ß" would become two letters of ours.
        return Reading(Shape.FOREIGN)
    letters = letters.upper()
    if set(letters) <= _VALUES.keys():
        if len(letters) == TOKEN_LENGTH and letters.startswith(PREFIX) and checks(letters):
            return Reading(Shape.CARD, letters)
        if len(letters) == SHORT_LENGTH and checks(letters):
            return Reading(Shape.SHORT, letters)
    if _LETTERS.fullmatch(letters):
        return Reading(Shape.MISTYPED)
    return Reading(Shape.FOREIGN)


def read_code(text: str) -> Reading:
    """Read what was typed or scanned: prefixes removed, AZERTY digits repaired, fillers ignored.

    Case, blanks and dashes do not matter. A repair is tried only when the raw text is no code, and
    kept only when the repaired one is.
    """
    if len(text) > MAX_INPUT or any(
        unicodedata.category(sign) in {"Cc", "Cs", "Co"} for sign in text.strip()
    ):
        return Reading(Shape.FOREIGN)
    raw = _shape(text)
    if raw.shape in (Shape.CARD, Shape.SHORT):
        return raw
    for layout in _AZERTY:
        repaired = _shape(text.translate(layout))
        if repaired.shape in (Shape.CARD, Shape.SHORT):
            return repaired
    return raw
