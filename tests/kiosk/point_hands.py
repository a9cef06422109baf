"""Hands that assess somebody: through the questions, the exercises, to the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hands import Played, on, time_between_touches, touch

from assets.assessment import bank
from kiosk.rehearsal import Rehearsal
from screens.assessment.announce import AnnounceScreen
from screens.assessment.next_step import NextStepScreen
from screens.assessment.opening import OpeningScreen
from screens.assessment.question import QuestionScreen, StarterScreen
from screens.assessment.recap import RecapScreen
from screens.assessment.result import ResultScreen

ALONE = "3"
"""The key for "Oui, sans aide"."""


async def shown_a_card(played: Played, day: Rehearsal, number: int = 0) -> None:
    """Somebody shows their card."""
    person = day.people[number]
    played.app._scanner.wipe()  # more than three seconds later the same card is another visit
    played.burst(person.token)
    await played.answered(person.name)


async def opened(played: Played) -> None:
    """Somebody touches "Faire le point"."""
    time_between_touches(played)
    await touch(played, "Faire le point")
    await on(played, OpeningScreen)


async def begun(played: Played) -> None:
    """To the first question that counts."""
    await opened(played)
    await touch(played, "Commencer")
    await on(played, StarterScreen)
    for _ in bank().starters:
        await played.press("1", "enter")
    await on(played, QuestionScreen)


async def answered(played: Played, keys: Sequence[str] | Callable[[str], str]) -> list[str]:
    """Answer questions until they end or the keys do; returns the items that were asked."""
    asked: list[str] = []
    while type(played.app.screen) is QuestionScreen and (callable(keys) or len(asked) < len(keys)):
        item = played.app.screen.asked.id
        asked.append(item)
        await played.press(keys(item) if callable(keys) else keys[len(asked) - 1], "enter")
        await played.rest()
    return asked


async def recapped(played: Played, key: str = ALONE) -> list[str]:
    """All questions with one answer, to the recapitulation."""
    await begun(played)
    asked = await answered(played, lambda _: key)
    await on(played, RecapScreen)
    return asked


async def finished(played: Played, key: str = ALONE) -> list[str]:
    """To the result, past the exercises."""
    asked = await recapped(played, key)
    time_between_touches(played)
    await touch(played, "Continuer")
    await on(played, AnnounceScreen)
    await touch(played, "Passer")
    await on(played, ResultScreen)
    return asked


async def went_on(played: Played) -> None:
    """From the result to what comes next."""
    time_between_touches(played)
    await touch(played, "Voir la suite")
    await on(played, NextStepScreen)
