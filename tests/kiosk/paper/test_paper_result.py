"""The result of a self-assessment on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.assessment import bank, thresholds
from assets.facts import hotline
from assets.languages import LANGUAGES, translator
from kiosk.paper.result import result_pdf
from models.answers import Sitting
from models.assessment.checks import Check, Done
from models.assessment.result import result
from models.assessment.shown import Shown
from screens.assessment.wording import LEVELS, TOGETHER, span_words

CORNER = "SmartCorner de Charleroi"
AT = datetime(2022, 11, 3, 7, 22, tzinfo=UTC)
NEXT = Sitting(
    "h", "video-cv", "libramont", datetime(2022, 11, 23, 11, 30, tzinfo=UTC),
    datetime(2022, 11, 23, 15, 0, tzinfo=UTC), "4", "Awa",
)  # fmt: skip
VALUES = st.text("012?-", min_size=15, max_size=15)


def told(values: str, name: str = "Łukasz W.", proposal: Sitting | None = NEXT, *, done=Done.PASSED) -> Shown:
    numbers = thresholds()
    items = [f"{competence}S" for area in numbers.order for competence in numbers.core[area]]
    answers = {
        item: None if value == "?" else int(value)
        for item, value in zip(items, values, strict=True)
        if value != "-"
    }
    checks = dict.fromkeys(Check, done)
    return Shown(result(answers, checks, numbers), checks, AT, name, proposal)


def printed(shown: Shown, language: str = "fr") -> bytes:
    return result_pdf(shown, corner_name=CORNER, made_at=AT, language=language)


def words(file) -> str:
    return " ".join(file.text.replace("\u00a0", " ").split())


def stays_on_the_page(file) -> None:
    (page,) = file.pages
    assert page.overlaps() == []
    for line in page.lines:
        assert line.left > 19.5 and line.right < 210 - 19.5
        assert line.top > 12 and line.bottom < 297 - 13


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_says_the_areas_the_workshop_and_whom_to_call(look, language):
    """Everything that a person needs at home, in their language, and what it is not."""
    shown = told("2112221011?2000")
    text, translate = words(look(printed(shown, language), draw=False)), translator(language)
    for area, span in shown.result.areas.items():
        assert f"{bank().areas[area][language]} {span_words(span, language)}" in text
    for said in ("Auto-évaluation, pas un diplôme.", "Voici où vous en êtes", "La suite"):
        assert translate(said) in text
    assert hotline() in text


def test_the_workshop_is_said_with_day_hours_and_place(look):
    """Whoever reads it at home knows where to go, also where it is another corner."""
    text = words(look(printed(told("2" * 12 + "000")), draw=False))
    assert "Le CV vidéo mercredi 23 novembre 2022, 12 h 30 à 16 h SmartCorner de Libramont, salle 4" in text


def test_half_of_the_answers_are_a_first_look_and_propose_nothing(look):
    text = words(look(printed(told("22111" + "-" * 10)), draw=False))
    assert "Un premier aperçu" in text and "Voici où vous en êtes" not in text
    assert "Le CV vidéo" not in text and "L'équipe vous dira la suite." in text
    assert text.count("à voir ensemble") == 3


@pytest.mark.parametrize("values", ["2112221011?2000", "0" * 15, "2" * 15])
def test_no_score_stands_on_it(look, values):
    """P-39: beside the day and the hours, the place's room and the number to call there is no figure."""
    text = words(look(printed(told(values)), draw=False))
    for known in ("jeudi 3 novembre 2022", "mercredi 23 novembre 2022, 12 h 30 à 16 h", "salle 4", hotline()):
        text = text.replace(known, "")
    assert re.findall(r"\d|%", text) == []


def test_without_a_card_it_names_nobody(look):
    """P-39: at most a first name and an initial, and the title names nobody in any case."""
    text = words(look(printed(told("1" * 15, name="")), draw=False))
    assert "Łukasz" not in text and "· jeudi" not in text and "jeudi 3 novembre 2022" in text
    file = look(printed(told("1" * 15)), draw=False)
    assert "Łukasz W. · jeudi 3 novembre 2022" in words(file)
    assert file.title == f"Faire le point, {CORNER}"


def test_title_language_fonts_and_tags_are_set(look):
    file = look(printed(told("2112221011?2000"), "de"), draw=False)
    assert (file.language, file.tagged) == ("de", True)
    assert set(file.fonts.values()) == {True}
    assert [kind for kind, _ in file.pages[0].tags if kind != "P"] == ["H1", "H2"]


def test_full_half_full_and_empty_steps_are_told_apart_without_colour(look):
    """A-10: more ink for more steps, and something between for what the answers leave open."""
    dark = {}
    for name, values in (("low", "0" * 15), ("open", "?" * 15), ("high", "2" * 15)):
        page = look(printed(told(values))).pages[0]
        scale = len(page.pixels) / page.height
        column = page.pixels[int(75 * scale) : int(150 * scale), int(75 * scale) : int(126 * scale)]
        dark[name] = int((column.min(axis=2) < 128).sum())
    assert dark["low"] < dark["open"] < dark["high"]


def test_the_same_result_gives_the_same_bytes():
    assert printed(told("1" * 15)) == printed(told("1" * 15))


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    values=VALUES,
    name=st.one_of(st.just(""), st.text(min_size=1, max_size=60), st.text("W -", min_size=1, max_size=60)),
    language=st.sampled_from(LANGUAGES),
    proposed=st.booleans(),
    done=st.sampled_from(Done),
    room=st.one_of(st.none(), st.text(max_size=40)),
)
def test_no_result_and_no_name_breaks_the_page(look, values, name, language, proposed, done, room):
    """One page whatever was answered, with a level in words for each of the five areas."""
    shown = told(values, name, replace(NEXT, room=room) if proposed else None, done=done)
    file = look(printed(shown, language), draw=False)
    stays_on_the_page(file)
    translate = translator(language)
    levels = [translate(word) for word in (*LEVELS, TOGETHER)]
    lines = [" ".join(line.replace("\u00a0", " ").split()) for line in file.text.splitlines()]
    assert sum(any(level in line for level in levels) for line in lines) >= 5
