"""The figures of a half-day: what somebody signs for, how they are kept, and who stands otherwise since.

Whether a half-day is as it was signed is asked here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from models.connection import body_time
from models.event_rows import holds, is_moment
from models.exceptions import counts
from models.names import shown_name
from models.reckoning import ABSENT, EXCUSED, PRESENT
from models.roster import Attendee, HalfDayRoster

if TYPE_CHECKING:
    from models.connection import Connection

_TOTALS = ("capacity", "booked", "walk_ins", "came", "excused", "absent", "unknown", "minutes")


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody signs for; times are those of the bodies of the log."""

    capacity: int
    booked: int
    """People whose booking stands."""
    walk_ins: int
    came: int
    excused: int
    absent: int
    unknown: int
    """People who came, and whose departure nobody noted: counted to the end."""
    minutes: int
    people: tuple[dict[str, Any], ...]
    """Each by opaque id: state, first arrival, departure, minutes."""

    @property
    def text(self) -> str:
        """Canonical JSON: the same figures are the same bytes."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return hash_of(self.text)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the figures say of one person."""

    state: str = ""
    """Empty where they are not in the figures."""
    minutes: int = 0
    arrived: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the figures say of one person otherwise than when they were signed."""

    person_id: str
    name: str
    before: Standing
    after: Standing


def hash_of(figures: str) -> str:
    """SHA-256 of figures as they are kept."""
    return sha256(figures.encode("utf-8", "surrogatepass")).hexdigest()


def figures_of(roster: HalfDayRoster) -> Figures:
    """The figures of a half-day: sums over the people who count."""
    people = sorted((one for one in roster.people if counts(roster, one)), key=lambda one: one.person_id)
    known = [one.reckoning for one in people]
    return Figures(
        capacity=roster.capacity,
        booked=sum(not one.walk_in and one.status == "booked" for one in people),
        walk_ins=sum(one.walk_in for one in people),
        came=sum(one.arrived_at is not None for one in known),
        excused=sum(one.state == EXCUSED for one in known),
        absent=sum(one.state == ABSENT for one in known),
        unknown=sum(one.present for one in known),
        minutes=sum(one.minutes for one in known),
        people=tuple(map(_told, people)),
    )


def _told(person: Attendee) -> dict[str, Any]:
    known = person.reckoning
    return {
        "id": person.person_id,
        # Late by a tolerance that may be set otherwise one day: the arrival itself is here.
        "state": PRESENT if known.present else known.state,
        "arrived": body_time(known.arrived_at) if known.arrived_at else None,
        "left": body_time(known.left_at) if known.left_at else None,
        "minutes": known.minutes,
    }


def figures_from(text: str) -> Figures | None:
    """Figures as they were signed; ``None`` where another version wrote what this one cannot read."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    if not (isinstance(told, dict) and holds(told, int, *_TOTALS) and holds(told, list, "people")):
        return None
    people = told["people"]
    if not all(map(_is_line, people)):
        return None
    return Figures(**{name: told[name] for name in _TOTALS}, people=tuple(people))


def _is_line(told: object) -> bool:
    return (
        isinstance(told, dict)
        and holds(told, str, "id", "state")
        and holds(told, int, "minutes")
        and all(told.get(name) is None or is_moment(told[name]) for name in ("arrived", "left"))
    )


def is_as_signed(conn: Connection, roster: HalfDayRoster, figures: Figures | None, hash_: str) -> bool:
    """Whether a half-day still is what was signed: these figures, as far as they can be read, or their hash.

    A walk-in who turned out to be somebody else since is that person: that alone changes no figure.
    """
    now = figures_of(roster)
    if hash_ == now.hash:
        return True
    if figures is None:
        return False
    into = _merged_into(conn, figures)
    renamed = [one | {"id": into.get(one["id"], one["id"])} for one in figures.people]
    renamed.sort(key=lambda one: str(one["id"]))
    return bool(into) and replace(figures, people=tuple(renamed)).text == now.text


def corrections(conn: Connection, roster: HalfDayRoster, figures: Figures | None) -> tuple[Correction, ...]:
    """Who stands in the figures otherwise than they were signed; empty where nobody does.

    Of figures that this version cannot read nobody is told anything.
    """
    if figures is None:
        return ()
    before = _standings(figures.people, _merged_into(conn, figures))
    after = _standings(figures_of(roster).people, {})
    names = {person.person_id: person.label for person in roster.people}
    return tuple(
        Correction(
            person,
            names.get(person) or _name(conn, person),
            before.get(person, Standing()),
            after.get(person, Standing()),
        )
        for person in sorted(before.keys() | after.keys())
        if before.get(person) != after.get(person)
    )


def signed_standing(conn: Connection, figures: Figures, person_id: str) -> Standing:
    """What was signed of one person, and of whoever turned out to be them since."""
    return _standings(figures.people, _merged_into(conn, figures)).get(person_id, Standing())


def _standings(people: Iterable[dict[str, Any]], into: Mapping[str, str]) -> dict[str, Standing]:
    """The people of figures by id; whoever was two in them is one here, with the hours of both.

    Args:
        people: lines of figures.
        into: who turned out to be whom since.
    """
    found: dict[str, Standing] = {}
    # The person's own line first: of two without an arrival it is theirs that counts.
    for one in sorted(people, key=lambda line: line["id"] in into):
        person = into.get(one["id"], one["id"])
        line = Standing(one["state"], one["minutes"], _moment(one, "arrived"), _moment(one, "left"))
        found[person] = _both(found[person], line) if person in found else line
    return found


def _both(one: Standing, other: Standing) -> Standing:
    came = [standing for standing in (one, other) if standing.arrived]
    if len(came) < 2:
        return came[0] if came else one
    last = max(came, key=lambda standing: (standing.left is None, standing.left or standing.arrived))
    return Standing(
        last.state,
        one.minutes + other.minutes,
        min(standing.arrived for standing in came if standing.arrived),
        last.left,
    )


def _moment(line: dict[str, Any], name: str) -> datetime | None:
    told = line.get(name)
    return datetime.fromisoformat(told) if told else None


def _merged_into(conn: Connection, figures: Figures) -> dict[str, str]:
    """Who of the figures turned out to be somebody else since."""
    ids = tuple(one["id"] for one in figures.people)
    marks = ", ".join("?" * len(ids))
    found = conn.execute(
        f"select id, merged_into from participant where merged_into <> '' and id in ({marks})", ids
    )
    return dict(found.fetchall())


def _name(conn: Connection, person_id: str) -> str:
    row = conn.execute("select first_name, last_name from participant where id = ?", (person_id,)).fetchone()
    return shown_name(*row) if row else ""
