"""A kiosk to measure: founded, filled and given cards by its own commands, then copied as needed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pysqlite3

from bench import READY, raw
from bench.terminal import ROOT, Terminal, environment

CORNER = "charleroi"
DAY = "2026-11-03"
BEFORE = "2026-11-02T09:00"
"""When the file is imported and the cards are made."""

OPEN_AT = f"{DAY}T08:20"
"""A moment at which every half-day of the file is open."""

WELCOME = "Montrez votre carte"
"""What the kiosk shows when it is ready for a card."""

_SERIAL = count()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a card; every name is another one, and none is part of another."""

    name: str
    card: str
    code: str = ""
    """The six letters of the invitation, where those were made too."""


def first_name(number: int) -> str:
    """An invented name of three syllables; neighbours look different."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    syllables = len(consonants) * len(vowels)
    mixed = number * 7919 % syllables**3
    name = ""
    for _ in range(3):
        mixed, syllable = divmod(mixed, syllables)
        name += consonants[syllable // len(vowels)] + vowels[syllable % len(vowels)]
    return name.capitalize()


def bookings(people: int, each: int = raw.SEATS) -> str:
    """A booking file: half-days of so many people, all open at the same time."""
    lines = ["reference;first_name;last_name;programme;workshop;date;start;end;room;capacity"]
    for number in range(people):
        group = f"{number // each + 1:02}"
        lines.append(
            f"R{number:06};{first_name(number)};Test;awareness;Banc {group};{DAY};08:30;12:00;"
            f"{group};{raw.SEATS}"
        )
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Home:
    """A kiosk's folder, with the people who have cards for it."""

    path: Path
    people: Sequence[Person]

    @property
    def database(self) -> Path:
        """The kiosk's file."""
        return self.path / "kiosk.db"

    def command(self, *arguments: str) -> str:
        """Run one of the kiosk's commands; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"kiosk {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def fill(self, lines: str) -> float:
        """Found the kiosk and import a booking file; the seconds of the import."""
        self.command("init", "--corner", CORNER, "--yes")
        file = self.path.with_name("bookings.csv")
        file.write_text(lines, "utf-8")
        begun = time.monotonic()
        self.command("import", str(file), "--at", BEFORE)
        return time.monotonic() - begun

    def environment(self) -> dict[str, str]:
        """The environment in which the kiosk finds this home."""
        return environment(KIOSK_HOME=str(self.path))

    def kiosk(self, at: str = OPEN_AT) -> Terminal:
        """The full-screen kiosk, not waited for."""
        return Terminal("kiosk", "--at", at, env=self.environment())

    def ready_kiosk(self, at: str = OPEN_AT) -> Terminal:
        """The full-screen kiosk once it shows its day."""
        terminal = self.kiosk(at)
        terminal.wait_for("Atelier SmartJob")
        terminal.settle()
        return terminal

    def copy(self, *settings: str) -> Home:
        """Another home in the same state, with more lines of settings."""
        path = self.path.with_name(f"home-{next(_SERIAL)}")
        shutil.copytree(self.path, path)
        file = path / "settings.toml"
        file.write_text("".join(f"{line}\n" for line in settings) + file.read_text("utf-8"), "utf-8")
        return Home(path, self.people)

    def drop(self) -> None:
        """Remove it."""
        shutil.rmtree(self.path)

    def arrivals(self) -> list[str]:
        """First names of those who arrived, in the order of the log."""
        conn = pysqlite3.connect(str(self.database), timeout=10)
        found = conn.execute(
            "select p.first_name from change c join attendance_event a on a.id = c.id"
            " join participant p on p.id = a.participant_id where a.kind = 'arrived' order by c.n"
        )
        names = [row[0] for row in found]
        conn.close()
        return names

    def floor_file(self) -> Path:
        """A new file for the floor program with the same people and cards."""
        path = self.path.with_name(f"floor-{next(_SERIAL)}.db")
        raw.make(path, ((person.card, person.name) for person in self.people))
        return path


def found(folder: Path, people: int) -> tuple[Home, float]:
    """Found a kiosk, import a booking file and make the cards; also the seconds of the import."""
    home = Home(folder / "home", ())
    seconds = home.fill(bookings(people))
    rows = json.loads(home.command("cards", "--format", "json", "--output", "-", "--at", BEFORE))
    cards = {row["reference"]: row["token"] for row in rows}
    known = [Person(first_name(n), cards[f"R{n:06}"]) for n in range(people)]
    return Home(home.path, known), seconds


def corner(folder: Path, people: int) -> Home:
    """A kiosk of an ordinary day: a workshop in the morning, one in the afternoon, invitations with codes."""
    folder.mkdir()
    home = Home(folder / "home", ())
    later = f"R{people:06};Later;Test;awareness;Banc 02;{DAY};13:00;16:00;02;10\n"
    home.fill(bookings(people) + later)
    rows = json.loads(home.command("invite", "--format", "json", "--output", "-", "--at", BEFORE))
    codes = {row["reference"]: row["code"] for row in rows}
    return Home(home.path, [Person(first_name(n), "", codes[f"R{n:06}"]) for n in range(people)])


def floor(file: Path) -> Terminal:
    """The floor program, ready."""
    return _ready("floor", str(file))


def bare() -> Terminal:
    """The bare program, ready."""
    return _ready("bare")


def plain() -> Terminal:
    """The program of plain screens and buttons, ready."""
    return _ready("plain")


def _ready(*arguments: str) -> Terminal:
    terminal = Terminal("bench.programs", *arguments)
    terminal.wait_for(READY)
    terminal.settle()
    return terminal
