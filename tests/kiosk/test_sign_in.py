"""The sign-in ends by itself: after three minutes without a touch, and at each return to the public side."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from threading import Event
from typing import ClassVar

import pytest
from hands import Played, on, signed_in, to_pad, touch, until
from memory import Memory
from stands import MARKED

from kiosk.rehearsal import FIRST, SECOND
from models import pins
from models.requests import At, Request
from models.rights import Action
from screens.messages import BackWanted, Finished, PinGiven
from screens.pin import PinScreen
from screens.staff.equipment import EquipmentScreen
from screens.staff.messages import StaffAsks, StaffOpens
from screens.staff.period import PeriodScreen
from screens.staff.roster import RosterScreen
from screens.still_there import StillThereScreen
from screens.who import WhoScreen

IDLE = 180
"""Seconds without a touch after which nobody is signed in any more (P-18)."""


@dataclass(frozen=True, slots=True)
class Look(Request[str]):
    """What the tests ask for: who is it?"""

    action: ClassVar[Action] = Action.CLOSE_KIOSK
    writes: ClassVar[bool] = False

    def do(self, at: At) -> str:
        return at.colleague.name


def is_over(played: Played) -> bool:
    """Nobody is signed in, nothing can be asked for, and no screen of the team is left."""
    app = played.app
    staying = [screen for screen in app.screen_stack if isinstance(screen, RosterScreen)]
    return not app._staff_id and app.staff_does(Look()) is None and not staying


async def asks(played: Played) -> str:
    """Who a request is done for."""
    (seen,) = await asyncio.wrap_future(played.app.staff_does(Look()))
    return seen


@pytest.mark.parametrize("who", [FIRST, SECOND])
async def test_what_is_asked_for_is_asked_by_whoever_has_signed_in(play, day, who):
    async with play() as played:
        await signed_in(played, day, who)
        assert await asks(played) == who


async def test_after_three_minutes_without_a_touch_nobody_is_signed_in(play, day):
    """P-18, A-19: 160 seconds, a question for twenty, and no more."""
    async with play() as played:
        await signed_in(played, day)
        roster = played.app.screen
        assert roster.stays + StillThereScreen.stays == IDLE
        played.time_passes(roster.stays + 1)
        await on(played, StillThereScreen)
        assert FIRST not in played.text
        played.time_passes(StillThereScreen.stays + 1)
        await played.home()
        assert is_over(played)


async def test_a_touch_on_the_question_keeps_the_sign_in(play, day):
    """A-19: and the three minutes begin anew."""
    async with play() as played:
        await signed_in(played, day)
        played.time_passes(161)
        await on(played, StillThereScreen)
        await touch(played, "J'ai besoin de temps")
        await on(played, RosterScreen)
        assert await asks(played) == FIRST
        played.time_passes(150)
        await played.rest()
        assert isinstance(played.app.screen, RosterScreen)


async def test_every_touch_begins_the_three_minutes_anew(play, day):
    async with play() as played:
        await signed_in(played, day)
        for _ in range(3):
            played.time_passes(150)
            await played.press("tab")
        assert isinstance(played.app.screen, RosterScreen)
        assert not is_over(played)


@pytest.mark.parametrize("way", [Finished, BackWanted, None], ids=["done", "back", "escape"])
async def test_the_sign_in_ends_with_the_way_home(play, day, way):
    """P-18: at each return to the public side, whatever key leads there."""
    async with play() as played:
        await signed_in(played, day)
        if way:
            played.app.screen.post_message(way())
        else:
            await played.press("escape")
        await played.home()
        assert is_over(played)


async def test_a_card_ends_the_sign_in_and_is_answered(play, day):
    """P-18: whoever holds a card stands before the screen, and nothing of the team's is left there."""
    async with play() as played:
        await signed_in(played, day)
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        assert is_over(played)
        assert await played.arrived() == ["Binta"]


async def test_a_failure_ends_the_sign_in(play, day):
    """The screens are made anew, and they are the public's."""

    def fails() -> None:
        raise ZeroDivisionError

    async with play(failing=True) as played:
        await signed_in(played, day)
        reception = played.app.reception
        played.app.call_later(fails)
        await until(lambda: played.app.reception is not reception)
        await played.home()
        assert is_over(played)


async def test_the_next_one_has_to_sign_in_anew(play, day):
    async with play() as played:
        await signed_in(played, day)
        await played.press("escape")
        await signed_in(played, day, SECOND)
        assert await asks(played) == SECOND


