"""What happens in a corner on one day, moment by moment, on one connection."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, TypeVar

from assets.assessment import thresholds
from models.arrival import Desk
from models.assessment.checks import Check, Done
from models.assessment.draft import Draft, Part, new_draft
from models.ledger import events_of, presence
from models.log import Author
from models.requests import Request, run

if TYPE_CHECKING:
    from models.connection import Connection

T = TypeVar("T")

Happens = Callable[[], object]


@dataclass
class Agenda:
    """What is still to happen, and how it is done: by the desk at the door, or by somebody of the team."""

    conn: Connection
    desk: Desk
    staff_id: str
    chance: Random
    done: Counter[str]
    """How often each thing was done, over all days."""
    now: datetime
    _ahead: list[tuple[datetime, int, Happens]] = field(default_factory=list)
    _serial: count[int] = field(default_factory=count)

    def at(self, moment: datetime, happens: Happens) -> None:
        """Let something happen then, or at once where that is over."""
        heapq.heappush(self._ahead, (max(moment, self.now), next(self._serial), happens))

    def after(self, minutes: float, happens: Happens) -> None:
        """Let something happen a while from now."""
        self.at(self.now + timedelta(minutes=minutes), happens)

    def pass_by(self) -> None:
        """Let everything happen, in the order of the clock."""
        while self._ahead:
            self.now, _, happens = heapq.heappop(self._ahead)
            happens()

    def ask(self, request: Request[T], doing: str = "") -> T:
        """Let the team do something; it is counted as ``doing`` unless it was refused."""
        answer = run(self.conn, replace(self.desk, actor=self.staff_id), self.staff_id, self.now, request)
        if doing:
            self.done[doing] += getattr(answer, "refused", None) is None
        return answer

    def maybe(self, part: float) -> bool:
        """True for so many of one."""
        return self.chance.random() < part

    def author(self, actor: str) -> Author:
        """Who writes now."""
        return Author(self.desk.kiosk_id, actor, self.now)

    def there(self, half_day_id: str, person_id: str) -> bool:
        """Whether somebody is there and not gone."""
        return presence(events_of(self.conn, half_day_id, person_id)).present


def taken_stock(chance: Random, able: float) -> Draft:
    """Somebody's answers, asked as the kiosk asks; the more of them are "alone" the abler they are."""
    draft = new_draft(Part.CORE)
    while (item := draft.next_item(thresholds())) is not None:
        value = max(0, min(2, round(able + chance.gauss(0, 0.6))))
        draft = draft.answer(item, None if chance.random() < 0.04 else value)
    for check in Check:
        draft = draft.done(check, chance.choice(tuple(Done)))
    return draft
