"""The story of a video interview to practise with, read once from its data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from assets.assessment import Texts
from assets.facts import read_asset


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens, and what helps."""

    control: str
    """A word of ``models.meeting.Control``."""
    on: bool
    """Whether it has to be on, or off."""
    said: Texts
    hint: Texts
    """Said kindly after another control."""
    praise: Texts
    """Said once it is done."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """Something that somebody has shown to be able to do."""

    after: int
    """How many moments are over by then."""
    what: Texts


@dataclass(frozen=True, slots=True)
class Story:
    """The whole interview."""

    interviewer: str
    """The invented first name of who asks."""
    moments: tuple[Moment, ...]
    learnt: tuple[Learnt, ...]


@cache
def story() -> Story:
    """The interview."""
    read = json.loads(read_asset("meeting.json"))
    return Story(
        read["interviewer"],
        tuple(Moment(**row) for row in read["moments"]),
        tuple(Learnt(**row) for row in read["learnt"]),
    )
