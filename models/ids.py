"""Ids made on the device: UUIDv7 for what happens here, UUIDv5 for what a file names."""

from __future__ import annotations

import os
import uuid

NAMESPACE = uuid.UUID("6f1b6c1e-9d0a-5c0e-8f0b-5a7d3b1c2e4f")
"""Fixed for ever: the same reference gives the same id on every kiosk."""


def uuid7(milliseconds: int) -> str:
    """A UUIDv7 (RFC 9562) of a time in milliseconds since 1970, in hexadecimal; 74 bits are random."""
    number = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return f"{number:032x}"


def named_id(kind: str, *names: str) -> str:
    """The id of a thing that a file names: the same names, the same id, on every kiosk."""
    return uuid.uuid5(NAMESPACE, "\x1f".join((kind, *names))).hex
