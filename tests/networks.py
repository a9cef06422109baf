"""An invented network of 31 corners as the hub tells it: heard, silent, never heard, late, small groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from models.network.told import CornerDay, CornerMonth, month_of_corner
from models.network.view import Corner, KioskHeard, Network
from models.review.masking import HIDDEN
from models.review.period import Kind, period_of
from models.review.tally import Tally

AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
TODAY = date(2022, 11, 3)
OCTOBER = period_of(Kind.MONTH, date(2022, 10, 1))
MONTHS = tuple(date(2022, month, 1) for month in range(1, 11))

PLACES = (
    "arlon", "charleroi", "heusy", "jambes", "libramont", "marche-tourisme", "marloie", "mons", "tournai",
    "Andenne", "Ath", "Bastogne", "Binche", "Ciney", "Couvin", "Dinant", "Eupen", "Fleurus", "Gembloux",
    "Huy", "La Louvière", "Malmedy", "Mouscron", "Namur", "Nivelles", "Ottignies", "Philippeville",
    "Saint-Ghislain", "Seraing", "Virton", "Waremme",
)  # fmt: skip
NEVER, SILENT, LATE = "Bastogne", "arlon", "heusy"


def kiosks(place: str, number: int) -> tuple[KioskHeard, ...]:
    """A tablet and a computer; the computer of some corners has something to say."""
    ago = timedelta(days=4) if place == SILENT else timedelta(minutes=7 * (number % 5))
    seen = None if place == NEVER else AT - ago
    tablet = KioskHeard("Tablette", seen, "1.0", 12 * (place == SILENT), timedelta(), 0, revoked=False)
    skew = timedelta(minutes=-3) if place == LATE else timedelta()
    more = replace(tablet, name="Ordinateur", skew=skew, refused=int(place == LATE))
    return (tablet, more) if number % 3 else (tablet,)


def month(place: str, number: int, first: date) -> CornerMonth:
    """A month of about a hundred people; where few were refused they are hidden."""
    came = 60 + (number * 37 + first.month * 11) % 90
    refused = (number * 5 + first.month) % 8
    tally = Tally(
        half_days=18, unsettled=number % 3, places=144, came=came, excused=9 + number % 7,
        absent=5 + number % 9, minutes=came * 185, refused=None if 0 < refused < 5 else refused,
        people=came // 3, fill_rate=came * 1000 // 144, no_show_rate=80 + number,
    )  # fmt: skip
    return month_of_corner(tally, 5, whole=place != LATE or first < OCTOBER.first)


def corner(place: str, number: int) -> Corner:
    """One of them."""
    told = place != NEVER
    return Corner(
        id=place,
        kiosks=kiosks(place, number),
        since=MONTHS[0] if told else None,
        days={TODAY: CornerDay(2, number % 2, 0, 0)} if told and number % 4 else {},
        months={first: month(place, number, first) for first in MONTHS} if told else {},
        conflicts=2 if place == LATE else 0,
        folded_at=AT if told else None,
    )


def network() -> Network:
    """All of them."""
    corners = tuple(corner(place, number) for number, place in enumerate(PLACES))
    return Network(AT, corners, {date(2022, 11, 2): 310})


EMPTY = CornerMonth(HIDDEN, whole=True)
"""A month of which everything is hidden."""
