"""The result a person reads about themselves: its picture, its words, and that no touch skips it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import GRIDS, MIXED, NOTHING, PARTLY, PLACE, keys_of, shown_of, stage
from test_layout import spoken
from textual import events

from assets.assessment import bank
from assets.languages import LANGUAGES, translator
from models.assessment.shown import Shown
from screens import settling
from screens.assessment.next_step import Kept, NextStepScreen
from screens.assessment.result import ResultScreen
from screens.assessment.wording import proposal, step_rows, strongest
from screens.settling import PAUSE, Settling
from screens.widgets.steps import BIG_EMPTY, BIG_FULL, BIG_PERHAPS, StepRow, StepRows

ALL_ALONE = shown_of("2" * 15)
AT_EVERY_GRID = pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")


def drawn_rows(shown) -> list[str]:
    """The lines of the picture that have words on them."""
    region = shown.screen.query_one(StepRows).region
    lines = [strip.text for strip in shown.strips[region.y : region.bottom]]
    return [line for line in lines if re.search(r"\w", line)]


def result_screen(told: Shown, language: str = "fr") -> ResultScreen:
    return ResultScreen(PLACE, language, "", told)


@AT_EVERY_GRID
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_area_has_its_row_its_steps_and_its_word(size, language):
    """A-04, A-10: five rows at every grid, whole, the strongest first; what a row means is said in words."""
    async with stage(size, language=language) as shown:
        for told in (MIXED, NOTHING, PARTLY, ALL_ALONE):
            await shown.app.push_screen(result_screen(told, language))
            await shown.settled()
            rows = step_rows(told, language)
            lines = drawn_rows(shown)
            assert len(lines) == len(rows) == 5
            for row, line in zip(rows, lines, strict=True):
                assert line.strip().startswith(row.name)
                assert line.strip().endswith(row.words)
            assert strongest(told, language) in spoken(shown.text)
            assert shown.screen.translate("Auto-évaluation, pas un diplôme.") in spoken(shown.text)
            await shown.app.pop_screen()


@AT_EVERY_GRID
async def test_steps_can_be_told_apart_without_colour(size):
    """A-10: nought, one or two steps further, and open ones: each has a drawing of its own."""
    pairs = [(low, high) for low in range(3) for high in range(low, 3)]
    seen = set()
    async with stage(size) as shown:
        for low, high in pairs:
            await shown.app.push_screen(result_screen(MIXED))
            steps = shown.screen.query_one(StepRows)
            steps._rows = (StepRow("A", low, high, "z"),) * 5
            steps.refresh()
            await shown.settled()
            region = steps.region
            seen.add("\n".join(strip.text for strip in shown.strips[region.y : region.bottom]))
            await shown.app.pop_screen()
    assert len(seen) == len(pairs)


async def test_the_picture_grows_with_the_grid():
    """More room, longer rows further apart; where there is plenty, steps three lines high."""
    widths, tops = [], []
    for size in GRIDS:
        async with stage(size) as shown:
            await shown.app.push_screen(result_screen(MIXED))
            await shown.settled()
            widths.append(max(len(line.strip()) for line in drawn_rows(shown)))
            lines = [n for n, strip in enumerate(shown.strips) if "avec de l'aide" in strip.text]
            tops.append(lines[1] - lines[0])
            assert (BIG_FULL[1] in shown.text) == (size == GRIDS[-1])
    assert widths == sorted(set(widths))
    assert tops == sorted(tops)
    assert tops[-1] > tops[0]


def test_big_steps_are_as_wide_in_all_their_lines():
    assert len({len(line) for step in (BIG_FULL, BIG_PERHAPS, BIG_EMPTY) for line in step}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_is_said_kindly_whatever_it_is(language):
    """The strongest area first; nobody is told that they have none, or only one who can do all of it."""
    translate = translator(language)
    names = bank().areas
    assert names["1"][language] in strongest(MIXED, language)
    assert strongest(NOTHING, language) == translate("Tout le monde commence un jour.")
    assert strongest(ALL_ALONE, language) == translate("Vous faites tout cela sans aide.")
    assert strongest(shown_of("2" * 14 + "1"), language) == strongest(ALL_ALONE, language)
    assert strongest(shown_of("2" * 12 + "2?1"), language) != strongest(ALL_ALONE, language)


@given(st.text("012?-", min_size=15, max_size=15))
def test_nothing_is_proposed_on_half_of_the_answers(values):
    """What seems weakest may be what was not asked."""
    told = shown_of(values)
    assert told.proposal is not None
    assert (len(proposal(told, "fr")) > 1) == told.result.complete


@pytest.mark.parametrize(
    "made",
    [
        lambda: result_screen(MIXED),
        lambda: NextStepScreen(PLACE, "fr", "", MIXED, kept=Kept.YES, offers_further=True),
        lambda: NextStepScreen(PLACE, "fr", "", PARTLY, kept=Kept.WHEN_DONE),
    ],
)
async def test_a_second_touch_never_skips_the_result(made, monkeypatch):
    """ "Terminé" stands where "Voir la suite" stood: what comes within half a second was not meant for it."""
    now = [100.0]
    monkeypatch.setattr(settling, "monotonic", lambda: now[0])
    monkeypatch.setattr(Settling, "PAUSE", PAUSE)
    async with stage((56, 16)) as shown:
        screen = made()
        heard: list[str] = []
        real = screen.post_message

        def hear(message) -> bool:
            if type(message).__module__ in ("screens.messages", "screens.assessment.messages"):
                heard.append(type(message).__name__)
                return True
            return real(message)

        monkeypatch.setattr(screen, "post_message", hear)
        await shown.app.push_screen(screen)
        await shown.settled()
        keys = [key for key in keys_of(screen) if key.id != "help"]

        async def press_all() -> None:
            for key in keys:
                key._last_press = float("-inf")
                key.focus()
                shown.app.post_message(events.Key("enter", None))
                await shown.settled()

        now[0] += PAUSE - 0.01
        await press_all()
        assert heard == []
        now[0] += 0.02
        await press_all()
        assert len(heard) == len(set(heard)) == len(keys)
