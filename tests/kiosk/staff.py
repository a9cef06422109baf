"""Somebody of the team before a running app: signed in without the pad, which has tests of its own."""

from __future__ import annotations

from datetime import timedelta

from hands import AT, Played, on, until

from kiosk.database import Database
from kiosk.rehearsal import Rehearsal
from models import bookings
from models.lines import BookingLine
from models.log import Author
from models.words import SYSTEM
from screens.staff.roster import RosterScreen
from screens.widgets.key import Key
from screens.widgets.tiles import Tiles

EIGHT = ("Awa", "Luc-Olivier", "Rachida", "Łukasz", "Hoa", "Mehdi", "Oksana", "Zoé")


def book(day: Rehearsal, names=EIGHT, *, hours: float = 0, programme="job-search", **more) -> None:
    """Book people for a half-day of this corner that starts at half past eight, or some hours later."""
    start = AT.replace(minute=30) + timedelta(hours=hours)
    lines = [
        BookingLine(
            line=number,
            corner=day.desk.corner_id,
            programme=programme,
            room="5",
            starts_at=start,
            ends_at=start + timedelta(hours=3, minutes=30),
            reference=f"G-{number:03}",
            first_name=name,
            last_name="Quertinmont",
            booked_by="C. Dubois",
            status="booked",
            **more,
        )
        for number, name in enumerate(names, 1)
    ]
    database = Database(day.database.path)
    database.open().result()
    author = Author(day.desk.kiosk_id, SYSTEM, AT - timedelta(days=1))
    database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
    database.close()


async def roster(played: Played) -> RosterScreen:
    """Sign the first account in; its roster stands."""
    ((staff_id,),) = await played.asked("select id from staff_member where name = 'Sam'")
    played.app.open_staff_side(staff_id)
    await on(played, RosterScreen)
    screen = played.app.screen
    await until(lambda: screen._view is not None)
    await played.rest()
    return screen


async def at_half_day(played: Played, programme: str) -> RosterScreen:
    """The roster of the half-day of a programme."""
    screen = await roster(played)
    half_days = [sitting.programme for sitting in screen._view.half_days]
    screen._half_day_id = screen._view.half_days[half_days.index(programme)].id
    screen.changed()
    await until(lambda: screen._view.roster.half_day.programme == programme)
    await played.rest()
    return screen


def states(screen: RosterScreen) -> dict[str, str]:
    """First name and state of everybody on the list."""
    return {person.name.split()[0]: person.reckoning.state for person in screen._view.roster.people}


async def tap_tile(played: Played, name: str) -> None:
    """A finger on somebody's tile."""
    from hands import tap

    tiles = played.app.screen.query_one(Tiles)
    at = next(number for number, tile in enumerate(tiles._tiles) if tile.name.startswith(name))
    number = at - tiles._first
    x = 1 + number % tiles._columns * (tiles._width + 2) + tiles._width // 2
    y = number // tiles._columns * tiles._height + 1
    await tap(played, tiles.region.x + x, tiles.region.y + y)


async def says(played: Played, wanted: str) -> None:
    await played.shows(wanted)


def cut_keys(screen) -> list[str]:
    """Keys whose words do not fit, or that lie outside the screen."""
    flaws = []
    for key in screen.query(Key):
        if not key.region.area:
            continue
        whole = screen.find_widget(key).visible_region == key.region
        longest = max(map(len, key.label.split("\n")))
        rows = key.content_size.height
        fits = longest <= key.content_size.width or (rows > 1 and " " in key.label)
        if not whole or not fits:
            flaws.append(f"{type(screen).__name__}: {key.label!r} {key.region} {key.content_size}")
    return flaws
