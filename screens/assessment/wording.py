"""The words of a result in one language: for the screen, the code to take away, and the paper."""

from __future__ import annotations

from assets.assessment import bank
from assets.languages import N_, translator
from models.assessment.checks import Flag
from models.assessment.levels import ALONE, Span
from models.assessment.shown import Shown
from screens.widgets.steps import StepRow
from screens.wording import what, when

LEVELS = (N_("je découvre"), N_("avec de l'aide"), N_("sans aide"))
"""Areas by their level."""

TOGETHER = N_("à voir ensemble")
"""Where the answers allow more than one level."""


def span_words(span: Span, language: str) -> str:
    """How far somebody is in an area."""
    translate = translator(language)
    return translate(TOGETHER if span.level is None else LEVELS[span.level])


def step_rows(shown: Shown, language: str) -> list[StepRow]:
    """The five areas, the strongest first."""
    names = bank().areas
    return [
        StepRow(names[area][language], span.low, span.high, span_words(span, language))
        for area, span in shown.result.areas.items()
    ]


def area_words(shown: Shown, language: str) -> list[str]:
    """The five areas in words, the strongest first: ``Chercher : sans aide``."""
    translate = translator(language)
    return [
        translate("{area} : {words}", area=row.name, words=row.words) for row in step_rows(shown, language)
    ]


def strongest(shown: Shown, language: str) -> str:
    """What goes best; that everything does, or that everybody begins somewhere."""
    translate = translator(language)
    if all(span.low >= ALONE for span in shown.result.areas.values()):
        return translate("Vous faites tout cela sans aide.")
    area = shown.result.strongest
    if area is None:
        return translate("Tout le monde commence un jour.")
    return translate("Votre point fort : {area}.", area=bank().areas[area][language])


def encouragement(shown: Shown, language: str) -> str:
    """What the exercises say, kindly; empty where they say nothing."""
    translate = translator(language)
    flags = shown.result.flags.values()
    if Flag.UNDERRATED in flags:
        return translate("Vous savez peut-être plus que vous ne pensez.")
    if Flag.LOOK_AGAIN in flags:
        return translate("Nous reverrons une chose ensemble.")
    return ""


def proposal(shown: Shown, language: str) -> tuple[str, ...]:
    """What comes next: a workshop and its date, or that the team knows.

    Nothing is proposed on half of the answers: what is weakest may be what was not asked.
    """
    translate = translator(language)
    if shown.proposal is None or not shown.result.complete:
        return (translate("L'équipe vous dira la suite."),)
    return (what(shown.proposal, language), when(shown.proposal, language))
