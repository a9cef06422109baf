"""The bank's lint (property 16): every item plain, short, complete, one act, in four languages."""

from __future__ import annotations

import re
from itertools import product

import pytest
from plain import counted_words, readability

from assets.assessment import bank, framework, thresholds
from assets.facts import programmes
from assets.languages import LANGUAGES

ITEMS = list(bank().items.values())
BEGINS = {
    "fr": ("Savez-vous ",),
    "nl": ("Kunt u ", "Weet u "),
    "de": ("Können Sie ",),
    "en": ("Can you ",),
}
JARGON = {
    "fr": "digcomp compétence navigateur url cloud spam phishing hameçonnage login identifiant profil valider"
    " validation interface numérique digital onglet icône scroller cliquer télécharger google facebook"
    " whatsapp microsoft word excel gmail windows android iphone zoom teams",
    "nl": "digcomp competentie browser url cloud spam phishing login profiel valideren google facebook"
    " whatsapp word excel gmail windows android iphone zoom teams",
    "de": "digcomp kompetenz browser url cloud spam phishing login profil google facebook whatsapp"
    " excel gmail windows android iphone zoom teams",
    "en": "digcomp competence browser url cloud spam phishing login profile google facebook whatsapp"
    " excel gmail windows android iphone zoom teams",
}
"""Words of the office and of makers."""

OR = {
    "fr": r"\bou\b(?! )|\bou bien\b|, ou\b",
    "nl": r"\bofwel\b",
    "de": r"\boder\b",
    "en": r"\bor\b",
}

LONGEST = 96
"""Signs in two rows of the smallest grid."""


def wordings(language: str) -> list[str]:
    return [text[language] for item in ITEMS for text in (item.ask, item.plainly)]


def test_property_16_every_competence_has_one_simple_and_one_defined_item():
    assert set(bank().items) == {f"{one}{kind}" for one, kind in product(framework().ids, "SW")}
    assert all(item.id == f"{item.competence}{item.kind}" for item in ITEMS)
    assert bank().areas.keys() == framework().competences.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_complete_short_and_unique(language):
    """At most twelve words and two rows; no wording twice; the simpler one is another one."""
    found = wordings(language)
    assert len(set(found)) == len(found)
    for item in ITEMS:
        for text in (item.ask[language], item.plainly[language]):
            assert len(text) <= LONGEST, text
            assert len(re.findall(r"[^\s?]+", text)) <= 12, text
        assert item.ask[language] != item.plainly[language]
        short = item.short[language]
        assert len(short.split()) <= 4, short
        assert len(short) <= 26, short
        assert short[0].isupper(), short
    assert len({item.short[language] for item in ITEMS}) == len(ITEMS)
    for name in bank().areas.values():
        assert 0 < len(name[language]) <= 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_asked_in_one_way_and_of_one_act(language):
    """A fixed beginning, a question mark, no "or" between two acts: all three answers fit."""
    for text in wordings(language):
        assert text.startswith(BEGINS[language]), text
        assert text.endswith(" ?" if language == "fr" else "?"), text
        assert not re.search(OR[language], text), text
    for starter in bank().starters:
        assert starter.ask[language].endswith(" ?" if language == "fr" else "?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_property_16_no_word_of_the_office_and_no_maker(language):
    words = set(re.findall(r"[^\W\d_]+", " ".join(wordings(language)).lower()))
    assert not words & set(JARGON[language].split())


def test_the_french_is_easy_and_says_vous():
    """A-15: Kandel-Moles at least 70 over all questions, and over the simpler ones."""
    asked = [item.ask["fr"] for item in ITEMS]
    plainly = [item.plainly["fr"] for item in ITEMS]
    assert readability(asked) >= 70
    assert readability(plainly) >= 70
    for text in asked + plainly:
        assert not re.search(r"\b(tu|ton|ta|tes|te|toi)\b", text, re.IGNORECASE), text
        assert not re.search(r"\b[A-ZÉÈ]{3,}\b", text), text
        assert len(counted_words(text)) <= 12


def test_property_14_the_mapping_is_total_in_both_versions():
    """21 ids, five areas, eight levels: the same ids in 2.2 and 3.0; Basic is levels 1 and 2."""
    assert bank().framework == framework().version == "3.0"
    assert len(framework().ids) == 21
    for version in ("2.2", "3.0"):
        assert framework().titles[version].keys() == {*framework().ids, *framework().competences}
        assert all(framework().titles[version].values())
        assert sorted(framework().bands[version]) == list(range(1, 9))
    basic = [level for level, band in framework().bands["3.0"].items() if band == "Basic"]
    foundation = [level for level, band in framework().bands["2.2"].items() if band == "Foundation"]
    assert basic == foundation == [1, 2]


def test_the_thresholds_fit_the_framework_and_the_catalogue():
    """Three core competences an area; what an exercise is held against is always asked."""
    rules = thresholds()
    assert sorted(rules.order) == sorted(framework().competences)
    for area, listed in rules.core.items():
        assert len(set(listed)) == 3
        assert set(listed) <= set(framework().competences[area])
    for linked in rules.checks.values():
        for one in linked:
            assert rules.core[framework().area_of(one)].index(one) < 2
    assert rules.proposals.keys() == {*rules.order, "reached"}
    assert {one for listed in rules.proposals.values() for one in listed} <= programmes().keys()
