"""The self-assessments of a group by area, before and after: counts and no names.

Counted on the signs of the table: an area has some dozens of possible answers, each of which is thought
about once, and thousands of sittings are counted through them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from assets.assessment import Thresholds, framework, thresholds
from models.answers import Sitting
from models.assessment.comparing import Compared, is_progress
from models.assessment.draft import Part
from models.assessment.levels import ALONE, NOT_YET, WITH_HELP, span_of
from models.marking import sitting_by_id
from models.requests import At, Request
from models.rights import Action, may
from models.roster import roster_of

if TYPE_CHECKING:
    from models.connection import Connection

TOGETHER = ALONE + 1
"""Place of "to look at together" in a row: after the three levels."""

Row = tuple[int | None, ...]
"""How many people are at level 0, 1 and 2 of an area, and to look at together; ``None`` is hidden."""

# A walk-in who turned out to be somebody counts as that person. One index gives each row in its turn.
_SITTINGS = (
    "select coalesce(nullif(p.merged_into, ''), a.participant_id), a.bank, a.simple from assessment a"
    f" left join participant p on p.id = a.participant_id where {{0}} and a.part = '{Part.CORE}'"
    " order by a.at, a.id"
)
_OF_CORNER = _SITTINGS.format("a.corner_id = ?")
_OF_PEOPLE = (
    "(a.participant_id in ({0})"
    " or a.participant_id in (select id from participant where merged_into in ({0})))"
)


class Signs(NamedTuple):
    """One sitting of the core, as the table keeps it."""

    person: str
    bank: str
    simple: str


@dataclass(frozen=True, slots=True)
class Side:
    """Before, or after."""

    people: int | None
    """``None`` is hidden: fewer than may be shown, nobody included."""
    areas: Mapping[str, Row]
    """In the framework's order."""


@dataclass(frozen=True, slots=True)
class GroupPicture:
    """A group by area, before and after."""

    before: Side
    """The first sitting of each person."""
    after: Side
    """The latest of whoever has two that compare: nobody stands here who does not stand in ``before``."""
    progress: int | None
    """How many of the latter have made progress."""
    masked: bool = False
    """Whether small counts are hidden."""
    half_day: Sitting | None = None
    """Whose people they are; ``None`` for everybody."""


@dataclass(frozen=True, slots=True)
class GroupPictureOf(Request[GroupPicture]):
    """The picture of a half-day's people; without one, of everybody who has taken stock at this corner."""

    action: ClassVar[Action] = Action.SEE_GROUP
    writes: ClassVar[bool] = False
    half_day_id: str = ""
    projected: bool = False
    """Whether participants see it: then small counts are hidden whoever asks."""

    def do(self, at: At) -> GroupPicture:
        """Small counts only for whoever may see each self-assessment (P-23)."""
        from models.assessment.masking import masked

        hides = self.projected or not may(at.colleague.role, Action.SEE_ASSESSMENT)
        if not self.half_day_id:
            corner = picture_of_corner(at.conn, at.desk.corner_id)
            return masked(corner, thresholds().smallest_count) if hides else corner
        group = picture_of_people(at.conn, people_of(at, self.half_day_id))
        group = replace(group, half_day=sitting_by_id(at, self.half_day_id))
        if not hides:
            return group
        # Whoever sees this sees the corner too: what the two leave between them is no secret either.
        corner = picture_of_corner(at.conn, at.desk.corner_id)
        return masked(group, thresholds().smallest_count, beside=corner)


def people_of(at: At, half_day_id: str) -> tuple[str, ...]:
    """Whoever has a place in a half-day, or came to it; a walk-in as who they turned out to be."""
    roster = roster_of(at.conn, half_day_id, at.desk.policy, at.now)
    if roster is None:
        return ()
    return tuple(
        one.person_id
        for one in roster.people
        if one.status == "booked" or one.reckoning.arrived_at is not None
    )


