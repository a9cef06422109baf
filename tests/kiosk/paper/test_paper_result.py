"""The result on paper: read by another program, in words only."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from assets.assessment import bank, thresholds
from assets.languages import LANGUAGES, translator
from kiosk.paper.result import result_pdf
from models.answers import Sitting
from models.assessment.checks import Check, Done
from models.assessment.result import result
from models.assessment.shown import Shown
from screens.assessment.wording import LEVELS

AT = datetime(2022, 11, 3, 9, 15, tzinfo=UTC)
NEXT = Sitting(
    "s",
    "digital-skills",
    "charleroi",
    datetime(2022, 11, 24, 7, 30, tzinfo=UTC),
    datetime(2022, 11, 24, 11, 0, tzinfo=UTC),
    "1",
)


def told(values: str, name: str = "Łukasz W.", proposal: Sitting | None = NEXT) -> Shown:
    rules = thresholds()
    items = [f"{one}S" for area in rules.order for one in rules.core[area]]
    answers = {item: int(value) for item, value in zip(items, values, strict=False)}
    checks = dict.fromkeys(Check, Done.PASSED)
    return Shown(result(answers, checks, rules), checks, AT, name, proposal)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == 1
    return " ".join(pages[0].get_textpage().get_text_range().replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_on_one_page_and_no_number_of_merit(language):
    """P-39: words only; the date, the workshop and the hour are the only figures."""
    translate = translator(language)
    pdf = result_pdf(
        told("222111000222110"), corner_name="SmartCorner de Charleroi", made_at=AT, language=language
    )
    text = text_of(pdf)
    for wanted in ("Łukasz W.", "SmartCorner de Charleroi", translate("Auto-évaluation, pas un diplôme.")):
        assert wanted in text
    for area in bank().areas.values():
        assert area[language] in text
    for level in LEVELS:
        assert translate(level) in text
    assert "%" not in text
    assert "/3" not in text


def test_a_partial_result_says_so_and_nobody_is_named_without_a_card():
    pdf = result_pdf(told("22", "", None), corner_name="SmartCorner", made_at=AT, language="fr")
    text = text_of(pdf)
    assert "Un premier aperçu" in text
    assert "L'équipe vous dira la suite." in text
    assert "Łukasz" not in text


def test_the_same_result_twice_is_the_same_bytes():
    made = [
        result_pdf(told("1" * 15), corner_name="SmartCorner", made_at=AT, language="fr") for _ in range(2)
    ]
    assert made[0] == made[1]
