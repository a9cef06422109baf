"""The invented people of these tests, and the home of the kiosk that they come to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pysqlite3

from models.lines import BookingLine

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
