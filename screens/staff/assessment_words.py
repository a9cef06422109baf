"""The words of self-assessments as the team reads them: levels, flags, status, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence

from assets.assessment import Thresholds, bank
from assets.languages import N_, Counted, day, translator
from models.assessment.checks import Flag
from models.assessment.draft import Part
from models.assessment.levels import Answers, Span, competence_level, simple
from models.assessment.reading import Read
from models.assessment.status import Status
from screens.assessment.wording import LEVELS, TOGETHER
from screens.widgets.steps import STEPS

STATUSES = {
    "not_yet": N_("pas encore"),
    "on_the_way": N_("en chemin"),
    "declared": N_("atteint (déclaré)"),
    "confirmed": N_("atteint (confirmé)"),
    "together": TOGETHER,
}
"""The words of ``Status.word``."""

COMPETENCE_LEVELS = (*LEVELS, N_("sait aller plus loin"))
"""The levels of a competence: one more than those of an area."""

FLAGS = {
    Flag.AGREES: N_("concordant"),
    Flag.LOOK_AGAIN: N_("à revoir ensemble"),
    Flag.UNDERRATED: N_("peut-être sous-estimé"),
    Flag.NOT_MEASURED: N_("non mesuré"),
}

DONE, MAYBE, OPEN = "█", "▒", "░"
"""A step that is taken, that may be taken, that is not."""


def area_name(area: str, language: str) -> str:
    """The plain name of an area."""
    return bank().areas[area][language]


def competence_name(competence: str, language: str) -> str:
    """What a competence is about, in a few words."""
    return bank().items[simple(competence)].short[language]


def status_words(status: Status, language: str) -> str:
    """Where somebody stands."""
    return translator(language)(STATUSES[status.word])


def steps(span: Span) -> str:
    """The level of an area as three steps: ``█▒░`` is begun, and may be more."""
    return "".join(
        DONE if step <= span.low else MAYBE if step <= span.high else OPEN for step in range(STEPS)
    )


def level_words(answers: Answers, competence: str, language: str) -> str:
    """What somebody has said of a competence."""
    translate = translator(language)
    level = competence_level(answers, competence)
    if level is not None:
        return translate(COMPETENCE_LEVELS[level])
    return translate("pas compris") if simple(competence) in answers else translate("pas demandé")


def part_words(read: Read, language: str) -> str:
    """How much of it was asked."""
    translate = translator(language)
    if read.part is Part.FURTHER:
        return translate("partie facultative")
    return translate("complet") if read.complete else translate("pas terminé")


def observed_words(read: Read, language: str) -> str:
    """Who has seen it, and when; empty where nobody has."""
    if read.observed is None:
        return ""
    translate = translator(language)
    on_day = day(read.observed.at, language, short=True)
    by = read.observed.by or translate("l'équipe")
    return translate("vu par {name}, {day}", name=by, day=on_day)


def change_words(steps_up: int | None, language: str) -> str:
    """What has become of an area; a step down is no loss, and is not said as one."""
    translate = translator(language)
    if steps_up is None:
        return translate(TOGETHER)
    if steps_up > 0:
        return translate(Counted("{n} étape de plus", "{n} étapes de plus"), n=steps_up)
    return translate("stable") if steps_up == 0 else translate("vous êtes plus exigeant(e)")


def progress_defined(thresholds: Thresholds, language: str) -> str:
    """What the word "progress" means, with the numbers that it goes by."""
    translate = translator(language)
    pairs: Sequence[str] = [translate("{up} pour {down}", up=up, down=down) for up, down in thresholds.signs]
    return translate(
        "Progrès : au moins {net} étapes de plus en tout, ou assez de réponses en hausse"
        " pour celles en baisse ({pairs}).",
        net=thresholds.net,
        pairs=", ".join(pairs),
    )
