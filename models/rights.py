"""Who of the team may do what: one table, "no" wherever it does not say yes (P-19)."""

from __future__ import annotations

from enum import StrEnum

from models.words import Role


class Action(StrEnum):
    """What can be done on the staff side."""

    SEE_ROSTER = "see_roster"
    MARK = "mark"
    """Note that somebody is there, excused, absent, gone; and take that back."""
    CORRECT = "correct"
    """Put right what was noted, with a reason."""
    ADMIT = "admit"
    """Give a place, confirm a walk-in or take one off the list."""
    SEE_TO_CALLS = "see_to_calls"
    SEE_PERSON = "see_person"
    GIVE_CARD = "give_card"
    """A new card, or an end to the one before."""
    MERGE = "merge"
    """Say that a walk-in is a known person."""
    ORIENT = "orient"
    SEE_ASSESSMENT = "see_assessment"
    """One person's self-assessments, on the screen or on paper."""
    OBSERVE = "observe"
    """Say that one has seen what a self-assessment claims."""
    SEE_GROUP = "see_group"
    """Counts of many self-assessments; small ones are hidden from whoever may not see each (P-23)."""
    SEE_PATH = "see_path"
    """One person's way from the first morning to their page on the Forem site; who is ready for what."""
    NOTE_PAGE = "note_page"
    """Say that one has seen somebody's page on the Forem site."""
    SEE_EQUIPMENT = "see_equipment"
    LEND = "lend"
    KEEP_EQUIPMENT = "keep_equipment"
    """Say which pieces the corner has."""
    SETTLE = "settle"
    """Look at what is odd in a half-day, and close it."""
    PRINT_SHEET = "print_sheet"
    PRINT_CERTIFICATE = "print_certificate"
    """Of a period by its nature: the hours of somebody in reach, who mostly sits there, also of years ago."""
    ANY_DAY = "any_day"
    """Other half-days than those of yesterday, today and tomorrow, and people of no such half-day (P-20)."""
    SEE_DAY = "see_day"
    """The corner's day, all that is odd in it, and whom to call back."""
    SEE_REPORT = "see_report"
    """The figures of a period; small groups are hidden from whoever may not see the day (P-23)."""
    SEE_READY = "see_ready"
    """Whether the kiosk is ready for today: no names."""
    ERASE = "erase"
    """Erase somebody for good: their name, cards and notes, here and everywhere."""
    SEE_NETWORK = "see_network"
    """Every corner of the network: half-days, months without small groups, when each was heard (P-23)."""
    SETTLE_REFUSED = "settle_refused"
    """Look at what the hub does not take, and offer it once more."""
    EXPORT_REPORT = "export_report"
    """Take them along as a file (P-21)."""
    CLOSE_KIOSK = "close_kiosk"


_TEAM = frozenset({Role.FACILITATOR, Role.STAFF})
_DEVICE = frozenset({Role.STAFF, Role.TECHNICIAN})

RIGHTS: dict[Action, frozenset[Role]] = {
    Action.SEE_ROSTER: _TEAM,
    Action.MARK: _TEAM,
    Action.CORRECT: _TEAM,
    Action.ADMIT: _TEAM,
    Action.SEE_TO_CALLS: _TEAM,
    Action.SEE_PERSON: _TEAM,
    Action.GIVE_CARD: _TEAM,
    Action.MERGE: _TEAM,
    Action.ORIENT: _TEAM,
    Action.SEE_ASSESSMENT: _TEAM,
    Action.OBSERVE: _TEAM,
    Action.SEE_GROUP: _TEAM,
    Action.SEE_PATH: _TEAM,
    Action.NOTE_PAGE: _TEAM,
    Action.SEE_EQUIPMENT: _TEAM | _DEVICE,
    Action.LEND: _TEAM,
    Action.KEEP_EQUIPMENT: _DEVICE,
    Action.SETTLE: _TEAM,
    Action.PRINT_SHEET: _TEAM,
    Action.PRINT_CERTIFICATE: _TEAM,
    Action.ANY_DAY: frozenset({Role.STAFF}),
    Action.SEE_READY: _TEAM | _DEVICE,
    Action.SETTLE_REFUSED: frozenset({Role.STAFF}),
    Action.SEE_DAY: frozenset({Role.STAFF}),
    Action.SEE_REPORT: frozenset({Role.STAFF, Role.COORDINATOR}),
    Action.ERASE: frozenset({Role.STAFF}),
    Action.SEE_NETWORK: frozenset({Role.COORDINATOR}),
    Action.EXPORT_REPORT: frozenset({Role.STAFF, Role.COORDINATOR}),
    Action.CLOSE_KIOSK: frozenset(Role),
}
"""Whoever looks after a device sees no names, and whoever looks at the network's figures neither (P-23)."""

PERSONAL = frozenset(
    {
        Action.SEE_ROSTER,
        Action.MARK,
        Action.CORRECT,
        Action.ADMIT,
        Action.SEE_TO_CALLS,
        Action.SEE_PERSON,
        Action.GIVE_CARD,
        Action.MERGE,
        Action.ORIENT,
        Action.SEE_ASSESSMENT,
        Action.OBSERVE,
        Action.SEE_PATH,
        Action.NOTE_PAGE,
        Action.LEND,
        Action.SETTLE,
        Action.PRINT_SHEET,
        Action.PRINT_CERTIFICATE,
        Action.SEE_DAY,
        Action.ERASE,
    }
)
"""What shows somebody's name, or changes what is kept of them by it."""


def may(role: str, action: Action) -> bool:
    """Whether somebody of this role may do this. A role or an action that is not in the table may not."""
    return role in RIGHTS.get(action, frozenset())
