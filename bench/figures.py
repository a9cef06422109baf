"""What a measure gives: a figure beside its reference, with the limits it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from bench.home import Home


@dataclass(frozen=True, slots=True)
class Limit:
    """The most, or the least, that a value may be."""

    value: float
    least: bool = False
    unit: str = ""

    def holds(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value >= self.value if self.least else value <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {shown(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    measure: str
    what: str
    unit: str
    ours: float
    reference: float | None = None
    ratio: float | None = None
    must: Limit | None = None
    aim: Limit | None = None
    judged: float | None = None
    """What is held against the limits, where it is neither the ratio nor, without one, our figure."""

    @property
    def value(self) -> float:
        """What is held against the limits."""
        if self.judged is not None:
            return self.judged
        return self.ours if self.ratio is None else self.ratio

    @property
    def kept(self) -> bool:
        """Whether nothing that must be is missed."""
        return self.must is None or self.must.holds(self.value)

    @property
    def verdict(self) -> str:
        """``NO``, ``must`` or ``aim``; empty for a figure without limits."""
        if not self.kept:
            return "NO"
        if self.aim is not None:
            return "aim" if self.aim.holds(self.value) else "must" if self.must else "-"
        return "must" if self.must else ""

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        unit = f" {self.unit}" if self.unit else ""
        reference = "" if self.reference is None else f"{shown(self.reference)}{unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        limits = ("" if limit is None else str(limit) for limit in (self.must, self.aim))
        return self.measure, self.what, f"{shown(self.ours)}{unit}", reference, ratio, *limits, self.verdict

    def as_json(self) -> dict[str, Any]:
        """Everything, for a program."""
        limits = {
            "must": None if self.must is None else str(self.must),
            "aim": None if self.aim is None else str(self.aim),
        }
        return asdict(self) | limits | {"judged": self.value, "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class Bench:
    """What every measure is given."""

    home: Home
    """A kiosk with people and cards, to be copied and never used itself."""
    import_seconds: float
    quick: bool
    say: Callable[[str], None]

    @property
    def rounds(self) -> int:
        """How often a measure is repeated."""
        return 3 if self.quick else 7


def shown(value: float) -> str:
    """A number with about three digits that count."""
    if value == int(value):
        return f"{int(value):,}".replace(",", " ")
    digits = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:,.{digits}f}".replace(",", " ")
