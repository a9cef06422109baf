"""A copy of a corner on the hub's machine: its feed, read by the very rules of its kiosks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from kiosk.database import Database
from kiosk.erasing import leave_no_trace
from kiosk.home import Home
from kiosk.sync.hub_errors import guarded
from kiosk.sync.trouble import HubProblem, HubTrouble
from kiosk.trouble import Trouble
from models.sync.rows import COLUMNS, BadRow, SharedRow, rows_of
from models.sync.state import move_cursor, start_over, state_of
from models.sync.taking import take_in

if TYPE_CHECKING:
    from psycopg import Connection as HubConnection

    from models.connection import Connection

T = TypeVar("T")

PAGE = 2000
"""Rows that are taken in at a time."""

_PULL = (
    f"select {', '.join(COLUMNS)} from hub.change where corner = %s and hub_seq > %s"
    " order by hub_seq limit %s"
)
_HEAD = "select a.timeline, f.head from hub.about a, hub.feed f where f.corner = %s"


class Replica:
    """One corner's file in the folder ``hub`` of a home; it is no kiosk, and writes nothing of its own."""

    def __init__(self, home: Home, corner: str) -> None:
        self.corner = corner
        path = home.path / "hub" / f"{corner}.db"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._database = Database(path)
        try:
            self._database.open(create=True).result()
        except Trouble:
            # It is but a copy: one that is damaged, or of another version, is made anew from the feed.
            self._database.close()
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()
            self._database = Database(path)
            self._database.open(create=True).result()

    def __enter__(self) -> Replica:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def update(self, hub: HubConnection[Any], now: datetime) -> int:
        """Take in what the feed has after what is here; how many rows.

        Raises:
            HubTrouble: the hub does not answer, or holds what is no row.
        """
        timeline, head = guarded(lambda: hub.execute(_HEAD, (self.corner,)).fetchone()) or ("", 0)
        cursor = self._database.write(_same_life, timeline, head).result()
        first = cursor
        while rows := self._page(hub, cursor):
            cursor = rows[-1].hub_seq or head
            if erased := self._database.write(_take, rows, cursor, now).result():
                leave_no_trace(self._database, erased)
        return cursor - first

    def _page(self, hub: HubConnection[Any], after: int) -> list[SharedRow]:
        try:
            return guarded(lambda: rows_of(hub.execute(_PULL, (self.corner, after, PAGE)).fetchall()))
        except BadRow:
            raise HubTrouble(HubProblem.NOT_OURS) from None

    def read(self, rule: Callable[[Connection], T]) -> T:
        """Run a rule that only reads."""
        return self._database.read(rule).result()


def _same_life(conn: Connection, timeline: str, head: int) -> int:
    """Where to go on; a hub that was restored numbers its rows anew."""
    state = state_of(conn)
    if state.timeline != timeline or state.cursor > head:
        start_over(conn, timeline)
    return state_of(conn).cursor


def _take(conn: Connection, rows: Sequence[SharedRow], cursor: int, now: datetime) -> tuple[str, ...]:
    """Rows and cursor in one transaction; who has been erased by them."""
    taken = take_in(conn, rows, now)
    move_cursor(conn, cursor)
    return taken.erased
