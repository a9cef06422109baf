"""The folder of videos: each is there until the end of its half-day, and its name says when that is.

The name says nothing else, and nothing is noted elsewhere: whatever becomes of the kiosk meanwhile, the next
start knows what has to go.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from models.half_days import day_bounds

if TYPE_CHECKING:
    from models.answers import Sitting

FOLDER = "recordings"

LEAST = timedelta(minutes=10)
"""How long a video is there at least: longer than any film, and long enough to find one's stick."""

_UNTIL = "%Y%m%dT%H%M%SZ"

_FURTHEST = timedelta(days=1, hours=1)
"""No video was ever kept for longer than the longest local day: a clock has gone back."""


def kept_until(sittings: Sequence[Sitting], now: datetime) -> datetime:
    """The end of the half-day that is on, of the last one where there are several; else that of the day.

    Whoever is filmed in the last minutes has ``LEAST`` to take their video along.
    """
    ends = [one.ends_at for one in sittings if one.starts_at <= now < one.ends_at]
    _, midnight = day_bounds(now)
    return max(min(max(ends, default=midnight), midnight.astimezone(UTC)), now + LEAST)


def new_video(folder: Path, until: datetime) -> Path:
    """Where a video is filmed that is there until then."""
    return folder / f"{until.astimezone(UTC):{_UNTIL}}-{secrets.token_hex(4)}.mp4"


def until_of(video: Path) -> datetime | None:
    """Until when a video is there, by its name; ``None`` where that says nothing."""
    try:
        return datetime.strptime(video.name.partition("-")[0], _UNTIL).replace(tzinfo=UTC)
    except ValueError:
        return None


def forget_past(folder: Path, now: datetime) -> int:
    """Delete what is past, and whatever else lies there; how many files went."""
    gone = 0
    with suppress(OSError):
        for file in [*folder.iterdir()]:
            until = until_of(file)
            if until is None or not now < until <= now + _FURTHEST:
                with suppress(OSError):  # the next minute tries again
                    file.unlink()
                    gone += 1
    return gone
