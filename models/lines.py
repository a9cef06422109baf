"""One line of a booking file after reading: checked values, and ``None`` where the file says nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class BookingLine(BaseModel):
    """One person on one half-day; without ``reference``, a half-day without people.

    ``None`` means "the file does not say": it never overwrites what is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(ge=1)
    """Line of the file, counted from 1 with the header; for a calendar the number of the event."""
    corner: str
    programme: str
    starts_at: datetime
    """Aware, in UTC."""
    ends_at: datetime
    """Aware, in UTC, after the start."""
    reference: Text | None = None
    first_name: Text | None = None
    last_name: Text | None = None
    workshop: Text | None = None
    """The edition's name; ``None`` is programme and date."""
    uid: Annotated[str, StringConstraints(max_length=300)] | None = None
    """The calendar's own id of this half-day (with the original start where it recurs)."""
    room: Text | None = None
    capacity: Annotated[int, Field(ge=1, le=500)] | None = None
    facilitators: Text | None = None
    """First names, parted by commas."""
    language: Literal["fr", "nl", "de", "en"] | None = None
    audience: Literal["jobseeker", "retraining", "student"] | None = None
    source: Literal["counsellor", "call_centre", "corner"] | None = None
    booked_by: Text | None = None
    status: Literal["booked", "cancelled", "waiting"] | None = None
    """Of the booking; in a line without a person ``cancelled`` cancels the half-day."""

    @model_validator(mode="after")
    def _whole(self) -> BookingLine:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise ValueError("times must be aware")
        if self.ends_at <= self.starts_at:
            raise ValueError("the end must come after the start")
        if (self.reference is None) != (self.first_name is None):
            raise ValueError("a reference and a first name go together")
        return self


class Refusal(BaseModel):
    """A line that was not taken, with the column and one sentence that says what to do."""

    model_config = ConfigDict(frozen=True)

    line: int
    column: str
    message: str
