"""Two corrections of one thing: each kiosk said that an event does not count, and not the same instead.

A correction is an act: it annuls, and it may note something instead. What an act comes to is what stands of
it, or of the acts that put that right since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.marking import Writing
from models.reckoning import named, to_the_minute
from models.requests import At
from models.review.apart.events import Noted, Pair, fact_of
from models.review.apart.facts import Apart, Conflict, Fact
from models.words import Event, Way


@dataclass(slots=True)
class _Acts:
    """The acts of one person on one half-day."""

    noted: dict[str, list[Noted]] = field(default_factory=lambda: defaultdict(list))
    """By the act what it noted."""
    annulled: dict[str, dict[str, Noted]] = field(default_factory=lambda: defaultdict(dict))
    """By the event the acts that annul it, each with its annulment."""

    def comes_to(self, act: str) -> tuple[dict[str, Noted], set[str]]:
        """What stands after an act, and everything that was noted on the way there."""
        stands: dict[str, Noted] = {}
        passed: set[str] = set()
        waiting, seen = [act], {act}
        while waiting:
            for one in self.noted[waiting.pop()]:
                passed.add(one.id)
                after = self.annulled.get(one.id, {}).keys()
                if not after:
                    stands[one.id] = one
                waiting += sorted(after - seen)
                seen |= after
        return stands, passed


@dataclass(frozen=True, slots=True)
class Dispute:
    """Acts that put the same thing right, the earlier one first."""

    pair: Pair
    seen: str
    annulments: tuple[Noted, ...]
    """One of each act."""
    sides: tuple[tuple[Noted, ...], ...]
    """What each act comes to."""
    passed: frozenset[str]
    """Everything that was noted instead of what they annul."""

    @property
    def agreed(self) -> bool:
        """Whether all of them come to the same, to the minute."""
        return len({_told(side) for side in self.sides}) < 2

    def conflict(self, accounts: Mapping[str, str]) -> Conflict:
        """As it is shown."""
        facts = (self._fact(number, accounts) for number in range(len(self.sides)))
        return Conflict(Apart.TWO_CORRECTIONS, self.seen, tuple(facts), person_id=self.pair[1])

    def _fact(self, number: int, accounts: Mapping[str, str]) -> Fact:
        said = [(one.event.kind, one.event.at) for one in self.sides[number]]
        return fact_of(self.annulments[number], accounts, *said)

    def settle(self, at: At, chosen: int, reason: str) -> None:
        """A third act replaces both: what one side comes to is noted again, nothing else of them stands."""
        writing = Writing(at, self.pair[0])
        for one in {one.id: one for side in self.sides for one in side}.values():
            writing.annul(one.participant_id, one.event, reason)
        for one in self.sides[chosen]:
            event = one.event
            writing.note(
                one.participant_id, Event(event.kind), event.at, Way(one.way), reason=event.reason,
                clock_sure=event.clock_sure,
            )  # fmt: skip


def disputes(noted: Mapping[Pair, Sequence[Noted]]) -> Iterator[Dispute]:
    """Whatever was put right by two kiosks: whoever has heard of the first correction makes no second."""
    for pair, events in noted.items():
        acts = _Acts()
        for one in events:
            if one.event.kind == Event.ANNULLED:
                acts.annulled[one.event.annuls or ""].setdefault(one.act, one)
            else:
                acts.noted[one.act].append(one)
        known = {one.id for one in events}
        groups: dict[frozenset[str], dict[str, Noted]] = {}
        for id_ in sorted(acts.annulled.keys() & known):
            by = acts.annulled[id_]
            if len({one.kiosk_id for one in by.values()}) > 1:
                groups.setdefault(frozenset(by), by)
        for by in groups.values():
            yield _dispute(pair, acts, by)


def _dispute(pair: Pair, acts: _Acts, by: Mapping[str, Noted]) -> Dispute:
    first = sorted(by.values(), key=lambda one: (one.stored_at, one.id))
    found = [acts.comes_to(one.act) for one in first]
    sides = tuple(
        tuple(sorted(stands.values(), key=lambda one: (one.event.at, one.id))) for stands, _ in found
    )
    passed = frozenset[str]().union(*(passed for _, passed in found))
    return Dispute(pair, named(one.event for one in first), tuple(first), sides, passed)


def _told(side: Iterable[Noted]) -> frozenset[tuple[str, object, str | None]]:
    """What a side says: the same thing noted twice is one thing."""
    return frozenset((one.event.kind, *_detail(one)) for one in side)


def _detail(one: Noted) -> tuple[object, str | None]:
    if one.event.kind in (Event.ARRIVED, Event.LEFT):
        return to_the_minute(one.event.at), None
    return None, one.event.reason if one.event.kind == Event.EXCUSED else None
