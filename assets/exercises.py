"""What the two small exercises show, read once from its data: messages, folders, addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from assets.assessment import Texts
from assets.facts import read_asset


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A message as somebody gets it on their phone."""

    sender: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class MessageSet:
    """Four messages, one of them dangerous."""

    messages: tuple[ShortMessage, ...]
    dangerous: int
    """Which of them, from 0; data and never drawn by lot, so that everybody has the same exercise."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Names of files, one of which is asked for."""

    files: tuple[Texts, ...]
    wanted: int
    """Which of them, from 0."""


@dataclass(frozen=True, slots=True)
class Exercises:
    """Everything of both exercises, in the order in which it is shown."""

    sets: tuple[MessageSet, ...]
    """As many as the longest way through the first exercise needs."""
    folders: tuple[Folder, ...]
    """One for each try."""
    addresses: tuple[str, ...]
    """One for each try; in domains that nobody can own."""


@cache
def exercises() -> Exercises:
    """The exercises that are shown."""
    read = json.loads(read_asset("exercises.json"))
    return Exercises(
        sets=tuple(
            MessageSet(tuple(ShortMessage(**message) for message in row["messages"]), row["dangerous"])
            for row in read["sets"]
        ),
        folders=tuple(Folder(tuple(row["files"]), row["wanted"]) for row in read["folders"]),
        addresses=tuple(read["addresses"]),
    )
