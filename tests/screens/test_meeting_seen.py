"""The meeting to practise with, as it is seen: one's own picture, and what is on in words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import GRIDS, HERE, OTHERS, PLACE, stage
from test_layout import poster_text, spoken

from assets.facts import programmes
from assets.languages import LANGUAGES, translator
from assets.meeting import story
from models.meeting import Meeting, Said
from screens.day import DayScreen
from screens.meeting import STATES, MeetingScreen
from screens.meeting_stage import stage as picture

ALL_ON = tuple(STATES)
ON = [on for _, on in STATES.values()]
"""In words: the microphone is on, the camera is, the hand is up."""


@given(
    interviewer=st.sampled_from(["Fatou", "Yi", "Wilhelm"]), you=st.sampled_from(["U", "Sie", "Vous", "You"])
)
def test_the_picture_is_a_rectangle_and_changes_with_the_camera(interviewer, you):
    off, on = (picture(interviewer, you, camera=camera) for camera in (False, True))
    for one, other in ((off.large, on.large), (off.small, on.small)):
        assert one != other
        assert len({len(row) for row in (*one, *other)}) == 1
        assert interviewer in one[-1]
        assert you in one[-1]


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_moment_is_said_in_full_with_the_picture_beside_it(size, language):
    """Each sentence with each hint and praise, the names below both pictures, and what is on in words."""
    translate, moments = translator(language), story().moments
    async with stage(size, language=language) as shown:
        screen = MeetingScreen(PLACE, language)
        await shown.app.push_screen(screen)
        for number, said, on in product(range(len(moments)), Said, ((), ALL_ON)):
            if said is Said.PRAISE and not number:
                continue
            screen._meeting = Meeting(number, frozenset(on), said)
            screen._show()
            await shown.settled()
            text, moment = poster_text(shown), moments[number]
            beside = {Said.HINT: moment.hint, Said.PRAISE: moments[number - 1].praise}.get(said)
            for wanted in (moment.said[language], beside[language] if beside else ""):
                assert spoken(wanted) in text
            for name in (story().interviewer, translate("Vous")):
                assert name in text.split()
            if said is not Said.SURE:
                assert [translate(state) in text for state in ON] == [control in on for control in STATES]
            assert len(re.findall(r"[\w'’-]+", text)) <= 25, text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_way_to_practise_takes_no_word_from_the_day(language):
    """At the smallest grid, whatever the day's workshops are, also where there are two."""
    async with stage((56, 16), language=language) as shown:
        for programme, fact in programmes().items():
            for sittings in (
                (replace(HERE, programme=programme),),
                (replace(HERE, programme=programme), *OTHERS),
            ):
                await shown.app.push_screen(DayScreen(PLACE, language, "", sittings, HERE.starts_at))
                await shown.settled()
                text = poster_text(shown)
                for line in shown.screen._plan().lines:
                    assert spoken(line.text) in text, programme
                assert spoken(fact.activity[language]) in text
                shown.app.pop_screen()
                await shown.settled()
