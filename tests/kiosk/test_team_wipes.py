"""Nothing of the team's side stays once it is left: on no line, and nowhere in memory (P-18)."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hands import until
from memory import Memory
from sittings import draft
from staff import at_half_day
from stands import MARKED, escaped, failure, idle, next_card

from models.arrival import arrive
from models.assessment.taking import take
from models.log import Author
from models.places import ask_for_place, open_to
from models.words import Way
from screens.staff.absent import AbsentScreen
from screens.staff.adding import AddScreen
from screens.staff.assessment import AssessmentScreen
from screens.staff.cards import CardsScreen
from screens.staff.change import ChangeScreen
from screens.staff.choosing import ChoiceScreen
from screens.staff.closing import ClosingScreen
from screens.staff.conflicts import ConflictsScreen
from screens.staff.day_list import DayListScreen
from screens.staff.day_review import DayScreen
from screens.staff.erasing import EraseScreen
from screens.staff.first_levels import FirstLevelsScreen
from screens.staff.frame import StaffScreen
from screens.staff.merging import MergeScreen
from screens.staff.odd import OddScreen
from screens.staff.orientation import OrientationScreen
from screens.staff.paper_entry import PaperEntryScreen
from screens.staff.person import PersonScreen
from screens.staff.person_path import PersonPathScreen
from screens.staff.place_requests import PlaceRequestsScreen
from screens.staff.readiness import ReadinessScreen
from screens.staff.roster import RosterScreen
from screens.staff.time_entry import TimeScreen
from screens.staff.to_see import ToSeeScreen
from screens.staff.why import WhyScreen


@dataclass(frozen=True, slots=True)
class Stand:
    """A screen of the team on which the marked name, or something of it, stands."""

    lands: type[StaffScreen]
    keys: Sequence[str] = ()
    """What leads there from the roster, the cursor on the marked person."""
    opens: bool = False
    """Whether no key leads there so simply: it is opened as the menu would."""
    arrived: bool = False
    """Whether the person has arrived before."""
    before: Sequence[str] = ()
    """What is so of the marked person beforehand, of ``{person}`` and today's ``{half_day}``."""
    alone: bool = False
    """Whether the screen is about no half-day."""


YESTERDAY = (
    "insert into half_day (id, corner_id, programme, starts_at, ends_at, capacity)"
    " select 'y', corner_id, programme, '2022-11-02 07:30:00.000000', '2022-11-02 11:00:00.000000', 8"
    " from half_day where id = '{half_day}'",
    "insert into booking (id, participant_id, half_day_id) values ('y', '{person}', 'y')",
)
ABSENT = (
    "insert into attendance_event (id, kiosk_id, participant_id, person_id, half_day_id, kind, at, stored_at,"
    " way, actor) values ('a', 'k', '{person}', '{person}', 'y', 'absent', '2022-11-02 07:40:00.000000',"
    " '2022-11-02 07:40:00.000000', 'facilitator', 'sam')"
)
TWICE = tuple(
    "insert into attendance_event (id, kiosk_id, participant_id, person_id, half_day_id, kind, at, stored_at,"
    f" way, actor) values ('{kiosk}', '{kiosk}', '{{person}}', '{{person}}', '{{half_day}}', 'arrived',"
    " '2022-11-03 07:15:00.000000', '2022-11-03 07:15:00.000000', 'card', 'participant')"
    for kiosk in "kl"
)
REACHED = "delete from assessment where at > '2022-11-01'"


STANDS = {
    "roster": Stand(RosterScreen),
    "marked": Stand(RosterScreen, ["p"]),
    "excuse": Stand(ChoiceScreen, ["e"]),
    "correction": Stand(ChoiceScreen, ["a"], arrived=True),
    "person": Stand(PersonScreen, ["f"]),
    "why": Stand(WhyScreen, ["f", "p"], arrived=True),
    "hour": Stand(TimeScreen, ["f", "h"], arrived=True),
    "file": Stand(ChoiceScreen, ["f", "f"]),
    "cards": Stand(CardsScreen, ["f", "f", "1"]),
    "orientation": Stand(OrientationScreen, ["f", "f", "2"]),
    "assessment": Stand(AssessmentScreen, ["f", "l"]),
    "change": Stand(ChangeScreen, ["f", "l", "v"]),
    "to-see": Stand(ToSeeScreen, ["r"]),
    "path": Stand(PersonPathScreen, ["f", "f", "4"]),
    "erasing": Stand(EraseScreen, ["f", "f", "5"]),
    "requests": Stand(PlaceRequestsScreen, ["m", "9"]),
    "ready": Stand(ReadinessScreen, ["m", "0"]),
    "day": Stand(DayListScreen, ["m", "j", "enter"]),
    "odd": Stand(OddScreen, opens=True, alone=True, before=YESTERDAY),
    "absent": Stand(AbsentScreen, opens=True, alone=True, before=(*YESTERDAY, ABSENT)),
    "apart": Stand(ConflictsScreen, opens=True, alone=True, before=TWICE),
    "levels": Stand(FirstLevelsScreen, opens=True, alone=True, before=(REACHED,)),
    "closing": Stand(ClosingScreen, opens=True),
    "paper": Stand(PaperEntryScreen, opens=True),
    "adding": Stand(AddScreen, list(MARKED.lower()), opens=True),
    "merging": Stand(MergeScreen, list(MARKED.lower()), opens=True),
}

