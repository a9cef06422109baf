"""Every public screen is reached from the welcome, and left again, by keys alone and by touch alone."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from itertools import cycle

import pytest
from hands import Played, spell, tap, time_between_touches, touch, until
from routes import BINTA, ROUTES, Route, Step, asked_of

import screens
from kiosk.paper.qr import token_modules
from kiosk.rehearsal import Rehearsal
from models.words import Answer
from screens.booth.video import VideoScreen
from screens.card import CardScreen
from screens.code_screen import CodeScreen
from screens.first_start import AccountNameScreen, BeginScreen, CornerScreen, PinShownScreen
from screens.leave import LeaveScreen
from screens.public import PublicScreen
from screens.reception import ReceptionScreen
from screens.staff.frame import StaffScreen
from screens.still_there import StillThereScreen
from screens.widgets.key import Key

BEHIND_THE_PIN = {LeaveScreen}
"""The team's own, beside every ``StaffScreen``; nobody of the public reaches them."""

BEFORE_THE_WELCOME = {BeginScreen, CornerScreen, AccountNameScreen, PinShownScreen}
"""The first start's; ``test_first_start`` walks them."""

NEEDS_A_CAMERA = {VideoScreen}
"""``test_booth_filmed`` walks there, with ffmpeg's test picture."""

WITHOUT_HELP = {CardScreen}
"""The rehearsal's own: it has no foot."""

ANY_KEY = {StillThereScreen, CardScreen}
"""Screens on which any key is the answer: none moves the focus."""


