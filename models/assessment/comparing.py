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
    both = {
        item for item in before.keys() & after.keys() if before[item] is not None and after[item] is not None
    }
    # An item that was answered once must not move an area.
    earlier = area_spans({item: before[item] for item in both}, thresholds)
    later = area_spans({item: after[item] for item in both}, thresholds)
    changes = {item: (after[item] or 0) - (before[item] or 0) for item in sorted(both)}
    return Compared(
        areas={area: _steps(earlier[area].level, later[area].level) for area in earlier},
        up=sum(change > 0 for change in changes.values()),
        down=sum(change < 0 for change in changes.values()),
    )


def _steps(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def is_progress(compared: Compared, thresholds: Thresholds) -> bool:
    """Whether the change may be called progress: more than chance would bring about (p at most .0625)."""
    if compared.net >= thresholds.net:
        return True
    return any(compared.up >= up and compared.down <= down for up, down in thresholds.signs)
