"""The words of the meeting to practise with: complete, short, warm."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from assets.languages import LANGUAGES
from assets.meeting import story
from models.meeting import Control

UNKIND = r"\b(faux|fausse|erreur|échec|mauvais|non|incorrect|fout|falsch|Fehler|wrong|error)\b"


def texts(language: str) -> list[str]:
    moments = [text for one in story().moments for text in (one.said, one.hint, one.praise)]
    return [text[language] for text in (*moments, *(one.what for one in story().learnt)) if text[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_short_and_kind(language):
    """A-13, and never blame."""
    found = texts(language)
    assert len(found) == len(texts("fr"))
    for text in found:
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(re.findall(r"[\w'’-]+", sentence)) <= 12, sentence
        assert not re.search(UNKIND, text, re.IGNORECASE), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_sentences_are_few_words(language):
    """A-12: what is said and what is said beside it are at most 25 words together."""
    moments = story().moments
    for before, now in pairwise(moments):
        for beside in (now.hint, before.praise):
            assert len(re.findall(r"[\w'’-]+", f"{now.said[language]} {beside[language]}")) <= 25


def test_every_control_is_asked_for():
    assert {moment.control for moment in story().moments} == {*Control}
    assert story().moments[-1].control == Control.LEAVE