WIPES = (escaped, idle, next_card, failure)
EVERY_WIPE = os.environ.get("KIOSK_WIPES") == "all"
"""Each wipe from each screen takes a minute; else one of them from each, in turn."""


def turns() -> list[object]:
    return [
        pytest.param(name, wipe, id=f"{name}-{wipe.__name__}")
        for number, name in enumerate(STANDS)
        for wipe in (WIPES if EVERY_WIPE else (WIPES[number % len(WIPES)],))
    ]


@pytest.mark.parametrize(("name", "wipe"), turns())
async def test_nothing_of_the_team_side_is_left(play, day, name, wipe):
    stand = STANDS[name]
    async with play(failing=True) as played:
        app = played.app
        await played.asked(f"update participant set first_name = '{MARKED}' where reference = 'DEMO-05'")
        ((person,),) = await played.asked("select id from participant where reference = 'DEMO-05'")
        await played.asked(
            "insert into help_call (id, kiosk_id, at, why, screen, people)"
            f" values ('h', 'k', '2022-11-03 07:21:00.000000', 'asked', 'code', '{person}')"
        )
        for days in (30, 0):
            author = Author(day.desk.kiosk_id, person, app.clock.now() - timedelta(days=days))
            kept = app.database.write(take, author, "charleroi", person, draft(2 if days else 1))
            await asyncio.wrap_future(kept)
        await wants_a_place(played, day, person)
        if stand.arrived:
            await asyncio.wrap_future(
                app.database.write(arrive, day.desk, person, Way.FACILITATOR, app.clock.now())
            )
        memory = Memory(MARKED, MARKED.lower())
        screen = await at_half_day(played, "awareness")
        screen._tiles.put(next(n for n, tile in enumerate(screen._tiles._tiles) if tile.id == person))
        await played.rest()
        for sql in stand.before:
            await played.asked(sql.format(person=person, half_day=screen._half_day_id))
        if stand.opens:
            await open_as_the_menu(played, stand, screen._half_day_id, person)
        for key in stand.keys:
            await played.press(key)
            await played.asked("select 1")
            await played.rest()
            if isinstance(app.screen, DayScreen):  # read beside the writer
                await until(lambda: app.screen._day is not None)
        await until(lambda: type(app.screen) is stand.lands, f"on {type(app.screen).__name__}")
        if name not in ("paper", "closing", "why"):  # further down than the first lines, or said without it
            await until(lambda: MARKED.lower() in played.text.lower(), f"not on {name}\n{played.text}")
        await at_rest(played)
        assert memory.holds(), "the search finds nothing"
        del screen
        await wipe(played, day)
        await until(lambda: app.screen is app.reception)
        await at_rest(played)
        assert app._staff_id == ""
        assert MARKED not in played.text
        assert memory.kept() == []


async def wants_a_place(played, day, person: str) -> None:
    """It is decided what they do next, and they have asked for a place."""
    await played.asked(
        "insert into orientation (id, participant_id, programme, at, actor)"
        f" values ('o', '{person}', 'course-24', '2022-11-03 07:00:00.000000', 'sam')"
    )

    def ask(conn):
        now = played.app.clock.now()
        coming = open_to(conn, day.desk, person, now)[0]
        return ask_for_place(conn, day.desk, person, coming.first.id, now)

    await asyncio.wrap_future(played.app.database.write(ask))


async def at_rest(played) -> None:
    """Both threads of the database have let go of what they did last."""
    await played.asked("select 1")
    await asyncio.wrap_future(played.app.database.read(lambda _: None))
    await played.rest()


async def open_as_the_menu(played, stand: Stand, half_day: str, person: str) -> None:
    app = played.app
    more = (person,) if stand.lands is MergeScreen else ()
    if more:
        await played.asked(f"update participant set reference = '' where id = '{person}'")
    app._open_screen(stand.lands(app.staff_frame, *(() if stand.alone else (half_day,)), *more))
    await until(lambda: type(app.screen) is stand.lands)
    await played.asked("select 1")
    await played.rest()
