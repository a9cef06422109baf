"""What the person's page says of a half-day that was closed: what was signed, and what is so now."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stage import AT
from test_person_layout import LATER, NOW, PAGE

from models.figures import Standing
from models.person import Signed
from screens.staff.person_words import note_lines, signed_words

THERE = Standing("present", 168, LATER)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (Standing(), THERE, "À la clôture : hors de la liste. Maintenant : là, après l'heure, 2 h 48."),
        (Standing("absent"), Standing(), "À la clôture : absence. Maintenant : hors de la liste."),
        (Standing("absent"), Standing("expected"), "À la clôture : absence. Maintenant : à venir."),
        (Standing("present", 210, AT), THERE, "À la clôture : 3 h 30. Maintenant : 2 h 48."),
        (
            Standing("present", 210, AT - timedelta(minutes=7)),
            Standing("present", 210, AT),
            "À la clôture : 8 h 15 à …. Maintenant : 8 h 22 à ….",
        ),
    ],
)
def test_what_was_signed_stands_beside_what_is_so_now(before, after, said):
    """P-26."""
    page = replace(PAGE, signed=Signed(NOW, "Leïla", before, after))
    assert note_lines(page, "fr")[0] == said
    assert signed_words(page, "fr").endswith(said.removeprefix("À la clôture"))


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (None, "par Leïla."),
        (Standing(), "par Leïla."),
        (Standing("excused"), "par Leïla : absence excusée."),
        (THERE, "par Leïla : 2 h 48."),
    ],
)
def test_what_still_stands_is_said_once(before, said):
    """Late is said by a tolerance of today, and no figure."""
    page = replace(PAGE, signed=Signed(NOW, "Leïla", before))
    assert page.reckoning.state == "late"
    assert signed_words(page, "fr").endswith(said)
    assert "Maintenant" not in " ".join(note_lines(page, "fr"))
