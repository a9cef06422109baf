"""A mark that needs a word more: why, or when. It is asked for, and the mark is sent again with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assets.languages import N_, hour, local
from models.answers import Sitting
from models.marking import MarkEverybody, MarkPerson, Refused
from screens.staff.choosing import CORRECTED, EXCUSED, ChoiceScreen
from screens.staff.frame import StaffScreen
from screens.staff.time_entry import TimeScreen

WHY_EXCUSED = N_("Pourquoi cette absence est-elle excusée ?")
WHY_CORRECTED = N_("C'est une correction. Pourquoi ?")

WHY_NOT = {
    Refused.ALREADY: N_("{name} : c'est déjà noté."),
    Refused.NOT_THERE: N_("{name} n'est pas là : notez d'abord la présence."),
    Refused.WRONG_TIME: N_("Cette heure n'est pas possible : écrivez une heure de la demi-journée."),
    Refused.GONE: N_("{name} n'est plus dans cette liste."),
}

Marks = MarkPerson | MarkEverybody


def ask_more(
    screen: StaffScreen,
    request: Marks,
    refused: Refused,
    name: str,
    sitting: Sitting,
    send: Callable[[Marks], None],
) -> None:
    """Ask for what is missing, or say why nothing was noted.

    Args:
        name: of the person; empty for several people.
        send: takes the request with what was missing.
    """
    translate, language = screen.translate, screen.language
    whom = name or translate("Toutes ces personnes")

    def again(**more: Any) -> None:  # noqa: ANN401 (one of the request's fields)
        send(replace(request, **more))

    if refused is Refused.NEEDS_EXCUSE:
        choose(screen, [whom, translate(WHY_EXCUSED)], EXCUSED, lambda word: again(excuse=word))
    elif refused is Refused.NEEDS_REASON:
        choose(screen, [whom, translate(WHY_CORRECTED)], CORRECTED, lambda word: again(reason=word))
    elif refused is Refused.NEEDS_TIME:
        start = sitting.starts_at
        offered = {translate("Au début, {time}", time=hour(start, language)): start}
        lines = [whom, translate("À quelle heure est l'arrivée ?")]
        on_day = local(start).date()
        screen.open(TimeScreen(screen.frame, lines, on_day, lambda at: again(moment=at), offered))
    else:
        screen.say(translate(WHY_NOT[refused], name=whom))


def choose(
    screen: StaffScreen, lines: list[str], words: Mapping[str, str], chosen: Callable[[str], None]
) -> None:
    """Ask for one of some words."""
    answers = {word: screen.translate(label) for word, label in words.items()}
    screen.open(ChoiceScreen(screen.frame, lines, answers, chosen))
