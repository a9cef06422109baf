"""The team's screens of self-assessments at every grid, in every theme and language: whole, and readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len
from sittings import CORE, draft
from stage import AT, GRIDS, HERE, THEMES, keys_of, moment, stage
from test_contrast import weak_cells

from assets.assessment import bank, framework, thresholds
from assets.languages import LANGUAGES
from models.assessment.checks import Check, Done
from models.assessment.comparing import compare
from models.assessment.draft import Part
from models.assessment.group import GroupPicture, Side
from models.assessment.levels import area_spans
from models.assessment.masking import masked
from models.assessment.reading import Change, Observed, PersonAssessments, Read
from models.assessment.result import result
from screens.staff.assessment import AssessmentScreen
from screens.staff.change import ChangeScreen
from screens.staff.group import GroupScreen
from screens.staff.menu import MenuScreen

BEFORE = {item: (None if n == 4 else n % 3) for n, item in enumerate(CORE)}
AFTER = dict.fromkeys(CORE, 2) | {"3.1S": 0, "3.2S": 0}
CHECKS = {Check.SPOT: Done.FAILED, Check.COPY: Done.PASSED}


def read(answers, part=Part.CORE, **more) -> Read:
    given = draft(answers, CHECKS)
    return Read(
        "a", AT, part, given.answers, result(given.answers, CHECKS, thresholds(), **more), CHECKS,
        Observed("Maria-Fernanda", AT),
    )  # fmt: skip


VERSIONS = (bank().version, bank().version)
FOUND = PersonAssessments(
    "p",
    "Marie-Laure D.",
    (
        read(AFTER, observed=True),
        replace(read(BEFORE), id="b"),
        replace(read(BEFORE), id="c", part=Part.FURTHER),
    ),
    Change(
        AT - timedelta(days=60),
        AT,
        compare(BEFORE, AFTER, thresholds(), versions=VERSIONS),
        area_spans(BEFORE, thresholds()),
        area_spans(AFTER, thresholds()),
        progress=False,
    ),
)
AREAS = tuple(framework().competences)
LARGE = GroupPicture(
    Side(1240, dict.fromkeys(AREAS, (310, 520, 290, 120))),
    Side(980, dict.fromkeys(AREAS, (128, 402, 447, 3))),
    417,
    half_day=HERE,
)
SMALL = GroupPicture(
    Side(8, dict.fromkeys(AREAS, (2, 3, 3, 0))), Side(7, dict.fromkeys(AREAS, (0, 2, 4, 1))), 4, half_day=HERE
)


def frame(language: str) -> tuple[str, str, str]:
    return ("SmartCorner de Charleroi", language, "")


async def put(shown, screen, **shows) -> None:
    await shown.app.push_screen(screen)
    screen.show_moment(moment(shown.language))
    await shown.settled()
    if isinstance(screen, AssessmentScreen):
        screen._take(FOUND)
        if page := shows.get("page"):
            screen.action_page(page)
    elif isinstance(screen, ChangeScreen):
        screen._found = FOUND
        screen._show()
    elif isinstance(screen, GroupScreen):
        if shows.get("projected"):
            screen._wanted = replace(screen._wanted, projected=True)
            screen.add_class("-projected")
        screen._show(shows["picture"])
    await shown.settled()


def flaws(shown) -> list[str]:
    found = [f"weak {cell}" for cell in weak_cells(shown.strips)]
    for key in keys_of(shown.screen):
        if not key.visible:
            continue
        if key.region.height != 3 or key.content_size.width < cell_len(key.render().plain):
            found.append(f"{key.label!r} {key.region}")
        if shown.screen.find_widget(key).visible_region != key.region:
            found.append(f"{key.label!r} is outside: {key.region}")
    return found


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", THEMES)
async def test_everything_can_be_read(size, theme):
    """A-08, A-09, A-17: text at least 7:1, lines at least 3:1, no key cut."""
    async with stage(size, theme) as shown:
        for screen, shows in (
            (AssessmentScreen(frame("fr"), "p"), {}),
            (AssessmentScreen(frame("fr"), "p"), {"page": 2}),
            (ChangeScreen(frame("fr"), "p"), {}),
            (GroupScreen(frame("fr"), HERE.id), {"picture": LARGE}),
            (GroupScreen(frame("fr"), HERE.id), {"picture": masked(LARGE, 5), "projected": True}),
            (GroupScreen(frame("fr"), HERE.id), {"picture": masked(SMALL, 5), "projected": True}),
            (MenuScreen(frame("fr"), HERE.id, "x"), {}),
        ):
            await put(shown, screen, **shows)
            assert flaws(shown) == [], shown.text
            await shown.app.pop_screen()


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_group_is_whole_in_every_language(size, language):
    """Every area, every count, every shape in words; on the projector too."""
    async with stage(size, language=language) as shown:
        for picture, projected in ((LARGE, False), (masked(LARGE, 5), True)):
            screen = GroupScreen(frame(language), HERE.id)
            await put(shown, screen, picture=picture, projected=projected)
            names = [texts[language] for texts in bank().areas.values()]
            text = shown.text
            assert [name for name in names if name not in text] == []
            for side in (picture.before, picture.after):
                for row in side.areas.values():
                    assert all(text.count(str(count)) >= len(AREAS) for count in row if count is not None), (
                        text
                    )
                assert str(side.people) in text
            words = " ".join(text.split())
            for level in ("je découvre", "avec de l'aide", "sans aide", "à voir ensemble"):
                assert screen.translate(level) in words, level
            await shown.app.pop_screen()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (132, 43)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_sitting_is_whole_from_80_columns_on(size, language):
    async with stage(size, language=language) as shown:
        screen = AssessmentScreen(frame(language), "p")
        await put(shown, screen)
        seen = ""
        for page in (0, 1):
            screen.action_page(page)
            screen.action_area(-len(AREAS))
            for _ in AREAS:
                await shown.settled()
                seen += " ".join(shown.text.split())
                screen.action_area(1)
        for wanted in (*framework().ids, "Marie-Laure D.", "Maria-Fernanda"):
            assert wanted in seen, wanted
        wanted = (
            "pas compris",
            "pas demandé",
            "à voir ensemble",
            "peut-être sous-estimé",
            "à revoir ensemble",
        )
        for words in wanted:
            assert screen.translate(words) in seen, words


@pytest.mark.parametrize("size", GRIDS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_change_is_whole(size, language):
    async with stage(size, language=language) as shown:
        await put(shown, ChangeScreen(frame(language), "p"))
        text, translate = " ".join(shown.text.split()), shown.screen.translate
        for words in ("vous êtes plus exigeant(e)", "Pas de différence nette", "à voir ensemble"):
            assert translate(words) in text, text
        assert "10" in text.rsplit("(", 1)[1]
