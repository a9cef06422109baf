"""The PIN: the only way out of the kiosk."""

from __future__ import annotations

import json

import pytest
from hands import TO_LAST, until

from assets.facts import read_asset
from kiosk.full_screen import LEFT
from models import pins
from screens.leave import LeaveScreen
from screens.pin import PinScreen
from screens.staff.roster import RosterScreen
from screens.widgets.key import Key

AZERTY = dict(zip("1234567890", "&é\"'(§è!çà", strict=True))


def labels(played) -> list[str]:
    return [key.label for key in played.app.screen.query(Key)]


async def open_pad(played) -> PinScreen:
    await played.press(*TO_LAST, "enter")
    await until(lambda: isinstance(played.app.screen, PinScreen))
    await played.rest()
    return played.app.screen


async def enter(played, digits: str) -> None:
    """Type digits in one go: too short for a scan, so they are a hand's."""
    pad = played.app.screen
    await until(lambda: not pad._locked)
    played.burst(digits, end="")
    await played.rest()
    await until(lambda: len(pad._pin) == len(digits), pad._pin)
    await played.press("enter")


async def test_the_right_pin_leads_out(play, day):
    """P-14: PIN, then one question, then the kiosk closes; digits are never on the screen (A-29)."""
    async with play() as played:
        await open_pad(played)
        await enter(played, day.pin)
        await until(lambda: isinstance(played.app.screen, RosterScreen))
        assert day.pin not in played.text
        await played.shows("Rien à régler.")
        await played.press("tab", "enter")
        await until(lambda: isinstance(played.app.screen, LeaveScreen))
        await played.press("tab", "tab", "enter")
        await until(lambda: played.app.return_value is not None)
        assert played.app.return_value == LEFT


async def test_the_pin_may_be_typed_on_an_azerty_keyboard(play, day):
    """The digit row without Shift."""
    async with play() as played:
        await open_pad(played)
        pad = played.app.screen
        played.burst("".join(AZERTY[digit] for digit in day.pin), end="")
        await until(lambda: pad._pin == day.pin, pad._pin)
        await played.press("enter")
        await until(lambda: isinstance(played.app.screen, RosterScreen))


async def test_five_wrong_pins_start_a_delay(play, day, monkeypatch):
    """P-17: the sixth is not even compared, right or wrong; the delay is said in seconds."""
    compared = []
    monkeypatch.setattr(pins, "matching", lambda known, pin: compared.append(pin))
    async with play() as played:
        pad = await open_pad(played)
        for number in range(5):
            await enter(played, "000000")
            await until(lambda wanted=number + 1: len(compared) == wanted)
            await until(lambda: not pad._locked)
        await played.shows("Trop d'essais. Attendez 60 secondes.")
        await enter(played, day.pin)
        await until(lambda: not pad._locked)
        await played.rest()
        assert played.app.screen is pad
        assert compared == ["000000"] * 5
        assert "Trop d'essais." in played.text


async def test_a_wrong_pin_is_said_and_may_be_tried_again(play, day):
    """P-24: the failed try is in the log, the PIN is not."""
    async with play() as played:
        await open_pad(played)
        await enter(played, "000000")
        await played.shows("Essayez encore.")
        await enter(played, day.pin)
        await until(lambda: isinstance(played.app.screen, RosterScreen))
        bodies = [body for (body,) in await played.asked("select body from change where kind = 'pin.tried'")]
        assert [json.loads(body)["right"] for body in bodies] == [False, True]
        assert not any("000000" in body or day.pin in body for body in bodies)


async def test_a_database_that_fails_does_not_lock_the_pad(play, day, monkeypatch):
    """A full disk must not shut the technician out."""

    def broken(*_):
        raise OSError("full")

    async with play() as played:
        pad = await open_pad(played)
        monkeypatch.setattr(pins, "delayed_until", broken)
        await enter(played, day.pin)
        await until(lambda: not pad._locked)
        monkeypatch.undo()
        await enter(played, day.pin)
        await until(lambda: isinstance(played.app.screen, RosterScreen))


@pytest.mark.parametrize("typed", ["12345", ""])
async def test_enter_held_down_presses_once(play, typed):
    """A-24, A-25: a key that stays down opens the pad once, and on the pad it tries nothing."""
    async with play() as played:
        await played.press(*TO_LAST)
        await played.press(*["enter"] * 30)
        await until(lambda: isinstance(played.app.screen, PinScreen))
        pad = played.app.screen
        played.burst(typed, end="")
        await played.rest()
        await played.press(*["enter"] * 30)
        assert played.app.screen is pad
        assert not pad._locked
        assert sum(isinstance(screen, PinScreen) for screen in played.app.screen_stack) == 1


async def test_every_key_of_the_pad_is_reached_by_keys(play):
    """A-22: Tab goes through all of them and round again; arrows do too; Esc leaves."""
    async with play() as played:
        await open_pad(played)
        reached = []
        for _ in labels(played):
            await played.press("tab")
            reached.append(played.app.focused.label)
        assert sorted(reached) == sorted(labels(played)), reached
        await played.press("right")
        assert played.app.focused.label == reached[0]
        await played.press("left")
        assert played.app.focused.label == reached[-1]
        await played.press("escape")
        await played.home()


@pytest.mark.parametrize("theme", json.loads(read_asset("themes.json")))
async def test_each_theme_brings_all_its_colours(play, theme):
    """A-08: every colour that the styles name is the theme's own."""
    roles = json.loads(read_asset("themes.json"))
    async with play(theme=theme) as played:
        for role, colour in roles[theme].items():
            if role != "dark":
                assert played.app.theme_variables[role].upper() == colour.upper(), role
        assert roles[theme].keys() == roles["jour"].keys()