def public_screens() -> set[type[PublicScreen]]:
    """Every screen class that nothing is derived from and that is not behind the PIN."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        import_module(module.name)
    found, waiting = set(), [PublicScreen]
    while waiting:
        if (kind := waiting.pop()) is StaffScreen:
            continue
        below = kind.__subclasses__()
        waiting += below
        public = [one for one in below if not one.__module__.startswith("screens.staff.")]
        if not public and re.match(r"screens\.(?!staff\.)", kind.__module__):
            found.add(kind)
    return found


def test_every_screen_and_every_answer_has_a_route():
    """A new screen without a way to it, or an answer that nobody has seen, is told here."""
    reached = {step.lands for route in ROUTES for step in route.steps} | {ReceptionScreen}
    assert public_screens() - BEHIND_THE_PIN - BEFORE_THE_WELCOME - NEEDS_A_CAMERA == reached
    assert {step.answer for route in ROUTES for step in route.steps} - {None} == set(Answer)


class Fingers:
    """Touch alone: no key of a keyboard is pressed."""

    def __init__(self, played: Played) -> None:
        self.played = played

    async def press(self, label: str) -> None:
        await touch(self.played, label)

    async def spell(self, letters: str) -> None:
        await spell(self.played, letters)

    async def look(self) -> None:
        """Touch nothing."""

    async def back(self) -> None:
        width, height = self.played.app.size
        # Where there is no foot, any touch closes the screen.
        footless = isinstance(self.played.app.screen, CardScreen)
        await tap(
            self.played, *((width / 2, height / 2) if footless else way_back(self.played).region.center)
        )


class Keyboarder:
    """Keys alone: Tab or the arrows to a key, Enter on it, letters as they are."""

    def __init__(self, played: Played) -> None:
        self.played = played
        self.onwards = cycle(("tab", "right", "down"))
        self.backwards = cycle(("shift+tab", "left", "up"))

    async def press(self, label: str) -> None:
        screen = self.played.app.screen

        def stops() -> list[Key]:
            return [key for key in screen.focus_chain if says(key, label)]

        await until(stops, f"no key says {label!r}")
        await self._go_to(stops()[0])
        await self.played.press("enter")

    async def spell(self, letters: str) -> None:
        await self.played.press(*letters)

    async def look(self) -> None:
        """Tab leads to every key that can be seen, and round again."""
        played = self.played
        screen, wanted = played.app.screen, visible(played)
        if type(screen) in ANY_KEY:
            return
        seen = []
        for _ in range(len(wanted) + 1):
            await self._move("tab")
            seen.append(screen.focused)
        assert set(seen) == set(wanted), f"Tab does not lead to every key of {type(screen).__name__}"
        assert seen[-1] is seen[0], "Tab does not come round"

    async def back(self) -> None:
        if type(self.played.app.screen) in ANY_KEY:
            await self.played.press("space")
        else:
            await self._go_to(way_back(self.played))
            await self.played.press("enter")

    async def _go_to(self, key: Key) -> None:
        screen = self.played.app.screen
        chain = screen.focus_chain
        turn = self.onwards if chain.index(key) <= len(chain) // 2 else self.backwards
        for _ in range(len(chain) + 1):
            if screen.focused is key:
                return
            await self._move(next(turn))
        raise AssertionError(f"no key leads to {key.label!r}")

    async def _move(self, key: str) -> None:
        """One key of movement, and the focus is elsewhere: none traps it."""
        screen = self.played.app.screen
        before = screen.focused
        await self.played.press(key)
        # The key bubbles up from the focused one to the screen, pump by pump.
        await until(lambda: screen.focused is not before, f"{key} does not move the focus")


class Escaper(Keyboarder):
    """The same, and Escape to go back."""

    async def look(self) -> None:
        """The other keyboarder has looked."""

    async def back(self) -> None:
        await self.played.press("escape")


def says(key: Key, label: str) -> bool:
    return bool(key.region.area) and key.label.replace("\n", " ").startswith(label)


def visible(played: Played) -> list[Key]:
    return [key for key in played.app.screen.query(Key) if key.region.area]


def way_back(played: Played) -> Key:
    """The key that is lowest and furthest to the right; beside a code there is only one column of keys."""
    if isinstance(played.app.screen, CodeScreen):
        return next(key for key in visible(played) if key.id == "back")
    return max(visible(played), key=lambda key: (key.region.bottom, key.region.right))


def leads_back(played: Played) -> bool:
    """Whether the key at the right of the foot says so, in the language of the screen."""
    app = played.app
    word = "Retour" if app.screen is not app.reception else "Terminé" if app.reception.answering else "Équipe"
    # "Équipe · 2" says how many wait for the team.
    label = way_back(played).label.partition(" · ")[0] if visible(played) else ""
    return label == app.screen.translate(word)


def foot_is_right(played: Played) -> None:
    """Help is bottom left and the way back bottom right, at the same place on every screen."""
    if type(played.app.screen) in WITHOUT_HELP:
        return
    width, height = played.app.size
    (help_key,) = (key for key in visible(played) if key.id == "help")
    name = type(played.app.screen).__name__
    assert help_key.label == played.app.screen.translate("Aide")
    assert (help_key.region.x, help_key.region.bottom) == (1, height), name
    back = way_back(played)
    if isinstance(played.app.screen, CodeScreen) and width < 100:
        return  # the code takes the whole height
    assert (back.region.right, back.region.bottom) == (width - 1, height), name
    assert leads_back(played), name


def at_welcome(played: Played) -> bool:
    return played.app.screen is played.app.reception and not played.app.reception.answering


def place(played: Played) -> tuple[object, ...]:
    """What stands there: of a screen that asks one thing after the other, also which."""
    screen = played.app.screen
    shown = getattr(screen, "asked", None), getattr(screen, "_page", None)
    return (*played.app.screen_stack, played.app.reception.answering, *shown)


async def landed(played: Played, step: Step, answers: list[Answer]) -> None:
    """The screen of a step stands there, with its answer and its keys."""
    app = played.app
    await until(lambda: isinstance(app.screen, step.lands), f"not on {step.lands.__name__}\n{played.text}")
    await played.rest()
    if step.key and step.lands is ReceptionScreen and step.answer is None:
        await played.home()
    if step.answer is not None:
        await until(lambda: answers, f"no answer came\n{played.text}")
        assert answers == [step.answer], played.text
        answers.clear()
    if type(app.screen) not in WITHOUT_HELP:
        await until(lambda: leads_back(played), f"nothing leads back\n{played.text}")
    foot_is_right(played)


async def walk(played: Played, day: Rehearsal, route: Route, hand: Fingers) -> None:
    """There, step by step, and back, screen by screen."""
    for statement in route.before:
        await played.asked(statement)
    answers = asked_of(played)
    looked: set[type] = set()
    for step in (Step(ReceptionScreen), *route.steps):
        time_between_touches(played)
        if step.key:
            await hand.press(step.key)
        elif step.letters:
            await hand.spell(step.letters if isinstance(step.letters, str) else step.letters(day))
        elif step.card is not None:
            played.burst(day.people[step.card].token)
        elif step.waits:
            played.time_passes(step.waits)
        await landed(played, step, answers)
        if step.lands not in looked:
            looked.add(step.lands)
            await hand.look()
    for _ in range(40):
        if at_welcome(played):
            break
        before = place(played)
        time_between_touches(played)
        await hand.back()
        await until(lambda before=before: place(played) != before, f"no way back\n{played.text}")
        await landed(played, Step(type(played.app.screen)), answers)
    await played.home()
    await played.shows("Montrez votre carte.")


HANDS = {"touch": Fingers, "keys": Keyboarder, "escape": Escaper}

WALKS = [(route, how, (56, 16)) for route in ROUTES for how in HANDS]
WALKS += [(route, "touch", (132, 43)) for route in ROUTES[::3]]


@pytest.mark.parametrize(
    ("route", "how", "size"),
    [pytest.param(*walk, id=f"{walk[0].name}-{walk[1]}-{walk[2][0]}") for walk in WALKS],
)
async def test_a_route_and_back(play, day, route, how, size):
    """A-22: nothing needs the other hand; A-35: help stands at its place all the way."""
    sample = token_modules(day.people[BINTA].token)
    async with play(size=size, sample_card=lambda: sample) as played:
        await walk(played, day, route, HANDS[how](played))
