"""Digits of any keyboard: Belgian and French AZERTY type signs where others type digits."""

from __future__ import annotations

from textual import events

_AZERTY = dict(zip("&é\"'(§è!çà-_", "123456789068", strict=True))
"""The digit row of Belgian and French AZERTY keyboards without Shift."""


def digit_of(event: events.Key) -> str:
    """The digit that a key means, empty where it means none."""
    sign = _AZERTY.get(event.character or "", event.character or "")
    return sign if sign.isascii() and sign.isdecimal() else ""
