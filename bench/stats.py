"""Percentiles and medians; times are in milliseconds unless said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median


def percentile(values: Iterable[float], rank: float) -> float:
    """The nearest-rank percentile, ``rank`` from 0 to 100."""
    ordered = sorted(values)
    place = -(-rank * len(ordered) // 100) - 1
    return ordered[max(0, min(len(ordered) - 1, int(place)))]


def of_rounds(
    ours: Sequence[Sequence[float]], theirs: Sequence[Sequence[float]], rank: float
) -> tuple[float, float, float]:
    """Ours, the reference's and their ratio: each the median over the rounds of a percentile of the round."""
    mine = [percentile(one, rank) for one in ours]
    other = [percentile(one, rank) for one in theirs]
    ratio = median(a / b for a, b in zip(mine, other, strict=True))
    return median(mine), median(other), ratio


def of_pairs(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Ours, the reference's and their ratio, where each round gave one figure of either."""
    return median(ours), median(theirs), median(a / b for a, b in zip(ours, theirs, strict=True))
