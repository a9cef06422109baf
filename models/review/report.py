"""A period of a corner: the whole, and told apart by time, workshop, stage, audience and source.

Every figure of the screen and of every file is read from one ``Report``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from assets.assessment import thresholds
from assets.facts import programmes
from assets.languages import local
from assets.review import FIGURES, OF_PEOPLE, RATES, STAGES, FigureKind, Of, Split, stands
from models.assessment.draft import Part
from models.assessment.group import GroupPicture, Signs, picture
from models.connection import db_time
from models.policy import Policy
from models.review.attendances import Attendance, Attendances, Held, Told, attendances, first_moment
from models.review.period import Kind, Period
from models.review.tally import Tally, tally
from models.words import AUDIENCES, SOURCES

if TYPE_CHECKING:
    from models.connection import Connection

_SITTINGS = (
    "select coalesce(nullif(p.merged_into, ''), a.participant_id), a.bank, a.simple, a.at from assessment a"
    " left join participant p on p.id = a.participant_id"
    f" where a.corner_id = ? and a.at < ? and a.part = '{Part.CORE}' order by a.at, a.id"
)


IN_NETWORK = tuple(one for one in FIGURES if one.leaves and one.of is not Of.WHOLE and one.id != "people")
"""The figures of several corners: different people are no sum, and each takes stock at one of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a split: what it is of, and its figures."""

    key: str
    """The word of the split: a programme, a stage, an audience, a source; of time and of half-days its
    number in ``Report.parts`` or ``Report.half_days``."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class NetworkSaid:
    """What a report of the network says beside its figures."""

    least: Mapping[str, frozenset[str]]
    """Which figures of a corner are at least so many; of the whole under an empty name."""
    unheard: frozenset[str]
    """Corners that have never told anything: that is not nought."""


@dataclass(frozen=True, slots=True)
class Report:
    """What happened at a corner in a period, as far as its half-days are over."""

    corner_id: str
    """Empty where it is the network's."""
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
    network: NetworkSaid | None = None
    """What else is said where it is the network's."""

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
    return report_from(known, corner_id, period, *points_of(conn, corner_id, period))


def report_from(
    known: Attendances, corner_id: str, period: Period, assessments: int, points: GroupPicture
) -> Report:
    """Sum up everybody on the half-days of a period."""
    return Report(
        corner_id=corner_id,
        period=period,
        whole=tally(known.half_days, known.people),
        rows={split: tuple(_rows(known, period, split)) for split in Split if split is not Split.CORNER},
        half_days=known.half_days,
        assessments=assessments,
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


# ---- which figures


def columns_of(report: Report) -> tuple[FigureKind, ...]:
    """The figures of a report, in their order; what may not leave the corner is no column of what leaves."""
    if report.network is not None:
        return IN_NETWORK
    kept = (figure for figure in FIGURES if figure.leaves or not report.masked)
    return tuple(figure for figure in kept if not report.masked or _leaves_of(figure, report.period))


def _leaves_of(figure: FigureKind, period: Period) -> bool:
    """Whether a figure stands in what leaves the corner of such a period, as far as its groups are large."""
    if figure.of is Of.WHOLE:
        return period.kind is Kind.QUARTER
    return figure.id != "people" or period.kind is Kind.MONTH


def standing_in(report: Report, split: Split) -> tuple[FigureKind, ...]:
    """The figures that can stand in a split; different people of a part never leave the corner."""
    return tuple(
        figure
        for figure in columns_of(report)
        if stands(figure, split) and not (report.masked and figure.id == "people")
    )


def hides(report: Report, figure: Callable[[str], int | None], id_: str) -> bool:
    """Whether a figure that can stand here is not told; a rate of nothing is no secret.

    Args:
        figure: gives each figure of the whole, or of a row, by its id.
    """
    if not report.masked or figure(id_) is not None:
        return False
    return id_ not in RATES or any(figure(part) is None for part in RATES[id_])


def is_least(report: Report, corner: str, id_: str = "") -> bool:
    """Whether a figure of a corner, or of the whole under "", is at least so many; without an id, any."""
    known = report.network.least.get(corner, frozenset()) if report.network is not None else frozenset()
    return id_ in known if id_ else bool(known)


def is_unheard(report: Report, corner: str) -> bool:
    """Whether a corner of the network has never told anything."""
    return report.network is not None and corner in report.network.unheard


# ---- splits


def _rows(known: Attendances, period: Period, split: Split) -> Iterable[Row]:
    """The rows of a split, in the order in which they are read."""
    people: dict[str, list[Attendance]] = defaultdict(list)
    half_days: dict[str, list[Held]] = defaultdict(list)
    if split in OF_PEOPLE:
        of = attrgetter(split)
        for one in known.people:
            people[of(one)].append(one)
    else:
        keys = _keys(known, period, split)
        for key, held in zip(keys, known.half_days, strict=True):
            half_days[key].append(held)
        for number, of_it in groupby(known.people, attrgetter("half_day")):
            people[keys[number]] += of_it
    found = {**half_days, **people}
    for key in in_order(split, found) if split in _ORDER else found:
        yield Row(key, tally(None if split in OF_PEOPLE else half_days[key], people[key]))


def _keys(known: Attendances, period: Period, split: Split) -> list[str]:
    """The word of each half-day in a split."""
    if split is Split.TIME:
        place = {day: str(number) for number, part in enumerate(period.parts) for day in _days(part)}
        return [place[local(held.half_day.starts_at).date()] for held in known.half_days]
    if split is Split.HALF_DAY:
        return [str(number) for number in range(len(known.half_days))]
    of = stage_of if split is Split.STAGE else str
    return [of(held.half_day.programme) for held in known.half_days]


def stage_of(programme: str) -> str:
    """The stage of a programme; empty where the catalogue does not know it any more."""
    found = programmes().get(programme)
    return found.stage if found else ""


def in_order(split: Split, keys: Collection[str]) -> list[str]:
    """Words of a split in the order in which they are read; those that nobody knows come last."""
    order = list(_ORDER[split]())
    return sorted(keys, key=lambda key: (order.index(key) if key in order else len(order), key))


_ORDER: Mapping[Split, Callable[[], Iterable[str]]] = {
    Split.PROGRAMME: programmes,
    Split.STAGE: lambda: STAGES,
    Split.AUDIENCE: lambda: AUDIENCES,
    Split.SOURCE: lambda: SOURCES,
}


def _days(part: Period) -> Iterable[date]:
    return (part.first + timedelta(days=number) for number in range((part.last - part.first).days + 1))
