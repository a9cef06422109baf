"""The person before is never seen: after each wipe a marked name is on no line and nowhere in memory.

Whatever screen it stood on, and however the screen was left. What the terminal and the files keep is
looked at in ``tests/terminal/test_traces.py``.
"""

from __future__ import annotations

import gc
import os

import pytest
from hands import signed_in, until
from memory import Memory
from routes import BINTA, give, press
from stands import (
    MARKED,
    NEXT,
    STANDS,
    TO_FIND,
    WELCOME,
    WIPES,
    Stand,
    drawn,
    escaped,
    finished,
    idle,
    idle_letters,
    next_card,
    reach,
)

from screens.choices import HelpScreen, NamesScreen

EVERY_WIPE = os.environ.get("KIOSK_WIPES") == "all"
"""Each wipe from each screen takes minutes; else two of them from each, in turn."""


def turns() -> list[object]:
    """Each stand with its wipes."""
    taken = []
    for number, stand in enumerate(STANDS):
        two = (WIPES[number % len(WIPES)], WIPES[(number + 3) % len(WIPES)])
        wipes = WIPES if EVERY_WIPE else two
        taken.append(pytest.param(stand, wipes, id=f"{stand.name}-{'-'.join(w.__name__ for w in wipes)}"))
    return taken


@pytest.mark.parametrize(("stand", "wipes"), turns())
async def test_nothing_of_a_person_is_left(play, day, stand, wipes):
    """P-03, P-05: "Terminé", Escape, time, a card, a code, a letter, a language, a failure."""
    who = day.people[stand.who]
    marks = [*stand.marks, who.token, who.code, "   ".join(who.code[:5])]
    if MARKED in marks:
        marks += drawn(MARKED)
    async with play(failing=True) as played:
        await played.asked(
            f"update participant set first_name = '{MARKED}' where reference = 'DEMO-{stand.who:02d}'"
        )
        for statement in stand.before:
            await played.asked(statement)
        memory, told = Memory(*marks), []
        for number, wipe in enumerate(wipes):
            await played.asked("delete from attendance_event")  # nobody has come yet
            await played.asked("delete from unfinished")
            await played.asked("delete from booking where status = 'waiting'")
            await reach(played, day, stand)
            assert number or memory.holds(), "the search finds nothing"
            await wipe(played, day)
            # Whatever was asked for has been answered, and the writer has let go of it.
            await played.asked("select 1")
            await played.rest()
            seen = [mark for mark in marks if mark in played.text]
            told += [f"{wipe.__name__}: {what}" for what in (*seen, *memory.kept())]
            await escaped(played, day)
            played.app._scanner.wipe()
        assert told == []


@pytest.mark.parametrize("wipe", [finished, escaped, idle, next_card], ids=lambda wipe: wipe.__name__)
async def test_nothing_of_the_list_of_the_team_is_left(play, day, wipe):
    """Behind the PIN stand whole names, and the digits of the PIN went through the pad."""
    async with play() as played:
        await played.asked(f"update participant set first_name = '{MARKED}' where reference = 'DEMO-00'")
        memory = Memory(MARKED, day.pin, "Ouédraogo")
        await reach(played, day, Stand("help", (WELCOME, press("Aide", HelpScreen))))
        await finished(played, day)
        await signed_in(played, day)
        await played.shows(MARKED)
        assert memory.holds(), "the search finds nothing"
        await wipe(played, day)
        await played.asked("select 1")
        await played.rest()
        assert MARKED not in played.text
        assert memory.kept() == []


async def test_nothing_waits_for_the_next_job_to_go(play, day):
    """The thread that writes may have nothing to do for a minute; what was done last is not kept there."""
    token = day.people[BINTA].token
    async with play() as played:
        memory = Memory("Binta", token, *drawn("Binta"))
        played.burst(token)
        await played.answered("Bonjour Binta O.")
        assert memory.holds(), "the search finds nothing"
        await finished(played, day)
        await played.home()
        await played.rest()
        assert memory.kept() == []


@pytest.mark.parametrize("wipe", [idle_letters, next_card], ids=["idle", "card"])
async def test_the_languages_come_back_when_a_begun_code_goes(play, day, wipe):
    """Letters of a code stand in their place; whoever comes next needs them."""
    async with play(size=(56, 16)) as played:
        await played.press("b", "c")
        await until(lambda: "Nederlands" not in played.text)
        await wipe(played, day)
        await escaped(played, day)
        await played.home()
        await played.shows("Nederlands")


async def test_nothing_of_a_typed_code_waits_in_the_scanner(play, day):
    """Its keys are looked at once more for a card that was cut; the next person's must not meet them."""
    code = day.people[BINTA].code
    async with play() as played:
        await played.press(*code)
        await played.answered("Bonjour Binta O.")
        played.burst(day.people[NEXT].token)
        await played.answered(day.people[NEXT].name)
        held = [*played.app._scanner._recent, *played.app._scanner._held]
        assert held == []
        await played.press(*code)
        await played.answered("Bonjour Binta O.")
        await finished(played, day)
        await played.home()
        assert [*played.app._scanner._recent] == []


async def test_screens_that_have_gone_do_not_wait_for_the_collector(play, day):
    """Python would come to them when so and so many others have been: an hour later, on a quiet day."""
    async with play() as played:
        memory = Memory("Marie-Laure", "Mehdi")
        gc.disable()
        try:
            await reach(played, day, Stand("names", (*TO_FIND, give("M", NamesScreen))))
            assert memory.holds(), "the search finds nothing"
            await idle(played, day)
            await until(lambda: not memory.holds(), "screens that have gone are still in memory")
        finally:
            gc.enable()
