"""The facts the kiosk ships with: corners and programmes, read once from their data files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CornerFact:
    """One SmartCorner as published; unknown facts stay unknown."""

    id: str
    name: str
    locality: str


@dataclass(frozen=True, slots=True)
class ProgrammeFact:
    """One kind of workshop out of the catalogue."""

    id: str
    stage: str
    hours: float | None
    names: dict[str, str]
    also_called: tuple[str, ...]
    activity: dict[str, str]
    """One plain sentence of what is done there."""

    def name(self, language: str) -> str:
        """The programme's plain name in a language, in French where that is missing."""
        return self.names.get(language, self.names["fr"])


def read_asset(name: str) -> str:
    """The text of one file of this folder."""
    # A plain path: importlib.resources would cost every start more than all the files it reads.
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def corners() -> dict[str, CornerFact]:
    """The known corners by id."""
    rows = json.loads(read_asset("corners.json"))["corners"]
    return {row["id"]: CornerFact(row["id"], row["name"], row["locality"]) for row in rows}


@cache
def programmes() -> dict[str, ProgrammeFact]:
    """The catalogue of programmes by id."""
    rows = json.loads(read_asset("catalogue.json"))["programmes"]
    return {
        row["id"]: ProgrammeFact(
            id=row["id"],
            stage=row["stage"],
            hours=row["hours"],
            names=row["names"],
            also_called=tuple(row["also_called"]),
            activity=row["activity"],
        )
        for row in rows
    }


@cache
def hotline() -> str:
    """The free number where places are booked, as printed by Le Forem."""
    number: str = json.loads(read_asset("corners.json"))["hotline"]
    return number
