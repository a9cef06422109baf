"""Pulling the plug in the middle of a queue of people: what was confirmed is kept, nothing is half done."""

from __future__ import annotations

import random
import re
import signal
import time

from driver import Terminal, kiosk
from guests import CARDS_A_KILL, KILLS

from kiosk.database import Database
from models.verify import verify


def flaws(path):
    """What a check of the whole log finds, after the recovery that opening does."""
    database = Database(path)
    database.open().result()
    try:
        copy = database.copy_in_memory()
        found = verify(copy).flaws
        copy.close()
        return found
    finally:
        database.close()


def test_kill_9_never_loses_what_the_screen_confirmed(corner):
    """Goal: ``KIOSK_KILLS`` times (default 10) SIGKILL in mid burst; log and projections agree each time."""
    chance = random.Random(20221103)
    guests = iter(corner.guests)
    confirmed: set[str] = set()
    for number in range(KILLS):
        with Terminal(home=corner.path).ready() as term:
            cards = [next(guests) for _ in range(CARDS_A_KILL)]
            until = time.monotonic() + chance.uniform(0.0, 0.08)
            for guest in cards:
                term.show_card(guest.token)
                while chance.random() < 0.5 and time.monotonic() < until:
                    term.pump(0.005)
            while time.monotonic() < until:
                term.pump(0.002)
            term.signal(signal.SIGKILL)
            term.exit_code()
            confirmed |= set(re.findall(r"Bonjour (\w+) V\.", bytes(term.raw).decode("utf-8", "replace")))
        arrived = corner.arrived()
        assert len(arrived) == len(set(arrived)), f"kill {number}"
        assert confirmed <= set(arrived), f"kill {number}"
        assert flaws(corner.database) == (), f"kill {number}"
    assert confirmed, "nothing was confirmed before any of the kills: the test says nothing"
    checked = kiosk(corner.path, "verify")
    assert checked.returncode == 0, checked.stderr
    with Terminal(home=corner.path).ready() as term:
        guest = next(guests)
        term.show_card(guest.token)
        term.wait_for(f"Bonjour {guest.name}")
