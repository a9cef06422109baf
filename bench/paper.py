"""A sheet of eight people and a certificate of thirty half-days as PDF, from the ledger to the last byte."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.figures import Bench, Figure, Limit
from bench.home import CORNER, Home, Person, first_name
from bench.stats import percentile
from bench.terminal import ROOT
from kiosk.clock import parse_at
from kiosk.database import Database
from models.connection import body_time, from_db_time
from models.documents import certificate_of, sheet_of
from models.founding import kiosk_id
from models.issuing import participant_id
from models.log import Author, record
from models.policy import Policy
from models.words import SYSTEM, Event, Way

if TYPE_CHECKING:
    from models.connection import Connection

PEOPLE, HALF_DAYS = 8, 30

DAYS = [f"2026-10-{day:02}" for day in range(1, HALF_DAYS + 1)]
NOW = parse_at("2026-11-02T09:00")
NAME = "SmartCorner"

AT_MOST = Limit(1000, unit=" ms")


def measure(bench: Bench) -> list[Figure]:
    """In a kiosk that has printed before, and the first time, which loads everything that makes a PDF."""
    home = _attended(bench.home.path.with_name("paper"))
    database = Database(home.database)
    database.open().result()
    try:
        _timed(_sheet, database)
        sheets = [_timed(_sheet, database) for _ in range(5 * bench.rounds)]
        certificates = [_timed(_certificate, database) for _ in range(5 * bench.rounds)]
    finally:
        database.close()
    first = [_first(home) for _ in range(bench.rounds)]
    of_sheet, of_certificate = f"sheet of {PEOPLE} people", f"certificate of {HALF_DAYS} half-days"
    return [
        Figure("paper", f"{of_sheet}, p95", "ms", percentile(sheets, 95), must=AT_MOST),
        Figure("paper", f"{of_sheet}, the first one, median", "ms", median(first), must=AT_MOST),
        Figure("paper", f"{of_certificate}, p95", "ms", percentile(certificates, 95), must=AT_MOST),
    ]


def _attended(folder: Path) -> Home:
    """A home in which eight people were there on thirty half-days."""
    folder.mkdir()
    home = Home(folder / "home", [Person(first_name(number), "") for number in range(PEOPLE)])
    lines = ["reference;first_name;last_name;programme;date;start;end;room"]
    for day in DAYS:
        lines += [
            f"R{number};{person.name};Test;course-40;{day};08:30;12:00;2"
            for number, person in enumerate(home.people)
        ]
    home.fill("\n".join(lines) + "\n")
    database = Database(home.database)
    database.open().result()
    try:
        database.write(_all_come).result()
    finally:
        database.close()
    return home


def _all_come(conn: Connection) -> None:
    author = Author(kiosk_id(conn) or "", SYSTEM, NOW)
    booked = conn.execute(
        "select b.participant_id, h.id, h.starts_at from booking b join half_day h on h.id = b.half_day_id"
    ).fetchall()
    for person, half_day, starts_at in booked:
        start = from_db_time(starts_at)
        for kind, moment in ((Event.ARRIVED, start), (Event.LEFT, start + timedelta(hours=3))):
            body = {"participant": person, "half_day": half_day, "way": Way.PAPER}
            body |= {"at": body_time(moment), "stored": body_time(NOW)}
            record(conn, author, f"attendance.{kind}", "attendance", half_day, body, subject=person)


def _timed(make, database: Database) -> float:
    """Milliseconds of one paper."""
    begun = time.perf_counter()
    if not make(database).startswith(b"%PDF"):
        raise RuntimeError("this is no PDF")
    return (time.perf_counter() - begun) * 1000


def _sheet(database: Database) -> bytes:
    from kiosk.paper.sheets import sheet_pdf

    (half_day,) = database.read(_last_half_day).result()
    sheet = database.read(sheet_of, half_day, Policy(), NOW).result()
    if sheet is None or sheet.came != PEOPLE:
        raise RuntimeError("not everybody is on the sheet")
    return sheet_pdf([sheet], corner_name=NAME, made_at=NOW)


def _last_half_day(conn: Connection) -> tuple[str]:
    return conn.execute("select id from half_day order by starts_at desc limit 1").fetchone()


def _certificate(database: Database) -> bytes:
    from kiosk.paper.certificates import certificate_pdf

    person, last = participant_id("R0"), NOW.date()
    told = database.read(certificate_of, CORNER, person, None, last, Policy(), NOW).result()
    if told is None or len(told.lines) != HALF_DAYS:
        raise RuntimeError("a half-day is missing on the certificate")
    return certificate_pdf(told, corner_name=NAME, made_at=NOW)


def _first(home: Home) -> float:
    """Milliseconds of the first sheet of a process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.paper", str(home.database)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the first sheet: {done.stderr.strip()}")
    return float(done.stdout)


if __name__ == "__main__":
    opened = Database(Path(sys.argv[1]))
    opened.open().result()
    print(_timed(_sheet, opened))
    opened.close()
