"""One person's self-assessments as the team reads them: each with its result and flags, and what changed.

Facts without words; never a family name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from assets.assessment import thresholds
from models.assessment.checks import Checks
from models.assessment.comparing import Compared, OtherWording, compare, is_progress, paired
from models.assessment.draft import Part
from models.assessment.levels import Answers, Span, area_spans
from models.assessment.result import Result, proposed, result
from models.assessment.shown import Shown
from models.assessment.taking import Taken, taken_by
from models.connection import from_db_time
from models.half_days import offered
from models.names import shown_name
from models.requests import At, Request
from models.rights import Action

if TYPE_CHECKING:
    from models.connection import Connection

_PERSON = (
    "select id, first_name, last_name from participant where id ="
    " (select coalesce(nullif(merged_into, ''), id) from participant where id = ?)"
)
# In the common order, as ``taken_by`` has it: the last word counts, on every kiosk the same one.
_OBSERVED = (
    "select o.assessment_id, o.kind, o.at, coalesce(s.name, '') from observation o"
    " join assessment a on a.id = o.assessment_id join change c on c.id = o.id"
    " left join staff_member s on s.id = o.actor where a.participant_id = ?1"
    " or a.participant_id in (select id from participant where merged_into = ?1)"
    " order by coalesce(c.stamp, c.hlc), c.hlc, c.origin, c.id"
)


@dataclass(frozen=True, slots=True)
class Observed:
    """Who of the team has seen that it is so, and when."""

    by: str
    """Empty where the name is not known any more."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """One sitting, read by the team."""

    id: str
    at: datetime
    part: Part
    answers: Answers
    """Of an optional part with those of the core before it: together they are the result."""
    result: Result
    checks: Checks
    observed: Observed | None

    @property
    def complete(self) -> bool:
        """Whether everything of the core was asked."""
        return self.result.complete

    @property
    def can_be_observed(self) -> bool:
        """The optional part changes no status: what a trainer has seen is said of the core."""
        return self.part is Part.CORE


@dataclass(frozen=True, slots=True)
class Change:
    """The first sitting beside the latest one."""

    first: datetime
    latest: datetime
    compared: Compared | None
    """``None`` where they were asked in other words: they do not compare."""
    before: Mapping[str, Span]
    """Of each area, by the items alone that were answered both times."""
    after: Mapping[str, Span]
    progress: bool


@dataclass(frozen=True, slots=True)
class PersonAssessments:
    """Everything that a person has kept."""

    person_id: str
    name: str
    """``Binta O.``"""
    listed: tuple[Read, ...]
    """The newest first."""
    change: Change | None
    """``None`` where there are not two sittings of the core."""


@dataclass(frozen=True, slots=True)
class AssessmentsOf(Request["PersonAssessments | None"]):
    """Everything that a person has kept; a walk-in who turned out to be somebody is read as that person."""

    action: ClassVar[Action] = Action.SEE_ASSESSMENT
    writes: ClassVar[bool] = False
    person_id: str

    def do(self, at: At) -> PersonAssessments | None:
        """See ``assessments_of``."""
        return assessments_of(at.conn, self.person_id)


@dataclass(frozen=True, slots=True)
class ResultFor(Request["Shown | None"]):
    """One sitting as its person sees it: for paper."""

    action: ClassVar[Action] = Action.SEE_ASSESSMENT
    writes: ClassVar[bool] = False
    person_id: str
    assessment_id: str

    def do(self, at: At) -> Shown | None:
        """With what the corner can offer next; ``None`` where the person has no such sitting."""
        found = assessments_of(at.conn, self.person_id)
        read = next((one for one in found.listed if one.id == self.assessment_id), None) if found else None
        if found is None or read is None:
            return None
        dates = offered(at.conn, at.desk.corner_id, at.now)
        programme = proposed(read.result, dates, thresholds())
        return Shown(read.result, read.checks, read.at, found.name, dates[programme] if programme else None)


def assessments_of(conn: Connection, person_id: str) -> PersonAssessments | None:
    """Everything that a person has kept, ``None`` where nobody is meant."""
    row = conn.execute(_PERSON, (person_id,)).fetchone()
    if row is None:
        return None
    taken, observed = taken_by(conn, row[0]), _observed(conn, row[0])
    listed = tuple(_read(taken, observed))[::-1]
    return PersonAssessments(row[0], shown_name(row[1], row[2]), listed, _change(taken))


def _observed(conn: Connection, person_id: str) -> dict[str, Observed]:
    seen: dict[str, Observed] = {}
    for assessment_id, kind, at, by in conn.execute(_OBSERVED, (person_id,)):
        if kind == "confirmed":
            seen[assessment_id] = Observed(by, from_db_time(at))
        else:
            seen.pop(assessment_id, None)
    return seen


def _read(taken: tuple[Taken, ...], observed: Mapping[str, Observed]) -> Iterator[Read]:
    cores: dict[str, Taken] = {}
    """The last sitting of the core in each wording: an optional part goes on from it."""
    for one in taken:
        seen, part = observed.get(one.id), Part(one.part)
        if part is Part.CORE:
            cores[one.bank] = one
            yield Read(one.id, one.at, part, one.answers, one.result(thresholds()), one.checks, seen)
            continue
        core = cores.get(one.bank)
        answers = {**one.answers, **core.answers} if core else one.answers
        found = (
            core.result(thresholds(), further=one.answers)
            if core
            else result({}, {}, thresholds(), further=one.answers)
        )
        yield Read(one.id, one.at, part, answers, found, core.checks if core else {}, seen)


def _change(taken: tuple[Taken, ...]) -> Change | None:
    cores = [one for one in taken if one.part == Part.CORE]
    if len(cores) < 2:
        return None
    first, latest = cores[0], cores[-1]
    before, after = (area_spans(one, thresholds()) for one in paired(first.answers, latest.answers))
    try:
        compared = compare(first.answers, latest.answers, thresholds(), versions=(first.bank, latest.bank))
    except OtherWording:
        return Change(first.at, latest.at, None, before, after, progress=False)
    return Change(first.at, latest.at, compared, before, after, is_progress(compared, thresholds()))
