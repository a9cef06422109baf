"""A path on paper: the figures of the screen, on one page, whatever there is to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.facts import hotline, programmes
from assets.languages import LANGUAGES, date_of, length, translator
from assets.page_steps import forem_site, page_steps
from kiosk.paper.path import DATES, PROGRAMMES, path_pdf
from models.answers import Person, Sitting
from models.assessment.status import Step as LevelStep
from models.path.course import Course
from models.path.page import Page
from models.path.path import Followed, Level, Path
from screens.path.wording import path_rows, to_come

CORNER = "SmartCorner de Charleroi"
AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
STEPS = [step.id for step in page_steps()]


def sitting(days: int, programme: str = "course-24", corner: str = "charleroi", room: str | None = "2"):
    start = AT.replace(minute=30) + timedelta(days=days)
    return Sitting(f"s{days}", programme, corner, start, start + timedelta(hours=4), room)


def followed(programme: str, minutes: int) -> Followed:
    return Followed(programme, minutes, max(1, minutes // 240), 0, AT, AT)


PATH = Path(
    person=Person("p", "Łukasz W.", "fr"),
    at=AT,
    awareness_at=AT - timedelta(days=50),
    course=Course("course-24", 24, minutes=1110, to_come=2, reached_at=None),
    level=Level(LevelStep.DECLARED, AT - timedelta(days=3)),
    page=Page(frozenset(STEPS[:3])),
    followed=(followed("awareness", 210), followed("course-24", 1110)),
    coming=(sitting(5), sitting(12)),
    asked=(),
    decided=None,
    minutes=1320,
)


def printed(path: Path = PATH, language: str = "fr") -> bytes:
    return path_pdf(path, corner_name=CORNER, made_at=AT, language=language)


def words(file) -> str:
    return " ".join(file.text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_screen_says_and_whom_to_call(look, language):
    text, translate = words(look(printed(language=language), draw=False)), translator(language)
    for row in path_rows(PATH, language):
        assert f"{row.name} {row.words}" in text
    for step in page_steps():
        assert step.say[language] in text
    for said in (translate("Mon parcours"), to_come(PATH, language), hotline(), "leforem.be"):
        assert said in text
    assert date_of(AT, language, year=True) in text
    assert f"{programmes()['course-24'].name(language)} : {length(1110, language)}" in text
    assert translate("En tout : {length}", length=length(1320, language)) in text


def test_dates_are_said_with_hours_what_and_where(look):
    elsewhere = replace(PATH, coming=(sitting(5), sitting(400, "video-cv", "libramont")))
    text = words(look(printed(elsewhere), draw=False))
    assert "mardi 8 novembre, 8 h 30 à 12 h 30 · Formation SmartJob, 24 heures · salle 2" in text
    assert "vendredi 8 décembre 2023, 8 h 30 à 12 h 30 · Le CV vidéo · SmartCorner de Libramont" in text


def test_the_code_is_the_forems_site(look):
    (page,) = look(printed()).pages
    assert [code.text for code in page.codes] == [forem_site()]


def test_ticked_steps_say_so_in_words(look):
    """A-10: a tick in a box is not all."""
    assert words(look(printed(), draw=False)).count("(fait)") == 3


def test_title_language_fonts_and_tags_are_set_and_no_family_name_is_on_it(look):
    file = look(printed(language="de"), draw=False)
    assert (file.language, file.tagged, file.title) == ("de", True, f"Mein Weg, {CORNER}")
    assert set(file.fonts.values()) == {True}
    assert [kind for kind, _ in file.pages[0].tags if kind != "P"] == ["H1", "H2", "H2", "H2", "Figure"]


def test_the_same_path_gives_the_same_bytes():
    assert printed() == printed()


def test_what_there_is_not_takes_no_room(look):
    """Whoever begins has no hours and no dates: no empty headings."""
    begun = replace(
        PATH, course=None, followed=(), coming=(), minutes=0, page=Page(), level=Level(), awareness_at=None
    )
    text = words(look(printed(begun), draw=False))
    assert "Mes heures" not in text and "Mes dates" not in text


ROOMS = st.one_of(st.none(), st.text(max_size=40))
SITTINGS = st.builds(
    sitting,
    st.integers(1, 800),
    st.sampled_from([*programmes(), "x" * 60]),
    st.sampled_from(["charleroi", "marche-tourisme", "nowhere"]),
    ROOMS,
)


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.one_of(st.text(min_size=1, max_size=60), st.text("W -", min_size=1, max_size=60)),
    language=st.sampled_from(LANGUAGES),
    hours=st.one_of(st.none(), st.sampled_from([24, 40])),
    minutes=st.integers(0, 6000),
    coming=st.lists(SITTINGS, max_size=9),
    taken=st.lists(st.sampled_from([*programmes(), "x" * 60]), unique=True),
    level=st.one_of(st.none(), st.sampled_from(LevelStep)),
    ticked=st.sets(st.sampled_from(STEPS)),
    made=st.booleans(),
)
def test_no_path_breaks_the_page(look, name, language, hours, minutes, coming, taken, level, ticked, made):
    path = replace(
        PATH,
        person=Person("p", name, language),
        course=Course("course-24", hours, minutes, len(coming), AT if hours else None),
        coming=tuple(coming),
        followed=tuple(followed(one, minutes + 1) for one in taken),
        level=Level(level, AT),
        page=Page(frozenset(ticked), AT if made else None),
    )
    file = look(printed(path, language), draw=False)
    (page,) = file.pages
    assert page.overlaps() == []
    for line in page.lines:
        assert line.left > 19.5 and line.right < 210 - 19.5
        assert line.top > 12 and line.bottom < 297 - 12
    lines = len(taken[:PROGRAMMES]) + (len(taken) > 1) + len(coming[:DATES])
    assert len(page.lines) >= lines + len(STEPS)
