"""The sentences of a video CV: complete, short, and everybody's."""

from __future__ import annotations

import re

import pytest
from plain_french import ease

from assets.booth import guide
from assets.languages import LANGUAGES
from models.booth import LONGEST

PRIVATE = (
    r"\b(ans|âge|jeune|enfants?|mari\w*|famille|santé|malad\w+|handicap\w*|origine|nationalité|pays"
    r"|jaar|jong|kind\w*|gezin|ziek\w*|gezond\w*|Jahre?|jung|Familie|krank\w*|gesund\w*|Herkunft"
    r"|years?|young|child\w*|family|health\w*|ill|country)\b"
)
"""What nobody has to say of themselves to find work."""

GENDERED = (
    r"\b(content|contente|prêt|prête|motivé|motivée|heureux|heureuse|ravi|ravie|passionné|passionnée"
    r"|sérieux|sérieuse|ouvrier|ouvrière|vendeur|vendeuse)\b|\w\(e\)|\w·e\b|\wIn\b|in\(n|/in\b"
)
"""Words that would say the person's sex."""


def said(language: str) -> list[str]:
    return [one[language] for part in guide().parts for one in part.sentences]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_three_sentences_of_its_own(language):
    assert all(len(part.sentences) == 3 for part in guide().parts)
    assert len({*said(language)}) == 3 * len(guide().parts)
    assert not {*said(language)} & {text for other in LANGUAGES if other != language for text in said(other)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_whole_and_short(language):
    """A-13, and one row of a key in the smallest grid."""
    for text in said(language):
        assert len(text) <= LONGEST, text
        assert re.fullmatch(r"[A-ZÀ].*\.", text), text
        assert len(re.findall(r"[\w'’-]+", text)) <= 12, text
    for part in guide().parts:
        assert part.ask[language].endswith("?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_fits_everybody(language):
    for text in said(language):
        assert not re.search(PRIVATE, text, re.IGNORECASE), text
        assert not re.search(GENDERED, text), text


def test_the_french_sentences_are_easy():
    """A-15: they are read aloud by whoever reads with difficulty."""
    assert ease([*said("fr"), *(part.ask["fr"] for part in guide().parts)]) >= 70


def test_a_name_is_said_once_and_only_in_the_greeting():
    named = [part.id for part in guide().parts if part.named]
    assert named == [guide().parts[0].id]
    assert all(text.count("{name}") == 1 for text in guide().parts[0].named.values())
    assert {*guide().parts[0].named} == {*LANGUAGES}


def test_the_longest_text_is_read_before_the_film_ends():
    """Also at the slowest pace, with the seconds before and after."""
    told, pace = guide(), guide().pace
    for language in LANGUAGES:
        words = sum(
            max(len(re.findall(r"[\w'’-]+", one[language])) for one in part.sentences) for part in told.parts
        )
        assert words / pace.slowest * 60 + told.countdown + told.breath < told.longest
    assert pace.slowest < pace.usual < pace.fastest
