"""The words of the public side: short, plain, warm, and never a dead end."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest
from plain_french import counted_words, ease, syllables
from stage import FACTS, outcome

from assets.languages import LANGUAGES, translator
from assets.outcomes import OUTCOMES
from models.words import Answer
from screens.widgets.poster import Tone
from screens.wording import not_saved, words

OTHERS = (
    "Montrez votre carte.",
    "Montrez votre carte.",
    "Passez ce carré sous le lecteur.",
    "Bonjour !",
    "Terminé",
    "Rester",
    "Retour",
    "Effacer",
)
"""What participants read apart from the outcomes."""

AVOIDED = (
    *("émargement", "authentification", "badge", "valider", "validation", "session", "compétence"),
    *("digcomp", "profil", "erreur", "échec", "retard", "inscrit", "inscrite", "inscription", "scanner"),
    *("scan", "token", "login", "cliquez", "check-in", "booking", "identifiant", "refusé", "invalide"),
    *("incorrect", "impossible", "interdit", "faux"),
)


def shown_sentences(language: str = "fr") -> list[str]:
    """Every sentence of every outcome, filled in as a person sees it."""
    said = [words(outcome(case, language, "Ana B."), language) for case in FACTS]
    said.append(not_saved(language))
    found = []
    for one in said:
        for text in (one.title, *one.says, *one.then):
            if not re.search(r" · |^\d", text):  # a place or hours: facts, not sentences
                found += [part.strip() for part in re.split(r"(?<=[.!?])\s+(?!D\b)", text) if part.strip()]
    return list(dict.fromkeys(found)) + [translator(language)(text) for text in OTHERS]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bonjour", 2),
        ("carte", 1),
        ("lettres", 1),
        ("animateur", 4),
        ("animatrice", 4),
        ("l'animateur", 4),
        ("atelier", 3),
        ("essayez", 3),
        ("présence", 2),
        ("notée", 2),
        ("réservation", 4),
        ("journée", 2),
        ("ouvrent", 1),
        ("que", 1),
        ("est", 1),
        ("aujourd'hui", 3),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    """The counter under A-15, against words counted by ear."""
    assert syllables(word) == count


def test_the_french_text_is_easy():
    """A-15: Kandel-Moles at least 70 over everything that participants read."""
    assert ease(shown_sentences()) >= 70


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language):
    """A-13: at most twelve words, in every language."""
    long = [text for text in shown_sentences(language) if len(counted_words(text)) > 12]
    assert long == []


@pytest.mark.parametrize("avoided", AVOIDED)
def test_no_word_of_the_office(avoided):
    """A-16: none of the words to avoid, in no form."""
    hits = [text for text in shown_sentences() if re.search(rf"\b{avoided}s?\b", text, re.IGNORECASE)]
    assert hits == []


def test_no_capitals_no_short_forms_no_signs():
    """A-16: no word in capitals, no abbreviation, no special sign, nothing left unfilled."""
    for text in shown_sentences():
        without = text.replace("Ana B.", "Ana").replace("0800/93 947", "")
        assert not re.search(r"\b[A-ZÉÈÀ]{2,}\b", without), text
        assert not re.search(r"\b(etc|svp|n°|tel|tél|min|max|ex|cf|nov|janv|févr)\b", without), text
        assert not re.search(r"[/&@#%*_<>{}\[\]|\\+=;]", without), text


def test_people_are_said_vous():
    """Adult and warm: "vous", never "tu"."""
    for text in shown_sentences():
        assert not re.search(r"\b(tu|ton|ta|tes|te|toi)\b", text, re.IGNORECASE), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", FACTS)
def test_every_answer_has_a_sign_a_word_and_a_next_step(case, language):
    """A-10, A-35: never by colour alone, never a dead end; also where no other date is known."""
    told = outcome(case, language)
    for known in (told, replace(told, next_dates=(), can_join=())):
        said = words(known, language)
        assert said.sign.strip()
        assert said.title.strip()
        assert said.then, f"{case}: nothing to do next"
        assert said.tone in set(Tone)
        assert not re.search(r"[{}]", said.message)


def test_every_answer_has_its_words():
    """Fourteen answers, three that are said in two ways, and the one that could not be stored."""
    assert OUTCOMES.keys() == {
        *Answer,
        "other_day_past",
        "full_elsewhere_free",
        "pause_over",
        "patience",
        "not_saved",
    }


def test_a_result_stays_long_enough():
    """A-20, A-21: at least 20 seconds, 60 where something is to be chosen or read."""
    assert all(text.stays >= 20 for text in OUTCOMES.values())
    assert OUTCOMES["choose"].stays >= 60


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "fr"])
def test_everything_is_translated_with_its_places(language):
    """Every sentence has words of its own in each language, and loses none of its places."""
    translate = translator(language)
    for text in OUTCOMES.values():
        for sentence in filter(None, (text.title, *text.says, *text.then, text.join)):
            places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            other = translate(sentence)
            assert {name for _, name, _, _ in string.Formatter().parse(other) if name} == places
            if re.sub(r"\{\w+\}", "", sentence).strip():
                assert other != sentence, sentence
