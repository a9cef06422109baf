"""The kiosk's clock: handed in everywhere, so that a rehearsal or a test can set it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from assets.languages import BRUSSELS, N_
from kiosk.trouble import Trouble

YEARS = range(2000, 2100)
"""Years that somebody can mean; nearer to the ends of the calendar there is no day before or after."""

SURE_FROM = 2024
"""Year before which the clock of a device that runs this program has lost its time."""

FURTHEST_AHEAD = timedelta(days=1)
"""How far a time that was set may be ahead of the device's clock where what happens is kept."""


class Clock:
    """Real time, or time that goes on from a moment that was set with ``--at``."""

    def __init__(self, at: datetime | None = None) -> None:
        self.is_set = at is not None
        self._shift = at - datetime.now(UTC) if at else timedelta(0)

    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        return datetime.now(UTC) + self._shift

    @property
    def is_sure(self) -> bool:
        """Whether arrivals may be believed to have come when it says."""
        return not self.is_set and self.now().year >= SURE_FROM

    def check_not_ahead(self) -> None:
        """Refuse a time that was set far ahead, before anything is written on a real kiosk.

        The log's hybrid clock never goes back: one row from the future, and every row after it would
        bear that time.

        Raises:
            Trouble: it is more than a day after the device's clock.
        """
        if self._shift > FURTHEST_AHEAD:
            raise Trouble(
                N_(
                    "« --at » avance de plus d'un jour sur l'horloge de l'appareil :"
                    " choisissez un moment plus tôt, ou essayez avec « kiosk demo »."
                )
            )

    def seconds_to_next_minute(self) -> float:
        """Seconds until the clock on the wall changes."""
        now = self.now()
        return 60 - now.second - now.microsecond / 1e6


def monotonic() -> float:
    """Seconds that never go back, for idle times."""
    return time.monotonic()


def parse_at(text: str) -> datetime:
    """The moment named by ``--at``: local time of the corner, or with an offset of its own.

    Raises:
        Trouble: it is no moment, or an hour that the clock change skips.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.year not in YEARS:
            raise ValueError(text)
    except ValueError:
        raise Trouble(
            N_("« {text} » n'est pas un moment : écrivez par exemple 2022-11-03T08:20."), text=text[:40]
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BRUSSELS)
        if moment.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise Trouble(
                N_("L'heure {text} n'existe pas ce jour-là : choisissez une heure après le changement."),
                text=text[:40],
            )
    return moment.astimezone(UTC)
