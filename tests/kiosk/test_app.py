"""The running app: cards become outcomes, one after the other, and nothing of a person stays behind."""

from __future__ import annotations

import asyncio

import pytest
from hands import TO_LAST, to_pad, until
from textual import events

from assets.languages import LANGUAGES
from kiosk.app import Kiosk
from screens.card import CardScreen
from screens.pin import PinScreen
from screens.still_there import StillThereScreen
from screens.who import WhoScreen
from screens.widgets.code_entry import CodeEntry
from screens.widgets.key import Key


def letters_in_boxes(app: Kiosk) -> str:
    return app.reception.query_one(CodeEntry)._letters


async def test_a_card_shown_before_the_database_is_open_is_kept(play, day):
    """The first touch of the morning is never lost: the code waits in the queue."""

    def not_yet(app: Kiosk) -> None:
        app._open = lambda: None

    async with play(prepared=not_yet) as played:
        played.burst(day.people[0].token)
        await played.rest()
        assert not played.app.reception.answering
        Kiosk._open(played.app)
        await played.answered("Bonjour Binta O.")
        assert await played.arrived() == ["Binta"]


async def test_a_scan_presses_no_focused_key(play, day):
    """P-11: the Enter of a card opens neither the PIN pad nor closes the outcome of the one before."""
    async with play() as played:
        await played.press("tab")
        assert isinstance(played.app.focused, Key)
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await played.press(*TO_LAST)
        assert played.app.focused.id == "done"
        played.burst(day.people[1].token)
        await played.answered("Bonjour Ștefan I.")
        await played.rest()
        assert played.app.screen is played.app.reception


async def test_a_card_closes_the_pin_screen(play, day):
    """Whatever is open, the person with the card comes first; the digits typed so far are gone."""
    async with play() as played:
        await to_pad(played)
        await played.press("1", "2", "3")
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        assert not any(isinstance(screen, PinScreen) for screen in played.app.screen_stack)


async def test_two_hundred_cards_back_to_back_are_stored_in_order(play, invite):
    """Goal 6 of the performance page: no pause, no loss, no other order."""
    names = [f"Nr{number}" for number in range(200)]
    tokens = invite(names)
    async with play() as played:
        for token in tokens:
            played.burst(token)
        await played.answered("Bonjour Nr199 Z.")
        assert await played.arrived() == names


async def test_the_same_card_twice_within_three_seconds_counts_once(play, day):
    """A card that stays under the scanner: one event and one question to the database."""
    async with play() as played:
        played.burst(day.people[0].token)
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await played.rest()
        assert "Votre présence est notée." in played.text
        assert await played.arrived() == ["Binta"]


def keys_on(played) -> int:
    return sum(key.display and key.region.height > 0 for key in played.app.screen.query(Key))


@pytest.mark.parametrize("before", ["nobody", "somebody", "somebody who left"])
async def test_who_has_two_workshops_is_offered_both(play, day, before):
    """A-11: the keys are there for the first person of the day as for those who come after others."""
    kofi = next(person for person in day.people if person.case == "two")
    async with play() as played:
        if before != "nobody":
            played.burst(day.people[0].token)
            await played.answered("Bonjour Binta O.")
        if before == "somebody who left":
            await played.press(*TO_LAST, "enter")
            await played.home()
        played.burst(kofi.token)
        await played.answered("Kofi A.")
        await until(lambda: keys_on(played) == 4, "there are no keys to choose with")
        await played.press("tab", "enter")
        await until(lambda: played.app._asked is None)
        assert await played.arrived() == ["Binta"] * (before != "nobody") + ["Kofi"]


@pytest.mark.parametrize(
    "key", ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+s", "ctrl+d", "ctrl+backslash", "f1", "f12"]
)
async def test_control_keys_do_nothing(play, key):
    """P-14, P-15: no quit, no palette, no screenshot, no selection, wherever one is."""
    assert not Kiosk.ENABLE_COMMAND_PALETTE
    assert not Kiosk.ALLOW_SELECT
    async with play() as played:
        await played.shows("8 h 22")
        before = played.text
        await played.press(key, key)
        assert played.app.is_running
        assert played.text == before
        await played.press(*TO_LAST, "enter")
        await until(lambda: isinstance(played.app.screen, WhoScreen))
        stack = list(played.app.screen_stack)
        await played.press(key, key)
        assert played.app.screen_stack == stack
        assert played.app.focused is None


