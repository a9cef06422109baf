"""A period of the whole network: a row for each corner, and sums of what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assets.assessment import thresholds
from assets.languages import local
from assets.review import Split
from models.assessment.group import picture
from models.network.told import CornerMonth
from models.network.view import TOLD, Corner, Network
from models.review.masking import HIDDEN, together
from models.review.period import Period
from models.review.report import NetworkSaid, Report, Row
from models.review.tally import Tally, rate


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures, and which of them are at least so many."""

    tally: Tally
    least: frozenset[str] = frozenset()


def report_of_network(network: Network, period: Period) -> Report | None:
    """The report of a period; ``None`` where it is not made of whole months that are over."""
    if not period.whole_months or period.last >= local(network.at).date():
        return None
    firsts = [month.first for month in period.whole_months]
    of = {one.id: corner_sum(one, firsts) for one in network.corners}
    unheard = frozenset(id_ for id_, found in of.items() if found is None)
    sums = {id_: found for id_, found in of.items() if found is not None}
    whole = total(sums.values(), missing=bool(unheard))
    least = {"": whole.least, **{id_: one.least for id_, one in sums.items()}}
    rows = {
        Split.CORNER: tuple(Row(id_, found.tally if found else HIDDEN) for id_, found in of.items()),
        Split.TIME: tuple(_along(network, firsts)),
    }
    return Report(
        corner_id="",
        period=period,
        whole=whole.tally,
        rows=rows,
        half_days=(),
        assessments=None,
        points=picture([], thresholds()),
        masked=True,
        network=NetworkSaid(least, unheard),
    )


def _along(network: Network, firsts: list[date]) -> Iterable[Row]:
    """The months of a period, where there are several."""
    for number, first in enumerate(firsts if len(firsts) > 1 else ()):
        parts = [one for corner in network.corners if (one := corner_sum(corner, [first])) is not None]
        found = total(parts, missing=False).tally
        if found.half_days:
            yield Row(str(number), found)


def corner_sum(corner: Corner, firsts: Iterable[date]) -> Sum | None:
    """Some months of a corner; ``None`` where it has never told anything.

    Where every kiosk has told everything it is the corner's own report without small groups.
    """
    if corner.since is None:
        return None
    months = [corner.months[first] for first in firsts if first in corner.months]
    if all(month.whole for month in months):
        return Sum(together([month.tally for month in months]))
    return total((_known(month) for month in months), missing=False)


def _known(month: CornerMonth) -> Sum:
    return Sum(month.tally, frozenset() if month.whole else frozenset(TOLD))


def total(parts: Iterable[Sum], *, missing: bool) -> Sum:
    """The sum of what is shown; at least so many where anything of it is hidden, late or missing."""
    listed = list(parts)
    found: dict[str, int | None] = {}
    least = set(TOLD) if missing else set()
    for id_ in TOLD:
        shown = [value for one in listed if (value := one.tally.figure(id_)) is not None]
        found[id_] = sum(shown) if shown or not listed else None
        if len(shown) < len(listed) or any(id_ in one.least for one in listed):
            least.add(id_)
    tally = replace(HIDDEN, **found)
    came, excused, absent, places = (
        None if id_ in least else found[id_] for id_ in ("came", "excused", "absent", "places")
    )
    return Sum(
        replace(
            tally,
            fill_rate=None if came is None or places is None else rate(came, places),
            no_show_rate=None
            if came is None or excused is None or absent is None
            else rate(absent, came + excused + absent),
        ),
        frozenset(id_ for id_ in least if found[id_] is not None),
    )
