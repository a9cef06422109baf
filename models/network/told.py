"""What of a corner goes to the network, so that nothing which is shown tells a group of fewer than the
smallest count (P-23): not by adding, not by subtracting, nor by looking again later.

- **Months** are the corner's own report without small groups (``models.review.masking``), once they are over.
  Their totals are sums of what is shown, and say "at least" where a corner hides something.
- **A month of which a kiosk has not told everything** is rounded down: told as it is, it and the whole month
  after it would tell how few came at the kiosk that was late.
- **People of a day** are told of the whole network only, once the day is over, and rounded corner by corner.
  Rounded as a whole they could be told from the months: 25 of which a corner has 23 are two others at least.
  A corner's day of up to nine people counts as nobody, so that in the month beside it no day of four can be
  told from one of none: were fewer hidden, a month that is as large as its days can be would tell each of
  them. Of fewer than three corners nothing is told: one of two knows the other's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.review.masking import HALF_DAYS, HIDDEN, SUMS
from models.review.tally import Tally

LEAST_CORNERS = 3
"""From so many corners on a sum tells none of them to another."""


@dataclass(frozen=True, slots=True)
class CornerDay:
    """A day of a corner."""

    planned: int
    over: int
    closed: int
    """Of those that are over: signed, or with nobody to sign for."""
    people: int
    """What goes into the people of the network; nothing before the day is over."""


@dataclass(frozen=True, slots=True)
class CornerMonth:
    """A month of a corner."""

    tally: Tally
    whole: bool
    """Whether every kiosk of the corner has told everything of it; else its figures are the least."""


def rounded(count: int, smallest: int) -> int:
    """Down to a multiple of the smallest count."""
    return count // smallest * smallest


def people_of_corner(came: int, smallest: int) -> int:
    """What a corner's day that is over adds to the people of the network."""
    return rounded(came, smallest) if came >= 2 * smallest else 0


def people_of_network(corners: Iterable[int]) -> int | None:
    """How many people came on a day, at least; ``None`` where it is not told.

    Args:
        corners: what each corner adds.
    """
    counted = [people for people in corners if people]
    return sum(counted) if len(counted) >= LEAST_CORNERS else None


def month_of_corner(shown: Tally, smallest: int, *, whole: bool) -> CornerMonth:
    """A month as it goes to the network.

    Args:
        shown: the corner's own figures without small groups.
        whole: whether every kiosk has told everything of it.
    """
    return CornerMonth(shown if whole else _least(shown, smallest), whole)


def _least(shown: Tally, smallest: int) -> Tally:
    """The least that a month comes to: no hours and rates, and nobody is not told from a few."""
    sums = {id_: rounded(shown.figure(id_) or 0, smallest) or None for id_ in SUMS}
    half_days = {id_: shown.figure(id_) for id_ in HALF_DAYS}
    return replace(HIDDEN, **half_days, **sums)
