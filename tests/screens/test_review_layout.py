"""The day, the list behind a figure and the export at every grid: readable, in every language, no key cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from crowds import MONTHS
from stage import AT, GRIDS, THEMES, moment, sitting, stage
from test_assessment_layout import flaws

from assets.languages import LANGUAGES, local, translator
from assets.review import BY_ID, DAY
from models.review.attendances import Attendance, Held, Origin, Standing
from models.review.day import Day, OfDay
from models.review.tally import tally
from screens.staff.day_list import DayListScreen
from screens.staff.day_review import DayScreen
from screens.staff.export import EXPLAINED, ExportScreen

HALF_DAYS = tuple(
    Held(sitting(number, programme, hours=hours), 8, settled=True)
    for number, (programme, hours) in enumerate(
        [("awareness", 0), ("course-24", 0), ("digital-skills", 4), ("video-cv", 4), ("course-40", 4)]
    )
)
ARRIVED = int(AT.timestamp()) // 60
STANDINGS = (Standing.CAME, Standing.CAME, Standing.EXCUSED, Standing.ABSENT, Standing.OPEN, Standing.REFUSED)


def attendances() -> list[Attendance]:
    """Of each half-day one of every kind; the second came without a booking, and nobody saw them leave."""
    people = []
    for half_day in range(len(HALF_DAYS)):
        for number, standing in enumerate(STANDINGS):
            origin = Origin.WALK_IN if number == 1 else Origin.BOOKED
            minutes, left = (195 if standing is Standing.CAME else 0), (None if number else ARRIVED + 195)
            one = (half_day, f"{half_day}-{number}", standing, origin, "counsellor", "jobseeker", minutes)
            people.append(Attendance(*one, number == 1, ARRIVED, left))
    return people


PEOPLE = attendances()
DAY_SHOWN = Day(
    on=local(AT).date(),
    is_today=True,
    half_days=HALF_DAYS,
    tallies=tuple(
        tally([held], [one for one in PEOPLE if one.half_day == number])
        for number, held in enumerate(HALF_DAYS)
    ),
    whole=tally(HALF_DAYS, PEOPLE),
    people=tuple(
        OfDay(one.person_id, "Marie-Laure D.", "FX-002", HALF_DAYS[one.half_day].half_day.id, one)
        for one in PEOPLE
    ),
)


def screens(language: str):
    frame = ("SmartCorner de Charleroi", language, "")
    yield DayScreen(frame, "Noor"), lambda screen: screen._show(DAY_SHOWN)
    yield DayListScreen(frame, "booked", DAY_SHOWN.on), lambda screen: screen._show(DAY_SHOWN)
    yield DayListScreen(frame, "came", DAY_SHOWN.on), lambda screen: screen._show(DAY_SHOWN)
    export = ExportScreen(frame, MONTHS[0], outside=True)
    yield export, lambda screen: screen.done(screen.translate("Fichier : {path}", path="exports/x.xlsx"))


async def put(shown, screen, show) -> None:
    await shown.app.push_screen(screen)
    screen.show_moment(moment(shown.app.front.look.language))
    show(screen)
    await shown.settled()


@pytest.mark.parametrize(("size", "theme"), list(zip(GRIDS, (*THEMES, THEMES[0]), strict=False)))
async def test_everything_can_be_read(size, theme):
    """A-08, A-09"""
    async with stage(size, theme) as shown:
        for screen, show in screens("fr"):
            await put(shown, screen, show)
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_eighty_columns_on_every_figure_has_its_whole_name(language):
    translate = translator(language)
    async with stage((80, 24), language=language) as shown:
        for screen, show in screens(language):
            await put(shown, screen, show)
            assert flaws(shown) == [], shown.text
            if isinstance(screen, DayScreen):
                for row, id_ in enumerate(DAY):
                    assert translate(BY_ID[id_].name) in shown.text
                    screen.action_move(0, -9)
                    screen.action_move(0, row)
                    await shown.settled()
                    said = " ".join(shown.text.replace("\n", " ").split())
                    assert translate(BY_ID[id_].meaning) in said
            await shown.app.pop_screen()


async def test_columns_that_do_not_fit_come_when_they_are_picked():
    async with stage((56, 16)) as shown:
        screen = DayScreen(("SmartCorner de Charleroi", "fr", ""), "Noor")
        await put(shown, screen, lambda screen: screen._show(DAY_SHOWN))
        for _ in HALF_DAYS:
            screen.action_move(1, 0)
            await shown.settled()
            assert "En tout" in shown.text
            assert "▸ 4 " in shown.text and "Heures" in shown.text
        assert screen._grid.picked == (0, len(HALF_DAYS))


async def test_a_day_without_a_half_day_says_so():
    async with stage((80, 24)) as shown:
        screen = DayScreen(("SmartCorner de Charleroi", "fr", ""), "Noor")
        empty = replace(DAY_SHOWN, half_days=(), tallies=(), whole=tally((), ()), people=())
        await put(shown, screen, lambda screen: screen._show(empty))
        assert "Aucun atelier ce jour-là." in shown.text and "Présences" not in shown.text
        screen._open_picked()
        await shown.settled()
        assert shown.app.screen is screen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_the_file_is_stands_whole_on_the_smallest_grid(language):
    async with stage((56, 16), language=language) as shown:
        screen = ExportScreen(("SmartCorner de Charleroi", language, ""), MONTHS[0], outside=False)
        await put(shown, screen, lambda screen: None)
        assert screen.translate(EXPLAINED[False]) in in_one_line(shown)
        path = "exports/rapport-charleroi-2022-01.xlsx"
        sentence = screen.translate("Fichier : {path}, et sur la clé USB.", path=path)
        screen.done(sentence)
        await shown.settled()
        assert sentence in in_one_line(shown) and flaws(shown) == []


def in_one_line(shown) -> str:
    return " ".join(shown.text.split())
