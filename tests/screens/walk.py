"""Every screen looked at once for several tests: bringing them all on costs more than looking at them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from readable import weak_cells
from stage import GREETINGS, MADE, PADS, SCREENS, Stage, keys_of, outcome, stage
from textual.geometry import Region

from screens.widgets.poster import Poster
from screens.wording import not_saved, words

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SeenKey:
    """A key as it stood there."""

    id: str | None
    label: str
    region: Region
    drawn: str
    """The words that were drawn within its place."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen as it stood there, complete and laid out."""

    region: Region
    first: str
    """The first row."""
    wanted: tuple[str, ...]
    """The sentences that its poster should say."""
    poster: str
    """The words that stand on its poster; a pad of many keys is looked at by its keys alone."""
    keys: tuple[SeenKey, ...]
    scrolls: bool
    """Whether anything has a bar or could be scrolled."""
    focused: bool
    weak: tuple[str, ...]
    """What is too weak to be read."""


def spoken(text: str) -> str:
    """The words of a piece of screen, without drawings, frames and line breaks."""
    return " ".join(re.sub(r"[\u2500-\u25ff]", " ", text).split())


def together(size: Size, theme: str = "jour", language: str = "fr") -> pytest.MarkDecorator:
    """Tests that look at the same walk run where it was walked."""
    return pytest.mark.xdist_group(f"walk {size} {theme} {language}")


_walked: dict[tuple[Size, str, str], dict[str, Seen]] = {}


async def walked(size: Size, theme: str = "jour", language: str = "fr") -> dict[str, Seen]:
    """Every screen by its name, at a grid, in a theme and a language."""
    if (size, theme, language) not in _walked:
        async with stage(size, theme, language) as shown:
            seen = {}
            for name in SCREENS:
                await shown.show(name)
                seen[name] = looked_at(shown, name)
        _walked[size, theme, language] = seen
    return _walked[size, theme, language]


def looked_at(shown: Stage, name: str) -> Seen:
    """What a screen shows now."""
    screen, strips = shown.screen, shown.strips
    keys = []
    for key in keys_of(screen):
        place = key.region
        drawn = [strip.crop(place.x, place.right).text for strip in strips[place.y : place.bottom]]
        keys.append(SeenKey(key.id, key.label, place, spoken("\n".join(drawn))))
    wanted, said = (), ""
    if name not in PADS:
        poster = screen.query_one(Poster)
        place = poster.region
        said = spoken("\n".join(strip.crop(0, place.right).text for strip in strips[place.y : place.bottom]))
        if name in (*GREETINGS, *MADE):
            wanted = (poster._plan.title, *(line.text for line in poster._plan.lines))
        else:
            told = outcome(name.removesuffix(" by card"), shown.language) if name != "not_saved" else None
            answer = words(told, shown.language) if told else not_saved(shown.language)
            wanted = (answer.sign, answer.title, *answer.says, *answer.then)
    bars = any(one.show_vertical_scrollbar or one.show_horizontal_scrollbar for one in screen.walk_children())
    return Seen(
        region=screen.region,
        first=strips[0].text,
        wanted=wanted,
        poster=said,
        keys=tuple(keys),
        scrolls=bars or (screen.max_scroll_x, screen.max_scroll_y) != (0, 0),
        focused=screen.focused is not None,
        weak=tuple(weak_cells(strips)),
    )
