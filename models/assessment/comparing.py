"""Before and after: two sittings of one person, area by area and item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assets.assessment import Thresholds
from models.assessment.levels import Answers, area_spans


@dataclass(frozen=True, slots=True)
class Compared:
    """What has changed from one sitting to another."""

    areas: Mapping[str, int | None]
    """Steps that each area has gone up; ``None`` where either level is not known."""
    up: int
    """Items answered both times whose answer has gone up."""
    down: int

    @property
    def net(self) -> int:
        """Steps that the areas have gone up, all together."""
        return sum(change for change in self.areas.values() if change is not None)


class OtherWording(Exception):
    """The two sittings were asked in different words: they do not compare."""


def compare(
    before: Answers, after: Answers, thresholds: Thresholds, *, versions: tuple[str, str]
) -> Compared:
    """Compare two sittings; only items answered both times count.

    Args:
        versions: of the bank, of either sitting.

    Raises:
        OtherWording: the versions differ.
    """
    if versions[0] != versions[1]:
        raise OtherWording(*versions)
    earlier, later = paired(before, after)
    spans = area_spans(earlier, thresholds), area_spans(later, thresholds)
    changes = {item: (later[item] or 0) - (earlier[item] or 0) for item in sorted(earlier)}
    return Compared(
        areas={area: _steps(spans[0][area].level, spans[1][area].level) for area in spans[0]},
        up=sum(change > 0 for change in changes.values()),
        down=sum(change < 0 for change in changes.values()),
    )


def paired(before: Answers, after: Answers) -> tuple[Answers, Answers]:
    """Both sittings, with the items alone that were answered both times: one answered once moves nothing."""
    both = [item for item, value in before.items() if value is not None and after.get(item) is not None]
    return {item: before[item] for item in both}, {item: after[item] for item in both}


def _steps(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def is_progress(compared: Compared, thresholds: Thresholds) -> bool:
    """Whether the change may be called progress: more than chance would bring about (p at most .0625)."""
    if compared.net >= thresholds.net:
        return True
    return any(compared.up >= up and compared.down <= down for up, down in thresholds.signs)
