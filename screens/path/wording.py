"""The words of a path in one language: for the screens, the code to take along, and the paper."""

from __future__ import annotations

from datetime import datetime

from assets.facts import ProgrammeFact
from assets.languages import N_, Counted, date_of, day, hours, length, local, translator
from assets.page_steps import page_steps
from models.assessment.status import Step as LevelStep
from models.path.course import Course
from models.path.path import Path, Step
from models.places import Edition
from screens.widgets.path_rows import PathRow, Stand

NAMES = {
    Step.AWARENESS: N_("Premier atelier"),
    Step.COURSE: N_("Formation"),
    Step.LEVEL: N_("Premier niveau"),
    Step.PAGE: N_("Page sur leforem.be"),
}

LEVELS = {
    LevelStep.NOT_YET: N_("je découvre"),
    LevelStep.ON_THE_WAY: N_("en chemin"),
    LevelStep.DECLARED: N_("oui, selon vous"),
    LevelStep.CONFIRMED: N_("oui, c'est vu"),
}

TO_COME = Counted("Encore {n} demi-journée prévue.", "Encore {n} demi-journées prévues.")
STEPS_DONE = Counted("{n} étape sur {all}", "{n} étapes sur {all}")


def path_rows(path: Path, language: str) -> list[PathRow]:
    """The four steps, each with its words."""
    words = {
        Step.AWARENESS: _awareness(path, language),
        Step.COURSE: course_words(path.course, language),
        Step.LEVEL: _level(path, language),
        Step.PAGE: _page(path, language),
    }
    translate = translator(language)
    return [
        PathRow(translate(NAMES[step]), stand_of(path, step), words[step], _share(path, step))
        for step in Step
    ]


def stand_of(path: Path, step: Step) -> Stand:
    """Where a step stands: done, the present one, or later."""
    if step in path.done:
        return Stand.DONE
    return Stand.NOW if step is path.present_step else Stand.LATER


def _share(path: Path, step: Step) -> float | None:
    if step is not Step.COURSE or path.course is None or not path.course.hours:
        return None
    return path.course.share


def _awareness(path: Path, language: str) -> str:
    translate = translator(language)
    if path.awareness_at is not None:
        return date_said(path.awareness_at, path.at, language)
    if path.course is not None and path.course.minutes:
        # Nothing is claimed that nobody noted: it may have been in another place.
        return translate("pas noté ici")
    return translate("pas encore")


def course_words(course: Course | None, language: str) -> str:
    """Hours done of those that the course has: ``18 h 30 sur 24 h``."""
    translate = translator(language)
    if course is None:
        return translate("à choisir ensemble")
    done = length(course.minutes, language)
    if not course.hours:
        return done
    return translate("{done} sur {all}", done=done, all=length(round(60 * course.hours), language))


def _level(path: Path, language: str) -> str:
    translate = translator(language)
    if path.level.at is None:
        return translate("pas encore")
    step = path.level.step
    return translate(N_("à voir ensemble") if step is None else LEVELS[step])


def _page(path: Path, language: str) -> str:
    translate = translator(language)
    if path.page.made_at is not None:
        return date_said(path.page.made_at, path.at, language)
    if path.page.ticked:
        return translate(STEPS_DONE, n=len(path.page.ticked), all=len(page_steps()))
    return translate("pas encore")


def date_said(moment: datetime, now: datetime, language: str) -> str:
    """A day of the path, with its year where that is another one."""
    return date_of(moment, language, year=local(moment).year != local(now).year)


def to_come(path: Path, language: str) -> str:
    """How many half-days of the course are still to come; empty where there are none."""
    course = path.course
    if course is None or not course.to_come or course.done:
        return ""
    return translator(language)(TO_COME, n=course.to_come)


# ---- asking for a place


def edition_lines(edition: Edition, language: str) -> tuple[str, str]:
    """When an edition begins, and how many half-days it has."""
    first = edition.first
    time = hours(first.starts_at, first.ends_at, language)
    begins = day(first.starts_at, language)
    many = len(edition.half_days)
    if many == 1:
        return begins, time
    counted = translator(language)(Counted("{n} demi-journée", "{n} demi-journées"), n=many)
    return begins, f"{counted} · {time}"


def places_said(edition: Edition, language: str, person_id: str) -> str:
    """How many places are left, or that somebody waits already; kindly, where it is full."""
    translate = translator(language)
    if turn := edition.turn(person_id):
        return waiting_said(turn, language)
    if edition.left:
        return translate(Counted("Encore {n} place libre.", "Encore {n} places libres."), n=edition.left)
    return translate("Complet pour le moment.")


def waiting_said(turn: int, language: str) -> str:
    """How many are before somebody on the list."""
    translate = translator(language)
    if turn <= 1:
        return translate("Vous êtes en tête de la liste.")
    counted = Counted("{n} personne est avant vous.", "{n} personnes sont avant vous.")
    return translate(counted, n=turn - 1)


def first_sentence(fact: ProgrammeFact, language: str) -> str:
    """What is done in a programme, said to the person; one sentence is what a screen has room for."""
    said = fact.description.get(language, fact.description.get("fr", ""))
    first, stop, _ = said.partition(". ")
    return f"{first}." if stop else said
