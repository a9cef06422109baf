"""Hands that prepare a video CV, and a prompter whose time they let pass."""

from __future__ import annotations

from hands import Played, on, time_between_touches, touch, until

from assets.booth import guide
from screens.booth.opening import BoothScreen
from screens.booth.prompter import Moment, PrompterScreen
from screens.booth.ready import ReadyScreen
from screens.booth.script import ScriptScreen
from screens.booth.sentence import SentenceScreen
from screens.messages import BoothWanted


async def opened(played: Played) -> None:
    """From wherever somebody is into the booth."""
    played.app.post_message(BoothWanted())
    await on(played, BoothScreen)


async def chosen(played: Played, number: int = 1) -> None:
    """The same sentence of every part, to the whole text."""
    await touch(played, "Commencer")
    await on(played, SentenceScreen)
    for _ in guide().parts:
        time_between_touches(played)
        await touch(played, f"{number} ·")
    await on(played, ScriptScreen)


async def ready(played: Played) -> None:
    """From the welcome to a text that is ready."""
    await opened(played)
    await chosen(played)
    for _ in range(2):
        time_between_touches(played)
        await touch(played, "Continuer")
    await on(played, ReadyScreen)


async def reading(played: Played) -> PrompterScreen:
    """A prompter that stands still until time is let pass."""
    await on(played, PrompterScreen)
    screen = played.app.screen
    screen._tick = lambda: None
    for timer in screen._timers:
        timer.stop()
    return screen


async def filmed(played: Played) -> PrompterScreen:
    """The camera is on, and the countdown stands."""
    time_between_touches(played)
    await touch(played, "Filmer ma vidéo")
    screen = await reading(played)
    await until(lambda: screen.moment is Moment.COUNTING, f"no picture came\n{played.text}")
    return screen


async def read_through(screen: PrompterScreen) -> None:
    """Three, two, one, and every word, at the pace that stands."""
    screen.passes(guide().countdown + 0.01)
    for _ in range(200):
        screen.passes(1.0)
