"""One person who arrived at two kiosks: one presence, both arrivals are kept, the earlier one counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from models.ledger import standing
from models.reckoning import named
from models.review.apart.events import Noted, Pair, fact_of
from models.review.apart.facts import Apart, Conflict
from models.words import Event


def two_arrivals(
    noted: Mapping[Pair, Sequence[Noted]], disputed: Collection[str], accounts: Mapping[str, str]
) -> Iterator[tuple[Pair, Conflict]]:
    """Arrivals in a row at different kiosks: whoever has heard of the first one notes no second.

    Args:
        disputed: events out of corrections that contradict each other: those are a question of their own.
    """
    for pair, events in noted.items():
        of = {one.id: one for one in events}
        moves = [
            of[event.id]
            for event in standing(one.event for one in events)
            if event.kind in (Event.ARRIVED, Event.LEFT) and event.id not in disputed
        ]
        for kind, row in groupby(moves, key=lambda one: one.event.kind):
            arrivals = list(row)
            if kind != Event.ARRIVED or len({one.kiosk_id for one in arrivals}) < 2:
                continue
            facts = tuple(fact_of(one, accounts, (Event.ARRIVED, one.event.at)) for one in arrivals)
            seen = named(one.event for one in arrivals)
            yield pair, Conflict(Apart.TWO_ARRIVALS, seen, facts, person_id=pair[1])
