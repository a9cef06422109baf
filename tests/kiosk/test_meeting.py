"""The meeting to practise with, from the day's programme: it touches nothing that is kept."""

from __future__ import annotations

from hands import on, time_between_touches, touch

from assets.languages import translator
from assets.meeting import story
from models.meeting import Control
from screens.day import DayScreen
from screens.meeting import LABELS, MeetingScreen


async def test_it_is_played_through_and_not_a_row_is_written(play, day):
    """It never touches a level: the log and what is unfinished stay as they were, also after a card."""
    async with play(size=(56, 16)) as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        before = await played.asked("select count(*), max(n) from change")
        await touch(played, "Voir la journée")
        await on(played, DayScreen)
        await touch(played, "M'exercer")
        await on(played, MeetingScreen)
        await played.shows("personne ne vous voit")
        await touch(played, "Commencer")
        for moment in story().moments:
            time_between_touches(played)
            await touch(played, _label(played, Control(moment.control)))
        await played.shows("Vous avez su")
        await touch(played, "Recommencer")
        await played.shows("Fatou vous dit bonjour.")
        await played.press("escape")
        await on(played, DayScreen)
        assert await played.asked("select count(*), max(n) from change") == before
        assert await played.asked("select count(*) from unfinished") == [(0,)]


def _label(played, control: Control) -> str:
    on_now = control in played.app.screen._meeting.on
    return f"{'✓' if on_now else '○'} {translator('fr')(LABELS[control])}"
