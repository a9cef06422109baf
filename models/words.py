"""The words of the field, stored by value: one place for each list, checked by the database too."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How an arrival reached the kiosk."""

    CARD = "card"
    CODE = "code"
    NAME = "name"
    FACILITATOR = "facilitator"
    PAPER = "paper"
    COMMAND = "command"


class Event(StrEnum):
    """Kinds of events in the attendance ledger."""

    ARRIVED = "arrived"
    LEFT = "left"
    EXCUSED = "excused"
    ABSENT = "absent"
    ANNULLED = "annulled"
    SETTLED = "settled"


class Answer(StrEnum):
    """What a check-in answers; each has its screen, sign and next step."""

    WELCOME = "welcome"
    WELCOME_LATE = "welcome_late"
    ALREADY_HERE = "already_here"
    TOO_EARLY = "too_early"
    OVER = "over"
    CHOOSE = "choose"
    OTHER_DAY = "other_day"
    OTHER_CORNER = "other_corner"
    NOT_BOOKED = "not_booked"
    CANCELLED = "cancelled"
    FULL = "full"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    PAUSE = "pause"


class Role(StrEnum):
    """What an account of the staff side may be."""

    FACILITATOR = "facilitator"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    TECHNICIAN = "technician"


ARRIVALS = (Answer.WELCOME, Answer.WELCOME_LATE, Answer.ALREADY_HERE)
"""The answers after which the person is present."""

WAYS = tuple(Way)
EVENT_KINDS = tuple(Event)
ROLES = tuple(Role)
AUDIENCES = ("jobseeker", "retraining", "student")
SOURCES = ("counsellor", "call_centre", "corner", "walk_in")
BOOKING_STATUSES = ("booked", "cancelled", "waiting")
HALF_DAY_STATUSES = ("planned", "cancelled")
REFUSALS = ("mistyped", "unknown")

PARTICIPANT = "participant"
"""The actor of what a person does for themselves at the kiosk."""

IMPORT = "import"
"""The actor of what a file says."""

SYSTEM = "system"
"""The actor of what a command or the kiosk does by itself."""

EXCUSES = ("announced", "work", "appointment", "transport", "other")
"""Why somebody is excused. Nothing of health or family: that is nobody's business here."""

CORRECTIONS = ("wrong_person", "wrong_key", "told_later", "from_paper", "clock", "other")
"""Why something that was noted is put right (P-26)."""

LOOKED_AT = ("checked", "told_later", "from_paper", "other")
"""Why something odd is let stand as it is."""

EQUIPMENT_KINDS = ("tablet", "smartphone", "television", "camera")
LOANS = ("lent", "returned")
DOCUMENTS = ("sheet", "certificate", "card", "result", "path")
"""Papers with somebody's name on them that leave the kiosk."""

ERASURES = ("asked", "long_ago", "mistake", "elsewhere")
"""Why a person is erased: they asked for it, nothing needs it any more, nobody should have noted it; or
because they were erased elsewhere, which nobody chooses."""

REVOCATIONS = ("lost", "damaged", "given_back", "other")
"""Why a card ends."""

PARTS = ("core", "further")
"""What is asked in a self-assessment: the core, or the optional part."""

CHECKED = ("passed", "failed", "skipped")
"""What a small exercise came to."""

OBSERVED = ("confirmed", "withdrawn")
"""What a trainer says of a self-assessment that they have seen; the last word counts."""

TICKS = ("done", "open")
"""What somebody says of a small step."""

PAGE_MADE = ("made", "withdrawn")
"""What the team says of a person's page on the Forem site; the last word counts."""

CALLS = ("called", "withdrawn")
"""What the team says of a call to somebody who was absent; the last word counts."""
