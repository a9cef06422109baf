"""The people of a busy corner: invented, as varied as its public; each known by a number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from models.words import AUDIENCES, SOURCES

_NAMES = json.loads(Path(__file__).with_name("public.json").read_text("utf-8"))

_LANGUAGES = ("fr",) * 17 + ("nl", "de", "en")


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the booking office's files."""

    reference: str
    first_name: str
    last_name: str
    language: str
    audience: str
    source: str
    able: float
    """How much of the core they can do alone when they come first: 0 nothing, 2 everything."""


def somebody(number: int, seed: int) -> Somebody:
    """The same person for the same number."""
    chance = Random(f"{seed} person {number}")
    jobseeker, retraining, student = AUDIENCES
    counsellor, call_centre, corner, _ = SOURCES
    return Somebody(
        reference=reference_of(number),
        first_name=chance.choice(_NAMES["first_names"]),
        last_name=chance.choice(_NAMES["last_names"]),
        language=chance.choice(_LANGUAGES),
        audience=chance.choices((jobseeker, retraining, student), (75, 15, 10))[0],
        source=chance.choices((counsellor, call_centre, corner), (65, 20, 15))[0],
        able=chance.triangular(0, 2, 0.5),
    )


def reference_of(number: int) -> str:
    """What the booking office calls somebody."""
    return f"BE-{number:06}"


def first_name(chance: Random) -> str:
    """What somebody without a booking gives as their name."""
    return chance.choice(_NAMES["first_names"])
