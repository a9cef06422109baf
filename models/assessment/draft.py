"""A sitting under way: what was answered so far, in which order. Pure, and the same when read back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assets.assessment import Thresholds, bank
from models.assessment.asking import next_further, next_item
from models.assessment.checks import Check, Checks, Done
from models.assessment.levels import ALONE, NOT_YET, Answers
from models.assessment.signs import are_known_answers


class Part(StrEnum):
    """What is asked in a sitting."""

    CORE = "core"
    """At most fifteen items; they alone decide the levels of areas and the status."""
    FURTHER = "further"
    """The optional part: the other competences, and the well-defined tasks."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has said so far."""

    part: Part
    bank: str
    """Version of the wording."""
    answers: Answers
    """In the order in which they were first given."""
    checks: Checks
    asked_again: frozenset[str] = frozenset()
    """Items answered the first time: they are asked again, so that there are pairs."""
    core: Answers | None = None
    """For the optional part: the answers of the core that it goes on from. They are not part of it."""

    def answer(self, item: str, value: int | None) -> Draft:
        """With an answer, or with another one instead of it.

        Raises:
            ValueError: there is no such item or answer.
        """
        if item not in bank().items or not (value is None or NOT_YET <= value <= ALONE):
            raise ValueError("no such answer")
        return replace(self, answers={**self.answers, item: value})

    def done(self, check: Check, done: Done) -> Draft:
        """With what an exercise came to."""
        return replace(self, checks={**self.checks, check: done})

    def next_item(self, thresholds: Thresholds) -> str | None:
        """What is asked next, ``None`` where everything has been asked."""
        if self.part is Part.FURTHER:
            return next_further({**(self.core or {}), **self.answers}, thresholds)
        return next_item(self.answers, thresholds, self.asked_again)

    def item_before(self, item: str | None) -> str | None:
        """The item that was answered before this one, or last; ``None`` where there is none."""
        given = list(self.answers)
        at = given.index(item) if item in self.answers and item is not None else len(given)
        return given[at - 1] if at else None

    @property
    def begun(self) -> bool:
        """Whether anything would be lost."""
        return bool(self.answers)


def new_draft(part: Part, *, before: Collection[str] = (), core: Answers | None = None) -> Draft:
    """A sitting in which nothing has been answered."""
    return Draft(part, bank().version, {}, {}, frozenset(before), core)


def to_text(draft: Draft) -> str:
    """A draft as JSON."""
    return json.dumps(
        {
            "part": draft.part,
            "bank": draft.bank,
            "answers": draft.answers,
            "checks": draft.checks,
            "again": sorted(draft.asked_again),
            "core": draft.core,
        },
        separators=(",", ":"),
    )


def from_text(text: str) -> Draft | None:
    """The draft that was kept; ``None`` where this version does not ask, or answer, as that one did."""
    try:
        read: Mapping[str, Any] = json.loads(text)
        again = frozenset(read["again"])
        said = (read["answers"], {} if read["core"] is None else read["core"])
        if read["bank"] != bank().version or not again <= bank().items.keys():
            return None
        if not all(are_known_answers(answers) for answers in said):
            return None
        return Draft(
            part=Part(read["part"]),
            bank=read["bank"],
            answers=read["answers"],
            checks={Check(check): Done(done) for check, done in read["checks"].items()},
            asked_again=again,
            core=read["core"],
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
