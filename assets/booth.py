"""The guide to a video CV, read once from its data: sentences to choose from, the pace, the numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from assets.assessment import Texts
from assets.facts import read_asset


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a video CV says, and three ways to say it."""

    id: str
    ask: Texts
    sentences: tuple[Texts, ...]
    named: Texts
    """Stands first instead where somebody is known by first name; empty where no name is said."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a text is read, in words a minute."""

    usual: int
    step: int
    """How much one touch changes it."""
    slowest: int
    fastest: int


@dataclass(frozen=True, slots=True)
class Guide:
    """The whole guide."""

    parts: tuple[Part, ...]
    pace: Pace
    countdown: int
    """Seconds from the touch to the first word."""
    breath: int
    """Seconds that are still filmed after the last word."""
    longest: int
    """Seconds after which a video ends by itself."""


@cache
def guide() -> Guide:
    """The guide."""
    read = json.loads(read_asset("booth.json"))
    parts = (Part(row["id"], row["ask"], tuple(row["sentences"]), row["named"]) for row in read["parts"])
    return Guide(tuple(parts), Pace(**read["pace"]), read["countdown"], read["breath"], read["longest"])
