"""Many kiosks in one process, each with its file and its worker: what a hub has to do with at once."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from bench import sharing
from bench.sharing import Kiosk
from kiosk.home import Home
from kiosk.sync.worker import Worker
from models.policy import Policy

READY = "ready"

NICE = 10
"""How far the many stand back: no kiosk shares its processor with the others of its network."""


def worker(kiosk: Kiosk) -> Worker:
    """What shares in a kiosk, where nobody looks on."""
    return Worker(kiosk.home, kiosk.database, kiosk.kiosk_id, Policy(), sharing.now)


def main() -> None:
    """Open them and say so; from the first line on they share, at the second all is over."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("homes", type=Path, help="a folder of enrolled kiosks")
    given = parser.parse_args()
    os.nice(NICE)
    with ExitStack() as stack:
        kiosks = [
            stack.enter_context(sharing.running(Home(path))) for path in sorted(given.homes.glob("kiosk-*"))
        ]
        print(READY, flush=True)
        sys.stdin.readline()
        for kiosk in kiosks:
            worker(kiosk).start()
        sys.stdin.readline()
        # Their files are thrown away: nobody waits for 124 of them to close.
        os._exit(0)


if __name__ == "__main__":
    main()
