"""The result as plain text that a code on the screen holds itself: no address, no account, no network.

How much a code holds depends on the grid, so there are three lengths. None says whose result it is.
"""

from __future__ import annotations

from assets.assessment import bank
from assets.facts import hotline
from assets.languages import N_, day, local, translator
from models.assessment.levels import Span
from models.assessment.shown import Shown
from screens.assessment.wording import level_words, proposal, strongest

SHORTEST = 53
"""Bytes of the shortest text: what a code of version 3 holds, the largest on a grid of sixteen rows."""

BRIEF = {
    "1": N_("Chercher"),
    "2": N_("Échanger"),
    "3": N_("Créer"),
    "4": N_("Protéger"),
    "5": N_("S'aider"),
}
"""One short word an area."""


def take_away_texts(shown: Shown, language: str) -> tuple[str, ...]:
    """The result in words, the longest text first."""
    translate, names = translator(language), bank().areas
    areas = [
        f"{names[area][language]} : {level_words(span, language)}"
        for area, span in shown.result.areas.items()
    ]
    title = f"{translate('Faire le point')}, {day(shown.at, language)} {local(shown.at).year}"
    note = translate("Auto-évaluation, pas un diplôme.")
    call = translate("Appel gratuit : {hotline}.", hotline=hotline())
    what_next = f"{translate('La suite')} : {', '.join(proposal(shown, language))}"
    full = [title, note, "", *areas, "", strongest(shown, language), what_next, call]
    return (
        "\n".join(full),
        "\n".join([translate("Faire le point"), *areas]),
        "\n".join(areas),
        "\n".join(f"{translate(BRIEF[area])} {_step(span)}" for area, span in shown.result.areas.items()),
    )


def _step(span: Span) -> str:
    """The step of three, as it is drawn on the screen."""
    return "?" if span.level is None else str(span.level + 1)
