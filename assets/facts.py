"""The facts the kiosk goes by: corners and programmes as they ship, with what the corner's own files say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CornerFact:
    """One SmartCorner as published, or as the corner's own file says; unknown facts stay unknown."""

    id: str
    name: str
    locality: str
    """The place as people call it: "C'est à Heusy"."""
    municipality: str | None = None
    """The municipality that the place belongs to: Verviers."""
    province: str | None = None
    address: str | None = None
    """Street and number of the corner itself; none is in any public source."""


@dataclass(frozen=True, slots=True)
class ProgrammeFact:
    """One kind of workshop out of the catalogue."""

    id: str
    stage: str
    """Where it stands on the way: ``awareness``, ``course`` or ``module``."""
    hours: float | None
    names: dict[str, str]
    also_called: tuple[str, ...]
    activity: dict[str, str]
    """One plain sentence of what is done there, in every language; empty where nobody has written one."""
    description: dict[str, str]
    """What somebody finds there, said to them in at most twenty words, in every language; may be empty."""
    least: int | None
    """People of the smallest group as published, ``None`` where no source says."""
    most: int | None
    """People of the largest group as published; how many places a half-day has is another matter."""
    equipment: tuple[str, ...] | None
    """Kinds of ``models.words.EQUIPMENT_KINDS`` that it needs, ``None`` where no source says."""
    places: int | None = None
    """Places of a half-day of it, only where the corner's own catalogue says so."""

    def name(self, language: str) -> str:
        """The programme's plain name in a language, in French where that is missing."""
        return self.names.get(language, self.names["fr"])


@dataclass(slots=True)
class _InForce:
    """The facts in force where the corner's own files say something; empty where only what ships is."""

    programmes: dict[str, ProgrammeFact] = field(default_factory=dict)
    corners: dict[str, CornerFact] = field(default_factory=dict)


def read_asset(name: str) -> str:
    """The text of one file of this folder."""
    # A plain path: importlib.resources would cost every start more than all the files it reads.
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def shipped_corners() -> dict[str, CornerFact]:
    """The corners that are named in public, by id."""
    rows = json.loads(read_asset("corners.json"))["corners"]
    return {row["id"]: CornerFact(**row) for row in rows}


@cache
def shipped_programmes() -> dict[str, ProgrammeFact]:
    """The catalogue that the kiosk ships with, by id."""
    rows = json.loads(read_asset("catalogue.json"))["programmes"]
    return {
        row["id"]: ProgrammeFact(
            id=row["id"],
            stage=row["stage"],
            hours=row["hours"],
            names=row["names"],
            also_called=tuple(row["also_called"]),
            activity=row["activity"],
            description=row["description"],
            least=row["capacity"]["least"],
            most=row["capacity"]["most"],
            equipment=tuple(row["equipment"]) if row["equipment"] is not None else None,
        )
        for row in rows
    }


_in_force = _InForce()


def use_own(
    *,
    programmes: Mapping[str, ProgrammeFact] | None = None,
    corners: Mapping[str, CornerFact] | None = None,
) -> None:
    """Put in force what the corner's own files say; a whole fact takes the place of the one that ships.

    ``None`` leaves what is in force as it is; with nothing in it, only what ships is in force.
    """
    if programmes is not None:
        _in_force.programmes = {**shipped_programmes(), **programmes} if programmes else {}
    if corners is not None:
        _in_force.corners = {**shipped_corners(), **corners} if corners else {}


def corners() -> dict[str, CornerFact]:
    """The known corners by id."""
    return _in_force.corners or shipped_corners()


def programmes() -> dict[str, ProgrammeFact]:
    """The catalogue of programmes by id."""
    return _in_force.programmes or shipped_programmes()


@cache
def hotline() -> str:
    """The free number where places are booked, as printed by Le Forem."""
    number: str = json.loads(read_asset("corners.json"))["hotline"]
    return number
