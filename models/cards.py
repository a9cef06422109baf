"""What a person holds: a card, a short code; a new one of either, and an end to the one before.

A new one is issued first, put on paper or shown, and only then the one before ends: a full disk must not
lock anybody out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.codes import Form, fingerprint
from models.connection import from_db_time
from models.finding import who_is
from models.issued import IssuedCode
from models.issuing import issue, revoke
from models.log import record
from models.requests import At, Request
from models.rights import Action
from models.words import REVOCATIONS

_LIVE = (
    "select id, form, issued_at, key_id from code where participant_id = ? and revoked_at is null"
    " and issued_at is not null order by issued_at, id"
)


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A code that was not ended, without its letters: those nobody knows but who holds it."""

    id: str
    form: Form
    issued_at: datetime
    key_id: str
    """Of the key that it was made under; under another one it opens nothing."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a person holds."""

    name: str
    reference: str
    codes: tuple[HeldCode, ...]
    """Those that work; the newest last."""

    def newest(self, form: Form) -> HeldCode | None:
        """The last one of a form."""
        return newest(self.codes, form)


@dataclass(frozen=True, slots=True)
class CodesOf(Request["Holding | None"]):
    """What does this person hold?"""

    action: ClassVar[Action] = Action.GIVE_CARD
    writes: ClassVar[bool] = False
    person_id: str

    def do(self, at: At) -> Holding | None:
        """``None`` where there is nobody of this id."""
        who = who_is(at.conn, self.person_id)
        return Holding(who.name, who.reference, held_codes(at, self.person_id)) if who else None


@dataclass(frozen=True, slots=True)
class NewCard(Request["IssuedCode | None"]):
    """A new card; the one before works until ``EndCodes``."""

    action: ClassVar[Action] = Action.GIVE_CARD
    person_id: str

    def do(self, at: At) -> IssuedCode | None:
        """``None`` where there is nobody of this id."""
        return _issue(at, self.person_id, Form.CARD)


@dataclass(frozen=True, slots=True)
class NewShortCode(Request["IssuedCode | None"]):
    """A new short code; the one before works until ``EndCodes``."""

    action: ClassVar[Action] = Action.GIVE_CARD
    person_id: str

    def do(self, at: At) -> IssuedCode | None:
        """``None`` where there is nobody of this id."""
        return _issue(at, self.person_id, Form.SHORT)


@dataclass(frozen=True, slots=True)
class EndCodes(Request[int]):
    """End some codes of a person: those before a new one, or a new one that nobody will ever hold."""

    action: ClassVar[Action] = Action.GIVE_CARD
    person_id: str
    code_ids: tuple[str, ...]

    def do(self, at: At) -> int:
        """How many have ended."""
        wanted = [code.id for code in _live(at, self.person_id) if code.id in self.code_ids]
        revoke(at.conn, at.author, wanted)
        return len(wanted)


@dataclass(frozen=True, slots=True)
class RevokeCards(Request[int]):
    """End every card of a person: it is lost, or was given back."""

    action: ClassVar[Action] = Action.GIVE_CARD
    person_id: str
    reason: str
    """A word of ``models.words.REVOCATIONS``."""

    def do(self, at: At) -> int:
        """How many have ended; nought where there was none, or without a reason."""
        cards = [code.id for code in _live(at, self.person_id) if code.form is Form.CARD]
        if not cards or self.reason not in REVOCATIONS:
            return 0
        revoke(at.conn, at.author, cards)
        body = {"reason": self.reason, "codes": cards}
        record(
            at.conn, at.author, "cards.revoked", "participant", self.person_id, body, subject=self.person_id
        )
        return len(cards)


def newest(codes: tuple[HeldCode, ...], form: Form) -> HeldCode | None:
    """The last code of a form."""
    held = [code for code in codes if code.form is form]
    return held[-1] if held else None


def _issue(at: At, person_id: str, form: Form) -> IssuedCode | None:
    if who_is(at.conn, person_id) is None:
        return None
    return issue(at.conn, at.author, at.desk.key, form, [person_id])[0]


def held_codes(at: At, person_id: str) -> tuple[HeldCode, ...]:
    """The codes of a person that open something: not ended, and made under a key of the corner."""
    key_ids = {fingerprint(key) for key in at.desk.keys}
    return tuple(code for code in _live(at, person_id) if code.key_id in key_ids)


def _live(at: At, person_id: str) -> tuple[HeldCode, ...]:
    """All that were not ended: one of another key must not come back with that key."""
    found = at.conn.execute(_LIVE, (person_id,))
    return tuple(HeldCode(row[0], Form(row[1]), from_db_time(row[2]), row[3]) for row in found)
