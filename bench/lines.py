"""The lines of many kiosks to one hub, without the kiosks: what its processor and its disk have to bear.

Each does what a kiosk's worker does over its line, and nothing beside: it greets, sends what has happened,
tells that it has, and takes what others of its corner have sent as soon as it is told.
"""

from __future__ import annotations

import argparse
import os
import select
import sys
import threading
import time
from itertools import cycle
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from bench import sharing
from bench.crowd import NICE, READY
from kiosk.home import Home
from kiosk.sync.cycle import PAGE
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.joined import GREETS_EVERY
from kiosk.sync.link import connect
from models.ids import uuid7
from models.log import SCHEMA_VERSION
from models.sync.rows import COLUMNS, SharedRow, shared_of

if TYPE_CHECKING:
    from models.connection import Connection


class Line(threading.Thread):
    """One kiosk's."""

    def __init__(self, enrolment: Enrolment, kiosk_id: str) -> None:
        super().__init__(daemon=True)
        self._kiosk = kiosk_id
        self._hub = connect(enrolment, Path())
        self._hub.listen()
        self._woken, self._waking = os.pipe()
        self._happened: SimpleQueue[SharedRow] = SimpleQueue()
        self._greeted = 0.0

    def happen(self, row: SharedRow) -> None:
        """Something has happened at this kiosk."""
        self._happened.put(row)
        os.write(self._waking, b"!")

    def run(self) -> None:
        """Until the process ends."""
        timeline, cursor = self._greet(0)
        while True:
            select.select([self._woken, self._hub.fileno()], [], [])
            rows = self._taken()
            if rows or self._hub.told() > cursor:
                cursor = self._round(timeline, cursor, rows)

    def _round(self, timeline: str, cursor: int, rows: list[SharedRow]) -> int:
        """What one of a kiosk asks of the hub; the number up to which everything is known now."""
        if time.monotonic() - self._greeted > GREETS_EVERY:
            self._greet(0)
        for answer in self._hub.push(timeline, rows) if rows else ():
            cursor += answer.hub_seq == cursor + 1
        if rows and self._greet(len(rows))[1] == cursor:
            return cursor
        while others := self._hub.pull(timeline, cursor, PAGE):
            cursor += len(others)
            if len(others) < PAGE:
                break
        return cursor

    def _taken(self) -> list[SharedRow]:
        if not select.select([self._woken], [], [], 0)[0]:
            return []
        os.read(self._woken, PAGE)
        rows = []
        try:
            while True:
                rows.append(self._happened.get_nowait())
        except Empty:
            return rows

    def _greet(self, sent: int) -> tuple[str, int]:
        said = {"kiosk": self._kiosk, "app": "bench", "schema": SCHEMA_VERSION, "now": 0, "pending": 0}
        heard = self._hub.hello(said | {"sent": sent})
        self._greeted = time.monotonic()
        return heard.timeline, heard.head


def _last(conn: Connection) -> SharedRow:
    """The newest attendance of a kiosk: what happens is like it."""
    asked = (
        f"select {', '.join(COLUMNS)} from change where kind = 'attendance.arrived' order by n desc limit 1"
    )
    return shared_of(conn.execute(asked).fetchone())


def main() -> None:
    """Open them and say so; from the first line on so much happens a second; at the second all is over."""
    parser = argparse.ArgumentParser(prog="python -m bench.lines", description=__doc__)
    parser.add_argument("homes", type=Path, help="a folder of enrolled kiosks")
    parser.add_argument("--rate", type=float, required=True, help="arrivals a second, over all of them")
    parser.add_argument("--seconds", type=float, required=True, help="for how long")
    given = parser.parse_args()
    os.nice(NICE)
    lines = []
    for path in sorted(given.homes.glob("kiosk-*")):
        with sharing.running(Home(path)) as kiosk:
            lines.append(Line(kiosk.enrolment, kiosk.kiosk_id))
            row = kiosk.database.read(_last).result()
    for line in lines:
        line.start()
    print(READY, flush=True)
    sys.stdin.readline()
    begun = time.monotonic()
    for number, line in zip(range(round(given.rate * given.seconds)), cycle(lines), strict=False):
        time.sleep(max(0.0, begun + number / given.rate - time.monotonic()))
        line.happen(row._replace(row=row.row._replace(id=uuid7(row.row.hlc >> 16)), hub_seq=None))
    sys.stdin.readline()
    os._exit(0)


if __name__ == "__main__":
    main()
