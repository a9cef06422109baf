"""What the self-assessment is made of, read once from its data: framework, bank of items, thresholds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assets.facts import read_asset, shipped_programmes

Texts = Mapping[str, str]
"""A text in every language of the kiosk, by its code."""


@dataclass(frozen=True, slots=True)
class Framework:
    """DigComp as far as it is the same in both versions: its areas and competences by id."""

    version: str
    """The version that sittings are stored under."""
    competences: Mapping[str, tuple[str, ...]]
    """Area id to competence ids, both in the framework's order."""
    titles: Mapping[str, Mapping[str, str]]
    """Version to the official English titles, by area or competence id."""
    bands: Mapping[str, Mapping[int, str]]
    """Version to the band of each of its eight levels, by its English name."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The twenty-one competences in the framework's order."""
        return tuple(one for area in self.competences.values() for one in area)

    def area_of(self, competence: str) -> str:
        """The area of a competence: both are numbered through."""
        return competence.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Item:
    """One question: whether somebody can do one thing."""

    id: str
    """Competence and kind: ``4.2S``."""
    competence: str
    kind: str
    """``S``, a simple task, or ``W``, a well-defined one."""
    ask: Texts
    plainly: Texts
    """The same in simpler words, for whoever has not understood."""
    short: Texts
    """At most four words, beginning with a verb."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A question that is asked to warm up: it counts for nothing and is kept nowhere."""

    id: str
    ask: Texts


@dataclass(frozen=True, slots=True)
class Bank:
    """All items in one version of their wording: two sittings compare only within a version."""

    version: str
    framework: str
    """Version of DigComp that the items are written for."""
    areas: Mapping[str, Texts]
    """The house's own plain names of the areas."""
    items: Mapping[str, Item]
    starters: tuple[Starter, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Every number and list that the engine goes by; it has none of its own."""

    order: tuple[str, ...]
    """Areas in the order in which they are asked."""
    core: Mapping[str, tuple[str, ...]]
    """The three competences of each area that decide its level, in the order in which they are asked."""
    needed: int
    """How many of the three must be at a level: two of three is their median."""
    on_the_way: int
    """Level that every area must reach to be on the way to the first level."""
    reached: int
    """Level that every area must reach for the first level."""
    checks: Mapping[str, tuple[str, ...]]
    """The small exercises, and the competences whose answer each of them is held against."""
    net: int
    """Steps of areas that are progress."""
    signs: tuple[tuple[int, int], ...]
    """Pairs (up, down) of items that are progress: one-sided sign test, p at most .0625."""
    smallest_count: int
    """Counts below are hidden outside the corner's staff (P-23)."""
    proposals: Mapping[str, tuple[str, ...]]
    """Programmes for the weakest area, or for ``reached``; the first that the corner offers is proposed."""
    orientation: Mapping[str, str]
    """Status to the programme that it suggests to the team. It decides nothing: what is not listed, as
    what the answers leave open, suggests none."""


@cache
def framework() -> Framework:
    """The framework's structure, and its titles in English."""
    read = json.loads(read_asset("digcomp.json"))
    areas = read["areas"]
    both = [one for area in areas for one in (area, *area["competences"])]
    return Framework(
        version=read["framework"],
        competences={area["id"]: tuple(one["id"] for one in area["competences"]) for area in areas},
        titles={version: {one["id"]: one["titles"][version] for one in both} for version in read["versions"]},
        bands={
            version: {row["level"]: row["band"][version] for row in read["levels"]}
            for version in read["versions"]
        },
    )


@cache
def bank() -> Bank:
    """The items that are asked."""
    read = json.loads(read_asset("bank.json"))
    return Bank(
        version=read["version"],
        framework=read["framework"],
        areas=read["areas"],
        items={row["id"]: Item(**row) for row in read["items"]},
        starters=tuple(Starter(**row) for row in read["starters"]),
    )


@cache
def thresholds() -> Thresholds:
    """The numbers of the house."""
    read = json.loads(read_asset("assessment.json"))
    return Thresholds(
        order=tuple(read["order"]),
        core=_tuples(read["core"]),
        needed=read["needed"],
        on_the_way=read["on_the_way"],
        reached=read["reached"],
        checks=_tuples(read["checks"]),
        net=read["progress"]["net"],
        signs=tuple((up, down) for up, down in read["progress"]["signs"]),
        smallest_count=read["smallest_count"],
        proposals=_tuples(read["proposals"]),
        orientation=_suggested(read["orientation"], read["proposals"]),
    )


def _suggested(listed: Mapping[str, str], proposals: Mapping[str, list[str]]) -> dict[str, str]:
    """Each status with its programme; where a list of proposals is named, with the first of it.

    Raises:
        ValueError: it is none of the catalogue.
    """
    found = {status: proposals[named][0] if named in proposals else named for status, named in listed.items()}
    if unknown := set(found.values()) - shipped_programmes().keys():
        raise ValueError(f"no programmes: {', '.join(sorted(unknown))}")
    return found


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(listed) for name, listed in lists.items()}
