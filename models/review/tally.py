"""Sums over people on half-days: the one place where a figure is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

from models.review.attendances import Attendance, Held, Origin, Standing

PER_HUNDRED = 1000
"""A rate is kept in tenths of a hundredth."""

_KIND = attrgetter("standing", "origin", "unknown")
_MINUTES = attrgetter("minutes")


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of some people on some half-days, each under its id of ``assets.review``.

    ``None`` is a figure that cannot stand here, or that is hidden (P-23); the report says which.
    """

    half_days: int | None = 0
    unsettled: int | None = 0
    places: int | None = 0
    booked: int | None = 0
    walk_ins: int | None = 0
    unplanned: int | None = 0
    came: int | None = 0
    excused: int | None = 0
    absent: int | None = 0
    open: int | None = 0
    unknown: int | None = 0
    minutes: int | None = 0
    people: int | None = 0
    fill_rate: int | None = None
    """Tenths of a hundredth, as all rates; ``None`` also where there is nothing to divide by."""
    no_show_rate: int | None = None
    refused: int | None = 0

    def figure(self, id_: str) -> int | None:
        """A figure by its id."""
        found: int | None = getattr(self, id_)
        return found


def rate(part: int, whole: int) -> int | None:
    """A part of a whole in tenths of a hundredth, a half rounded up; ``None`` where there is no whole."""
    return (2 * PER_HUNDRED * part + whole) // (2 * whole) if whole else None


def tally(half_days: Collection[Held] | None, people: Iterable[Attendance]) -> Tally:
    """Sum up.

    Args:
        half_days: those of the people, also those without any; ``None`` where people are told apart and
            half-days are not.
    """
    listed = list(people)
    became, origin = Counter[Standing](), Counter[Origin]()
    unknown = 0
    # A year is counted half a dozen times: by kinds of people, not by people.
    for (standing, of, left_unseen), number in Counter(map(_KIND, listed)).items():
        became[standing] += number
        unknown += left_unseen * number
        if standing is not Standing.REFUSED:
            origin[of] += number
    came, excused, absent = (became[one] for one in (Standing.CAME, Standing.EXCUSED, Standing.ABSENT))
    places = None if half_days is None else sum(one.capacity for one in half_days)
    return Tally(
        half_days=None if half_days is None else len(half_days),
        unsettled=None if half_days is None else sum(not one.settled for one in half_days),
        places=places,
        booked=origin[Origin.BOOKED],
        walk_ins=origin[Origin.WALK_IN],
        unplanned=origin[Origin.UNPLANNED],
        came=came,
        excused=excused,
        absent=absent,
        open=became[Standing.OPEN],
        unknown=unknown,
        minutes=sum(map(_MINUTES, listed)),
        people=len({one.person_id for one in listed if one.standing is Standing.CAME}),
        fill_rate=None if places is None else rate(came, places),
        no_show_rate=rate(absent, came + excused + absent),
        refused=became[Standing.REFUSED],
    )
