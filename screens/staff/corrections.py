"""The questions of a correction, one screen after the other: at what time, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assets.languages import hour, local
from models.correcting import AnnulEvent, CorrectTime
from models.marking import Mark, MarkPerson
from models.person import PersonPage
from models.person_events import PersonEvent
from models.words import Event
from screens.staff.asking_more import ask_time
from screens.staff.choosing import CORRECTED, ChoiceScreen
from screens.staff.frame import StaffScreen
from screens.staff.time_entry import TimeScreen
from screens.staff.words import KINDS, kind_words


def correct_time(screen: StaffScreen, page: PersonPage, event: PersonEvent) -> None:
    """It was at another time: at which, and why is it put right?"""
    language, translate = screen.language, screen.translate
    kind, before = kind_words(event, language), hour(event.at, language)
    half_day_id, event_id, name = page.half_day.id, event.id, page.name

    def given(moment: datetime) -> None:
        _ask_reason(
            screen,
            f"{name}   {kind} {before} → {hour(moment, language)}",
            lambda reason: screen.ask(CorrectTime(half_day_id, event_id, moment, reason)),
        )

    lines = [name, f"{before}   {kind}", translate("À quelle heure était-ce ?")]
    screen.open(TimeScreen(screen.frame, lines, local(event.at).date(), given))


def annul_event(screen: StaffScreen, page: PersonPage, event: PersonEvent) -> None:
    """It was not so: why?"""
    half_day_id, event_id = page.half_day.id, event.id
    what = f"{kind_words(event, screen.language)} {hour(event.at, screen.language)}"
    told = screen.translate("{what} : ne compte plus", what=what)
    _ask_reason(
        screen,
        f"{page.name}   {told}",
        lambda reason: screen.ask(AnnulEvent(half_day_id, event_id, reason)),
    )


def note_move(screen: StaffScreen, page: PersonPage) -> None:
    """A departure of who is there, an arrival of who is not: at what time, and why only now?"""
    language, translate = screen.language, screen.translate
    sitting, name, person_id = page.half_day, page.name, page.person_id
    here = page.reckoning.present
    mark, kind = (Mark.LEFT, Event.LEFT) if here else (Mark.PRESENT, Event.ARRIVED)

    def given(moment: datetime) -> None:
        _ask_reason(
            screen,
            f"{name}   {translate(KINDS[kind])} {hour(moment, language)}",
            lambda reason: screen.ask(MarkPerson(sitting.id, person_id, mark, reason=reason, moment=moment)),
        )

    ask_time(screen, name, mark, sitting, given)


def _ask_reason(screen: StaffScreen, told: str, chosen: Callable[[str], None]) -> None:
    translate = screen.translate
    reasons = {word: translate(label) for word, label in CORRECTED.items()}
    screen.open(ChoiceScreen(screen.frame, [told, translate("Pourquoi ?")], reasons, chosen))
