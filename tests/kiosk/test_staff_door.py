"""Who, then the PIN: the only way to the team's side, and out of the kiosk."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import argon2
import pytest
from hands import AT, TO_LAST, on, to_pad, touch, until

from assets.facts import read_asset
from kiosk.clock import Clock
from kiosk.full_screen import LEFT
from kiosk.rehearsal import FIRST, SECOND
from kiosk.staff_door import try_pin
from models import pins
from models.words import SYSTEM
from screens.leave import LeaveScreen
from screens.pin import PinScreen
from screens.staff.period import PeriodScreen
from screens.staff.roster import RosterScreen
from screens.who import WhoScreen
from screens.widgets.key import Key

AZERTY = dict(zip("1234567890", "&é\"'(§è!çà", strict=True))


def labels(played) -> list[str]:
    return [key.label for key in played.app.screen.query(Key)]


async def open_pad(played, who: str = FIRST) -> PinScreen:
    """By keys alone: "Équipe", then a name."""
    await played.press(*TO_LAST, "enter")
    await until(lambda: isinstance(played.app.screen, WhoScreen))
    await played.rest()
    await played.press("tab")
    while played.app.focused.label != who:
        await played.press("tab")
    await played.press("enter")
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


async def signed_in_as(played, name: str) -> None:
    """On the roster, which says who is signed in."""
    await until(lambda: isinstance(played.app.screen, RosterScreen))
    await played.shows(name)


async def locked(played, pin: str = "000000", times: int = 5) -> None:
    """Five wrong PINs, and the pad takes no more."""
    for _ in range(times):
        await enter(played, pin)
        await until(lambda: "Essayez encore." in played.text or "Trop d'essais." in played.text)
    await played.shows("Trop d'essais. Attendez 60 secondes.")


@pytest.fixture
def verified(monkeypatch) -> list[str]:
    """What Argon2 is really asked to compare: the hashes, in order. Only those of the day are right."""
    seen: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counted(self, kept: str, pin: str) -> bool:
        seen.append(kept)
        if pin == "000000":  # as wrong as any, and quicker
            raise argon2.exceptions.VerifyMismatchError
        return verify(self, kept, pin)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    return seen


@pytest.mark.parametrize("who", [FIRST, SECOND])
async def test_the_right_pin_opens_the_side_of_its_account(play, day, who):
    """P-14: a name, a PIN; digits are never on the screen (A-29)."""
    async with play() as played:
        await open_pad(played, who)
        await played.shows(f"Votre code, {who}")
        await enter(played, day.pins[who])
        await signed_in_as(played, who)
        assert day.pins[who] not in played.text


async def test_a_pin_opens_no_other_account(play, day):
    """Whoever knows a PIN must also know whose it is."""
    async with play() as played:
        await open_pad(played, SECOND)
        await enter(played, day.pins[FIRST])
        await played.shows("Ce code n'est pas le bon. Essayez encore.")


async def test_where_there_is_one_account_nobody_is_asked_who_they_are(play, day):
    async with play() as played:
        await played.asked(f"update staff_member set closed_at = '2022-11-01' where name = '{SECOND}'")
        await played.press(*TO_LAST, "enter")
        await until(lambda: isinstance(played.app.screen, PinScreen))
        await enter(played, day.pin)
        await signed_in_as(played, FIRST)


async def test_where_there_is_no_account_that_is_said(play):
    async with play() as played:
        await played.asked("update staff_member set closed_at = '2022-11-01'")
        await played.press(*TO_LAST, "enter")
        await played.shows("Aucun compte n'est ouvert. Appelez le service technique.")


async def test_back_leads_from_the_pad_to_the_names_and_from_there_home(play):
    """A-24: whoever touched the wrong name is one touch away from the right one."""
    async with play() as played:
        await open_pad(played, SECOND)
        await played.press("escape")
        await until(lambda: isinstance(played.app.screen, WhoScreen))
        await played.press("escape")
        await played.home()


async def test_two_names_at_once_open_one_pad(play):
    """The first counts: behind it stands no second pad that somebody would meet later."""
    async with play() as played:
        await touch(played, "Équipe")
        await on(played, WhoScreen)
        who = played.app.screen
        for key in who.query("Grid Key").results(Key):
            key.post_message(Key.Pressed(key))
        await on(played, PinScreen)
        assert sum(isinstance(screen, PinScreen) for screen in played.app.screen_stack) == 1
        await played.shows(f"Votre code, {SECOND}")


async def test_more_than_six_people_are_on_several_pages(play):
    async with play() as played:
        for number in range(7):
            await played.asked(
                "insert into staff_member (id, name, role, pin)"
                f" values ('x{number}', 'Zoé {number}', 'facilitator', 'x')"
            )
        await touch(played, "Équipe")
        await on(played, WhoScreen)
        assert sum(key.visible for key in played.app.screen.query("Grid Key")) == 6
        assert "Zoé 6" not in played.text
        await touch(played, "Suite")
        await played.shows("Zoé 6")
        assert FIRST not in played.text
        await touch(played, "Zoé 6")
        await played.shows("Votre code, Zoé 6")


async def test_the_pin_may_be_typed_on_an_azerty_keyboard(play, day):
    """The digit row without Shift."""
    async with play() as played:
        await open_pad(played)
        pad = played.app.screen
        played.burst("".join(AZERTY[digit] for digit in day.pin), end="")
        await until(lambda: pad._pin == day.pin, pad._pin)
        await played.press("enter")
        await signed_in_as(played, FIRST)


async def test_the_sixth_try_within_the_delay_is_refused_without_being_compared(play, day, verified):
    """P-17: right or wrong, on the screen, at the door, and after a power cycle."""
    async with play() as played:
        pad = await open_pad(played)
        await locked(played)
        assert len(verified) == 5
        played.burst(day.pin, end="")
        await played.press("enter")
        assert (pad._pin, played.app.screen) == ("", pad), "the pad takes no digit"
        desk, now = played.app._desk, AT + timedelta(seconds=30)
        answer = await try_pin(played.app.database, desk, pad.staff_id, day.pin, now)
        assert (answer.staff_id, answer.until) == (None, await delayed(played, pad.staff_id))
    async with play() as played:
        pad = await open_pad(played)
        await until(lambda: pad._locked)
        await played.shows("Trop d'essais. Attendez")
        assert len(verified) == 5
        await played.press("escape", "escape")
        await to_pad(played, SECOND)
        await enter(played, day.pins[SECOND])
        await signed_in_as(played, SECOND)
        assert len(verified) == 6


async def delayed(played, staff_id: str):
    """Until when the database says that no PIN of an account is tried."""
    app = played.app
    rule = (pins.delayed_until, app._desk.kiosk_id, staff_id, app._desk.policy, app.clock.now())
    return await asyncio.wrap_future(app.database.write(*rule))


async def test_the_delay_is_counted_down_and_then_the_pad_is_usable_again(play, day, verified):
    """P-17: whoever waits sees how long; and after it the right PIN opens."""
    async with play() as played:
        pad = await open_pad(played)
        await locked(played)
        pad._counting.pause()  # the seconds are this test's
        for left in range(59, 0, -1):
            pad._count()
            assert f"Attendez {left} seconde" in str(pad._said.content)
        assert pad._locked
        pad._count()
        assert not pad._locked
        await played.shows("Vous pouvez essayer à nouveau.")
        played.app.clock = Clock(AT + timedelta(minutes=2))
        await enter(played, day.pin)
        await signed_in_as(played, FIRST)


async def test_whoever_waits_for_a_short_delay_is_not_sent_home_before_its_end(play, verified):
    async with play() as played:
        pad = await open_pad(played)
        assert pad.stays == 60
        await locked(played)
        assert 60 < pad.stays <= 90
        pad.wait(3600)
        assert pad.stays <= 150, "for an hour nobody's name stays on the screen"


async def test_a_wrong_pin_is_said_and_may_be_tried_again(play, day):
    """P-24: the failed try is in the log with its account, the PIN is not."""
    async with play() as played:
        pad = await open_pad(played)
        staff_id = pad.staff_id
        await enter(played, "000000")
        await played.shows("Essayez encore.")
        await enter(played, day.pin)
        await signed_in_as(played, FIRST)
        rows = await played.asked("select actor, body from change where kind = 'pin.tried' order by n")
        bodies = [json.loads(body) for _, body in rows]
        assert [(body["right"], body["staff"]) for body in bodies] == [(False, staff_id), (True, staff_id)]
        assert [actor for actor, _ in rows] == [SYSTEM, staff_id]
        assert not any("000000" in body or day.pin in body for _, body in rows)


@pytest.mark.parametrize("gone", ["closed_at = '2022-11-01'", "pin = 'no hash'", "pin = ''"])
async def test_an_account_that_opens_nothing_any_more_is_refused_with_as_much_work(play, day, verified, gone):
    """P-16: the time does not tell that it was closed a moment ago, nor that its hash is broken."""
    async with play() as played:
        await open_pad(played)
        await played.asked(f"update staff_member set {gone} where name = '{FIRST}'")
        await enter(played, day.pin)
        await played.shows("Ce code n'est pas le bon.")
        assert verified[-1] == pins.NOBODYS


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
        await signed_in_as(played, FIRST)


async def test_the_kiosk_is_closed_by_somebody_of_the_team_alone(play, day):
    """P-14: behind the PIN, one question, then the kiosk closes; a coordinator has a key for it."""
    async with play() as played:
        await played.asked(f"update staff_member set role = 'coordinator' where name = '{FIRST}'")
        await open_pad(played)
        await enter(played, day.pin)
        await on(played, PeriodScreen)
        await played.press("f")
        await on(played, LeaveScreen)
        await played.press("tab", "tab", "enter")
        await until(lambda: played.app.return_value is not None)
        assert played.app.return_value == LEFT


@pytest.mark.parametrize("typed", ["12345", ""])
async def test_enter_held_down_presses_once(play, typed):
    """A-24, A-25: a key that stays down opens the pad once, and on the pad it tries nothing."""
    async with play() as played:
        await played.asked(f"update staff_member set closed_at = '2022-11-01' where name = '{SECOND}'")
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
        await played.press("escape", "escape")
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
