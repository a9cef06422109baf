"""A report as it may leave the corner: nothing that is shown, alone or together, tells a group of fewer than
the smallest count (P-23).

- **Only whole months that are over.** Two reports of which one is a day longer would tell that day.
- **A month stands by itself.** In each split a figure is hidden by the rule of a row with a known sum
  (``models.assessment.masking``); nobody is no group, so that nought is told. Only figures stand in it of
  which none is the difference of others: of who came, is excused or absent no sum is told, and hours and
  rates only beside what they are made of.
- **What is longer is told by its parts.** A figure of several months is shown where that of each month is, a
  stage where each of its workshops is: it tells nothing that they do not tell.
- **Before and after** stand in a quarter only: of one month they are few, and a year beside its quarters
  would tell how few took stock in two of them.
- **Different people** are no sum. They are shown of a month only: what is longer would tell how few came in
  it and not in one of its months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from assets.assessment import thresholds
from assets.languages import local
from assets.review import Split
from models.assessment.group import GroupPicture
from models.assessment.masking import masked, masked_row, nothing
from models.connection import db_time
from models.policy import Policy
from models.review.attendances import Told, first_moment
from models.review.period import Kind, Period
from models.review.report import Report, Row, in_order, report_of, stage_of
from models.review.tally import Tally, rate

if TYPE_CHECKING:
    from models.connection import Connection

SUMS = ("came", "excused", "absent", "refused")
"""Figures of which each split is a row with a known sum."""

HALF_DAYS = ("half_days", "unsettled", "places")
"""Figures of half-days: they count nobody."""

_STILL_ON = "select 1 from half_day where corner_id = ? and starts_at >= ? and starts_at < ? and ends_at > ?"
_DAY = timedelta(days=1)

HIDDEN = Tally(**dict.fromkeys(Tally.__slots__))
"""A row of which nothing is told."""

_SPLITS = (Split.PROGRAMME, Split.AUDIENCE, Split.SOURCE)

Ask = Callable[[Period], Report]
"""Gives the exact report of a period."""


def masked_report(
    conn: Connection,
    corner_id: str,
    period: Period,
    policy: Policy,
    now: datetime,
    told: Told | None = None,
) -> Report | None:
    """A report without small groups; ``None`` where the period is not made of whole months that are over."""
    if not period.whole_months or period.last >= local(now).date():
        return None
    span = (corner_id, db_time(first_moment(period.first)), db_time(first_moment(period.last + _DAY)))
    if conn.execute(_STILL_ON, (*span, db_time(now))).fetchone() is not None:
        return None  # past midnight: it would be told by the next report
    ask = cache(partial(report_of, conn, corner_id, policy=policy, now=now))
    return without_small_groups(ask, period, thresholds().smallest_count, told)


def without_small_groups(ask: Ask, period: Period, smallest: int, told: Told | None = None) -> Report:
    """See above; the period is made of whole months."""
    months, each = period.whole_months, []
    # The last step is what is longer than a month.
    steps = len(months) + 1
    for number, month in enumerate(months, start=1):
        each.append(_month(ask(month), smallest))
        if told is not None:
            told(number, steps)
    whole = ask(period)
    people = _people(whole.whole, smallest)
    if told is not None:
        told(steps, steps)
    return replace(
        whole,
        whole=replace(
            together([one.whole for one in each]), people=people if period.kind is Kind.MONTH else None
        ),
        rows=_rows(each),
        half_days=(),
        assessments=None,
        points=_points(whole, people, smallest),
        masked=True,
    )


# ---- one month


@dataclass(frozen=True, slots=True)
class _Month:
    """A month without its small groups: it stands by itself."""

    whole: Tally
    rows: Mapping[Split, Mapping[str, Tally]]


def _month(exact: Report, smallest: int) -> _Month:
    whole = _of_row(exact.whole, {id_: exact.whole.figure(id_) for id_ in SUMS}, smallest)
    rows = {split: _split(exact.rows[split], smallest) for split in _SPLITS}
    return _Month(whole, rows)


def _split(rows: Sequence[Row], smallest: int) -> Mapping[str, Tally]:
    """The rows of a split, each figure hidden or not by its column: the sum of a column is known."""
    columns = {id_: tuple(row.tally.figure(id_) for row in rows) for id_ in SUMS}
    shown = {id_: masked_row(column, smallest, least=1) for id_, column in columns.items()}
    return {
        row.key: _of_row(row.tally, {id_: column[place] for id_, column in shown.items()}, smallest)
        for place, row in enumerate(rows)
    }


def _of_row(exact: Tally, shown: Mapping[str, int | None], smallest: int) -> Tally:
    """A row with what may be shown of it, and of hours and rates what that tells already."""
    known = {id_: value for id_, value in shown.items() if value is not None and not 0 < value < smallest}
    return replace(
        HIDDEN,
        **{id_: exact.figure(id_) for id_ in HALF_DAYS},
        **known,
        minutes=exact.minutes if "came" in known else None,
        fill_rate=exact.fill_rate if "came" in known else None,
        no_show_rate=exact.no_show_rate if {"came", "excused", "absent"} <= known.keys() else None,
    )


# ---- several of them


def together(parts: Iterable[Tally]) -> Tally:
    """The sum of what is shown: a figure stands where it stands in every part. People are no sum."""
    listed = list(parts)

    def total(id_: str) -> int | None:
        values = [one.figure(id_) for one in listed]
        return None if None in values else sum(value for value in values if value is not None)

    found = {id_: total(id_) for id_ in (*HALF_DAYS, *SUMS, "minutes")}
    came, excused, absent, places = (found[id_] for id_ in ("came", "excused", "absent", "places"))
    return replace(
        HIDDEN,
        **found,
        fill_rate=None if came is None or places is None else rate(came, places),
        no_show_rate=None
        if came is None or excused is None or absent is None
        else rate(absent, came + excused + absent),
    )


def _rows(months: Sequence[_Month]) -> Mapping[Split, tuple[Row, ...]]:
    """The rows of what is longer out of those of its months, and of stages out of those of workshops."""
    found: dict[Split, tuple[Row, ...]] = {Split.HALF_DAY: ()}
    found[Split.TIME] = tuple(
        Row(str(number), month.whole)
        for number, month in enumerate(months)
        if len(months) > 1 and month.whole.half_days
    )
    for split in _SPLITS:
        keys = dict.fromkeys(key for month in months for key in month.rows[split])
        found[split] = tuple(
            Row(key, together(month.rows[split][key] for month in months if key in month.rows[split]))
            for key in in_order(split, keys)
        )
    stages: dict[str, list[Tally]] = {}
    for row in found[Split.PROGRAMME]:
        stages.setdefault(stage_of(row.key), []).append(row.tally)
    found[Split.STAGE] = tuple(Row(key, together(stages[key])) for key in in_order(Split.STAGE, stages))
    return found


# ---- different people


def _people(whole: Tally, smallest: int) -> int | None:
    """How many different people came; hidden where those who came more than once would be a few."""
    people, came = whole.people or 0, whole.came or 0
    if 0 < people < smallest or 0 < came - people < smallest:
        return None
    return people


def _points(exact: Report, people: int | None, smallest: int) -> GroupPicture:
    """Before and after, of a quarter only.

    Those of one month are few; and beside its quarters a year would tell how few took stock in two of them.
    """
    whole = masked(exact.points, smallest)
    assessed = whole.before.people
    # Whoever came and did not take stock may be a few, too.
    few = assessed is not None and (people is None or 0 < people - assessed < smallest)
    return _nothing(whole) if few or exact.period.kind is not Kind.QUARTER else whole


def _nothing(whole: GroupPicture) -> GroupPicture:
    return replace(whole, before=nothing(whole.before), after=nothing(whole.after), progress=None)
