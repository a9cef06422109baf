"""Erasing somebody from their page: what goes, why, the PIN, and then nobody knows who it was (P-29)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from hands import AT, Played, on, time_between_touches, touch, until

from models.arrival import arrive
from models.erasing import erase
from models.issuing import participant_id
from models.log import Author
from models.registers import set_fields
from models.words import Way
from screens.staff.choosing import ChoiceScreen
from screens.staff.erasing import EraseScreen
from screens.staff.person import PersonScreen
from screens.staff.sign import SignScreen
from screens.widgets.key import Key

BINTA = participant_id("DEMO-00")


async def at_the_page(played: Played, day, role: str = "staff") -> str:
    """Somebody of this role looks at the file of a person who has come; gives their account."""
    app = played.app
    await played.home()
    ((half_day,),) = await played.asked(f"select half_day_id from booking where participant_id = '{BINTA}'")
    ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
    author = Author(day.desk.kiosk_id, "system", AT - timedelta(days=1))
    for rule, *values in (
        (set_fields, author, "staff_member", sam, {"role": role}),
        (arrive, day.desk, BINTA, Way.CARD, AT),
    ):
        named = {"new": False} if rule is set_fields else {}
        await asyncio.wrap_future(app.database.write(rule, *values, **named))
    app.open_staff_side(sam)
    await until(lambda: len(app.screen_stack) > 2)
    app._open_screen(PersonScreen(app.staff_frame, half_day, BINTA))
    await on(played, PersonScreen)
    await until(lambda: app.screen._page is not None)
    await played.press("f")
    await on(played, ChoiceScreen)
    return sam


async def signs(played: Played, pin: str) -> None:
    pad = played.app.screen
    await until(lambda: not pad._locked)
    played.burst(pin, end="")
    await played.rest()
    await until(lambda: len(pad._pin) == len(pin))
    await played.press("enter")


async def test_somebody_is_erased_with_a_reason_and_the_pin(play, day):
    async with play() as played:
        app = played.app
        sam = await at_the_page(played, day)
        ((name,),) = await played.asked(f"select first_name from participant where id = '{BINTA}'")
        papers = app.database.path.parent / "papers"
        papers.mkdir(exist_ok=True)
        paper = papers / f"attestation-{BINTA[-8:]}-2022-11-03.pdf"
        paper.write_text(name)
        await touch(played, "5  Effacer…")
        await on(played, EraseScreen)
        await played.shows(f"Effacer {name}")
        await played.shows("1 demi-journée")
        time_between_touches(played)
        await touch(played, "Effacer…")
        await on(played, ChoiceScreen)
        await played.press("1")
        await on(played, SignScreen)
        await played.shows("Votre code, puis « Entrer », efface cette personne.")
        await signs(played, day.pin[::-1] if day.pin != day.pin[::-1] else "123456")
        await played.shows("Ce code n'est pas le vôtre. Rien n'est fait.")
        assert await played.asked("select count(*) from erased") == [(0,)]
        await signs(played, day.pin)
        await on(played, EraseScreen)
        await played.shows("C'est effacé.")
        assert name not in played.text
        found = await played.asked("select participant_id, actor, reason from erased")
        assert found == [(BINTA, sam, "asked")]
        await until(lambda: not paper.exists())
        below = app.screen_stack[-3]
        await played.press("escape")
        await until(lambda: app.screen is below)
        assert not isinstance(below, PersonScreen)
        await until(lambda: name not in played.text)


async def test_a_page_of_somebody_who_was_erased_elsewhere_has_only_the_way_back(play, day):
    async with play() as played:
        await at_the_page(played, day)
        await played.press("escape")
        await on(played, PersonScreen)
        screen = played.app.screen
        assert sum(key.display for key in screen.query(Key)) > 6
        author = Author(day.desk.kiosk_id, "system", AT)
        await asyncio.wrap_future(played.app.database.write(erase, author, BINTA, "asked"))
        await played.shows("Cette personne n'est plus dans cette liste.")
        await until(lambda: [key.id for key in screen.query(Key) if key.display] == ["back"])


async def test_a_facilitator_finds_no_such_key(play, day):
    async with play() as played:
        await at_the_page(played, day, "facilitator")
        assert "Effacer…" not in played.text


async def test_a_silent_kiosk_says_why_there_are_no_names(play, day):
    """Until it has heard of its hub."""
    async with play() as played:
        await played.asked("update sync_state set heard_at = '2022-10-01 08:00:00.000000'")
        ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
        await played.home()
        played.app.open_staff_side(sam)
        await played.shows("Noms cachés : la borne doit d'abord joindre le serveur.")
        await played.asked("update sync_state set heard_at = '2022-11-03 07:00:00.000000'")
        played.app.screen.changed()
        await until(lambda: "Noms cachés" not in played.text)
        await played.shows("Binta")
