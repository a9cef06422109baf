"""One round with the hub: greet, send what is unsent, take in what the others have done.

Nothing here waits for the network with the database in hand: each page is one short job of the writer.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.erasing import leave_no_trace
from kiosk.sync.greeting import Here, greeting
from kiosk.sync.trouble import HubProblem, HubTrouble
from models.log import SCHEMA_VERSION, Author
from models.sync.outbox import Answer, Pending, contradicts, pending, sent, unsent
from models.sync.state import (
    TOO_FAR,
    SyncState,
    answered,
    heard,
    move_cursor,
    note_right_to_erase,
    note_trouble,
    samples,
    start_over,
    state_of,
)
from models.sync.taking import Taken, followed, take_in
from models.words import SYSTEM

if TYPE_CHECKING:
    from kiosk.database import Database
    from kiosk.sync.link import Heard
    from models.connection import Connection
    from models.sync.rows import SharedRow

PAGE = 500
"""Rows of a page: about 150 KB, and some 20 ms of the writer."""

SMALLEST = 50
"""Rows of a page after one that took too long."""

BACKLOG = 10_000
"""Rows of a page of a first round, where nobody waits for the writer yet: each page writes every part of an
index that it touches."""

HELD = 32
"""Megabytes of the file that the writer then holds, so that it reads none of them again."""


class Remote(Protocol):
    """What a round needs of a hub: see ``kiosk.sync.link.Hub``."""

    def hello(self, said: dict[str, Any]) -> Heard:
        """Greet it."""
        ...

    def push(self, timeline: str, rows: Sequence[SharedRow]) -> list[Answer]:
        """Send a page."""
        ...

    def pull(self, timeline: str, after: int, most: int) -> list[SharedRow]:
        """The next rows of the corner."""
        ...


@dataclass(slots=True)
class Round:
    """What a round has come to so far."""

    sent: int = 0
    refused: int = 0
    taken: int = 0
    """Rows that were new here."""
    skew: timedelta = timedelta()
    """How far this kiosk's clock is ahead."""
    revoked: bool = False
    left: Pending = field(default_factory=lambda: Pending(0, None, 0))
    """What is still to be sent."""

    @property
    def clock_is_off(self) -> bool:
        """Whether the clocks differ by more than may be."""
        return abs(self.skew) > TOO_FAR


class OtherLife(Exception):
    """The hub's numbers have become void while a page was on its way."""


Told = Callable[[Round], None]