async def test_what_comes_too_late_finds_nobody_signed_in(play, day):
    """A message of a screen that has gone neither asks nor opens anything."""
    async with play() as played:
        await signed_in(played, day)
        roster = played.app.screen
        await played.press("escape")
        await played.home()
        played.app.post_message(StaffOpens(RosterScreen(played.app.staff_frame, FIRST)))
        played.app.post_message(StaffAsks(roster, Look()))
        await played.rest()
        await played.home()
        assert is_over(played)


async def test_an_account_that_is_closed_while_somebody_is_signed_in_may_nothing_more(play, day):
    """P-19: the right is looked at with each request."""
    refused = []
    async with play() as played:
        await signed_in(played, day, SECOND)
        roster = played.app.screen
        roster.refused = refused.append
        await played.asked(f"update staff_member set closed_at = '2022-11-03' where name = '{SECOND}'")
        roster.ask(Look())
        # The roster itself, which looks for news, may be refused before.
        await until(lambda: Look() in refused, "it is still done")


@pytest.mark.parametrize("pad", [False, True])
async def test_the_way_to_the_sign_in_is_forgotten_after_a_minute(play, day, pad):
    """Names and a half-typed PIN stay on no screen: a minute without a touch leads home."""
    async with play() as played:
        if pad:
            await to_pad(played)
            await played.press("1", "2")
        else:
            await touch(played, "Équipe")
        await on(played, PinScreen if pad else WhoScreen)
        played.time_passes(61)
        await played.home()
        assert is_over(played)


async def test_a_card_while_a_pin_is_being_compared_opens_nothing_afterwards(play, day, monkeypatch):
    """The answer comes to a pad that has gone."""
    held = []
    async with play() as played:
        await to_pad(played)
        monkeypatch.setattr(pins, "is_pin", lambda kept, pin: held.append(pin) or waited(held))
        await played.press(*day.pin, "enter")
        await until(lambda: held)
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        held.append("go on")
        await until(lambda: len(held) == 3)
        await played.asked("select 1")
        await played.rest()
        assert is_over(played)
        await played.answered("Bonjour Binta O.")


def waited(held: list[str]) -> bool:
    """Compare for as long as the test wants, in the thread of the comparison; the PIN is right."""
    while len(held) < 2:
        Event().wait(0.005)
    held.append("compared")
    return True


@pytest.mark.parametrize(("role", "screen"), [("coordinator", PeriodScreen), ("technician", EquipmentScreen)])
@pytest.mark.parametrize("way", ["escape", "idle", "card"])
async def test_nothing_of_the_sign_in_is_left_in_memory(play, day, way, role, screen):
    """P-03, P-32: neither who it was nor the digits, on no screen and nowhere else.

    With those whose screens show nobody.
    """
    async with play() as played:
        await played.asked(f"update staff_member set role = '{role}' where name = '{SECOND}'")
        await played.asked(f"update staff_member set name = '{MARKED}' where name = '{SECOND}'")
        memory = Memory(MARKED, day.pins[SECOND])
        await to_pad(played, MARKED)
        await played.press(*day.pins[SECOND][:5])
        assert memory.holds(), "the search finds nothing"
        await played.press(day.pins[SECOND][5], "enter")
        await on(played, screen)
        if way == "escape":
            await played.press("escape")
        elif way == "idle":
            while not is_over(played):
                played.time_passes(61)
                await played.rest()
        else:
            played.burst(day.people[0].token)
            await played.answered("Bonjour Binta O.")
        await until(lambda: is_over(played))
        await played.asked("select 1")
        # The other thread too has let go of what it did last.
        await asyncio.wrap_future(played.app.database.read(lambda _: None))
        await played.rest()
        assert MARKED not in played.text
        assert memory.kept() == []


async def test_a_countdown_that_was_left_keeps_no_name(play, day, monkeypatch):
    """Its timer goes with the pad."""
    monkeypatch.setattr(pins, "is_pin", lambda kept, pin: False)
    async with play() as played:
        await played.asked(f"update staff_member set name = '{MARKED}' where name = '{SECOND}'")
        memory = Memory(MARKED)
        await to_pad(played, MARKED)
        await five_wrong(played)
        assert memory.holds(), "the search finds nothing"
        await played.shows("Trop d'essais. Attendez")
        await played.press("escape", "escape")
        await played.home()
        await played.asked("select 1")
        await played.rest()
        assert memory.kept() == []


async def five_wrong(played: Played) -> None:
    """Five wrong PINs on the pad that stands there, until it counts down."""
    pad = played.app.screen
    for _ in range(5):
        pad._locked = True
        pad.post_message(PinGiven("0" * 6))
        await until(lambda: not pad._locked or pad._left)
