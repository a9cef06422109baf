"""What the kiosk does while nobody is there: processor time, and bytes to the terminal."""

from __future__ import annotations

import time

from bench.figures import Bench, Figure, Limit
from bench.home import DAY, bare

AT = f"{DAY}T08:20:40"
"""The minute changes twenty seconds after the start, while nobody is there."""

HEADER = {0, 1}
"""The rows in which the clock stands."""


def measure(bench: Bench) -> list[Figure]:
    """Kiosk and bare program side by side, both left alone."""
    seconds = 22 if bench.quick else 30
    home = bench.home.copy()
    with bare() as reference, home.ready_kiosk(AT) as kiosk:
        for terminal in (reference, kiosk):
            terminal.pump(2)
            terminal.changed_rows()
        bench.say(f"idle: {seconds} seconds")
        before = [(one.cpu_seconds(), one.bytes, one.bursts) for one in (kiosk, reference)]
        begun = time.monotonic()
        kiosk.pump(seconds)
        took = time.monotonic() - begun
        reference.pump(0.1)
        after = [(one.cpu_seconds(), one.bytes, one.bursts) for one in (kiosk, reference)]
        rows = kiosk.changed_rows()
    mine, other = ((b[0] - a[0]) / took * 100 for a, b in zip(before, after, strict=True))
    written, theirs = (b[1] - a[1] for a, b in zip(before, after, strict=True))
    updates = after[0][2] - before[0][2]
    return [
        Figure(
            "idle",
            "processor time",
            "%",
            mine,
            other,
            must=Limit(0.5, unit=" %"),
            aim=Limit(0.2, unit=" %"),
        ),
        Figure("idle", f"updates in {seconds} s with one change of the minute", "", updates, must=Limit(1)),
        Figure("idle", "rows written beside the clock's", "", len(rows - HEADER), must=Limit(0)),
        Figure("idle", "bytes written", "", written, theirs),
    ]
