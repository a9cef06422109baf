"""The invented people of these tests, and the home of the kiosk that they come to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3

from assets.facts import corners
from kiosk.database import Database
from kiosk.home import Home
from models import bookings, founding, issuing, pins
from models.codes import Form
from models.lines import BookingLine
from models.log import Author
from models.words import SYSTEM

KILLS = int(os.environ.get("KIOSK_KILLS", "10"))
CARDS_A_KILL = 6
PEOPLE = 120 + KILLS * CARDS_A_KILL
PIN = "314159"


@dataclass(frozen=True, slots=True)
class Guest:
    """An invented person, booked for now, and the card they hold."""

    name: str
    token: str
    code: str


@dataclass(frozen=True, slots=True)
class Corner:
    """A home of one test, with its guests."""

    path: Path
    guests: tuple[Guest, ...]

    @property
    def database(self) -> Path:
        return self.path / "kiosk.db"

    def set(self, line: str) -> None:
        """Put one more line before the tables of the settings."""
        file = self.path / "settings.toml"
        file.write_text(f"{line}\n{file.read_text('utf-8')}", "utf-8")

    def asked(self, sql: str) -> list[tuple]:
        """What the database answers, read apart from the kiosk."""
        conn = pysqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
        try:
            return conn.execute(sql).fetchall()
        finally:
            conn.close()

    def log_rows(self) -> int:
        return self.asked("select count(*) from change")[0][0]

    def arrived(self) -> list[str]:
        """First names of those who have arrived, one for each arrival, in the order of the log."""
        return [
            name
            for (name,) in self.asked(
                "select p.first_name from change c join participant p"
                " on p.id = json_extract(c.body, '$.participant')"
                " where c.kind = 'attendance.arrived' order by c.n"
            )
        ]


def first_name(number: int) -> str:
    """A name that no other is part of: ``Ama…`` with three letters of a number."""
    letters = "bcdfghjklm"
    return "Ama" + "".join(letters[int(digit)] for digit in f"{number:04d}") + "o"


def line(number: int, now: datetime) -> BookingLine:
    return BookingLine(
        line=number + 1,
        corner="charleroi",
        programme="awareness",
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=3),
        room="2",
        reference=f"T-{number:04d}",
        first_name=first_name(number),
        last_name="Verhaegen",
        language="fr",
        status="booked",
    )


def found(path: Path, lines: Sequence[BookingLine], now: datetime) -> Corner:
    """A configured home where these people are booked, each with a card and a short code."""
    home = Home(path)
    home.make()
    key = home.new_key()
    database = Database(home.database)
    database.open(create=True).result()
    try:
        database.write(founding.found, corners()["charleroi"], "Sam", pins.hash_pin(PIN), now).result()
        author = Author(database.write(founding.kiosk_id).result(), SYSTEM, now)
        database.write(bookings.apply_lines, author, lines, bookings.Applied()).result()
        ids = [issuing.participant_id(line.reference) for line in lines]
        cards = database.write(issuing.issue, author, key, Form.CARD, ids).result()
        codes = database.write(issuing.issue, author, key, Form.SHORT, ids).result()
    finally:
        database.close()
    home.settings_file.write_text('corner = "charleroi"\nlanguage = "fr"\ntheme = "jour"\n', "utf-8")
    home.settings_file.chmod(0o600)
    held = zip(lines, cards, codes, strict=True)
    return Corner(
        path, tuple(Guest(line.first_name, card.letters, code.letters) for line, card, code in held)
    )
