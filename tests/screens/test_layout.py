"""Every screen at every grid in every language: whole, without scrolling, and within reach of the keys."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import (
    AT,
    FIRST,
    GRIDS,
    MADE,
    MEETINGS,
    PADS,
    PLACE,
    SCREENS,
    TEAM,
    keys_of,
    moment,
    outcome,
    stage,
)
from walk import Seen, spoken, together, walked

from assets.facts import corners
from assets.languages import LANGUAGES, hour
from assets.letters import big
from screens.code_pad import CodePadScreen
from screens.pin import PinScreen
from screens.widgets.header import Header
from screens.widgets.key import Key
from screens.widgets.poster import NARROWEST, Line, Poster, wrapped
from screens.wording import duration

EVERYWHERE = pytest.mark.parametrize("language", LANGUAGES)
AT_EVERY_GRID = pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")


FOOT_KEYS = ("help", "back", "staff", "done", "more", "go-on", "stop", "skip")
"""Keys that stand at the same place everywhere and are no choices (A-11)."""

CODES = ("take away", "take away, no printer", "date", "site", "site, no printer")
"""Screens whose code takes the whole height of a small grid: there is no room for the header."""

NAMES = ("names", "who", "who, two pages")
"""Screens of names: six are the most that P-01 allows."""


def poster_text(shown) -> str:
    """What stands on the poster, read from the screen itself."""
    poster = shown.screen.query_one(Poster).region
    return spoken(
        "\n".join(strip.crop(0, poster.right).text for strip in shown.strips[poster.y : poster.bottom])
    )


LAID_OUT = [
    *((GRIDS[0], "jour", language) for language in LANGUAGES),
    (GRIDS[1], "soir", "de"),
    (GRIDS[2], "contraste", "de"),
    (GRIDS[3], "jour", "fr"),
]
"""What fits the lowest grid fits the others in its language: there, the longest texts stand for all. Each
theme is drawn at one of them, so that its contrast is looked at on the same walk."""
if os.environ.get("KIOSK_LAYOUT") == "all":
    LAID_OUT = [(size, "jour", language) for size in GRIDS for language in LANGUAGES]


@pytest.mark.parametrize(
    ("size", "theme", "language"),
    [pytest.param(*one, id=f"{one[2]}-{one[0][0]}x{one[0][1]}", marks=together(*one)) for one in LAID_OUT],
)
async def test_every_screen_is_complete(size, theme, language):
    """A-04, A-06, A-11, A-17: no word lost or cut, nothing scrolls, targets large enough, at most four."""
    flaws: list[str] = []
    for name, seen in (await walked(size, theme, language)).items():
        assert not seen.scrolls, name
        assert not seen.focused, name
        lost = lost_words(seen, name, language, headless=name in CODES and size[0] < 100)
        flaws += [f"{name}: {flaw}" for flaw in (*lost, *poor_targets(seen, name))]
    assert not flaws, "\n".join(flaws)


def lost_words(seen: Seen, name: str, language: str, *, headless: bool) -> Iterator[str]:
    """Texts that the screen should show and does not."""
    for wanted in ("SmartCorner" if name in FIRST else PLACE, hour(AT, language)):
        if wanted not in seen.first and not headless:
            yield f"{wanted!r} is not in the header {seen.first!r}"
    for sentence in seen.wanted:
        if spoken(sentence) not in seen.poster:
            yield f"{sentence!r} is not in {seen.poster!r}"


def poor_targets(seen: Seen, name: str) -> Iterator[str]:
    """Keys that are too small, cut, outside, or one over the other."""
    for key in seen.keys:
        region, label = key.region, spoken(key.label)
        if label not in key.drawn:
            yield f"{label!r} is cut to {key.drawn!r}"
        if not seen.region.contains_region(region):
            yield f"{label!r} is outside: {region}"
        if region.height < 3 or (region.width < (5 if name in PADS else 16)):
            yield f"{label!r} is {region.width} x {region.height}"
        if any(region.overlaps(other.region) for other in seen.keys if other is not key):
            yield f"{label!r} lies over another"
    most = 6 if name in (*NAMES, *MEETINGS) else 4
    choices = [key for key in seen.keys if key.id not in FOOT_KEYS and "language" not in (key.id or "")]
    if name not in (*PADS, *FIRST) and len(choices) > most:
        yield f"{len(choices)} choices"
    helps = any(key.id == "help" and key.region.x < 4 for key in seen.keys)
    if not helps and name not in ("leave", *FIRST):
        yield "no way to a person at the left of the foot"


@pytest.mark.parametrize(
    "size", [pytest.param(size, id=f"{size[0]}x{size[1]}", marks=together(size)) for size in GRIDS[::3]]
)
async def test_keys_stand_apart(size):
    """A-07: at least two columns between two targets of a row, the pad of digits apart."""
    for name, seen in (await walked(size)).items():
        if name in PADS:
            continue
        regions = [key.region for key in seen.keys]
        for region in regions:
            around = region.grow((0, 2, 0, 2))
            near = [other for other in regions if other != region and around.overlaps(other)]
            assert not near, f"{name}: {region} and {near}"


@AT_EVERY_GRID
async def test_keys_stand_where_they_stay_from_the_first_frame_on(size):
    """A quick finger touches the letter that it saw: the pad is never laid out for another grid."""
    seen: list[set[str]] = []

    class Watched(CodePadScreen):
        def on_mount(self) -> None:
            seen.append(set(self.classes))

    async with stage(size) as shown:
        await shown.app.push_screen(Watched(PLACE, "fr"))
        await shown.settled()
        assert seen == [set(shown.screen.classes)]


@pytest.mark.parametrize(
    ("name", "drawn"),
    [("Binta O.", "Binta O."), ("Maximilienne W.", "Maximilienne"), ("Wilhelmina Josefa", None)],
)
async def test_a_long_name_is_big_without_its_initial(name, drawn):
    """Whoever has a long name is greeted as visibly; but no name loses a part that is a name."""
    async with stage((80, 24)) as shown:
        shown.app.reception.answer(outcome("welcome", "fr", name))
        await shown.settled()
        assert f"Bonjour {name}" in spoken(shown.text)
        blocks = any(sign in shown.text for sign in "▙▟▛▜█")
        assert blocks == (drawn is not None)
        assert all(row.strip() in shown.text for row in big(drawn or " ", 80) or ())


@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=together((56, 16), language=one)) for one in LANGUAGES]
)
async def test_few_words_and_short_labels(language):
    """A-12: at most 25 words apart from buttons and header; names count, "8 h 30" is one word.

    A-14: at most four words on a button; a choice between workshops says their names.
    """
    counted, long = {}, []
    hours = re.compile(r"\d+(?: h(?: \d\d)?|[.:]\d\d(?: uur| Uhr)?)")
    for name, seen in (await walked((56, 16), language=language)).items():
        counted[name] = len(re.sub(r"[^\w'’-]+", " ", hours.sub("hour", seen.poster)).split())
        for key in seen.keys:
            # "Reconnaître un piège · sans aide": what was asked, and the answer. Signs are no words.
            words = re.findall(r"[\w'’-]+", key.label.split("\n")[0].partition(" · ")[0])
            if len(words) > 4 and "\n" not in key.label:
                long.append(key.label)
    assert {name: count for name, count in counted.items() if count > 25} == {}
    assert long == []


MOVES = (("tab", "shift+tab"), ("down", "up"), ("right", "left"))
REACHED = [name for name in SCREENS if name != "still there"]  # any key answers it


@pytest.mark.parametrize("part", range(4))
async def test_every_key_is_reached_and_pressed_without_a_touch(part, monkeypatch):
    """A-22: Tab and arrows reach every key, forwards and back; Enter presses what has the focus."""
    pressed: list[str] = []
    real = Key.post_message

    def heard(key: Key, message) -> bool:
        if isinstance(message, Key.Pressed):
            pressed.append(key.label)
            return True
        return real(key, message)

    monkeypatch.setattr(Key, "post_message", heard)
    async with stage((56, 16)) as shown:
        for place, name in enumerate(REACHED[part::4]):
            await shown.show(name)
            keys = keys_of(shown.screen)
            assert shown.screen.focused is None, name
            assert keys, name
            # The keys that move are the screens' base's: of every third screen all are tried.
            for forwards, back in MOVES if place % 3 == 0 else MOVES[:1]:
                shown.screen.set_focus(None)
                reached = []
                for _ in keys:
                    await press(shown, forwards)
                    reached.append(shown.screen.focused)
                assert set(reached) == set(keys), (name, forwards)
                await press(shown, back)
                assert shown.screen.focused is reached[-2 if len(keys) > 1 else -1], (name, back)
            assert pressed == [], name
            for key in keys:
                key._last_press = float("-inf")  # half a second ago another screen had this key too
                key.focus()
                await press(shown, "enter")
            assert pressed == [key.label for key in keys], name
            pressed.clear()
            shown.screen.set_focus(None)  # the next may be the same screen


async def press(shown, key: str) -> None:
    from textual import events

    shown.app.post_message(events.Key(key, None))
    await shown.settled()


@EVERYWHERE
async def test_the_header_names_the_place_and_the_hour(language):
    """The longest name of a corner in 56 columns: the hour is never the part that goes."""
    async with stage((56, 16), language=language) as shown:
        header = shown.screen.query_one(Header)
        for corner in corners().values():
            header._place = corner.name
            header.show_moment(moment(language))
            header.refresh()
            await shown.settled()
            line = shown.text.split("\n")[0]
            assert hour(AT, language) in line, line
            assert line.startswith(f" {corner.name}"[:40]), line


@AT_EVERY_GRID
@EVERYWHERE
async def test_the_pin_pad_says_everything(size, language):
    """A-29: question, dots, answer and labels fit; no digit that was typed is shown."""
    async with stage(size, language=language) as shown:
        await shown.show("pin")
        pad = shown.screen
        assert isinstance(pad, PinScreen)
        sentence = pad.translate("Trop d'essais. Attendez {left}.", left=duration(3600, language))
        pad.wait(3600)
        pad._locked = False
        for digit in "271828":
            pad._add(digit)
        await shown.settled()
        text = spoken(shown.text)
        assert sentence in text
        assert pad.translate("Votre code, {name}", name=TEAM[0].name) in text
        assert "271828" not in text.replace(" ", "")
        assert shown.text.count("●") == 6


@given(room=st.integers(NARROWEST, 60))
@pytest.mark.parametrize(
    "sentence",
    [
        "Votre atelier est fini depuis 12 h 30. Voulez-vous venir un autre jour ? Bien sûr !",
        "Om 8 uur 30: « kom ».",
    ],
)
def test_no_row_ends_within_an_hour_or_before_a_mark(sentence, room):
    """A row that begins with "h 30" or "?" is read twice."""
    rows = [text for text, _ in wrapped(Line(sentence), room)]
    assert " ".join(rows) == sentence
    assert all(len(row) <= room for row in rows)
    assert not any(re.match(r"[!?:;»]|h\b|uur\b|30\b(?=\.)", row) for row in rows)


async def test_a_screen_may_be_wiped_before_it_stands():
    """A card may be shown in the very moment in which a screen opens."""
    async with stage((56, 16)) as shown:
        for name, made in MADE.items():
            shown.app.push_screen(made(shown.language))
            shown.screen.wipe()
            shown.app.pop_screen()
            await shown.settled()
            assert shown.screen is shown.app.reception, name
            assert shown.app.failures == [], name
