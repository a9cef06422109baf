"""Many kiosks in one process, each with its file and its worker: what a hub has to do with at once."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from bench import sharing
from bench.sharing import Kiosk
from kiosk.clock import Clock
from kiosk.home import Home
from kiosk.sync.worker import Worker
from models.arrival import Desk
from models.log import Author
from models.policy import Policy
from models.words import PARTICIPANT

READY, DONE = "ready", "done"


def worker(kiosk: Kiosk) -> Worker:
    """What shares in a kiosk, where nobody looks on."""
    desk = Desk(kiosk.kiosk_id, kiosk.enrolment.corner, kiosk.home.key(), Policy())
    return Worker(kiosk.home, kiosk.database, desk, Clock(), tell_nobody, tell_nobody)


def tell_nobody() -> None:
    """There is no screen here."""


def happen(kiosks: list[Kiosk], rate: float, seconds: float) -> None:
    """So many arrivals a second, at one kiosk after the other."""
    begun = time.monotonic()
    for number, kiosk in zip(range(round(rate * seconds)), cycle(kiosks), strict=False):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        author = Author(kiosk.kiosk_id, PARTICIPANT, sharing.now())
        kiosk.database.write(sharing.attend, author, kiosk.enrolment.corner, 1)


def main() -> None:
    """Open them; at the first line they share, at the second people arrive, at the third all is over."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("homes", type=Path, help="a folder of enrolled kiosks")
    parser.add_argument("--rate", type=float, required=True, help="arrivals a second, over all of them")
    parser.add_argument("--seconds", type=float, required=True, help="for how long")
    given = parser.parse_args()
    with ExitStack() as stack:
        kiosks = [
            stack.enter_context(sharing.running(Home(path))) for path in sorted(given.homes.glob("kiosk-*"))
        ]
        print(READY, flush=True)
        sys.stdin.readline()
        for kiosk in kiosks:
            worker(kiosk).start()
        sys.stdin.readline()
        happen(kiosks, given.rate, given.seconds)
        print(DONE, flush=True)
        sys.stdin.readline()
        # Their files are thrown away: nobody waits for 124 of them to close.
        os._exit(0)


if __name__ == "__main__":
    main()