class Cycle:
    """Rounds of one kiosk with one hub."""

    def __init__(
        self,
        database: Database,
        hub: Remote,
        here: Here,
        now: Callable[[], datetime],
        *,
        page: int = PAGE,
        told: Told = lambda _: None,
        before: Heard | None = None,
    ) -> None:
        """Make them.

        Args:
            page: rows that travel at a time.
            told: called after each page.
            before: what the hub has said over the same line a moment ago: then nobody greets first.
        """
        self._database = database
        self._hub = hub
        self._here = here
        self._now = now
        self._largest = self._page = page
        self._told = told
        self._before = before
        self._too_old = before is not None and before.min_schema > SCHEMA_VERSION
        """The hub wants a newer program: this one sends, and receives nothing."""
        self._head: int | None = None
        """The last number that the hub has given in the corner's feed, where it has just said so."""

    def run(self) -> Round:
        """One round.

        Raises:
            HubTrouble: it did not come to its end; what was done stands, and the next round goes on there.
        """
        round_ = Round()
        try:
            self._run(round_)
        except HubTrouble as trouble:
            self._database.write(note_trouble, trouble.problem).result()
            raise
        except OtherLife:
            raise HubTrouble(HubProblem.TIMELINE) from None
        self._database.write(note_trouble, "").result()
        return round_

    def _run(self, round_: Round) -> None:
        state = self._greet(round_) if self._before is None else self._state(round_)
        self._send(state, round_)
        if round_.revoked:
            round_.left = self._database.read(pending).result()
            self._greet(round_)  # so that the hub knows that nothing is left
            raise HubTrouble(HubProblem.REVOKED)
        if round_.sent:
            self._greet(round_, sent=round_.sent)  # the hub tells the others
        self._take(round_)
        if round_.taken and self._before is None:
            self._greet(round_)  # the hub knows that all is here
        round_.left = self._database.read(pending).result()

    # ---- greeting

    def greet(self) -> None:
        """Only greet: whether the hub takes this kiosk.

        Raises:
            HubTrouble: it does not.
        """
        self._greet(Round())

    def _greet(self, round_: Round, *, sent: int = 0) -> SyncState:
        """Say how things stand here, and keep how they stand there."""
        left, before = self._database.read(pending).result(), self._now()
        state, known = self._database.read(_standing).result()
        found = self._hub.hello(greeting(self._here, left, state, known, before) | {"sent": sent})
        now = self._now()
        if found.corner != self._here.corner:
            raise HubTrouble(HubProblem.CORNER)
        # The hub looked at its clock between the two.
        between = before + (now - before) / 2
        round_.skew = between - found.now
        round_.revoked = found.revoked
        self._too_old = found.min_schema > SCHEMA_VERSION
        self._head = found.head
        return self._database.write(_keep, found, now, round_.skew).result()

    def _state(self, round_: Round) -> SyncState:
        """How things stood a moment ago."""
        state = self._database.read(state_of).result()
        round_.skew = state.skew or timedelta()
        round_.revoked = state.revoked
        return state

    # ---- sending

    def _send(self, state: SyncState, round_: Round) -> None:
        """Every unsent row, page by page; a row that the hub cannot take holds up no other.

        While the hub has one page in hand, the next is read and the answer to the one before is kept.
        """
        kept: Future[None] | None = None
        page = self._database.read(unsent, self._page)
        while rows := page.result():
            page = self._database.read(unsent, self._page, rows[-1][0])
            answers = self._put(state.timeline, [shared for _, shared in rows])
            if len(answers) < len(rows):
                page = self._database.read(unsent, self._page, rows[len(answers) - 1][0])
            if kept is not None:
                kept.result()
            kept = self._database.write(_sent, state.timeline, answers, self._now())
            refused = sum(1 for one in answers if one.refused)
            round_.sent += len(answers) - refused
            round_.refused += refused
            self._told(round_)
        if kept is not None:
            kept.result()

    def _put(self, timeline: str, rows: list[SharedRow]) -> list[Answer]:
        """The hub's word on the first rows of a page: of all, or of as many as it takes at a time."""
        while True:
            try:
                return self._hub.push(timeline, rows)
            except HubTrouble as trouble:
                if trouble.problem == HubProblem.ROW and len(rows) > 1:
                    rows = rows[: len(rows) // 2]
                elif trouble.problem == HubProblem.ROW:
                    return [unreadable(rows[0])]
                elif trouble.problem == HubProblem.SLOW and self._page > SMALLEST:
                    self._page = max(SMALLEST, self._page // 2)
                    rows = rows[: self._page]
                else:
                    raise

    # ---- receiving

    def _take(self, round_: Round) -> None:
        """What the corner's feed has after what is here; an old program keeps what it cannot read."""
        if self._too_old:
            raise HubTrouble(HubProblem.TOO_OLD)
        state = self._database.read(state_of).result()
        cursor = state.cursor
        if cursor == self._head:
            return
        kept: Future[Taken] | None = None
        while True:
            rows = self._pulled(state.timeline, cursor)
            if kept is not None:
                self._note_taken(kept, round_)
            if not rows:
                return
            cursor = rows[-1].hub_seq or cursor
            # The next page is on its way while this one is put in its place.
            author = Author(self._here.kiosk_id, SYSTEM, self._now())
            kept = self._database.write(_taken, state.timeline, rows, cursor, author)
            if len(rows) < self._page:
                self._note_taken(kept, round_)
                return

    def _note_taken(self, kept: Future[Taken], round_: Round) -> None:
        taken = kept.result()
        round_.taken += taken.new
        if taken.erased:
            leave_no_trace(self._database, taken.erased)
        self._told(round_)

    def _pulled(self, timeline: str, cursor: int) -> list[SharedRow]:
        while True:
            try:
                return self._hub.pull(timeline, cursor, self._page)
            except HubTrouble as trouble:
                if trouble.problem != HubProblem.SLOW or self._page <= SMALLEST:
                    raise
                self._page = max(SMALLEST, self._page // 2)


@contextmanager
def unhurried(database: Database) -> Iterator[None]:
    """Make much of this process where nobody waits for it: rounds with pages of ``BACKLOG``."""
    database.write(lambda conn: conn.execute(f"pragma cache_size = -{1024 * HELD}")).result()
    collects = gc.isenabled()
    gc.disable()  # rows hold nothing in circles, and the collector would look through every page of them
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _standing(conn: Connection) -> tuple[SyncState, list[tuple[int, str]]]:
    return state_of(conn), samples(conn)


def _keep(conn: Connection, found: Heard, now: datetime, skew: timedelta) -> SyncState:
    """What a greeting has told; a hub with another life makes this kiosk begin again."""
    state = state_of(conn)
    if state.timeline != found.timeline or state.cursor > found.head or found.void:
        start_over(conn, found.timeline)
    heard(conn, now, skew, revoked=found.revoked)
    answered(conn, found.now)
    note_right_to_erase(conn, found.may_erase)
    return state_of(conn)


def _same_life(conn: Connection, timeline: str) -> None:
    """Another program of this kiosk may have met the hub's new life meanwhile."""
    if state_of(conn).timeline != timeline:
        raise OtherLife


def _sent(conn: Connection, timeline: str, answers: Sequence[Answer], now: datetime) -> None:
    _same_life(conn, timeline)
    if contradicts(conn, answers):
        start_over(conn, timeline)
    sent(conn, answers, now)
    # What was written here and numbered next has not to come back to be known.
    cursor = state_of(conn).cursor
    for number in sorted(one.hub_seq for one in answers if one.hub_seq is not None):
        cursor += number == cursor + 1
    move_cursor(conn, cursor)


def _taken(conn: Connection, timeline: str, rows: Sequence[SharedRow], cursor: int, author: Author) -> Taken:
    """Rows, tables and cursor in one transaction: a crash between them would skip rows for ever."""
    _same_life(conn, timeline)
    taken = take_in(conn, rows, author.now)
    move_cursor(conn, cursor)
    return followed(conn, taken, author)


def unreadable(shared: SharedRow) -> Answer:
    """What is said of a row that the hub cannot even read."""
    return Answer(shared.row.id, None, None, "unreadable")