def picture_of_people(conn: Connection, people: Collection[str]) -> GroupPicture:
    """The picture of these people, wherever they have taken stock."""
    marks = ", ".join(f"?{number}" for number in range(1, len(people) + 1))
    sql = _SITTINGS.format(_OF_PEOPLE.format(marks))
    return picture(map(Signs._make, conn.execute(sql, tuple(people))), thresholds())


def picture_of_corner(conn: Connection, corner_id: str) -> GroupPicture:
    """The picture of everybody who has taken stock at a corner."""
    return picture(map(Signs._make, conn.execute(_OF_CORNER, (corner_id,))), thresholds())


def picture(sittings: Iterable[Signs], limits: Thresholds) -> GroupPicture:
    """Count sittings of the core, which come in the order of time."""
    first: dict[str, Signs] = {}
    latest: dict[str, Signs] = {}
    for one in sittings:
        if one.person in first:
            latest[one.person] = one
        else:
            first[one.person] = one
    pairs = [
        (first[person].simple, one.simple) for person, one in latest.items() if one.bank == first[person].bank
    ]
    return GroupPicture(
        before=_side([one.simple for one in first.values()], limits),
        after=_side([after for _, after in pairs], limits),
        progress=_progress(pairs, limits),
    )


def _side(signs: Sequence[str], limits: Thresholds) -> Side:
    areas: dict[str, Row] = {}
    for area in framework().competences:
        row = [0] * (TOGETHER + 1)
        for some, number in Counter(map(_reader(limits.core[area]), signs)).items():
            level = span_of(tuple(map(_VALUES.get, some)), limits.needed).level
            row[TOGETHER if level is None else level] += number
        areas[area] = tuple(row)
    return Side(len(signs), areas)


_VALUES = {str(level): level for level in (NOT_YET, WITH_HELP, ALONE)}
"""The signs that are an answer."""


def _reader(competences: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Reads the signs of some competences out of those of all."""
    return itemgetter(*map(framework().ids.index, competences))


def _progress(pairs: Sequence[tuple[str, str]], limits: Thresholds) -> int:
    """How many of these pairs of sittings are progress, as ``compare`` and ``is_progress`` say."""
    before, after = [one for one, _ in pairs], [one for _, one in pairs]
    core = {one for listed in limits.core.values() for one in listed}
    # Those outside the core move no area; they are asked in the optional part, but an older bank may differ.
    elsewhere = tuple(one for one in framework().ids if one not in core)
    moves = []
    for competences in (*limits.core.values(), elsewhere):
        read = _reader(competences)
        keys = list(zip(map(read, before), map(read, after), strict=True))
        needed = 0 if competences is elsewhere else limits.needed
        known = {key: _moved(*key, needed) for key in set(keys)}
        moves.append(map(known.__getitem__, keys))
    sums = Counter(tuple(map(sum, zip(*moved, strict=True))) for moved in zip(*moves, strict=True))
    return sum(
        number
        for (net, up, down), number in sums.items()
        if is_progress(Compared({"": net}, up, down), limits)
    )


# Thousands of cases at most; the next look at a large group finds them.
@lru_cache(maxsize=2**14)
def _moved(before: Sequence[str], after: Sequence[str], needed: int) -> tuple[int, int, int]:
    """Steps of the area, items up, items down; only items that were answered both times count.

    Where ``needed`` is 0 they are no area's.
    """
    up = down = 0
    earlier: list[int | None] = []
    later: list[int | None] = []
    for signs in zip(before, after, strict=True):
        start, end = map(_VALUES.get, signs)
        if start is None or end is None:
            start = end = None
        elif end > start:
            up += 1
        elif end < start:
            down += 1
        earlier.append(start)
        later.append(end)
    if not needed:
        return 0, up, down
    first, last = span_of(tuple(earlier), needed).level, span_of(tuple(later), needed).level
    return 0 if first is None or last is None else last - first, up, down