async def test_a_short_code_is_submitted_at_its_sixth_letter(play, day):
    """A-22, A-23: letters in any case fill the boxes wherever the focus is; no Enter is needed."""
    code = day.people[0].code
    async with play() as played:
        await played.press("tab", *code[:3].lower())
        assert letters_in_boxes(played.app) == code[:3]
        await played.press("backspace", code[2], *code[3:])
        await played.answered("Bonjour Binta O.")
        assert letters_in_boxes(played.app) == ""
        assert await played.arrived() == ["Binta"]


async def test_escape_empties_the_boxes(play):
    """A-22: Esc takes back what was begun; letters that no code has are left alone."""
    async with play() as played:
        await played.press("b", "a", "1", "c")
        assert letters_in_boxes(played.app) == "BC"
        await played.press("escape")
        assert letters_in_boxes(played.app) == ""


@pytest.mark.parametrize("letters", ["b", "bcd"])
async def test_letters_of_somebody_who_went_away_are_wiped(play, letters):
    """P-03, A-20: half a code does not wait for the next person, not even its first letter."""
    async with play() as played:
        await played.press(*letters)
        assert letters_in_boxes(played.app) == letters.upper()
        timer = played.app._idle._timer
        assert timer is not None, "nothing will ever wipe these letters"
        assert timer.when() - asyncio.get_running_loop().time() <= 60
        played.time_passes(61)
        await until(lambda: isinstance(played.app.screen, StillThereScreen))
        played.time_passes(21)
        await until(lambda: letters_in_boxes(played.app) == "")


async def test_letters_are_wiped_when_somebody_shows_a_card(play, day):
    """Two people at once: the card's outcome comes, the other's letters go."""
    async with play() as played:
        await played.press("b", "c", "d")
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        assert letters_in_boxes(played.app) == ""


@pytest.mark.parametrize("hand", ["slow", "quick"])
async def test_the_next_person_may_type_while_an_answer_stands(play, day, hand):
    """From the first letter on: the answer goes, and not one letter with it, however fast they come."""
    code = day.people[1].code
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        if hand == "slow":
            await played.press(code[0])
            assert not played.app.reception.answering
            assert letters_in_boxes(played.app) == code[0]
            await played.press(*code[1:])
        else:
            played.burst(code, end="")
        await played.answered(f"Bonjour {day.people[1].name}")
        assert letters_in_boxes(played.app) == ""
        assert await played.arrived() == ["Binta", day.people[1].name.split()[0]]


async def test_an_outcome_goes_home_after_its_time(play, day):
    """A-21: until "Terminé" or 20 s; a touch in between begins the time anew."""
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        app = played.app
        assert 18 < app._idle._timer.when() - asyncio.get_running_loop().time() <= 20
        played.time_passes(19)
        await played.rest()
        assert app.reception.answering
        await played.press("f12")  # any touch
        played.time_passes(19)
        await played.rest()
        assert app.reception.answering
        played.time_passes(2)
        await played.home()


async def test_finished_goes_home_at_once(play, day):
    """A-22: Tab and Enter on "Terminé"."""
    async with play() as played:
        played.burst(day.people[0].token)
        await played.answered("Bonjour Binta O.")
        await played.press(*TO_LAST, "enter")
        await played.home()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sample_card_closes_with_any_key(play, day, language):
    """The demonstration's card: shown, then gone with one key, in every language."""
    from kiosk.paper.qr import token_modules

    sample = token_modules(day.people[1].token)
    async with play(language=language, sample_card=lambda: sample) as played:
        await played.press(*TO_LAST, *TO_LAST, "enter")
        await until(lambda: isinstance(played.app.screen, CardScreen))
        await played.press("space")
        await played.home()


async def test_a_pasted_card_counts_and_other_text_does_not(play, day):
    """P-11, P-12: a paste never reaches a widget; only a whole code of ours opens anything."""
    async with play() as played:
        rows = await played.asked("select count(*) from change")
        for text in ("x" * 10_000, "85073003328", "bonjour tout le monde, ici", "\x1b[31m", ""):
            played.app.post_message(events.Paste(text))
        await played.rest()
        assert not played.app.reception.answering
        assert await played.asked("select count(*) from change") == rows
        played.app.post_message(events.Paste(f"]Q1{day.people[0].token}\r\n"))
        await played.answered("Bonjour Binta O.")
