"""The result as plain text that a code on the screen holds itself: no address, no account, no network.

How much a code holds depends on the grid, so there are four lengths. None says whose result it is, and
none has a number for a level.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from assets.facts import hotline, read_asset
from assets.languages import day, local, translator
from models.assessment.levels import Span
from models.assessment.shown import Shown
from screens.assessment.wording import area_words, proposal, strongest

SHORTEST = 77
"""Signs of the shortest text: what a code of version 3, the largest on a grid of sixteen rows, holds of
the 45 signs of the alphanumeric mode. Of other text it holds 53 bytes, which is not enough for five words."""

_MARKS = ((": ", " / ", " - "), (": ", "/", " - "), (": ", "/", " "), (":", "/", " "))
"""After a level, between its areas, and before the next level; the calmest first."""


def take_away_texts(shown: Shown, language: str) -> tuple[str, ...]:
    """The result in words, the longest text first."""
    translate = translator(language)
    areas = area_words(shown, language)
    title = f"{translate('Faire le point')}, {day(shown.at, language)} {local(shown.at).year}"
    note = translate("Auto-évaluation, pas un diplôme.")
    call = translate("Appel gratuit : {hotline}.", hotline=hotline())
    said_next = ", ".join(proposal(shown, language))
    what_next = translate("{area} : {words}", area=translate("La suite"), words=said_next)
    full = [title, note, "", *areas, "", strongest(shown, language), what_next, call]
    return (
        "\n".join(full),
        "\n".join([title, *areas]),
        "\n".join(areas),
        shortest_text(shown.result.areas, language),
    )


def shortest_text(areas: Mapping[str, Span], language: str) -> str:
    """The areas by their level, as calmly and with as plain words as ``SHORTEST`` signs allow."""
    return next(text for text in _shortening(areas, language) if len(text) <= SHORTEST)


def _shortening(areas: Mapping[str, Span], language: str) -> Iterator[str]:
    words = _short()[language]
    groups: dict[int | None, list[str]] = {}
    for area, span in areas.items():
        groups.setdefault(span.level, []).append(words["areas"][area])
    for colon, between, apart in _MARKS:
        for kind in ("", "short_"):
            levels: dict[int | None, str] = dict(enumerate(words[f"{kind}levels"]))
            levels[None] = words[f"{kind}together"]
            yield apart.join(levels[level] + colon + between.join(names) for level, names in groups.items())


@cache
def _short() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(read_asset("short_result.json"))
    return read
