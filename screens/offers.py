"""What an answer offers beside going: half-days, the day, the next dates, other ways to arrive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.message import Message

from assets.languages import hour, translator
from models.answers import Outcome, Sitting
from models.words import ARRIVALS, Answer
from screens.messages import DatesWanted, DayWanted, PathWanted, PointWanted, Way, WayWanted, Wished
from screens.wording import where

Offer = tuple[str, Callable[[], Message]]
"""The label of a key, and what touching it asks for."""

MOST_OFFERED = 3
"""Half-days that an answer offers; with "Terminé" four keys (A-11)."""

OTHER_WAYS = {
    Answer.MISTYPED: (Way.CODE, Way.NAME),
    Answer.UNKNOWN: (Way.CODE, Way.NAME),
    Answer.PAUSE: (Way.NAME,),
}
"""Answers after which another way to arrive is one touch away."""


SAYS_NEXT = (Answer.OVER, Answer.OTHER_DAY, Answer.NOT_BOOKED)
"""Answers that say the first of the next dates themselves."""

SEE_DAY = (*ARRIVALS, Answer.TOO_EARLY)
"""Answers after which the day is what interests."""


def offers(outcome: Outcome, language: str, *, own: bool = False) -> list[Offer]:
    """What an answer offers besides going: half-days, the day, the next dates, another way to arrive.

    Args:
        own: whether a card or a code says whose answer it is: then their path is offered too.
    """
    translate = translator(language)
    sittings = (outcome.choices or outcome.can_join)[:MOST_OFFERED]
    join = bool(outcome.can_join)
    if join and len(sittings) == 1:
        return [(translate("Rester"), partial(Wished, sittings[0].id, join=True))]
    if sittings:
        return [(_choice(one, language), partial(Wished, one.id, join=join)) for one in sittings]
    path: list[Offer] = [(translate("Mon parcours"), PathWanted)] if own and outcome.person else []
    if outcome.answer in SEE_DAY:
        day: list[Offer] = [(translate("Voir la journée"), DayWanted)]
        return [*day, (translate("Faire le point"), PointWanted), *path]
    more_dates = len(outcome.next_dates) > (1 if outcome.answer in SAYS_NEXT else 0)
    if more_dates or outcome.answer is Answer.FULL:
        return [(translate("Voir les dates"), partial(DatesWanted, outcome.next_dates)), *path]
    labels = {Way.CODE: translate("Taper mon code"), Way.NAME: translate("Chercher mon nom")}
    return path or [(labels[way], partial(WayWanted, way)) for way in OTHER_WAYS.get(outcome.answer, ())]


def _choice(sitting: Sitting, language: str) -> str:
    """The label of a choice in two lines: what, then where and when."""
    what, _, room = where(sitting, language).partition(" · ")
    what = what.partition(",")[0]
    start = hour(sitting.starts_at, language)
    return f"{what}\n{room} · {start}" if room else f"{what}\n{start}"
