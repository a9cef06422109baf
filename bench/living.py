"""A kiosk in a process of its own, with people who come and a hub that it shares with: something to kill.

It says each arrival on a line, after the commit and not before: whoever reads it may count on it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from bench import sharing
from bench.sharing import Kiosk
from kiosk.home import Home
from kiosk.sync.worker import Worker
from models.arrival import Desk, check_in
from models.policy import Policy
from models.words import Way

NOBODY_LEFT = "nobody"
"""What it says when all have arrived: from now on it only shares."""

_ARRIVED = "select distinct participant_id from attendance_event where kind = 'arrived'"


def receive(kiosk: Kiosk, desk: Desk, cards: list[tuple[str, str]], pace: float) -> None:
    """Everybody of these who has not arrived yet shows a card; each is confirmed once it is kept."""
    here = {person for (person,) in kiosk.database.read(lambda c: c.execute(_ARRIVED).fetchall()).result()}
    for person, card in cards:
        if person in here:
            continue
        outcome = kiosk.database.write(check_in, desk, card, Way.CARD, sharing.now()).result()
        print(person, outcome.event_id, flush=True)
        time.sleep(random.uniform(0.5, 1.5) * pace)


def main() -> None:
    """Live until somebody kills it, or nobody reads on."""
    parser = argparse.ArgumentParser(prog="python -m bench.living", description=__doc__)
    parser.add_argument("home", type=Path, help="an enrolled kiosk; its people are in cards.json beside it")
    parser.add_argument("--pace", type=float, default=0.25, help="seconds between two people")
    given = parser.parse_args()
    cards = json.loads((given.home / "cards.json").read_text("utf-8"))
    with sharing.running(Home(given.home)) as kiosk:
        desk = Desk(kiosk.kiosk_id, kiosk.enrolment.corner, kiosk.home.key(), Policy())
        Worker(kiosk.home, kiosk.database, kiosk.kiosk_id, Policy(), sharing.now).start()
        receive(kiosk, desk, cards, given.pace)
        print(NOBODY_LEFT, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
