"""A code that has just been issued, in clear, on its way to paper; it is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.codes import Form
from models.names import shown_name


@dataclass(frozen=True, slots=True)
class IssuedHalfDay:
    """A half-day that the code will open, as it is printed beside it."""

    id: str
    corner: str
    """Corner id."""
    programme: str
    """Programme id."""
    starts_at: datetime
    ends_at: datetime
    room: str | None


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """One person's new card token or short code."""

    id: str
    """Id of the code in the database."""
    form: Form
    letters: str
    """The code in clear: 24 letters of a card token, or 6 of a short code."""
    reference: str
    first_name: str
    last_name: str | None
    language: str
    half_days: tuple[IssuedHalfDay, ...]
    earlier: tuple[str, ...]
    """Ids of the person's earlier codes of the same form, to be revoked once this one is safe."""

    @property
    def name(self) -> str:
        """First name and initial, all that is ever printed on a card: ``Binta O.``"""
        return shown_name(self.first_name, self.last_name)
