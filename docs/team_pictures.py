"""The team's side as pictures: a half-day as one facilitator runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from assets.languages import local
from kiosk.app import Kiosk
from kiosk.clock import Clock
from models.connection import body_time
from models.log import Author, record
from models.places import ask_for_place, open_to
from models.projections import open_writes
from models.review.period import Kind, period_of
from models.sync.outbox import Answer, sent
from models.words import PARTICIPANT
from screens.staff.adding import AddScreen
from screens.staff.assessment import AssessmentScreen
from screens.staff.closing import ClosingScreen
from screens.staff.conflicts import ConflictsScreen
from screens.staff.day_list import DayListScreen
from screens.staff.day_review import DayScreen
from screens.staff.equipment import EquipmentScreen
from screens.staff.erasing import EraseScreen
from screens.staff.export import ExportScreen
from screens.staff.follow_up import FollowUpScreen
from screens.staff.frame import StaffScreen
from screens.staff.group import GroupScreen
from screens.staff.menu import MenuScreen
from screens.staff.odd import OddScreen
from screens.staff.paper_entry import PaperEntryScreen
from screens.staff.period import PeriodScreen
from screens.staff.person_path import PersonPathScreen
from screens.staff.place_requests import PlaceRequestsScreen
from screens.staff.readiness import ReadinessScreen
from screens.staff.ready_today import ReadyTodayScreen
from screens.staff.refused import RefusedScreen
from screens.staff.roster import RosterScreen
from screens.staff.unsettled import UnsettledScreen

if TYPE_CHECKING:
    from models.connection import Connection

Shot = Callable[[str], Awaitable[None]]

ELSEWHERE = "e" * 32
"""Id of another kiosk of the corner."""

PEOPLE = ("Joris", "Giuseppe")
"""Of the invented people: who took stock twice, and who is in the middle of a course."""


async def the_half_day(app: Kiosk, pilot: Pilot[str], shot: Shot) -> None:
    """The roster and what is behind it, then the end of the half-day."""

    async def keys(*pressed: str) -> None:
        for key in pressed:
            await pilot.press(key)
            await pilot.pause(0.15)

    async def over(screen: StaffScreen, name: str, *pressed: str) -> None:
        app._open_screen(screen)
        await pilot.pause(0.3)
        await keys(*pressed)
        await shot(f"team-{name}")
        app._back()
        await pilot.pause(0.1)

    found = app.database.write(
        lambda conn: conn.execute("select id from staff_member order by id").fetchone()
    )
    (staff_id,) = await asyncio.wrap_future(found)
    app.open_staff_side(staff_id)
    await pilot.pause(0.4)
    await keys("p", "p", "a", "e", "1", "p")
    await shot("team-roster")
    await keys("e")
    await shot("team-excuse")
    await keys("escape", "1", "f")
    await shot("team-person")
    await keys("p")
    await shot("team-why")
    await keys("escape", "f", "1")
    await shot("team-cards")
    await keys("escape", "f", "2")
    await shot("team-orientation")
    await keys("escape", "escape", "c")
    await shot("team-hidden")
    await keys("c", "r")
    await shot("team-to-see")
    await keys("escape")
    roster = app.screen
    if not isinstance(roster, RosterScreen):
        raise RuntimeError("the roster has gone")
    half_day, frame = roster._half_day_id, app.staff_frame
    await over(MenuScreen(frame, half_day), "menu")
    await over(EquipmentScreen(frame, half_day), "equipment")
    await over(PaperEntryScreen(frame, half_day), "paper-entry")
    await over(AddScreen(frame, half_day), "adding")
    joris, giuseppe = [await asyncio.wrap_future(app.database.read(_named, one)) for one in PEOPLE]
    await over(AssessmentScreen(frame, joris), "assessment")
    await over(GroupScreen(frame, half_day), "group")
    for person in (giuseppe, joris):
        await asyncio.wrap_future(app.database.write(_wish, app, person))
    await over(PlaceRequestsScreen(frame), "requests")
    await over(PersonPathScreen(frame, giuseppe), "path")
    app.clock = Clock(app.clock.now() + timedelta(hours=4))
    app.clock.is_set = False
    await over(ReadinessScreen(frame), "ready")
    await over(UnsettledScreen(frame), "unsettled")
    await over(ClosingScreen(frame, half_day), "closing")
    app.go_home()
    found = app.database.write(
        lambda conn: conn.execute("select id from staff_member where role = 'staff'").fetchone()
    )
    app.open_staff_side(*await asyncio.wrap_future(found))
    await pilot.pause(0.4)
    year = partial(PeriodScreen, frame, kind=Kind.YEAR, on=app.clock.now().date(), outside=False)
    await over(DayScreen(frame, "Noor"), "day")
    await over(EraseScreen(frame, joris, lambda: None), "erase")
    await over(DayListScreen(frame, "came", local(app.clock.now()).date()), "day-list")
    await over(OddScreen(frame), "odd")
    await asyncio.wrap_future(app.database.write(_elsewhere, app, half_day))
    await over(ConflictsScreen(frame), "conflicts")
    await over(FollowUpScreen(frame), "follow-up")
    await over(ReadyTodayScreen(frame), "ready-today")
    await asyncio.wrap_future(app.database.write(_refuse, app))
    await over(RefusedScreen(frame), "refused")
    await over(
        ExportScreen(frame, period_of(Kind.MONTH, local(app.clock.now()).date()), outside=True), "export"
    )
    await over(year(), "period")
    await over(year(), "period-time", "right")
    await over(year(), "period-workshops", "right", "right", "down")
    app.go_home()


def _named(conn: Connection, first_name: str) -> str:
    """Id of one of the invented people."""
    (found,) = conn.execute("select id from participant where first_name = ?", (first_name,)).fetchone()
    return str(found)


def _elsewhere(conn: Connection, app: Kiosk, half_day: str) -> None:
    """Another kiosk that was cut off: two people came there too, and the workshop has another room there."""
    then, here = app.clock.now() - timedelta(hours=4), app._desk.kiosk_id if app._desk else ""
    people = conn.execute(
        "select distinct person_id from attendance_event e where half_day_id = ? and kind = 'arrived'"
        " and not exists (select 1 from attendance_event a where a.annuls = e.id) order by person_id limit 2",
        (half_day,),
    )
    for number, (person,) in enumerate(people.fetchall()):
        at = body_time(then - timedelta(minutes=3 + 4 * number))
        body = {"participant": person, "half_day": half_day, "at": at, "stored": at, "way": "card"}
        there = Author(ELSEWHERE, PARTICIPANT, then)
        record(conn, there, "attendance.arrived", "attendance", half_day, body, subject=person)
    seen = [change for change, _ in open_writes(conn, half_day)["room"]]
    team = conn.execute("select id from staff_member order by name").fetchall()
    for number, (kiosk, room) in enumerate(((here, "4"), (ELSEWHERE, "3"))):
        said = {"set": {"room": room}, "base": {"room": seen}}
        author = Author(kiosk, team[number][0], then + timedelta(minutes=9 + 11 * number))
        record(conn, author, "half_day.set", "half_day", half_day, said)


def _wish(conn: Connection, app: Kiosk, person: str) -> None:
    """They ask for a place in the next workshop that is open to them."""
    if (desk := app._desk) is not None:
        now = app.clock.now()
        first = open_to(conn, desk, person, now)[0].first
        ask_for_place(conn, desk, person, first.id, now)


def _refuse(conn: Connection, app: Kiosk) -> None:
    """The hub does not take the newest rows of three kinds."""
    found = conn.execute(
        "select id, max(n) from change"
        " where kind in ('attendance.arrived', 'attendance.absent', 'booking.set') group by kind"
    )
    whys = ("changed", "other_content", "unreadable")
    answers = [Answer(id_, None, None, why) for (id_, _), why in zip(found.fetchall(), whys, strict=False)]
    sent(conn, answers, app.clock.now())
