"""The numbers a corner may set: doors, tolerance, capacity, pauses. Handed in to every rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

USUAL_CAPACITY = 8
"""Places of a half-day where neither the file nor the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a corner receives people. Minutes unless said otherwise; the defaults are the house's."""

    doors_open: int = 60
    """Minutes before the start from which people may arrive."""
    tolerance: int = 15
    """Minutes after the start that still count as on time."""
    capacity: int = USUAL_CAPACITY
    """Places of a half-day whose file names no other number."""
    walk_ins: int = 12
    """People without a booking who may wait for the team at one time; those after them are sent to it."""
    wrong_codes: int = 5
    """Well-formed unknown codes within ``wrong_codes_window`` that pause typed codes."""
    wrong_codes_window: int = 5
    """Minutes over which unknown codes are counted."""
    pause: int = 3
    """Minutes for which typed codes then pause."""
    tries_a_minute: int = 15
    """Refused short codes within one minute beyond which typed codes wait until the minute is over."""
    code_days_before: int = 1
    """A short code opens half-days from this many days ago ..."""
    code_days_after: int = 7
    """... to this many days ahead."""
    wrong_pins: int = 5
    """Wrong PINs in a row that start the delay."""
    pin_delay: int = 1
    """Minutes of the first delay; each further wrong PIN doubles it."""
    undo: int = 10
    """Minutes within which the last act can be taken back on the kiosk where it was done."""
    quarter: int = 15
    """Minutes to whose nearest multiple the hours of a certificate are rounded, once, at the end; 1: none."""

    silent_days: int = 30
    """Days without a word of the hub after which the team's screens show no names: somebody may have been
    erased meanwhile. Only where the kiosk has a hub."""

    @property
    def doors(self) -> timedelta:
        """How long before the start the doors open."""
        return timedelta(minutes=self.doors_open)

    @property
    def grace(self) -> timedelta:
        """How long after the start an arrival is still on time."""
        return timedelta(minutes=self.tolerance)
