"""How long a kiosk waits before it tries the hub again."""

from __future__ import annotations

FIRST = 1.0
"""Seconds that the first pause may last at most."""

LONGEST = 60.0
"""Seconds that any pause may last at most: a hub that is back is met within a minute, and by a
thousand kiosks with some thirty calls a second."""


def pause_after(failures: int, chance: float) -> float:
    """Seconds to wait after so many failures in a row, at least one of them.

    Full jitter (M. Brooker, "Exponential backoff and jitter", 2015): anywhere between nothing and a limit
    that doubles, so that kiosks that a hub has left at one moment do not all come back at another.

    Args:
        chance: drawn evenly from 0 to 1.
    """
    # Six doublings reach the longest; more would one day be too large a number.
    return chance * min(LONGEST, FIRST * float(2 ** min(failures - 1, 6)))
