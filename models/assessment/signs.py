"""Answers as the table keeps them: a sign a competence; a group of thousands is counted in a moment."""

from __future__ import annotations

from assets.assessment import framework
from models.assessment.levels import ALONE, NOT_YET, Answers, defined, simple
from models.words import CHECKED

NOT_ASKED = "-"
NOT_UNDERSTOOD = "?"


def signs_of(answers: Answers) -> tuple[str, str]:
    """The signs of the simple tasks, and of the well-defined ones."""
    ids = framework().ids
    return (
        "".join(_sign(answers, simple(one)) for one in ids),
        "".join(_sign(answers, defined(one)) for one in ids),
    )


def answers_of(simple_signs: str, defined_signs: str) -> Answers:
    """The answers behind the signs."""
    found: dict[str, int | None] = {}
    for signs, item in ((simple_signs, simple), (defined_signs, defined)):
        for one, sign in zip(framework().ids, signs, strict=True):
            if sign != NOT_ASKED:
                found[item(one)] = None if sign == NOT_UNDERSTOOD else int(sign)
    return found


def are_known_answers(value: object) -> bool:
    """Whether these are answers that this version knows; a newer one may ask other things."""
    if not isinstance(value, dict):
        return False
    items = {item(one) for one in framework().ids for item in (simple, defined)}
    return value.keys() <= items and all(
        answer is None or (type(answer) is int and NOT_YET <= answer <= ALONE) for answer in value.values()
    )


def are_checks(value: object) -> bool:
    """Whether these are outcomes of exercises that this version knows."""
    return isinstance(value, dict) and all(
        check in ("spot", "copy") and done in CHECKED for check, done in value.items()
    )


def _sign(answers: Answers, item: str) -> str:
    if item not in answers:
        return NOT_ASKED
    value = answers[item]
    return NOT_UNDERSTOOD if value is None else str(value)
