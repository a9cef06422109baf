"""The day of the corner: its figures, the list behind each, where it stands when somebody signs in."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hands import AT, on, tap, touch, until
from staff import book, roster
from staff_hands import at_screen

from assets.languages import translator
from assets.review import BY_ID, DAY
from kiosk.clock import Clock
from models.marking import Mark, MarkPerson
from models.requests import NotAllowed, run
from models.review.day import SeeDay, day_of
from screens.staff.day_list import DayListScreen
from screens.staff.day_review import DayScreen
from screens.staff.menu import MenuScreen
from screens.staff.person import PersonScreen
from screens.staff.review_words import figure_said
from screens.staff.roster import RosterScreen

EVENING = datetime(2022, 11, 3, 17, 0, tzinfo=UTC)


async def at_day(played, now=EVENING, on_day=None) -> DayScreen:
    played.app.clock = Clock(now)
    screen = await at_screen(played, lambda: DayScreen(played.app.staff_frame, "Noor", on_day), "staff")
    await until(lambda: screen._day is not None)
    await played.rest()
    return screen


async def mark(played, day, what: Mark, *, number: int, hour: int = 0) -> None:
    """Somebody of the morning is noted as something."""
    ((half_day, person),) = await played.asked(
        "select b.half_day_id, b.participant_id from booking b join participant p on p.id = b.participant_id"
        f" join half_day h on h.id = b.half_day_id where p.reference = 'G-{number:03}'"
    )
    ((sam,),) = await played.asked("select id from staff_member where name = 'Sam'")
    excuse = "work" if what is Mark.EXCUSED else None
    moment = AT + timedelta(hours=hour)
    request = MarkPerson(half_day, person, what, excuse, moment=moment)
    done = await asyncio.wrap_future(played.app.database.write(run, day.desk, sam, moment, request))
    assert done.refused is None


async def test_every_figure_is_shown_and_opens_as_many_people_as_it_says(play, day):
    book(day)
    async with play() as played:
        await mark(played, day, Mark.PRESENT, number=1)
        await mark(played, day, Mark.PRESENT, number=2)
        await mark(played, day, Mark.LEFT, number=2, hour=3)
        await mark(played, day, Mark.EXCUSED, number=3)
        await mark(played, day, Mark.ABSENT, number=4)
        screen = await at_day(played)
        found = await asyncio.wrap_future(
            played.app.database.read(
                day_of, "charleroi", date(2022, 11, 3), day.desk.policy, played.app.clock.now()
            )
        )
        for row, id_ in enumerate(DAY):
            for column, figures in enumerate((found.whole, *found.tallies)):
                screen = played.app.screen
                screen.action_move(-9, -9)
                screen.action_move(column, row)
                said = figure_said(figures.figure(id_), BY_ID[id_].unit, "fr")
                await played.shows(f"▸ {said} ")
                assert BY_ID[id_].meaning[:40] in played.text
            await played.press("enter")
            await on(played, DayListScreen)
            half_day = found.half_days[-1].half_day.id
            listed = found.behind(id_, half_day)
            await until(lambda listed=listed: played.app.screen._people == listed)
            await played.shows(BY_ID[id_].name)
            for one in listed:
                await played.shows(one.name)
            await played.press("escape")
            await on(played, DayScreen)


async def test_a_list_says_when_people_came_and_went_and_leads_to_their_page(play, day):
    book(day)
    async with play() as played:
        await mark(played, day, Mark.PRESENT, number=1)
        await mark(played, day, Mark.PRESENT, number=2)
        await mark(played, day, Mark.LEFT, number=2, hour=3)
        screen = await at_day(played)
        screen.action_move(0, DAY.index("came"))
        await played.press("enter")
        await played.shows("arrivée 8 h 22, départ 11 h 22, 2 h 52")
        await played.shows("arrivée 8 h 22, départ inconnu, 3 h 30")
        await played.press("down", "f")
        await on(played, PersonScreen)
        await played.shows("Luc-Olivier")


async def test_a_touch_on_a_figure_opens_its_list(play, day):
    book(day)
    async with play((80, 24)) as played:
        screen = await at_day(played)
        grid = screen._grid
        (number, x), *_ = grid._places()
        await tap(played, grid.region.x + x + 1, grid.region.y + 2 + DAY.index("booked") * grid._height)
        await on(played, DayListScreen)
        assert number == 0
        await played.shows("Tout le jour")


async def test_days_before_and_after_are_turned_to(play, day):
    async with play() as played:
        screen = await at_day(played)
        await played.press("pageup")
        await played.shows("mercredi 2 novembre 2022")
        await played.shows("Aucun atelier ce jour-là.")
        await touch(played, "›")
        await played.shows("jeudi 3 novembre 2022")
        assert screen._grid.display


async def test_whoever_comes_meanwhile_is_seen(play, day):
    book(day)
    async with play() as played:
        screen = await at_day(played, AT + timedelta(hours=1))
        before = screen._day.whole.came
        await mark(played, day, Mark.PRESENT, number=1)
        await until(lambda: screen._day.whole.came == before + 1)


# ---- where somebody stands after signing in


async def lands(played, now) -> object:
    ((staff_id,),) = await played.asked("select id from staff_member where name = 'Sam'")
    played.app.clock = Clock(now)
    played.app.open_staff_side(staff_id)
    await until(lambda: played.app.screen is not played.app.reception)
    await played.rest()
    return played.app.screen


@pytest.mark.parametrize(
    ("hours", "kind"), [(-2, DayScreen), (0, RosterScreen), (3, RosterScreen), (10, DayScreen)]
)
async def test_while_people_are_in_the_list_stands_and_else_the_day(play, day, hours, kind):
    async with play() as played:
        assert isinstance(await lands(played, AT + timedelta(hours=hours)), kind)


async def test_a_facilitator_stands_at_the_list_and_has_no_day(play, day):
    async with play() as played:
        await played.asked("update staff_member set role = 'facilitator'")
        assert isinstance(await lands(played, EVENING), RosterScreen)
        await played.press("m")
        await on(played, MenuScreen)
        assert "Le jour et le bilan" not in played.text
        await played.press("j")
        assert isinstance(played.app.screen, MenuScreen)
        with pytest.raises(NotAllowed):
            await asyncio.wrap_future(
                played.app.database.read(run, day.desk, played.app._staff_id, EVENING, SeeDay())
            )


async def test_from_the_list_to_the_day_and_back_and_from_the_day_to_the_list(play, day):
    async with play() as played:
        await roster(played)
        await played.press("m", "j")
        await on(played, DayScreen)
        await until(lambda: played.app.screen._day is not None)
        assert "Retour" in played.text
        await played.press("l")
        await on(played, RosterScreen)
        await played.press("escape")
        await on(played, DayScreen)
        await played.press("escape")
        await on(played, MenuScreen)


async def test_terminé_on_the_day_ends_the_sign_in(play, day):
    async with play() as played:
        await lands(played, EVENING)
        await played.shows(translator("fr")("Terminé"))
        await played.press("escape")
        await played.home()
        assert played.app._staff_id == ""


# ---- the command


def test_kiosk_day_prints_the_figures_of_the_screen(booked):
    told = booked("day", "--date", "2022-11-03", "--json", "--at", "2022-11-03T18:00")
    assert told.code == 0
    assert told.json["corner"] == "charleroi" and told.json["date"] == "2022-11-03"
    assert set(DAY) <= told.json["figures"].keys()
    for id_ in DAY:
        assert sum(one["figures"][id_] for one in told.json["half_days"]) == told.json["figures"][id_]
    assert booked("day", "--date", "2022-11-03", "--at", "2022-11-03T18:00").code == 0
    assert "Aucun atelier" in booked("day", "--date", "2022-11-06", "--at", "2022-11-03T18:00").out
