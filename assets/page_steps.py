"""The small steps towards the page on the Forem site, read once from their data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from assets.assessment import Texts
from assets.facts import read_asset


@dataclass(frozen=True, slots=True)
class PageStep:
    """One thing to do, said by the person who has done it."""

    id: str
    say: Texts


@cache
def page_steps() -> tuple[PageStep, ...]:
    """The ten steps, in their order."""
    return tuple(PageStep(**row) for row in _read()["steps"])


def at_hand() -> Texts:
    """What to have at hand, in one sentence."""
    said: Texts = _read()["at_hand"]
    return said


def forem_site() -> str:
    """Address of the Forem's site."""
    address: str = _read()["site"]
    return address


def forem_site_said() -> str:
    """The same as people say and type it: ``leforem.be``."""
    return forem_site().partition("://")[2].removeprefix("www.")


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(read_asset("page_steps.json"))
    return read
