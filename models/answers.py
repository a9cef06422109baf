"""What a check-in answers: small frozen facts, no text and no database row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.words import ARRIVALS, Answer


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the public side may show them: never a family name (P-01)."""

    id: str
    name: str
    """``Binta O.``: first name and initial."""
    language: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A half-day as it is shown: what, where, from when to when."""

    id: str
    programme: str
    corner_id: str
    starts_at: datetime
    ends_at: datetime
    room: str | None
    facilitators: str = ""
    """First names of the animators, parted by commas; empty where nobody has said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one arrival, with the facts that its screen needs."""

    answer: Answer
    at: datetime
    person: Person | None = None
    half_day: Sitting | None = None
    """The half-day meant by the answer: the one joined, or the one the person is booked for."""
    event_id: str | None = None
    """Id of the arrival in the ledger, where this answer stored or found one."""
    arrived_at: datetime | None = None
    opens_at: datetime | None = None
    """``too_early``: when the doors open."""
    until: datetime | None = None
    """``pause``: when typed codes work again."""
    choices: tuple[Sitting, ...] = ()
    """``choose``: the half-days to choose from."""
    can_join: tuple[Sitting, ...] = ()
    """Half-days open now with a place left, that the person may ask to join."""
    next_dates: tuple[Sitting, ...] = ()
    """Coming half-days: the person's own, or those of this corner with a place."""

    @property
    def present(self) -> bool:
        """Whether the person is noted as present after this answer."""
        return self.answer in ARRIVALS
