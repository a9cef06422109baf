"""Which workshop? Those of the catalogue without a key of their own; a corner may have added many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assets.facts import programmes
from assets.languages import N_
from screens.staff.choosing import ChoiceScreen
from screens.staff.frame import StaffScreen

COURSES = {"course-24": N_("24 h"), "course-40": N_("40 h")}
"""Programmes of the catalogue with a key of their own."""

SUGGESTED = "→"
"""Before what the assessment suggests: not told by its frame alone (A-10)."""

A_PAGE = 6
"""Workshops to choose from at one time: as many keys as leave room for the question on every grid."""

MORE = "_more"
"""No programme's id begins with a hyphen, which this would be."""


def programme_name(programme: str, language: str) -> str:
    """The plain name of a programme; its id where a newer version knows more."""
    fact = programmes().get(programme)
    return fact.name(language) if fact else programme


def ask_which(
    screen: StaffScreen,
    chosen: Callable[[str], None],
    *,
    about: Sequence[str] = (),
    suggested: str = "",
    page: int = 0,
) -> None:
    """Ask on a screen of its own, page by page.

    Args:
        chosen: what is done about the programme.
        about: what stands above the question: whom it is about.
        suggested: the programme that stands first, with a sign; empty for none.
    """
    others = sorted((one for one in programmes() if one not in COURSES), key=lambda one: one != suggested)
    size = A_PAGE if len(others) <= A_PAGE else A_PAGE - 1
    pages = -(-len(others) // size)
    answers: dict[str, str] = {}
    for one in others[page * size : (page + 1) * size]:
        name = programme_name(one, screen.language)
        # Ids of widgets have no hyphen of ours; ids of programmes have no underscore.
        answers[one.replace("-", "_")] = f"{SUGGESTED} {name}" if one == suggested else name
    if pages > 1:
        answers[MORE] = screen.translate("Suite")

    def answered(word: str) -> None:
        if word == MORE:
            ask_which(screen, chosen, about=about, suggested=suggested, page=(page + 1) % pages)
        else:
            chosen(word.replace("_", "-"))

    lines = [*about, screen.translate("Quel atelier ?")]
    screen.open(ChoiceScreen(screen.frame, lines, answers, answered))
