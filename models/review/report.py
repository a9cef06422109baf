"""A period of a corner: the whole, and told apart by time, workshop, stage, audience and source.

Every figure of the screen and of every file is read from one ``Report``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from assets.assessment import thresholds
from assets.facts import programmes
from assets.languages import local
from assets.review import OF_PEOPLE, STAGES, Split
from models.assessment.draft import Part
from models.assessment.group import GroupPicture, Signs, picture
from models.connection import db_time
from models.policy import Policy
from models.requests import At, Request
from models.review.attendances import Attendance, Attendances, Held, Told, attendances, first_moment
from models.review.period import Period
from models.review.tally import Tally, tally
from models.rights import Action, may
from models.words import AUDIENCES, SOURCES

if TYPE_CHECKING:
    from models.connection import Connection

_SITTINGS = (
    "select coalesce(nullif(p.merged_into, ''), a.participant_id), a.bank, a.simple, a.at from assessment a"
    " left join participant p on p.id = a.participant_id"
    f" where a.corner_id = ? and a.at < ? and a.part = '{Part.CORE}' order by a.at, a.id"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a split: what it is of, and its figures."""

    key: str
    """The word of the split: a programme, a stage, an audience, a source; of time and of half-days its
    number in ``Report.parts`` or ``Report.half_days``."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class Report:
    """What happened at a corner in a period, as far as its half-days are over."""

    corner_id: str
    period: Period
    whole: Tally
    rows: Mapping[Split, tuple[Row, ...]]
    """Of each split the rows in which anything is; together they are the whole."""
    half_days: tuple[Held, ...]
    """By their start; none in what leaves the corner."""
    assessments: int | None
    """How many self-assessments were finished here."""
    points: GroupPicture
    """Of whoever finished one: their first ever against their latest."""
    masked: bool = False
    """Whether small groups are hidden (P-23)."""

    @property
    def parts(self) -> tuple[Period, ...]:
        """What the rows of time are of."""
        return self.period.whole_months if self.masked else self.period.parts

    def figure(self, id_: str) -> int | None:
        """A figure of the whole by its id."""
        match id_:
            case "assessments":
                return self.assessments
            case "assessed":
                return self.points.before.people
            case "compared":
                return self.points.after.people
            case "progressed":
                return self.points.progress
        return self.whole.figure(id_)


def report_of(
    conn: Connection,
    corner_id: str,
    period: Period,
    policy: Policy,
    now: datetime,
    told: Told | None = None,
) -> Report:
    """Everything of a period, for the corner itself."""
    known = attendances(conn, corner_id, period.first, period.last, policy, now, over=True, told=told)
    number, points = points_of(conn, corner_id, period)
    return Report(
        corner_id=corner_id,
        period=period,
        whole=tally(known.half_days, known.people),
        rows={split: tuple(_rows(known, period, split)) for split in Split},
        half_days=known.half_days,
        assessments=number,
        points=points,
    )


def points_of(conn: Connection, corner_id: str, period: Period) -> tuple[int, GroupPicture]:
    """How many self-assessments were finished in a period, and what they came to against the first ones."""
    start = db_time(first_moment(period.first))
    end = db_time(first_moment(period.last + timedelta(days=1)))
    rows = conn.execute(_SITTINGS, (corner_id, end)).fetchall()
    people = {row[0] for row in rows if row[3] >= start}
    number = sum(row[3] >= start for row in rows)
    return number, picture((Signs(*row[:3]) for row in rows if row[0] in people), thresholds())


# ---- splits


def _rows(known: Attendances, period: Period, split: Split) -> Iterable[Row]:
    """The rows of a split, in the order in which they are read."""
    keys, of_half_day, of_person = _keys(known, period, split)
    people: dict[str, list[Attendance]] = defaultdict(list)
    half_days: dict[str, list[Held]] = defaultdict(list)
    if of_half_day is not None:
        told = [of_half_day(number, held) for number, held in enumerate(known.half_days)]
        for key, held in zip(told, known.half_days, strict=True):
            half_days[key].append(held)
        for one in known.people:
            people[told[one.half_day]].append(one)
    elif of_person is not None:
        for one in known.people:
            people[of_person(one)].append(one)
    for key in dict.fromkeys([*keys, *half_days, *people]):
        if half_days[key] or people[key]:
            yield Row(key, tally(None if split in OF_PEOPLE else half_days[key], people[key]))


_OfHalfDay = Callable[[int, Held], str]
_OfPerson = Callable[[Attendance], str]


def _keys(
    known: Attendances, period: Period, split: Split
) -> tuple[Iterable[str], _OfHalfDay | None, _OfPerson | None]:
    """The words of a split in their order, and how a half-day or a person on it comes to one of them."""
    match split:
        case Split.TIME:
            parts = period.parts
            place = {day: str(number) for number, part in enumerate(parts) for day in _days(part)}
            return map(str, range(len(parts))), lambda _, held: place[_day_of(held)], None
        case Split.PROGRAMME:
            return programmes(), lambda _, held: held.half_day.programme, None
        case Split.STAGE:
            known_programmes = programmes()

            def stage(_: int, held: Held) -> str:
                found = known_programmes.get(held.half_day.programme)
                return found.stage if found else ""

            return STAGES, stage, None
        case Split.AUDIENCE:
            return AUDIENCES, None, lambda one: one.audience
        case Split.SOURCE:
            return SOURCES, None, lambda one: one.source
        case Split.HALF_DAY:
            return map(str, range(len(known.half_days))), lambda number, _: str(number), None


def _day_of(held: Held) -> date:
    return local(held.half_day.starts_at).date()


def _days(part: Period) -> Iterable[date]:
    return (part.first + timedelta(days=number) for number in range((part.last - part.first).days + 1))


# ---- what the team's screens ask for


@dataclass(frozen=True, slots=True)
class SeeReport(Request["Report | None"]):
    """The report of a period; small groups are hidden from whoever may not see the corner's own."""

    action: ClassVar[Action] = Action.SEE_REPORT
    writes: ClassVar[bool] = False
    period: Period
    outside: bool = False
    """Whether it is looked at as it would leave the corner."""
    told: Told | None = field(default=None, compare=False)

    def do(self, at: At) -> Report | None:
        """See ``report_of``; ``None`` where it can not leave the corner."""
        if self.outside or not may(at.colleague.role, Action.SEE_DAY):
            return None
        return report_of(at.conn, at.desk.corner_id, self.period, at.desk.policy, at.now, self.told)
