"""The meeting to practise with, from the day's programme: it touches nothing that is kept."""

from __future__ import annotations

from hands import Played, on, time_between_touches, touch

from assets.languages import translator
from assets.meeting import story
from models.meeting import Control
from screens.day import DayScreen
from screens.meeting import LABELS, MeetingScreen
from screens.practice import PracticeScreen
from screens.settling import Settling


async def test_it_is_played_through_and_not_a_row_is_written(play, day):
    """It never touches a level: the log and what is unfinished stay as they were, also after a card."""
    async with play(size=(56, 16)) as played:
        played.burst(day.people[0].token)
        await played.answered("Binta O.")
        before = await played.asked("select count(*), max(n) from change")
        await touch(played, "Voir la journée")
        await on(played, DayScreen)
        await touch(played, "M'exercer")
        await on(played, PracticeScreen)
        await touch(played, "Essayer l'appel")
        await on(played, MeetingScreen)
        await played.shows("personne ne vous voit")
        await played.shows("Rien n'est gardé ni envoyé.")
        await touch(played, "Commencer")
        for moment in story().moments:
            await touched(played, Control(moment.control))
        await played.shows("Vous avez su")
        await touch(played, "Recommencer")
        await played.shows("Fatou vous dit bonjour.")
        await played.press("escape")
        await on(played, PracticeScreen)
        assert await played.asked("select count(*), max(n) from change") == before
        assert await played.asked("select count(*) from unfinished") == [(0,)]


async def test_not_a_row_is_written_by_whoever_touches_anything(play):
    """Without a card, with other controls than asked for, left before the end, and done."""
    async with play(size=(56, 16)) as played:
        before = await played.asked("select count(*), max(n) from change")
        await begun(played)
        for control in (Control.SHARE, Control.HAND, Control.CAMERA, Control.CHAT, Control.CAMERA):
            await touched(played, control)
        await played.shows("Caméra coupée")
        await touched(played, Control.LEAVE)
        await played.shows("Déjà partir ?")
        await touched(played, Control.LEAVE)
        await played.shows("L'appel est fini.")
        await touch(played, "Terminé")
        await played.home()
        assert await played.asked("select count(*), max(n) from change") == before


async def test_a_double_tap_is_not_for_the_keys_that_come(play, monkeypatch):
    """The end is not touched away: "Terminé" stands near where "Quitter" stood."""
    async with play(size=(56, 16)) as played:
        await begun(played)
        await touched(played, Control.LEAVE)
        monkeypatch.setattr(Settling, "PAUSE", 3600.0)
        played.app.screen.settling = Settling()
        await touched(played, Control.LEAVE)
        await played.shows("L'appel est fini.")
        await touch(played, "Terminé")
        await touch(played, "Recommencer")
        await played.shows("L'appel est fini.")
        assert isinstance(played.app.screen, MeetingScreen)
        await played.press("escape")
        await on(played, PracticeScreen)


async def test_somebody_who_reads_slowly_is_asked_before_it_goes(play):
    """A-19, A-20: after 120 seconds a question, and what was on still is."""
    async with play(size=(56, 16)) as played:
        await begun(played)
        await touched(played, Control.MICROPHONE)
        played.time_passes(121)
        await played.shows("Êtes-vous encore là ?")
        await played.press("space")
        await on(played, MeetingScreen)
        await played.shows("Micro allumé")


async def begun(played: Played) -> None:
    """From the welcome into the meeting."""
    await touch(played, "Voir la journée")
    await on(played, DayScreen)
    await touch(played, "M'exercer")
    await on(played, PracticeScreen)
    await touch(played, "Essayer l'appel")
    await on(played, MeetingScreen)
    await touch(played, "Commencer")


async def touched(played: Played, control: Control) -> None:
    """A finger on a control, some time after the one before."""
    time_between_touches(played)
    await touch(played, _label(played, control))


def _label(played: Played, control: Control) -> str:
    label = translator("fr")(LABELS[control])
    if control is Control.LEAVE:
        return label
    return f"{'✓' if control in played.app.screen._meeting.on else '○'} {label}"
