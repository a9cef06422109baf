"""What is said of a correction after a half-day was closed."""

import pytest
from stage import AT

from assets.languages import translator
from models.figures import Correction, Standing
from models.reckoning import ABSENT, EXCUSED, EXPECTED
from screens.staff import closing_words

THERE = Standing("present", 210, AT)


def said(before, after):
    correction = Correction("p", "Binta O.", before, after)
    return closing_words.corrected(correction, translator("fr"), "fr").says


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (Standing(), "3 h 30 → hors de la liste"),
        (Standing(ABSENT), "3 h 30 → absence"),
        (Standing(EXCUSED), "3 h 30 → excuse"),
        (Standing(EXPECTED), "3 h 30 → à venir"),
        (Standing("left", 90, AT, AT), "3 h 30 → 1 h 30"),
    ],
)
def test_old_and_new_stand_side_by_side(after, told):
    """P-26."""
    assert said(THERE, after) == told
