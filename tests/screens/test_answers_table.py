"""The table of answer x language x next step: made from what the kiosk says, and without a dead end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assets.languages import LANGUAGES, translator
from models.words import Answer

sys.path.append(str(Path(__file__).parents[2] / "docs"))

import make_answers


def test_the_table_in_the_docs_is_what_the_kiosk_says():
    """``make answers`` has been run since the texts changed."""
    assert make_answers.FILE.read_text("utf-8") == make_answers.table()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_a_next_step_in_every_language(language):
    """A-35: a sentence that says what to do, a key that goes on, and a human at the end."""
    rows = make_answers.rows(language)
    assert {Answer(row.case.partition(",")[0]) for row in rows if row.case != "not_saved"} == set(Answer)
    for row in rows:
        assert row.then, row.case
        assert all(sentence.strip() for sentence in (*row.says, *row.then)), row.case
        assert translator(language)("Aide") in row.keys
        assert len(set(row.keys)) == len(row.keys) >= 2, row.case


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_no_place_hears_of_dates_or_of_the_number(language):
    """Where there is no place: a free one, the next date, or 0800/93 947, each one touch away at most."""
    translate = translator(language)
    for row in make_answers.rows(language):
        answer = row.case.partition(",")[0]
        if answer in ("not_booked", "full"):
            said = " ".join((*row.says, *row.then))
            offered = {translate("Rester"), translate("Voir les dates")} & set(row.keys)
            assert offered or "0800/93 947" in said, row.case
