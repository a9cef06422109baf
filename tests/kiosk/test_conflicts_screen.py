"""Disagreements of two kiosks, by touch and by keys: one key settles a line, and the list is live."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hands import AT, on, touch, until
from staff import book
from staff_hands import at_screen, elsewhere

from models.connection import body_time
from models.log import Author, record
from models.review.conflicts import SettleConflict
from screens.staff.conflicts import ConflictsScreen
from screens.staff.odd import OddScreen
from screens.staff.person import PersonScreen

THERE = "b" * 32


@pytest.fixture
def today(day):
    """Two people of a workshop of this morning."""
    book(day, ("Aïssata", "Mirela"), hours=0, programme="awareness")
    return day


async def about(played, name: str) -> tuple[str, str]:
    """The half-day and the id of somebody."""
    (found,) = await played.asked(
        "select b.half_day_id, p.id from booking b join participant p on p.id = b.participant_id"
        f" where p.first_name = '{name}'"
    )
    return found


async def said(played, kiosk: str, kind: str, body: dict, entity_id: str, minutes: int = 0) -> None:
    """A row that a kiosk has written."""
    entity = "attendance" if kind.startswith("attendance") else kind.partition(".")[0]
    author = Author(kiosk, "staff", AT + timedelta(minutes=minutes))
    written = played.app.database.write(record, author, kind, entity, entity_id, body)
    await asyncio.wrap_future(written)


async def came_twice(played, here: str, name: str = "Aïssata") -> None:
    """Somebody came at both kiosks."""
    half_day, person = await about(played, name)
    for kiosk, minutes in ((here, -5), (THERE, -8)):
        at = body_time(AT + timedelta(minutes=minutes))
        body = {"participant": person, "half_day": half_day, "at": at, "stored": at, "way": "card"}
        await said(played, kiosk, "attendance.arrived", body, half_day)


async def two_rooms(played, here: str) -> str:
    """Both kiosks have given the workshop another room."""
    half_day, _ = await about(played, "Mirela")
    ((before,),) = await played.asked(
        f"select change_id from register where entity_id = '{half_day}' and fields like '%room%'"
    )
    for number, kiosk in enumerate((here, THERE), 2):
        body = {"set": {"room": str(number)}, "base": {"room": [before]}}
        await said(played, kiosk, "half_day.set", body, half_day, number - 9)
    return half_day


async def at_conflicts(played) -> ConflictsScreen:
    screen = await at_screen(played, lambda: ConflictsScreen(played.app.staff_frame), "staff")
    await until(lambda: screen._drawn)
    await played.rest()
    return screen


async def to_the_first_line(played) -> None:
    screen = played.app.screen
    await until(lambda: screen.query(".line"))
    await played.rest()
    await played.press("down")
    await until(lambda: screen._cursor is not None)


async def test_what_is_odd_leads_to_both_sides_and_one_touch_settles_a_line(play, today):
    async with play() as played:
        await played.home()
        await came_twice(played, today.desk.kiosk_id)
        await at_screen(played, lambda: OddScreen(played.app.staff_frame), "staff")
        await played.shows("1 désaccord")
        await touch(played, "Ouvrir")
        await on(played, ConflictsScreen)
        await played.shows("2 arrivées · Aïssata Q.")
        for words in ("arrivée 8 h 14 · l'autre borne", "arrivée 8 h 17 · cette borne"):
            await played.shows(words)
        await touch(played, "C'est vu")
        await played.shows("Les bornes sont d'accord. Merci !")
        await played.shows("Aïssata Q. · 2 arrivées : c'est réglé.")
        assert await played.asked("select what, reason from exception_settled") == [
            ("two_arrivals", "checked")
        ]


@pytest.mark.parametrize(("key", "room"), [("2", "3"), ("&", "2")], ids=["digit", "azerty"])
async def test_a_digit_of_any_keyboard_chooses_a_side(play, today, key, room):
    """A-22"""
    async with play() as played:
        await played.home()
        half_day = await two_rooms(played, today.desk.kiosk_id)
        await at_conflicts(played)
        await played.shows("salle 2 · cette borne")
        await played.shows("salle 3 · l'autre borne")
        await to_the_first_line(played)
        await played.press(key)
        await played.shows("Les bornes sont d'accord. Merci !")
        assert await played.asked(f"select room from half_day where id = '{half_day}'") == [(room,)]


async def test_the_list_is_live_and_leads_to_the_page(play, today):
    async with play() as played:
        await played.home()
        screen = await at_conflicts(played)
        await played.shows("Les bornes sont d'accord. Merci !")
        for name in ("Aïssata", "Mirela"):
            await came_twice(played, today.desk.kiosk_id, name)
        await played.shows("2 désaccords à régler")
        first, second = screen._lines
        await elsewhere(played, SettleConflict(first.key), "staff")
        await played.shows("1 désaccord à régler")
        screen._about = "Aïssata Q."
        screen.ask(SettleConflict(first.key))
        await played.shows("Aïssata Q. : cela a changé, regardez encore.")
        await until(lambda: len(screen.query(".line")) == 1)
        await to_the_first_line(played)
        await played.press("f")
        await on(played, PersonScreen)
        await played.shows(second.name)
