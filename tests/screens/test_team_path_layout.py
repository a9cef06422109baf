"""Requests, who is ready and one person's path at every grid: readable, in every language, no key cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from stage import AT, GRIDS, THEMES, moment, sitting, stage
from test_assessment_layout import flaws

from assets.languages import LANGUAGES
from models.answers import Person
from models.assessment.status import Step as LevelStep
from models.erasing import Erasure
from models.orientation import Decided
from models.path.course import Course
from models.path.page import Page
from models.path.path import Level, Path
from models.path.readiness import Ready, ReadyPerson
from models.places import Edition
from models.placing import PlaceLine
from screens.staff.erasing import EraseScreen
from screens.staff.person_path import PersonPathScreen, path_line
from screens.staff.place_requests import PlaceRequestsScreen
from screens.staff.readiness import ReadinessScreen

KEY = re.compile("(Atelier|Workshop|Effacer|Wissen|Löschen|Erase)… *[│┃]")
"""The keys whose label ends so."""

NAME = "Marie-Laure D. FX-002"
FULL = Edition((sitting(7, "course-24", days=11),) * 6, 8, 8, ("a", "b"))
SOON = Edition((sitting(8, "video-cv", days=4),), 8, 3, ("b",))
REQUESTS = (
    PlaceLine(FULL, "a", NAME, AT - timedelta(days=2), ("h",), ()),
    PlaceLine(replace(FULL, begun=True), "b", NAME, AT - timedelta(days=1), ("h",), ()),
    PlaceLine(SOON, "z", "Zoé D.", AT, (), ("h",)),
)
LEVELS = (Level(LevelStep.NOT_YET, AT), Level(LevelStep.DECLARED, AT), Level(None, AT), Level())
SUGGESTED = ("course-40", "job-search", "", "")
PEOPLE = (
    *(
        ReadyPerson(f"o{number}", NAME, Ready.ORIENT, AT, level=level, suggested=suggested)
        for number, (level, suggested) in enumerate(zip(LEVELS, SUGGESTED, strict=True))
    ),
    ReadyPerson("p", NAME, Ready.PLACE, AT, "course-24", asked=True),
    ReadyPerson("l", NAME, Ready.LEVEL, AT, "course-40"),
    ReadyPerson("f", NAME, Ready.PAGE, AT),
)
PATH = Path(
    person=Person("a", "Marie-Laure D.", "fr"),
    at=AT + timedelta(days=1),
    awareness_at=AT,
    course=Course("course-24", 24.0, 1110, 2, None),
    level=Level(LevelStep.ON_THE_WAY, AT),
    page=Page(frozenset({"address", "phone"}), None),
    followed=(),
    coming=FULL.half_days[:2],
    asked=SOON.half_days,
    decided=Decided("course-24", "", AT, "Maria-Fernanda"),
    minutes=1320,
)


GOES = Erasure("a", "Marie-Laure D.", "FX-002", 1, 2, 3, 4, 2, 14, 3)


async def put(shown, screen, show) -> None:
    await shown.app.push_screen(screen)
    screen.show_moment(moment(shown.app.front.look.language))
    show(screen)
    await shown.settled()


def screens(language: str):
    frame = ("SmartCorner de Charleroi", language, "")
    yield PlaceRequestsScreen(frame), lambda screen: screen.show(REQUESTS)
    yield ReadinessScreen(frame), lambda screen: screen.show(PEOPLE)
    yield PersonPathScreen(frame, "a"), lambda screen: screen._show(PATH)
    yield EraseScreen(frame, "a", lambda: None), lambda screen: screen._show(GOES)


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
async def test_everything_can_be_read(size, theme):
    """A-08, A-09, A-10: what is suggested is marked by a sign and a heavier frame."""
    async with stage(size, theme) as shown:
        for screen, show in screens("fr"):
            await put(shown, screen, show)
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize("size", GRIDS[1:], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_cut_in_any_language(size, language):
    """From 80 columns on every line of the lists is whole, on all of their pages."""
    async with stage(size, language=language) as shown:
        for screen, show in screens(language):
            await put(shown, screen, show)
            for _ in range(3):
                assert flaws(shown) == [], shown.text
                assert [
                    line for line in shown.text.splitlines() if "…" in line and not KEY.search(line)
                ] == []
                if screen.query(".line"):
                    screen._page += 1
                    await screen._draw()
                    await shown.settled()
            await shown.app.pop_screen()


def test_a_path_with_nothing_to_say_has_no_line():
    """Whoever comes for the first time is told nothing is missing."""
    bare = replace(PATH, course=None, level=Level(), page=Page())
    assert path_line(bare, "fr") == ""
    made = replace(bare, page=Page(made_at=AT))
    assert path_line(made, "fr") == "Parcours : page faite"
    assert path_line(PATH, "fr") == "Parcours : 18 h 30 sur 24 h · 2 demi-journées à venir · niveau en chemin"
