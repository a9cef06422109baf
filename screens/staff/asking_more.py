"""A mark that needs a word more: why, or when. It is asked for, and the mark is sent again with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from assets.languages import N_, hour, local
from models.answers import Sitting
from models.marking import Mark, MarkEverybody, MarkPerson, Refused
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
    translate = screen.translate
    whom = name or translate("Toutes ces personnes")

    def again(**more: Any) -> None:  # noqa: ANN401 (one of the request's fields)
        send(replace(request, **more))

    if refused is Refused.NEEDS_EXCUSE:
        choose(screen, [whom, translate(WHY_EXCUSED)], EXCUSED, lambda word: again(excuse=word))
    elif refused is Refused.NEEDS_REASON:
        choose(screen, [whom, translate(WHY_CORRECTED)], CORRECTED, lambda word: again(reason=word))
    elif refused is Refused.NEEDS_TIME:
        ask_time(screen, whom, request.mark, sitting, lambda at: again(moment=at))
    else:
        screen.say(translate(WHY_NOT[refused], name=whom))


def ask_time(
    screen: StaffScreen, whom: str, mark: Mark, sitting: Sitting, given: Callable[[datetime], None]
) -> None:
    """At what time did they leave, or come? The end or the start of the half-day is one touch."""
    translate, language = screen.translate, screen.language
    if mark is Mark.LEFT:
        likely = sitting.ends_at
        asked = translate("À quelle heure était le départ ?")
        offer = translate("À la fin, {hour}", hour=hour(likely, language))
    else:
        likely = sitting.starts_at
        asked = translate("À quelle heure était l'arrivée ?")
        offer = translate("Au début, {hour}", hour=hour(likely, language))
    on_day = local(sitting.starts_at).date()
    screen.open(TimeScreen(screen.frame, [whom, asked], on_day, given, {offer: likely}))


def choose(
    screen: StaffScreen, lines: list[str], words: Mapping[str, str], chosen: Callable[[str], None]
) -> None:
    """Ask for one of some words."""
    answers = {word: screen.translate(label) for word, label in words.items()}
    screen.open(ChoiceScreen(screen.frame, lines, answers, chosen))
