"""What a busy corner plans: about 440 half-days a year, and who has a place in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from assets.languages import BRUSSELS
from bench.home import CORNER
from bench.public import somebody
from models.lines import BookingLine

PLACES = 8

_WEEK = {
    (0, "08:30"): "awareness",
    (0, "13:00"): "course-40",
    (1, "08:30"): "course-24",
    (1, "13:00"): "course-40",
    (2, "08:30"): "awareness",
    (2, "13:00"): "module",
    (3, "08:30"): "course-24",
    (3, "13:00"): "course-40",
    (4, "08:30"): "module",
}
"""What there is at each hour of a week, from Monday; each of them lasts ``_LONG``."""

_LONG = timedelta(hours=3, minutes=30)
_ROOMS = {"awareness": "1", "course-24": "1", "course-40": "2"}
_SITTINGS = {"course-24": 7, "course-40": 12}
"""Half-days of one edition: 24.5 and 42 hours."""
_MODULES = ("digital-skills", "job-search", "video-meeting", "video-cv")

_BESIDE = (2, "10:00", timedelta(hours=2), "3")
"""On the first Wednesday of a month job offers are read beside the morning: two half-days at once."""

KNOWN, BESIDE_OF = 60, 12
"""Of how many newcomers a group is drawn; beside the morning of half a dozen who are there as well."""

_CLOSED = {(5, 1), (8, 15), (11, 1), (11, 2), (11, 11)}
_AWAY = ((7, 15, 7, 31), (12, 24, 12, 31), (1, 1, 1, 4))
"""Weeks in which nobody is there: first month and day, last month and day."""

_EPOCH = date(2020, 1, 6)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """One half-day of the plan."""

    programme: str
    start: datetime
    end: datetime
    room: str
    edition: str
    people: tuple[int, ...]
    """Numbers of ``bench.public``."""
    first: bool
    """Whether its edition begins with it."""
    last: bool

    @property
    def on(self) -> date:
        """Its day."""
        return self.start.date()

    def line(self) -> BookingLine:
        """The half-day itself, as the booking office exports it."""
        return BookingLine(**self._told())

    def booking(self, number: int, seed: int, status: str = "booked") -> BookingLine:
        """The booking of one of its people."""
        one = somebody(number, seed)
        return BookingLine(
            **self._told(),
            reference=one.reference,
            first_name=one.first_name,
            last_name=one.last_name,
            language=one.language,
            audience=one.audience,
            source=one.source,
            booked_by="C. Dubois" if one.source == "counsellor" else None,
            status=status,
        )

    def _told(self) -> dict[str, Any]:
        return {
            "line": 2,
            "corner": CORNER,
            "programme": self.programme,
            "starts_at": self.start,
            "ends_at": self.end,
            "workshop": self.edition,
            "room": self.room,
            "capacity": PLACES,
            "facilitators": "Sam, Aïcha",
        }


def planned(first: date, last: date, seed: int) -> list[Planned]:
    """All half-days from one day to another, by their start; the same whatever the span is."""
    found: list[Planned] = []
    counted: dict[str, int] = defaultdict(int)
    newcomers: list[int] = []
    editions: dict[str, tuple[int, ...]] = {}
    day = _EPOCH
    while day <= last:
        for programme, start, end, room in _of_day(day):
            number = counted[programme]
            counted[programme] += 1
            sittings = _SITTINGS.get(programme, 1)
            edition = f"{programme} {number // sittings + 1}"
            chance = Random(f"{seed} {edition}")
            if programme == "awareness":
                people = tuple(1 + len(newcomers) + place for place in range(_taken(chance)))
                newcomers += people
            elif number % sittings == 0:
                # Whoever has been to a first morning in the weeks before.
                known = newcomers[-(BESIDE_OF if room == _BESIDE[3] else KNOWN) :]
                people = tuple(sorted(chance.sample(known, min(len(known), _taken(chance)))))
            else:
                people = editions[edition]
            editions[edition] = people
            if day >= first:
                at = number % sittings
                found.append(
                    Planned(programme, start, end, room, edition, people, at == 0, at == sittings - 1)
                )
        day += _DAY
    return sorted(found, key=lambda one: one.start)


def _taken(chance: Random) -> int:
    """How many places are booked: mostly all of them, now and then one too many."""
    return chance.choices((5, 6, 7, PLACES, PLACES + 1), (6, 12, 30, 47, 5))[0]


def _of_day(day: date) -> Iterator[tuple[str, datetime, datetime, str]]:
    """Programme, start, end and room of what there is on a day."""
    if _clock_changes(day):
        # Open house, on the very day on which the clocks change.
        yield "awareness", _at(day, "10:00"), _at(day, "10:00") + _LONG, "1"
        return
    if not _is_open(day):
        return
    for (weekday, hour), programme in _WEEK.items():
        if weekday == day.weekday():
            start = _at(day, hour)
            if programme == "module":
                programme = _MODULES[(day.toordinal() // 7 + weekday) % len(_MODULES)]
            yield programme, start, start + _LONG, _ROOMS.get(programme, "2")
    weekday, hour, long, room = _BESIDE
    if day.weekday() == weekday and day.day <= 7:
        start = _at(day, hour)
        yield "job-search", start, start + long, room


def _at(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), BRUSSELS)


def _is_open(day: date) -> bool:
    of = day.month, day.day
    return of not in _CLOSED and not any(away[:2] <= of <= away[2:] for away in _AWAY)


def _clock_changes(day: date) -> bool:
    """Whether the day has 23 or 25 hours."""
    midnight = _at(day, "00:00")
    return midnight.utcoffset() != (midnight + _DAY).utcoffset()
