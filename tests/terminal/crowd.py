"""The home for random input: people whose cards are shown, people found by name, and people who stay away.

Nobody asks anything for those who stay away, so nothing may ever be written or shown of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from guests import Corner, Guest

from assets.facts import corners
from kiosk.database import Database
from kiosk.home import Home
from models import bookings, founding, issuing, pins
from models.codes import Form
from models.lines import BookingLine
from models.log import Author
from models.words import SYSTEM

PIN = "271828182845"
"""Twelve digits: random ones do not meet it, and the way out stays the team's."""

FAMILY = "Zorgeblom"
LANGUAGES = ("fr", "nl", "de", "en")
INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SHOWN_NOW, SHOWN_OTHERS, PROBES = 40, 16, 60
"""Cards shown at random by people who are expected and by people who are not; cards that must work."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A home and its people, by what is done for them."""

    corner: Corner
    shown: tuple[Guest, ...]
    """Their cards and codes are sent at random moments."""
    probes: tuple[Guest, ...]
    """Their cards are shown one after the other, and each must be welcomed."""
    named: dict[str, str]
    """Everybody whose name somebody may choose: id and label. For some of them nothing else is sent."""
    away: dict[str, Guest]
    """Booked for tomorrow only; neither code nor name ever leads to them."""


def first_name(group: str, number: int) -> str:
    """A name that is part of no other's, and that no log has for another reason."""
    number %= 52 if group == "na" else 1000  # two of them read the same
    letters = "bcdfghjklm"
    # Few to an initial among those whom only a name leads to: one letter then shows their names.
    initial = INITIALS[number % 26] if group in ("na", "tom") else "Y"
    return f"{initial}u{group}" + "".join(letters[int(digit)] for digit in f"{number:03d}") + "o"


def gather(path: Path) -> Crowd:
    """Make the home: two half-days that are on, one elsewhere, one tomorrow, one that is cancelled."""
    home = Home(path)
    home.make()
    key = home.new_key()
    now = datetime.now(UTC)
    groups = {"sh": SHOWN_NOW + SHOWN_OTHERS, "pro": PROBES, "na": 3 * 26, "tom": 26}
    database = Database(home.database)
    database.open(create=True).result()
    try:
        database.write(founding.found, corners()["charleroi"], "Sam", pins.hash_pin(PIN), now).result()
        author = Author(database.write(founding.kiosk_id).result(), SYSTEM, now)
        lines = [line(group, number, now) for group, size in groups.items() for number in range(size)]
        lines += [line("sh", number, now, both=True) for number in range(1, SHOWN_NOW, 4)]  # may choose
        database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
        held = {}
        for group in ("sh", "pro", "tom"):
            ids = [issuing.participant_id(f"{group}-{number}") for number in range(groups[group])]
            cards = database.write(issuing.issue, author, key, Form.CARD, ids).result()
            codes = database.write(issuing.issue, author, key, Form.SHORT, ids).result()
            both = enumerate(zip(cards, codes, strict=True))
            held[group] = tuple(Guest(first_name(group, n), a.letters, b.letters) for n, (a, b) in both)
    finally:
        database.close()
    home.settings_file.write_text('corner = "charleroi"\nlanguage = "fr"\ntheme = "jour"\n', "utf-8")
    home.settings_file.chmod(0o600)
    found = [(group, n) for group, size in groups.items() if group != "tom" for n in range(size)]
    named = {issuing.participant_id(f"{group}-{n}"): label(first_name(group, n)) for group, n in found}
    away = {issuing.participant_id(f"tom-{n}"): guest for n, guest in enumerate(held["tom"])}
    return Crowd(Corner(path, ()), held["sh"], held["pro"], named, away)


def label(first: str) -> str:
    """As much of a name as the public side shows."""
    return f"{first} {FAMILY[0]}."


def line(group: str, number: int, now: datetime, *, both: bool = False) -> BookingLine:
    """What the booking office says of one of them."""
    at, corner, status, room = now, "charleroi", "booked", "2"
    if group == "tom":
        at = now + timedelta(days=1)
    elif group == "sh" and number >= SHOWN_NOW:
        # Cards with other answers: another day, another place, called off, waiting.
        kind = number % 4
        at = now + timedelta(days=2) if kind == 0 else now
        corner = "mons" if kind == 1 else corner
        status = {2: "cancelled", 3: "waiting"}.get(kind, status)
    if both or (group == "sh" and number % 5 == 0):
        room = "3"
    return BookingLine(
        line=number + 1,
        corner=corner,
        programme="job-search" if room == "3" else "awareness",
        starts_at=at - timedelta(minutes=5),
        ends_at=at + timedelta(hours=3),
        room=room,
        # Places for the first walk-ins; the later ones wait for a turn.
        capacity=18 if room == "3" else 150,
        reference=f"{group}-{number}",
        first_name=first_name(group, number),
        last_name=FAMILY,
        language=LANGUAGES[number % 4],
        status=status,
    )
