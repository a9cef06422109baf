"""The network as the hub tells it to a coordinator: when each corner was heard, its days and its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from models.network.told import CornerDay, CornerMonth
from models.review.masking import HALF_DAYS, HIDDEN, SUMS
from models.review.tally import Tally

TOLD = (*HALF_DAYS, *SUMS, "minutes")
"""The figures of a month that the hub keeps; rates are made of them."""

SILENT_AFTER = timedelta(days=1)
"""A corner of which nothing was heard for so long is silent."""

STILL_LIVE = timedelta(minutes=10)
"""A kiosk that is on is heard more often than this."""


class Hearing(StrEnum):
    """How a corner is heard."""

    NEVER = "never"
    """None of its kiosks has ever reported: that is not nought."""
    SILENT = "silent"
    HEARD = "heard"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class KioskHeard:
    """A kiosk of a corner as the hub last heard of it."""

    name: str
    last_seen: datetime | None
    """``None``: never."""
    version: str
    pending: int
    """Rows that it had not sent yet."""
    skew: timedelta
    """How far its clock is ahead of the hub's."""
    refused: int
    """Rows that the hub does not take."""
    revoked: bool


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the network."""

    id: str
    kiosks: tuple[KioskHeard, ...]
    since: date | None
    """The first month of which anything may be told; ``None`` where nothing has come yet."""
    days: Mapping[date, CornerDay]
    months: Mapping[date, CornerMonth]
    """By their first day."""
    conflicts: int = 0
    """Things of which two kiosks say different things."""
    folded_at: datetime | None = None
    """When its figures were worked out last."""

    @property
    def last_seen(self) -> datetime | None:
        """When any of its kiosks was heard last."""
        return max((one.last_seen for one in self.kiosks if one.last_seen is not None), default=None)

    @property
    def working(self) -> tuple[KioskHeard, ...]:
        """Those that are not revoked."""
        return tuple(one for one in self.kiosks if not one.revoked)

    def hearing(self, now: datetime) -> Hearing:
        """How it is heard."""
        if self.last_seen is None:
            return Hearing.NEVER
        ago = now - self.last_seen
        if ago > SILENT_AFTER:
            return Hearing.SILENT
        return Hearing.LIVE if ago <= STILL_LIVE else Hearing.HEARD


@dataclass(frozen=True, slots=True)
class Network:
    """Every corner, as the hub tells it at one moment."""

    at: datetime
    """The hub's clock."""
    corners: tuple[Corner, ...]
    people: Mapping[date, int]
    """Who came on a day, at least; a day that is not told is missing."""

    def day(self, on: date) -> CornerDay:
        """The half-days of all corners on a day; the people are told by ``people`` only."""
        days = [corner.days[on] for corner in self.corners if on in corner.days]
        return CornerDay(
            sum(one.planned for one in days),
            sum(one.over for one in days),
            sum(one.closed for one in days),
            0,
        )


def network_of(said: Mapping[str, Any]) -> Network:
    """Out of what the hub says.

    Raises:
        LookupError: something is missing; the hub is of another version.
        ValueError: something is not of its kind.
        TypeError: something is not of its kind.
    """
    at = datetime.fromisoformat(said["at"])
    days: dict[str, dict[date, CornerDay]] = {}
    for corner, on, planned, over, closed in said["days"]:
        days.setdefault(corner, {})[date.fromisoformat(on)] = CornerDay(planned, over, closed, 0)
    months: dict[str, dict[date, CornerMonth]] = {}
    for corner, first, whole, values in said["months"]:
        tally = month_tally(values)
        months.setdefault(corner, {})[date.fromisoformat(first)] = CornerMonth(tally, bool(whole))
    corners = [
        Corner(
            id=one["corner"],
            kiosks=tuple(_kiosk(kiosk) for kiosk in one["kiosks"]),
            since=date.fromisoformat(one["since"]) if one["since"] else None,
            days=days.get(one["corner"], {}),
            months=months.get(one["corner"], {}),
            conflicts=one["conflicts"] or 0,
            folded_at=_moment(one["folded_at"]),
        )
        for one in said["corners"]
    ]
    people = {date.fromisoformat(on): int(number) for on, number in said["people"]}
    return Network(at, tuple(corners), people)


def _kiosk(said: Mapping[str, Any]) -> KioskHeard:
    return KioskHeard(
        name=said["name"],
        last_seen=_moment(said["last_seen"]),
        version=said["version"] or "",
        pending=said["pending"] or 0,
        skew=timedelta(milliseconds=said["skew_ms"] or 0),
        refused=said["refused"] or 0,
        revoked=bool(said["revoked"]),
    )


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def month_values(tally: Tally) -> list[int | None]:
    """The figures of a month, in the order of ``TOLD``."""
    return [tally.figure(id_) for id_ in TOLD]


def month_tally(values: Sequence[int | None]) -> Tally:
    """The month that has these figures."""
    return replace(HIDDEN, **dict(zip(TOLD, values, strict=True)))
